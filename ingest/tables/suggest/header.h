#pragma once

#include <string>
#include <string_view>

namespace mangrove::ingest {

/// What the header of a column says about it, by the words in `ingest/mappings/words.json`.
struct HeaderMeaning {
  std::string meaning;   ///< `title`, `funder`, …; empty where no word is known.
  std::string phrase;    ///< The words that said so.
  std::string language;  ///< `title_fr`, `Titre (français)`: `fr`; empty where it does not say.
  bool exact = false;    ///< The phrase is the whole header; else its values must bear it out.
};

HeaderMeaning meaning_of_header(std::string_view header);

}  // namespace mangrove::ingest
