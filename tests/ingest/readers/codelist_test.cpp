#include "ingest/readers/codelist.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>

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
  return tests::show_steps(*make_codelist_reader(tests::stream_of(text, 4096), "c.xml", schema()));
}

std::string sector_list() {
  return content(MANGROVE_SOURCE "/tests/data/codelist/sector.xml");
}

TEST(CodelistReader, EveryItemBecomesANodeByTheRuleOfItsList) {
  EXPECT_EQ(
      read(sector_list()),
      "sector:dac:15160 Sector line=8\n"
      "  code \"15160\"\n"
      "  official \"Human rights\"@en\n"
      "  official \"Droits de l'homme\"@fr\n"
      "  official_description \"Measures for human rights.\"@en\n"
      "  category \"151\"\n"
      "  list_state \"active\"\n"
      "  ! line 13 label-twice (value_skipped): sector:dac:15160: two texts for `official` in "
      "the language `fr`; the first one stays\n"
      "sector:dac:15163 Sector line=18\n"
      "  code \"15163\"\n"
      "  official \"Free flow of information\"@en\n"
      "  list_state \"withdrawn\"\n"
      "nothing\n"
      "  ! line 22 codelist-code (record_skipped): an item of the code list `Sector` has no "
      "code\n");
}

TEST(CodelistReader, AListWithoutARuleIsNoted) {
  EXPECT_EQ(read("<codelist name=\"Weather\"><codelist-items><codelist-item><code>1</code>"
                 "</codelist-item></codelist-items></codelist>"),
            "nothing\n"
            "  ! line 1 codelist-unknown (noted): no rule says what the code list `Weather` "
            "becomes\n");
}

TEST(CodelistReader, AListThatIsCutShortNamesTheLine) {
  const std::string text = sector_list();
  const std::string shown = read(text.substr(0, text.find("<code>15163")));
  EXPECT_NE(shown.find("sector:dac:15160 Sector"), std::string::npos);
  EXPECT_NE(shown.find("error: c.xml:19: "), std::string::npos) << shown;
}

TEST(CodelistReader, ReadsTheListsOfIati) {
  const std::filesystem::path folder = MANGROVE_SHARED_DATA "/iati/codelists/non-embedded";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "the shared data do not lie beside the checkout";
  }
  const std::map<std::string, int> wanted{{"Sector", 325},
                                          {"SectorCategory", 44},
                                          {"UNSDG-Goals", 17},
                                          {"UNSDG-Targets", 169},
                                          {"Country", 251},
                                          {"Region", 26},
                                          {"OrganisationIdentifier", 419},
                                          {"IATIOrganisationIdentifier", 45}};
  for (const auto& [name, items] : wanted) {
    const auto reader = make_codelist_reader(
        tests::stream_of(content(folder / (name + ".xml")), 65536), name + ".xml", schema());
    int count = 0;
    while (true) {
      const Result<std::optional<Step>> step = reader->next();
      ASSERT_TRUE(step.ok()) << step.error().message;
      if (!step.value()) {
        break;
      }
      count += step.value()->draft ? 1 : 0;
      for (const Finding& finding : step.value()->findings) {
        EXPECT_EQ(finding.rule, "label-twice") << name << " " << finding.detail;
      }
    }
    EXPECT_EQ(count, items) << name;
  }
}

TEST(CodelistReader, SurvivesDamagedFiles) {
  const std::string good = sector_list();
  std::mt19937 random(1516);
  for (int round = 0; round < 200; ++round) {
    const std::string text = tests::damaged(good, round, random);
    const std::string shown = read(text);
    const std::size_t error = shown.find("error: ");
    EXPECT_TRUE(error == std::string::npos || shown.compare(error, 13, "error: c.xml:") == 0)
        << shown;
  }
}

}  // namespace
}  // namespace mangrove::ingest
