#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/report.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// The id of the goal or target that a code names (`wanted` is the kind: `Goal` or `Target`).
/// Nothing, with a finding, where the catalogue has no such code or it is of another kind; a code
/// such as `08.07` is read as meant, with a finding. `place` begins the detail: `1.3 on 8.77`.
std::optional<std::string> sdg_end(std::string_view code, std::string_view wanted,
                                   const ontology::Ontology& ontology, std::uint64_t line,
                                   const std::string& place, Action if_lost,
                                   std::vector<Finding>& findings);

}  // namespace mangrove::ingest
