#include "ingest/readers/iati.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "ingest/readers/iati_org.h"
#include "ontology/ontology.h"
#include "tests/support/show_steps.h"
#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

std::unique_ptr<Reader> reader_of(std::string xml, std::size_t piece = 1000) {
  const bool organisations = xml.find("<iati-organisations") != std::string::npos;
  const auto make = organisations ? make_iati_organisation_reader : make_iati_reader;
  return make(std::make_unique<tests::TextStream>(std::move(xml), piece), "x.xml",
              [](const std::string& id) { return built_in().kind_of(id); });
}

std::string content(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string data(const std::string& name) {
  return content(std::filesystem::path(MANGROVE_SOURCE "/tests/data/iati") / name);
}

/// All records with what they mention, as text.
std::string show_all(const std::string& xml) {
  const std::unique_ptr<Reader> reader = reader_of(xml);
  std::string shown;
  while (true) {
    const Result<std::optional<Step>> step = reader->next();
    if (!step.ok()) return shown + "error: " + step.error().message + "\n";
    if (!step.value()) return shown;
    for (const Finding& finding : step.value()->findings) {
      shown += "! " + std::to_string(finding.line) + " " + finding.rule + " (" +
               std::string(name_of(finding.action)) + ") " + finding.detail + "\n";
    }
    if (!step.value()->draft) continue;
    const Draft& draft = *step.value()->draft;
    shown += tests::show(draft);
    shown += "  revision " + draft.record.revision + " origin " + draft.record.origin + "\n";
    for (const graph::NodeStatement& node : draft.record.mentions) {
      shown += "  " + node.id + " " + node.kind;
      for (const graph::Property& property : node.properties) {
        shown += " " + property.name + "=" + graph::to_string(property.value);
      }
      shown += "\n";
    }
  }
}

/// One activity around these elements.
std::string activity(const std::string& inside) {
  return "<iati-activity><iati-identifier>T-1</iati-identifier><reporting-org ref=\"T\"/>"
         "<title>t</title>" +
         inside + "</iati-activity>";
}

/// What of it has this word in its line.
std::string lines_with(const std::string& text, const std::string& word) {
  std::istringstream lines(text);
  std::string found;
  for (std::string line; std::getline(lines, line);) {
    if (line.find(word) != std::string::npos) found += line + "\n";
  }
  return found;
}

class SampleFile : public testing::TestWithParam<std::string> {};

// Set MANGROVE_WRITE_EXPECTED to write the expected texts anew, and read the difference.
TEST_P(SampleFile, BecomesWhatIsWrittenBesideIt) {
  const std::string path = MANGROVE_SOURCE "/tests/data/iati/" + GetParam();
  const std::string shown = show_all(content(path + ".xml"));
  if (std::getenv("MANGROVE_WRITE_EXPECTED") != nullptr) std::ofstream(path + ".expected") << shown;
  EXPECT_EQ(shown, content(path + ".expected"));
}

std::string name_of_sample(const testing::TestParamInfo<std::string>& sample) {
  std::string name = sample.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '-'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Iati, SampleFile,
                         testing::Values("good/version-2", "good/version-1", "good/bare-activity",
                                         "good/organisations-2", "good/organisations-1",
                                         "recover/irregular", "recover/organisations",
                                         "bad/cut-short", "bad/mismatched", "bad/growing-entities"),
                         name_of_sample);

TEST(IatiReader, GivesTheSameWhereverTheStreamIsCut) {
  const std::string xml = data("good/version-2.xml");
  const std::string whole = tests::show_steps(*reader_of(xml, xml.size()));
  EXPECT_EQ(tests::show_steps(*reader_of(xml, 1)), whole);
  EXPECT_EQ(tests::show_steps(*reader_of(xml, 61)), whole);
}

TEST(IatiReader, NeverKeepsContactDetails) {
  const std::string shown = show_all(data("good/version-2.xml"));
  EXPECT_EQ(lines_with(shown, "Nobody"), "");
  EXPECT_EQ(lines_with(shown, "nobody@"), "");
}

TEST(IatiReader, TheSameRoleTwiceIsOneEdge) {
  const std::string shown =
      show_all(activity("<participating-org ref='A-1' role='1'/>"
                        "<participating-org ref=' A-1 ' role='Funding'/>"
                        "<participating-org ref='A-1' role='4'/>"));
  EXPECT_EQ(lines_with(shown, "org:A-1 -"),
            "  org:A-1 -TAKES_PART_IN[funding]-> iati:T-1 role=\"funding\"\n"
            "  org:A-1 -TAKES_PART_IN[implementing]-> iati:T-1 role=\"implementing\"\n");
}

TEST(IatiReader, AnSdgCodeStatedInSeveralPlacesIsOneEdgeThatNamesThemAll) {
  const std::string shown = show_all(
      activity("<tag vocabulary='3' code='8.7'/><sector vocabulary='8' code='8.7' percentage='40'/>"
               "<tag vocabulary='3' code='8.7.'/>"));
  EXPECT_EQ(lines_with(shown, "CONTRIBUTES_TO"),
            "  iati:T-1 -CONTRIBUTES_TO[reported]-> sdg:8.7 basis=\"reported\" confidence=1 "
            "stated_in=\"sector\" percentage=40 stated_in=\"tag\"\n");
}

TEST(IatiReader, AnIndicatorMeansItsTargetAndATargetNotItsGoal) {
  const std::string shown = show_all(activity("<sector vocabulary='9' code='16.2.2'/>"));
  EXPECT_EQ(lines_with(shown, "CONTRIBUTES_TO"),
            "  iati:T-1 -CONTRIBUTES_TO[reported]-> sdg:16.2 basis=\"reported\" confidence=1 "
            "stated_in=\"sector\"\n");
}

TEST(IatiReader, AMarkerOfTheDacIsNoGoal) {
  const std::string shown =
      show_all(activity("<policy-marker vocabulary='1' code='8' significance='2'/>"));
  EXPECT_EQ(lines_with(shown, "CONTRIBUTES_TO"), "");
}

TEST(IatiReader, AMarkerIsAnEdgeOnlyWhereTheAimIsPursued) {
  const std::string shown =
      show_all(activity("<policy-marker code='1' significance='2'/>"
                        "<policy-marker vocabulary='1' code='5' significance='0'/>"
                        "<policy-marker vocabulary='1' code='6'/>"
                        "<policy-marker vocabulary='DAC' code='9' significance=' 4 '/>"
                        "<policy-marker vocabulary='99' code='7' significance='2'/>"));
  EXPECT_EQ(lines_with(shown, "MARKED"),
            "  iati:T-1 -MARKED-> marker:dac:1 significance=2\n"
            "  iati:T-1 -MARKED-> marker:dac:9 significance=4\n");
  EXPECT_EQ(lines_with(shown, "code-unknown"), "");
}

TEST(IatiReader, AMarkerStatedTwiceHasItsHighestSignificance) {
  const std::string shown =
      show_all(activity("<policy-marker vocabulary='1' code='1' significance='1'/>"
                        "<policy-marker vocabulary='1' code='1' significance='2'/>"
                        "<policy-marker vocabulary='1' code='1' significance='0'/>"));
  EXPECT_EQ(lines_with(shown, "MARKED"), "  iati:T-1 -MARKED-> marker:dac:1 significance=2\n");
}

TEST(IatiReader, AMarkerThatTheListDoesNotKnowStaysText) {
  const std::string shown =
      show_all(activity("<policy-marker vocabulary='1' code='13' significance='1'/>"
                        "<policy-marker vocabulary='1' code='1' significance='NOT SCREENED'/>"
                        "<policy-marker vocabulary='1' code='2' significance='5'/>"));
  EXPECT_EQ(lines_with(shown, "MARKED"), "");
  EXPECT_NE(lines_with(shown, "markers code=13 significance=1"), "");
  EXPECT_NE(lines_with(shown,
                       "code-unknown (value kept as text) iati:T-1: policy-marker '1' of "
                       "significance 'NOT SCREENED'"),
            "");
  EXPECT_NE(lines_with(shown, "policy-marker '13' of significance '1'"), "");
  EXPECT_NE(lines_with(shown, "policy-marker '2' of significance '5'"), "");
}

TEST(IatiReader, NamesWithoutReferenceMeetWhateverTheirCaseAndAccents) {
  const std::string shown =
      show_all(activity("<participating-org role='1'>Fundação  Água</participating-org>"
                        "<participating-org role='4'>FUNDACAO AGUA</participating-org>"));
  EXPECT_EQ(lines_with(shown, "TAKES_PART_IN[funding]"),
            "  org:name:fundacao-agua -TAKES_PART_IN[funding]-> iati:T-1 role=\"funding\"\n");
  EXPECT_EQ(lines_with(shown, "TAKES_PART_IN[implementing]"),
            "  org:name:fundacao-agua -TAKES_PART_IN[implementing]-> iati:T-1 "
            "role=\"implementing\"\n");
}

TEST(IatiReader, ALocationLiesWithinACountryOnlyWhereThereIsOne) {
  const std::string location = "<location><name>Border</name></location>";
  EXPECT_NE(lines_with(show_all(activity("<recipient-country code='GH'/>" + location)),
                       "place:gh-border -WITHIN-> place:GH"),
            "");
  EXPECT_EQ(lines_with(show_all(activity("<recipient-country code='GH'/>"
                                         "<recipient-country code='TG'/>" +
                                         location)),
                       "WITHIN"),
            "");
}

TEST(IatiReader, MoneyIsSummedByPairCurrencyAndYear) {
  const auto transaction = [](const char* year, const char* value) {
    return std::string("<transaction><transaction-type code='3'/><transaction-date iso-date='") +
           year + "-05-01'/><value currency='USD'>" + value +
           "</value><provider-org ref='A'/><receiver-org ref='B'/></transaction>";
  };
  const std::string shown = show_all(
      activity(transaction("2020", "1") + transaction("2020", "2") + transaction("2021", "4")));
  EXPECT_EQ(lines_with(shown, "-FUNDS"),
            "  org:A -FUNDS[2020 USD]-> org:B amount=3 currency=\"USD\" year=2020\n"
            "  org:A -FUNDS[2021 USD]-> org:B amount=4 currency=\"USD\" year=2021\n");
}

TEST(IatiReader, ACurrencyThatIsNoneCostsNeitherTheAmountNorTheRecord) {
  const std::string shown = show_all(
      activity("<transaction><transaction-type code='3'/><transaction-date iso-date='2020-05-01'/>"
               "<value currency='" +
               std::string(300, 'c') + "'>5</value><receiver-org ref='B'/></transaction>"));
  EXPECT_NE(lines_with(shown, "currency-form (value skipped)"), "");
  EXPECT_EQ(lines_with(shown, "spend"), "  spend year=2020 amount=5\n");
  EXPECT_NE(lines_with(shown, "-FUNDS[2020]->"), "");
}

TEST(IatiReader, WhatNoCodeListHasIsSaid) {
  const std::string shown = show_all(
      "<iati-activity humanitarian='maybe'><iati-identifier>T-1</iati-identifier>"
      "<reporting-org ref='T' type='99'/><title><narrative>a <b>b</b></narrative></title>"
      "<activity-date type='2' iso-date='2020-01-01'/><activity-date type='2' "
      "iso-date='2021-01-01'/><tag vocabulary='3'/>"
      "<transaction><transaction-type code='88'/><value>1</value></transaction>"
      "<document-link url='http://e.org/'><category code='Z99'/></document-link></iati-activity>");
  EXPECT_EQ(lines_with(shown, "! "),
            "! 1 code-unknown (value skipped) iati:T-1: reporting-org of type '99'\n"
            "! 1 text-markup (value skipped) iati:T-1: the words inside were left out\n"
            "! 1 date-type (value skipped) iati:T-1: start is 2020-01-01 already, and here "
            "2021-01-01\n"
            "! 1 code-unknown (value skipped) iati:T-1: humanitarian 'maybe'\n"
            "! 1 sdg-code-unknown (value skipped) iati:T-1: tag without a code\n"
            "! 1 code-unknown (value skipped) iati:T-1: transaction of type '88'\n"
            "! 1 currency-missing (noted) iati:T-1: transaction of '1' without a currency\n"
            "! 1 code-unknown (value skipped) iati:T-1: document category 'Z99'\n"
            "! 1 sector-missing (noted) iati:T-1: neither the activity nor a transaction has one\n"
            "! 1 place-missing (noted) iati:T-1: no country, region or location\n"
            "! 1 description-missing (noted) iati:T-1: no description, or an empty one\n");
}

TEST(IatiReader, ARegionIsFoundWithoutItsZerosAndInTheOtherVocabulary) {
  const std::string shown = show_all(activity(
      "<recipient-region vocabulary='2' code='2'/><recipient-region vocabulary='2' code='298'/>"
      "<recipient-region vocabulary='1' code='99999'/>"));
  EXPECT_NE(lines_with(shown, "-WORKS_IN-> place:m49:002"), "");
  EXPECT_NE(lines_with(shown, "-WORKS_IN-> place:dac:298"), "");
  EXPECT_EQ(lines_with(shown, "region-code"),
            "! 1 region-code (value repaired) iati:T-1: '298' is a code of the other "
            "vocabulary's\n"
            "! 1 region-code (noted) iati:T-1: no region has the code '99999'\n");
}

TEST(IatiReader, PlacesWithLongNamesThatBeginAlikeAreTwo) {
  const std::string name(120, 'x');
  const std::string shown =
      show_all(activity("<location><name>" + name + " North</name></location>" +
                        "<location><name>" + name + " South</name></location>"));
  const std::string places = lines_with(shown, "-WORKS_IN->");
  EXPECT_EQ(std::count(places.begin(), places.end(), '\n'), 2);
}

TEST(IatiReader, AnIdentifierTooLongForAnIdCostsTheRecord) {
  const std::string xml = "<iati-activity><iati-identifier>" + std::string(2000, 'x') +
                          "</iati-identifier></iati-activity>";
  EXPECT_EQ(show_all(xml),
            "! 1 identifier-form (record skipped) an iati-identifier of 2000 bytes\n");
}

/// The rules that an activity with these elements breaks, apart from those that the empty one does.
std::string quality_of(const std::string& inside, const std::string& identifier = "T-1") {
  const std::string frame =
      "<description>d</description><activity-date type=\"2\" iso-date=\"2020-01-01\"/>"
      "<sector code=\"15160\"/><recipient-country code=\"GH\"/>";
  std::string xml = activity((inside.starts_with('!') ? "" : frame) + inside.substr(1));
  xml.replace(xml.find("T-1"), 3, identifier);
  std::string broken;
  const auto step = reader_of(xml)->next();
  for (const Finding& finding : step.value()->findings) broken += finding.rule + " ";
  return broken;
}

TEST(IatiQuality, ASoundActivityBreaksNoRule) {
  EXPECT_EQ(quality_of("+"), "");
}

TEST(IatiQuality, WhatIsMissingIsNamed) {
  EXPECT_EQ(quality_of("!"), "date-missing sector-missing place-missing description-missing ");
  EXPECT_EQ(quality_of("!<transaction><transaction-type code=\"3\"/><value currency=\"USD\" "
                       "value-date=\"2020-01-01\">1</value><sector code=\"15160\"/>"
                       "<recipient-country code=\"GH\"/></transaction><description>d</description>"
                       "<activity-date type=\"1\" iso-date=\"2999-01-01\"/>"),
            "")
      << "transactions have sectors and places too, and what is planned may be to come";
  EXPECT_EQ(quality_of("+<participating-org ref=\"A\"/>"), "role-missing ");
  EXPECT_EQ(quality_of("+<participating-org role=\"1\"/>"), "organisation-unnamed ");
}

TEST(IatiQuality, DatesThatCannotBeAreNamed) {
  const std::string rest =
      "!<description>d</description><sector code=\"15160\"/><recipient-country code=\"GH\"/>";
  EXPECT_EQ(quality_of(rest + "<activity-date type=\"2\" iso-date=\"2999-01-01\"/>"),
            "date-in-future ");
  EXPECT_EQ(quality_of(rest + "<activity-date type=\"1\" iso-date=\"2001-01-01\"/>"),
            "date-planned-only ");
  EXPECT_EQ(quality_of(rest + "<activity-date type=\"2\" iso-date=\"2001-01-02\"/>"
                              "<activity-date type=\"4\" iso-date=\"2001-01-01\"/>"),
            "end-before-start ");
}

TEST(IatiQuality, SdgCodesBelongInTags) {
  EXPECT_EQ(quality_of("+<tag vocabulary=\"3\" code=\"8.7\"/><title>for SDG 8</title>"),
            "title-twice ");
  EXPECT_EQ(quality_of("+<sector vocabulary=\"8\" code=\"8.7\"/>"), "sdg-code-in-sector ");
  EXPECT_EQ(quality_of("+<sector vocabulary=\"99\" code=\"8.7\"/>"), "sdg-code-hidden ");
  EXPECT_EQ(quality_of("+<policy-marker vocabulary=\"99\" code=\"SDG8\" significance=\"1\"/>"),
            "sdg-code-form sdg-code-hidden ");
  EXPECT_EQ(quality_of("+<description type=\"2\">It serves SDG 8.7.</description>"),
            "sdg-code-in-text ");
  EXPECT_EQ(quality_of("+<description type=\"2\">The SDGs, all of them; RODD 8.</description>"),
            "");
}

TEST(IatiQuality, AnIdentifierBeginsWithTheReferenceOfWhoReports) {
  EXPECT_EQ(quality_of("+", "t-77"), "");
  EXPECT_EQ(quality_of("+", "XX-77"), "identifier-prefix ");
}

}  // namespace
}  // namespace mangrove::ingest
