#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "graph/batch.h"
#include "graph/catalogue.h"
#include "graph/storage/records.h"
#include "graph/storage/storage.h"
#include "graph/topology/topology.h"

namespace mangrove::graph {

/// What a batch comes down to.
struct PreparedCommit {
  storage::WriteBatch writes;
  TopologyChanges topology;
  std::vector<NodeIndex> subjects;  ///< Whose records changed; sorted, each once.
  std::vector<NodeIndex> touched;   ///< All nodes whose properties may read differently; likewise.
};

/// Turns a batch into writes and topology changes, against one version. New names, ids and sources
/// are numbered in the catalogue at once; the caller stores them with the commit. Use once.
class CommitBuilder {
 public:
  CommitBuilder(Catalogue& catalogue, const Topology& topology, const storage::Snapshot& store)
      : catalogue_(catalogue), topology_(topology), store_(store) {}

  /// Reads what the changes of this batch will meet, in one round trip. Call first.
  Status prefetch(const Batch& batch);

  Result<ChangeReport> apply(const Record& record);
  Result<ChangeReport> apply(const Batch::Removal& removal);

  /// Adds up what records mention in passing, in one more round trip.
  Result<PreparedCommit> finish();

 private:
  /// A record that this batch looks at: as the batch leaves it so far.
  struct Pending {
    NodeIndex subject;
    SourceIndex source;
    RecordNumber number;
    std::optional<std::string> bytes;
    bool changed = false;
  };
  struct Existence {
    int delta = 0;
    Kind kind;
  };
  using MentionKey = std::tuple<std::uint32_t, std::uint32_t, std::uint16_t, std::string>;

  std::optional<RecordNumber> number_of(NodeIndex subject, SourceIndex source) const;
  Pending& pending(NodeIndex subject, SourceIndex source);
  /// The kind a node has with the batch so far; kNoName while it does not exist.
  Kind kind_so_far(NodeIndex node) const;
  std::optional<std::string> conflict(const StoredRecord& record, NodeIndex subject) const;
  /// Whether the record would take the graph past the number of names it can hold.
  bool brings_too_many_names(const Record& record) const;
  StoredRecord intern(const Record& record);
  std::vector<StoredProperty> intern(const std::vector<Property>& properties);
  NodeIndex node(const std::string& id) { return NodeIndex{catalogue_.nodes.add(id)}; }
  Name name(const std::string& text);

  void count(const Pending& at, const StoredRecord& record, bool added);
  void count_node(NodeIndex node, Kind kind, bool added);
  Status settle_mentions(PreparedCommit& commit) const;

  Catalogue& catalogue_;
  const Topology& topology_;
  const storage::Snapshot& store_;
  std::unordered_map<std::uint64_t, Pending> pending_;
  std::unordered_map<std::uint32_t, Existence> existence_;
  std::map<MentionKey, std::int64_t> mentions_;
  TopologyChanges topology_changes_;
  std::vector<NodeIndex> touched_;
};

}  // namespace mangrove::graph
