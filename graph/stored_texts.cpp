#include "graph/stored_texts.h"

#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/storage/keys.h"
#include "graph/storage/records.h"
#include "graph/tally.h"

namespace mangrove::graph {
namespace {

/// How many nodes are gathered between two looks at the store.
constexpr std::uint32_t kNodesAtOnce = 2048;

Error damaged() {
  return {ErrorCode::corrupt, "the store holds a damaged record key"};
}

/// Records and mentions of some nodes in a row.
struct Stated {
  std::vector<StoredRecord> records;
  std::string mentions;
};
using StatedByNode = std::map<std::uint32_t, Stated>;

/// Visits the keys of a table whose first number is below `end`.
Status scan_nodes(const storage::Snapshot& store, std::string_view table, const std::string& from,
                  std::uint64_t end,
                  const std::function<Status(NodeIndex, std::string_view)>& visit) {
  Status status;
  TRY(store.scan(table, from, [&](std::string_view key, std::string_view value) {
    const auto node = keys::read_u32(key, 1);
    if (!node) status = damaged();
    if (!node || *node >= end) return false;
    status = visit(NodeIndex{*node}, value);
    return status.ok();
  }));
  return status;
}

Result<StatedByNode> stated_of(const storage::Snapshot& store, std::uint32_t begin,
                               std::uint64_t end) {
  StatedByNode stated;
  const auto add_record = [&](NodeIndex node, std::string_view bytes) -> Status {
    stated[node.value].records.push_back(TRY(decode_record(bytes)));
    return {};
  };
  const auto add_mentions = [&](NodeIndex node, std::string_view bytes) -> Status {
    stated[node.value].mentions = bytes;
    return {};
  };
  TRY(scan_nodes(store, keys::kRecords, keys::record(NodeIndex{begin}, {}), end, add_record));
  TRY(scan_nodes(store, keys::kMentions, keys::mention(NodeIndex{begin}), end, add_mentions));
  return stated;
}

using Guards = std::unordered_map<std::uint32_t, Policy>;

Result<Guards> all_guards(const storage::Snapshot& store, Policies& policies) {
  Guards guards;
  if (policies.size() == 1) return guards;
  const auto add = [&](NodeIndex node, Policy guard) {
    Policy& all = guards[node.value];
    all = policies.both(all, guard);
  };
  const auto visit = [&](NodeIndex subject, std::string_view bytes) -> Status {
    for_each_guard(subject, TRY(decode_record(bytes)), add);
    return {};
  };
  TRY(scan_nodes(store, keys::kRecords, std::string(keys::kRecords), UINT64_MAX, visit));
  return guards;
}

}  // namespace

Status for_each_text(const storage::Snapshot& store, Catalogue& catalogue,
                     const SearchedProperties& searched,
                     const std::function<Status(std::span<const NodeTexts>)>& visit) {
  if (searched.empty()) return {};
  TextGatherer gatherer(catalogue, searched);
  Policies& policies = catalogue.policies;
  const Guards guards = TRY(all_guards(store, policies));
  const std::uint64_t limit = catalogue.nodes.size();
  for (std::uint64_t begin = 0; begin < limit; begin += kNodesAtOnce) {
    const auto stated = TRY(
        stated_of(store, static_cast<std::uint32_t>(begin), std::min(begin + kNodesAtOnce, limit)));
    std::vector<NodeTexts> texts;
    for (const auto& [node, all] : stated) {
      const auto guarded = guards.find(node);
      const Policy guard = guarded == guards.end() ? kPublic : guarded->second;
      for (const StoredRecord& record : all.records) {
        gatherer.add(record, policies.both(record.policy, guard), policies);
      }
      if (!all.mentions.empty()) {
        for (const MentionedValue& value : TRY(decode_mentions(all.mentions))) {
          TRY(gatherer.add(value, guard, policies));
        }
      }
      NodeTexts of_node{NodeIndex{node}, gatherer.finish(policies), {}};
      if (!of_node.texts.empty()) texts.push_back(std::move(of_node));
    }
    TRY(visit(texts));
  }
  return {};
}

}  // namespace mangrove::graph
