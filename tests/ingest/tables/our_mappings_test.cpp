#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "ingest/formats.h"
#include "ingest/tables/data_files.h"
#include "ingest/tables/mapping.h"
#include "ingest/tables/words.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

TEST(OurMappings, CanBeReadAndSayWhatTheyAreFor) {
  std::size_t mappings = 0;
  for (const MappingFile& file : mapping_files()) {
    if (!file.name.ends_with(".mapping.json")) continue;
    ++mappings;
    const Result<Mapping> mapping = read_mapping(file.bytes, built_in());
    ASSERT_TRUE(mapping.ok()) << file.name << ": " << mapping.error().message;
    EXPECT_GE(mapping.value().matches.size(), 3U) << file.name;
    EXPECT_FALSE(mapping.value().source.empty()) << file.name;
  }
  EXPECT_GE(mappings, 12U);
}

TEST(OurMappings, AreChosenByTheColumnsOfATable) {
  const std::string table =
      "from_iso3,to_iso3,people,internal,main_exploitation,labour\n"
      "UKR,POL,7,false,mixed,3\n";
  const Input input{"t.csv", "t.csv", table.size()};
  Result<OpenedInput> opened = open_reader(from_memory(table), input, "auto", {}, built_in());
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  ASSERT_EQ(opened.value().findings.size(), 1U);
  EXPECT_EQ(opened.value().findings[0].rule, "mapping-chosen");
  EXPECT_NE(opened.value().findings[0].detail.find("ctdc-corridors"), std::string::npos);
}

TEST(OurMappings, ATableThatNoneFitsIsRefusedWithWhatToDo) {
  const std::string table = "a,b\n1,2\n";
  const Input input{"t.csv", "t.csv", table.size()};
  const Result<OpenedInput> opened = open_reader(from_memory(table), input, "auto", {}, built_in());
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::unsupported);
  EXPECT_NE(opened.error().message.find("--suggest-mapping"), std::string::npos);
}

struct Published {
  std::string path;
  std::size_t records = 0;  ///< With that of the source.
};

class PublishedTables : public testing::TestWithParam<Published> {};

TEST_P(PublishedTables, AreReadWhole) {
  const std::filesystem::path path = std::filesystem::path(MANGROVE_SHARED_DATA) / GetParam().path;
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not beside the checkout";
  const Input input{path, path.filename().string(), 0};
  Result<OpenedInput> opened = open_reader(input, "auto", {}, built_in());
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  std::size_t records = 0;
  std::map<std::string, std::size_t> rules;
  while (true) {
    const Result<std::optional<Step>> step = opened.value().reader->next();
    ASSERT_TRUE(step.ok()) << step.error().message;
    if (!step.value()) break;
    records += step.value()->draft ? 1 : 0;
    for (const Finding& finding : step.value()->findings) {
      ++rules[finding.rule];
      EXPECT_NE(finding.action, Action::record_skipped) << finding.detail;
      EXPECT_NE(finding.action, Action::value_skipped) << finding.detail;
    }
  }
  EXPECT_EQ(records, GetParam().records);
}

INSTANTIATE_TEST_SUITE_P(Shared, PublishedTables,
                         testing::Values(Published{"countries/country-codes.csv", 250},
                                         Published{"countries/un-m49-en.csv", 250},
                                         Published{"iati/tabular/iom-activity.csv.gz", 3086},
                                         Published{"slavery/ctdc-corridors.csv", 5329},
                                         Published{"slavery/legislations.csv", 3},
                                         Published{"slavery/modern-slavery-statements.csv", 1811}));

}  // namespace
}  // namespace mangrove::ingest
