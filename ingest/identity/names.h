#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ontology/identity_rules.h"

/// Names of organisations and titles of initiatives, in forms that can be compared. What words are
/// worth is data: `ontology/identity/names.ttl`.
namespace mangrove::ingest {

/// A name, as far as it is compared: its first 300 bytes. Every form is of lower-case Latin letters
/// and digits, whatever the script of the name.
struct NameForm {
  /// All words in their order, abbreviations written out; without `the`, `and`, and without short
  /// forms that stand beside a long one: `United Nations Children's Fund (UNICEF)`.
  std::vector<std::string> words;
  std::vector<std::string> core;  ///< The words that tell: without passing words and legal forms.
  std::string whole;  ///< The words, and `and`, without spaces: what a slip of the pen changes one
                      ///< letter of.
  std::string key;    ///< The core, sorted: equal for one name in another order of words.
  std::string initials;                  ///< Of the core.
  std::string initials_of_all;           ///< Of all words as they stand.
  std::vector<std::string> short_forms;  ///< `unicef`: written beside the long one, or alone.
  std::string skeleton;  ///< The core without vowels and doubled letters: for other ways to
                         ///< transliterate.
  std::vector<std::string> legal_forms;  ///< Those left out of the core, sorted.

  bool empty() const { return core.empty(); }
};

/// O(size of the name). May be called from many threads at once.
NameForm name_form(std::string_view name);

/// Lower-case Latin letters, digits and spaces that stand for the text, whatever its script.
std::string in_plain_latin(std::string_view text);

/// Whether two words or names are one but for a slip of the pen: one letter too many, missing,
/// wrong, or two neighbours changed about. Not where digits differ. O(size).
bool is_slip(std::string_view a, std::string_view b);

/// How much two words are alike by their pairs of letters: 0 to 1 (Dice).
double likeness(std::string_view a, std::string_view b);

}  // namespace mangrove::ingest
