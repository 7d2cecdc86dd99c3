#include "query/explore/nodes.h"

#include <utility>

#include "query/reading.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

/// A property in words, whatever its type; empty where there is none.
std::string words_of_property(const graph::Node& node, std::string_view name) {
  const graph::Value* value = node.find(name);
  return value == nullptr ? std::string() : graph::to_string(*value);
}

}  // namespace

Result<std::vector<SourceBrief>> source_briefs(const Context& context,
                                               std::span<const std::string> ids) {
  Reading reading(context);
  std::vector<std::optional<graph::NodeIndex>> found;
  for (const std::string& id : ids) {
    found.push_back(context.view.find(id));
    if (found.back()) reading.want(*found.back());
  }
  TRY(reading.load());
  std::vector<SourceBrief> sources;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    SourceBrief source;
    source.id = ids[i];
    source.name = ids[i];
    if (found[i]) {
      const graph::Node& node = reading.node(*found[i]);
      source.name = reading.name(*found[i]);
      source.publisher = words_of_property(node, "publisher");
      source.licence = words_of_property(node, "licence");
      source.url = words_of_property(node, "url");
      source.retrieved = words_of_property(node, "retrieved");
      source.note = words_of_property(node, "note");
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

Result<NodeAnswer> node(const Context& context, std::string_view id) {
  const graph::NodeIndex index = TRY(find_node(context, id));
  Reading reading(context);
  reading.want(index);
  TRY(reading.load());
  const graph::Node& read = reading.node(index);

  NodeAnswer answer;
  answer.node = brief_of(context, read);
  answer.properties = read.properties;
  answer.sources = TRY(source_briefs(context, read.sources));
  for (const graph::Relation relation : context.view.relations()) {
    Degree degree;
    degree.in = context.view.degree(index, relation, graph::Direction::in);
    degree.out = context.view.degree(index, relation, graph::Direction::out);
    if (degree.in + degree.out == 0) continue;
    answer.degree[std::string(context.view.text(relation))] = degree;
  }
  return answer;
}

}  // namespace mangrove::query
