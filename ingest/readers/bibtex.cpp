#include "ingest/readers/bibtex.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "graph/base/text.h"
#include "ingest/readers/iati_codes.h"

namespace mangrove::ingest {
namespace {

using iati::lower;

constexpr std::size_t kValueBytesMax = std::size_t{1} << 20;
constexpr std::size_t kFieldsMax = 500;
constexpr std::size_t kStringsMax = 100'000;
constexpr std::size_t kKeyBytesMax = 500;
constexpr std::size_t kLookedAheadMax = std::size_t{256} << 20;

struct Month {
  std::string_view name;
  std::string_view number;
};
constexpr std::array kMonths{
    Month{"jan", "01"}, Month{"feb", "02"}, Month{"mar", "03"}, Month{"apr", "04"},
    Month{"may", "05"}, Month{"jun", "06"}, Month{"jul", "07"}, Month{"aug", "08"},
    Month{"sep", "09"}, Month{"oct", "10"}, Month{"nov", "11"}, Month{"dec", "12"},
};

/// What a part takes over from the whole that its `crossref` names, and as what. Never what tells
/// which document it is, nor what it is about.
struct Inherited {
  std::string_view from;
  std::string_view to;
};
constexpr std::array kInherited{
    Inherited{"booktitle", "booktitle"},
    Inherited{"title", "booktitle"},
    Inherited{"publisher", "publisher"},
    Inherited{"organization", "organization"},
    Inherited{"institution", "institution"},
    Inherited{"journal", "journal"},
    Inherited{"journaltitle", "journaltitle"},
    Inherited{"year", "year"},
    Inherited{"month", "month"},
    Inherited{"date", "date"},
    Inherited{"editor", "editor"},
    Inherited{"language", "language"},
    Inherited{"langid", "langid"},
    Inherited{"address", "address"},
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_name_sign(char c) {
  return !is_space(c) && std::string_view("\"#%'(),={}@").find(c) == std::string_view::npos;
}

/// An entry's word and where what follows its bracket begins; nothing where the `@` begins none.
struct Opening {
  std::string word;  // Lower case.
  std::size_t bracket;
  bool round;
};

std::optional<Opening> opening_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kWordMax = 40;
  std::size_t i = at + 1;
  while (i < text.size() && is_space(text[i]) && text[i] != '\n') ++i;
  const std::size_t begin = i;
  while (i < text.size() && std::isalpha(static_cast<unsigned char>(text[i])) != 0) ++i;
  if (i == begin || i - begin > kWordMax) return std::nullopt;
  const std::size_t end = i;
  while (i < text.size() && is_space(text[i])) ++i;
  if (i == text.size() || (text[i] != '{' && text[i] != '(')) return std::nullopt;
  return Opening{lower(text.substr(begin, end - begin)), i, text[i] == '('};
}

/// The next line behind `from` that begins with `@word{`; the end of the text where there is none.
std::size_t next_entry_line(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('@', from); at != std::string_view::npos;
       at = text.find('@', at + 1)) {
    std::size_t before = at;
    while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\t')) --before;
    const bool first = before == 0 || text[before - 1] == '\n';
    if (first && opening_at(text, at)) return at;
  }
  return text.size();
}

/// Behind the bracket that closes the one at `at`; npos where none does.
std::size_t behind_brackets(std::string_view text, std::size_t at) {
  const char open = text[at];
  const char close = open == '(' ? ')' : '}';
  std::size_t depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (text[i] == open) ++depth;
    if (text[i] == close && --depth == 0) return i + 1;
  }
  return std::string_view::npos;
}

/// Reads what is between the brackets of an entry. Any of its parts says by `problem` why it could
/// not go on.
class EntryText {
 public:
  using Strings = std::map<std::string, std::string, std::less<>>;

  EntryText(std::string_view text, std::size_t position, bool round, const Strings& strings)
      : text_(text), position_(position), close_(round ? ')' : '}'), strings_(strings) {}

  const std::string& problem() const { return problem_; }
  const std::vector<std::string>& unknown() const { return unknown_; }
  std::size_t position() const { return position_; }

  std::string key() {
    skip_space();
    const std::size_t end = text_.find_first_of(",=\n{}\"", position_);
    if (end == std::string_view::npos || text_[end] == '=' || text_[end] == '{') return {};
    if (end > position_ && text_[end] == close_) {
      std::string all(trimmed(text_.substr(position_, end - position_)));
      position_ = end;
      return all;
    }
    std::string key(trimmed(text_.substr(position_, end - position_)));
    position_ = end;
    skip_space();
    skip(',');
    return key;
  }

