#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sb_stemmer;

namespace mangrove::graph {

/// Takes the endings off words, by Snowball, in the languages that it knows: English, French,
/// Spanish, Portuguese, German, Italian, Dutch, Russian, Arabic and two dozen more. For one thread
/// at a time.
class Stemmer {
 public:
  Stemmer();
  ~Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;

  /// The small number of a language, for `stem`; the same for tags that differ only in region or
  /// case. A text of which nobody said the language is taken for English; one in a language that
  /// Snowball does not know keeps its endings.
  std::uint8_t language(std::string_view tag);

  /// The stem of a lowered word (letters.h). Valid until the next call.
  std::string_view stem(std::string_view word, std::uint8_t language);

 private:
  struct Release {
    void operator()(sb_stemmer* stemmer) const;
  };
  struct Language {
    std::string tag;                               // The main part, such as `en`.
    std::unique_ptr<sb_stemmer, Release> stemmer;  // Null where words keep their endings.
  };
  std::vector<Language> languages_;
};

}  // namespace mangrove::graph
