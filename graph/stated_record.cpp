#include "graph/stated_record.h"

#include <algorithm>
#include <tuple>

namespace mangrove::graph {
namespace {

std::string in_words(const std::vector<Property>& properties) {
  std::string words;
  for (const Property& property : properties) {
    words += property.name + '=' + to_string(property.value) + '\n';
  }
  return words;
}

/// By value they are in order already; of equal ones, numbers of policies decided.
void settle_order(std::vector<Property>& properties) {
  const auto differ = [](const Property& a, const Property& b) {
    return a.name != b.name || a.value != b.value;
  };
  for (auto begin = properties.begin(); begin != properties.end();) {
    auto end = begin + 1;
    while (end != properties.end() && !differ(*begin, *end)) ++end;
    std::sort(begin, end,
              [](const Property& a, const Property& b) { return a.audience < b.audience; });
    begin = end;
  }
}

/// Numbers decide over the order in the store, and hidden things over numbers.
void settle_order(Record& record) {
  settle_order(record.subject.properties);
  for (NodeStatement& mention : record.mentions) settle_order(mention.properties);
  for (EdgeStatement& edge : record.edges) settle_order(edge.properties);
  std::sort(record.mentions.begin(), record.mentions.end(),
            [](const NodeStatement& a, const NodeStatement& b) {
              return std::tie(a.id, a.kind) < std::tie(b.id, b.kind);
            });
  std::sort(record.edges.begin(), record.edges.end(),
            [](const EdgeStatement& a, const EdgeStatement& b) {
              const auto key = [](const EdgeStatement& edge) {
                return std::tie(edge.from, edge.relation, edge.to, edge.qualifier, edge.derived);
              };
              if (key(a) != key(b)) return key(a) < key(b);
              if (a.audience != b.audience) return a.audience < b.audience;
              return in_words(a.properties) < in_words(b.properties);
            });
}

}  // namespace

Record RecordTeller::tell(const StoredRecord& stored, RecordPlace place) const {
  Record record;
  record.source = catalogue_.source_id(place.source);
  record.part = catalogue_.source_part(place.source);
  record.revision = stored.revision;
  record.origin = stored.origin;
  record.audience = audience(stored.policy);
  record.subject = {id(place.subject), name(stored.kind), properties(stored.properties),
                    audience(stored.guard)};
  for (const StoredMention& mention : stored.mentions) {
    if (!exists_(mention.node)) continue;
    record.mentions.push_back({id(mention.node), name(mention.kind), properties(mention.properties),
                               audience(mention.guard)});
  }
  for (const StoredEdge& edge : stored.edges) {
    if (!sight_.sees(edge.policy)) continue;
    // An edge that sleeps is seen by nobody else than who sees everything.
    if (!sight_.sees_everything() && !(exists_(edge.from) && exists_(edge.to))) continue;
    record.edges.push_back({id(edge.from), name(edge.relation), id(edge.to), name(edge.qualifier),
                            properties(edge.properties), audience(edge.policy), edge.derived});
  }
  settle_order(record);
  return record;
}

std::vector<Property> RecordTeller::properties(const std::vector<StoredProperty>& stored) const {
  std::vector<Property> properties;
  properties.reserve(stored.size());
  for (const StoredProperty& property : stored) {
    if (!sight_.sees(property.policy)) continue;
    properties.push_back({name(property.name), property.value, audience(property.policy)});
  }
  return properties;
}

std::vector<std::string> RecordTeller::audience(Policy policy) const {
  std::vector<std::string> names;
  if (policy == kPublic || !sight_.sees_everything()) return names;
  const std::vector<std::string> all = catalogue_.policies.audiences();
  // What a record states of itself is one set: more come only of putting statements together.
  for (const AudienceSet set : catalogue_.policies.sets(policy)) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((set >> i & 1) != 0) names.push_back(all[i]);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace mangrove::graph
