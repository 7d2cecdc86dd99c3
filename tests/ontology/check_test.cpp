#include "ontology/check.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/checked_vocabulary.h"

namespace mangrove::ontology {
namespace {

using tests::built_in;
using tests::check;
using tests::check_whole;
using tests::kHead;
using tests::shown;

/// A determinant that lacks nothing, with more said of it.
std::string det(const std::string& more, const std::string& id = "det:x") {
  const std::string name = "\"New " + id + "\"";
  return id + " a m:Determinant ; skos:prefLabel " + name + "@en , " + name + "@fr , " + name +
         "@es ;\nskos:definition \"D\"@en ; " + more + " .\n";
}

std::string edge(const std::string& inside, const std::string& id = "det:x") {
  return det("m:edge [ m:relation m:BEARS_ON ; m:to sdg:8.7 ; " + inside + " ]", id);
}

TEST(VocabularyCheck, FindsNothingInASoundVocabulary) {
  EXPECT_EQ(check(det("m:level \"household\" ; m:status \"proposed\" ; m:PART_OF topic:work ; "
                      "m:BEARS_ON sdg:8.7") +
                  edge("m:weight 0.5 ; m:status \"confirmed\" ; m:qualifier \"q\"", "det:y")),
            "");
}

TEST(VocabularyCheck, FindsInWhatShipsOnlyThatSomeNodesLackADefinitionOrShareAName) {
  std::vector<std::pair<std::string, std::string>> texts;
  const std::filesystem::path folder = MANGROVE_SOURCE "/ontology";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".ttl") continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    texts.emplace_back(entry.path().lexically_relative(folder).string(),
                       std::string{std::istreambuf_iterator<char>(stream), {}});
  }
  EXPECT_GE(texts.size(), 21U);
  const auto expect_clean = [](const std::vector<DataFile>& files) {
    for (const Mistake& mistake : check_vocabularies(files, built_in())) {
      EXPECT_TRUE(mistake.severity == Mistake::Severity::warning &&
                  (mistake.text.ends_with(" has no skos:definition") ||
                   mistake.text.find(" has the same name as ") != std::string::npos))
          << shown({mistake});
    }
  };
  std::vector<DataFile> together;
  for (const auto& [name, text] : texts) {
    together.push_back({name, text});
    expect_clean({{name, text}});
  }
  expect_clean(together);
}

TEST(VocabularyCheck, FindsWhatIdentityFilesSayWrong) {
  const DataFile file{"identity/names.ttl",
                      "@prefix m: <urn:mangrove:ns:> .\n"
                      "\n"
                      "[] a m:NameWords ; m:use \"nickname\" ; m:word \"old\" .\n"};
  const std::vector<Mistake> mistakes = check_vocabularies(std::span(&file, 1), built_in());
  ASSERT_EQ(mistakes.size(), 1U);
  EXPECT_EQ(mistakes[0].file, "identity/names.ttl");
  EXPECT_EQ(mistakes[0].line, 3U);
  EXPECT_EQ(mistakes[0].severity, Mistake::Severity::error);
}

// --- What a file is
// -------------------------------------------------------------------------------

TEST(VocabularyCheck, PassesOverASyntaxErrorAndGoesOn) {
  EXPECT_EQ(check("foo:bar a m:Form .\n" + det("m:level \"odd\"") + "det:y a m:Determinant ;\n" +
                  "  skos:prefLabel \"open .\n" + det("m:status \"odd\"", "det:z")),
            "v:9 error the prefix of `foo:bar` is not declared\n"
            "v:11 error det:x: m:level is one of individual, household, community, structural, not "
            "\"odd\"\n"
            "v:13 error line end in short string\n"
            "v:15 error det:z: m:status is one of confirmed, proposed, unverified, not \"odd\"\n");
}

TEST(VocabularyCheck, DoesNotTakeWhatASyntaxErrorCostForMissing) {
  EXPECT_EQ(check(det("m:PART_OF topic:new") + "topic:new a m:TopicArea ; foo:x 1 .\n"),
            "v:11 error the prefix of `foo:x` is not declared\n");
}

TEST(VocabularyCheck, EndsWithManySyntaxErrorsAndWithBytesThatAreNoText) {
  std::string many;
  for (int i = 0; i < 200; ++i) many += "foo:bar a m:Form .\n";
  EXPECT_EQ(check_vocabularies(std::vector<DataFile>{{"v", many}}, built_in()).size(), 50U);
  EXPECT_NE(check_whole(std::string("\0\xFF\x80", 3)), "");
  EXPECT_EQ(check_whole(""),
            "v:1 error the file states no m:Source, so that nobody knows whose "
            "statements these are; write: src:NAME a m:Source\n");
}

