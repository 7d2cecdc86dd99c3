#pragma once

#include <unicode/uversion.h>

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/text/stemmer.h"

U_NAMESPACE_BEGIN
class BreakIterator;
U_NAMESPACE_END

namespace mangrove::graph {

/// Room for whoever counts words: in which count a word was met, and which of the words there it
/// is.
struct WordMark {
  std::uint64_t count = 0;
  std::uint32_t place = 0;
};

/// A stem, once for all words that have it.
struct StemForm {
  std::string text;
  WordMark mark{};
};

/// A word as the index knows it, once for all the ways to write it.
struct WordForm {
  std::string surface;  ///< Lower case, without accents: what people type.
  StemForm* stem;       ///< Without its ending either: what postings are kept under.
  WordMark mark{};
};

/// What stands between two words, at the most.
enum class Gap : std::uint8_t {
  space,     ///< Spaces, hyphens, apostrophes: what may stand inside a phrase.
  mark,      ///< A comma, a bracket, a quote, a dash: ends a phrase.
  sentence,  ///< A full stop, an empty line: ends a sentence.
};

/// A word in a text. Its form and mark are valid until the reader forgets.
struct WordToken {
  WordForm* form;
  WordMark* mark;       ///< Of the word as it is written here: nearer at hand than the form's own.
  std::uint32_t begin;  ///< In code points of the text.
  std::uint32_t end;    ///< One past its last code point.
  Gap gap;              ///< Between the word before and this one; a sentence's where it is first.
};

/// Cuts texts into words: runs of letters and digits; in scripts that write no spaces, the words
/// that ICU's dictionaries find. An apostrophe ends a word, and a single letter beside one is not a
/// word (`l'esclavage`, `women's`). Bytes that are not UTF-8 end a word and are otherwise passed
/// over. A very long word is known by its first kWordBytesMax bytes.
///
/// Remembers the words it has met, so that ICU and Snowball see each only once. For one thread at a
/// time.
class WordReader {
 public:
  WordReader();
  ~WordReader();
  WordReader(const WordReader&) = delete;
  WordReader& operator=(const WordReader&) = delete;

  /// The words of the text, in order. Valid until the next call.
  std::span<const WordToken> read(std::string_view text, std::string_view language);

  /// A number for `WordMark::count` that was not used before.
  std::uint64_t begin_count() { return ++count_; }

  /// Forgets all words if there are many, and says whether it did: call where none is in use.
  bool forget_many();

  static constexpr std::size_t kWordBytesMax = 96;

 private:
  /// A word as it is written. It is looked at for every word of every text, so it fills one line of
  /// the cache.
  struct alignas(64) Known {
    std::string written;  // In lower case where it is ASCII, else as it stands in texts.
    WordForm* form;       // Null where it folds to nothing: marks alone are no word.
    WordMark mark;
    std::uint8_t language;
  };
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t known = 0;  // Place in `known_`, plus one.
  };
  /// A word of the text at hand that was not looked up yet.
  struct Unread {
    std::size_t from;  // In `written_`.
    std::uint32_t size;
    std::uint32_t hash;
    std::uint32_t begin;
    std::uint32_t end;
    Gap gap;
    bool ascii;
  };

  /// A stretch of the text, in bytes and in code points.
  struct Stretch {
    std::size_t from = 0;
    std::size_t to = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  bool read_ascii_word(std::string_view text, std::size_t& at, std::uint32_t& point);
  void read_other(std::string_view text, std::size_t& at, std::uint32_t& point);
  void add_word(std::string_view text, const Stretch& word);
  void add_by_dictionary(std::string_view text, const Stretch& stretch);
  void add(std::string_view written, bool ascii, std::uint32_t begin, std::uint32_t end);
  std::string_view written(const Unread& word) const;
  void look_up_all();
  Known& known(const Unread& word);
  /// The one that looks like it in the table, or null: so that it comes into the cache.
  const Known* likely(std::uint32_t hash) const;
  Known& learn(const Unread& word);
  WordForm* form_of(const std::string& surface, const std::string& stem);
  void grow();

  Stemmer stemmer_;
  std::unique_ptr<icu::BreakIterator> dictionary_;  // Made when first needed.
  std::uint8_t language_ = 0;                       // Of the text at hand.
  std::uint64_t count_ = 0;
  Gap gap_ = Gap::sentence;  // Since the last word.
  std::string written_;      // All words of the text, one behind the other.
  std::vector<Unread> unread_;
  std::vector<WordToken> tokens_;
  std::deque<Known> known_;
  std::vector<Slot> slots_;  // Open addressing.

  std::deque<StemForm> stems_;
  std::deque<WordForm> forms_;
  boost::unordered_flat_map<std::string_view, StemForm*> stem_by_text_;
  boost::unordered_flat_map<std::pair<std::string_view, StemForm*>, WordForm*> form_by_texts_;
};

}  // namespace mangrove::graph
