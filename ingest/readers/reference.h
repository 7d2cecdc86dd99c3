#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/base/date.h"
#include "ingest/reader.h"
#include "ontology/ontology.h"

/// A document as an evidence list names it, whatever the format of the list, and what becomes of it
/// in the graph.
namespace mangrove::ingest {

/// Who wrote a document: a person as published, or an organisation.
struct Author {
  std::string given;   ///< With what stands between: `Maria von`. Empty for an organisation.
  std::string family;  ///< Or the whole name, where it has no parts.
  std::string suffix;  ///< `Jr`
};

/// One document of a list. All texts are plain Unicode in one line.
struct Reference {
  std::uint64_t line = 0;
  std::string key;   ///< What the list calls it, for messages; may be empty.
  std::string type;  ///< In words: `article`, `report`.
  std::string title;
  std::string language;  ///< As the list has it: `en-GB`, `english`.
  std::vector<Author> authors;
  std::string published;  ///< As written: `2020`, `2020-03`, `2020/03/01/`.
  std::string publisher;
  std::string journal;  ///< Or the book or proceedings that it stands in.
  std::string doi;
  std::vector<std::string> urls;  ///< The first one that is an address counts.
  std::string summary;
  std::vector<std::string> keywords;
  std::vector<std::string> notes;  ///< Read for ids only, and kept as text.
};

/// `Smith, Jr, Ann` (BibTeX) and `Smith, Ann, Jr.` (RIS) differ in where the suffix stands.
enum class SuffixPlace { second, last };
/// The parts of a name: `Family, Given`, or `Given Family`.
Author author_of(std::string_view name, SuffixPlace suffix);

/// `english`, `eng`, `en_GB`, `Français` -> `en`, `en`, `en-gb`, `fr`; empty where unknown.
std::string language_of_words(std::string_view text);

/// Turns the documents of one list into drafts. The id of a document is
///
///     doc:doi:DOI                      where it has one
///     doc:url:HOST:HASH                else where it has an address
///     doc:title:WORDS:HASH             else: of its title, year and first author, each folded
///
/// so that every list that names it speaks of one node. What a keyword or note names by id
/// (`sdg:8.7`, `det:ind-debt`, `iati:…`) it is ABOUT; `grade:e3` is its grade.
class ReferenceDrafts {
 public:
  /// `list` names the format (`bibtex`), and so the part of the source: a list may lie beside the
  /// same one in another format.
  ReferenceDrafts(std::string file, std::string list, const ontology::Ontology& ontology)
      : file_(std::move(file)), list_(std::move(list)), ontology_(ontology) {}

  /// No draft where the document has neither title nor DOI nor address.
  Step draft(const Reference& reference);

 private:
  std::string part_of(const std::string& id);

  std::string file_;
  std::string list_;
  const ontology::Ontology& ontology_;
  std::unordered_map<std::string, std::uint32_t> seen_;  // How often the list names a document.
};

}  // namespace mangrove::ingest
