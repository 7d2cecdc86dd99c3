#include <gtest/gtest.h>

#include <array>

#include "graph/backup.h"
#include "graph/graph.h"
#include "graph/record_lines.h"
#include "graph/storage/memory.h"
#include "graph/verify.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

void write(Graph& graph, const std::string& name, std::optional<std::string> bytes) {
  const std::array<NoteChange, 1> one{{{name, std::move(bytes)}}};
  ASSERT_TRUE(graph.change_notes(one).ok());
}

std::string exported(const Graph& graph) {
  std::string lines;
  const auto take = [&lines](std::string_view some) {
    lines += some;
    return Status();
  };
  EXPECT_TRUE(write_record_lines(graph.view(Viewer::steward()), take).ok());
  return lines;
}

TEST(Notes, AreReadAsTheyWereWritten) {
  const auto graph = Graph::open(storage::make_memory_storage(), {}).value();
  EXPECT_EQ(graph->note("input/1").value(), std::nullopt);
  write(*graph, "input/1", std::string("one\0two", 7));
  write(*graph, "input/2", "");
  write(*graph, "inputs", "of another name");
  EXPECT_EQ(graph->note("input/1").value(), std::string("one\0two", 7));
  EXPECT_EQ(graph->note("input/2").value(), "");
  EXPECT_EQ(graph->notes("input/").value(), (std::vector<std::string>{"input/1", "input/2"}));
  write(*graph, "input/1", std::nullopt);
  EXPECT_EQ(graph->notes("").value(), (std::vector<std::string>{"input/2", "inputs"}));
}

TEST(Notes, StandInNoVersionAndNoExport) {
  const auto graph = Graph::open(storage::make_memory_storage(), {}).value();
  Batch batch;
  batch.put({.source = "src:a", .subject = {"x:1", "Thing"}});
  ASSERT_TRUE(graph->commit(batch).ok());
  const Version version = graph->view(Viewer::steward()).version();
  const std::string before = exported(*graph);
  write(*graph, "input/1", "known to nobody");
  EXPECT_EQ(graph->view(Viewer::steward()).version(), version);
  EXPECT_EQ(exported(*graph), before);
}

TEST(Notes, StayInTheFolderAndInABackupAndAreFoundSound) {
  const tests::TemporaryFolder folder;
  {
    const auto graph = Graph::open(folder.path() / "graph", {}).value();
    write(*graph, "input/1", "kept");
    ASSERT_TRUE(back_up(graph->store(), folder.path() / "backups", {}).ok());
    const auto report = verify(*graph, {.folder = folder.path() / "graph"});
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report.value().is_clean());
  }
  EXPECT_EQ(Graph::open(folder.path() / "graph", {}).value()->note("input/1").value(), "kept");
  ASSERT_TRUE(restore(folder.path() / "backups", folder.path() / "restored", {}).ok());
  EXPECT_EQ(Graph::open(folder.path() / "restored", {}).value()->note("input/1").value(), "kept");
}

TEST(Notes, ANameHasItsBounds) {
  const auto graph = Graph::open(storage::make_memory_storage(), {}).value();
  for (const std::string& name : {std::string(), std::string(1'001, 'x')}) {
    const std::array<NoteChange, 2> two{{{"good", "x"}, {name, "x"}}};
    EXPECT_EQ(graph->change_notes(two).error().code, ErrorCode::invalid_input);
  }
  EXPECT_TRUE(graph->notes("").value().empty());
}

}  // namespace
}  // namespace mangrove::graph
