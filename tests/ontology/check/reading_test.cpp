// What the check says of how texts are read: cues, words, classes of words, fields and scales, with
// the line where it stands and what to write.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/checked_vocabulary.h"

namespace mangrove::ontology {
namespace {

using tests::check;

/// A reading rule that says this from line 10 on.
std::string rule(const std::string& more, const std::string& id = "reading:x") {
  const std::string name = "\"New " + id + "\"";
  return id + " a m:ReadingRule ; skos:prefLabel " + name + "@en , " + name + "@fr , " + name +
         "@es ; skos:definition \"D\"@en ;\n" + more + " .\n";
}

/// One that speaks of target 8.7.
std::string of_slavery(const std::string& more, const std::string& id = "reading:x") {
  return rule(more + " ;\nm:SPEAKS_OF sdg:8.7", id);
}

/// What is wrong with a cue of such a rule: all that comes behind `v:10 error reading:x: m:cue `.
std::string cue(const std::string& text) {
  const std::string found = check(of_slavery("m:cue \"" + text + "\"@en"));
  const std::string_view place = "v:10 error reading:x: m:cue ";
  return found.starts_with(place) ? found.substr(place.size()) : found;
}

std::string goal(const std::string& more) {
  return check("sdg:8.7 a m:Target ; " + more + " .");
}

TEST(ReadingCheck, FindsNothingInASoundRule) {
  EXPECT_EQ(
      check(of_slavery("m:cue \"[quilters] [in|at] bondage; weight 2; near [quilters] | sold; "
                       "unless art\"@en , \"=quilt trafficking\"@en ; m:weight 2.5 ;\n"
                       "m:word_class \"quilters: quilter | patchworker\"@en ;\n"
                       "m:near \"people\"@en , \"[quilters]\"@en ; m:within 5")),
      "");
  EXPECT_EQ(check(rule("m:field \"title 1.5\" , \"document 1\" ; m:small_word \"upon\"@en ;\n"
                       "m:bias -1.0 ; m:keyword_weight 1.2 ; m:threshold 0.5 ;\n"
                       "m:false_friend \"quilt trafficking\"@en ; m:exclusion \"nothing of\"@en")),
            "");
}

// --- Cues
// -----------------------------------------------------------------------------------------

TEST(ReadingCheck, WantsCuesThatCanBeUnderstood) {
  const std::string form =
      "there is no phrase; a cue is PHRASE ; weight NUMBER ; near WORD | WORD ; unless WORD | "
      "WORD\n";
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"; weight 2", form},
      {"=", form},
      {"[quilt|]", form},
      {"quilt ; wieght 2", "`wieght` is neither weight, near nor unless\n"},
      {"quilt ; near", "`near` has no value\n"},
      {"quilt ;", "there is nothing behind a `;`\n"},
      {"quilt ; weight much", "the weight is no number: `much`\n"},
      {"quilt ; weight nan", "the weight is no number: `nan`\n"},
      {"quilt ; weight -1", "the weight is below 0\n"},
      {"a [quilt", "the bracket of `[quilt` is not closed\n"},
      {"quilt ; near [a|b", "the bracket of `[a|b` is not closed\n"},
      {"quilt] bondage",
       "a bracket is closed that was not opened, or lies inside another; write [A|B] or [NAME]\n"},
      {"[a|[b] c]",
       "a bracket is closed that was not opened, or lies inside another; write [A|B] or [NAME]\n"},
      {"[childern] for sale",
       "no class of words in `en` is called `[childern]`; did you mean children?\n"},
      {"quilt ; unless [nobodys]", "no class of words in `en` is called `[nobodys]`\n"},
      {"- ! -", "there is no word in `- ! -`\n"},
      {"of the", "`of the` has small words only (m:small_word), and is never found\n"},
      {"quilt ; near a | | b", "near: a word is missing beside a `|`\n"},
      {"quilt ; unless two words",
       "unless: `two words` is not one word, and is never found; name the word that tells most\n"},
  };
  for (const auto& [text, message] : wrong) EXPECT_EQ(cue(text), "'" + text + "': " + message);
}

TEST(ReadingCheck, NamesTheLineOfEachCue) {
  EXPECT_EQ(
      check(of_slavery("m:cue \"quilt\"@en ,\n \"[patch\"@en ,\n \"quilts\"@en ,\n \";\"@en")),
      "v:11 error reading:x: m:cue '[patch': the bracket of `[patch` is not closed\n"
      "v:13 error reading:x: m:cue ';': there is no phrase; a cue is PHRASE ; weight NUMBER "
      "; near WORD | WORD ; unless WORD | WORD\n");
}

