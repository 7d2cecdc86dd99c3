#include "graph/commit.h"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <unordered_set>

#include "graph/base/text.h"
#include "graph/storage/keys.h"

namespace mangrove::graph {
namespace {

constexpr std::size_t kIdBytesMax = 1000;
constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kNamesMax = 60'000;

std::uint64_t record_key(NodeIndex subject, SourceIndex source) {
  return std::uint64_t{subject.value} << 32 | source.value;
}

std::optional<std::string> fault_of_id(std::string_view id) {
  if (id.empty()) return "an id is empty";
  const std::string shown(id.substr(0, 80));
  if (id.size() > kIdBytesMax) return "the id " + shown + "… is longer than 1,000 bytes";
  if (!is_utf8(id)) return "an id is not UTF-8";
  for (const char c : id) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      return "the id " + shown + " holds a control character";
    }
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_name(std::string_view name, std::string_view what) {
  if (name.empty()) return std::string(what) + " has no name";
  if (name.size() > kNameBytesMax) return "the name of " + std::string(what) + " is too long";
  return std::nullopt;
}

/// What makes the record impossible to store, whatever the graph holds.
std::optional<std::string> fault_of(const Record& record) {
  if (auto fault = fault_of_id(record.source)) return "source: " + *fault;
  if (auto fault = fault_of_id(record.subject.id)) return fault;
  if (auto fault = fault_of_name(record.subject.kind, "a kind")) return fault;
  for (const NodeStatement& mention : record.mentions) {
    if (auto fault = fault_of_id(mention.id)) return fault;
    if (auto fault = fault_of_name(mention.kind, "a kind")) return fault;
  }
  for (const EdgeStatement& edge : record.edges) {
    if (auto fault = fault_of_id(edge.from)) return fault;
    if (auto fault = fault_of_id(edge.to)) return fault;
    if (auto fault = fault_of_name(edge.relation, "a relation")) return fault;
    if (edge.qualifier.size() > kNameBytesMax) return "a qualifier is too long";
  }
  return std::nullopt;
}

/// How many names a record uses at the most: cheap to tell, and nearly always few enough.
std::size_t names_in(const Record& record) {
  std::size_t count = 1 + record.subject.properties.size();
  for (const NodeStatement& mention : record.mentions) count += 1 + mention.properties.size();
  for (const EdgeStatement& edge : record.edges) count += 2 + edge.properties.size();
  return count;
}

bool same_edge(const StoredEdge& a, const StoredEdge& b) {
  return std::tie(a.from, a.relation, a.to, a.qualifier) ==
         std::tie(b.from, b.relation, b.to, b.qualifier);
}

bool contains(const std::vector<StoredProperty>& properties, const StoredProperty& property) {
  return std::any_of(properties.begin(), properties.end(), [&](const StoredProperty& other) {
    return other.name == property.name && other.value == property.value;
  });
}

void merge_properties(std::vector<StoredProperty>& into, std::vector<StoredProperty> from) {
  for (StoredProperty& property : from) {
    if (!contains(into, property)) into.push_back(std::move(property));
  }
}

/// Orders the edges and makes one of equal ones.
void settle_edges(std::vector<StoredEdge>& edges) {
  std::stable_sort(edges.begin(), edges.end(), [](const StoredEdge& a, const StoredEdge& b) {
    return std::tie(a.from, a.relation, a.to, a.qualifier) <
           std::tie(b.from, b.relation, b.to, b.qualifier);
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (kept > 0 && same_edge(edges[kept - 1], edges[i])) {
      merge_properties(edges[kept - 1].properties, std::move(edges[i].properties));
    } else {
      if (kept != i) edges[kept] = std::move(edges[i]);
      ++kept;
    }
  }
  edges.resize(kept);
}

/// Folds mentions of the subject into the subject, and makes one of several mentions of one node.
void settle_mentions_of(StoredRecord& record, NodeIndex subject) {
  std::vector<StoredMention> kept;
  std::unordered_map<std::uint32_t, std::size_t> places;
  for (StoredMention& mention : record.mentions) {
    if (mention.node == subject && mention.kind == record.kind) {
      merge_properties(record.properties, std::move(mention.properties));
      continue;
    }
    const auto [place, is_first] = places.try_emplace(mention.node.value, kept.size());
    if (is_first || kept[place->second].kind != mention.kind) {
      kept.push_back(std::move(mention));
    } else {
      merge_properties(kept[place->second].properties, std::move(mention.properties));
    }
  }
  record.mentions = std::move(kept);
}

enum class Age { newer, older, replaced_before };

/// Whether what comes in should take the place of what stands.
Age compare_age(const StoredRecord& incoming, std::uint64_t incoming_hash,
                const StoredRecord& standing) {
  const bool both_dated = !incoming.revision.empty() && !standing.revision.empty();
  if (both_dated && incoming.revision < standing.revision) return Age::older;
  if (both_dated && incoming.revision > standing.revision) return Age::newer;
  const auto& superseded = standing.superseded;
  const bool before =
      std::find(superseded.begin(), superseded.end(), incoming_hash) != superseded.end();
  return before ? Age::replaced_before : Age::newer;
}

}  // namespace

std::optional<RecordNumber> CommitBuilder::number_of(NodeIndex subject, SourceIndex source) const {
  const AdjacencyRow row = topology_.records_about(subject);
  for (std::uint32_t i = 0; i < row.size; ++i) {
    if (catalogue_.records[row.records[i]].source == source) return RecordNumber{row.records[i]};
  }
  return std::nullopt;
}

Status CommitBuilder::prefetch(const Batch& batch) {
  std::vector<std::string> keys;
  std::vector<Pending> found;
  const auto want = [&](const std::string& subject_id, const std::string& source_key) {
    const auto subject = catalogue_.nodes.find(subject_id);
    const auto source = catalogue_.sources.find(source_key);
    if (!subject || !source) return;
    const NodeIndex node{*subject};
    const auto number = number_of(node, SourceIndex{*source});
    if (!number) return;
    found.push_back({node, SourceIndex{*source}, *number, std::nullopt, false});
    keys.push_back(keys::record(node, SourceIndex{*source}));
  };
  for (const auto& change : batch.changes()) {
    if (const auto* record = std::get_if<Record>(&change)) {
      want(record->subject.id, Catalogue::source_key(record->source, record->part));
    } else {
      const auto& removal = std::get<Batch::Removal>(change);
      want(removal.subject, Catalogue::source_key(removal.source, removal.part));
    }
  }
  auto values = TRY(store_.multi_get(keys));
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!values[i]) {
      return Error{ErrorCode::corrupt, "the record of " +
                                           std::string(catalogue_.node_id(found[i].subject)) +
                                           " is missing from the store"};
    }
    found[i].bytes = std::move(values[i]);
    pending_.emplace(record_key(found[i].subject, found[i].source), std::move(found[i]));
  }
  return {};
}

