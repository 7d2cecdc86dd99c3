#include "ingest/readers/turtle.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>

#include "ingest/formats.h"
#include "ontology/ontology.h"
#include "tests/support/damage.h"
#include "tests/support/show_steps.h"
#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

const ontology::Schema& schema() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value().schema();
}

std::string content(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string read(const std::string& text) {
  return tests::show_steps(*make_turtle_reader(tests::stream_of(text), "t.ttl", schema()));
}

constexpr const char* kHead =
    "@prefix m: <urn:mangrove:ns:> . @prefix det: <urn:mangrove:id:det:> . "
    "@prefix sdg: <urn:mangrove:id:sdg:> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix un: <http://metadata.un.org/sdg/> . "
    "@prefix sdgo: <http://metadata.un.org/sdg/ontology#> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

TEST(TurtleReader, ReadsOurVocabularies) {
  const std::string text = content(MANGROVE_SOURCE "/tests/data/turtle/determinants.ttl");
  EXPECT_EQ(read(text),
            "src:test-determinants Source source=src:test-determinants line=9\n"
            "  publisher \"Mangrove\"\n"
            "  licence \"Apache-2.0\"\n"
            "  label \"Determinants\"@en\n"
            "det:ind-debt Determinant source=src:test-determinants line=14\n"
            "  label \"Debt\"@en\n"
            "  label \"Dette\"@fr\n"
            "  keywords \"debt bondage\"@en\n"
            "  keywords \"recruitment fees\"@en\n"
            "  level \"individual\"\n"
            "  since 2021-05-01\n"
            "  order 3\n"
            "  gsi true\n"
            "  det:ind-debt -PART_OF-> topic:poverty\n"
            "  det:ind-debt -BEARS_ON-> sdg:8.10 weight=0.5 status=\"proposed\"\n"
            "sdg:1.1 Target source=src:test-determinants line=24\n"
            "  sdg:1.1 -INFLUENCES[2 src:test-determinants]-> sdg:8.7 score=2 "
            "reason=\"Poverty.\"@en\n"
            "  sdg:1.1 -INFLUENCES[2 src:test-determinants 2]-> sdg:8.7 score=2 "
            "reason=\"Another.\"@en\n"
            "  sdg:1.1 -INFLUENCES[-1 src:test-determinants]-> sdg:8.7 score=-1\n");
}

TEST(TurtleReader, AnEdgeWithABasisIsReportedUnlessItSaysOtherwise) {
  const std::string head =
      "@prefix m: <urn:mangrove:ns:> .\n<urn:mangrove:id:init:a> a m:Initiative ; ";
  EXPECT_EQ(read(head + "m:CONTRIBUTES_TO <urn:mangrove:id:sdg:8.7> ; m:edge [ m:relation "
                        "m:ADDRESSES ; m:to <urn:mangrove:id:det:ind-debt> ; m:basis \"text\" ] , "
                        "[ m:relation m:WORKS_IN ; m:to <urn:mangrove:id:place:GH> ; "
                        "m:qualifier \"seat\" ] ."),
            "init:a Initiative line=2\n"
            "  init:a -CONTRIBUTES_TO[reported]-> sdg:8.7 basis=\"reported\" confidence=1\n"
            "  init:a -ADDRESSES[text]-> det:ind-debt basis=\"text\"\n"
            "  init:a -WORKS_IN[seat]-> place:GH\n");
}

TEST(TurtleReader, GroupsWhatAFileSaysOfOneSubjectInManyPlaces) {
  EXPECT_EQ(read(std::string(kHead) + "un:8 a sdgo:Goal .\n"
                                      "un:8.7 a sdgo:Target .\n"
                                      "un:8 skos:prefLabel \" Work \"@en .\n"
                                      "un:8.7 skos:broader un:8 .\n"
                                      "un:8 skos:notation \"8\"^^sdgo:SDGCodeCompact .\n"),
            "sdg:8 Goal line=3\n"
            "  code \"8\"\n"
            "  official \"Work\"@en\n"
            "sdg:8.7 Target line=4\n"
            "  sdg:8.7 -PART_OF-> sdg:8\n");
}

TEST(TurtleReader, AForeignCodeNamesTheNodeAndTheOthersStayBesideIt) {
  EXPECT_EQ(read(std::string(kHead) +
                 "un:C1 a sdgo:Indicator ; skos:notation \"16.b.1\"^^sdgo:SDGCodeCompact , "
                 "\"10.3.1\"^^sdgo:SDGCodeCompact , \"C1\"^^sdgo:SDGCodePerm ;\n"
                 " sdgo:custodianAgency \"OHCHR\" , \"ILO\" ; sdgo:tier sdgo:tier_II .\n"),
            "sdg:10.3.1 Indicator line=3\n"
            "  code \"10.3.1\"\n"
            "  also_coded \"16.b.1\"\n"
            "  custodian \"OHCHR\"\n"
            "  custodian \"ILO\"\n"
            "  tier \"II\"\n"
            "  ! line 3 vocabulary-unknown (value_skipped): the predicate "
            "<http://www.w3.org/2004/02/skos/core#notation> of the datatype "
            "<http://metadata.un.org/sdg/ontology#SDGCodePerm>: 1 statements left out, from this "
            "line on\n");
}

TEST(TurtleReader, CountsWhatNoRuleKnowsOncePerReason) {
  EXPECT_EQ(read(std::string(kHead) + "un:x a sdgo:Series ; skos:prefLabel \"s\"@en .\n"
                                      "un:y a sdgo:Series .\n"
                                      "<http://elsewhere/> skos:prefLabel \"e\" .\n"
                                      "det:a a m:Determinant ; skos:note \"n\" .\n"
                                      "[] skos:note \"b\" .\n"),
            "det:a Determinant line=6\n"
            "  ! line 7 vocabulary-unknown (value_skipped): blank nodes that are no m:edge: 1 "
            "statements left out, from this line on\n"
            "  ! line 3 vocabulary-unknown (value_skipped): subjects of the type "
            "<http://metadata.un.org/sdg/ontology#Series>: 3 statements left out, from this line "
            "on\n"
            "  ! line 5 vocabulary-unknown (value_skipped): subjects without a type: 1 statements "
            "left out, from this line on\n"
            "  ! line 6 vocabulary-unknown (value_skipped): the predicate "
            "<http://www.w3.org/2004/02/skos/core#note>: 1 statements left out, from this line "
            "on\n");
}

TEST(TurtleReader, KeepsTheFirstOfTwoWordingsInOneLanguage) {
  EXPECT_EQ(
      read(std::string(kHead) + "det:a a m:Determinant ; skos:prefLabel \"A\"@en , \"B\"@en ."),
      "det:a Determinant line=3\n"
      "  label \"A\"@en\n"
      "  ! line 3 label-twice (value_skipped): det:a: two texts for `label` in the language "
      "en; the first one stays\n");
}

TEST(TurtleReader, SaysWhatIsWrongWithAnEdgeOrAValue) {
  EXPECT_EQ(
      read(std::string(kHead) +
           "det:a a m:Determinant ; m:LOVES det:b ; m:PART_OF <urn:mangrove:id:place:GH> ; "
           "m:BEARS_ON \"x\" ;\n"
           " m:edge [ m:relation m:BEARS_ON ] ; m:order \"many\"^^xsd:integer ."),
      "det:a Determinant line=3\n"
      "  order \"many\"\n"
      "  ! line 3 relation-unknown (value_skipped): det:a: the schema knows no relation "
      "`LOVES`\n"
      "  ! line 3 relation-end (value_skipped): det:a: PART_OF does not go from a Determinant to "
      "place:GH, a Place\n"
      "  ! line 3 relation-end (value_skipped): det:a: `x`, the end of BEARS_ON, has no id "
      "that we know\n"
      "  ! line 4 turtle-edge (value_skipped): det:a: m:edge without m:to\n"
      "  ! line 4 turtle-value (value_kept_as_text): det:a: `many` is not a value of "
      "<http://www.w3.org/2001/XMLSchema#integer>\n");
}

TEST(TurtleReader, ASubjectOfNoKnownKindIsSkipped) {
  EXPECT_EQ(read(std::string(kHead) + "det:a a m:Unicorn .\n<urn:mangrove:id:zebra:1> m:x 1 ."),
            "nothing\n"
            "  ! line 3 kind-unknown (record_skipped): `det:a` is of no kind that the schema knows "
            "(subjects of the type <urn:mangrove:ns:Unicorn>)\n"
            "  ! line 4 kind-unknown (record_skipped): `zebra:1` is of no kind that the schema "
            "knows (subjects without a type)\n");
}

TEST(TurtleReader, ABrokenFileGivesNoRecordsAndNamesTheLine) {
  EXPECT_EQ(read(std::string(kHead) + "det:a a m:Determinant .\ndet:b a a .\n"),
            "error: t.ttl:4: expected prefixed name\n");
}

TEST(TurtleReader, EveryVocabularyOfOursIsReadWithoutAFinding) {
  const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  ASSERT_TRUE(loaded.ok());
  for (const ontology::DataFile& file : loaded.value().vocabularies()) {
    const auto reader = make_turtle_reader(tests::stream_of(std::string(file.bytes), 4096),
                                           std::string(file.name), loaded.value().schema());
    const std::string shown = tests::show_steps(*reader);
    EXPECT_EQ(shown.find("  ! "), std::string::npos)
        << file.name << "\n"
        << shown.substr(std::min(shown.find("  ! "), shown.size()), 500);
    EXPECT_EQ(shown.find("error: "), std::string::npos) << file.name;
  }
}

TEST(TurtleReader, ReadsTheTaxonomyOfTheUnitedNations) {
  const std::filesystem::path path =
      MANGROVE_SHARED_DATA "/sdg/sdg-kos-goals-targets-indicators.ttl";
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << "the shared data do not lie beside the checkout";
  }
  const auto reader =
      make_turtle_reader(tests::stream_of(content(path), 65536), "sdg.ttl", schema());
  std::map<std::string, std::string> records;
  std::map<std::string, int> kinds;
  std::map<std::string, int> relations;
  std::map<std::string, int> wordings;
  while (true) {
    const Result<std::optional<Step>> step = reader->next();
    ASSERT_TRUE(step.ok()) << step.error().message;
    if (!step.value()) {
      break;
    }
    const Draft& draft = step.value()->draft.value();
    ++kinds[draft.record.subject.kind];
    records[draft.record.subject.id] = tests::show(draft);
    for (const graph::Property& property : draft.record.subject.properties) {
      wordings[property.name == "official" ? std::get<graph::Text>(property.value).language : ""]++;
    }
    for (const graph::EdgeStatement& edge : draft.record.edges) {
      ++relations[edge.relation];
    }
  }
  EXPECT_EQ(kinds, (std::map<std::string, int>{{"Goal", 17}, {"Target", 169}, {"Indicator", 232}}));
  EXPECT_EQ(records.size(), 418U);
  EXPECT_EQ(relations["PART_OF"], 169);
  EXPECT_EQ(relations["MEASURES"], 244);  // Twelve indicators serve two or more targets.
  for (const char* language : {"en", "fr", "es"}) {
    EXPECT_GE(wordings[language], 417) << language;
  }
  EXPECT_NE(records["sdg:8.7"].find("eradicate forced labour"), std::string::npos);
  EXPECT_NE(records["sdg:8.7"].find("sdg:8.7 -PART_OF-> sdg:8\n"), std::string::npos);
  EXPECT_NE(records["sdg:8.7.1"].find("sdg:8.7.1 -MEASURES-> sdg:8.7\n"), std::string::npos);
  EXPECT_NE(records["sdg:8"].find("@es"), std::string::npos);
}