TEST(ReadingCheck, WantsTooManyAlternativesInSeveralTexts) {
  std::string many;
  for (int i = 0; i < 11; ++i) many += "[a|b]";
  EXPECT_EQ(cue("quilt " + many), "'quilt " + many +
                                      "': with `[a|b]` it stands for more than 2000 phrases; write "
                                      "several texts\n");
}

TEST(ReadingCheck, WantsCuesThatSayTheirLanguage) {
  EXPECT_EQ(
      check(of_slavery("m:cue \"quilt\"")),
      "v:10 error reading:x: m:cue \"quilt\" does not say its language, such as \"...\"@en\n");
  EXPECT_EQ(check(of_slavery("m:cue 3")),
            "v:10 error reading:x: m:cue wants a text in quotes, with its language: \"...\"@en\n");
  EXPECT_EQ(check(of_slavery("m:cue \"\"@en")),
            "v:10 error reading:x: m:cue wants a text in quotes, with its language: \"...\"@en\n");
  EXPECT_EQ(check(of_slavery("m:cue \"quilt\"@english")),
            "v:10 error reading:x: m:cue: `english` is no tag of a language; write one such as en, "
            "fr or es\n");
}

TEST(ReadingCheck, WarnsOnceOfALanguageWithoutEndings) {
  EXPECT_EQ(check(of_slavery("m:cue \"quilt\"@xq , \"quilts\"@xq")),
            "v:10 warning reading:x: m:cue: of the language `xq` no endings are known, so that "
            "words are found only as they are written; is it the one that is meant?\n");
}

TEST(ReadingCheck, KnowsHowManyLanguagesCuesAreReadIn) {
  std::string cues = "m:cue \"quilt\"@en";
  for (const char* language : {"de", "it", "nl", "sv", "fi"}) {
    cues += " ,\n\"quilt\"@" + std::string(language);
  }
  EXPECT_EQ(check(of_slavery(cues)),
            "v:14 error reading:x: m:cue: cues are read in 8 languages, and `sv` is one more, "
            "never found\n"
            "v:15 error reading:x: m:cue: cues are read in 8 languages, and `fi` is one more, "
            "never found\n");
}

TEST(ReadingCheck, ReadsCuesAndKeywordsOfConceptsInTheSameWay) {
  EXPECT_EQ(goal("m:cues \"[quilt\"@en"),
            "v:9 error sdg:8.7: m:cues '[quilt': the bracket of `[quilt` is not closed\n");
  EXPECT_EQ(goal("skos:altLabel \"quilt; far away\"@en"),
            "v:9 error sdg:8.7: skos:altLabel 'quilt; far away': `far` is neither weight, near nor "
            "unless\n");
}

TEST(ReadingCheck, WantsCuesWhereTheyAreRead) {
  EXPECT_EQ(goal("m:cue \"quilt\"@en"),
            "v:9 error sdg:8.7: m:cue belongs to reading rules; a concept has m:cues\n");
  EXPECT_EQ(check(rule("m:cues \"quilt\"@en")),
            "v:10 error reading:x: m:cues belongs to concepts; a reading rule has m:cue\n");
  EXPECT_EQ(
      check("place:X1 a m:Place ; m:name \"q\"@en , \"q\"@fr , \"q\"@es ;\n"
            "m:cues \"quilt\"@en ."),
      "v:10 warning place:X1: m:cues: no text is read for a Place, but for Determinant, Form, "
      "Goal, Group, InterventionType, ResponsePoint, ReviewReason, Target\n");
}

TEST(ReadingCheck, WantsFalseFriendsAndExclusionsWrittenAsCues) {
  EXPECT_EQ(check(rule("m:false_friend \"[quilt\"@en")),
            "v:10 error reading:x: m:false_friend '[quilt': the bracket of `[quilt` is not "
            "closed\n");
  EXPECT_EQ(check(rule("m:exclusion \"; near a\"@en")),
            "v:10 error reading:x: m:exclusion '; near a': there is no phrase; a cue is PHRASE ; "
            "weight NUMBER ; near WORD | WORD ; unless WORD | WORD\n");
  EXPECT_EQ(check(rule("m:exclusion \"without a; weight 2\"@en")),
            "v:10 warning reading:x: m:exclusion 'without a; weight 2': the weight means nothing "
            "here\n");
}

// --- Words
// ----------------------------------------------------------------------------------------

TEST(ReadingCheck, WantsConditionsOfSingleWordsInALanguageOfTheCues) {
  const auto near = [](const std::string& text) {
    return check(of_slavery("m:cue \"quilt\"@en ;\nm:near " + text));
  };
  EXPECT_EQ(near("\"[nobody]\"@en"),
            "v:11 error reading:x: m:near: no class of words in `en` is called `[nobody]`\n");
  EXPECT_EQ(near("\"a | b\"@en"),
            "v:11 error reading:x: m:near: `a | b` is a list; write each word as a text of its "
            "own\n");
  EXPECT_EQ(near("\"two words\"@en"),
            "v:11 error reading:x: m:near: `two words` is not one word, and is never found; name "
            "the word that tells most\n");
  EXPECT_EQ(near("\"gens\"@fr"),
            "v:11 warning reading:x: m:near: the rule has no m:cue in `fr`, so that the word says "
            "nothing\n");
  EXPECT_EQ(near("\"people\""),
            "v:11 error reading:x: m:near \"people\" does not say its language, such as "
            "\"...\"@en\n");
}

