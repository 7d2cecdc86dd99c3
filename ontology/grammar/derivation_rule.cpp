#include "ontology/grammar/derivation_rule.h"

#include <algorithm>
#include <utility>

#include "ontology/grammar/notation.h"

namespace mangrove::ontology {
namespace {

Error wrong(std::string what) {
  return {ErrorCode::invalid_input, std::move(what)};
}

std::optional<RuleCondition::Comparison> comparison_of(std::string_view sign) {
  using Comparison = RuleCondition::Comparison;
  if (sign == "=") return Comparison::equal;
  if (sign == "<") return Comparison::less;
  if (sign == "<=") return Comparison::at_most;
  if (sign == ">") return Comparison::more;
  if (sign == ">=") return Comparison::at_least;
  return std::nullopt;
}

Status check_parts(const WrittenRule& written) {
  if (written.to_kind.empty()) return wrong("a rule wants m:to_kind");
  if (written.derives.empty()) return wrong("a rule wants m:derives");
  if (!written.confidence) return wrong("a rule wants m:confidence, a number");
  if (written.where.size() > kRuleConditionsMax) {
    return wrong("a rule has at most " + std::to_string(kRuleConditionsMax) + " conditions");
  }
  return {};
}

}  // namespace

Result<std::vector<DerivationRule::Step>> parse_path(std::string_view text) {
  std::vector<DerivationRule::Step> path;
  for (std::string_view step : split(text, ' ')) {
    const bool backwards = step.starts_with('^');
    if (backwards) step.remove_prefix(1);
    if (step.empty() || path.size() == kRuleStepsMax) {
      return wrong("a path has one to four relations with one space between, not \"" +
                   std::string(text) + "\"");
    }
    path.push_back({std::string(step), backwards});
  }
  return path;
}

Result<RuleCondition> parse_condition(std::string_view text) {
  const auto parts = split(text, ' ');
  const auto number = parts.size() == 3 ? number_in(parts[2]) : std::nullopt;
  const auto comparison = parts.size() == 3 ? comparison_of(parts[1]) : std::nullopt;
  if (!number || !comparison) {
    return wrong("m:where wants \"PROPERTY OPERATOR NUMBER\" with = < <= > or >=, not \"" +
                 std::string(text) + "\"");
  }
  return RuleCondition{std::string(parts[0]), *comparison, *number};
}

Result<DerivationRule> parse_rule(WrittenRule written) {
  DerivationRule rule;
  rule.path = TRY(parse_path(written.path));
  TRY(check_parts(written));
  for (const std::string& text : written.where) {
    rule.conditions.push_back(TRY(parse_condition(text)));
  }
  rule.id = std::move(written.id);
  rule.to_kind = std::move(written.to_kind);
  rule.derives = std::move(written.derives);
  rule.confidence = written.confidence.value_or(0);
  rule.times = std::move(written.times);
  rule.reads = std::move(written.reads);
  if (rule.reads.empty()) rule.reads.emplace_back("reported");
  rule.least = written.least.value_or(0);
  constexpr double kStageMax = 1000;
  rule.stage = static_cast<std::int64_t>(std::clamp(written.stage.value_or(1), 0.0, kStageMax));
  return rule;
}

}  // namespace mangrove::ontology
