#include "ingest/linking/suggest.h"

#include "ingest/linking/linker.h"
#include "ingest/linking/relink.h"

namespace mangrove::ingest {

Result<std::shared_ptr<const CompiledVocabulary>> VocabularyAtHand::of(
    const graph::Graph& graph, const ontology::Schema& schema) {
  const std::lock_guard lock(mutex_);
  const graph::Version version = graph.view(graph::Viewer::steward()).version();
  if (vocabulary_ == nullptr || version_ != version) {
    vocabulary_ = TRY(vocabulary_of(graph, schema));
    version_ = version;
  }
  return vocabulary_;
}

std::vector<Suggestion> suggest(std::shared_ptr<const CompiledVocabulary> compiled,
                                const SuggestionQuestion& question) {
  const Vocabulary& vocabulary = compiled->vocabulary;
  const std::vector<Passage> passages{{"title", question.title, question.language},
                                      {"description", question.text, question.language}};
  TextLinker linker(compiled);
  std::vector<Suggestion> suggestions;
  for (const TextLink& link : linker.read(passages, question.least)) {
    if (suggestions.size() == question.limit) break;
    const Concept& found = vocabulary.concepts[link.concept_number];
    Suggestion suggestion{found.id, found.kind, found.relation, link.confidence, link.is_link, {}};
    for (const Match& match : link.matches) {
      const Passage& passage = passages[match.passage];
      suggestion.matched.push_back({std::string(passage.field), match.begin, match.end,
                                    std::string(words_of(match, passage.text))});
    }
    suggestions.push_back(std::move(suggestion));
  }
  return suggestions;
}

}  // namespace mangrove::ingest
