#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/result.h"

namespace mangrove::ontology {

/// Where our public ids and our names live as IRIs: the id `sdg:8.7` is `urn:mangrove:id:sdg:8.7`,
/// the kind `Target` is `urn:mangrove:ns:Target`.
inline constexpr std::string_view kIdNamespace = "urn:mangrove:id:";
inline constexpr std::string_view kNameNamespace = "urn:mangrove:ns:";

/// One wording per language.
class Labels {
 public:
  /// False, and nothing is changed, where the language has a wording already.
  bool set(std::string language, std::string text);
  /// In this language, else in English, else any; empty where there is none.
  std::string_view in(std::string_view language) const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

/// What sort of thing a node can be.
struct KindInfo {
  std::string name;                     ///< `Initiative`
  std::vector<std::string> prefixes;    ///< What its ids begin with: `iati:`, `360g:`, `init:`.
  std::string name_property;            ///< Which property is its display name: `title`.
  std::vector<std::string> properties;  ///< Its main ones, in the order in which a page shows them.
  Labels labels;
  Labels plural_labels;
  Labels definitions;
};

/// What an edge can mean.
struct RelationInfo {
  std::string name;               ///< `CONTRIBUTES_TO`
  std::vector<std::string> from;  ///< Names of kinds; empty: any.
  std::vector<std::string> to;
  std::vector<std::pair<std::string, std::string>>
      pairs;                            ///< Where present: only these from and to.
  std::vector<std::string> properties;  ///< Of its edges.
  bool symmetric = false;               ///< Reads the same from both ends.
  Labels labels;                        ///< As read from the near end: "contributes to".
  Labels inverse_labels;                ///< As read from the far end: "contributed to by".
  Labels definitions;
  bool read_from_text = false;  ///< Whether the words of its near end may say so.
  std::string holds_for;    ///< The audience that alone sees a record whose words say so; or empty.
  bool connection = false;  ///< Whether two initiatives that share its far end have common ground.
  double weight = 1.0;      ///< How telling that is, beside other relations; above 0.
  Labels sharing;           ///< "Both contribute to {name}"; for connections only.

  /// Whether such an edge may go from one kind to the other. An empty name stands for a kind that
  /// is not known, and passes.
  bool allows(std::string_view from_kind, std::string_view to_kind) const;
};

/// A way to lay out the concepts of a vocabulary other than as a tree.
struct ArrangementInfo {
  std::string property;     ///< By the values of this property: `level`. One of the two is empty.
  std::string parent_kind;  ///< By the parents of this kind: `TopicArea`.
  Labels labels;            ///< What such values are called: "Level".

  /// As the API calls it.
  const std::string& name() const { return property.empty() ? parent_kind : property; }
};

/// The concepts of one kind, or of a few that make up a tree, to be read through as a whole.
struct VocabularyInfo {
  std::string name;                           ///< `evidence-grades`
  std::vector<std::string> kinds;             ///< Broad ones first: `Goal`, `Target`, `Indicator`.
  std::vector<std::string> parent_relations;  ///< From a concept to one above it: `PART_OF`.
  std::string parent_property;  ///< Holds the last part of the id of the one above; may be empty.
  std::string order_property;   ///< Orders those of one parent; empty: their codes do.
  std::vector<ArrangementInfo> arrangements;
  Labels labels;
  Labels definitions;
};

/// How a foreign RDF vocabulary maps to ours; the grammar is at the head of `schema.ttl`.
struct IriRule {
  std::string iri_prefix;  ///< `http://metadata.un.org/sdg/`
  std::string id_prefix;   ///< `sdg:`
  std::string
      id_notation;  ///< Datatype of the `skos:notation` that makes the id; empty: the local part.
  std::string other_codes_property;  ///< What keeps further such notations; empty: left out.
  std::string label_property;        ///< What `skos:prefLabel` becomes; empty: `label`.
};
struct TypeRule {
  std::string type;  ///< IRI of a class.
  std::string kind;
};
struct PredicateRule {
  std::string predicate;  ///< IRI.
  std::string property;   ///< One of property and relation is empty.
  std::string relation;
  std::string from_kind;   ///< Only on subjects of this kind; empty: any.
  std::string cut_prefix;  ///< Taken off the front of a value that becomes a property.
};

/// How one IATI code list maps to ours.
struct CodelistRule {
  std::string codelist;  ///< `Sector`
  std::string kind;
  std::string id;                    ///< `sector:dac:{code}`
  std::string label_property;        ///< Which property its name becomes; so the next ones, and
  std::string description_property;  ///< where they are empty, that part of an item is left out.
  std::string category_property;
  std::string url_property;
  std::string code_property;
  std::string state_property;
};

/// Which kinds, relations and vocabularies our world has, read from `schema.ttl` and `mappings/`.
class Schema {
 public:
  /// Takes in one Turtle text; later texts add to earlier ones. Errors name the file and line.
  Status add(std::string_view turtle, std::string_view file);

  const std::vector<KindInfo>& kinds() const { return kinds_; }
  const std::vector<RelationInfo>& relations() const { return relations_; }
  const std::vector<VocabularyInfo>& vocabularies() const { return vocabularies_; }
  const std::vector<IriRule>& iri_rules() const { return iri_rules_; }
  const std::vector<TypeRule>& type_rules() const { return type_rules_; }
  const std::vector<PredicateRule>& predicate_rules() const { return predicate_rules_; }
  const std::vector<CodelistRule>& codelist_rules() const { return codelist_rules_; }
  const CodelistRule* codelist(std::string_view name) const;

  /// Null where there is no such kind, relation or vocabulary, or no rule for the IRI (the longest
  /// prefix wins) or for that predicate on a subject of that kind. Live as long as the schema.
  const KindInfo* kind(std::string_view name) const;
  const RelationInfo* relation(std::string_view name) const;
  const VocabularyInfo* vocabulary(std::string_view name) const;
  const IriRule* iri_rule(std::string_view iri) const;
  const TypeRule* type_rule(std::string_view type) const;
  const PredicateRule* predicate_rule(std::string_view predicate, std::string_view kind) const;

  /// The kind whose prefix an id begins with (the longest one that fits); null where none does, and
  /// where several kinds share that prefix, as goals, targets and indicators do.
  const KindInfo* kind_of_id(std::string_view id) const;

 private:
  Status check_names() const;
  Status check_vocabulary(const VocabularyInfo& info) const;

  std::vector<KindInfo> kinds_;
  std::vector<RelationInfo> relations_;
  std::vector<VocabularyInfo> vocabularies_;
  std::vector<IriRule> iri_rules_;
  std::vector<TypeRule> type_rules_;
  std::vector<PredicateRule> predicate_rules_;
  std::vector<CodelistRule> codelist_rules_;
};

}  // namespace mangrove::ontology