TEST(VocabularyCheck, WantsOneSource) {
  EXPECT_EQ(check("src:u a m:Source ; skos:prefLabel \"U\"@en , \"U\"@fr , \"U\"@es ."),
            "v:9 error src:u is a second m:Source; everything in a file belongs to one, which is "
            "src:t here\n");
}

TEST(VocabularyCheck, ReadsASchemaByTheRulesOfSchemas) {
  EXPECT_EQ(check("m:Boat a m:Kind ; m:prefix \"boat:\" ; m:nameProperty \"label\" ;\n"
                  " m:colour \"red\" ."),
            "v:10 error m:Kind knows no m:colour\n");
  const std::string schema = std::string(kHead) +
                             "m:Boat a m:Kind ; m:prefix \"boat:\" ; m:nameProperty \"label\" ;\n"
                             "m:nodeProperty \"masts\" ; skos:prefLabel \"B\"@en ; "
                             "skos:definition \"B\"@en .";
  const std::string boats = std::string(kHead) +
                            "<urn:mangrove:id:boat:1> a m:Boat ; m:masts 2 ; skos:prefLabel "
                            "\"1\"@en , \"1\"@fr , \"1\"@es .";
  const std::vector<DataFile> files{{"schema", schema}, {"boats", boats}};
  EXPECT_EQ(shown(check_vocabularies(files, built_in())), "");
}

// --- Nodes
// ----------------------------------------------------------------------------------------

TEST(VocabularyCheck, KnowsTheKindsAndSuggestsOne) {
  EXPECT_EQ(
      check("det:x a m:Determinat ."),
      "v:9 error det:x is of a kind that the schema does not know: m:Determinat; did you mean "
      "m:Determinant?\n");
  EXPECT_EQ(check("det:x a m:Zebra ."),
            "v:9 error det:x is of a kind that the schema does not know: m:Zebra\n");
  EXPECT_EQ(check("sdg:new m:note \"n\" ."), "v:9 error sdg:new has no kind; write: a m:KIND\n");
}

TEST(VocabularyCheck, WantsOneKindForANodeInAllFiles) {
  EXPECT_EQ(check(det("a m:Form")), "v:10 error det:x is a Form here and a Determinant in v:9\n");
  EXPECT_TRUE(check("sdg:8.7 a m:Goal .")
                  .starts_with("v:9 error sdg:8.7 is a Goal here and a Target in "
                               "vocabularies/sdg.ttl:"));
}

TEST(VocabularyCheck, WantsIdsThatBeginAsTheirKindDoes) {
  EXPECT_EQ(check(det("m:status \"proposed\"", "topic:x")),
            "v:9 error topic:x: the id of a Determinant begins with det:\n");
  EXPECT_EQ(check("<http://example.org/x> a m:Form ."),
            "v:9 error <http://example.org/x> is a Form, but its id does not lie under "
            "urn:mangrove:id:\n");
}

TEST(VocabularyCheck, WantsNamesAndDefinitions) {
  EXPECT_EQ(check("det:x a m:Determinant ."),
            "v:9 error det:x has no skos:prefLabel\n"
            "v:9 warning det:x has no skos:definition\n");
  EXPECT_EQ(check("place:X1 a m:Place ; m:name \"A place like no other\"@en ."),
            "v:9 warning place:X1 has no m:name in fr, es\n");
  EXPECT_EQ(check("det:x a m:Determinant ; skos:definition \"D\"@en ; skos:prefLabel 3 ."),
            "v:9 warning det:x: skos:prefLabel does not say its language, such as \"...\"@en\n"
            "v:9 warning det:x has no skos:prefLabel in en, fr, es\n");
  EXPECT_EQ(check("det:ind-debt a m:Determinant ; m:note \"goes on about a known one\" ."), "");
}

TEST(VocabularyCheck, WantsOneWordingALanguage) {
  EXPECT_EQ(check(det("skos:prefLabel \"Other\"@en")),
            "v:10 error det:x: skos:prefLabel is there twice in the language en; the first one "
            "would stay\n");
  EXPECT_EQ(check(det("skos:definition \"Other\"@en")),
            "v:10 error det:x: skos:definition is there twice in the language en; the first one "
            "would stay\n");
}

TEST(VocabularyCheck, WarnsOfNamesakes) {
  EXPECT_EQ(check(det("m:note \"n\"") + "det:y a m:Determinant ; skos:definition \"D\"@en ;\n" +
                  " skos:prefLabel \"new DET:X\"@en , \"y\"@fr , \"y\"@es ."),
            "v:12 warning det:y has the same name as det:x: \"new DET:X\"@en\n");
}

