// The law of audiences: the answer to every question over a graph with hidden parts is, byte for
// byte, the answer over the graph into which only the visible parts were ever put.
//
// A random history of commits goes into a graph with everything, and for each viewer into a second
// one, from which all is taken out that this viewer may not see. Random requests are then asked of
// both as this viewer, status and header fields (so version and entity tag) included.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/base/json.h"
#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "tests/support/direct_api.h"
#include "tests/support/lent_storage.h"
#include "tests/support/long_run.h"
#include "tests/support/random_records.h"
#include "tests/support/random_requests.h"
#include "tests/support/secrets.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/trials.h"

namespace mangrove::tests {
namespace {

using graph::Batch;
using graph::Graph;
using graph::Outcome;
using graph::Record;
using graph::Viewer;

std::unique_ptr<Graph> open(std::unique_ptr<storage::Storage> store,
                            std::optional<std::filesystem::path> image = {}) {
  return Graph::open(std::move(store),
                     {.text_properties = ontology::text_properties(), .image = std::move(image)})
      .value();
}

/// A graph that all is put into, and what its records are.
class WholeGraph {
 public:
  const Graph& graph() const { return *graph_; }
  const Records& records() const { return records_; }

  /// Opens it anew: from the image that the last closing left, or without one.
  void reopen(bool with_image) {
    graph_.reset();
    if (!with_image) std::filesystem::remove(image());
    graph_ = open(std::make_unique<LentStorage>(store_), image());
  }

  void commit(const Batch& batch) {
    const auto report = graph_->commit(batch);
    ASSERT_TRUE(report.ok()) << report.error().message;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const Outcome outcome = report.value().changes[i].outcome;
      if (outcome == Outcome::removed) {
        const auto& removal = std::get<Batch::Removal>(batch.changes()[i]);
        records_.erase({removal.subject, removal.source, removal.part});
      } else if (outcome == Outcome::added || outcome == Outcome::replaced) {
        const auto& record = std::get<Record>(batch.changes()[i]);
        records_[key_of(record)] = record;
      }
    }
  }

 private:
  std::filesystem::path image() const { return folder_.path() / "image"; }

  TemporaryFolder folder_;
  std::shared_ptr<storage::Storage> store_ = storage::make_memory_storage();
  std::unique_ptr<Graph> graph_ = open(std::make_unique<LentStorage>(store_), image());
  Records records_;
};

/// The graph of what one viewer may see.
class VisibleGraph {
 public:
  explicit VisibleGraph(std::vector<std::string> audiences) : audiences_(std::move(audiences)) {}

  const Graph& graph() const { return *graph_; }
  Viewer viewer() const { return Viewer::of(audiences_); }
  const std::vector<std::string>& audiences() const { return audiences_; }
  std::string name() const {
    std::string text = "viewer";
    for (const std::string& audience : audiences_) text += " " + audience;
    return text;
  }

  /// Makes one commit of what the viewer sees change; none where nothing does.
  void follow(const Records& all) {
    Records visible = visible_part(all, audiences_);
    Batch batch;
    for (const auto& [key, record] : records_) {
      const auto& [subject, source, part] = key;
      const auto now = visible.find(key);
      if (now != visible.end() && states_the_same(now->second, record)) continue;
      batch.remove(subject, source, part);
    }
    for (const auto& [key, record] : visible) {
      const auto before = records_.find(key);
      if (before != records_.end() && states_the_same(before->second, record)) continue;
      batch.put(record);
    }
    records_ = std::move(visible);
    if (batch.empty()) return;
    const auto report = graph_->commit(batch);
    ASSERT_TRUE(report.ok()) << report.error().message;
    for (const auto& change : report.value().changes) {
      ASSERT_TRUE(change.outcome == Outcome::added || change.outcome == Outcome::replaced ||
                  change.outcome == Outcome::removed)
          << change.message;
    }
  }

