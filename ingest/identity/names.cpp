#include "ingest/identity/names.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>

namespace mangrove::ingest {
namespace {

using ontology::NameUse;

constexpr std::size_t kNameBytesMax = 300;
constexpr std::size_t kWordsMax = 24;
constexpr std::size_t kShortFormMin = 2;
constexpr std::size_t kShortFormMax = 10;

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word(char c) {
  return is_letter(c) || is_digit(c);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Latin letters for those of other scripts, case and punctuation kept.
std::string to_latin(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  thread_local const std::unique_ptr<icu::Transliterator> transliterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(icu::Transliterator::createInstance(
        "NFKC; Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  }();
  if (transliterator == nullptr) return std::string(text);
  icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  transliterator->transliterate(unicode);
  std::string latin;
  unicode.toUTF8String(latin);
  return latin;
}

std::string_view bounded(std::string_view name) {
  if (name.size() <= kNameBytesMax) return name;
  std::size_t end = kNameBytesMax;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return name.substr(0, end);
}

/// The words of a text in Latin letters. `Children's` is `children`, `d'Ivoire` is `divoire`, and
/// letters with points between are one word: `U.N.`, `e.V.`, `d.o.o.`.
std::vector<std::string> words_in(std::string_view latin) {
  std::vector<std::string> words;
  bool dotted = false;  // The last word is a letter with a point behind it, or several.
  for (std::size_t i = 0; i < latin.size();) {
    if (latin[i] == '&' && words.size() < kWordsMax) words.emplace_back("and");
    if (!is_word(lower(latin[i]))) {
      ++i;
      continue;
    }
    std::string word;
    for (; i < latin.size(); ++i) {
      const char c = lower(latin[i]);
      if (c == '\'' || c == '`') {
        const bool possessive = i + 1 < latin.size() && lower(latin[i + 1]) == 's' &&
                                (i + 2 >= latin.size() || !is_word(lower(latin[i + 2])));
        if (possessive) i += 1;
        continue;
      }
      if (!is_word(c)) break;
      word += c;
    }
    const bool single = word.size() == 1 && is_letter(word[0]);
    if (dotted && single) {
      words.back() += word;
    } else if (words.size() < kWordsMax) {
      words.push_back(std::move(word));
    }
    dotted = single && i < latin.size() && latin[i] == '.';
  }
  return words;
}

/// Puts whole words for the abbreviations, the longest sequence first.
std::vector<std::string> written_out(const std::vector<std::string>& words) {
  const auto& abbreviations = ontology::identity_rules().abbreviations;
  std::vector<std::string> result;
  const auto add_long = [&](std::string_view whole) {
    for (std::size_t from = 0; from <= whole.size();) {
      const std::size_t to = std::min(whole.find(' ', from), whole.size());
      result.emplace_back(whole.substr(from, to - from));
      from = to + 1;
    }
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 1 < words.size()) {
      const auto pair = abbreviations.find(words[i] + " " + words[i + 1]);
      if (pair != abbreviations.end()) {
        add_long(pair->second);
        ++i;
        continue;
      }
    }
    const auto found = abbreviations.find(words[i]);
    if (found == abbreviations.end()) {
      result.push_back(words[i]);
    } else {
      add_long(found->second);
    }
  }
  return result;
}

/// How many words from `at` on are of this use: the longest that there is, 0 where none is.
std::size_t run_of(NameUse use, const std::vector<std::string>& words, std::size_t at) {
  const ontology::IdentityRules& rules = ontology::identity_rules();
  std::string text;
  std::size_t longest = 0;
  constexpr std::size_t kRunMax = 4;
  for (std::size_t n = 1; n <= kRunMax && at + n <= words.size(); ++n) {
    text += (n == 1 ? "" : " ") + words[at + n - 1];
    if (rules.has(use, text)) longest = n;
  }
  return longest;
}

std::string initials_of(const std::vector<std::string>& words) {
  std::string initials;
  for (const std::string& word : words) initials += word[0];
  return initials;
}

/// Whether the text is one word in capitals, as short forms are written.
bool looks_short(std::string_view text) {
  std::size_t capitals = 0;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      ++capitals;
    } else if (!is_digit(c) && c != '.' && c != '&' && c != '-') {
      return false;
    }
  }
  return capitals >= kShortFormMin && text.size() <= kShortFormMax;
}

std::string short_form_of(std::string_view text) {
  std::string form;
  for (const char c : text) {
    if (is_word(lower(c))) form += lower(c);
  }
  return form;
}

std::string_view stripped(std::string_view text) {
  while (!text.empty() && !is_word(lower(text.front()))) text.remove_prefix(1);
  while (!text.empty() && !is_word(lower(text.back())) && text.back() != ')') text.remove_suffix(1);
  return text;
}

/// Takes the short forms out of a name in Latin letters: `UNICEF` of `Children's Fund (UNICEF)`, of
/// `UNICEF/Children's Fund`, of `UNICEF - Children's Fund`.
std::string without_short_forms(std::string name, std::vector<std::string>& short_forms) {
  for (std::size_t open = name.find('('); open != std::string::npos; open = name.find('(', open)) {
    const std::size_t close = name.find(')', open);
    if (close == std::string::npos) break;
    const std::string_view inside =
        stripped(std::string_view(name).substr(open + 1, close - open - 1));
    if (!looks_short(inside) || stripped(std::string_view(name).substr(0, open)).empty() ||
        ontology::identity_rules().abbreviations.contains(short_form_of(inside)) ||
        ontology::identity_rules().has(NameUse::seat, short_form_of(inside))) {
      ++open;
      continue;
    }
    short_forms.push_back(short_form_of(inside));
    name.replace(open, close - open + 1, " ");
  }
  for (const std::string_view mark : {"/", " - ", ": "}) {
    const std::size_t at = name.find(mark);
    if (at == std::string::npos) continue;
    const std::string_view before = stripped(std::string_view(name).substr(0, at));
    const std::string_view rest = stripped(std::string_view(name).substr(at + mark.size()));
    const bool all_capitals =
        std::none_of(rest.begin(), rest.end(), [](char c) { return is_letter(c); });
    constexpr std::size_t kBesideMin = 3;
    if (before.size() < kBesideMin || !looks_short(before) || rest.empty()) continue;
    if (all_capitals && initials_of(words_in(rest)) != short_form_of(before)) continue;
    short_forms.push_back(short_form_of(before));
    name = std::string(rest);
  }
  return name;
}

std::string skeleton_of(const std::vector<std::string>& core) {
  constexpr std::string_view kSoft = "aeiouyhw";
  std::string skeleton;
  for (const std::string& word : core) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      char c = word[i];
      if (i > 0 && kSoft.find(c) != std::string_view::npos) continue;
      if (c == 'q' || c == 'c') c = 'k';
      if (c == 'z') c = 's';
      if (c == 'j') c = 'y';
      if (!skeleton.empty() && skeleton.back() == c) continue;
      skeleton += c;
    }
  }
  return skeleton;
}

