#include "graph/commit.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "graph/commit_sum.h"
#include "graph/record_faults.h"
#include "graph/settled_record.h"
#include "graph/storage/keys.h"

namespace mangrove::graph {
namespace {

std::uint64_t record_key(NodeIndex subject, SourceIndex source) {
  return std::uint64_t{subject.value} << 32 | source.value;
}

/// Why what comes in must not take the place of what stands; nothing where it should.
std::optional<std::string> why_outdated(const StoredRecord& incoming, std::uint64_t incoming_hash,
                                        const StoredRecord& standing) {
  const bool both_dated = !incoming.revision.empty() && !standing.revision.empty();
  if (both_dated && incoming.revision > standing.revision) return std::nullopt;
  if (both_dated && incoming.revision < standing.revision) {
    return "the graph holds the version of " + standing.revision;
  }
  const auto& superseded = standing.superseded;
  if (std::find(superseded.begin(), superseded.end(), incoming_hash) == superseded.end()) {
    return std::nullopt;
  }
  return "this version was replaced before, and it carries no date that says it is newer";
}

void remember_superseded(StoredRecord& incoming, std::string_view content,
                         const StoredRecord& standing, std::string_view standing_content) {
  incoming.superseded = standing.superseded;
  if (standing_content == content) return;
  incoming.superseded.push_back(hash_of_content(standing_content));
  if (incoming.superseded.size() > kSupersededMax) {
    incoming.superseded.erase(incoming.superseded.begin());
  }
}

/// Calls `visit` for all lists of audiences in the record that are not empty.
template <typename Visit>
void for_each_audience(const Record& record, Visit&& visit) {
  const auto meet = [&](const std::vector<std::string>& audience) {
    if (!audience.empty()) visit(audience);
  };
  const auto meet_all = [&](const std::vector<Property>& properties) {
    for (const Property& property : properties) meet(property.audience);
  };
  meet(record.audience);
  meet(record.subject.audience);
  meet_all(record.subject.properties);
  for (const NodeStatement& mention : record.mentions) {
    meet(mention.audience);
    meet_all(mention.properties);
  }
  for (const EdgeStatement& edge : record.edges) {
    meet(edge.audience);
    meet_all(edge.properties);
  }
}

}  // namespace

std::optional<CommitBuilder::KnownRecord> CommitBuilder::find_record(NodeIndex subject,
                                                                     SourceIndex source) {
  // All of a subject's at once: a source may state very many parts about one.
  if (subjects_looked_at_.insert(subject.value).second) {
    topology_.records_about(subject, [&](RecordNumber number, Policy policy) {
      known_.emplace(record_key(subject, catalogue_.records[number].source),
                     KnownRecord{number, policy});
    });
  }
  const auto found = known_.find(record_key(subject, source));
  if (found == known_.end()) return std::nullopt;
  return found->second;
}

Status CommitBuilder::prefetch(std::span<const Batch* const> batches) {
  std::vector<std::string> keys;
  std::vector<Pending> found;
  const auto want = [&](const std::string& subject_id, const std::string& source_key) {
    const auto subject = catalogue_.nodes.find(subject_id);
    const auto source = catalogue_.sources.find(source_key);
    if (!subject || !source) return;
    const auto known = find_record(NodeIndex{*subject}, SourceIndex{*source});
    if (!known) return;
    Pending& pending = found.emplace_back();
    pending.at = {NodeIndex{*subject}, SourceIndex{*source}, known->number};
    pending.counts_publicly = known->policy == kPublic;
    keys.push_back(keys::record(pending.at.subject, pending.at.source));
  };
  for (const Batch* batch : batches) {
    for (const auto& change : batch->changes()) {
      if (const auto* record = std::get_if<Record>(&change)) {
        want(record->subject.id, Catalogue::source_key(record->source, record->part));
      } else {
        const auto& removal = std::get<Batch::Removal>(change);
        want(removal.subject, Catalogue::source_key(removal.source, removal.part));
      }
    }
  }
  auto values = TRY(store_.multi_get(keys));
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!values[i]) {
      return Error{ErrorCode::corrupt, "the record of " +
                                           std::string(catalogue_.node_id(found[i].at.subject)) +
                                           " is missing from the store"};
    }
    found[i].bytes = std::move(values[i]);
    const std::uint64_t key = record_key(found[i].at.subject, found[i].at.source);
    pending_.emplace(key, std::move(found[i]));
  }
  return {};
}