 private:
  std::vector<std::string> audiences_;
  std::unique_ptr<Graph> graph_ = open(storage::make_memory_storage());
  Records records_;
};

/// Some records that come, come again otherwise, or go.
Batch random_changes(RandomRecords& random, Secrets& secrets, Chance& chance,
                     const Records& standing, Secrets::Changing changing) {
  Batch batch;
  const std::size_t count = 1 + chance.below(12);
  for (std::size_t i = 0; i < count; ++i) {
    if (!standing.empty() && chance.happens(35)) {
      auto at = standing.begin();
      std::advance(at, chance.below(standing.size()));
      const auto& [subject, source, part] = at->first;
      if (source == "src:guards") continue;
      if (chance.happens(40)) {
        batch.remove(subject, source, part);
      } else {
        Record record = at->second;
        secrets.change_a_little(record);
        if (chance.happens(50)) record.revision = random.next_revision();
        // Comparable where the same viewers see a record before and after.
        if (changing == Secrets::Changing::nothing) {
          record.origin = "file" + std::to_string(chance.below(3)) + ".xml";
        }
        batch.put(std::move(record));
      }
    } else {
      Record record = random.next();
      secrets.hide_parts(record);
      batch.put(std::move(record));
    }
  }
  return batch;
}

/// A graph with its viewers.
struct World {
  WholeGraph whole;
  std::vector<VisibleGraph> parts;
};

void tell(World& world, std::uint32_t seed, Secrets::Changing changing) {
  constexpr std::size_t kCommits = 9;
  Chance chance(seed);
  RandomRecords random(seed);
  Secrets secrets(seed, static_cast<unsigned>(5 + chance.below(35)), changing);
  world.parts.emplace_back(std::vector<std::string>());
  world.parts.emplace_back(std::vector<std::string>{chance.one_of(Secrets::audiences())});
  world.parts.emplace_back(std::vector<std::string>{chance.one_of(Secrets::audiences()),
                                                    chance.one_of(Secrets::audiences())});
  Batch guards;
  for (Record& record : secrets.guards()) guards.put(std::move(record));
  world.whole.commit(guards);
  for (std::size_t i = 0; i < kCommits; ++i) {
    for (VisibleGraph& part : world.parts) part.follow(world.whole.records());
    world.whole.commit(random_changes(random, secrets, chance, world.whole.records(), changing));
    if (chance.happens(15)) world.whole.reopen(chance.happens(50));
  }
  for (VisibleGraph& part : world.parts) part.follow(world.whole.records());
}

std::string with_parameter(const std::string& target, const std::string& parameter) {
  return target + (target.find('?') == std::string::npos ? "?" : "&") + parameter;
}

std::string next_page(const std::string& target, const std::string& bytes) {
  const auto body =
      json::parse(std::string_view(bytes).substr(std::min(bytes.find('{'), bytes.size())));
  const std::string* next = body.ok() ? body.value().find_string("next") : nullptr;
  return next == nullptr ? std::string() : with_parameter(target, "cursor=" + *next);
}

/// What the log tells the viewer, but for the time of day.
std::string changes_of(const graph::View& view) {
  std::string text;
  for (const graph::Change& change : view.changes_after(0, SIZE_MAX).value()) {
    text += std::to_string(change.version) + ":";
    for (const graph::RecordChange& record : change.records) {
      text += " " + record.subject + "/" + record.source + "/" + record.part + "=" +
              std::to_string(static_cast<int>(record.outcome));
    }
    text += "\n";
  }
  for (const char* source : {"src:a", "src:b", "src:c"}) {
    for (const auto& record : view.records_of(source)) {
      text += std::string(source) + " " + record.subject + "/" + record.part + "\n";
    }
  }
  return text;
}

/// What each source states about every node, as far as the viewer may know.
std::string records_of(const graph::View& view) {
  std::vector<graph::NodeIndex> nodes;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
    if (view.exists(graph::NodeIndex{i})) nodes.push_back(graph::NodeIndex{i});
  }
  std::sort(nodes.begin(), nodes.end(),
            [&](graph::NodeIndex a, graph::NodeIndex b) { return view.id(a) < view.id(b); });
  std::string text;
  const auto tell = [&](const std::vector<graph::Property>& properties) {
    for (const graph::Property& property : properties) {
      text += " " + property.name + "=" + graph::to_string(property.value);
    }
    text += "\n";
  };
  for (const auto& records : view.records_about(nodes).value()) {
    for (const Record& record : records) {
      text += record.subject.id + " by " + record.source + "/" + record.part + " of " +
              record.revision + " at " + record.origin + " is " + record.subject.kind;
      tell(record.subject.properties);
      for (const graph::NodeStatement& mention : record.mentions) {
        text += "  mentions " + mention.id + ", " + mention.kind;
        tell(mention.properties);
      }
      for (const graph::EdgeStatement& edge : record.edges) {
        text += "  " + edge.from + " " + edge.relation + " " + edge.to + " " + edge.qualifier +
                (edge.derived ? " derived" : "");
        tell(edge.properties);
      }
    }
  }
  return text;
}

/// All edges that are there for the view.
std::vector<graph::Edge> edges_of(const graph::View& view) {
  std::vector<graph::Edge> edges;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
    const graph::NodeIndex node{i};
    for (const graph::Relation relation : view.relations()) {
      view.walk(std::span(&node, 1), relation, graph::Direction::out,
                [&](std::size_t, const graph::Adjacent& edge) {
                  edges.push_back({node, relation, edge.node, edge.qualifier, edge.record});
                });
    }
  }
  return edges;
}

