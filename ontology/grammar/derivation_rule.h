#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"

/// How data files write what is concluded about an initiative; for people it is explained at the
/// head of `rules/initiatives.ttl`. Whether the kinds and relations that a rule names are there is
/// for others to say (check/rule_fit.h).
namespace mangrove::ontology {

inline constexpr std::size_t kRuleStepsMax = 4;
inline constexpr std::size_t kRuleConditionsMax = 16;

/// One condition of a rule: `percentage >= 50`.
struct RuleCondition {
  enum class Comparison { equal, less, at_most, more, at_least };
  std::string property;
  Comparison comparison;
  double number;
};

/// How one statement is concluded from others.
struct DerivationRule {
  /// One relation of its path.
  struct Step {
    std::string relation;
    bool backwards = false;
  };
  std::string id;
  std::vector<Step> path;
  std::string to_kind;
  std::string derives;
  std::vector<RuleCondition> conditions;
  std::vector<std::string> reads;
  double confidence = 0;
  std::vector<std::string> times;
  double least = 0;
  std::int64_t stage = 1;
};

/// A rule as it is written: what its node has of each property of the name.
struct WrittenRule {
  std::string id;
  std::string path;
  std::string to_kind;
  std::string derives;
  std::vector<std::string> where;
  std::vector<std::string> reads;  ///< None: what is reported.
  std::optional<double> confidence;
  std::vector<std::string> times;
  std::optional<double> least;  ///< None: 0.
  std::optional<double> stage;  ///< None: 1.
};

/// Parses "IN_SECTOR MAPS_TO", "^OF ON MEASURES": one to `kRuleStepsMax` relations.
Result<std::vector<DerivationRule::Step>> parse_path(std::string_view text);

/// Parses "PROPERTY OPERATOR NUMBER" with = < <= > or >=.
Result<RuleCondition> parse_condition(std::string_view text);

/// Parses all of a rule. The error says what is missing or cannot be understood.
Result<DerivationRule> parse_rule(WrittenRule written);

}  // namespace mangrove::ontology