CommitBuilder::Pending& CommitBuilder::pending(NodeIndex subject, SourceIndex source) {
  const auto [at, is_new] = pending_.try_emplace(record_key(subject, source));
  if (is_new) {
    at->second.subject = subject;
    at->second.source = source;
    at->second.number = RecordNumber{catalogue_.records.push_back({subject, source})};
  }
  return at->second;
}

Kind CommitBuilder::kind_so_far(NodeIndex node) const {
  const auto change = existence_.find(node.value);
  const auto stored = static_cast<std::int64_t>(topology_.statements(node));
  if (change == existence_.end()) return stored > 0 ? topology_.kind(node) : kNoName;
  if (stored + change->second.delta <= 0) return kNoName;
  return change->second.kind;
}

std::optional<std::string> CommitBuilder::conflict(const StoredRecord& record,
                                                   NodeIndex subject) const {
  const auto check = [&](NodeIndex node, Kind kind) -> std::optional<std::string> {
    const Kind known = kind_so_far(node);
    if (known == kNoName || known == kind) return std::nullopt;
    return std::string(catalogue_.node_id(node)) + " is known as " +
           std::string(catalogue_.name(known)) + ", and cannot also be " +
           std::string(catalogue_.name(kind));
  };
  if (auto fault = check(subject, record.kind)) return fault;
  std::unordered_set<std::uint32_t> mentioned{subject.value};
  for (const StoredMention& mention : record.mentions) {
    if (auto fault = check(mention.node, mention.kind)) return fault;
    if (!mentioned.insert(mention.node.value).second) {
      return "the record calls " + std::string(catalogue_.node_id(mention.node)) + " by two kinds";
    }
  }
  return std::nullopt;
}