/// Who knows a number of something hidden learns no more than who does not: it is nothing. `part`
/// tells what is there for the viewer of `seen`.
void expect_nothing_of_what_is_hidden(const graph::View& all, const graph::View& seen,
                                      const graph::View& part) {
  for (std::uint32_t i = 0; i < all.node_limit(); ++i) {
    const graph::NodeIndex node{i};
    const std::string id(all.id(node));
    const bool is_there = part.find(id).has_value();
    ASSERT_EQ(seen.find(id).has_value(), is_there) << id;
    ASSERT_EQ(seen.exists(node), is_there) << id;
    if (is_there) continue;
    EXPECT_EQ(seen.kind(node), graph::kNoName) << id;
    const auto read = seen.read(std::span(&node, 1)).value();
    EXPECT_TRUE(read[0].kind.empty() && read[0].properties.empty() && read[0].sources.empty() &&
                read[0].origins.empty())
        << id;
    for (const graph::Relation relation : all.relations()) {
      EXPECT_EQ(seen.degree(node, relation, graph::Direction::out), 0U) << id;
      EXPECT_EQ(seen.degree(node, relation, graph::Direction::in), 0U) << id;
    }
  }
  for (const std::string& kind : {std::string("Initiative"), std::string("Actor")}) {
    EXPECT_EQ(seen.nodes_of_kind(seen.name(kind)).size(),
              part.nodes_of_kind(part.name(kind)).size());
  }
  const auto key = [](const graph::Edge& edge) {
    return std::tuple(edge.from, edge.relation, edge.to, edge.qualifier, edge.record);
  };
  std::set<decltype(key(graph::Edge()))> seen_edges;
  for (const graph::Edge& edge : edges_of(seen)) seen_edges.insert(key(edge));
  const std::vector<graph::Edge> edges = edges_of(all);
  const auto stated = seen.read_edges(edges).value();
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (seen_edges.contains(key(edges[i]))) continue;
    EXPECT_TRUE(stated[i].source.empty() && stated[i].properties.empty())
        << all.id(edges[i].from) << " " << all.text(edges[i].relation) << " "
        << all.id(edges[i].to);
  }
}

/// What happened to a node before a guard hid it is not told any more either.
void expect_no_guarded_name_in_the_log(const graph::View& seen, const Records& records,
                                       const VisibleGraph& part) {
  const auto guarded = guarded_nodes(records, part.audiences());
  for (const graph::Change& change : seen.changes_after(0, SIZE_MAX).value()) {
    for (const graph::RecordChange& record : change.records) {
      EXPECT_FALSE(guarded.contains(record.subject)) << record.subject;
    }
  }
}

void expect_equal_answers(World& world, std::uint32_t seed, Secrets::Changing changing) {
  constexpr int kRequests = 17;
  Chance chance(seed ^ 0x5EED);
  for (const VisibleGraph& part : world.parts) {
    const std::string who = "seed " + std::to_string(seed) + ", " + part.name() + ": ";
    const auto whole_view = world.whole.graph().view(part.viewer());
    const auto part_view = part.graph().view(part.viewer());
    ASSERT_EQ(whole_view.version(), part_view.version()) << who;
    expect_no_guarded_name_in_the_log(whole_view, world.whole.records(), part);
    if (changing == Secrets::Changing::nothing) {
      ASSERT_EQ(changes_of(whole_view), changes_of(part_view)) << who;
      ASSERT_EQ(records_of(whole_view), records_of(part_view)) << who;
    }
    expect_nothing_of_what_is_hidden(world.whole.graph().view(Viewer::steward()), whole_view,
                                     part_view);
    if (testing::Test::HasFailure()) FAIL() << who;
    const DirectApi whole(world.whole.graph(), part.viewer());
    const DirectApi visible(part.graph(), part.viewer());
    for (int i = 0; i < kRequests; ++i) {
      std::string target = random_request(chance);
      // What may be seen of the past hangs on what may be seen today: comparable where audiences
      // did not change meanwhile.
      if (changing == Secrets::Changing::nothing && chance.happens(25)) {
        const auto version = chance.below(whole_view.version() + 2);
        target = with_parameter(target, "version=" + std::to_string(version));
      }
      for (int page = 0; page < 3 && !target.empty(); ++page) {
        const std::string answer = whole.bytes(target);
        ASSERT_EQ(answer, visible.bytes(target)) << who << target;
        target = next_page(target, answer);
      }
    }
  }
}

class AudienceLaw : public testing::TestWithParam<Secrets::Changing> {};

TEST_P(AudienceLaw, WhatIsHiddenChangesNoByteOfAnyAnswer) {
  const std::uint32_t worlds = trials("MANGROVE_LAW_WORLDS", is_long_run() ? 150 : 10);
  for (std::uint32_t seed = 1; seed <= worlds; ++seed) {
    World world;
    tell(world, seed, GetParam());
    if (HasFatalFailure()) return;
    expect_equal_answers(world, seed, GetParam());
    if (HasFatalFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Policies, AudienceLaw,
                         testing::Values(Secrets::Changing::nothing, Secrets::Changing::audiences,
                                         Secrets::Changing::audiences_and_guards),
                         [](const auto& test) {
                           return test.param == Secrets::Changing::nothing ? "ThatLast"
                                  : test.param == Secrets::Changing::audiences
                                      ? "ThatChange"
                                      : "WithGuardsThatChange";
                         });

}  // namespace
}  // namespace mangrove::tests
