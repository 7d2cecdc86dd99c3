#include "ontology/check/nodes.h"

#include <algorithm>
#include <array>
#include <map>

#include "ontology/check/rule_fit.h"
#include "ontology/check/values.h"
#include "ontology/nearest.h"

namespace mangrove::ontology {
namespace {

constexpr std::array<std::string_view, 3> kLanguages{"en", "fr", "es"};
constexpr std::string_view kSource = "Source";

/// `en, fr` of those that the set lacks.
std::string missing_of(const std::set<std::string>& languages) {
  std::string missing;
  for (const std::string_view language : kLanguages) {
    if (languages.contains(std::string(language))) continue;
    missing += (missing.empty() ? "" : ", ") + std::string(language);
  }
  return missing;
}

class NodeCheck {
 public:
  NodeCheck(const WrittenFile& file, const World& world,
            const std::set<std::string, std::less<>>& properties, Findings& findings)
      : file_(file), world_(world), properties_(properties), findings_(findings) {}

  void run() {
    check_source();
    for (const WrittenSubject& subject : file_.subjects) {
      if (subject.term.type == Term::Type::blank) continue;
      const KindInfo* kind = check_kind(subject);
      if (kind == nullptr || subject.id().empty()) continue;
      check_id(subject, *kind);
      check_names(subject, *kind);
      check_once(subject, std::string(kSkos) + "definition");
      for (const Said& said : subject.statements) check_statement(subject, said, *kind);
      if (kind->name == "Rule") check_rule(subject);
    }
  }

 private:
  void check_source() {
    std::string first;
    for (const WrittenSubject& subject : file_.subjects) {
      if (stated_kind(subject, world_.schema()) != kSource) continue;
      if (!first.empty()) {
        findings_.error(subject.line, std::string(subject.id()) +
                                          " is a second m:Source; everything in a file belongs to "
                                          "one, which is " +
                                          first + " here");
      } else {
        first = subject.id();
      }
    }
    if (first.empty() && file_.syntax.empty()) {
      findings_.error(1,
                      "the file states no m:Source, so that nobody knows whose statements these "
                      "are; write: src:NAME a m:Source");
    }
  }

  /// The kind of a subject that is to be looked at; null, with an error where it is one, else.
  const KindInfo* check_kind(const WrittenSubject& subject) {
    const Schema& schema = world_.schema();
    const KindInfo* kind = nullptr;
    bool typed = false;
    for (const Said& said : subject.statements) {
      if (said.predicate != kRdfType) continue;
      typed = true;
      const std::string_view name = behind(said.object.text, kNameNamespace);
      const KindInfo* stated = schema.kind(name);
      if (stated != nullptr && subject.id().empty()) {
        findings_.error(said.line, short_form(subject.term.text) + " is a " + stated->name +
                                       ", but its id does not lie under urn:mangrove:id:");
      } else if (stated == nullptr && !subject.id().empty()) {
        unknown_kind(subject, said, name);
      } else if (stated != nullptr && kind != nullptr && kind != stated) {
        two_kinds(subject, said.line, *stated, kind->name, file_.name, subject.line);
      }
      kind = kind == nullptr ? stated : kind;
    }
    if (subject.id().empty()) return nullptr;
    const KnownNode* known = world_.find(subject.id());
    if (kind != nullptr && known != nullptr && known->kind != kind->name) {
      two_kinds(subject, subject.line, *kind, known->kind, known->place.file, known->place.line);
    }
    if (kind == nullptr && !typed) kind = untyped_kind(subject);
    return kind;
  }

  void unknown_kind(const WrittenSubject& subject, const Said& said, std::string_view name) {
    std::set<std::string, std::less<>> kinds;
    for (const KindInfo& kind : world_.schema().kinds()) kinds.insert(kind.name);
    findings_.error(said.line, std::string(subject.id()) +
                                   " is of a kind that the schema does not know: " +
                                   short_form(said.object.text) + did_you_mean(name, kinds, "m:"));
  }

  void two_kinds(const WrittenSubject& subject, std::size_t line, const KindInfo& here,
                 const std::string& there, const std::string& file, std::size_t other_line) {
    findings_.error(line, std::string(subject.id()) + " is a " + here.name + " here and a " +
                              there + " in " + file + ":" + std::to_string(other_line));
  }

