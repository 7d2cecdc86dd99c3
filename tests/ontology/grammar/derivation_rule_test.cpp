#include "ontology/grammar/derivation_rule.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mangrove::ontology {
namespace {

WrittenRule written() {
  return {.id = "rule:x",
          .path = "^OF ON MEASURES",
          .to_kind = "Target",
          .derives = "CONTRIBUTES_TO",
          .where = {"weight >= 0.5"},
          .reads = {},
          .confidence = 0.4,
          .times = {"weight"},
          .least = {},
          .stage = 2};
}

TEST(DerivationRules, AreParsedWhole) {
  const auto rule = parse_rule(written());
  ASSERT_TRUE(rule.ok());
  ASSERT_EQ(rule.value().path.size(), 3U);
  EXPECT_TRUE(rule.value().path[0].backwards);
  EXPECT_EQ(rule.value().path[0].relation, "OF");
  EXPECT_FALSE(rule.value().path[1].backwards);
  ASSERT_EQ(rule.value().conditions.size(), 1U);
  EXPECT_EQ(rule.value().conditions[0].property, "weight");
  EXPECT_EQ(rule.value().conditions[0].comparison, RuleCondition::Comparison::at_least);
  EXPECT_EQ(rule.value().reads, std::vector<std::string>{"reported"});
  EXPECT_DOUBLE_EQ(rule.value().confidence, 0.4);
  EXPECT_DOUBLE_EQ(rule.value().least, 0);
  EXPECT_EQ(rule.value().stage, 2);
}

TEST(DerivationRules, SayWhatIsMissing) {
  WrittenRule rule = written();
  rule.to_kind.clear();
  EXPECT_EQ(parse_rule(rule).error().message, "a rule wants m:to_kind");
  rule = written();
  rule.derives.clear();
  EXPECT_EQ(parse_rule(rule).error().message, "a rule wants m:derives");
  rule = written();
  rule.confidence.reset();
  EXPECT_EQ(parse_rule(rule).error().message, "a rule wants m:confidence, a number");
  rule = written();
  rule.where.assign(17, "weight > 0");
  EXPECT_EQ(parse_rule(rule).error().message, "a rule has at most 16 conditions");
}

TEST(DerivationRules, HavePathsOfOneToFourRelations) {
  for (const char* wrong : {"", "^", "A  B", "A B C D E"}) {
    const auto path = parse_path(wrong);
    ASSERT_FALSE(path.ok()) << wrong;
    EXPECT_EQ(path.error().message,
              "a path has one to four relations with one space between, not \"" +
                  std::string(wrong) + "\"");
  }
  EXPECT_EQ(parse_path("A B C D").value().size(), 4U);
}

TEST(DerivationRules, HaveConditionsOfThreeParts) {
  for (const char* wrong : {"", "weight", "weight > x", "weight about 1", "weight > 1 2"}) {
    EXPECT_FALSE(parse_condition(wrong).ok()) << wrong;
  }
}

}  // namespace
}  // namespace mangrove::ontology
