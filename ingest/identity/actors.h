#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "ingest/identity/body.h"
#include "ingest/identity/match.h"

namespace mangrove::ingest {

/// A name that a node should be shown by, though others of it are stated as often.
struct ChosenName {
  std::string id;
  std::string name;
  std::string language;

  friend auto operator<=>(const ChosenName&, const ChosenName&) = default;
};

/// What is found out about all organisations of a view.
struct ActorsFound {
  std::uint64_t bodies = 0;
  std::uint64_t pairs = 0;  ///< Compared.
  std::vector<SameAs> matches;
  /// Names of bodies that are mostly called by the names of their branches.
  std::vector<ChosenName> names;
  std::vector<std::string> doubtful;  ///< Ids under which several bodies seem to be, with names.
};

/// Compares the organisations that the view shows. O(names · log); reads every actor once.
Result<ActorsFound> match_actors(const graph::View& view);

}  // namespace mangrove::ingest