TEST(VocabularyCheck, KnowsThePropertiesAndSuggestsOne) {
  EXPECT_EQ(check(det("m:keyword \"k\"")),
            "v:10 error det:x: nothing has a property m:keyword; did you mean m:keywords?\n");
  EXPECT_EQ(check(det("skos:altLable \"k\"@en")),
            "v:10 warning det:x: skos:altLable means nothing to us on a Determinant and is left "
            "out; did you mean skos:altLabel?\n");
}

TEST(VocabularyCheck, WantsValuesOfTheirType) {
  EXPECT_EQ(check(det("m:level \"personal\"")),
            "v:10 error det:x: m:level is one of individual, household, community, structural, not "
            "\"personal\"\n");
  EXPECT_EQ(check(det("m:status \"sure\"")),
            "v:10 error det:x: m:status is one of confirmed, proposed, unverified, not \"sure\"\n");
  EXPECT_EQ(check(det("m:order \"3\"")),
            "v:10 error det:x: m:order wants a whole number without quotes, not \"3\"\n");
  EXPECT_EQ(check(det("m:retrieved \"soon\"^^xsd:date")),
            "v:10 error det:x: m:retrieved: \"soon\" is no xsd:date\n");
  EXPECT_EQ(check(det("m:note [ m:note \"n\" ]")),
            "v:10 error det:x: m:note wants a value, not [ ... ]\n");
  EXPECT_EQ(
      check("place:X1 a m:Place ; m:level \"district\" ; m:name \"q\"@en, \"q\"@fr, \"q\"@es ."),
      "");
}

// --- Edges
// ----------------------------------------------------------------------------------------

TEST(VocabularyCheck, KnowsTheRelationsAndSuggestsOne) {
  EXPECT_EQ(check(det("m:BEAR_ON sdg:8.7")),
            "v:10 error det:x: the schema knows no relation m:BEAR_ON; did you mean m:BEARS_ON?\n");
  EXPECT_EQ(
      check(det("m:Bears_On sdg:8.7")),
      "v:10 error det:x: the schema knows no relation m:Bears_On; did you mean m:BEARS_ON?\n");
  EXPECT_EQ(check(det("m:edge [ m:relation m:BERS_ON ; m:to sdg:8.7 ]")),
            "v:10 error det:x: the schema knows no relation m:BERS_ON; did you mean m:BEARS_ON?\n");
}

TEST(VocabularyCheck, WantsRelationsBetweenTheirKinds) {
  EXPECT_EQ(check(det("m:BEARS_ON sdg:8")),
            "v:10 error det:x: m:BEARS_ON leads from a Determinant to sdg:8, a Goal; it goes from "
            "Determinant to Target\n");
  EXPECT_EQ(check(det("m:PART_OF sdg:8")),
            "v:10 error det:x: m:PART_OF leads from a Determinant to sdg:8, a Goal; it goes from "
            "Determinant to TopicArea\n");
}

TEST(VocabularyCheck, WantsEndsThatSomebodyStates) {
  EXPECT_EQ(check(det("m:BEARS_ON sdg:8.77")),
            "v:10 error det:x: m:BEARS_ON leads to sdg:8.77, which neither these files nor the "
            "built-in vocabularies state; did you mean sdg:8.7?\n");
  EXPECT_EQ(check(det("m:BEARS_ON <http://example.org/x>")),
            "v:10 error det:x: m:BEARS_ON leads to <http://example.org/x>, which has no id that we "
            "know\n");
  EXPECT_EQ(check(det("m:BEARS_ON \"8.7\"")),
            "v:10 error det:x: m:BEARS_ON wants the id of a node, not \"8.7\"\n");
  const std::string one = std::string(kHead) + det("m:PART_OF topic:other");
  const std::string other =
      "@prefix m: <urn:mangrove:ns:> . @prefix skos: "
      "<http://www.w3.org/2004/02/skos/core#> .\n"
      "<urn:mangrove:id:src:o> a m:Source ; skos:prefLabel \"o\"@en, "
      "\"o\"@fr, \"o\"@es .\n<urn:mangrove:id:topic:other> a m:TopicArea ; "
      "skos:prefLabel \"o\"@en, \"o\"@fr, \"o\"@es ; skos:definition "
      "\"o\"@en .";
  const std::vector<DataFile> files{{"one", one}, {"other", other}};
  EXPECT_EQ(shown(check_vocabularies(files, built_in())), "");
}