CommitBuilder::Pending& CommitBuilder::pending(NodeIndex subject, SourceIndex source) {
  const auto [at, is_new] = pending_.try_emplace(record_key(subject, source));
  if (is_new) {
    at->second.at = {subject, source, catalogue_.records.number_of({subject, source})};
  }
  return at->second;
}

Kind CommitBuilder::public_kind_so_far(NodeIndex node) const {
  const auto change = public_statements_.find(node.value);
  const auto stored = static_cast<std::int64_t>(topology_.nodes().public_statements(node));
  if (change == public_statements_.end()) {
    return stored > 0 ? topology_.nodes().public_kind(node) : kNoName;
  }
  if (stored + change->second.delta <= 0) return kNoName;
  return change->second.kind != kNoName ? change->second.kind : topology_.nodes().public_kind(node);
}

void CommitBuilder::look_up_nodes(const Record& record) {
  const auto look_up = [&](const std::string& id) {
    return catalogue_.nodes.find(id).value_or(kUnnumbered);
  };
  named_.subject = look_up(record.subject.id);
  // Nearly every edge has the subject at one end.
  const auto look_up_end = [&](const std::string& id) {
    return id == record.subject.id ? kSubject : look_up(id);
  };
  named_.mentions.clear();
  for (const NodeStatement& mention : record.mentions) {
    named_.mentions.push_back(look_up(mention.id));
  }
  named_.edges.clear();
  for (const EdgeStatement& edge : record.edges) {
    named_.edges.push_back({look_up_end(edge.from), look_up_end(edge.to)});
  }
}

