#include "tests/support/lanes.h"

#include <algorithm>
#include <random>
#include <set>
#include <sstream>

#include "graph/storage/memory.h"
#include "tests/support/graph_dump.h"

namespace mangrove::tests {
namespace {

using graph::Batch;
using graph::Graph;
using graph::NodeIndex;
using graph::Outcome;
using graph::Record;
using graph::Text;
using graph::View;
using graph::Viewer;

constexpr std::size_t kWordsOfADocument = 40;
constexpr unsigned kDifferentWords = 4'000;

/// What is asked of a text index: a word in all documents, beginnings, errors of typing, several
/// words.
const std::vector<std::string> kQuestions{"forced labour", "coc",           "slavrey",
                                          "edition",       "word17 word18", "school"};
constexpr std::size_t kHits = 100'000;

Result<std::string> search_all(const View& view) {
  std::ostringstream out;
  for (const std::string& words : kQuestions) {
    const auto hits = TRY(view.best({.words = words}, kHits, [](NodeIndex) { return true; }));
    // Not the scores: those of an older version may count a text that two audiences see twice.
    std::set<std::string> ids;
    out << "search " << words << '\n';
    for (const auto& hit : hits) ids.insert(std::string(view.id(hit.node)));
    for (const std::string& id : ids) out << "  " << id << '\n';
  }
  return out.str();
}

}  // namespace

std::string Lane::own(const std::string& source) const {
  return source + '-' + std::to_string(number_);
}

Record Lane::counter(std::uint32_t step) const {
  Record record;
  record.source = own("src:counter");
  record.subject = {
      "lane:" + std::to_string(number_), "Lane", {{"steps", static_cast<std::int64_t>(step)}}};
  record.revision = std::to_string(1'000'000 + step);
  return record;
}

Record Lane::document(std::uint32_t step, std::size_t place) const {
  const std::string id = "doc:" + std::to_string(number_) + '-' + std::to_string(place);
  std::minstd_rand random(static_cast<unsigned>(step * 7919 + place * 31 + number_ + 1));
  std::string words = "edition" + std::to_string(step);
  for (std::size_t i = 0; i < kWordsOfADocument; ++i) {
    words += " word" + std::to_string(random() % kDifferentWords);
  }
  Record record;
  record.source = own("src:documents");
  record.revision = std::to_string(1'000'000 + step);
  record.subject = {id, "Document", {{"title", Text{words, "en"}}}};
  record.edges.push_back({id, "BY", "lane:" + std::to_string(number_)});
  return record;
}

std::uint32_t Lane::last_with_documents() const {
  std::uint32_t step = steps_;
  while (removes(step) && step > 0) --step;
  return step;
}

Batch Lane::change_some(std::uint32_t step) {
  RandomRecords random(number_ * 1'000'003 + step, {.of_records = 20, .of_parts = 20, .guards = 8});
  Batch batch;
  const std::size_t changes = 1 + random.below(4);
  for (std::size_t i = 0; i < changes; ++i) {
    Record record = random.record();
    record.source = own(record.source);
    record.revision = std::to_string(1'000'000 + step) + '.' + std::to_string(i);
    if (random.below(5) == 0) {
      batch.remove(record.subject.id, record.source);
      standing_.erase({record.subject.id, record.source});
    } else {
      standing_.insert_or_assign({record.subject.id, record.source}, record);
      batch.put(std::move(record));
    }
  }
  return batch;
}

/// The next step, without what `standing` makes from the number of steps alone.
Lane::Step Lane::advance() {
  const std::uint32_t step = ++steps_;
  if (!removes(step)) return {.batch = change_some(step)};
  std::erase_if(standing_, [&](const auto& one) { return one.first.second == removed_source(); });
  return {.removed_source = removed_source()};
}

Lane::Step Lane::next() {
  Step step = advance();
  if (!step.removed_source.empty()) return step;
  step.batch.put(counter(steps_));
  for (std::size_t i = 0; i < documents_; ++i) step.batch.put(document(steps_, i));
  return step;
}

void Lane::skip_to(std::uint32_t steps) {
  while (steps_ < steps) advance();
}

std::vector<Record> Lane::standing() const {
  std::vector<Record> records;
  for (const auto& [name, record] : standing_) records.push_back(record);
  const std::uint32_t last = last_with_documents();
  if (last == 0) return records;
  records.push_back(counter(last));
  for (std::size_t i = 0; i < documents_; ++i) records.push_back(document(last, i));
  return records;
}

std::vector<std::pair<std::string, std::string>> Lane::standing_names() const {
  std::vector<std::pair<std::string, std::string>> names;
  for (const Record& record : standing()) names.emplace_back(record.subject.id, record.source);
  return names;
}

Result<std::uint32_t> Lane::steps_in(const View& view, std::uint32_t acknowledged) const {
  std::uint32_t counted = 0;
  if (const auto node = view.find("lane:" + std::to_string(number_))) {
    const auto read = TRY(view.read(std::span(&*node, 1)));
    for (const auto& property : read.front().properties) {
      if (property.name != "steps") continue;
      counted = static_cast<std::uint32_t>(std::get<std::int64_t>(property.value));
    }
  }
  // A step that takes out a source leaves the counter as it is.
  const bool at_removal = removes(counted + 1) && counted <= acknowledged;
  if (!at_removal) return counted;
  return acknowledged > counted || view.records_of(removed_source()).empty() ? counted + 1
                                                                             : counted;
}

Result<graph::Version> take(Graph& graph, const Lane::Step& step) {
  if (!step.removed_source.empty()) {
    TRY(graph.remove_source(step.removed_source));
    return graph.view(Viewer::steward()).version();
  }
  const auto report = TRY(graph.commit(step.batch));
  for (const auto& change : report.changes) {
    if (change.outcome == Outcome::refused || change.outcome == Outcome::outdated) {
      return Error{ErrorCode::invalid_input, "a record was not taken: " + change.message};
    }
  }
  return report.version;
}

Result<std::string> read_all(const View& view) {
  std::string all = TRY(dump_or_error(view));
  all += TRY(search_all(view));
  return all;
}

Result<std::string> read_by_all(const Graph& graph) {
  std::string all = "as a steward\n" + TRY(read_all(graph.view(Viewer::steward())));
  all += "as anybody\n" + TRY(read_all(graph.view()));
  all += "as the police\n" + TRY(read_all(graph.view(Viewer::of({"police"}))));
  return all;
}

std::unique_ptr<Graph> graph_of(const std::vector<Record>& records) {
  auto graph = Graph::open(storage::make_memory_storage(), {.text_properties = kLaneTexts}).value();
  Batch batch;
  for (const Record& record : records) batch.put(record);
  graph->commit(batch).value();
  return graph;
}

std::string first_difference(const std::string& found, const std::string& expected) {
  std::istringstream found_lines(found);
  std::istringstream expected_lines(expected);
  std::string context;
  for (int number = 1;; ++number) {
    std::string a;
    std::string b;
    const bool more = static_cast<bool>(std::getline(found_lines, a));
    if (!std::getline(expected_lines, b) && !more) return "no difference";
    if (a != b) {
      return "line " + std::to_string(number) + " after '" + context + "':\n  found    " + a +
             "\n  expected " + b + "\n";
    }
    if (!a.starts_with(' ')) context = a;
  }
}

}  // namespace mangrove::tests
