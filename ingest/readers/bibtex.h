#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/report.h"

/// The syntax of BibTeX files, as "BibTeXing" (O. Patashnik, 1988) has it, and what biblatex adds.
namespace mangrove::ingest {

/// One `@article{key, field = value, …}`.
struct BibtexEntry {
  std::uint64_t line = 0;
  std::string type;  ///< Lower case.
  std::string key;
  /// Values by field in lower case, in TeX's spelling, strings put in and pieces joined. The first
  /// one of a name stays.
  std::map<std::string, std::string, std::less<>> fields;
  std::string problem;  ///< Why it could not be read to its end; empty where it could.

  /// The value of the first of these fields that is there and not empty; else empty.
  const std::string& first_of(std::initializer_list<std::string_view> names) const;
};

/// The entries of one file, in order. `@string` is used, also for the months, `@comment`,
/// `@preamble` and what stands between entries are passed over. An entry takes over from the entry
/// of its `crossref`, wherever that stands, what it shares with it as a part: publisher, date,
/// editors, and the title as the title of the book.
///
/// After an entry that cannot be read to its end, reading goes on with the next line that begins
/// with
/// `@word{`. Time grows with the length of the text, whatever is in it.
class BibtexFile {
 public:
  explicit BibtexFile(std::string text);

  /// The next entry, maybe one with a `problem`; nothing at the end.
  std::optional<BibtexEntry> next();
  /// What was found since the last call. `file` is left empty.
  std::vector<Finding> take_findings();

 private:
  /// Where an entry begins, and where the next one does that has a line of its own.
  struct Place {
    std::size_t begin;
    std::size_t limit;
  };

  bool skip_comment(std::size_t bracket);
  BibtexEntry read(Place place, std::uint64_t line);
  void inherit(BibtexEntry& entry);
  const std::map<std::string, Place, std::less<>>& places_by_key();
  std::uint64_t line_at(std::size_t at);

  std::string text_;
  std::map<std::string, std::string, std::less<>> strings_;
  std::map<std::string, Place, std::less<>> places_;  // Empty until one is asked for.
  std::size_t position_ = 0;
  std::size_t limit_ = 0;         // The next line that begins an entry, where it lies ahead.
  std::size_t line_ = 1;          // At…
  std::size_t counted_to_ = 0;    // …this byte.
  std::size_t looked_ahead_ = 0;  // In vain, for ends of comments.
  std::vector<Finding> findings_;
};

/// Splits `A and B and {C and D}` where braces do not hold it together.
std::vector<std::string> bibtex_names(std::string_view names);

}  // namespace mangrove::ingest
