#include "tests/support/random_graph.h"

#include <set>

namespace mangrove::tests {
namespace {

using graph::Batch;
using graph::EdgeStatement;
using graph::NodeStatement;
using graph::Property;
using graph::Record;
using graph::Text;

std::string kind_of(const std::string& id) {
  return id.starts_with("a:") ? "Actor" : "Thing";
}

std::vector<Property> visible(const std::vector<Property>& properties, const Admits& admits) {
  std::vector<Property> kept;
  for (const Property& property : properties) {
    if (admits(property.audience)) kept.push_back(property);
  }
  return kept;
}

}  // namespace

std::string RandomRecords::subject() {
  const std::string number = std::to_string(below(6));
  return below(2) == 0 ? "a:" + number : "x:" + number;
}

std::string RandomRecords::source() {
  return "src:" + std::string(1, static_cast<char>('a' + below(3)));
}

std::vector<std::string> RandomRecords::audience(int in_a_hundred) {
  std::vector<std::string> names;
  if (!chance(in_a_hundred)) return names;
  names.push_back(kAudiences[below(kAudiences.size())]);
  if (below(2) == 0) names.push_back(kAudiences[below(kAudiences.size())]);
  return names;
}

std::vector<Property> RandomRecords::properties() {
  static const std::vector<std::string> kWords{"forced",  "labour",      "cocoa", "school",
                                               "slavery", "trafficking", "work",  "child"};
  std::vector<Property> result;
  for (std::size_t i = below(3); i > 0; --i) {
    std::string words = kWords[below(kWords.size())];
    for (std::size_t more = below(3); more > 0; --more) words += ' ' + kWords[below(kWords.size())];
    const char* name = below(2) == 0 ? "title" : "note";
    result.push_back({name, Text{words, below(2) == 0 ? "en" : ""}, audience(audiences_.of_parts)});
  }
  return result;
}

NodeStatement RandomRecords::node(std::string id) {
  NodeStatement statement{id, kind_of(id), properties(), audience(audiences_.guards)};
  return statement;
}

EdgeStatement RandomRecords::edge(const std::string& from) {
  static const std::vector<std::string> kRelations{"KNOWS", "IN"};
  EdgeStatement result;
  result.from = below(4) == 0 ? subject() : from;
  result.relation = kRelations[below(2)];
  result.to = subject();
  result.qualifier = below(2) == 0 ? "" : "main";
  if (below(2) == 0) {
    result.properties.push_back(
        {"share", static_cast<double>(below(3)), audience(audiences_.of_parts)});
  }
  result.audience = audience(audiences_.of_parts);
  result.derived = below(4) == 0;
  return result;
}

Record RandomRecords::record() {
  Record result;
  result.source = source();
  result.revision = std::to_string(++revision_);
  result.origin = "file of " + result.source;
  result.audience = audience(audiences_.of_records);
  result.subject = node(subject());
  for (std::size_t i = below(3); i > 0; --i) result.mentions.push_back(node(subject()));
  for (std::size_t i = below(4); i > 0; --i) result.edges.push_back(edge(result.subject.id));
  return result;
}

Batch RandomRecords::batch(Standing& standing) {
  Batch batch;
  for (std::size_t i = 1 + below(4); i > 0; --i) {
    if (below(5) == 0) {
      const std::string gone = subject();
      const std::string by = source();
      batch.remove(gone, by);
      standing.erase({gone, by});
      continue;
    }
    Record one = record();
    standing.insert_or_assign({one.subject.id, one.source}, one);
    batch.put(std::move(one));
  }
  return batch;
}

std::vector<Record> visible_part(const RandomRecords::Standing& standing, const Admits& admits) {
  std::set<std::string> hidden;
  const auto guard = [&](const NodeStatement& node) {
    if (!admits(node.audience)) hidden.insert(node.id);
  };
  for (const auto& [key, record] : standing) {
    guard(record.subject);
    for (const NodeStatement& mention : record.mentions) guard(mention);
  }
  std::vector<Record> kept;
  for (const auto& [key, record] : standing) {
    if (!admits(record.audience) || hidden.contains(record.subject.id)) continue;
    Record part = record;
    part.subject.properties = visible(record.subject.properties, admits);
    part.mentions.clear();
    for (NodeStatement mention : record.mentions) {
      if (hidden.contains(mention.id)) continue;
      mention.properties = visible(mention.properties, admits);
      part.mentions.push_back(std::move(mention));
    }
    part.edges.clear();
    for (EdgeStatement edge : record.edges) {
      const bool ends = !hidden.contains(edge.from) && !hidden.contains(edge.to);
      if (!ends || !admits(edge.audience)) continue;
      edge.properties = visible(edge.properties, admits);
      part.edges.push_back(std::move(edge));
    }
    kept.push_back(std::move(part));
  }
  return kept;
}

}  // namespace mangrove::tests
