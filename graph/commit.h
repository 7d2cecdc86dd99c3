#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/batch.h"
#include "graph/catalogue.h"
#include "graph/change_log.h"
#include "graph/recent_names.h"
#include "graph/storage/records.h"
#include "graph/storage/storage.h"
#include "graph/tally.h"
#include "graph/texts.h"
#include "graph/topology/topology.h"

namespace mangrove::graph {

/// What the records of a commit come down to.
struct PreparedCommit {
  storage::WriteBatch writes;  ///< Records and mentions.
  TopologyChanges topology;
  StoredChange change;               ///< Sorted; without the time. No records: nothing changed.
  std::vector<NodeTexts> texts;      ///< Of all nodes whose words may read differently.
  std::vector<NodeIndex> mentioned;  ///< Nodes of which others mention more or less than before.
  /// What the changed records were before, as they lay in the store.
  struct Past {
    NodeIndex subject;
    SourceIndex source;
    std::string bytes;
  };
  std::vector<Past> past;

  /// Nodes of which anything is stated or taken back, hidden or shown; in order of index.
  std::vector<NodeIndex> touched() const;
  std::vector<RecordNumber> records_changed() const;
};

/// Turns changes of records into writes and topology changes, against one version. New names, ids,
/// sources and policies are numbered in the catalogue at once; the caller stores them with the
/// commit. Use once.
class CommitBuilder {
 public:
  /// The record as a commit finds it, and as it leaves it so far.
  struct Pending {
    RecordPosition at;
    std::optional<std::string> before;    ///< As stored; nothing where there was no record.
    std::optional<std::string> bytes;     ///< As it is to be stored; nothing: no record.
    std::optional<StoredRecord> decoded;  ///< Of `bytes`, where they changed.
    bool changed = false;
    bool counts_publicly = false;  ///< Among the statements that give nodes their public kinds.
  };

  enum class Purpose : std::uint8_t {
    commit,
    past,      ///< Reading an older version: guards of today stay in force.
    topology,  ///< Bringing an older topology up to date with the store: nothing else is summed.
  };

  /// `searched` tells which properties are texts to search.
  CommitBuilder(Catalogue& catalogue, const Topology& topology, const storage::Snapshot& store,
                const SearchedProperties& searched, Purpose purpose = Purpose::commit)
      : catalogue_(catalogue),
        names_(catalogue.names),
        topology_(topology),
        store_(store),
        searched_(searched),
        purpose_(purpose) {}

  /// Reads what the changes of these batches will meet, in one round trip. Call first.
  Status prefetch(std::span<const Batch* const> batches);

  Result<ChangeReport> apply(const Record& record);
  Result<ChangeReport> apply(const Batch::Removal& removal);

  /// Makes the record read as these stored bytes say, without asking which is newer: `before` is
  /// what the topology knows of. Nothing stands for no record.
  Status set(NodeIndex subject, SourceIndex source, std::optional<std::string> before,
             std::optional<std::string> bytes);

  /// Adds everything up, in three more round trips at the most.
  Result<PreparedCommit> finish();

 private:
  struct PublicStatements {
    int delta = 0;
    Kind kind;
  };

  /// A record as the topology has it.
  struct KnownRecord {
    RecordNumber number;
    Policy policy;  ///< With the guards on its subject.
  };
  /// The nodes that a record names, as far as they had numbers when it came.
  struct NamedNodes {
    struct Ends {
      std::uint32_t from;
      std::uint32_t to;
    };
    std::uint32_t subject;
    std::vector<std::uint32_t> mentions;  ///< In their order.
    std::vector<Ends> edges;              ///< Likewise.
  };
  static constexpr std::uint32_t kUnnumbered = UINT32_MAX;
  static constexpr std::uint32_t kSubject = UINT32_MAX - 1;  ///< An end that is the subject.

  std::optional<KnownRecord> find_record(NodeIndex subject, SourceIndex source);
  Pending& pending(NodeIndex subject, SourceIndex source);
  /// The kind that public statements give a node with the batch so far; kNoName where none does.
  Kind public_kind_so_far(NodeIndex node) const;
  /// Looks up each id once: what follows would ask for each of them again and again.
  void look_up_nodes(const Record& record);
  std::optional<std::string> conflict(const Record& record) const;
  /// Whether the record would take the graph past the number of names it can hold.
  bool brings_too_many_names(const Record& record) const;
  /// Likewise, of audiences, or of sets of them; says so.
  std::optional<std::string> fault_of_audiences(const Record& record) const;
  /// Whether the record's statements are public, as far as the batch tells so far.
  bool is_public_so_far(NodeIndex subject, const StoredRecord& record) const;
  void note_public_statements(NodeIndex subject, const StoredRecord& record, int more);

  Policy policy_of(const std::vector<std::string>& audience);
  bool says_nothing_new(const StoredRecord& incoming, std::string_view content,
                        StoredRecord standing, std::string_view standing_content) const;
  StoredRecord intern(const Record& record, NodeIndex subject);
  std::vector<StoredProperty> intern(const std::vector<Property>& properties);

  Catalogue& catalogue_;
  RecentNames names_;
  const Topology& topology_;
  const storage::Snapshot& store_;
  const SearchedProperties& searched_;
  Purpose purpose_;
  NamedNodes named_;  // Of the record at hand.
  std::unordered_map<std::uint64_t, Pending> pending_;
  std::unordered_set<std::uint32_t> subjects_looked_at_;
  std::unordered_map<std::uint64_t, KnownRecord> known_;  // Records about those.
  boost::unordered_flat_map<std::uint32_t, PublicStatements> public_statements_;
  boost::unordered_flat_set<std::uint32_t> newly_guarded_;
};

}  // namespace mangrove::graph
