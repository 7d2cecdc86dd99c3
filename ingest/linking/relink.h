#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "graph/graph.h"
#include "ingest/linking/text_links.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// How far it is: initiatives linked anew, and how many there are.
using RelinkProgress = std::function<void(std::uint64_t, std::uint64_t)>;

/// The vocabulary that everybody sees of the graph's latest version.
Result<std::shared_ptr<const CompiledVocabulary>> vocabulary_of(const graph::Graph& graph,
                                                                const ontology::Schema& schema);

/// Sees to it that what is derived in the graph comes from the vocabulary that it holds: where
/// other words or rules did it last, all initiatives are linked anew, a thousand to a commit.
/// Interrupted, the next call begins again. Returns how many initiatives it looked at; 0 where all
/// was well.
///
/// `linked_by` is the vocabulary by which all that came in since the last call was linked; null
/// where nothing came in.
Result<std::uint64_t> relink(graph::Graph& graph, const ontology::Schema& schema,
                             const CompiledVocabulary* linked_by, const RelinkProgress& progress);

}  // namespace mangrove::ingest