constexpr const char* kTriples =
    R"(# A list of ours
<urn:mangrove:id:det:com-tide> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:mangrove:ns:Determinant> .
<urn:mangrove:id:det:com-tide> <http://www.w3.org/2004/02/skos/core#prefLabel> "Mar\u00E9e \U0001F30A \"haute\""@fr .
<urn:mangrove:id:det:com-tide> <urn:mangrove:ns:edge> _:b1 .
_:b1 <urn:mangrove:ns:relation> <urn:mangrove:ns:BEARS_ON> .
_:b1 <urn:mangrove:ns:to> <urn:mangrove:id:sdg:8.7> .
_:b1 <urn:mangrove:ns:weight> "0.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .
)";

TEST(TurtleReader, ReadsTriplesWithEscapesAndBlankNodesAsTheSameInTurtle) {
  const std::string shown =
      "det:com-tide Determinant line=2\n"
      "  label \"Marée 🌊 \"haute\"\"@fr\n"
      "  det:com-tide -BEARS_ON-> sdg:8.7 weight=0.5\n";
  EXPECT_EQ(read(kTriples), shown);
  EXPECT_EQ(read(R"(@prefix m: <urn:mangrove:ns:> .
<urn:mangrove:id:det:com-tide> a m:Determinant ; <http://www.w3.org/2004/02/skos/core#prefLabel>
  """Marée \U0001F30A "haute\""""@fr ; m:edge [ m:relation m:BEARS_ON ;
  m:to <urn:mangrove:id:sdg:8.7> ; m:weight 0.5 ] .
)"),
            shown);
}