  /// The next `name = value`; nothing at the end, and where there is a problem.
  std::optional<std::pair<std::string, std::string>> field() {
    skip_space();
    while (skip(',')) skip_space();
    if (at_end()) return fail("no closing bracket");
    if (skip(close_)) return std::nullopt;
    const std::size_t begin = position_;
    while (!at_end() && is_name_sign(text_[position_])) ++position_;
    std::string name = lower(text_.substr(begin, position_ - begin));
    skip_space();
    if (name.empty() || !skip('=')) return fail("a field without `=` behind '" + name + "'");
    std::string value;
    if (!take_value(value, name)) return std::nullopt;
    return std::pair(std::move(name), std::move(value));
  }

 private:
  bool at_end() const { return position_ >= text_.size(); }
  void skip_space() {
    while (!at_end() && is_space(text_[position_])) ++position_;
  }
  bool skip(char c) {
    if (at_end() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  std::nullopt_t fail(std::string problem) {
    problem_ = std::move(problem);
    return std::nullopt;
  }

  bool take_value(std::string& value, const std::string& name) {
    do {
      skip_space();
      if (!take_piece(value, name)) return false;
      if (value.size() > kValueBytesMax) {
        fail("the value of `" + name + "` is longer than 1 MiB");
        return false;
      }
      skip_space();
    } while (skip('#'));
    return true;
  }

  bool take_piece(std::string& value, const std::string& name) {
    if (skip('{')) return take_to(value, '}', name);
    if (skip('"')) return take_to(value, '"', name);
    const std::size_t begin = position_;
    while (!at_end() && is_name_sign(text_[position_])) ++position_;
    const std::string word(text_.substr(begin, position_ - begin));
    if (word.empty()) {
      fail("`" + name + "` has no value");
      return false;
    }
    value += meaning_of(word);
    return true;
  }

  /// Up to the sign that closes it outside of braces.
  bool take_to(std::string& value, char close, const std::string& name) {
    std::size_t depth = 0;
    const std::size_t begin = position_;
    for (; !at_end(); ++position_) {
      const char c = text_[position_];
      if (c == close && depth == 0) {
        value += text_.substr(begin, position_++ - begin);
        return true;
      }
      if (c == '{') ++depth;
      if (c == '}' && depth-- == 0) break;
    }
    fail("the value of `" + name + "` is not closed");
    return false;
  }

  std::string meaning_of(const std::string& word) {
    if (std::isdigit(static_cast<unsigned char>(word[0])) != 0) return word;
    const std::string name = lower(word);
    if (const auto found = strings_.find(name); found != strings_.end()) return found->second;
    for (const Month& month : kMonths) {
      if (name == month.name) return std::string(month.number);
    }
    unknown_.push_back(word);
    return word;
  }

  std::string_view text_;
  std::size_t position_;
  char close_;
  const Strings& strings_;
  std::string problem_;
  std::vector<std::string> unknown_;
};

}  // namespace

const std::string& BibtexEntry::first_of(std::initializer_list<std::string_view> names) const {
  static const std::string kNone;
  for (const std::string_view name : names) {
    const auto found = fields.find(name);
    if (found != fields.end() && !found->second.empty()) return found->second;
  }
  return kNone;
}

BibtexFile::BibtexFile(std::string text) : text_(std::move(text)) {}

std::uint64_t BibtexFile::line_at(std::size_t at) {
  const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(counted_to_);
  const auto end = text_.begin() + static_cast<std::ptrdiff_t>(at);
  line_ += static_cast<std::size_t>(std::count(begin, end, '\n'));
  counted_to_ = at;
  return line_;
}

std::vector<Finding> BibtexFile::take_findings() {
  return std::exchange(findings_, {});
}

/// Where a comment does not end, only its word is one: so BibTeX itself reads it.
bool BibtexFile::skip_comment(std::size_t bracket) {
  if (looked_ahead_ > kLookedAheadMax) return false;
  const std::size_t end = behind_brackets(text_, bracket);
  if (end == std::string::npos) {
    looked_ahead_ += text_.size() - bracket;
    return false;
  }
  position_ = end;
  return true;
}

std::optional<BibtexEntry> BibtexFile::next() {
  while (true) {
    const std::size_t at = text_.find('@', position_);
    if (at == std::string::npos) return std::nullopt;
    position_ = at + 1;
    const std::optional<Opening> opening = opening_at(text_, at);
    if (!opening) continue;
    if (opening->word == "comment" || opening->word == "preamble") {
      skip_comment(opening->bracket);
      continue;
    }
    if (limit_ <= at) limit_ = next_entry_line(text_, at + 1);
    BibtexEntry entry = read({at, limit_}, line_at(at));
    if (entry.type == "string" && entry.problem.empty()) continue;
    inherit(entry);
    return entry;
  }
}

/// Moves on behind the entry; a `@string` is taken in.
BibtexEntry BibtexFile::read(Place place, std::uint64_t line) {
  const Opening opening = *opening_at(text_, place.begin);
  EntryText rest(std::string_view(text_).substr(0, place.limit), opening.bracket + 1, opening.round,
                 strings_);
  BibtexEntry entry;
  entry.line = line;
  entry.type = opening.word;
  const bool string = opening.word == "string";
  if (!string) entry.key = rest.key().substr(0, kKeyBytesMax);
  while (auto field = rest.field()) {
    if (string && strings_.size() < kStringsMax) {
      strings_.insert_or_assign(field->first, field->second);
    }
    if (!string && entry.fields.size() < kFieldsMax) entry.fields.insert(std::move(*field));
  }
  const std::string name = "@" + entry.type + (entry.key.empty() ? "" : " " + entry.key) + ": ";
  position_ = rest.problem().empty() ? rest.position() : place.limit;
  if (!rest.problem().empty()) entry.problem = name + rest.problem();
  for (const std::string& unknown : rest.unknown()) {
    findings_.push_back({{},
                         line,
                         "bibtex-string",
                         name + "no @string defines '" + unknown.substr(0, 80) + "'",
                         Action::value_kept_as_text});
  }
  return entry;
}

const std::map<std::string, BibtexFile::Place, std::less<>>& BibtexFile::places_by_key() {
  if (!places_.empty()) return places_;
  std::size_t limit = 0;
  for (std::size_t at = next_entry_line(text_, 0); at < text_.size(); at = limit) {
    limit = next_entry_line(text_, at + 1);
    const Opening opening = *opening_at(text_, at);
    if (opening.word == "string" || opening.word == "comment") continue;
    EntryText rest(std::string_view(text_).substr(0, limit), opening.bracket + 1, opening.round,
                   strings_);
    std::string key = rest.key();
    if (!key.empty()) places_.try_emplace(lower(key), Place{at, limit});
  }
  return places_;
}

void BibtexFile::inherit(BibtexEntry& entry) {
  const auto named = entry.fields.find("crossref");
  if (named == entry.fields.end()) return;
  const auto place = places_by_key().find(lower(trimmed(named->second)));
  const bool known = place != places_.end();
  if (known) looked_ahead_ += place->second.limit - place->second.begin;
  if (!known || looked_ahead_ > kLookedAheadMax) {
    findings_.push_back({{},
                         entry.line,
                         "bibtex-crossref",
                         "@" + entry.type + " " + entry.key +
                             (known ? ": too much to look up for '" : ": there is no entry '") +
                             named->second.substr(0, 80) + "'",
                         Action::noted});
    return;
  }
  const std::size_t position = position_;
  const std::size_t found = findings_.size();
  const BibtexEntry whole = read(place->second, 0);
  position_ = position;
  findings_.resize(found);  // What is wrong with the whole is told in its turn.
  for (const auto& [from, to] : kInherited) {
    const std::string& value = whole.first_of({from});
    if (!value.empty()) entry.fields.try_emplace(std::string(to), value);
  }
}

std::vector<std::string> bibtex_names(std::string_view names) {
  std::vector<std::string> found;
  std::string name;
  std::size_t depth = 0;
  const auto is_and = [&](std::size_t at) {
    return depth == 0 && at > 0 && is_space(names[at - 1]) && at + 3 < names.size() &&
           lower(names.substr(at, 3)) == "and" && is_space(names[at + 3]);
  };
  const auto end_name = [&found, &name] {
    if (!trimmed(name).empty()) found.emplace_back(trimmed(name));
    name.clear();
  };
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (is_and(i)) {
      end_name();
      i += 2;
      continue;
    }
    if (names[i] == '{') ++depth;
    if (names[i] == '}' && depth > 0) --depth;
    name += names[i];
  }
  end_name();
  return found;
}

}  // namespace mangrove::ingest
