#include "graph/commit_sum.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "graph/notices.h"
#include "graph/storage/keys.h"

namespace mangrove::graph {
namespace {

auto order_of(const MentionChange& change) {
  return std::tie(change.node, change.source, change.name, change.policy, change.value);
}

bool before(const MentionedValue& a, const MentionedValue& b) {
  return std::tie(a.source, a.name, a.policy, a.value) <
         std::tie(b.source, b.name, b.policy, b.value);
}

/// Sorts, and makes one of changes of the same value; those that cancel out go.
void settle(std::vector<MentionChange>& changes) {
  std::sort(changes.begin(), changes.end(), [](const MentionChange& a, const MentionChange& b) {
    return order_of(a) < order_of(b);
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < changes.size();) {
    std::size_t next = i + 1;
    for (; next < changes.size() && order_of(changes[next]) == order_of(changes[i]); ++next) {
      changes[i].count += changes[next].count;
    }
    if (changes[i].count != 0) {
      if (kept != i) changes[kept] = std::move(changes[i]);
      ++kept;
    }
    i = next;
  }
  changes.erase(changes.begin() + static_cast<std::ptrdiff_t>(kept), changes.end());
}

/// The values mentioned of one node after the changes; adds to `moved` those that were not
/// mentioned before, or are not any more.
std::vector<MentionedValue> merged(std::span<const MentionedValue> stored,
                                   std::span<const MentionChange> changes,
                                   std::vector<MentionedValue>& moved) {
  std::vector<MentionedValue> result;
  result.reserve(stored.size() + changes.size());
  auto at = stored.begin();
  for (const MentionChange& change : changes) {
    MentionedValue value{change.source, change.name, change.value, 0, change.policy};
    while (at != stored.end() && before(*at, value)) result.push_back(*at++);
    std::int64_t count = change.count;
    const bool was_there = at != stored.end() && !before(value, *at);
    if (was_there) count += static_cast<std::int64_t>((at++)->count);
    assert(count >= 0);
    if (was_there != (count > 0)) moved.push_back(value);
    if (count <= 0) continue;
    value.count = static_cast<std::uint64_t>(count);
    result.push_back(value);
  }
  result.insert(result.end(), at, stored.end());
  return result;
}

Result<std::vector<MentionedValue>> mentions_in_order(std::string_view bytes) {
  std::vector<MentionedValue> mentions = TRY(decode_mentions(bytes));
  if (!std::is_sorted(mentions.begin(), mentions.end(), before)) {  // Of the first format.
    std::sort(mentions.begin(), mentions.end(), before);
  }
  return mentions;
}

Error missing(const Catalogue& catalogue, NodeIndex subject) {
  return {ErrorCode::corrupt, "the record of " + std::string(catalogue.node_id(subject)) +
                                  " is missing from the store"};
}

}  // namespace

CommitSum::CommitSum(Catalogue& catalogue, const Topology& topology, const storage::Snapshot& store,
                     const SearchedProperties& searched, CommitBuilder::Purpose purpose,
                     std::vector<CommitBuilder::Pending> changed)
    : catalogue_(catalogue),
      topology_(topology),
      store_(store),
      texts_(catalogue, searched),
      purpose_(purpose),
      searches_(!searched.empty() && purpose != CommitBuilder::Purpose::topology),
      pending_(std::move(changed)),
      tally_(catalogue.policies, purpose == CommitBuilder::Purpose::topology
                                     ? Tally::Mentions::left_out
                                     : Tally::Mentions::counted) {}

Result<PreparedCommit> CommitSum::make() {
  TRY(decode());
  sum_guards();
  TRY(recount_guarded());
  count_changed();
  note_changes();
  if (purpose_ == CommitBuilder::Purpose::commit) note_guarded();
  TRY(settle_mentions());
  if (searches_) TRY(gather_texts());
  prepared_.topology = std::move(tally_.topology);
  if (purpose_ == CommitBuilder::Purpose::past) {
    std::erase_if(prepared_.topology.guards,
                  [](const NodeTable::GuardChange& change) { return change.guards < 0; });
  }
  return std::move(prepared_);
}

Status CommitSum::decode() {
  changed_.reserve(pending_.size());
  for (CommitBuilder::Pending& pending : pending_) {
    Changed changed;
    changed.at = pending.at;
    if (pending.before) changed.before = TRY(decode_record(*pending.before));
    changed.after = std::move(pending.decoded);
    changed.before_bytes = std::move(pending.before);
    changed.bytes = std::move(pending.bytes);
    changed_.push_back(std::move(changed));
  }
  pending_.clear();
  return {};
}

bool CommitSum::is_changed(NodeIndex subject, SourceIndex source) const {
  const auto at =
      std::lower_bound(changed_.begin(), changed_.end(), std::pair(subject, source),
                       [](const Changed& a, const std::pair<NodeIndex, SourceIndex>& b) {
                         return std::tie(a.at.subject, a.at.source) < std::tie(b.first, b.second);
                       });
  return at != changed_.end() && at->at.subject == subject && at->at.source == source;
}

bool CommitSum::was_known(NodeIndex node) const {
  return topology_.nodes().public_statements(node) > 0 || !topology_.nodes().special(node).empty();
}

void CommitSum::sum_guards() {
  std::map<std::pair<NodeIndex, Policy>, std::int64_t> net;
  for (const Changed& changed : changed_) {
    const auto add = [&](int more) {
      return [&net, more](NodeIndex node, Policy guard) { net[{node, guard}] += more; };
    };
    if (changed.before) for_each_guard(changed.at.subject, *changed.before, add(-1));
    if (changed.after) for_each_guard(changed.at.subject, *changed.after, add(1));
  }
  for (auto at = net.begin(); at != net.end();) {
    const NodeIndex node = at->first.first;
    std::map<Policy, std::int64_t> counts;
    for (; at != net.end() && at->first.first == node; ++at) counts[at->first.second] = at->second;
    Guards guards{guards_on(topology_.nodes(), node, catalogue_.policies), kPublic};
    for (const NodeTable::Special& special : topology_.nodes().special(node)) {
      if (special.is_guard) counts[special.policy] += special.count;
    }
    for (const auto& [policy, count] : counts) {
      if (count > 0) guards.after = catalogue_.policies.both(guards.after, policy);
    }
    // Who may not see a node today is not shown its past either.
    if (purpose_ == CommitBuilder::Purpose::past) {
      guards.after = catalogue_.policies.both(guards.after, guards.before);
    }
    guards_.emplace(node.value, guards);
  }
}

CommitSum::Guards CommitSum::guards_on_node(NodeIndex node) const {
  const auto changed = guards_.find(node.value);
  if (changed != guards_.end()) return changed->second;
  const Policy guard = guards_on(topology_.nodes(), node, catalogue_.policies);
  return {guard, guard};
}

Status CommitSum::recount_guarded() {
  std::vector<std::pair<RecordPosition, Guards>> recounted;
  std::vector<std::string> keys;
  for (const auto& [value, guards] : guards_) {
    if (guards.before == guards.after) continue;
    const NodeIndex node{value};
    if (searches_) want_texts(node);
    topology_.records_about(node, [&, guards = guards](RecordNumber number, Policy) {
      const SourceIndex source = catalogue_.records[number].source;
      if (is_changed(node, source)) return;
      recounted.push_back({{node, source, number}, guards});
      keys.push_back(keys::record(node, source));
    });
  }
  const auto values = TRY(store_.multi_get(keys));
  for (std::size_t i = 0; i < recounted.size(); ++i) {
    const auto& [at, guards] = recounted[i];
    if (!values[i]) return missing(catalogue_, at.subject);
    const StoredRecord record = TRY(decode_record(*values[i]));
    Policies& policies = catalogue_.policies;
    const Policy before = policies.both(record.policy, guards.before);
    const Policy after = policies.both(record.policy, guards.after);
    tally_.count(at, record, before, false);
    tally_.count(at, record, after, true);
    note(before, after);
  }
  return {};
}

void CommitSum::count_changed() {
  for (const Changed& changed : changed_) {
    const Guards guards = guards_on_node(changed.at.subject);
    Policies& policies = catalogue_.policies;
    if (changed.before) {
      tally_.count(changed.at, *changed.before,
                   policies.both(changed.before->policy, guards.before), false);
    }
    if (changed.after) {
      tally_.count(changed.at, *changed.after, policies.both(changed.after->policy, guards.after),
                   true);
    }
    if (!searches_) continue;
    const bool texts_before = changed.before && texts_.has_searched(changed.before->properties);
    const bool texts_after = changed.after && texts_.has_searched(changed.after->properties);
    if (texts_before || texts_after) want_texts(changed.at.subject);
  }
}

std::vector<Notice> CommitSum::notices_of_change(const Changed& changed) const {
  const bool all_public = catalogue_.policies.size() == 1;
  if (all_public && !changed.before) return {{kNobody, kPublic}};
  if (all_public && !changed.after) return {{kPublic, kNobody}};
  const auto guards = [&](Policy Guards::*when) {
    return [this, when](NodeIndex node) { return guards_on_node(node).*when; };
  };
  Policies& policies = catalogue_.policies;
  const NodeIndex subject = changed.at.subject;
  std::vector<Notice> notices;
  if (!changed.before) {
    for (const Policy policy :
         stated_policies(subject, *changed.after, policies, guards(&Guards::after))) {
      notices.push_back({kNobody, policy});
    }
    return notices;
  }
  if (!changed.after) {
    for (const Policy policy :
         stated_policies(subject, *changed.before, policies, guards(&Guards::before))) {
      notices.push_back({policy, kNobody});
    }
    return notices;
  }
  return notices_between(
      policed_statements(subject, *changed.before, policies, guards(&Guards::before)),
      policed_statements(subject, *changed.after, policies, guards(&Guards::after)));
}

/// Where a record was read last shows to all who see it, and so must not change with a part that
/// only some of them see.
void CommitSum::keep_origin_unless_noticed(Changed& changed, const std::vector<Notice>& notices) {
  if (changed.before->origin == changed.after->origin) return;
  const Guards guards = guards_on_node(changed.at.subject);
  Policies& policies = catalogue_.policies;
  const Notice came{kNobody, policies.both(changed.after->policy, guards.after)};
  const Notice went{policies.both(changed.before->policy, guards.before), kNobody};
  const auto noticed = [&](const Notice& notice) {
    return std::binary_search(notices.begin(), notices.end(), notice);
  };
  if (noticed(came) || noticed(went)) return;
  changed.after->origin = changed.before->origin;
  changed.bytes = encode_record(*changed.after, encode_content(*changed.after));
}

void CommitSum::note(Policy before, Policy after) {
  if (before != after) prepared_.change.notices.push_back({before, after});
}

void CommitSum::note_guarded() {
  std::map<std::pair<NodeIndex, Policy>, std::int64_t> standing;
  for (const auto& [value, guards] : guards_) {
    const NodeIndex node{value};
    if (guards.before == guards.after) continue;
    standing[{node, kPublic}] = topology_.nodes().public_statements(node);
    for (const NodeTable::Special& special : topology_.nodes().special(node)) {
      if (!special.is_guard) standing[{node, special.policy}] += special.count;
    }
    note_edges_of(node, guards);
  }
  std::erase_if(standing, [](const auto& each) { return each.second == 0; });
  for (const NodeTable::Change& change : tally_.topology.nodes) {
    const auto at = standing.find({change.node, change.policy});
    if (at != standing.end()) at->second += change.statements;
  }
  // Statements that stand before and after: those that come or go are noted with their records.
  for (const auto& [key, count] : standing) {
    if (count == 0) continue;
    const Guards& guards = guards_.at(key.first.value);
    note(catalogue_.policies.both(key.second, guards.before),
         catalogue_.policies.both(key.second, guards.after));
  }
  std::vector<Notice>& notices = prepared_.change.notices;
  std::sort(notices.begin(), notices.end());
  notices.erase(std::unique(notices.begin(), notices.end()), notices.end());
}

void CommitSum::note_edges_of(NodeIndex node, const Guards& guards) {
  Policies& policies = catalogue_.policies;
  std::set<std::tuple<Policy, Policy, Policy>> met;  // Of the edge, and of its other end.
  const auto meet = [&](const Adjacent& edge) {
    const RecordPlace place = catalogue_.records[edge.record];
    if (is_changed(place.subject, place.source)) return;
    const Guards other = guards_on_node(edge.node);
    if (!met.emplace(edge.policy, other.before, other.after).second) return;
    note(policies.both(policies.both(edge.policy, guards.before), other.before),
         policies.both(policies.both(edge.policy, guards.after), other.after));
  };
  for (const Relation relation : topology_.relations()) {
    for (const Direction direction : {Direction::out, Direction::in}) {
      const Adjacency* const adjacency = topology_.adjacency(relation, direction);
      if (adjacency != nullptr) adjacency->visit(node, meet);
    }
  }
}

void CommitSum::note_changes() {
  for (Changed& changed : changed_) {
    const Outcome outcome = !changed.before  ? Outcome::added
                            : !changed.after ? Outcome::removed
                                             : Outcome::replaced;
    std::vector<Notice> notices = notices_of_change(changed);
    if (outcome == Outcome::replaced) keep_origin_unless_noticed(changed, notices);
    if (outcome == Outcome::removed) {
      catalogue_.records.let_go({changed.at.subject, changed.at.source}, changed.at.number);
    }
    prepared_.change.records.push_back(
        {changed.at.subject, changed.at.source, outcome, std::move(notices)});
    if (changed.before_bytes) {
      prepared_.past.push_back(
          {changed.at.subject, changed.at.source, std::move(*changed.before_bytes)});
    }
    std::string key = keys::record(changed.at.subject, changed.at.source);
    if (changed.bytes) {
      prepared_.writes.put(std::move(key), std::move(*changed.bytes));
    } else {
      prepared_.writes.remove(std::move(key));
    }
  }
}

bool CommitSum::texts_differ(std::span<const MentionedValue> before,
                             std::span<const MentionedValue> after,
                             std::span<const MentionedValue> moved) const {
  // What one source says anew, another often said before: then nothing reads differently.
  const auto says = [](std::span<const MentionedValue> all, const MentionedValue& one) {
    return std::any_of(all.begin(), all.end(), [&one](const MentionedValue& each) {
      return each.name == one.name && each.policy == one.policy && each.value == one.value;
    });
  };
  return std::any_of(moved.begin(), moved.end(), [&](const MentionedValue& one) {
    return texts_.is_searched(one.name) && says(before, one) != says(after, one);
  });
}

Status CommitSum::settle_mentions() {
  std::sort(text_nodes_.begin(), text_nodes_.end());
  std::vector<MentionChange>& changes = tally_.mentions;
  settle(changes);
  std::vector<std::pair<std::size_t, std::size_t>> nodes;  // Where the changes of one begin, end.
  std::vector<std::string> keys;                           // Of those that may be in the store.
  for (std::size_t from = 0; from < changes.size();) {
    std::size_t to = from;
    while (to < changes.size() && changes[to].node == changes[from].node) ++to;
    nodes.emplace_back(from, to);
    if (was_known(changes[from].node)) keys.push_back(keys::mention(changes[from].node));
    from = to;
  }
  stored_mentions_ = TRY(store_.multi_get(keys));
  std::size_t next = 0;
  const std::size_t wanted = text_nodes_.size();
  for (const auto& [from, to] : nodes) {
    const NodeIndex node = changes[from].node;
    prepared_.mentioned.push_back(node);
    std::vector<MentionedValue> before;
    if (was_known(node)) {
      const auto& bytes = stored_mentions_[next++];
      if (bytes) before = TRY(mentions_in_order(*bytes));
    }
    std::vector<MentionedValue> moved;
    std::vector<MentionedValue> after =
        merged(before, std::span<const MentionChange>(changes).subspan(from, to - from), moved);
    if (after.empty()) {
      prepared_.writes.remove(keys::mention(node));
    } else {
      prepared_.writes.put(keys::mention(node), encode_mentions(after));
    }
    if (!searches_) continue;
    const bool differ = texts_differ(before, after, moved);
    if (differ) want_texts(node);
    const auto first = text_nodes_.begin();
    if (differ || std::binary_search(first, first + static_cast<std::ptrdiff_t>(wanted), node)) {
      mentioned_[node.value] = {std::move(before), std::move(after)};
    }
  }
  return {};
}

Status CommitSum::gather_texts() {
  std::sort(text_nodes_.begin(), text_nodes_.end());
  text_nodes_.erase(std::unique(text_nodes_.begin(), text_nodes_.end()), text_nodes_.end());

  // What did not change must be read: of each node some records, and perhaps its mentions.
  struct Read {
    std::size_t records = 0;
    bool mentions = false;
  };
  std::vector<Read> reads;
  std::vector<std::string> keys;
  for (const NodeIndex node : text_nodes_) {
    Read& read = reads.emplace_back();
    if (!was_known(node)) continue;
    topology_.records_about(node, [&](RecordNumber number, Policy) {
      const SourceIndex source = catalogue_.records[number].source;
      if (is_changed(node, source)) return;
      keys.push_back(keys::record(node, source));
      ++read.records;
    });
    read.mentions = !mentioned_.contains(node.value);
    if (read.mentions) keys.push_back(keys::mention(node));
  }
  const auto stored = TRY(store_.multi_get(keys));

  std::size_t next = 0;
  auto changed = changed_.cbegin();
  for (std::size_t i = 0; i < text_nodes_.size(); ++i) {
    const NodeIndex node = text_nodes_[i];
    const auto of_node = [&](const Changed& one) { return one.at.subject == node; };
    changed = std::find_if_not(changed, changed_.cend(),
                               [&](const Changed& one) { return one.at.subject < node; });
    const auto changed_end = std::find_if_not(changed, changed_.cend(), of_node);

    std::vector<StoredRecord> unchanged;
    for (std::size_t left = reads[i].records; left > 0; --left, ++next) {
      if (!stored[next]) return missing(catalogue_, node);
      unchanged.push_back(TRY(decode_record(*stored[next])));
    }
    Mentioned mentioned;
    if (reads[i].mentions) {
      if (stored[next]) mentioned.before = TRY(decode_mentions(*stored[next]));
      mentioned.after = mentioned.before;
      ++next;
    } else if (const auto known = mentioned_.find(node.value); known != mentioned_.end()) {
      mentioned = std::move(known->second);
    }
    const Guards guards = guards_on_node(node);
    const std::span of_this(changed, changed_end);
    auto before = TRY(texts_at(false, guards.before, of_this, unchanged, mentioned.before));
    auto after = TRY(texts_at(true, guards.after, of_this, unchanged, mentioned.after));
    if (before != after) prepared_.texts.push_back({node, std::move(after), std::move(before)});
  }
  return {};
}

Result<std::vector<StatedText>> CommitSum::texts_at(bool after, Policy guard,
                                                    std::span<const Changed> changed,
                                                    std::span<const StoredRecord> unchanged,
                                                    std::span<const MentionedValue> mentioned) {
  Policies& policies = catalogue_.policies;
  const auto add = [&](const StoredRecord& record) {
    texts_.add(record, policies.both(record.policy, guard), policies);
  };
  for (const Changed& one : changed) {
    const auto& record = after ? one.after : one.before;
    if (record) add(*record);
  }
  for (const StoredRecord& record : unchanged) add(record);
  for (const MentionedValue& value : mentioned) TRY(texts_.add(value, guard, policies));
  return texts_.finish(catalogue_.policies);
}

}  // namespace mangrove::graph
