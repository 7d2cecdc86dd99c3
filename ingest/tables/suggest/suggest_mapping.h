#pragma once

#include <string>

#include "graph/base/result.h"
#include "ingest/source.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// A first mapping for a table that nobody has described yet.
struct SuggestedMapping {
  std::string mapping;  ///< JSON, a line for each column; loads the table as it is.
  std::string summary;  ///< For a person: what each column was taken for, and what to do next.
};

/// Drafts a mapping from the headers and the first values of a table: CSV or a sheet of a workbook.
/// What each row is follows from its columns: an initiative, an actor, evidence, an observation or
/// a place. Each column says why it was read so; what is not understood is kept as it is, contact
/// details of people are left out. `ontology` is only needed for the call.
Result<SuggestedMapping> suggest_mapping(const Input& input, const ontology::Ontology& ontology);

}  // namespace mangrove::ingest
