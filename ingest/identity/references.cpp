#include "ingest/identity/references.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "graph/base/text.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kBytesMax = 1000;
constexpr std::size_t kNoIdentityBytesMax = 40;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string in_case(std::string_view text, char (*changed)(char)) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), changed);
  return result;
}

/// Without white space, among it what is wider than a byte (no-break, zero width).
std::string without_spaces(std::string_view text) {
  constexpr std::string_view kWide[]{"\xC2\xA0", "\xE2\x80\x8B", "\xE2\x80\xAF", "\xEF\xBB\xBF"};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    const auto* const wide = std::find_if(std::begin(kWide), std::end(kWide),
                                          [&](auto each) { return rest.starts_with(each); });
    if (wide != std::end(kWide)) {
      i += wide->size();
    } else {
      if (!is_space(text[i])) result += text[i];
      ++i;
    }
  }
  return result;
}

bool is_separator(char c) {
  return c == '-' || c == ':' || c == '/' || c == '.' || c == '_';
}

/// The longest code of a list that a reference begins with.
struct Prefix {
  std::string list;      ///< In upper case, as the rules have it now.
  std::size_t size = 0;  ///< As written.
  bool replaced = false;
};

std::optional<Prefix> prefix_of(std::string_view reference) {
  const ontology::IdentityRules& rules = ontology::identity_rules();
  std::optional<Prefix> longest;
  const std::string key = in_case(reference, upper);
  for (std::size_t size = 1; size + 1 < key.size() && size < 20; ++size) {
    if (!is_separator(key[size])) continue;
    // Without a number behind it, it is no reference of the list.
    if (std::all_of(key.begin() + static_cast<std::ptrdiff_t>(size), key.end(), is_separator))
      break;
    std::string code = key.substr(0, size);
    std::replace_if(
        code.begin(), code.end(), [](char c) { return is_separator(c) && c != '_'; }, '-');
    if (const auto known = rules.registers.find(code); known != rules.registers.end()) {
      longest = {known->first, size, false};
    } else if (const auto old = rules.replaced.find(code); old != rules.replaced.end()) {
      longest = {old->second, size, true};
    }
  }
  return longest;
}

/// Zeros that were lost before the digits at the end: `SC12345` -> `SC012345` for 8.
std::string padded(std::string number, std::size_t length) {
  if (number.size() >= length) return number;
  const auto digits = static_cast<std::size_t>(
      std::find_if_not(number.begin(), number.end(), is_letter) - number.begin());
  constexpr std::size_t kLettersMax = 2;
  const bool counts =
      digits <= kLettersMax && digits < number.size() &&
      std::all_of(number.begin() + static_cast<std::ptrdiff_t>(digits), number.end(), is_digit);
  return counts ? number.insert(digits, length - number.size(), '0') : number;
}

/// A plain number loses what people put between its digits: `13-2702768`.
std::string without_marks(const std::string& number) {
  std::string digits;
  for (const char c : number) {
    if (is_digit(c)) {
      digits += c;
    } else if (c != '-' && c != '.' && c != '/') {
      return number;
    }
  }
  return digits;
}

bool is_collective(std::string_view list, std::string_view number) {
  const auto& collective = ontology::identity_rules().collective;
  const auto found = collective.find(list);
  return found != collective.end() && found->second.contains(number);
}

void note(NormalReference& reference, bool changed, std::string_view what) {
  if (!changed) return;
  std::vector<std::string>& repairs = reference.repairs;
  if (std::find(repairs.begin(), repairs.end(), what) == repairs.end()) repairs.emplace_back(what);
}

/// The number of a known list in its normal form.
void settle_number(NormalReference& reference, const ontology::Register& entry,
                   std::string number) {
  const std::string cased = in_case(number, entry.lower_case ? lower : upper);
  note(reference, cased != number, "case");
  number = cased;
  if (entry.length > 0) {
    const std::string bare = without_marks(number);
    note(reference, bare != number, "separator");
    const std::string whole = padded(bare, entry.length);
    note(reference, whole != bare, "leading zeros");
    number = whole;
  }
  reference.number = std::move(number);
}

