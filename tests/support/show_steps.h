#pragma once

#include <string>

#include "ingest/reader.h"

namespace mangrove::tests {

/// Everything that a reader gives, as text: one paragraph for each record, and the error that ended
/// it, if any.
///
///     sdg:8.7 Target source=src:un line=4
///       label "Decent work"@en
///       sdg:8.7 -PART_OF-> sdg:8
///       ! line 9 label-twice (value_skipped): …
std::string show_steps(ingest::Reader& reader);

/// One record in that form.
std::string show(const ingest::Draft& draft);

}  // namespace mangrove::tests