TEST(ReadingCheck, WantsSmallWordsThatAreWords) {
  EXPECT_EQ(check(rule("m:small_word \"in the\"@en")),
            "v:10 error reading:x: m:small_word wants one word, not \"in the\"\n");
}

TEST(ReadingCheck, WantsClassesOfWordsWithNamesAndWords) {
  const auto word_class = [](const std::string& text) {
    return check(of_slavery("m:word_class \"" + text + "\"@en ;\nm:cue \"[x] [y]\"@en") +
                 of_slavery("m:word_class \"x: one\"@en , \"y: two\"@en", "reading:z"));
  };
  EXPECT_TRUE(word_class("quilt | patch")
                  .starts_with("v:10 error reading:x: m:word_class 'quilt | patch': a class of "
                               "words is NAME: WORD | "
                               "WORD\n"));
  EXPECT_TRUE(word_class(": quilt").starts_with(
      "v:10 error reading:x: m:word_class ': quilt': a class of words is NAME: WORD | WORD\n"));
  EXPECT_TRUE(
      word_class("w:").starts_with("v:10 error reading:x: m:word_class `w`: a word is missing "
                                   "beside a `|` or behind the `:`\n"));
  EXPECT_TRUE(word_class("w: [a|b]")
                  .starts_with("v:10 error reading:x: m:word_class `w`: no [, ] or | stands in a "
                               "name, and no [ or ] in a "
                               "word\n"));
}

TEST(ReadingCheck, WarnsOfClassesThatAreWrittenTwiceOrNeverUsed) {
  EXPECT_EQ(check(of_slavery("m:word_class \"quilters: a\"@en ,\n \"quilters: b\"@en ;\n"
                             "m:cue \"[quilters] sold\"@en")),
            "v:11 warning reading:x: m:word_class `quilters` is written in v:10 too; it stands for "
            "the words of both\n");
  EXPECT_TRUE(check(rule("m:word_class \"children: kiddies\"@en"))
                  .starts_with("v:10 warning reading:x: m:word_class `children` is written in "
                               "vocabularies/reading-slavery.ttl:"));
  EXPECT_EQ(check(rule("m:word_class \"quilters: a\"@en")),
            "v:10 warning reading:x: m:word_class `quilters` is used by no cue; one would say "
            "[quilters]\n");
}

TEST(ReadingCheck, KnowsTheClassesOfAllFiles) {
  EXPECT_EQ(cue("[children] for quilts"), "");
  EXPECT_EQ(check(of_slavery("m:cue \"[quilters] sold\"@en") +
                  rule("m:word_class \"quilters: quilter\"@en", "reading:y")),
            "");
}

// --- Rules
// ----------------------------------------------------------------------------------------

TEST(ReadingCheck, WantsNumbersInTheirBounds) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"m:threshold 1.5", "m:threshold wants a number from 0 to 1, not \"1.5\""},
      {"m:threshold \"0.5\"", "m:threshold wants a number from 0 to 1 without quotes, not \"0.5\""},
      {"m:bias \"low\"", "m:bias wants a number such as -1.5 without quotes, not \"low\""},
      {"m:keyword_weight -1", "m:keyword_weight wants a number such as 1.2, not \"-1\""},
      {"m:bias 1 , 2", "m:bias is given twice"},
      {"m:field \"title\"", "m:field 'title' is not of the form PROPERTY NUMBER"},
      {"m:field \"title much\"", "m:field 'title much' is not of the form PROPERTY NUMBER"},
      {"m:field \"title -1\"", "m:field 'title -1': the number is below 0"},
      {"m:field \"title 1\" , \"title 2\"", "m:field 'title 2': title is there twice"},
  };
  for (const auto& [text, message] : wrong) {
    EXPECT_EQ(check(rule(text)), "v:10 error reading:x: " + message + "\n");
  }
  const std::vector<std::pair<std::string, std::string>> wrong_beside_cues{
      {"m:within 51", "m:within wants a whole number from 1 to 50, not \"51\""},
      {"m:within 2.5", "m:within wants a whole number from 1 to 50, not \"2.5\""},
      {"m:weight -1", "m:weight wants a number such as 0.5, not \"-1\""},
      {"m:weight 1 , 2", "m:weight is given twice"},
  };
  for (const auto& [text, message] : wrong_beside_cues) {
    EXPECT_EQ(check(of_slavery(text + " ; m:cue \"quilt\"@en")),
              "v:10 error reading:x: " + message + "\n");
  }
}

