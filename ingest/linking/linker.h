#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/batch.h"
#include "ingest/linking/rules.h"
#include "ingest/linking/text_links.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// Says what an initiative is about: adds to its record the edges that its words and the rules of
/// the vocabulary lead to. For one thread at a time.
///
/// An edge that words lead to has qualifier and `basis` "text", a `confidence`, and in `matched`
/// the words and where they stand, in code points: "trafficking in women (title 12-32)". One that
/// rules lead to has "mapped", a `confidence`, `rule` and `path`. Both are derived (graph/batch.h).
/// What rests on something that not everybody may see is for those who may.
class Linker {
 public:
  Linker(std::shared_ptr<const CompiledVocabulary> vocabulary, const ontology::Schema& schema);

  /// Records of other kinds than initiatives stay as they are. Derived edges that the record has
  /// are taken out first.
  void link(graph::Record& record);

 private:
  void add_text_links(graph::Record& record);
  void add_text_links(graph::Record& record, const std::vector<Passage>& passages,
                      const std::vector<std::string>& audience);
  void add_conclusions(graph::Record& record);

  std::shared_ptr<const CompiledVocabulary> vocabulary_;
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
