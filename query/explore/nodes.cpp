#include "query/explore/nodes.h"

#include <utility>

#include "query/reading.h"
#include "query/same.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

/// A property in words, whatever its type; empty where there is none.
std::string words_of_property(const graph::Node& node, std::string_view name) {
  const graph::Value* value = node.find(name);
  return value == nullptr ? std::string() : graph::to_string(*value);
}

/// As neighbours() lists them: an actor with two roles in an initiative has two.
Result<std::uint32_t> connections(const Context& context, const PreparedFilter& filter,
                                  graph::NodeIndex node, graph::Relation relation,
                                  graph::Direction direction) {
  std::uint32_t count = 0;
  graph::Adjacent last;
  TRY(walk(context, filter, std::span(&node, 1), relation, direction,
           [&](std::size_t, const graph::Adjacent& edge) {
             const bool again =
                 count > 0 && edge.node == last.node && edge.qualifier == last.qualifier;
             if (!again) ++count;
             last = edge;
           }));
  return count;
}

/// Other records of the same thing, by id.
Result<std::vector<SameRecord>> records_of_the_same(const Context& context, graph::NodeIndex node) {
  const std::vector<graph::NodeIndex> others = TRY(Same(context).others(node));
  Reading reading(context);
  for (const graph::NodeIndex other : others) reading.want_whole(other);
  TRY(reading.load());
  std::vector<SameRecord> records;
  for (const graph::NodeIndex other : others) {
    const graph::Node& read = reading.node(other);
    SameRecord record{reading.brief(other), {}, read.sources};
    for (const graph::StatedProperty& property : read.properties) {
      if (property.name != "name" && property.name != "title") continue;
      record.names.push_back(graph::to_string(property.value));
    }
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace

Result<std::vector<SourceBrief>> source_briefs(const Context& context,
                                               std::span<const std::string> ids) {
  Reading reading(context);
  std::vector<std::optional<graph::NodeIndex>> found;
  for (const std::string& id : ids) {
    found.push_back(context.view.find(id));
    if (found.back()) reading.want_whole(*found.back());
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

Result<NodeAnswer> node(const Context& context, std::string_view id,
                        const std::vector<std::string>& bases) {
  const graph::NodeIndex index = TRY(find_node(context, id));
  Reading reading(context);
  reading.want_whole(index);
  TRY(reading.load());
  const graph::Node& read = reading.node(index);

  NodeAnswer answer;
  answer.node = brief_of(context, read);
  answer.properties = read.properties;
  answer.sources = TRY(source_briefs(context, read.sources));
  const PreparedFilter filter = TRY(PreparedFilter::prepare(context, {.bases = bases}));
  for (const graph::Relation relation : context.view.relations()) {
    Degree degree;
    degree.in = TRY(connections(context, filter, index, relation, graph::Direction::in));
    degree.out = TRY(connections(context, filter, index, relation, graph::Direction::out));
    if (degree.in + degree.out == 0) continue;
    answer.degree[std::string(context.view.text(relation))] = degree;
  }
  answer.same = TRY(records_of_the_same(context, index));
  return answer;
}

}  // namespace mangrove::query
