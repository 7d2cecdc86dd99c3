#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/ids.h"
#include "graph/topology/topology.h"
#include "graph/value.h"

namespace mangrove::graph {

struct Snapshot;  // graph/snapshot.h: what a view holds on to.

/// One edge as the topology knows it; `read_edges` tells what is stated on it.
struct Edge {
  NodeIndex from;
  Relation relation;
  NodeIndex to;
  Qualifier qualifier;
  RecordNumber record;  ///< The record that states it.
};

/// One value of a property, and the sources that state it.
struct StatedProperty {
  std::string name;
  Value value;
  std::vector<std::string> sources;  ///< Ids of Source nodes, sorted.
};

/// A node with all that is stated about it.
struct Node {
  NodeIndex index;
  std::string id;
  std::string kind;
  /// Sorted by name. Within a name, the value to show comes first: what a record with this node as
  /// its subject states, before what others mention in passing; newer before older; more often
  /// stated before less often; then in the order of the values themselves.
  std::vector<StatedProperty> properties;
  std::vector<std::string> sources;  ///< Ids of all sources that state something here, sorted.
  std::vector<std::string> origins;  ///< Where its own records were read, sorted.

  /// The text to show for this property: in this language if there is one, else in English, else
  /// the first. Empty where there is none.
  std::string_view text(std::string_view name, std::string_view language = "en") const;
  /// The first value of this property, or null.
  const Value* find(std::string_view name) const;
};

/// What one record states on an edge.
struct EdgeStatementView {
  std::vector<Property> properties;
  std::string source;  ///< Id of the Source node.
  std::string origin;  ///< Where it was read.
};

/// How much there is of everything, at one version.
struct Counts {
  std::map<std::string, std::uint64_t> nodes;  ///< By kind.
  std::map<std::string, std::uint64_t> edges;  ///< By relation; equal edges of many sources once.
  std::map<std::string, std::uint64_t>
      schemes;  ///< Nodes by scheme of their id: `org`, `org:name`.
};

/// The graph at one version. Cheap to copy; holds its version for as long as it lives, whatever is
/// committed meanwhile. May be used from many threads at once.
///
/// A node exists here while at least one record states it. An edge is seen while both its ends
/// exist.
class View {
 public:
  explicit View(std::shared_ptr<const Snapshot> snapshot);

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
  Kind kind(NodeIndex node) const;
  bool exists(NodeIndex node) const;
  /// One past the highest index; for arrays by index.
  std::uint32_t node_limit() const;
  /// All nodes of a kind, in order of index. O(node_limit).
  std::vector<NodeIndex> nodes_of_kind(Kind kind) const;

  /// Everything that is stated about these nodes, in the order asked. One round trip to the store.
  Result<std::vector<Node>> read(std::span<const NodeIndex> nodes) const;

  // --- Walking -------------------------------------------------------------------------------

  /// Every relation that any edge has had, in order of first use.
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
    for (std::size_t position = 0; position < frontier.size(); ++position) {
      const AdjacencyRow row = adjacency->row(frontier[position]);
      for (std::uint32_t i = 0; i < row.size; ++i) {
        const NodeIndex node{row.nodes[i]};
        if (!topology_->exists(node)) continue;
        visit(position, Adjacent{node, RecordNumber{row.records[i]}, Qualifier{row.qualifiers[i]}});
      }
    }
  }

  /// Number of different neighbours. O(neighbours).
  std::uint32_t degree(NodeIndex node, Relation relation, Direction direction) const;

  /// What is stated on these edges, in the order asked. One round trip to the store.
  Result<std::vector<EdgeStatementView>> read_edges(std::span<const Edge> edges) const;

  /// Id of the Source node whose record this is.
  std::string_view source_of(RecordNumber record) const;

  /// Counted once a version, then remembered.
  const Counts& counts() const;

  // --- Words ---------------------------------------------------------------------------------

  struct Hit {
    NodeIndex node;
    double score;  ///< BM25 over the weighted text properties; only its order means something.
  };
  /// Nodes whose texts hold the words (all of them where some node does, else as many as can be),
  /// best first. The last word also matches as a beginning; a word that nothing holds matches its
  /// nearest spelling. The first call on a version builds or updates the index.
  Result<std::vector<Hit>> search(std::string_view words) const;

  /// Folds as the index does, so that callers can mark the words that matched: pairs of
  /// [from, to) in code points of `text`, for every word of it that the query's words match.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> marks(std::string_view words,
                                                             std::string_view text) const;

 private:
  std::shared_ptr<const Snapshot> snapshot_;
  const Topology* topology_;  // Owned by the snapshot.
};

}  // namespace mangrove::graph
