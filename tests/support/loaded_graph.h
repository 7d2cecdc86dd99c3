#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/record_lines.h"
#include "graph/storage/memory.h"
#include "ingest/ingest.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::tests {

inline const ontology::Ontology& built_in_ontology() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

/// A graph that files are loaded into, and a folder for them.
class LoadedGraph {
 public:
  LoadedGraph() : graph_(graph::Graph::open(storage::make_memory_storage(), {}).value()) {}

  graph::Graph& graph() { return *graph_; }
  const std::filesystem::path& folder() const { return folder_.path(); }

  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = folder_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  /// Remembers what it reads, and may read from this machine.
  ingest::Report load(std::vector<std::string> inputs, ingest::Options options = {}) {
    options.inputs = std::move(inputs);
    options.remember = true;
    options.downloads.allow_private_addresses = true;
    return ingest::run(options, *graph_, built_in_ontology()).value();
  }

  std::string property(const std::string& id, const std::string& name,
                       const graph::Viewer& viewer = graph::Viewer::everyone()) const {
    const graph::View view = graph_->view(viewer);
    const std::optional<graph::NodeIndex> node = view.find(id);
    if (!node) return "no such node";
    const std::vector<graph::NodeIndex> one{*node};
    const std::vector<graph::Node> nodes = view.read(one).value();
    const graph::Value* value = nodes[0].find(name);
    return value == nullptr ? "nothing" : graph::to_string(*value);
  }

  graph::Version version() const { return graph_->view(graph::Viewer::steward()).version(); }

  /// As `mangrove export` writes it.
  std::string exported() const {
    std::string lines;
    const auto take = [&lines](std::string_view some) {
      lines += some;
      return Status();
    };
    EXPECT_TRUE(graph::write_record_lines(graph_->view(graph::Viewer::steward()), take).ok());
    return lines;
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<graph::Graph> graph_;
};

}  // namespace mangrove::tests
