#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/ids.h"
#include "graph/value.h"

namespace mangrove::graph {

/// That a node exists, what it is, and some of its properties.
struct NodeStatement {
  std::string id;  ///< Public id, `scheme:local`; 1 to 1,000 bytes of UTF-8, no control characters.
  std::string kind;  ///< A node has one kind; the first public statement settles it.
  std::vector<Property> properties{};
  /// A guard: the node exists only for these audiences, whoever else speaks of it, and whatever
  /// other guards let pass. Empty: no guard.
  std::vector<std::string> audience{};
};

/// That two nodes are tied. Equal (from, relation, to, qualifier) is one edge, however often
/// stated.
struct EdgeStatement {
  std::string from;
  std::string relation;
  std::string to;
  std::string qualifier{};  ///< Tells apart edges of one relation between two nodes: a role, a
                            ///< basis, a type, a year. May be empty.
  std::vector<Property> properties{};
  std::vector<std::string> audience{};  ///< Who may see it; empty: whoever sees the record.
  bool derived = false;  ///< Concluded from the rest of the record, which is all that its source
                         ///< stated: tells nothing of whether a record is new or newer.
};

/// What one source states, in one piece, about one subject. A record is the unit of replacement:
/// a new record of the same (subject, source, part) takes the place of the whole old one.
struct Record {
  std::string source{};  ///< Id of the source's own node, `src:NAME`.
  std::string part{};  ///< Part of that source, where several parts speak of one subject; or empty.
  std::string revision{};  ///< When the source last changed it: ISO 8601, so that text order is
                           ///< time order; empty where the source does not say.
  std::string origin{};    ///< Where it was read, for people: `activities.xml:1042`.
  std::vector<std::string> audience{};  ///< Who may see that this was stated, with all that is in
                                        ///< it; empty: everybody. A record about a node that a
                                        ///< guard hides is hidden too.
  NodeStatement subject{};
  std::vector<NodeStatement> mentions{};  ///< Other nodes that it names, with what it says of them.
  std::vector<EdgeStatement> edges{};     ///< Ends may be nodes that nobody has stated yet: such an
                                          ///< edge sleeps until its ends exist.
};

/// Changes that become visible and durable together, or not at all.
class Batch {
 public:
  void put(Record record) { changes_.emplace_back(std::move(record)); }
  void remove(std::string subject, std::string source, std::string part = {}) {
    changes_.emplace_back(Removal{std::move(subject), std::move(source), std::move(part)});
  }

  bool empty() const { return changes_.empty(); }
  std::size_t size() const { return changes_.size(); }

  struct Removal {
    std::string subject;
    std::string source;
    std::string part;
  };
  const std::vector<std::variant<Record, Removal>>& changes() const { return changes_; }

 private:
  std::vector<std::variant<Record, Removal>> changes_;
};

/// What became of one change of a batch.
enum class Outcome {
  added,      ///< The source had said nothing about this subject.
  replaced,   ///< It had said something else.
  unchanged,  ///< It had said exactly this.
  outdated,   ///< What it had said is newer, or this was replaced before: nothing was done.
  removed,
  absent,   ///< Nothing there to remove.
  refused,  ///< The record contradicts the graph (such as a kind); the message says how.
};

struct ChangeReport {
  Outcome outcome;
  std::string message;  ///< Only where refused or outdated.
};

struct CommitReport {
  Version version;  ///< The version that holds the batch; unchanged if nothing was.
  std::vector<ChangeReport> changes;  ///< One for each change, in order.
};

}  // namespace mangrove::graph