std::optional<std::string> CommitBuilder::conflict(const Record& record) const {
  const auto kind_of = [&](std::uint32_t number) {
    return number == kUnnumbered ? kNoName : public_kind_so_far(NodeIndex{number});
  };
  const auto contradicts = [&](Kind known, const NodeStatement& stated) {
    return stated.id + " is known as " + std::string(catalogue_.name(known)) +
           ", and cannot also be " + stated.kind;
  };
  const auto agrees = [&](Kind known, const NodeStatement& stated) {
    return known == kNoName || catalogue_.name(known) == stated.kind;
  };
  const Kind kind_of_subject = kind_of(named_.subject);
  if (!agrees(kind_of_subject, record.subject)) return contradicts(kind_of_subject, record.subject);
  boost::unordered_flat_map<std::string_view, std::string_view> new_kinds;
  for (std::size_t i = 0; i < record.mentions.size(); ++i) {
    const NodeStatement& mention = record.mentions[i];
    const Kind known = kind_of(named_.mentions[i]);
    if (!agrees(known, mention)) return contradicts(known, mention);
    if (known != kNoName) continue;
    const std::string_view called_before =
        mention.id == record.subject.id
            ? record.subject.kind
            : new_kinds.try_emplace(mention.id, mention.kind).first->second;
    if (called_before != mention.kind) return "the record calls " + mention.id + " by two kinds";
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

std::optional<std::string> CommitBuilder::fault_of_audiences(const Record& record) const {
  const Policies& policies = catalogue_.policies;
  std::unordered_set<std::string_view> unknown;
  bool new_set = false;
  for_each_audience(record, [&](const std::vector<std::string>& names) {
    AudienceSet set = 0;
    for (const std::string& name : names) {
      const auto number = policies.find_audience(name);
      if (number) set |= AudienceSet{1} << *number;
      if (!number) unknown.insert(name);
    }
    new_set = new_set || set == 0 || !policies.knows(set);
  });
  if (!unknown.empty() && policies.audiences().size() + unknown.size() > kAudiencesMax) {
    return "the graph has " + std::to_string(kAudiencesMax) +
           " audiences, and the record names another";
  }
  if (new_set && policies.size() > kStatedPoliciesMax) {
    return "the graph has more than " + std::to_string(kStatedPoliciesMax) +
           " different sets of audiences, and the record brings another";
  }
  return std::nullopt;
}

bool CommitBuilder::says_nothing_new(const StoredRecord& incoming, std::string_view content,
                                     StoredRecord standing,
                                     std::string_view standing_content) const {
  if (incoming.revision > standing.revision) return false;
  if (standing_content == content) return true;
  // A graph of the first format keeps properties in the order in which they came.
  settle_order(standing, catalogue_);
  return encode_content(standing) == content;
}

Policy CommitBuilder::policy_of(const std::vector<std::string>& audience) {
  if (audience.empty()) return kPublic;
  AudienceSet set = 0;
  for (const std::string& name : audience) {
    const auto number = catalogue_.policies.add_audience(name);
    assert(number);  // fault_of_audiences has counted them.
    set |= AudienceSet{1} << *number;
  }
  return catalogue_.policies.of(set);
}

std::vector<StoredProperty> CommitBuilder::intern(const std::vector<Property>& properties) {
  std::vector<StoredProperty> result;
  result.reserve(properties.size());
  for (const Property& property : properties) {
    result.push_back({names_.add(property.name), property.value, policy_of(property.audience)});
  }
  return result;
}

StoredRecord CommitBuilder::intern(const Record& record, NodeIndex subject) {
  const auto node = [&](std::uint32_t looked_up, const std::string& id) {
    if (looked_up == kSubject) return subject;
    return NodeIndex{looked_up == kUnnumbered ? catalogue_.nodes.add(id) : looked_up};
  };
  StoredRecord result;
  result.revision = record.revision;
  result.origin = record.origin;
  result.policy = policy_of(record.audience);
  result.guard = policy_of(record.subject.audience);
  result.kind = names_.add(record.subject.kind);
  result.properties = intern(record.subject.properties);
  result.mentions.reserve(record.mentions.size());
  for (std::size_t i = 0; i < record.mentions.size(); ++i) {
    const NodeStatement& mention = record.mentions[i];
    result.mentions.push_back({node(named_.mentions[i], mention.id), names_.add(mention.kind),
                               intern(mention.properties), policy_of(mention.audience)});
  }
  result.edges.reserve(record.edges.size());
  for (std::size_t i = 0; i < record.edges.size(); ++i) {
    const EdgeStatement& edge = record.edges[i];
    const NamedNodes::Ends& ends = named_.edges[i];
    result.edges.push_back({node(ends.from, edge.from), names_.add(edge.relation),
                            node(ends.to, edge.to), names_.add(edge.qualifier),
                            intern(edge.properties), policy_of(edge.audience), edge.derived});
  }
  return result;
}

bool CommitBuilder::is_public_so_far(NodeIndex subject, const StoredRecord& record) const {
  const auto special = topology_.nodes().special(subject);
  return record.policy == kPublic && !newly_guarded_.contains(subject.value) &&
         std::none_of(special.begin(), special.end(),
                      [](const NodeTable::Special& statement) { return statement.is_guard; });
}

void CommitBuilder::note_public_statements(NodeIndex subject, const StoredRecord& record,
                                           int more) {
  const auto note = [&](NodeIndex node, Kind kind) {
    PublicStatements& statements = public_statements_[node.value];
    statements.delta += more;
    if (more > 0) statements.kind = kind;
  };
  note(subject, record.kind);
  for (const StoredMention& mention : record.mentions) note(mention.node, mention.kind);
}

Result<ChangeReport> CommitBuilder::apply(const Record& record) {
  if (auto fault = fault_of(record)) return ChangeReport{Outcome::refused, std::move(*fault)};
  if (catalogue_.names.size() + names_in(record) > kNamesMax && brings_too_many_names(record)) {
    return ChangeReport{Outcome::refused,
                        "the graph has more than 60,000 different names of kinds, "
                        "relations, properties and qualifiers"};
  }
  look_up_nodes(record);
  // Before anything of it takes a number: what is refused must not use them up.
  if (record.audience.empty()) {
    if (auto fault = conflict(record)) return ChangeReport{Outcome::refused, std::move(*fault)};
  }
  if (auto fault = fault_of_audiences(record)) {
    return ChangeReport{Outcome::refused, std::move(*fault)};
  }
  const NodeIndex subject{catalogue_.nodes.add(record.subject.id)};
  StoredRecord incoming = intern(record, subject);
  settle(incoming, subject, catalogue_);
  const SourceIndex source{
      catalogue_.sources.add(Catalogue::source_key(record.source, record.part))};
  Pending& at = pending(subject, source);
  const std::string content = encode_content(incoming);
  const bool standing_there = at.bytes.has_value();
  if (standing_there) {
    const auto [standing_content, standing_derived] = TRY(parts_of(*at.bytes));
    const StoredRecord standing = TRY(decode_record(*at.bytes));
    const bool nothing_new = says_nothing_new(incoming, content, standing, standing_content);
    if (nothing_new && encode_derived(incoming) == standing_derived) {
      return ChangeReport{Outcome::unchanged, {}};
    }
    if (!nothing_new) {
      if (auto why = why_outdated(incoming, hash_of_content(content), standing)) {
        return ChangeReport{Outcome::outdated, std::move(*why)};
      }
    }
    remember_superseded(incoming, content, standing, standing_content);
    if (at.counts_publicly) note_public_statements(subject, standing, -1);
  }
  for_each_guard(subject, incoming,
                 [&](NodeIndex guarded, Policy) { newly_guarded_.insert(guarded.value); });
  at.counts_publicly = is_public_so_far(subject, incoming);
  if (at.counts_publicly) note_public_statements(subject, incoming, 1);
  if (!at.changed) at.before = std::move(at.bytes);
  at.bytes = encode_record(incoming, content);
  at.decoded = std::move(incoming);
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
  if (at.counts_publicly) {
    note_public_statements(NodeIndex{*subject}, TRY(decode_record(*at.bytes)), -1);
  }
  at.counts_publicly = false;
  if (!at.changed) at.before = std::move(at.bytes);
  at.bytes.reset();
  at.decoded.reset();
  at.changed = true;
  return ChangeReport{Outcome::removed, {}};
}

Status CommitBuilder::set(NodeIndex subject, SourceIndex source, std::optional<std::string> before,
                          std::optional<std::string> bytes) {
  Pending at;
  const auto known = find_record(subject, source);
  at.at = {subject, source,
           known ? known->number : catalogue_.records.number_of({subject, source})};
  if (!known && purpose_ == Purpose::past) {
    catalogue_.records.let_go({subject, source}, at.at.number);
  }
  if (bytes) at.decoded = TRY(decode_record(*bytes));
  at.before = std::move(before);
  at.bytes = std::move(bytes);
  at.changed = true;
  pending_[record_key(subject, source)] = std::move(at);
  return {};
}

std::vector<NodeIndex> PreparedCommit::touched() const {
  std::vector<NodeIndex> nodes = mentioned;
  for (const auto& subject : topology.subjects) nodes.push_back(subject.subject);
  for (const NodeTable::GuardChange& guard : topology.guards) nodes.push_back(guard.node);
  // A record that is replaced takes back each of its mentions, and states most of them again.
  std::map<std::tuple<NodeIndex, Kind, Policy>, std::int32_t> statements;
  for (const NodeTable::Change& one : topology.nodes) {
    statements[{one.node, one.kind, one.policy}] += one.statements;
  }
  for (const auto& [statement, more] : statements) {
    if (more != 0) nodes.push_back(std::get<NodeIndex>(statement));
  }
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

std::vector<RecordNumber> PreparedCommit::records_changed() const {
  std::vector<RecordNumber> records;
  records.reserve(topology.subjects.size());
  for (const auto& subject : topology.subjects) records.push_back(subject.record);
  return records;
}

Result<PreparedCommit> CommitBuilder::finish() {
  std::vector<Pending> changed;
  changed.reserve(pending_.size());
  for (auto& [key, at] : pending_) {
    const bool is_new = !at.before.has_value();
    if (!at.changed || (is_new && !at.bytes) || at.before == at.bytes) continue;
    changed.push_back(std::move(at));
  }
  pending_.clear();
  std::sort(changed.begin(), changed.end(), [](const Pending& a, const Pending& b) {
    return std::tie(a.at.subject, a.at.source) < std::tie(b.at.subject, b.at.source);
  });
  return CommitSum(catalogue_, topology_, store_, searched_, purpose_, std::move(changed)).make();
}

}  // namespace mangrove::graph
