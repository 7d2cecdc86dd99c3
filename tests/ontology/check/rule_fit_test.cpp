// What the check says of derivation rules, with the line where it stands.

#include <gtest/gtest.h>

#include <string>

#include "tests/support/checked_vocabulary.h"

namespace mangrove::ontology {
namespace {

using tests::check;

/// A rule that fits, with one line of it written in another way.
std::string rule(const std::string& instead, const std::string& of) {
  std::string text = R"(rule:x a m:Rule ; skos:prefLabel "X"@en , "X"@fr , "X"@es ;
 skos:definition "D"@en ; m:status "proposed" ;
 m:path "IN_SECTOR MAPS_TO" ;
 m:to_kind "Target" ;
 m:derives "CONTRIBUTES_TO" ;
 m:where "percentage > 10" ;
 m:times "weight" ;
 m:reads "reported" ;
 m:confidence 0.45 ;
 m:least 0.2 ;
 m:stage 1 .)";
  const std::size_t at = text.find(" m:" + of + " ");
  return check(text.replace(at, text.find('\n', at) - at, " " + instead));
}

TEST(RuleFit, WantsRulesThatFitTheSchema) {
  EXPECT_EQ(rule("m:times \"weight\" ;", "times"), "");
  EXPECT_EQ(
      rule("m:path \"IN_SECTR MAPS_TO\" ;", "path"),
      "v:11 error rule:x: the path names a relation that is not there: IN_SECTR; did you mean "
      "IN_SECTOR?\n");
  EXPECT_EQ(rule("m:path \"IN_SECTOR WITHIN\" ;", "path"),
            "v:11 error rule:x: the path cannot go on along WITHIN from Sector\n");
  EXPECT_EQ(rule("m:to_kind \"Form\" ;", "to_kind"),
            "v:13 error rule:x: CONTRIBUTES_TO does not go from an Initiative to a Form\n");
  EXPECT_EQ(rule("m:to_kind \"Traget\" ;", "to_kind"),
            "v:12 error rule:x: m:to_kind names a kind that is not there: Traget; did you mean "
            "Target?\n"
            "v:13 error rule:x: CONTRIBUTES_TO does not go from an Initiative to a Traget\n");
  EXPECT_EQ(rule("m:to_kind \"Place\" ;", "to_kind"),
            "v:12 error rule:x: the path ends at Determinant, Form, Goal, Group, InterventionType, "
            "Target, never at a Place\n"
            "v:13 error rule:x: CONTRIBUTES_TO does not go from an Initiative to a Place\n");
  EXPECT_EQ(rule("m:derives \"IN_SECTOR\" ;", "derives").find("v:13 error rule:x: IN_SECTOR does"),
            0U);
}

TEST(RuleFit, WantsConditionsAndNumbersOfRulesThatFitTheirPath) {
  EXPECT_EQ(
      rule("m:where \"percentage about 10\" ;", "where"),
      "v:14 error rule:x: m:where wants \"PROPERTY OPERATOR NUMBER\" with = < <= > or >=, not "
      "\"percentage about 10\"\n");
  EXPECT_EQ(rule("m:where \"percentge > 10\" ;", "where"),
            "v:14 error rule:x: no relation of the path has a property `percentge`; did you mean "
            "percentage?\n");
  EXPECT_EQ(rule("m:times \"significance\" ;", "times"),
            "v:15 error rule:x: no relation of the path has a property `significance`\n");
  EXPECT_EQ(
      rule("m:reads \"mapped\" ;", "reads"),
      "v:16 error rule:x: a rule of stage 1 has no lower stage to read \"mapped\" edges of\n");
  EXPECT_EQ(rule("m:reads \"rumour\" ;", "reads"),
            "v:16 error rule:x: m:reads is mapped, reported, reviewed, text, not \"rumour\"\n");
  EXPECT_EQ(rule("m:confidence 0.95 ;", "confidence"),
            "v:17 error rule:x: m:confidence wants a number above 0 and below 0.9, not \"0.95\"\n");
  EXPECT_EQ(rule("m:least 0.5 ;", "least"),
            "v:18 error rule:x: m:least is above m:confidence, so that the rule concludes "
            "nothing\n");
  EXPECT_EQ(rule("m:least 0.2 , 0.3 ;", "least"), "v:18 error rule:x: m:least is given twice\n");
  EXPECT_EQ(rule("m:least 0.2 ;", "path"),
            "v:9 error rule:x: a rule wants m:path\n"
            "v:18 error rule:x: m:least is given twice\n");
}

TEST(RuleFit, WantsAllPartsOfARule) {
  for (const char* part : {"path", "to_kind", "derives", "reads", "confidence", "least", "stage"}) {
    const std::string said = part == std::string("stage") ? "m:note \"n\" ." : "m:note \"n\" ;";
    EXPECT_NE(rule(said, part).find("v:9 error rule:x: a rule wants m:" + std::string(part) + "\n"),
              std::string::npos)
        << part;
  }
}

TEST(RuleFit, WantsPathsOfOneToFourRelations) {
  for (const char* path : {"", "^", "IN_SECTOR  MAPS_TO", "IN_SECTOR MAPS_TO PART_OF A B"}) {
    EXPECT_EQ(rule("m:path \"" + std::string(path) + "\" ;", "path"),
              "v:11 error rule:x: a path has one to four relations with one space between, not \"" +
                  std::string(path) + "\"\n");
  }
}

TEST(RuleFit, WantsAtMostSixteenConditions) {
  std::string conditions = "m:where \"percentage > 0\"";
  for (int i = 1; i < 17; ++i) conditions += " ,\n \"percentage > " + std::to_string(i) + "\"";
  EXPECT_EQ(rule(conditions + " ;", "where"),
            "v:30 error rule:x: a rule has at most 16 conditions\n");
}

TEST(RuleFit, WantsNumbersWithoutQuotesAndWithinTheirBounds) {
  EXPECT_EQ(rule("m:confidence 1.5 ;", "confidence"),
            "v:17 error rule:x: m:confidence wants a number above 0 and below 0.9, not \"1.5\"\n");
  EXPECT_EQ(rule("m:confidence \"0.45\" ;", "confidence"),
            "v:17 error rule:x: m:confidence wants a number above 0 and below 0.9 without quotes, "
            "not \"0.45\"\n");
  EXPECT_EQ(rule("m:least -1 ;", "least"),
            "v:18 error rule:x: m:least wants a number from 0 to 1, not \"-1\"\n");
  EXPECT_EQ(rule("m:stage 10 .", "stage"),
            "v:19 error rule:x: m:stage wants a number from 1 to 9, not \"10\"\n");
}

}  // namespace
}  // namespace mangrove::ontology
