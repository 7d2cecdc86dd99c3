#include "tests/support/secrets.h"

#include <algorithm>
#include <functional>
#include <set>

namespace mangrove::tests {

namespace {

using graph::EdgeStatement;
using graph::NodeStatement;
using graph::Property;
using graph::Record;
using Audience = std::vector<std::string>;

bool may_see(const Audience& viewer, const Audience& audience) {
  return audience.empty() || std::any_of(audience.begin(), audience.end(), [&](const auto& name) {
           return std::find(viewer.begin(), viewer.end(), name) != viewer.end();
         });
}

void take_out_hidden(std::vector<Property>& properties, const Audience& viewer) {
  std::erase_if(properties,
                [&](const Property& property) { return !may_see(viewer, property.audience); });
}

bool same_node(const NodeStatement& a, const NodeStatement& b) {
  return std::tie(a.id, a.kind, a.properties, a.audience) ==
         std::tie(b.id, b.kind, b.properties, b.audience);
}

bool same_edge(const EdgeStatement& a, const EdgeStatement& b) {
  return std::tie(a.from, a.relation, a.to, a.qualifier, a.properties, a.audience) ==
         std::tie(b.from, b.relation, b.to, b.qualifier, b.properties, b.audience);
}

}  // namespace

RecordKey key_of(const Record& record) {
  return {record.subject.id, record.source, record.part};
}

const std::vector<std::string>& Secrets::audiences() {
  static const std::vector<std::string> all{"partners", "police", "survivors", "staff", "nobody"};
  return all;
}

Audience Secrets::some_audience(Chance& chance, unsigned percent) {
  constexpr std::size_t kReal = 4;  // The last one is never named.
  Audience names;
  if (!chance.happens(percent)) return names;
  const std::size_t count = 1 + chance.below(2);
  for (std::size_t i = 0; i < count; ++i) names.push_back(audiences()[chance.below(kReal)]);
  return names;
}

Audience Secrets::audience(unsigned percent, const std::string& of) {
  if (changing_ != Changing::nothing) return some_audience(chance_, percent);
  Chance lasting(static_cast<std::uint32_t>(std::hash<std::string>{}(of)) ^ seed_);
  return some_audience(lasting, percent);
}

Audience Secrets::guard_on(const std::string& node) {
  const unsigned percent = percent_ / 4;
  if (changing_ == Changing::audiences_and_guards) return some_audience(chance_, percent);
  Chance lasting(static_cast<std::uint32_t>(std::hash<std::string>{}(node)) ^ seed_);
  return some_audience(lasting, percent);
}

std::vector<Record> Secrets::guards() {
  std::vector<Record> records;
  if (changing_ == Changing::audiences_and_guards) return records;
  for (const std::string& id : RandomRecords::ids()) {
    const Audience audience = guard_on(id);
    if (audience.empty()) continue;
    Record record;
    record.source = "src:guards";
    record.subject = {id, RandomRecords::kind_of(id), {}, audience};
    record.audience = some_audience(chance_, 30);
    records.push_back(std::move(record));
  }
  return records;
}

void Secrets::hide(std::vector<Property>& properties, const std::string& of) {
  for (Property& property : properties) {
    property.audience = audience(percent_, of + '\n' + property.name);
  }
}

/// Says the same again, perhaps to others.
void Secrets::state_twice(Record& record) {
  if (!record.edges.empty() && chance_.happens(30)) {
    EdgeStatement again = chance_.one_of(record.edges);
    again.properties = {{"note", graph::Text{"again", {}}}};
    record.edges.push_back(std::move(again));
  }
  if (!record.subject.properties.empty() && chance_.happens(20)) {
    record.subject.properties.push_back(chance_.one_of(record.subject.properties));
  }
}

void Secrets::hide_parts(Record& record) {
  state_twice(record);
  const std::string key = record.subject.id + '\n' + record.source + '\n' + record.part;
  record.audience = audience(percent_, key);
  record.subject.audience = guard_on(record.subject.id);
  if (!record.audience.empty() && chance_.happens(15)) {
    record.subject.kind = chance_.happens(50) ? "Aardvark" : "Zebra";
  }
  hide(record.subject.properties, key);
  for (NodeStatement& mention : record.mentions) {
    mention.audience = guard_on(mention.id);
    hide(mention.properties, key + '\n' + mention.id);
  }
  for (EdgeStatement& edge : record.edges) {
    const std::string of =
        key + '\n' + edge.from + '\n' + edge.relation + '\n' + edge.to + '\n' + edge.qualifier;
    edge.audience = audience(percent_, of);
    hide(edge.properties, of);
  }
}

void Secrets::change_a_little(Record& record) {
  const auto is_secret = [](const auto& stated) { return !stated.audience.empty(); };
  std::vector<Property>& properties = record.subject.properties;
  switch (chance_.below(6)) {
    case 0:
      chance_.shuffle(properties);
      break;
    case 1:
      chance_.shuffle(record.edges);
      break;
    case 2:
      std::erase_if(properties, is_secret);
      break;
    case 3:
      std::erase_if(record.edges, is_secret);
      break;
    case 4:
      chance_.shuffle(record.mentions);
      break;
    default:
      for (Property& property : properties) {
        if (is_secret(property)) property.value = graph::Text{"altered", "en"};
      }
      for (EdgeStatement& edge : record.edges) {
        std::erase_if(edge.properties, is_secret);
      }
      break;
  }
}

std::set<std::string> guarded_nodes(const Records& all, const Audience& viewer) {
  std::set<std::string> guarded;
  for (const auto& [key, record] : all) {
    if (!may_see(viewer, record.subject.audience)) guarded.insert(record.subject.id);
    for (const NodeStatement& mention : record.mentions) {
      if (!may_see(viewer, mention.audience)) guarded.insert(mention.id);
    }
  }
  return guarded;
}

Records visible_part(const Records& all, const Audience& viewer) {
  const std::set<std::string> guarded = guarded_nodes(all, viewer);
  Records visible;
  for (const auto& [key, record] : all) {
    if (!may_see(viewer, record.audience) || guarded.contains(record.subject.id)) continue;
    Record& left = visible[key] = record;
    take_out_hidden(left.subject.properties, viewer);
    std::erase_if(left.mentions, [&](const auto& each) { return guarded.contains(each.id); });
    for (NodeStatement& mention : left.mentions) take_out_hidden(mention.properties, viewer);
    std::erase_if(left.edges, [&](const EdgeStatement& edge) {
      return !may_see(viewer, edge.audience) || guarded.contains(edge.from) ||
             guarded.contains(edge.to);
    });
    for (EdgeStatement& edge : left.edges) take_out_hidden(edge.properties, viewer);
  }
  return visible;
}

bool states_the_same(const Record& a, const Record& b) {
  return same_node(a.subject, b.subject) && a.audience == b.audience && a.revision == b.revision &&
         std::equal(a.mentions.begin(), a.mentions.end(), b.mentions.begin(), b.mentions.end(),
                    same_node) &&
         std::equal(a.edges.begin(), a.edges.end(), b.edges.begin(), b.edges.end(), same_edge);
}

}  // namespace mangrove::tests
