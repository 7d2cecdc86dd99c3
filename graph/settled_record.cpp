#include "graph/settled_record.h"

#include <algorithm>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace mangrove::graph {
namespace {

/// As std::stable_sort, which needs memory even where there is nothing to do: most of what records
/// hold comes in order.
template <typename Item, typename Before>
void sort_stably(std::vector<Item>& items, Before&& before) {
  if (!std::is_sorted(items.begin(), items.end(), before)) {
    std::stable_sort(items.begin(), items.end(), before);
  }
}

bool same_edge(const StoredEdge& a, const StoredEdge& b) {
  return std::tie(a.from, a.relation, a.to, a.qualifier, a.policy) ==
         std::tie(b.from, b.relation, b.to, b.qualifier, b.policy);
}

bool contains(const std::vector<StoredProperty>& properties, const StoredProperty& property) {
  return std::any_of(properties.begin(), properties.end(), [&](const StoredProperty& other) {
    return other.name == property.name && other.policy == property.policy &&
           other.value == property.value;
  });
}

void merge_properties(std::vector<StoredProperty>& into, std::vector<StoredProperty> from) {
  for (StoredProperty& property : from) {
    if (!contains(into, property)) into.push_back(std::move(property));
  }
}

/// Orders the edges and makes one of equal ones: what is stated needs no concluding.
void settle_edges(std::vector<StoredEdge>& edges) {
  sort_stably(edges, [](const StoredEdge& a, const StoredEdge& b) {
    return std::tie(a.from, a.relation, a.to, a.qualifier, a.policy, a.derived) <
           std::tie(b.from, b.relation, b.to, b.qualifier, b.policy, b.derived);
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (kept > 0 && same_edge(edges[kept - 1], edges[i])) {
      if (edges[kept - 1].derived != edges[i].derived) continue;
      merge_properties(edges[kept - 1].properties, std::move(edges[i].properties));
    } else {
      if (kept != i) edges[kept] = std::move(edges[i]);
      ++kept;
    }
  }
  edges.resize(kept);
}

/// Folds mentions of the subject into the subject, and makes one of several mentions of one node.
void settle_mentions(StoredRecord& record, NodeIndex subject, Policies& policies) {
  std::vector<StoredMention>& mentions = record.mentions;
  sort_stably(mentions,
              [](const StoredMention& a, const StoredMention& b) { return a.node < b.node; });
  std::size_t kept = 0;
  std::size_t first = 0;  // Of those kept, the first mention of the same node.
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    StoredMention& mention = mentions[i];
    if (mention.node == subject && mention.kind == record.kind) {
      merge_properties(record.properties, std::move(mention.properties));
      record.guard = policies.both(record.guard, mention.guard);
      continue;
    }
    if (first == kept || mentions[first].node != mention.node) first = kept;
    if (first < kept && mentions[first].kind == mention.kind) {
      merge_properties(mentions[first].properties, std::move(mention.properties));
      mentions[first].guard = policies.both(mentions[first].guard, mention.guard);
    } else {
      if (kept != i) mentions[kept] = std::move(mention);
      ++kept;
    }
  }
  mentions.resize(kept);
}

/// Of one name, by what they say.
void order_by_value(std::span<StoredProperty> properties) {
  std::vector<std::pair<std::string, StoredProperty>> encoded;
  encoded.reserve(properties.size());
  for (StoredProperty& property : properties) {
    std::string value = encode_value(property.value);
    encoded.emplace_back(std::move(value), std::move(property));
  }
  std::sort(encoded.begin(), encoded.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second.policy) < std::tie(b.first, b.second.policy);
  });
  std::transform(encoded.begin(), encoded.end(), properties.begin(),
                 [](auto& one) { return std::move(one.second); });
}

void settle_order(std::vector<StoredProperty>& properties, const Catalogue& catalogue) {
  if (properties.size() < 2) return;
  sort_stably(properties, [&](const StoredProperty& a, const StoredProperty& b) {
    return a.name != b.name && catalogue.name(a.name) < catalogue.name(b.name);
  });
  for (auto begin = properties.begin(); begin != properties.end();) {
    const auto end = std::find_if(begin, properties.end(), [&](const StoredProperty& property) {
      return property.name != begin->name;
    });
    if (end - begin > 1) order_by_value(std::span(begin, end));
    begin = end;
  }
}

}  // namespace

void settle_order(StoredRecord& record, const Catalogue& catalogue) {
  settle_order(record.properties, catalogue);
  for (StoredMention& mention : record.mentions) settle_order(mention.properties, catalogue);
  sort_stably(record.mentions, [](const StoredMention& a, const StoredMention& b) {
    return std::tie(a.node, a.kind) < std::tie(b.node, b.kind);
  });
  for (StoredEdge& edge : record.edges) settle_order(edge.properties, catalogue);
}

void settle(StoredRecord& record, NodeIndex subject, Catalogue& catalogue) {
  settle_mentions(record, subject, catalogue.policies);
  settle_edges(record.edges);
  settle_order(record, catalogue);
}

}  // namespace mangrove::graph
