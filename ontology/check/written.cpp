#include "ontology/check/written.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "graph/base/text.h"
#include "ontology/schema.h"

namespace mangrove::ontology {
namespace {

constexpr std::size_t kSyntaxErrorsMax = 50;  // Of one file; each costs one more reading.

std::string key_of(const Term& term) {
  return (term.type == Term::Type::blank ? "_:" : "") + term.text;
}

bool is_directive(std::string_view line) {
  return line.starts_with("@prefix") || line.starts_with("@base") || line.starts_with("PREFIX ") ||
         line.starts_with("BASE ");
}

/// Makes empty lines of all lines up to the end of the statement that is broken in `line`, so that
/// the numbers of the others stay; directives stay too. Those behind line `read` go to `lost`.
/// False where nothing is left behind it.
bool blank_out(std::string& text, std::size_t broken, std::size_t read, std::string& lost) {
  std::string kept;
  std::string_view rest = text;
  bool passed = false;
  for (std::size_t line = 1; !rest.empty() && !passed; ++line) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view written = trimmed(rest.substr(0, end));
    if (is_directive(written) && line != broken) {
      kept += written;
    }
    if (line >= read) lost += std::string(written) + '\n';
    kept += '\n';
    rest.remove_prefix(std::min(end + 1, rest.size()));
    passed = line >= broken && written.ends_with('.') && !written.starts_with('#');
  }
  kept += rest;
  text = std::move(kept);
  return passed && !trimmed(rest).empty();
}

/// Whether a statement ends in one of these lines, the last one left out.
bool statement_ends(std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t line = 1; line < to && !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (line >= from && trimmed(text.substr(0, end)).ends_with('.')) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

class FileReading {
 public:
  explicit FileReading(std::string_view name) { file_.name = name; }

  WrittenFile read(std::string text) {
    while (true) {
      const Status status =
          read_turtle(text, file_.name, [this](const Triple& triple) { return take(triple); });
      if (status.ok()) break;
      const std::size_t line = note(status.error());
      const auto subject = file_.index.find(last_);
      if (subject != file_.index.end() && !statement_ends(text, last_line_, line)) {
        file_.subjects[subject->second].broken = true;
      }
      ++round_;
      if (file_.syntax.size() >= kSyntaxErrorsMax) break;
      if (!blank_out(text, line, last_line_, file_.lost)) break;
    }
    return std::move(file_);
  }

 private:
  Status take(const Triple& triple) {
    Said said{triple.predicate, triple.object, triple.line};
    const Term subject = apart(triple.subject);
    said.object = apart(said.object);
    const std::string key = key_of(subject);
    const auto [place, fresh] = file_.index.try_emplace(key, file_.subjects.size());
    if (fresh) file_.subjects.push_back({subject, triple.line, {}});
    file_.subjects[place->second].statements.push_back(std::move(said));
    last_line_ = triple.line;
    if (subject.type == Term::Type::iri) last_ = key;
    return {};
  }

  /// Each reading counts blank nodes from the beginning.
  Term apart(Term term) const {
    if (term.type == Term::Type::blank) term.text += "/" + std::to_string(round_);
    return term;
  }

  /// Takes the place off a message such as `x.ttl:12: …`.
  std::size_t note(const Error& error) {
    std::string_view message = error.message;
    std::size_t line = 1;
    if (message.starts_with(file_.name + ":")) {
      message.remove_prefix(file_.name.size() + 1);
      const auto [stop, problem] =
          std::from_chars(message.data(), message.data() + message.size(), line);
      message.remove_prefix(static_cast<std::size_t>(stop - message.data()));
      message.remove_prefix(std::min<std::size_t>(message.find_first_not_of(": "), message.size()));
    }
    file_.syntax.push_back({file_.name, line, Mistake::Severity::error, std::string(message)});
    return line;
  }

  WrittenFile file_;
  std::string last_;  // The subject spoken of last, and where that ended.
  std::size_t last_line_ = 1;
  std::size_t round_ = 0;
};

}  // namespace

std::string_view WrittenSubject::id() const {
  return term.type == Term::Type::iri ? behind(term.text, kIdNamespace) : std::string_view();
}

std::vector<const Said*> WrittenSubject::all(std::string_view name) const {
  std::vector<const Said*> found;
  for (const Said& said : statements) {
    if (behind(said.predicate, kNameNamespace) == name) found.push_back(&said);
  }
  return found;
}

const WrittenSubject* WrittenFile::find(const Term& term) const {
  const auto found = index.find(key_of(term));
  return found == index.end() ? nullptr : &subjects[found->second];
}

WrittenFile read_written(std::string_view text, std::string_view name) {
  return FileReading(name).read(std::string(text));
}

std::string_view behind(std::string_view iri, std::string_view space) {
  return iri.starts_with(space) ? iri.substr(space.size()) : std::string_view();
}

std::string short_form(std::string_view iri) {
  if (iri == kRdfType) return "a";
  if (const auto name = behind(iri, kNameNamespace); !name.empty()) return "m:" + std::string(name);
  if (const auto name = behind(iri, kSkos); !name.empty()) return "skos:" + std::string(name);
  if (const auto name = behind(iri, kXsd); !name.empty()) return "xsd:" + std::string(name);
  if (const auto id = behind(iri, kIdNamespace); !id.empty()) return std::string(id);
  return "<" + std::string(iri) + ">";
}

}  // namespace mangrove::ontology
