#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/batch.h"
#include "ingest/linking/rules.h"
#include "ingest/linking/text_links.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// The kinds of nodes whose texts are read: those that relations with m:readFromText begin at.
std::set<std::string, std::less<>> kinds_read(const ontology::Schema& schema);

/// Says what an initiative is about: adds to its record the edges that its words and the rules of
/// the vocabulary lead to. For one thread at a time.
///
/// An edge that words lead to has qualifier and `basis` "text", a `confidence`, and in `matched`
/// the words and where they stand, in code points: "trafficking in women (title 12-32)". One that
/// rules lead to has "mapped", a `confidence`, `rule` and `path`. Both are derived (graph/batch.h).
/// What rests on something that not everybody may see is for those who may.
///
/// Where everybody could see a record whose words stand for a relation that holds (m:holdsFor of
/// the schema: words that may endanger somebody), the record is for that audience alone. Edges of
/// such relations bear in `release` the id of the node that a reviewer lets the record go with
/// (review.h); where the graph holds it, the record stays public, and those edges are left out.
class Linker {
 public:
  Linker(std::shared_ptr<const CompiledVocabulary> vocabulary, const ontology::Schema& schema);

  /// Records of kinds that no relation is read from stay as they are; those of other kinds than
  /// initiatives are linked by relations from their kind only, and by no rules. Derived edges that
  /// the record has are taken out first, and an audience that it had because of them.
  void link(graph::Record& record);

 private:
  void add_text_links(graph::Record& record);
  void add_text_links(graph::Record& record, const std::vector<Passage>& passages,
                      const std::vector<std::string>& audience);
  void add_conclusions(graph::Record& record);
  /// Who alone may see what the relation's words are about; empty for most relations.
  const std::string& holds_for(const std::string& relation) const;
  void let_go(graph::Record& record) const;
  void hold(graph::Record& record) const;

  std::shared_ptr<const CompiledVocabulary> vocabulary_;
  const ontology::Schema& schema_;
  std::set<std::string, std::less<>> kinds_;  // That relations are read from.
  TextLinker reader_;
  RuleReader rules_;
};

/// Texts, by who may see them.
using PassagesByAudience = std::map<std::vector<std::string>, std::vector<Passage>>;

/// What is read of a record: the texts of its subject, and the titles of its documents.
PassagesByAudience passages_of(const graph::Record& record, const ReadingModel& model);

/// The words of a match, as they stand in the passage.
std::string_view words_of(const Match& match, std::string_view passage);

}  // namespace mangrove::ingest
