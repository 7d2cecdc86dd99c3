#include "tests/support/graph_dump.h"

#include <algorithm>
#include <sstream>
#include <vector>

namespace mangrove::tests {
namespace {

using graph::NodeIndex;
using graph::View;

std::string joined(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : ",") + text;
  return result;
}

void dump_node(std::ostream& out, const graph::Node& node) {
  out << node.id << " : " << node.kind << " sources=" << joined(node.sources)
      << " origins=" << joined(node.origins) << '\n';
  for (const graph::StatedProperty& property : node.properties) {
    const auto* text = std::get_if<graph::Text>(&property.value);
    out << "  " << property.name << (text != nullptr ? '@' + text->language : "") << " = "
        << graph::to_string(property.value) << " by " << joined(property.sources) << '\n';
  }
}

Status dump_edges(std::ostream& out, const View& view, NodeIndex from) {
  std::vector<graph::Edge> edges;
  for (const graph::Relation relation : view.relations()) {
    view.walk(std::span(&from, 1), relation, graph::Direction::out,
              [&](std::size_t, const graph::Adjacent& to) {
                edges.push_back({from, relation, to.node, to.qualifier, to.record});
              });
  }
  const auto stated = TRY(view.read_edges(edges));
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    std::string line = "  -" + std::string(view.text(edges[i].relation)) + "-> " +
                       std::string(view.id(edges[i].to)) + " [" +
                       std::string(view.text(edges[i].qualifier)) + "] by " + stated[i].source;
    for (const graph::Property& property : stated[i].properties) {
      line += ' ' + property.name + '=' + graph::to_string(property.value);
    }
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  for (const std::string& line : lines) out << line << '\n';
  return {};
}

/// The edges as they are walked the other way, so that both directions are held against each other.
void dump_incoming(std::ostream& out, const View& view, NodeIndex to) {
  std::vector<std::string> lines;
  for (const graph::Relation relation : view.relations()) {
    view.walk(std::span(&to, 1), relation, graph::Direction::in,
              [&](std::size_t, const graph::Adjacent& from) {
                lines.push_back("  <-" + std::string(view.text(relation)) + "- " +
                                std::string(view.id(from.node)) + " [" +
                                std::string(view.text(from.qualifier)) + "] by " +
                                std::string(view.source_of(from.record)));
              });
  }
  std::sort(lines.begin(), lines.end());
  for (const std::string& line : lines) out << line << '\n';
}

void dump_counts(std::ostream& out, const std::map<std::string, std::uint64_t>& counts) {
  for (const auto& [name, count] : counts) out << ' ' << name << '=' << count;
  out << '\n';
}

}  // namespace

std::string dump(const View& view) {
  return dump_or_error(view).value();
}

Result<std::string> dump_or_error(const View& view) {
  std::vector<NodeIndex> nodes;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
    if (view.exists(NodeIndex{i})) nodes.push_back(NodeIndex{i});
  }
  std::sort(nodes.begin(), nodes.end(),
            [&](NodeIndex a, NodeIndex b) { return view.id(a) < view.id(b); });
  std::ostringstream out;
  const auto read = TRY(view.read(nodes));
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    dump_node(out, read[i]);
    TRY(dump_edges(out, view, nodes[i]));
    dump_incoming(out, view, nodes[i]);
  }
  dump_counts(out, view.counts().nodes);
  dump_counts(out, view.counts().edges);
  dump_counts(out, view.counts().schemes);
  return out.str();
}

}  // namespace mangrove::tests
