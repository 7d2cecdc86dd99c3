#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/progress.h"
#include "ingest/linking/text_links.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// How far it is: initiatives linked anew, and how many there are.
using RelinkProgress = std::function<void(std::uint64_t, std::uint64_t)>;

/// The vocabulary that everybody sees of the graph's latest version, and what reviewers released.
Result<std::shared_ptr<const CompiledVocabulary>> vocabulary_of(const graph::Graph& graph,
                                                                const ontology::Schema& schema);

struct Relinked {
  std::uint64_t nodes = 0;          ///< Looked at anew; 0 where all was well.
  std::vector<std::string> faults;  ///< Of the vocabulary: see `Vocabulary::faults`.
};

/// Sees to it that what is derived in the graph comes from the vocabulary that it holds: where
/// other words, rules or releases did it last, all that is linked is linked anew, a thousand nodes
/// to a commit.
/// Interrupted, the next call begins again.
///
/// `linked_by` is the vocabulary by which all that came in since the last call was linked; null
/// where nothing came in.
Result<Relinked> relink(graph::Graph& graph, const ontology::Schema& schema,
                        const CompiledVocabulary* linked_by, const RelinkProgress& progress);

/// Links what is said about these nodes anew, whatever linked it last.
Status relink_nodes(graph::Graph& graph, const ontology::Schema& schema,
                    std::span<const graph::NodeIndex> nodes);

/// The same for a graph from which a source was just taken out; a graph::FollowUp.
Status relink_after_removal(graph::Graph& graph, const graph::OnProgress& on_progress);

}  // namespace mangrove::ingest