TEST(ReadingCheck, SuggestsTheFieldThatIsMeant) {
  EXPECT_EQ(check(rule("m:field \"titel 1.5\"")),
            "v:10 warning reading:x: m:field 'titel 1.5': no initiative that we know of has a text "
            "`titel`; did you mean title?\n");
}

TEST(ReadingCheck, WantsCuesAndWhatTheySpeakOf) {
  EXPECT_EQ(check(rule("m:cue \"quilt\"@en")),
            "v:10 error reading:x: m:cue speaks of nothing; write m:SPEAKS_OF ID\n");
  EXPECT_EQ(check(of_slavery("m:weight 2.0")),
            "v:10 warning reading:x: m:weight says nothing without an m:cue\n"
            "v:11 warning reading:x: m:SPEAKS_OF says nothing without an m:cue\n");
  EXPECT_EQ(check(rule("m:cue \"quilt\"@en ;\nm:SPEAKS_OF place:m49:001")),
            "v:11 error reading:x: m:SPEAKS_OF leads from a ReadingRule to place:m49:001, a Place; "
            "it goes from ReadingRule to Goal, Target, Determinant, InterventionType, Group, Form, "
            "ResponsePoint\n");
  EXPECT_EQ(check(of_slavery("m:cue \"quilt\"@en") + "reading:x m:note \"goes on\" ."), "");
}

// --- Scales
// ---------------------------------------------------------------------------------------

TEST(ReadingCheck, WantsScalesThatAreThere) {
  EXPECT_EQ(check(of_slavery("m:cue \"quilt\"@en ;\nm:scale \"subjct\"")),
            "v:11 error reading:x: m:scale: there is no scale `subjct` of Target; did you mean "
            "subject?\n");
  EXPECT_EQ(check(rule("m:cue \"quilt\"@en ; m:scale \"subject\" ;\n"
                       "m:SPEAKS_OF sdg:8.7 , <urn:mangrove:id:form:begging>")),
            "v:10 error reading:x: m:scale: there is no scale `subject` of Form\n");
  EXPECT_EQ(check(of_slavery("m:cue \"quilt\"@en ; m:scale \"subject\"")), "");
}

TEST(ReadingCheck, WantsScalesThatAreWhole) {
  const auto scale = [](const std::string& more) {
    return check(rule("m:of_kind \"Form\" ; m:scale \"new\" ;\n" + more));
  };
  EXPECT_EQ(scale("m:room 6 ; m:threshold 0.2 ; m:bias -2"), "");
  EXPECT_EQ(check(rule("m:of_kind \"Form\"")),
            "v:10 error reading:x: m:of_kind wants m:scale, the scale's name\n");
  EXPECT_EQ(check(rule("m:of_kind \"Taget\" ; m:scale \"new\"")),
            "v:10 error reading:x: m:of_kind: no text is read for `Taget`, but for Determinant, "
            "Form, Goal, Group, InterventionType, ResponsePoint, ReviewReason, Target; did you "
            "mean Target?\n");
  EXPECT_EQ(scale("m:room 0"), "v:11 error reading:x: m:room wants a number above 0, not \"0\"\n");
  EXPECT_EQ(scale("m:field \"title 1\""),
            "v:11 error reading:x: m:field is not read in a scale, which m:of_kind makes this; "
            "state it in a rule of its own\n");
  EXPECT_EQ(check(rule("m:room 6")),
            "v:10 error reading:x: m:room belongs to a scale, which says m:of_kind\n");
}

TEST(ReadingCheck, WantsALiftAlongARelationOfTheKind) {
  const auto lift = [](const std::string& text) {
    return check(rule("m:of_kind \"Target\" ; m:scale \"new\" ;\nm:lift \"" + text + "\""));
  };
  EXPECT_EQ(lift("PART_OF 0.5"), "");
  EXPECT_EQ(lift("PART_OF"),
            "v:11 error reading:x: m:lift 'PART_OF' is not of the form RELATION NUMBER\n");
  EXPECT_EQ(lift("PART_FO 0.5"),
            "v:11 error reading:x: m:lift 'PART_FO 0.5': there is no relation PART_FO; did you "
            "mean PART_OF?\n");
  EXPECT_EQ(lift("WITHIN 0.5"),
            "v:11 error reading:x: m:lift 'WITHIN 0.5': WITHIN does not lead from a Target to "
            "anything that texts are read for\n");
  EXPECT_EQ(lift("PART_OF 2"),
            "v:11 error reading:x: m:lift 'PART_OF 2': the number is a part, from 0 to 1\n");
}

}  // namespace
}  // namespace mangrove::ontology
