#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/value.h"
#include "graph/view.h"
#include "query/answer.h"
#include "query/reading.h"
#include "query/walk.h"

namespace mangrove::query {

/// What is stated on the edges of one relation between two nodes, put together.
struct Connection {
  std::vector<graph::Property> properties;  ///< The basis stands apart.
  std::vector<std::string> qualifiers;      ///< Roles, types, years, sorted; no names of a basis.
  Basis basis = Basis::reported;            ///< The strongest that is stated, or else named.
  std::string source;                       ///< Of the first statement.
  std::string status;                       ///< Empty where it is verified or not said.
};

/// One connection out of edges of one relation between two nodes: their qualifiers, and what is
/// stated on each of them or on the first few, in the order of `stands_before`.
Connection connection_of(const Context& context, const KnownRelation& relation,
                         std::span<const graph::Qualifier> qualifiers,
                         std::span<const graph::EdgeStatementView> stated);

/// Which of two edges of one relation between two nodes is told first: that of the stronger basis,
/// then by qualifier, then by source.
bool stands_before(const Context& context, const graph::Adjacent& a, const graph::Adjacent& b);

/// The relation in words, as read from the near end.
std::string label_of(const KnownRelation& relation, graph::Direction direction,
                     std::string_view language);

/// The hop from one node to the next over this connection. Both must have been read.
Step step_of(const Reading& reading, const KnownRelation& relation, graph::Direction direction,
             graph::NodeIndex from, graph::NodeIndex to, Connection connection);

}  // namespace mangrove::query
