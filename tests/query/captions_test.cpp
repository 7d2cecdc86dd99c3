#include "query/captions.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "query/filter.h"
#include "query/reading.h"
#include "tests/support/draw.h"
#include "tests/support/random_records.h"

namespace mangrove::test {
namespace {

using graph::NodeIndex;
using graph::View;
using graph::Viewer;
using query::Caption;
using query::Captions;
using query::Context;

const ontology::Schema& schema() {
  return shipped_ontology().schema();
}

std::vector<NodeIndex> all_nodes(const View& view) {
  std::vector<NodeIndex> nodes;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) nodes.push_back({i});
  return nodes;
}

/// What a caption tells must be what the node itself does, read anew.
void expect_as_read(const Context& context, const Caption& caption, const graph::Node& node) {
  for (const std::string language : {"en", "fr", "sw"}) {
    const Context asked{context.view, context.schema, context.budget, language};
    const std::string_view name = caption.name(language);
    EXPECT_EQ(name.empty() ? node.id : std::string(name), query::name_of(asked, node)) << node.id;
  }
  EXPECT_EQ(caption.years(), query::years_of(node)) << node.id;
  EXPECT_EQ(caption.is_retired, query::is_retired(node)) << node.id;
  EXPECT_EQ(caption.status, node.text("status")) << node.id;
  EXPECT_EQ(caption.code, node.text("code")) << node.id;
  EXPECT_EQ(std::vector<std::string>(caption.sources.begin(), caption.sources.end()), node.sources)
      << node.id;
}

void expect_all_as_read(const View& view, const Captions& captions) {
  Budget budget;
  const Context context{view, schema(), budget};
  const std::vector<NodeIndex> nodes = all_nodes(view);
  const auto read = view.read(nodes).value();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Caption* const caption = captions.find(nodes[i]);
    if (caption != nullptr) expect_as_read(context, *caption, read[i]);
  }
}

std::size_t known(const View& view, const Captions& captions) {
  std::size_t count = 0;
  for (const NodeIndex node : all_nodes(view)) count += captions.find(node) != nullptr ? 1 : 0;
  return count;
}

/// A graph of several pages, named in order, so that each can be told from its neighbours.
std::vector<graph::Record> many(std::size_t count) {
  std::vector<graph::Record> records;
  for (std::size_t i = 0; i < count; ++i) {
    graph::Record record;
    record.source = "src:many";
    record.revision = "2024-01-01T00:00:00Z";
    record.subject = {"init:" + std::to_string(i), "Initiative", {}};
    record.subject.properties = {{"title", graph::Text{"No " + std::to_string(i), "en"}}};
    records.push_back(std::move(record));
  }
  return records;
}

TEST(Captions, TellWhatEachViewerWouldReadAtEachVersion) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    tests::RandomRecords records(seed);
    tests::Chance chance(seed);
    const auto graph = graph::Graph::open(storage::make_memory_storage(), {}).value();
    for (int version = 0; version < 8; ++version) {
      graph::Batch batch;
      for (int i = 0; i < 25; ++i) {
        graph::Record record = records.next();
        if (chance.happens(20)) record.audience = {"partners"};
        if (chance.happens(5)) record.subject.audience = {"partners"};
        batch.put(std::move(record));
      }
      ASSERT_TRUE(graph->commit(batch).ok());
      for (const Viewer& viewer :
           {Viewer::everyone(), Viewer::steward(), Viewer::of({"partners"})}) {
        const View view = graph->view(viewer);
        Budget budget;
        const Context context{view, schema(), budget};
        const auto captions = Captions::of(context);
        expect_all_as_read(view, *captions);  // What was taken over of the version before.
        ASSERT_TRUE(captions->read_all(context).ok());
        EXPECT_EQ(known(view, *captions), view.node_limit());
        expect_all_as_read(view, *captions);
      }
    }
  }
}

TEST(Captions, OfPagesThatNoCommitTouchedServeTheNextVersions) {
  Drawn drawn(many(3 * Captions::kPageNodes));
  const Context context = drawn.context();
  ASSERT_TRUE(Captions::of(context)->read_all(context).ok());

  graph::Batch batch;
  graph::Record changed = many(1).front();
  changed.revision = "2025-01-01T00:00:00Z";
  changed.subject.properties = {{"title", graph::Text{"Renamed", "en"}}};
  batch.put(changed);
  graph::Graph& graph = drawn.graph();
  ASSERT_TRUE(graph.commit(batch).ok());

  const View next = graph.view();
  Budget budget;
  const Context asked{next, schema(), budget};
  const auto captions = Captions::of(asked);
  EXPECT_EQ(captions->find(*next.find("init:0")), nullptr);
  EXPECT_GE(known(next, *captions), 2 * Captions::kPageNodes);
  expect_all_as_read(next, *captions);
}

TEST(Captions, OfAPageAreReadTogetherOnceMuchOfItWasAskedFor) {
  const Drawn drawn(many(2 * Captions::kPageNodes));
  const Context context = drawn.context();
  const auto captions = Captions::of(context);
  for (std::uint32_t i = 0; i < Captions::kWorthReading; ++i) {
    EXPECT_EQ(known(drawn.view(), *captions), 0u);
    query::Reading reading(context);
    reading.want({i});
    ASSERT_TRUE(reading.load().ok());
    EXPECT_FALSE(reading.name({i}).empty());
  }
  EXPECT_EQ(known(drawn.view(), *captions), Captions::kPageNodes);
  expect_all_as_read(drawn.view(), *captions);
}

TEST(Captions, AreReadOnlyUntilSomebodyCancels) {
  const Drawn drawn(many(10));
  Budget budget;
  budget.cancel();
  const Context context{drawn.view(), schema(), budget};
  const Status read = Captions::of(context)->read_all(context);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, ErrorCode::cancelled);
}

TEST(Reading, NamesNodesAlikeFromMemoryAndFromTheStore) {
  const auto drawn = draw(R"(
      helpline{title=A helpline, start=2019, end=2021} -CONTRIBUTES_TO-> sdg:8.7{code=8.7, label=End it}
      org:x{name=Some body, name@fr=Un organisme} -TAKES_PART_IN-> helpline
      untitled{status=proposed} -WORKS_IN-> place:GH
  )");
  const auto tell = [&](const std::string& language) {
    const Context context = drawn.context(language);
    query::Reading reading(context);
    for (const NodeIndex node : all_nodes(drawn.view())) reading.want(node);
    EXPECT_TRUE(reading.load().ok());
    std::vector<std::string> told;
    for (const NodeIndex node : all_nodes(drawn.view())) {
      const query::Brief brief = reading.brief(node);
      told.push_back(brief.id + "|" + brief.kind + "|" + brief.name + "|" + brief.status + "|" +
                     reading.full_name(node) + "|" + reading.short_name(node));
    }
    return told;
  };
  const auto english = tell("en");
  const auto french = tell("fr");
  EXPECT_NE(std::find(english.begin(), english.end(), "sdg:8.7|Target|End it||8.7 (End it)|8.7"),
            english.end());
  EXPECT_NE(std::find(french.begin(), french.end(),
                      "org:x|Actor|Un organisme||Un organisme|Un organisme"),
            french.end());
  const Context context = drawn.context();
  ASSERT_TRUE(Captions::of(context)->read_all(context).ok());
  EXPECT_EQ(tell("en"), english);
  EXPECT_EQ(tell("fr"), french);
}

}  // namespace
}  // namespace mangrove::test
