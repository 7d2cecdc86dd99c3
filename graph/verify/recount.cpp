#include "graph/verify/recount.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "graph/storage/keys.h"
#include "graph/tally.h"
#include "graph/verify/kept_facts.h"

namespace mangrove::graph {
namespace {

/// Nodes that are looked at once more, to say what is wrong there.
constexpr std::size_t kSuspectsMax = 16;

Error stopped() {
  return {ErrorCode::cancelled, "the check was stopped"};
}

/// A number for a record, for sums.
std::uint64_t hash_of_place(NodeIndex subject, SourceIndex source) {
  return hash_of(
      {.what = Fact::What::record, .node = subject, .subject = subject, .source = source});
}

bool in_order(const MentionedValue& a, const MentionedValue& b) {
  return std::tie(a.source, a.name, a.policy, a.value) <
         std::tie(b.source, b.name, b.policy, b.value);
}

}  // namespace

Recount::Recount(const storage::Snapshot& store, Tables& tables, Findings& findings, Meter& meter)
    : store_(store),
      tables_(tables),
      findings_(findings),
      meter_(meter),
      wording_(store),
      hashes_(tables.policies),
      counts_are_good_(tables.are_good),
      mentions_(tables.nodes),
      topology_(tables.nodes),
      standing_(tables.nodes) {}

Status Recount::for_each_record(
    const std::function<void(NodeIndex, SourceIndex, std::string_view)>& visit) {
  TRY(store_.scan(keys::kRecords, keys::kRecords,
                  [&](std::string_view key, std::string_view value) {
                    const auto subject = keys::read_u32(key, 1);
                    const auto source = keys::read_u32(key, 5);
                    const bool known = key.size() == 9 && tables_.knows(NodeIndex{*subject}) &&
                                       tables_.knows(SourceIndex{*source});
                    if (known) {
                      visit(NodeIndex{*subject}, SourceIndex{*source}, value);
                    } else {
                      counts_are_good_ = false;
                      findings_.add("a key that names a node or a source that is not there",
                                    [&] { return "the table of records, key " + in_hex(key); });
                    }
                    return meter_.reach(subject.value_or(0));
                  }));
  if (meter_.is_stopped()) return stopped();
  return {};
}

void Recount::check_record(NodeIndex subject, SourceIndex source, std::string_view bytes) {
  ++counts_.records;
  const auto decoded = decode_record(bytes);
  const auto where = [&] { return wording_.record(subject, source); };
  if (!decoded.ok()) {
    counts_are_good_ = false;
    return findings_.add(decoded.error().message, where);
  }
  const StoredRecord& record = decoded.value();
  counts_.edges += record.edges.size();
  standing_[subject.value] += hash_of_place(subject, source);
  if (const auto unknown = unknown_in(record, tables_); !unknown.empty()) {
    counts_are_good_ = false;
    return findings_.add("it names " + std::string(unknown) + " that is not there", where);
  }
  if (!counts_are_good_) return;
  note_guards(subject, record);
  if (tables_.stored_policies == 1) add_facts(subject, source, record);
}

void Recount::note_guards(NodeIndex subject, const StoredRecord& record) {
  for_each_guard(subject, record, [&](NodeIndex node, Policy guard) {
    Policy& all = guards_[node.value];
    all = tables_.policies.both(all, guard);
  });
}

Policy Recount::guarded(NodeIndex subject, const StoredRecord& record) {
  const auto guard = guards_.find(subject.value);
  return guard == guards_.end() ? record.policy
                                : tables_.policies.both(record.policy, guard->second);
}

void Recount::add_facts(NodeIndex subject, SourceIndex source, const StoredRecord& record) {
  for_each_fact(subject, source, record, guarded(subject, record), tables_.policies, hashes_,
                [&](const Fact& fact) {
                  Sums& sums = fact.what == Fact::What::mention ? mentions_ : topology_;
                  sums[fact.node.value] += hash_of(fact);
                });
}

Status Recount::read_records() {
  meter_.begin("reading records", tables_.nodes);
  Status read = for_each_record([&](NodeIndex subject, SourceIndex source, std::string_view bytes) {
    check_record(subject, source, bytes);
  });
  if (meter_.is_stopped()) return read;
  if (!read.ok()) {
    counts_are_good_ = false;
    findings_.add(read.error().message, [] { return std::string("the table of records"); });
  }
  if (!counts_are_good_ || tables_.stored_policies == 1) return {};
  // Who may see what is known only now that all guards are.
  meter_.begin("reading records again", tables_.nodes);
  return for_each_record([&](NodeIndex subject, SourceIndex source, std::string_view bytes) {
    if (const auto record = decode_record(bytes); record.ok()) {
      add_facts(subject, source, record.value());
    }
  });
}

void Recount::note_change(const StoredRecordChange& change) {
  std::uint64_t& sum = standing_[change.subject.value];
  const std::uint64_t place = hash_of_place(change.subject, change.source);
  if (change.outcome == Outcome::added) sum -= place;
  if (change.outcome == Outcome::removed) sum += place;
}

void Recount::compare_with_log() {
  for (std::uint32_t i = 0; i < standing_.size(); ++i) {
    if (standing_[i] == 0) continue;
    findings_.add("the change log does not lead to the records that are there",
                  [&] { return "the records of " + wording_.node(NodeIndex{i}); });
  }
}

void Recount::check_list(std::string_view key, std::string_view bytes, Suspects& unreadable) {
  const auto number = keys::read_u32(key, 1);
  if (key.size() != 5 || !tables_.knows(NodeIndex{*number})) {
    return findings_.add("a key that names a node that is not there",
                         [&] { return "the table of mentions, key " + in_hex(key); });
  }
  const NodeIndex node{*number};
  const auto fault = [&](std::string_view what) {
    unreadable.try_emplace(node.value);
    findings_.add(what, [&] { return "what is mentioned of " + wording_.node(node); });
  };
  const auto list = decode_mentions(bytes);
  if (!list.ok()) return fault(list.error().message);
  const MentionedValue* before = nullptr;
  for (const MentionedValue& value : list.value()) {
    if (!tables_.knows(value.source) || !tables_.knows(value.name) ||
        !tables_.knows(value.policy)) {
      return fault("it names a source, a property or a condition that is not there");
    }
    if (value.count == 0 || !decode_value(value.value).ok()) return fault("a value that is none");
    if (before != nullptr && !in_order(*before, value)) return fault("values out of order");
    before = &value;
  }
  counts_.mentions += list.value().size();
  if (!counts_are_good_) return;
  for_each_mention(node, list.value(), hashes_, [&](const Fact& fact, std::uint64_t count) {
    mentions_[node.value] -= hash_of(fact) * count;
  });
}

Status Recount::check_mentions() {
  constexpr std::string_view kWhere = "what is mentioned of ";
  meter_.begin("reading mentions", tables_.nodes);
  Suspects unreadable;
  const Status read = store_.scan(keys::kMentions, keys::kMentions,
                                  [&](std::string_view key, std::string_view value) {
                                    check_list(key, value, unreadable);
                                    return meter_.reach(keys::read_u32(key, 1).value_or(0));
                                  });
  if (meter_.is_stopped()) return stopped();
  if (!read.ok()) {
    findings_.add(read.error().message, [] { return std::string("the table of mentions"); });
    return {};
  }
  if (!counts_are_good_) return {};
  Suspects suspects = suspects_of(mentions_, unreadable, kWhere, Remedy::restore);
  if (suspects.empty()) return {};
  TRY(read_stated(suspects, true));
  for (auto& [number, facts] : suspects) {
    const NodeIndex node{number};
    const auto bytes = TRY(store_.get(keys::mention(node)));
    if (!bytes) continue;
    for_each_mention(node, TRY(decode_mentions(*bytes)), hashes_,
                     [&facts = facts](const Fact& fact, std::uint64_t count) {
                       facts[fact].kept += static_cast<std::int64_t>(count);
                     });
  }
  report(suspects, kWhere, Remedy::restore);
  return {};
}

Status Recount::check_topology(const Snapshot& state) {
  constexpr std::string_view kWhere = "the topology in memory, at ";
  meter_.begin("comparing the topology", tables_.nodes);
  KeptFacts kept(state);
  Suspects faulty;
  for (std::uint32_t i = 0; i < tables_.nodes && meter_.reach(i); ++i) {
    const NodeIndex node{i};
    kept.at(node,
            [&](const Fact& fact, std::uint64_t count) { topology_[i] -= hash_of(fact) * count; });
    if (kept.fault().empty()) continue;
    faulty.try_emplace(i);
    findings_.add(
        kept.fault(), [&] { return std::string(kWhere) + wording_.node(node); }, Remedy::repair);
  }
  if (meter_.is_stopped()) return stopped();
  Suspects suspects = suspects_of(topology_, faulty, kWhere, Remedy::repair);
  if (suspects.empty()) return {};
  TRY(read_stated(suspects, false));
  for (auto& [number, facts] : suspects) {
    kept.at(NodeIndex{number}, [&facts = facts](const Fact& fact, std::uint64_t count) {
      facts[fact].kept += static_cast<std::int64_t>(count);
    });
  }
  report(suspects, kWhere, Remedy::repair);
  return {};
}

/// The first of the nodes whose sums are not zero; of all others it is only said that they are
/// wrong.
Recount::Suspects Recount::suspects_of(const Sums& sums, const Suspects& left_out,
                                       std::string_view where, Remedy remedy) {
  Suspects suspects;
  for (std::uint32_t i = 0; i < sums.size(); ++i) {
    if (sums[i] == 0 || left_out.contains(i)) continue;
    if (suspects.size() < kSuspectsMax) {
      suspects.try_emplace(i);
      continue;
    }
    findings_.add(
        "not what the records say",
        [&] { return std::string(where) + wording_.node(NodeIndex{i}); }, remedy);
  }
  return suspects;
}

Status Recount::read_stated(Suspects& suspects, bool mentions) {
  meter_.begin("looking closer", tables_.nodes);
  return for_each_record([&](NodeIndex subject, SourceIndex source, std::string_view bytes) {
    const auto record = decode_record(bytes);
    if (!record.ok()) return;
    for_each_fact(subject, source, record.value(), guarded(subject, record.value()),
                  tables_.policies, hashes_, [&](const Fact& fact) {
                    if ((fact.what == Fact::What::mention) != mentions) return;
                    const auto suspect = suspects.find(fact.node.value);
                    if (suspect != suspects.end()) ++suspect->second[fact].stated;
                  });
  });
}

void Recount::report(const Suspects& suspects, std::string_view where, Remedy remedy) {
  for (const auto& [number, facts] : suspects) {
    const auto wrong = std::find_if(facts.begin(), facts.end(), [](const auto& fact) {
      return fact.second.stated != fact.second.kept;
    });
    std::string what = "not what the records say";
    if (wrong != facts.end()) {
      const auto& [fact, times] = *wrong;
      what = in_words(fact, wording_);
      if (times.kept == 0) {
        what += " is missing";
      } else if (times.stated == 0) {
        what += " is there, and no record states it";
      } else {
        what += " is counted " + std::to_string(times.kept) + " times and stated " +
                std::to_string(times.stated) + " times";
      }
    }
    findings_.add(
        what, [&, at = number] { return std::string(where) + wording_.node(NodeIndex{at}); },
        remedy);
  }
}

}  // namespace mangrove::graph
