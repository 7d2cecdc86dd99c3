#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "ontology/data_files.h"
#include "ontology/mistake.h"
#include "ontology/ontology.h"

namespace mangrove::ontology {

/// Everything that is wrong with Turtle vocabularies of our own kind (the grammar is at the head of
/// `schema.ttl`), in the order of the files and lines. Errors are what would be left out, refused
/// or misread; warnings are what somebody will miss, such as a label in one of our languages.
///
/// The files are looked at together, and beside the built-in vocabularies: they may name nodes and
/// go on about nodes of each other. A file with the m:Source of a built-in one is taken for a newer
/// version of it and stands in its place. A file that states kinds, relations or rules for foreign
/// vocabularies is a schema: only its first mistake is found, and what it states is known to the
/// other files.
///
/// A syntax error costs the statement it stands in; what comes behind is still looked at. Subjects
/// of foreign vocabularies are passed over. Needs no graph.
std::vector<Mistake> check_vocabularies(std::span<const DataFile> files, const Ontology& built_in);

}  // namespace mangrove::ontology