TEST(VocabularyCheck, WantsWholeEdges) {
  EXPECT_EQ(check(det("m:edge [ m:relation m:BEARS_ON ]")),
            "v:10 error det:x: m:BEARS_ON wants m:to\n");
  EXPECT_EQ(check(det("m:edge sdg:8.7")),
            "v:10 error det:x: m:edge wants [ m:relation ... ; m:to ... ]\n");
  EXPECT_EQ(check("[] m:relation m:BEARS_ON ; m:to sdg:8.7 ."),
            "v:9 warning [ ... ] that no m:edge uses is left out\n");
}

TEST(VocabularyCheck, WantsPropertiesOfEdgesThatTheRelationHas) {
  EXPECT_EQ(check(edge("m:wieght 0.5")),
            "v:10 error det:x: the edge m:BEARS_ON: it has no property m:wieght; did you mean "
            "m:weight?\n");
  EXPECT_EQ(check(edge("m:weight \"0.5\"")),
            "v:10 error det:x: the edge m:BEARS_ON: m:weight wants a number such as 0.5 without "
            "quotes, not \"0.5\"\n");
  EXPECT_EQ(check(edge("m:weight true")),
            "v:10 error det:x: the edge m:BEARS_ON: m:weight wants a number such as 0.5, not "
            "\"true\"\n");
  EXPECT_EQ(check(edge("m:status \"sure\"")),
            "v:10 error det:x: the edge m:BEARS_ON: m:status is one of confirmed, proposed, "
            "unverified, not \"sure\"\n");
  EXPECT_EQ(check(edge("m:qualifier \"" + std::string(201, 'q') + "\"")),
            "v:10 error det:x: the edge m:BEARS_ON: m:qualifier wants a text of up to 200 bytes\n");
}

TEST(VocabularyCheck, WantsScoresAndConfidenceWithinTheirBounds) {
  const auto of = [](const std::string& edge) {
    return check("sdg:1.1 a m:Target ; m:edge [ m:to sdg:8.7 ; " + edge + " ] .");
  };
  for (const char* score : {"4", "-4", "0.5", "\"2\"", "2.0"}) {
    EXPECT_NE(of("m:relation m:INFLUENCES ; m:score " + std::string(score))
                  .find("m:score wants a whole number from -3 to 3"),
              std::string::npos)
        << score;
  }
  EXPECT_EQ(of("m:relation m:INFLUENCES ; m:score -3"), "");
  const auto confidence = [](const std::string& value) {
    return check(
        "<urn:mangrove:id:init:x> a m:Initiative ; m:title \"q\"@en, \"q\"@fr, \"q\"@es ; "
        "m:edge [ m:to sdg:8.7 ; m:relation m:CONTRIBUTES_TO ; m:confidence " +
        value + " ] .");
  };
  EXPECT_EQ(confidence("1"), "");
  EXPECT_EQ(confidence("1.01"),
            "v:9 error init:x: the edge m:CONTRIBUTES_TO: m:confidence wants a number from 0 to 1, "
            "not \"1.01\"\n");
}

TEST(VocabularyCheck, NamesCycles) {
  const std::string names = "m:name \"%\"@en , \"%\"@fr , \"%\"@es ; m:WITHIN ";
  const auto place = [&](const std::string& id, const std::string& within) {
    std::string text = "place:" + id + " a m:Place ; " + names + "place:" + within + " .\n";
    while (text.find('%') != std::string::npos) text.replace(text.find('%'), 1, id);
    return text;
  };
  EXPECT_EQ(check(place("Q1", "Q2") + place("Q2", "Q3") + place("Q3", "Q1") + place("Q4", "Q1")),
            "v:11 error a cycle along m:WITHIN: place:Q1 > place:Q2 > place:Q3 > place:Q1\n");
  EXPECT_EQ(check("place:m49:001 a m:Place ; m:WITHIN place:m49:002 ."),
            "v:9 error a cycle along m:WITHIN: place:m49:001 > place:m49:002 > place:m49:001\n");
  EXPECT_EQ(
      check(det("skos:broader det:y") + det("skos:broader det:x", "det:y")),
      "v:10 warning det:x: skos:broader means nothing to us on a Determinant and is left out\n"
      "v:12 warning det:y: skos:broader means nothing to us on a Determinant and is left out\n"
      "v:12 error a cycle along skos:broader: det:x > det:y > det:x\n");
  EXPECT_EQ(check("place:m49:001 a m:Place ; m:WITHIN place:m49:001 ."),
            "v:9 error place:m49:001: m:WITHIN leads from a node to itself\n");
}

}  // namespace
}  // namespace mangrove::ontology
