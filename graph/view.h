#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/audience.h"
#include "graph/base/result.h"
#include "graph/batch.h"
#include "graph/counts.h"
#include "graph/derived.h"
#include "graph/ids.h"
#include "graph/neighbour_lists.h"
#include "graph/node.h"
#include "graph/text/matcher.h"
#include "graph/text/search.h"
#include "graph/topology/topology.h"
#include "graph/value.h"

namespace mangrove::graph {

struct Outlook;   // graph/snapshot.h: what a view holds on to.
struct Snapshot;  // Likewise.
struct StoredRecord;

/// One edge as the topology knows it; `read_edges` tells what is stated on it.
struct Edge {
  NodeIndex from;
  Relation relation;
  NodeIndex to;
  Qualifier qualifier;
  RecordNumber record;  ///< The record that states it.
};

/// What one record states on an edge.
struct EdgeStatementView {
  std::vector<Property> properties;
  std::string source;  ///< Id of the Source node.
};

/// What a commit did to one record.
struct RecordChange {
  std::string subject;
  std::string source;  ///< Id of the Source node.
  std::string part;
  Outcome outcome;  ///< added, replaced or removed.
};

/// One entry of the change log.
struct Change {
  Version version;
  std::string time;                   ///< UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  std::vector<RecordChange> records;  ///< Sorted by subject, source, part.
};

/// The graph at one version, as one viewer may see it. Cheap to copy; holds its version for as long
/// as it lives, whatever is committed meanwhile. May be used from many threads at once.
///
/// A node exists here while at least one record that the viewer sees states it, and no guard hides
/// it. An edge is seen while both its ends exist. What is hidden is as if nobody had stated it: no
/// count, order, score or message tells of it. Node indexes, and the numbers of names and records,
/// do differ by what is hidden: they must not decide over anything that leaves the program.
class View {
 public:
  View(std::shared_ptr<const Snapshot> snapshot, const Viewer& viewer);

  /// How many commits changed anything that this viewer sees: for a steward, the number of commits.
  Version version() const;

  // --- Names ---------------------------------------------------------------------------------

  /// The interned name; `kNoName` where the graph has never seen it (so nothing can match it).
  Name name(std::string_view text) const;
  std::string_view text(Name name) const;

  // --- Nodes ---------------------------------------------------------------------------------

  /// The node with this public id, if it exists.
  std::optional<NodeIndex> find(std::string_view id) const;
  /// Public id; valid as long as the graph is open.
  std::string_view id(NodeIndex node) const;
  Kind kind(NodeIndex node) const {
    const NodeTable& nodes = topology_->nodes();
    return nodes.is_plain_around(node) ? nodes.public_kind(node) : kind_among_special(node);
  }
  bool exists(NodeIndex node) const;
  /// One past the highest index; for arrays by index.
  std::uint32_t node_limit() const;
  /// All nodes of a kind, in order of index. O(node_limit).
  std::vector<NodeIndex> nodes_of_kind(Kind kind) const;

  /// Everything that is stated about these nodes, in the order asked. One round trip to the store.
  Result<std::vector<Node>> read(std::span<const NodeIndex> nodes) const;

  /// The same, of which those that were read a while ago come from memory.
  Result<std::vector<std::shared_ptr<const Node>>> recall(std::span<const NodeIndex> nodes) const;

  /// What each source states about these nodes, record by record, in the order asked; each node's
  /// sorted by source and part. With the audiences for a steward; for others, without the parts
  /// that they may not see. One round trip to the store.
  Result<std::vector<std::vector<Record>>> records_about(std::span<const NodeIndex> nodes) const;

  // --- Walking -------------------------------------------------------------------------------

  /// Every relation that any edge has had, seen or not, sorted by name.
  std::span<const Relation> relations() const;

  /// Calls `visit(position, adjacent)` for every neighbour of every node of the frontier, where
  /// `position` is the place of the node in the frontier. Neighbours of one node come sorted by
  /// index, then qualifier; one neighbour comes several times where several qualifiers or records
  /// tie it. O(frontier + neighbours); touches no disk.
  template <typename Visit>
  void walk(std::span<const NodeIndex> frontier, Relation relation, Direction direction,
            Visit&& visit) const {
    const Adjacency* adjacency = topology_->adjacency(relation, direction);
    if (adjacency == nullptr) return;
    // A record may state an edge more than once, to different audiences. Publicly it does once.
    const bool may_repeat = !sight_->only_public();
    for (std::size_t position = 0; position < frontier.size(); ++position) {
      if (!topology_->exists(frontier[position], *sight_)) continue;
      std::optional<Adjacent> last;
      adjacency->visit(frontier[position], [&](const Adjacent& adjacent) {
        if (!sight_->sees(adjacent.policy)) return;
        if (!topology_->exists(adjacent.node, *sight_)) return;
        if (may_repeat) {
          if (last && is_same_statement(*last, adjacent)) return;
          last = adjacent;
        }
        visit(position, adjacent);
      });
    }
  }

