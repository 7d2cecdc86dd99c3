#include "tests/support/old_graph.h"

#include <fstream>

#include "graph/storage/keys.h"

namespace mangrove::tests {
namespace {

std::string bytes(const std::string& digits) {
  std::string result;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    result.push_back(static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  }
  return result;
}

}  // namespace

storage::WriteBatch stored_graph(const std::string& file, std::size_t more_nodes) {
  storage::WriteBatch writes;
  std::ifstream lines(std::string(MANGROVE_SOURCE) + "/tests/data/graph/" + file);
  std::string last_record;  // Of a node without edges.
  std::uint32_t nodes = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t space = line.find(' ');
    const std::string key = bytes(line.substr(0, space));
    const std::string value = bytes(line.substr(space + 1));
    if (key.starts_with(graph::keys::kNodes)) ++nodes;
    if (key.starts_with(graph::keys::kRecords)) last_record = value;
    writes.put(key, value);
  }
  for (std::size_t i = 0; i < more_nodes; ++i) {
    const graph::NodeIndex node{nodes + static_cast<std::uint32_t>(i)};
    writes.put(graph::keys::node(node), "x:more-" + std::to_string(i));
    writes.put(graph::keys::record(node, graph::SourceIndex{0}), last_record);
  }
  return writes;
}

}  // namespace mangrove::tests
