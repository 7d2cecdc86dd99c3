#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ontology/schema.h"
#include "query/answer.h"
#include "query/explore/nodes.h"

/// The vocabularies of our world, as `m:Vocabulary` in ontology/schema.ttl declares them.
///
/// A concept of a vocabulary is a node of one of its kinds that some source describes in a record
/// of its own. What is only mentioned, such as a code of a publisher's own list, is none.
namespace mangrove::query {

/// A data set that describes concepts.
struct VocabularySource {
  std::string id;
  std::string name;
  std::string
      version;  ///< As the source numbers itself: `det-1`. May be empty, as may the licence.
  std::string licence;
};

struct VocabularySummary {
  const ontology::VocabularyInfo* info;
  std::uint64_t concepts = 0;
  std::vector<VocabularySource> sources;  ///< Of the concepts, by id.
};

/// All vocabularies in the order of the schema, those without a concept as well. O(nodes), and one
/// record read for each that describes a concept.
Result<std::vector<VocabularySummary>> vocabularies(const Context& context);

struct VocabularyQuestion {
  std::string name = {};                ///< `sdg`, `determinants`, …
  std::vector<std::string> bases = {};  ///< Which connections count, as in `Filter`.

  /// Which part of the tree. A vocabulary of up to kConceptsMax concepts fits into one answer.
  static constexpr std::size_t kConceptsMax = 1'000;
  Page page = {.limit = kConceptsMax};
};

/// How many initiatives are tied to a concept by a connection of the schema. Each counts once.
struct InitiativeCounts {
  std::uint64_t total = 0;
  std::uint64_t reported = 0;       ///< Those of which a publisher says so; the rest is derived.
  std::uint64_t with_narrower = 0;  ///< Tied to the concept or to one below it.
};

struct Concept {
  Brief node;
  std::string code;                  ///< May be empty; so the next two.
  std::string definition;            ///< In the language asked for, as far as there is one.
  std::string status;                ///< `confirmed`, `proposed`, `unverified`.
  std::size_t depth = 0;             ///< 0 for those under no other.
  std::vector<std::string> parents;  ///< Ids; the list has it under the first one it comes to.
  std::map<std::string, std::vector<std::string>>
      arranged;  ///< Its values by name of arrangement; only where it has any.
  InitiativeCounts initiatives;
  std::map<std::string, Degree>
      links;  ///< Other neighbours by relation, each once, without the tree and initiatives.
  std::vector<std::string> sources;  ///< Ids of those that describe it, sorted.
};

/// A value by which concepts are arranged.
struct ArrangementValue {
  std::string value;           ///< `individual`; or the id of a concept.
  std::string label;           ///< In words, where somebody gives them; else as it is.
  std::uint64_t concepts = 0;  ///< That have it.
};
struct Arrangement {
  const ontology::ArrangementInfo* info;
  std::vector<ArrangementValue> values;  ///< As the terms order them, then by value.
};

struct VocabularyAnswer {
  const ontology::VocabularyInfo* info;
  std::vector<VocabularySource> sources;
  std::vector<Arrangement> arrangements;
  std::size_t total = 0;
  std::vector<Concept> items;
};

/// One vocabulary as a tree, laid flat: each concept once, below a parent. Those under one parent
/// stand broad kinds first, then by their order property, code (8.9 before 8.10
/// before 8.a) and name. Where parents run in a circle, one of it stands on top.
///
/// Walks each relation once from all concepts; O(nodes + connections of the concepts), whatever the
/// page. An unknown name is not_found, with the names there are.
Result<VocabularyAnswer> vocabulary(const Context& context, const VocabularyQuestion& question);

/// Whether one code stands before another: numbers as numbers, and before letters.
bool is_code_before(std::string_view a, std::string_view b);

}  // namespace mangrove::query