bool CommitBuilder::brings_too_many_names(const Record& record) const {
  std::unordered_set<std::string_view> unknown;
  const auto meet = [&](std::string_view name) {
    if (!catalogue_.names.find(name)) unknown.insert(name);
  };
  const auto meet_all = [&](const std::vector<Property>& properties) {
    for (const Property& property : properties) meet(property.name);
  };
  meet(record.subject.kind);
  meet_all(record.subject.properties);
  for (const NodeStatement& mention : record.mentions) {
    meet(mention.kind);
    meet_all(mention.properties);
  }
  for (const EdgeStatement& edge : record.edges) {
    meet(edge.relation);
    meet(edge.qualifier);
    meet_all(edge.properties);
  }
  return catalogue_.names.size() + unknown.size() > kNamesMax;
}

Name CommitBuilder::name(const std::string& text) {
  const std::uint32_t number = catalogue_.names.add(text);
  assert(number <= UINT16_MAX);
  return Name{static_cast<std::uint16_t>(number)};
}

std::vector<StoredProperty> CommitBuilder::intern(const std::vector<Property>& properties) {
  std::vector<StoredProperty> result;
  result.reserve(properties.size());
  for (const Property& property : properties) {
    result.push_back({name(property.name), property.value});
  }
  return result;
}

StoredRecord CommitBuilder::intern(const Record& record) {
  StoredRecord result;
  result.revision = record.revision;
  result.origin = record.origin;
  result.kind = name(record.subject.kind);
  result.properties = intern(record.subject.properties);
  for (const NodeStatement& mention : record.mentions) {
    result.mentions.push_back({node(mention.id), name(mention.kind), intern(mention.properties)});
  }
  for (const EdgeStatement& edge : record.edges) {
    result.edges.push_back({node(edge.from), name(edge.relation), node(edge.to),
                            name(edge.qualifier), intern(edge.properties)});
  }
  return result;
}

Result<ChangeReport> CommitBuilder::apply(const Record& record) {
  if (auto fault = fault_of(record)) return ChangeReport{Outcome::refused, std::move(*fault)};
  if (catalogue_.names.size() + names_in(record) > kNamesMax && brings_too_many_names(record)) {
    return ChangeReport{Outcome::refused,
                        "the graph has more than 60,000 different names of kinds, "
                        "relations, properties and qualifiers"};
  }
  const NodeIndex subject = node(record.subject.id);
  StoredRecord incoming = intern(record);
  settle_mentions_of(incoming, subject);
  settle_edges(incoming.edges);
  if (auto fault = conflict(incoming, subject)) {
    return ChangeReport{Outcome::refused, std::move(*fault)};
  }

  const SourceIndex source{
      catalogue_.sources.add(Catalogue::source_key(record.source, record.part))};
  Pending& at = pending(subject, source);
  const std::string content = encode_content(incoming);
  const bool standing_there = at.bytes.has_value();
  if (standing_there) {
    const std::string_view standing_content = TRY(content_of(*at.bytes));
    if (standing_content == content) return ChangeReport{Outcome::unchanged, {}};
    const StoredRecord standing = TRY(decode_record(*at.bytes));
    switch (compare_age(incoming, hash_of_content(content), standing)) {
      case Age::older:
        return ChangeReport{Outcome::outdated,
                            "the graph holds the version of " + standing.revision};
      case Age::replaced_before:
        return ChangeReport{Outcome::outdated,
                            "this version was replaced before, and it carries "
                            "no date that says it is newer"};
      case Age::newer:
        break;
    }
    incoming.superseded = standing.superseded;
    incoming.superseded.push_back(hash_of_content(standing_content));
    if (incoming.superseded.size() > kSupersededMax) {
      incoming.superseded.erase(incoming.superseded.begin());
    }
    count(at, standing, false);
  }
  count(at, incoming, true);
  at.bytes = encode_record(incoming, content);
  at.changed = true;
  return ChangeReport{standing_there ? Outcome::replaced : Outcome::added, {}};
}

