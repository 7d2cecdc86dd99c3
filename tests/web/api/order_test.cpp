// No answer hangs on how things are numbered inside: on the order in which records came in, on what
// was there before them and is gone, or on how they were cut into batches.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/json.h"
#include "graph/storage/memory.h"
#include "tests/support/direct_api.h"
#include "tests/support/long_run.h"
#include "tests/support/random_records.h"
#include "tests/support/random_requests.h"

namespace mangrove::tests {
namespace {

using graph::Batch;
using graph::Graph;
using graph::Record;

std::unique_ptr<Graph> empty_graph() {
  return Graph::open(storage::make_memory_storage(),
                     {.text_properties = ontology::text_properties()})
      .value();
}

void commit(Graph& graph, const Batch& batch) {
  const auto report = graph.commit(batch);
  ASSERT_TRUE(report.ok()) << report.error().message;
  for (const auto& change : report.value().changes) {
    ASSERT_NE(change.outcome, graph::Outcome::refused) << change.message;
  }
}

/// Names, ids, sources and records that are not there in the end.
std::vector<Record> junk(Chance& chance) {
  std::vector<Record> records;
  for (int i = 0; i < 30; ++i) {
    Record record;
    record.source = "src:junk" + std::to_string(chance.below(4));
    record.part = std::to_string(i);
    const std::string& other = chance.one_of(RandomRecords::ids());
    record.subject = {"junk:" + std::to_string(chance.below(20)), "Junk", {}};
    record.mentions = {{"init:zz" + std::to_string(chance.below(5)), "Initiative", {}}};
    record.edges = {{record.subject.id, "WORKS_IN", other, chance.happens(50) ? "text" : "parent"},
                    {other, "JUNK_" + std::to_string(chance.below(3)), record.subject.id, "2020"}};
    records.push_back(std::move(record));
  }
  return records;
}

/// A graph of these records alone, after many others came and went.
std::unique_ptr<Graph> shuffled(std::vector<Record> records, Chance& chance) {
  auto graph = empty_graph();
  const std::vector<Record> passing = junk(chance);
  Batch before;
  for (const Record& record : passing) before.put(record);
  commit(*graph, before);
  chance.shuffle(records);
  for (std::size_t at = 0; at < records.size();) {
    Batch some;
    for (std::size_t size = 1 + chance.below(9); size > 0 && at < records.size(); --size) {
      some.put(records[at++]);
    }
    commit(*graph, some);
  }
  Batch gone;
  for (const Record& record : passing) gone.remove(record.subject.id, record.source, record.part);
  commit(*graph, gone);
  return graph;
}

/// Brings the graph to this version, by changes that leave nothing behind.
void bring_to(graph::Version version, Graph& graph) {
  Record record;
  record.source = "src:passing";
  record.subject = {"passing:by", "Passing", {}};
  while (graph.view().version() + 1 < version) {
    record.revision += "1";
    Batch batch;
    batch.put(record);
    record.subject.properties = {{"revision", graph::Text{record.revision, {}}}};
    commit(graph, batch);
  }
  Batch batch;
  batch.remove("passing:by", "src:passing");
  commit(graph, batch);
}

std::string next_page(const std::string& target, const web::Response& answer) {
  const auto body = json::parse(answer.body);
  const std::string* next = body.ok() ? body.value().find_string("next") : nullptr;
  if (next == nullptr) return {};
  return target + (target.find('?') == std::string::npos ? "?" : "&") + "cursor=" + *next;
}

TEST(Order, OfLoadingShowsInNoAnswer) {
  const auto worlds = static_cast<std::uint32_t>(times(25, 2'000));
  constexpr int kRequests = 60;
  for (std::uint32_t seed = 1; seed <= worlds; ++seed) {
    Chance chance(seed);
    std::vector<Record> records = RandomRecords(seed).different(70);
    auto plain = empty_graph();
    Batch batch;
    for (const Record& record : records) batch.put(record);
    commit(*plain, batch);
    auto other = shuffled(std::move(records), chance);
    bring_to(other->view().version(), *plain);
    ASSERT_EQ(plain->view().version(), other->view().version());

    const DirectApi one(*plain);
    const DirectApi two(*other);
    for (int i = 0; i < kRequests; ++i) {
      std::string target = random_request(chance);
      for (int page = 0; page < 3 && !target.empty(); ++page) {
        ASSERT_EQ(one.bytes(target), two.bytes(target)) << "seed " << seed << ": " << target;
        target = next_page(target, one.get(target));
      }
    }
  }
}

}  // namespace
}  // namespace mangrove::tests
