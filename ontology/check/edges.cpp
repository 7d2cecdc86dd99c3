#include "ontology/check/edges.h"

#include <algorithm>
#include <set>
#include <string>

#include "ontology/check/values.h"
#include "ontology/nearest.h"

namespace mangrove::ontology {
namespace {

using Names = std::set<std::string, std::less<>>;

constexpr std::size_t kQualifierBytesMax = 200;

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "any kind" : text;
}

/// What may stand at the other end, from this kind: of the pairs, where there are some.
std::string ends_in_words(const RelationInfo& relation, std::string_view from) {
  std::vector<std::string> to = relation.to;
  if (!relation.pairs.empty()) {
    to.clear();
    for (const auto& [one, other] : relation.pairs) {
      if (one == from) to.push_back(other);
    }
  }
  return to.empty() ? joined(relation.from) + " to " + joined(relation.to)
                    : std::string(from) + " to " + joined(to);
}

class EdgeCheck {
 public:
  EdgeCheck(const WrittenFile& file, const World& world, Findings& findings)
      : file_(file), world_(world), findings_(findings), ids_(world.ids()) {
    for (const RelationInfo& relation : world.schema().relations()) {
      relations_.insert(relation.name);
    }
  }

  void run() {
    std::set<std::string> used;
    for (const WrittenSubject& subject : file_.subjects) {
      for (const Said& said : subject.statements) {
        if (said.object.type == Term::Type::blank) used.insert(said.object.text);
      }
      if (subject.id().empty()) continue;
      const std::string_view kind = world_.kind_of(subject.id());
      for (const WrittenEdge& edge : edges_of(subject, file_, kind, world_.schema())) {
        check(edge, kind, subject.broken);
      }
      check_other_names(subject);
    }
    for (const WrittenSubject& subject : file_.subjects) {
      if (subject.term.type == Term::Type::blank && !used.contains(subject.term.text)) {
        findings_.warning(subject.line, "[ ... ] that no m:edge uses is left out");
      }
    }
  }

 private:
  void check(const WrittenEdge& edge, std::string_view from_kind, bool broken) {
    const RelationInfo* relation = world_.schema().relation(edge.relation);
    if (relation == nullptr) {
      if (edge.relation.empty() && broken) return;
      findings_.error(edge.line, edge.relation.empty()
                                     ? edge.from + ": m:edge wants [ m:relation ... ; m:to ... ]"
                                     : edge.from +
                                           ": the schema knows no relation m:" + edge.relation +
                                           did_you_mean(edge.relation, relations_, "m:"));
      return;
    }
    check_end(edge, *relation, from_kind, broken);
    for (const Said* property : edge.properties) check_property(edge, *relation, *property);
  }

  void check_end(const WrittenEdge& edge, const RelationInfo& relation, std::string_view from_kind,
                 bool broken) {
    const std::string named = edge.from + ": m:" + relation.name;
    if (edge.to == nullptr) {
      if (!broken) findings_.error(edge.line, named + " wants m:to");
      return;
    }
    const Term& end = edge.to->object;
    const std::string_view id = behind(end.text, kIdNamespace);
    if (end.type != Term::Type::iri) {
      findings_.error(edge.to->line, named + " wants the id of a node, not \"" + end.text + "\"");
    } else if (id.empty()) {
      if (world_.schema().iri_rule(end.text) == nullptr) {
        findings_.error(edge.to->line, named + " leads to " + short_form(end.text) +
                                           ", which has no id that we know");
      }
    } else {
      check_kinds(edge, relation, from_kind, std::string(id));
    }
  }

  void check_kinds(const WrittenEdge& edge, const RelationInfo& relation,
                   std::string_view from_kind, const std::string& id) {
    const std::string named = edge.from + ": m:" + relation.name;
    if (world_.find(id) == nullptr && !world_.may_have_lost(id)) {
      findings_.error(edge.to->line, named + " leads to " + id +
                                         ", which neither these files nor the built-in "
                                         "vocabularies state" +
                                         did_you_mean(id, ids_));
    } else if (id == edge.from) {
      findings_.error(edge.to->line, named + " leads from a node to itself");
    }
    const std::string_view to_kind = world_.kind_of(id);
    if (!relation.allows(from_kind, to_kind)) {
      findings_.error(edge.to->line, named + " leads from a " + std::string(from_kind) + " to " +
                                         id + (to_kind.empty() ? "" : ", a ") +
                                         std::string(to_kind) + "; it goes from " +
                                         ends_in_words(relation, from_kind));
    }
  }

  void check_property(const WrittenEdge& edge, const RelationInfo& relation, const Said& said) {
    const std::string named = edge.from + ": the edge m:" + relation.name + ": ";
    const std::string name(behind(said.predicate, kNameNamespace));
    if (said.predicate == kRdfType) return;
    if (name == "qualifier") {
      if (said.object.type != Term::Type::literal || said.object.text.size() > kQualifierBytesMax) {
        findings_.error(said.line, named + "m:qualifier wants a text of up to 200 bytes");
      }
      return;
    }
    Names known(relation.properties.begin(), relation.properties.end());
    if (!known.contains(name)) {
      known.insert({"qualifier", "relation", "to"});
      findings_.error(said.line, named + "it has no property " + short_form(said.predicate) +
                                     did_you_mean(name, known, "m:"));
    } else if (const auto objection = objection_to_value(name, said.object, {});
               !objection.empty()) {
      findings_.error(said.line, named + objection);
    }
  }

  /// `m:Bears_On`: begins like a kind or a relation, and is no predicate at all.
  void check_other_names(const WrittenSubject& subject) {
    for (const Said& said : subject.statements) {
      const std::string_view name = behind(said.predicate, kNameNamespace);
      if (!begins_with_capital(name) || is_relation_name(name)) continue;
      findings_.error(said.line, std::string(subject.id()) + ": the schema knows no relation m:" +
                                     std::string(name) + did_you_mean(name, relations_, "m:"));
    }
  }

  const WrittenFile& file_;
  const World& world_;
  Findings& findings_;
  const Names ids_;
  Names relations_;
};

}  // namespace

void check_edges(const WrittenFile& file, const World& world, Findings& findings) {
  EdgeCheck(file, world, findings).run();
}

}  // namespace mangrove::ontology
