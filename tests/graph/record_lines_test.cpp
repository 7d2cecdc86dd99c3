#include "graph/record_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "graph/graph.h"
#include "graph/record_json.h"
#include "graph/storage/memory.h"
#include "tests/support/random_values.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

std::unique_ptr<Graph> graph_of(const std::vector<Record>& records) {
  auto graph = Graph::open(storage::make_memory_storage(), {}).value();
  for (const Record& record : records) {
    Batch batch;
    batch.put(record);
    EXPECT_TRUE(graph->commit(batch).ok());
  }
  return graph;
}

std::string lines_of(const Graph& graph, const Viewer& viewer = Viewer::steward()) {
  std::string all;
  const auto count = write_record_lines(graph.view(viewer), [&all](std::string_view lines) {
    all += lines;
    return Status();
  });
  EXPECT_TRUE(count.ok());
  EXPECT_EQ(count.value() + 1, static_cast<std::uint64_t>(std::ranges::count(all, '\n')));
  return all;
}

std::vector<Record> records_in(const std::string& lines) {
  std::vector<Record> records;
  std::istringstream text(lines);
  std::string line;
  std::getline(text, line);
  EXPECT_EQ(line, R"({"mangrove":"records","format":1})");
  while (std::getline(text, line)) {
    records.push_back(read_record(json::parse(line).value()).value());
  }
  return records;
}

/// Each of a different subject, source and part.
std::vector<Record> some_records(std::uint32_t seed) {
  tests::RandomValues random(seed);
  std::vector<Record> records;
  for (int i = 0; i < 60; ++i) {
    Record record = random.record();
    record.source = "src:" + std::to_string(i % 3);
    record.part = std::to_string(i);
    for (NodeStatement& mention : record.mentions) mention.kind = "Thing";
    records.push_back(std::move(record));
  }
  return records;
}

TEST(RecordLines, AreSortedByIdThenSource) {
  Record b{.source = "src:1", .subject = {"x:b", "Thing"}};
  Record a{.source = "src:2", .subject = {"x:a", "Thing"}};
  Record again{.source = "src:1", .subject = {"x:a", "Thing"}};
  EXPECT_EQ(lines_of(*graph_of({b, a, again})),
            "{\"mangrove\":\"records\",\"format\":1}\n"
            "{\"id\":\"x:a\",\"kind\":\"Thing\",\"source\":\"src:1\"}\n"
            "{\"id\":\"x:a\",\"kind\":\"Thing\",\"source\":\"src:2\"}\n"
            "{\"id\":\"x:b\",\"kind\":\"Thing\",\"source\":\"src:1\"}\n");
}

TEST(RecordLines, OfAnEmptyGraphAreItsHeader) {
  EXPECT_EQ(lines_of(*graph_of({})), "{\"mangrove\":\"records\",\"format\":1}\n");
}

TEST(RecordLines, AreTheSameInWhateverOrderTheRecordsCame) {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    std::vector<Record> records = some_records(seed);
    const std::string lines = lines_of(*graph_of(records));
    std::shuffle(records.begin(), records.end(), std::mt19937(seed));
    EXPECT_EQ(lines_of(*graph_of(records)), lines) << "seed " << seed;
  }
}

TEST(RecordLines, MakeTheSameGraphAgain) {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    const std::string lines = lines_of(*graph_of(some_records(seed)));
    EXPECT_EQ(lines_of(*graph_of(records_in(lines))), lines) << "seed " << seed;
  }
}

TEST(RecordLines, ForAViewerLeaveOutWhatIsHiddenAsIfItWereNotThere) {
  Record open{.source = "src:1", .subject = {"x:a", "Thing", {{"name", Text{"A", ""}}}}};
  Record hidden{.source = "src:2", .audience = {"partners"}, .subject = {"x:a", "Thing"}};
  const std::string all = lines_of(*graph_of({open, hidden}));
  EXPECT_NE(all.find("partners"), std::string::npos);
  EXPECT_EQ(lines_of(*graph_of({open, hidden}), Viewer::everyone()), lines_of(*graph_of({open})));
}

TEST(RecordLines, StopWhereTheyAreNotWanted) {
  const auto graph = graph_of(some_records(1));
  const auto stopped = write_record_lines(
      graph->view(), [](std::string_view) { return Status(); },
      [](const Progress&) { return false; });
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  const auto refused = write_record_lines(graph->view(), [](std::string_view) {
    return Status(Error{ErrorCode::io, "no more"});
  });
  EXPECT_EQ(refused.error().message, "no more");
}

TEST(RecordFile, TakesItsPlaceOnlyWhenItIsWhole) {
  const tests::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "a.jsonl";
  std::ofstream(file) << "what was there";
  const auto graph = graph_of(some_records(1));
  ASSERT_FALSE(write_record_file(graph->view(), file, [](const Progress&) { return false; }).ok());
  std::stringstream before;
  before << std::ifstream(file).rdbuf();
  EXPECT_EQ(before.str(), "what was there");
  ASSERT_TRUE(write_record_file(graph->view(Viewer::steward()), file).ok());
  std::stringstream after;
  after << std::ifstream(file).rdbuf();
  EXPECT_EQ(after.str(), lines_of(*graph));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(RecordFile, SaysWhereItCannotBeWritten) {
  const auto graph = graph_of({});
  const auto refused = write_record_file(graph->view(), "/nowhere/at/all.jsonl");
  EXPECT_EQ(refused.error().code, ErrorCode::io);
  EXPECT_NE(refused.error().message.find("/nowhere/at/all.jsonl"), std::string::npos);
}

}  // namespace
}  // namespace mangrove::graph