/// Splits words into the core and what is left out of it.
void find_core(NameForm& form) {
  std::vector<std::string> legal;
  for (std::size_t i = 0; i < form.words.size();) {
    if (const std::size_t run = run_of(NameUse::legal_form, form.words, i); run > 0) {
      for (std::size_t n = 0; n < run; ++n) legal.push_back(form.words[i + n]);
      i += run;
    } else if (ontology::identity_rules().has(NameUse::passing, form.words[i])) {
      ++i;
    } else {
      form.core.push_back(form.words[i++]);
    }
  }
  // A name of nothing else is that.
  if (form.core.empty()) form.core = form.words;
  if (form.core.size() == form.words.size()) legal.clear();
  std::sort(legal.begin(), legal.end());
  form.legal_forms = std::move(legal);
}

}  // namespace

std::string in_plain_latin(std::string_view text) {
  std::string plain;
  for (const std::string& word : words_in(to_latin(bounded(text)))) {
    plain += (plain.empty() ? "" : " ") + word;
  }
  return plain;
}

NameForm name_form(std::string_view name) {
  NameForm form;
  const std::string latin = to_latin(bounded(name));
  const std::vector<std::string> all = words_in(latin);
  form.initials_of_all = initials_of(all);
  std::vector<std::string> words =
      written_out(words_in(without_short_forms(latin, form.short_forms)));
  for (std::size_t i = 0; i < words.size();) {
    if (const std::size_t run = run_of(NameUse::seat, words, i); run > 0 && run < words.size()) {
      i += run;
    } else if (words[i] == "the") {
      ++i;
    } else {
      form.whole += words[i];
      if (words[i] != "and") form.words.push_back(std::move(words[i]));
      ++i;
    }
  }
  if (form.words.empty()) form.words = all;
  if (all.size() == 1 && all[0].size() >= kShortFormMin && all[0].size() <= kShortFormMax) {
    form.short_forms.push_back(all[0]);
  }
  find_core(form);
  std::vector<std::string> sorted = form.core;
  std::sort(sorted.begin(), sorted.end());
  for (const std::string& word : sorted) form.key += (form.key.empty() ? "" : " ") + word;
  form.initials = initials_of(form.core);
  form.skeleton = skeleton_of(sorted);
  return form;
}

bool is_slip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a == b || b.size() - a.size() > 1) return false;
  std::size_t from = 0;
  while (from < a.size() && a[from] == b[from]) ++from;
  std::size_t end = 0;
  while (end < a.size() - from && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
  const std::string_view left = a.substr(from, a.size() - from - end);
  const std::string_view right = b.substr(from, b.size() - from - end);
  const auto has_digit = [](std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_digit);
  };
  if (has_digit(left) || has_digit(right)) return false;
  if (left.size() <= 1 && right.size() <= 1) return true;
  return left.size() == 2 && right.size() == 2 && left[0] == right[1] && left[1] == right[0];
}

double likeness(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  if (a.size() < 2 || b.size() < 2) return 0;
  const auto pairs_of = [](std::string_view text) {
    std::vector<std::uint16_t> pairs;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      pairs.push_back(static_cast<std::uint16_t>(static_cast<unsigned char>(text[i]) << 8U |
                                                 static_cast<unsigned char>(text[i + 1])));
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
  };
  const std::vector<std::uint16_t> of_a = pairs_of(a);
  const std::vector<std::uint16_t> of_b = pairs_of(b);
  std::vector<std::uint16_t> both;
  std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(),
                        std::back_inserter(both));
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(of_a.size() + of_b.size());
}

}  // namespace mangrove::ingest