Result<ChangeReport> CommitBuilder::apply(const Batch::Removal& removal) {
  const auto subject = catalogue_.nodes.find(removal.subject);
  const auto source = catalogue_.sources.find(Catalogue::source_key(removal.source, removal.part));
  if (!subject || !source) return ChangeReport{Outcome::absent, {}};
  const auto found = pending_.find(record_key(NodeIndex{*subject}, SourceIndex{*source}));
  if (found == pending_.end() || !found->second.bytes) return ChangeReport{Outcome::absent, {}};
  Pending& at = found->second;
  count(at, TRY(decode_record(*at.bytes)), false);
  at.bytes.reset();
  at.changed = true;
  return ChangeReport{Outcome::removed, {}};
}

void CommitBuilder::count_node(NodeIndex node, Kind kind, bool added) {
  Existence& existence = existence_[node.value];
  existence.delta += added ? 1 : -1;
  existence.kind = kind;
  topology_changes_.nodes.push_back({node, kind, added ? 1 : -1});
  touched_.push_back(node);
}

void CommitBuilder::count(const Pending& at, const StoredRecord& record, bool added) {
  count_node(at.subject, record.kind, added);
  topology_changes_.subjects.push_back({at.subject, at.number, added});
  for (const StoredMention& mention : record.mentions) {
    count_node(mention.node, mention.kind, added);
    for (const StoredProperty& property : mention.properties) {
      mentions_[{mention.node.value, at.source.value, property.name.value,
                 encode_value(property.value)}] += added ? 1 : -1;
    }
  }
  for (const StoredEdge& edge : record.edges) {
    topology_changes_.edges.push_back(
        {edge.from, edge.relation, edge.to, edge.qualifier, at.number, added});
  }
}

Status CommitBuilder::settle_mentions(PreparedCommit& commit) const {
  std::vector<std::uint32_t> nodes;
  std::vector<std::string> keys;
  for (const auto& [key, delta] : mentions_) {
    if (delta == 0 || (!nodes.empty() && nodes.back() == std::get<0>(key))) continue;
    nodes.push_back(std::get<0>(key));
    keys.push_back(keys::mention(NodeIndex{nodes.back()}));
  }
  const auto stored = TRY(store_.multi_get(keys));

  auto change = mentions_.begin();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::map<std::tuple<std::uint32_t, std::uint16_t, std::string>, std::int64_t> counts;
    if (stored[i]) {
      for (auto& value : TRY(decode_mentions(*stored[i]))) {
        counts[{value.source.value, value.name.value, std::move(value.value)}] =
            static_cast<std::int64_t>(value.count);
      }
    }
    while (std::get<0>(change->first) != nodes[i]) ++change;
    for (; change != mentions_.end() && std::get<0>(change->first) == nodes[i]; ++change) {
      const auto& [node, source, name, value] = change->first;
      counts[{source, name, value}] += change->second;
    }
    std::vector<MentionedValue> kept;
    for (const auto& [key, count] : counts) {
      assert(count >= 0);
      const auto& [source, name, value] = key;
      if (count > 0) {
        kept.push_back({SourceIndex{source}, Name{name}, value, static_cast<std::uint64_t>(count)});
      }
    }
    if (kept.empty()) {
      commit.writes.remove(keys[i]);
    } else {
      commit.writes.put(keys[i], encode_mentions(kept));
    }
  }
  return {};
}

Result<PreparedCommit> CommitBuilder::finish() {
  PreparedCommit commit;
  for (auto& [key, at] : pending_) {
    if (!at.changed) continue;
    commit.subjects.push_back(at.subject);
    if (at.bytes) {
      commit.writes.put(keys::record(at.subject, at.source), std::move(*at.bytes));
    } else {
      commit.writes.remove(keys::record(at.subject, at.source));
    }
  }
  TRY(settle_mentions(commit));
  const auto settle = [](std::vector<NodeIndex>& nodes) {
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  };
  settle(commit.subjects);
  settle(touched_);
  commit.touched = std::move(touched_);
  commit.topology = std::move(topology_changes_);
  return commit;
}

}  // namespace mangrove::graph
