#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "ingest/linking/text_links.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// The vocabulary of a graph, kept until the graph changes. Safe from many threads.
class VocabularyAtHand {
 public:
  Result<std::shared_ptr<const CompiledVocabulary>> of(const graph::Graph& graph,
                                                       const ontology::Schema& schema);

 private:
  std::mutex mutex_;  // Guards what follows.
  graph::Version version_ = 0;
  std::shared_ptr<const CompiledVocabulary> vocabulary_;
};

/// A text that somebody is about to publish.
struct SuggestionQuestion {
  std::string title;
  std::string text;
  std::string language;
  double least = 0.3;  ///< Suggestions that are less sure are left out.
  std::size_t limit = 50;
};

/// A concept that the text speaks of.
struct Suggestion {
  /// Words that say so.
  struct Words {
    std::string in;  ///< `title` or `description`.
    std::uint32_t from;
    std::uint32_t to;
    std::string words;
  };
  std::string id;
  std::string kind;
  std::string relation;  ///< What an initiative with this text would be tied to it by.
  double confidence;
  bool is_link;  ///< Whether ingest would make a link of it.
  std::vector<Words> matched;
};

/// What the texts speak of, surest first.
std::vector<Suggestion> suggest(std::shared_ptr<const CompiledVocabulary> vocabulary,
                                const SuggestionQuestion& question);

}  // namespace mangrove::ingest
