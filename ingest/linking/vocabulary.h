#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "ingest/linking/phrases.h"
#include "ingest/linking/rule_edges.h"
#include "ontology/grammar/derivation_rule.h"
#include "ontology/schema.h"

/// What is needed to link initiatives to concepts, as it stands in a graph: so that whatever
/// vocabularies are loaded take effect.
namespace mangrove::ingest {

using ontology::DerivationRule;
using ontology::RuleCondition;

/// Something that texts may speak of.
struct Concept {
  std::string id;
  std::string kind;
  std::string relation;  ///< Of an initiative whose words speak of it.
  double bias;           ///< How sure a text without any of its phrases is of it, as log odds.
  std::optional<std::uint32_t> above{};  ///< The concept that lifts it (Scale), such as the goal of
                                         ///< a target.
  bool apart = false;  ///< Its phrases and those of other concepts do not hide each other.
};

/// How phrases are weighed that say more together than alone, such as those of a subject: for the
/// concepts of one kind. A concept is as sure as its surest scale.
struct Scale {
  std::string name;  ///< That rules give; empty for the one that all other phrases are weighed by.
  std::string kind;  ///< Of the concepts; empty: of any.
  double bias = 0;   ///< How sure a text is of a concept that it does not speak of, as log odds.
  double threshold = 0.5;  ///< Below this confidence no link is made.
  double room = std::numeric_limits<double>::infinity();  ///< By how much all concepts of the scale
                                                          ///< together may be raised.
  double lift = 0;  ///< By which part of what raised the concept above it a concept is raised.
  std::vector<std::uint32_t> concepts{};  ///< That it weighs any phrase for.
};

/// That a phrase speaks of a concept. Phrases stand at the concept (its `keywords`, or in their
/// place its `cues`) and in reading rules that SPEAK_OF it; where a rule of a named scale does, its
/// keywords are left out.
struct Meaning {
  std::uint32_t concept_number;  ///< Place in `Vocabulary::concepts`.
  double weight;                 ///< By how much it raises the log odds.
  std::uint32_t scale = 0;       ///< Place in `Vocabulary::scales`.
};

/// How texts are weighed; the properties of `reading:` nodes (ontology/vocabularies/reading.ttl).
struct ReadingModel {
  std::map<std::string, double, std::less<>> fields;  ///< By property: what a phrase counts there.
  double bias = -1;                                   ///< Of concepts that have none of their own.
  double keyword_weight = 1;  ///< Of keywords, which have none of their own.
  double threshold = 0.5;     ///< Below this confidence no link is made.
  std::vector<SmallWord> small_words;
};

struct Vocabulary {
  std::vector<Concept> concepts;
  std::vector<Scale> scales{1};  ///< The first weighs by the bias of the concept and by the model.
  std::vector<Cue> cues;
  std::vector<std::vector<Meaning>>
      meanings;                 ///< By cue; none: a false friend, which hides others.
  std::vector<Cue> exclusions;  ///< What follows in the sentence is not what the text is about.
  ReadingModel model;
  std::vector<DerivationRule> rules;  ///< By stage, then id.
  /// Edges that rules follow, by relation, direction (`^` before those that are followed backwards)
  /// and node: "MAPS_TO sector:dac:15160".
  std::map<std::string, std::vector<ConceptEdge>, std::less<>> edges;
  std::map<std::string, std::string, std::less<>> kinds;  ///< Of the nodes at which those end.
  std::vector<std::string> faults;  ///< What could not be understood, with the node it stands at.
  std::string fingerprint;          ///< The same for the same vocabulary.
};

/// Reads the vocabulary that everybody may see. One round trip for the concepts and one for their
/// edges.
Result<Vocabulary> read_vocabulary(const graph::View& view, const ontology::Schema& schema);

}  // namespace mangrove::ingest