/// What nobody's rules know: only trimmed, since what it means is for its publisher to say.
NormalReference unknown(std::string_view written) {
  NormalReference reference;
  reference.text = trimmed(written);
  reference.number = reference.text;
  note(reference, reference.text.size() != written.size(), "white space");
  for (const auto& [list, numbers] : ontology::identity_rules().collective) {
    reference.collective = reference.collective || numbers.contains(reference.text);
  }
  return reference;
}

}  // namespace

bool is_no_identity(std::string_view reference) {
  if (reference.size() > kNoIdentityBytesMax) return false;
  std::string key;
  bool gap = false;
  for (const char c : trimmed(reference)) {
    if (is_space(c)) {
      gap = true;
      continue;
    }
    if (std::exchange(gap, false)) key += ' ';
    key += lower(c);
  }
  const auto is_mark = [](char c) {
    return !is_digit(c) && !is_letter(c) && static_cast<unsigned char>(c) < 0x80;
  };
  while (!key.empty() && is_mark(key.back())) key.pop_back();
  while (!key.empty() && is_mark(key.front())) key.erase(0, 1);
  return ontology::identity_rules().no_identity.contains(key);
}

NormalReference normal_reference(std::string_view written) {
  if (written.size() > kBytesMax) written = written.substr(0, kBytesMax);
  const std::string compact = without_spaces(written);
  std::optional<Prefix> prefix = prefix_of(compact);
  if (!prefix) return unknown(written);

  NormalReference reference;
  note(reference, compact.size() != written.size(), "white space");
  std::string_view rest = compact;
  for (bool first = true; prefix; first = false, prefix = prefix_of(rest)) {
    // A list may stand twice, but a number may also look like the code of another.
    if (!first && prefix->list != reference.list) break;
    const std::string_view as_written = rest.substr(0, prefix->size);
    note(reference, !first, "doubled prefix");
    note(reference, prefix->replaced, "replaced prefix");
    reference.list = prefix->list;
    const ontology::Register& entry =
        ontology::identity_rules().registers.find(reference.list)->second;
    const bool same_but_case = !prefix->replaced && as_written != entry.list;
    note(reference, same_but_case && in_case(as_written, upper) == in_case(entry.list, upper),
         "case");
    note(reference, rest[prefix->size] != '-', "separator");
    rest.remove_prefix(prefix->size + 1);
    while (rest.size() > 1 && is_separator(rest.front())) {
      note(reference, true, "separator");
      rest.remove_prefix(1);
    }
  }
  const ontology::Register& entry =
      ontology::identity_rules().registers.find(reference.list)->second;
  settle_number(reference, entry, std::string(rest));
  reference.standing = entry.standing;
  reference.bare = entry.bare;
  // `XI-BRIDGE-null` names nobody either.
  reference.collective =
      is_collective(reference.list, reference.number) || is_no_identity(reference.number);
  reference.text = entry.list + "-" + reference.number;
  return reference;
}

std::string joined(const std::vector<std::string>& repairs) {
  std::string text;
  for (const std::string& repair : repairs) text += (text.empty() ? "" : ", ") + repair;
  return text;
}

std::string jurisdiction_of(std::string_view reference) {
  const std::string code = in_case(reference.substr(0, 3), upper);
  if (code.size() < 3 || !is_letter(code[0]) || !is_letter(code[1])) return {};
  if (code[2] != '-' && code[2] != '_') return {};
  // X and ZZ are for what has no country; Kosovo is the one that ISO lets begin with X.
  if ((code[0] == 'X' && code[1] != 'K') || code.starts_with("ZZ")) return {};
  return code.substr(0, 2);
}

}  // namespace mangrove::ingest
