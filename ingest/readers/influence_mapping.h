#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/value.h"
#include "ingest/draft.h"
#include "ingest/readers/mapping_json.h"

namespace mangrove::ingest {

/// What a file of influence cannot say of itself: where, when and by whom its numbers were found.
///
///     { "source": {"name": "weitz-2018", "label": "...", "publisher": "...", "note": "..."},
///       "statements": {
///         "scope": "Sweden", "date": "2018", "method": "...", "evidence": "...",
///         "status": "confirmed", "horizon": "2030" } }
///
/// Every part may be missing, and then it is unknown. Where one mapping serves several files,
/// `scope` is an object with the name of each file, without folder and ending, as its key.
/// `status` is confirmed, proposed or unverified.
struct InfluenceMapping {
  MappedSource source;
  std::string scope;                          ///< Of every file; or empty.
  std::map<std::string, std::string> scopes;  ///< By the stem of a file's name.
  std::vector<graph::Property> properties;    ///< What every statement says besides.

  /// Where the statements of a file hold; empty where the mapping does not say.
  std::string scope_of(const std::string& file) const;
};

/// Reads one; an empty text is a mapping that says nothing. Errors name the place in the mapping.
Result<InfluenceMapping> read_influence_mapping(std::string_view json);

/// `folder/south-america.csv.gz` -> `south-america`.
std::string stem_of_file(const std::string& file);

/// The node of the source itself, for a file of this name.
Draft source_draft(const MappedSource& source, const std::string& file);

}  // namespace mangrove::ingest
