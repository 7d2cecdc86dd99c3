#pragma once

#include "ontology/check/findings.h"
#include "ontology/check/reading_world.h"
#include "ontology/check/world.h"

namespace mangrove::ontology {

/// Looks at what one file says of how texts are read (the grammar is at the head of
/// `vocabularies/reading.ttl`): cues and keywords, classes of words, small words, fields, scales,
/// and that each rule speaks of something that texts are read for.
void check_reading(const WrittenFile& file, const World& world, const ReadingWorld& reading,
                   Findings& findings);

}  // namespace mangrove::ontology
