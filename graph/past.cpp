#include "graph/past.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "graph/change_log.h"
#include "graph/commit.h"
#include "graph/storage/keys.h"
#include "graph/storage/overlay.h"

namespace mangrove::graph {
namespace {

constexpr std::size_t kKeptMax = 4;

Error corrupt_log() {
  return {ErrorCode::corrupt, "the store holds a damaged change log"};
}

/// Narrows what may be seen of old properties by what may be seen of those of the same name today.
void tighten(std::vector<StoredProperty>& then, const std::vector<StoredProperty>& now,
             Policies& policies) {
  for (StoredProperty& old : then) {
    Policy all = kPublic;
    bool some_public = false;
    for (const StoredProperty& property : now) {
      if (property.name != old.name) continue;
      if (property.value == old.value) {
        old.policy = policies.both(old.policy, property.policy);
      }
      some_public = some_public || property.policy == kPublic;
      all = policies.both(all, property.policy);
    }
    if (!some_public) old.policy = policies.both(old.policy, all);
  }
}

/// The old record as it may be shown under the policies of today's.
void tighten(StoredRecord& then, const StoredRecord& now, Policies& policies) {
  then.policy = policies.both(then.policy, now.policy);
  then.guard = policies.both(then.guard, now.guard);
  tighten(then.properties, now.properties, policies);
  for (StoredMention& old : then.mentions) {
    for (const StoredMention& mention : now.mentions) {
      if (mention.node != old.node) continue;
      old.guard = policies.both(old.guard, mention.guard);
      tighten(old.properties, mention.properties, policies);
    }
  }
  for (StoredEdge& old : then.edges) {
    for (const StoredEdge& edge : now.edges) {
      if (std::tie(edge.from, edge.relation, edge.to, edge.qualifier) !=
          std::tie(old.from, old.relation, old.to, old.qualifier)) {
        continue;
      }
      old.policy = policies.both(old.policy, edge.policy);
      tighten(old.properties, edge.properties, policies);
    }
  }
}

Status tighten(ChangedSince& changed, Policies& policies) {
  const auto& last = changed.now ? changed.now : changed.before_removal;
  if (!changed.then || !last) return {};
  StoredRecord then = TRY(decode_record(*changed.then));
  tighten(then, TRY(decode_record(*last)), policies);
  changed.then = encode_record(then, encode_content(then));
  return {};
}

/// The first change of a record after a version: before it, the record was as at the version.
struct FirstChange {
  NodeIndex subject;
  SourceIndex source;
  Version replaced;  ///< In which commit the old bytes went; 0: there were none.
  Version removed;   ///< In which commit it went for good; 0: it is there.
};

Result<std::vector<FirstChange>> first_changes(const storage::Snapshot& store, Version version) {
  std::vector<FirstChange> first;
  std::unordered_map<std::uint64_t, std::size_t> places;
  Status status;
  TRY(store.scan(
      keys::kChanges, keys::change(version + 1), [&](std::string_view key, std::string_view value) {
        const auto number = keys::read_u64(key, 1);
        const auto change = decode_change(value);
        if (!number || !change.ok()) {
          status = corrupt_log();
          return false;
        }
        for (const StoredRecordChange& record : change.value().records) {
          const std::uint64_t id = std::uint64_t{record.subject.value} << 32 | record.source.value;
          const auto [at, is_first] = places.try_emplace(id, first.size());
          if (is_first) {
            const Version replaced = record.outcome == Outcome::added ? 0 : *number;
            first.push_back({record.subject, record.source, replaced, 0});
          }
          first[at->second].removed = record.outcome == Outcome::removed ? *number : 0;
        }
        return true;
      }));
  TRY(status);
  return first;
}

}  // namespace

Result<std::vector<ChangedSince>> changed_since(const storage::Snapshot& store, Version version) {
  auto first = TRY(first_changes(store, version));
  std::sort(first.begin(), first.end(), [](const FirstChange& a, const FirstChange& b) {
    return std::tie(a.subject, a.source) < std::tie(b.subject, b.source);
  });
  std::vector<std::string> keys;
  keys.reserve(2 * first.size());
  for (const FirstChange& change : first) {
    keys.push_back(keys::record(change.subject, change.source));
  }
  for (const FirstChange& change : first) {
    if (change.replaced == 0) continue;
    keys.push_back(keys::past(change.replaced, change.subject, change.source));
    if (change.removed == 0) continue;
    keys.push_back(keys::past(change.removed, change.subject, change.source));
  }
  auto values = TRY(store.multi_get(keys));
  std::vector<ChangedSince> result;
  result.reserve(first.size());
  std::size_t next = first.size();
  for (std::size_t i = 0; i < first.size(); ++i) {
    ChangedSince& changed = result.emplace_back();
    changed.subject = first[i].subject;
    changed.source = first[i].source;
    changed.now = std::move(values[i]);
    if (first[i].replaced == 0) continue;
    changed.then = std::move(values[next++]);
    if (!changed.then) return corrupt_log();
    if (first[i].removed != 0) changed.before_removal = std::move(values[next++]);
  }
  return result;
}

Result<std::shared_ptr<const Snapshot>> state_at(const Snapshot& latest, Version version,
                                                 const SearchedProperties& searched) {
  Catalogue& catalogue = *latest.catalogue;
  CommitBuilder builder(catalogue, latest.topology, *latest.store, searched,
                        CommitBuilder::Purpose::past);
  for (ChangedSince& changed : TRY(changed_since(*latest.store, version))) {
    TRY(tighten(changed, catalogue.policies));
    TRY(builder.set(changed.subject, changed.source, std::move(changed.now),
                    std::move(changed.then)));
  }
  PreparedCommit back = TRY(builder.finish());

  auto past = std::make_shared<Snapshot>();
  past->text = TRY(latest.text->with(back.texts, back.writes));
  past->version = version;
  past->catalogue = latest.catalogue;
  past->sizes = latest.sizes;
  past->topology = latest.topology.with(back.topology);
  past->store = storage::overlay(latest.store, back.writes);
  past->quiet = latest.quiet;
  past->quiet_count = latest.quiet_count;
  past->floor = latest.floor;
  return std::shared_ptr<const Snapshot>(std::move(past));
}

Result<std::shared_ptr<const Snapshot>> Pasts::at(const Snapshot& latest, Version version,
                                                  const SearchedProperties& searched) {
  const std::lock_guard lock(mutex_);
  for (const Kept& past : kept_) {
    if (past.latest == latest.version && past.snapshot->version == version) return past.snapshot;
  }
  auto past = TRY(state_at(latest, version, searched));
  if (kept_.size() == kKeptMax) kept_.pop_front();
  kept_.push_back({latest.version, past});
  return past;
}

void Pasts::forget() {
  const std::lock_guard lock(mutex_);
  kept_.clear();
}

}  // namespace mangrove::graph
