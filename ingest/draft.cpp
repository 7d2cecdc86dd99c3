#include "ingest/draft.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "graph/base/text.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kSubject = static_cast<std::size_t>(-1);
constexpr std::size_t kEdgePropertiesMax = 64;  // Of one edge in one record; real ones have five.

constexpr std::uint64_t kSeed = 0x9E3779B97F4A7C15U;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t number) {
  hash ^= number + kSeed + (hash << 6U) + (hash >> 2U);
  return hash * 0xFF51AFD7ED558CCDU;
}

std::uint64_t mixed(std::uint64_t hash, std::string_view text) {
  return mixed(hash, std::uint64_t{std::hash<std::string_view>{}(text)});
}

}  // namespace

DraftBuilder::DraftBuilder(std::string id, std::string kind) {
  draft_.record.subject = {std::move(id), std::move(kind), {}};
}

bool DraftBuilder::is_new(std::size_t owner, std::string_view property, const graph::Value& value) {
  std::uint64_t key = mixed(mixed(kSeed, owner), property);
  if (const auto* text = std::get_if<graph::Text>(&value)) {
    key = mixed(mixed(key, text->language), text->text);
  } else {
    key = mixed(key, graph::to_string(value));
  }
  return stated_.insert(key).second;
}

void DraftBuilder::state(std::string_view property, graph::Value value) {
  if (!is_new(kSubject, property, value)) return;
  draft_.record.subject.properties.push_back({std::string(property), std::move(value)});
}

void DraftBuilder::state(std::string_view property, std::string_view text) {
  state(property, graph::Text{std::string(text), {}});
}

void DraftBuilder::mention(const std::string& id, std::string_view kind) {
  if (!mentions_.try_emplace(id, draft_.record.mentions.size()).second) return;
  draft_.record.mentions.push_back({id, std::string(kind), {}});
}

void DraftBuilder::state_of(const std::string& id, std::string_view property, graph::Value value) {
  const std::size_t place = mentions_.at(id);
  if (!is_new(place, property, value)) return;
  draft_.record.mentions[place].properties.push_back({std::string(property), std::move(value)});
}

graph::EdgeStatement& DraftBuilder::edge(const std::string& from, std::string_view relation,
                                         const std::string& to, std::string_view qualifier) {
  const std::uint64_t key = mixed(mixed(mixed(mixed(kSeed, from), relation), to), qualifier);
  std::vector<graph::EdgeStatement>& edges = draft_.record.edges;
  const auto [begin, end] = edges_.equal_range(key);
  for (auto place = begin; place != end; ++place) {
    graph::EdgeStatement& edge = edges[place->second];
    if (edge.from == from && edge.relation == relation && edge.to == to &&
        edge.qualifier == qualifier) {
      return edge;
    }
  }
  edges_.emplace(key, edges.size());
  edges.push_back({from, std::string(relation), to, std::string(qualifier), {}});
  return edges.back();
}

void DraftBuilder::found(std::uint64_t line, std::string_view rule, std::string detail,
                         Action action) {
  findings_.push_back({{}, line, std::string(rule), std::move(detail), action});
}

Step DraftBuilder::take() {
  Step step;
  step.draft = std::move(draft_);
  step.findings = std::move(findings_);
  return step;
}

void state_on(graph::EdgeStatement& edge, std::string_view property, graph::Value value) {
  if (edge.properties.size() >= kEdgePropertiesMax) return;
  graph::Property stated{std::string(property), std::move(value)};
  if (std::find(edge.properties.begin(), edge.properties.end(), stated) == edge.properties.end()) {
    edge.properties.push_back(std::move(stated));
  }
}

void state_on(graph::EdgeStatement& edge, std::string_view property, std::string_view text) {
  state_on(edge, property, graph::Value(graph::Text{std::string(text), {}}));
}

std::string fingerprint_of(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 1099511628211U;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[(hash >> shift) & 15U];
  return text;
}

std::string name_slug(std::string_view name) {
  constexpr std::size_t kBytesMax = 100;
  constexpr std::size_t kWhole = 4000;
  std::string whole = slug(name, kWhole);
  if (whole.size() <= kBytesMax) return whole;
  return slug(name, kBytesMax - 17) + "-" + fingerprint_of(whole);
}

}  // namespace mangrove::ingest
