#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/base/result.h"
#include "graph/graph.h"

namespace mangrove::ingest {

/// What a person makes of two records.
enum class DecisionState {
  accepted,   ///< They are one.
  refused,    ///< They are not, whatever the machine thinks of it later.
  withdrawn,  ///< Takes back what was decided: the graph is as it was before.
};
std::optional<DecisionState> parse_decision(std::string_view word);
std::string_view to_string(DecisionState state);

struct Decision {
  DecisionState state = DecisionState::accepted;
  std::string reason;      ///< For others who come to look at it; at most 2,000 bytes.
  std::string decided_by;  ///< Who; at most 200 bytes.
};

/// Two nodes, in the order of their ids.
struct DecidedPair {
  std::string id;  ///< Of the match.
  std::string a;
  std::string b;
};

/// Decides over a match that the graph holds. In one commit, the decision comes to stand as a
/// record of `src:steward` (SAME_AS with qualifier `accepted`, NOT_SAME_AS with `refused`), and
/// what the machine said of the two goes; with `withdrawn` the other way round. A second decision
/// takes the place of the first.
///
/// `not_found` where there is no such match, or no decision to take back; `invalid_input` where
/// reason or name are missing or too long.
Result<DecidedPair> decide(graph::Graph& graph, std::string_view match_id,
                           const Decision& decision);

/// The same over two nodes that the machine may never have put together: not_found where one is not
/// there, invalid_input where they are of two kinds, or of one that has no identity to settle.
Result<DecidedPair> decide(graph::Graph& graph, std::string_view a, std::string_view b,
                           const Decision& decision);

}  // namespace mangrove::ingest
