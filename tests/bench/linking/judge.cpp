#include "tests/bench/linking/judge.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "graph/storage/memory.h"
#include "graph/text/words.h"
#include "ingest/ingest.h"
#include "ingest/linking/linker.h"

namespace mangrove::bench {

using ingest::CompiledVocabulary;
using ingest::Passage;
using ingest::TextLink;

World::World() : ontology(ontology::Ontology::load().value()) {
  graph = graph::Graph::open(storage::make_memory_storage(),
                             {.text_properties = ontology::text_properties()})
              .value();
  if (!ingest::load_ontology(*graph, ontology).ok()) std::abort();
  vocabulary = ingest::vocabulary_of(*graph, ontology.schema()).value();
}

std::vector<Passage> Judge::passages(const Activity& activity) const {
  std::vector<Passage> all;
  for (const auto& [audience, passages] :
       ingest::passages_of(activity.record, vocabulary_->vocabulary.model)) {
    all.insert(all.end(), passages.begin(), passages.end());
  }
  return all;
}

Opinion Judge::opinion(std::span<const Passage> passages) {
  const ingest::Vocabulary& vocabulary = vocabulary_->vocabulary;
  const std::vector<TextLink> links = read(passages);
  std::vector<double> crowding(vocabulary.scales.size(), 0);
  for (const TextLink& link : links) crowding[link.scale] += link.raised;
  Opinion opinion;
  for (const TextLink& link : links) {
    const ingest::Concept& about = vocabulary.concepts[link.concept_number];
    const std::size_t goal = goal_number(about.id);
    if (goal == 0) continue;
    const double raised =
        link.raised / std::max(1.0, crowding[link.scale] / vocabulary.scales[link.scale].room);
    if (about.id.find('.') == std::string::npos) {
      opinion.sureness[goal - 1] = link.confidence;
      opinion.raised[goal - 1] = raised;
      if (link.is_link) opinion.links |= goal_bit(goal);
    } else {
      opinion.targets.emplace_back(about.id, link.confidence);
      opinion.raised_targets[about.id] = raised;
      if (link.is_link) opinion.target_links.push_back(about.id);
      opinion.slavery = opinion.slavery || (link.is_link && about.id == kSlavery);
    }
  }
  return opinion;
}

std::shared_ptr<const CompiledVocabulary> search_for_names(const World& world) {
  static const std::set<std::string, std::less<>> kNoContent{"and",  "for",  "the", "below", "les",
                                                             "des",  "pour", "aux", "los",   "las",
                                                             "para", "del",  "sur", "une"};
  ingest::Vocabulary search;
  search.model = world.vocabulary->vocabulary.model;
  const graph::View view = world.graph->view(graph::Viewer::everyone());
  const auto goals = view.read(view.nodes_of_kind(view.name("Goal"))).value();
  graph::WordReader words;
  for (const graph::Node& node : goals) {
    const auto number = static_cast<std::uint32_t>(search.concepts.size());
    search.concepts.push_back({node.id, "Goal", "CONTRIBUTES_TO", 0});
    for (const graph::StatedProperty& stated : node.properties) {
      const auto* const label = std::get_if<graph::Text>(&stated.value);
      if (stated.name != "label" || label == nullptr) continue;
      for (const graph::WordToken& word : words.read(label->text, label->language)) {
        if (word.end - word.begin < 3 || kNoContent.contains(word.form->surface)) continue;
        search.cues.push_back({word.form->surface, label->language});
        search.meanings.push_back({{number, 1}});
      }
    }
  }
  return std::make_shared<const CompiledVocabulary>(std::move(search));
}

}  // namespace mangrove::bench