  /// The different neighbours of all nodes over edges that count, as flat lists; null until walking
  /// has shown that they are worth making (`note_walked`). Valid as long as this view. For what is
  /// walked again and again: nothing is decoded, and nothing looked at edge by edge.
  const NeighbourLists* neighbour_lists(Relation relation, Direction direction,
                                        const QualifierChoice& choice) const;
  /// Tells that a walk looked at so many edges for want of such lists. Now and then, it makes them.
  void note_walked(Relation relation, Direction direction, const QualifierChoice& choice,
                   std::uint64_t edges) const;

  /// Number of different neighbours. O(neighbours).
  std::uint32_t degree(NodeIndex node, Relation relation, Direction direction) const;

  /// What is stated on these edges, in the order asked. One round trip to the store, or none where
  /// it is known that nothing is. The edges come from a walk over this view; one that the viewer
  /// may not see has nothing stated on it, and no source.
  Result<std::vector<EdgeStatementView>> read_edges(std::span<const Edge> edges) const;

  /// Id of the Source node whose record this is.
  std::string_view source_of(RecordNumber record) const;

  /// What this record is about: of an edge that stands in an initiative's record, the initiative.
  NodeIndex subject_of(RecordNumber record) const;

  /// Whether the first record comes before the second wherever both are told: by source, its part,
  /// then subject. The same however the graph was loaded, which the numbers themselves are not.
  bool stands_before(RecordNumber a, RecordNumber b) const;

  /// Tables that were worked out of what is seen here, by whomever, and are found again by any view
  /// of this version and viewer.
  const DerivedShelf& derived() const;

  /// Counted once a version and viewer, then remembered.
  const Counts& counts() const;

  // --- Changes -------------------------------------------------------------------------------

  /// What changed after this version (as `version` counts), oldest first, at most `limit` entries.
  /// Changes that the viewer may not see are left out, and so are versions without any other. Where
  /// something only came into or out of the viewer's sight, the outcome is what the record went
  /// through, and a guard's coming or going is told without the records that it hides or shows.
  /// `not_found` where the log was given up beyond that version.
  Result<std::vector<Change>> changes_after(Version version, std::size_t limit) const;

  /// The record of one source about one subject.
  struct RecordName {
    std::string subject;
    std::string part;
  };
  /// Calls `visit(subject, source, part)` for every record that the viewer sees, in no particular
  /// order. The texts live as long as the graph is open. O(all records); touches no disk.
  void visit_records(
      const std::function<void(NodeIndex, std::string_view, std::string_view)>& visit) const;
  /// The records of this source that the viewer sees, sorted by subject and part. O(all records).
  std::vector<RecordName> records_of(std::string_view source) const;

  // --- Words ---------------------------------------------------------------------------------

  using Hit = TextHit;
  /// Calls `visit` for all nodes whose texts match, in parts and in no particular order; see
  /// text/search.h for what matches, and how it is scored. One round trip to the store, and some
  /// more for the first search after an opening.
  Status search(const TextQuestion& question,
                const std::function<void(std::span<const Hit>)>& visit) const;

  /// The best `limit` of the nodes that match and that `admits` (if any) lets through, best first;
  /// those of equal score in order of their ids.
  Result<std::vector<Hit>> best(const TextQuestion& question, std::size_t limit,
                                const std::function<bool(NodeIndex)>& admits) const;

  /// Tells which words of a text the question matches, for marking them.
  Result<WordMatcher> matcher(const TextQuestion& question) const;

 private:
  static bool is_same_statement(const Adjacent& a, const Adjacent& b) {
    return a.node == b.node && a.qualifier == b.qualifier && a.record == b.record;
  }
  Kind kind_among_special(NodeIndex node) const;
  /// Whether the viewer sees both ends, and what the record is about.
  bool has_seen_ends(const Edge& edge) const;
  EdgeStatementView stated_on(const Edge& edge, const StoredRecord& record) const;

  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const Outlook> outlook_;
  const Topology* topology_;  // Owned by the snapshot.
  const Sight* sight_;        // Owned by the outlook.
};

}  // namespace mangrove::graph
