#pragma once

#include <set>
#include <string>
#include <vector>

#include "graph/ids.h"
#include "ingest/identity/names.h"
#include "ingest/identity/references.h"

namespace mangrove::ingest {

/// How many names of one body are compared: those that are stated most.
inline constexpr std::size_t kNamesCompared = 8;

/// A reference of a body, and whether it is the one in its id.
struct BodyReference {
  NormalReference reference;
  bool own = false;  ///< In its id; else a source states it beside (`identifiers`).
};

/// What is known of one organisation's node, as far as identity is settled by it.
struct Body {
  std::string id;  ///< `org:GB-CHC-1164883`, `org:name:…`.
  graph::NodeIndex node;
  std::vector<NameForm> names;  ///< Those that can be compared, most stated first.
  std::vector<BodyReference> references;
  std::set<std::string> countries;  ///< ISO codes: of references, and where it is based.
  std::string type;                 ///< As stated first; empty where nobody does.
  std::string host;                 ///< Of its homepage; empty where it has none.
  /// Several bodies seem to be under this id, or several numbers of one register: what it is the
  /// same as, only a person can say.
  bool doubtful = false;
};

}  // namespace mangrove::ingest
