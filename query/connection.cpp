#include "query/connection.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kBasis = "basis";
constexpr std::string_view kStatus = "status";
constexpr std::string_view kVerified = "verified";
constexpr std::string_view kScore = "score";
constexpr std::string_view kDependence = "dependence";
constexpr std::string_view kInfluences = "INFLUENCES";

void add_once(std::vector<graph::Property>& properties, const graph::Property& property) {
  if (std::find(properties.begin(), properties.end(), property) == properties.end()) {
    properties.push_back(property);
  }
}

void take_stronger(std::optional<Basis>& known, Basis basis) {
  if (!known || is_weaker(*known, basis)) known = basis;
}

/// Sorts the words and makes one of equal ones.
void settle(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

/// A score with its sign, as people write influence: `+2`.
std::string signed_score(const graph::Value& value) {
  const std::string text = graph::to_string(value);
  return text.starts_with('-') || text == "0" ? text : "+" + text;
}

/// What stands in brackets behind the sentence: roles, years, scores, and how sure it is.
std::string details_of(const Connection& connection) {
  constexpr std::size_t kQualifiersMax = 4;
  std::vector<std::string> details = connection.qualifiers;
  if (details.size() > kQualifiersMax) {
    const std::size_t more = details.size() - kQualifiersMax + 1;
    details.resize(kQualifiersMax - 1);
    details.push_back(std::to_string(more) + " more");
  }
  const graph::Value* score = graph::find_property(connection.properties, kScore);
  if (score != nullptr) details.push_back("score " + signed_score(*score));
  const graph::Value* dependence = graph::find_property(connection.properties, kDependence);
  if (dependence != nullptr) {
    details.push_back("dependence " + graph::to_string(*dependence) + " without direction");
  }
  if (score != nullptr || dependence != nullptr) {
    for (const std::string_view name : {"scope", "date"}) {
      const graph::Value* value = graph::find_property(connection.properties, name);
      if (value != nullptr) details.push_back(graph::to_string(*value));
    }
  }
  if (!connection.status.empty()) details.push_back(connection.status);
  const std::string_view remark = basis_remark(connection.basis);
  if (!remark.empty()) details.emplace_back(remark);
  std::string text;
  for (const std::string& detail : details) text += (text.empty() ? " (" : ", ") + detail;
  return text.empty() ? text : text + ")";
}

}  // namespace

Connection connection_of(const Context& context, const KnownRelation& relation,
                         std::span<const graph::Qualifier> qualifiers,
                         std::span<const graph::EdgeStatementView> stated) {
  Connection connection;
  std::optional<Basis> named;
  std::optional<Basis> told;
  const std::string_view kept = qualifier_property(relation.name);
  for (const graph::Qualifier qualifier : qualifiers) {
    const std::string word(context.view.text(qualifier));
    take_stronger(named, basis_of(context, qualifier));
    if (!word.empty() && !parse_basis(word)) connection.qualifiers.push_back(word);
  }
  // Qualifiers of influence only repeat what its properties say.
  if (relation.name == kInfluences) connection.qualifiers.clear();
  settle(connection.qualifiers);
  if (!kept.empty()) {
    for (const std::string& word : connection.qualifiers) {
      connection.properties.push_back({std::string(kept), graph::Text{word, {}}});
    }
  }
  for (const graph::EdgeStatementView& statement : stated) {
    if (connection.source.empty()) connection.source = statement.source;
    if (const auto basis = parse_basis(graph::text_of(statement.properties, kBasis))) {
      take_stronger(told, *basis);
    }
    for (const graph::Property& property : statement.properties) {
      if (property.name == kBasis || property.name == kept) continue;
      add_once(connection.properties, property);
    }
  }
  connection.basis = told.value_or(named.value_or(Basis::reported));
  const std::string_view status = graph::text_of(connection.properties, kStatus);
  if (status != kVerified) connection.status = status;
  return connection;
}

bool stands_before(const Context& context, const graph::Adjacent& a, const graph::Adjacent& b) {
  if (a.qualifier != b.qualifier) {
    const Basis basis_of_a = basis_of(context, a.qualifier);
    const Basis basis_of_b = basis_of(context, b.qualifier);
    if (basis_of_a != basis_of_b) return is_weaker(basis_of_b, basis_of_a);
    return context.view.text(a.qualifier) < context.view.text(b.qualifier);
  }
  return context.view.stands_before(a.record, b.record);
}

std::string label_of(const KnownRelation& relation, Direction direction,
                     std::string_view language) {
  if (relation.info == nullptr) return std::string(relation.name);
  const ontology::Labels& labels =
      direction == Direction::out ? relation.info->labels : relation.info->inverse_labels;
  const std::string_view label = labels.in(language);
  return std::string(label.empty() ? relation.name : label);
}

Step step_of(const Reading& reading, const KnownRelation& relation, Direction direction,
             NodeIndex from, NodeIndex to, Connection connection) {
  // The sentence runs along the edge, whichever way we travel: "A funds B".
  const bool out = direction == Direction::out;
  Step step;
  step.from = reading.brief(from);
  step.to = reading.brief(to);
  step.relation = relation.name;
  step.direction = direction;
  step.text = reading.full_name(out ? from : to) + " " + label_of(relation, Direction::out, "en") +
              " " + reading.full_name(out ? to : from) + details_of(connection) + ".";
  step.properties = std::move(connection.properties);
  step.basis = connection.basis;
  step.source = std::move(connection.source);
  return step;
}

}  // namespace mangrove::query
