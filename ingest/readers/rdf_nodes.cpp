#include "ingest/readers/rdf_nodes.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "graph/base/text.h"

namespace mangrove::ingest {
namespace {

using ontology::kIdNamespace;
using ontology::kNameNamespace;

constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view kNotation = "http://www.w3.org/2004/02/skos/core#notation";

std::string_view take_part(std::string_view& code) {
  const std::size_t dot = std::min(code.find('.'), code.size());
  const std::string_view part = code.substr(0, dot);
  code.remove_prefix(std::min(dot + 1, code.size()));
  return part;
}

std::optional<unsigned> number_in(std::string_view part) {
  unsigned value = 0;
  const char* const end = part.data() + part.size();
  const auto [stop, problem] = std::from_chars(part.data(), end, value);
  return problem == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

/// Codes in their own order: part by part, numbers by value and before letters (8.9, 8.10, 8.a).
bool code_before(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::string_view x = take_part(a);
    const std::string_view y = take_part(b);
    const auto m = number_in(x);
    const auto n = number_in(y);
    if (m && n && *m != *n) {
      return *m < *n;
    }
    if (m.has_value() != n.has_value()) {
      return m.has_value();
    }
    if (x != y) {
      return x < y;
    }
  }
  return a.empty() && !b.empty();
}

std::string type_in_words(const RdfSubject& subject) {
  for (const RdfStatement& statement : subject.statements) {
    if (statement.predicate == kRdfType) {
      return "subjects of the type <" + statement.object + ">";
    }
  }
  return "subjects without a type";
}

}  // namespace

void LeftOut::add(std::string reason, std::uint64_t line, std::uint64_t statements) {
  Count& count = counts_.try_emplace(std::move(reason), Count{line}).first->second;
  ++count.subjects;
  count.statements += statements;
}

std::vector<Finding> LeftOut::findings() const {
  std::vector<Finding> findings;
  for (const auto& [reason, count] : counts_) {
    findings.push_back({"", count.line, "vocabulary-unknown",
                        reason + ": " + std::to_string(count.statements) +
                            " statements left out, from this line on",
                        Action::value_skipped});
  }
  return findings;
}

RdfNodes::RdfNodes(const RdfFile& rdf, const ontology::Schema& schema, LeftOut& left_out)
    : rdf_(rdf), schema_(schema) {
  for (const RdfSubject& subject : rdf.subjects()) {
    if (!subject.blank()) {
      take(subject, left_out);
    }
  }
}

void RdfNodes::take(const RdfSubject& subject, LeftOut& left_out) {
  const bool ours = subject.name.starts_with(kIdNamespace);
  const std::string id = id_of(subject.name);
  const std::string_view kind = id.empty() ? "" : kind_of(subject, ours, id);
  if (kind.empty() && !ours) {
    left_out.add(type_in_words(subject), subject.line, subject.statements.size());
    return;
  }
  if (kind.empty()) {
    findings_.push_back(
        {"", subject.line, "kind-unknown",
         "`" + id + "` is of no kind that the schema knows (" + type_in_words(subject) + ")",
         Action::record_skipped});
    return;
  }
  const auto [place, fresh] = by_id_.try_emplace(id, nodes_.size());
  if (fresh) {
    nodes_.push_back({id, std::string(kind), {}});
  }
  RdfNode& node = nodes_[place->second];
  if (node.kind != kind) {
    findings_.push_back({"", subject.line, "kind-unknown",
                         "<" + subject.name + "> would make " + id + ", a " + node.kind + ", a " +
                             std::string(kind),
                         Action::record_skipped});
    return;
  }
  RdfPart part{&subject, ours ? nullptr : schema_.iri_rule(subject.name), {}};
  if (part.rule != nullptr) {
    part.codes = codes_of(subject.name, part.rule->id_notation);
  }
  node.parts.push_back(std::move(part));
}

std::string RdfNodes::id_of(const std::string& iri) const {
  if (iri.starts_with(kIdNamespace)) {
    return iri.substr(kIdNamespace.size());
  }
  const ontology::IriRule* rule = schema_.iri_rule(iri);
  if (rule == nullptr || iri.size() == rule->iri_prefix.size()) {
    return {};
  }
  const std::vector<std::string> codes = codes_of(iri, rule->id_notation);
  return rule->id_prefix + (codes.empty() ? iri.substr(rule->iri_prefix.size()) : codes.front());
}

std::vector<std::string> RdfNodes::codes_of(const std::string& iri,
                                            std::string_view datatype) const {
  std::vector<std::string> codes;
  const RdfSubject* subject = datatype.empty() ? nullptr : rdf_.find(iri);
  if (subject == nullptr) {
    return codes;
  }
  for (const RdfStatement& statement : subject->statements) {
    if (statement.predicate == kNotation && statement.datatype == datatype &&
        !trimmed(statement.object).empty()) {
      codes.emplace_back(trimmed(statement.object));
    }
  }
  std::ranges::sort(codes, code_before);
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

std::string_view RdfNodes::kind_of(const RdfSubject& subject, bool ours,
                                   std::string_view id) const {
  bool typed = false;
  for (const RdfStatement& statement : subject.statements) {
    if (statement.predicate != kRdfType) {
      continue;
    }
    typed = true;
    const std::string_view type = statement.object;
    if (const auto* rule = schema_.type_rule(type)) {
      return rule->kind;
    }
    if (type.starts_with(kNameNamespace)) {
      if (const auto* kind = schema_.kind(type.substr(kNameNamespace.size()))) {
        return kind->name;
      }
    }
  }
  // One of our own that another file describes may go without a type here: its prefix tells.
  const auto* kind = typed || !ours ? nullptr : schema_.kind_of_id(id);
  return kind == nullptr ? std::string_view() : std::string_view(kind->name);
}

std::string_view RdfNodes::kind_of(const std::string& id) const {
  if (const auto found = by_id_.find(id); found != by_id_.end()) {
    return nodes_[found->second].kind;
  }
  const auto* kind = schema_.kind_of_id(id);
  return kind == nullptr ? std::string_view() : std::string_view(kind->name);
}

}  // namespace mangrove::ingest