  const KindInfo* untyped_kind(const WrittenSubject& subject) {
    const KindInfo* kind = world_.schema().kind(world_.kind_of(subject.id()));
    if (kind == nullptr && !subject.broken) {
      findings_.error(subject.line, std::string(subject.id()) + " has no kind; write: a m:KIND");
    }
    return kind;
  }

  void check_id(const WrittenSubject& subject, const KindInfo& kind) {
    const std::string_view id = subject.id();
    if (std::ranges::any_of(kind.prefixes, [&](const std::string& prefix) {
          return id.starts_with(prefix) && id.size() > prefix.size();
        })) {
      return;
    }
    std::string wanted;
    for (const std::string& prefix : kind.prefixes) {
      wanted += (wanted.empty() ? "" : " or ") + prefix;
    }
    findings_.error(subject.line,
                    std::string(id) + ": the id of a " + kind.name + " begins with " + wanted);
  }

  void check_names(const WrittenSubject& subject, const KindInfo& kind) {
    const std::string predicate = name_predicate(kind);
    const std::string id(subject.id());
    const KnownNode* known = world_.find(id);
    check_once(subject, predicate);
    // Said where the node is stated first, and once: other files may only go on about it.
    if (known == nullptr || subject.broken || known->place.file != file_.name ||
        known->place.line != subject.line) {
      return;
    }
    const std::string missing = missing_of(known->named_in);
    if (known->named_in.empty()) {
      findings_.error(subject.line, id + " has no " + short_form(predicate));
    } else if (!missing.empty()) {
      findings_.warning(subject.line, id + " has no " + short_form(predicate) + " in " + missing);
    }
    const bool wants_definition =
        std::ranges::find(kind.properties, "definition") != kind.properties.end();
    if (wants_definition && known->defined_in.empty()) {
      findings_.warning(subject.line, id + " has no skos:definition");
    }
  }

  /// One wording a language.
  void check_once(const WrittenSubject& subject, const std::string& predicate) {
    std::set<std::string> seen;
    for (const Said& said : subject.statements) {
      if (said.predicate != predicate) continue;
      const std::string named = std::string(subject.id()) + ": " + short_form(predicate);
      if (said.object.type != Term::Type::literal || said.object.text.empty()) {
        findings_.error(said.line, named + " wants a text");
      } else if (said.object.language.empty()) {
        findings_.warning(said.line, named + " does not say its language, such as \"...\"@en");
      } else if (!seen.insert(said.object.language).second) {
        findings_.error(said.line, named + " is there twice in the language " +
                                       said.object.language + "; the first one would stay");
      }
    }
  }

  void check_statement(const WrittenSubject& subject, const Said& said, const KindInfo& kind) {
    const std::string_view name = behind(said.predicate, kNameNamespace);
    if (said.predicate == kRdfType || name == "edge" || begins_with_capital(name)) return;
    const std::string id(subject.id());
    if (name.empty()) {
      check_foreign(id, said, kind);
    } else if (!properties_.contains(name)) {
      findings_.error(said.line, id + ": nothing has a property m:" + std::string(name) +
                                     did_you_mean(name, properties_, "m:"));
    } else if (const auto objection = objection_to_value(name, said.object, kind.name);
               !objection.empty()) {
      findings_.error(said.line, id + ": " + objection);
    }
  }

  void check_foreign(const std::string& id, const Said& said, const KindInfo& kind) {
    static const std::set<std::string, std::less<>> kOfSkos{"altLabel", "definition", "notation",
                                                            "prefLabel"};
    const std::string_view skos = behind(said.predicate, kSkos);
    if (kOfSkos.contains(skos) ||
        world_.schema().predicate_rule(said.predicate, kind.name) != nullptr) {
      return;
    }
    findings_.warning(said.line, id + ": " + short_form(said.predicate) +
                                     " means nothing to us on a " + kind.name + " and is left out" +
                                     (skos.empty() ? "" : did_you_mean(skos, kOfSkos, "skos:")));
  }

  void check_rule(const WrittenSubject& subject) {
    for (Misfit& misfit : misfits_of(subject, world_.schema())) {
      findings_.error(misfit.line, std::string(subject.id()) + ": " + misfit.text);
    }
  }

  const WrittenFile& file_;
  const World& world_;
  const std::set<std::string, std::less<>>& properties_;
  Findings& findings_;
};

}  // namespace

void check_nodes(const WrittenFile& file, const World& world,
                 const std::set<std::string, std::less<>>& properties, Findings& findings) {
  NodeCheck(file, world, properties, findings).run();
}

}  // namespace mangrove::ontology