TEST(TurtleReader, ReadsALongStringWithItsLines) {
  const std::string shown =
      read(std::string(kHead) +
           "det:x a m:Determinant ; skos:definition '''One \"line\",\nand ''another''.'''@en .\n");
  EXPECT_NE(shown.find("definition \"One \"line\",\nand ''another''.\"@en"), std::string::npos)
      << shown;
}

TEST(TurtleReader, IsChosenByContentForTriplesOfAnyName) {
  const ontology::Ontology ontology = ontology::Ontology::load().value();
  const auto format_of = [&ontology](const std::string& text) {
    const Input input{"export", "export", 0};
    const auto opened = open_reader(tests::stream_of(text), input, "auto", {}, ontology);
    return opened.ok() ? opened.value().format : opened.error().message;
  };
  EXPECT_EQ(format_of(kTriples), "turtle");
  EXPECT_EQ(format_of("\xEF\xBB\xBF\r\n<urn:a:b>\t<urn:c:d> \"x\" .\r\n"), "turtle");
  EXPECT_EQ(format_of("_:b <urn:c:d> _:e .\n"), "turtle");
  EXPECT_EQ(format_of("<urn:a:b> a <urn:c:d> .\n"), "turtle");
  for (const char* other : {"<a href=\"http://x\"> <b>", "<p:q> text", "_: <urn:c:d>", "# notes"}) {
    EXPECT_NE(format_of(other), "turtle") << other;
  }
}

TEST(TurtleReader, SurvivesDamagedFiles) {
  const std::string good = content(MANGROVE_SOURCE "/tests/data/turtle/determinants.ttl");
  std::mt19937 random(8707);
  for (int round = 0; round < 200; ++round) {
    const std::string text = tests::damaged(good, round, random);
    const std::string shown = read(text);
    const std::size_t error = shown.find("error: ");
    EXPECT_TRUE(error == std::string::npos || shown.compare(error, 13, "error: t.ttl:") == 0)
        << shown;
  }
}

}  // namespace
}  // namespace mangrove::ingest
