#pragma once

#include <string>
#include <string_view>

#include "graph/batch.h"
#include "ingest/identity/score.h"

namespace mangrove::ingest {

/// Who states what the machine found: derived, made anew whenever something changes.
inline constexpr std::string_view kIdentitySource = "src:mangrove-identity";
/// Who states what people decided: kept until somebody takes it back.
inline constexpr std::string_view kStewardSource = "src:steward";

/// That two nodes are one, as far as the machine can tell.
struct SameAs {
  std::string a;  ///< The lower of the two ids.
  std::string b;
  MatchState state = MatchState::suggested;
  double score = 0;
  std::string reason;
};

/// What a pair is called for ever: 16 hexadecimal digits, whichever of the two comes first.
std::string match_id(std::string_view a, std::string_view b);

/// A record of `src:mangrove-identity` for matches, without any yet. Each holds many, so that few
/// are read and written: those whose ids begin alike.
graph::Record record_of_matches(const std::string& part);
/// The part whose record holds this match.
std::string part_of_match(const std::string& match_id);

/// The match as an edge, from the lower id, with its state as qualifier; `decided_by` is mangrove.
graph::EdgeStatement edge_of(const SameAs& match);

}  // namespace mangrove::ingest
