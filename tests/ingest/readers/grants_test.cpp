#include "ingest/readers/grants.h"

#include <gtest/gtest.h>

#include <string>

#include "ingest/formats.h"
#include "ingest/tables/csv_table.h"
#include "tests/support/show_steps.h"
#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

std::string read(const std::string& json) {
  return tests::show_steps(*make_grants_reader(tests::stream_of(json), "g.json"));
}

std::string read_table(const std::string& table) {
  return tests::show_steps(*make_grants_table_reader(
      std::make_unique<CsvTable>(tests::stream_of(table), "g.csv"), "g.csv"));
}

constexpr const char* kGrant = R"({"grants": [{
 "id": "360G-river-7", "title": "Grant to Lantern", "description": "A night shelter.",
 "currency": "gbp", "amountAwarded": 1500.5, "amountDisbursed": "1,000", "awardDate": "2015-06-10T00:00:00Z",
 "plannedDates": [{"startDate": "2015-07-01", "duration": 12}], "dateModified": "17/08/2015 00:00",
 "recipientOrganization": [{"id": "GB-CHC-111", "name": "Lantern", "companyNumber": "222",
   "charityNumber": "111", "streetAddress": "1 Quiet Road", "postalCode": "XX1 1XX", "email": "a@b.c",
   "telephone": "0", "contactName": "A Person", "addressCountry": "UK", "url": "HTTP://Lantern.example"}],
 "fundingOrganization": [{"id": "GB-CHC-900", "name": "River Fund"}],
 "grantProgramme": [{"title": "Safe nights"}], "classifications": [{"title": "Housing"}],
 "beneficiaryLocation": [{"name": "Adur", "geoCode": "E07000223", "geoCodeType": "NMD"}],
 "relatedActivity": ["360G-river-6", "XM-1-2"]}]})";

TEST(Grant, BecomesAnInitiativeWithItsMoneyPlacesAndOrganisations) {
  EXPECT_EQ(read(kGrant), R"(360g:360G-river-7 Initiative source=src:GB-CHC-900 line=1
  title "Grant to Lantern"
  description "A night shelter."
  programme "Safe nights"
  awarded 2015-06-10
  start_planned 2015-07-01
  end_planned 2016-07
  updated "2015-08-17T00:00:00Z"
  committed currency=GBP year=2015 amount=1500.5
  spend currency=GBP year=2015 amount=1000
  keywords "Housing"
  org:GB-CHC-900 -TAKES_PART_IN[funding]-> 360g:360G-river-7 role="funding"
  org:GB-CHC-111 -BASED_IN-> place:GB
  org:GB-CHC-111 -TAKES_PART_IN[implementing]-> 360g:360G-river-7 role="implementing"
  org:GB-CHC-900 -FUNDS[2015 GBP]-> org:GB-CHC-111 amount=1000 committed=1500.5 currency="GBP" year=2015
  place:gss:E07000223 -WITHIN-> place:GB
  360g:360G-river-7 -WORKS_IN-> place:gss:E07000223 reach="beneficiaries"
  360g:360G-river-7 -RELATED_TO-> 360g:360G-river-6
  360g:360G-river-7 -RELATED_TO-> iati:XM-1-2
  ! line 1 amount-form (value_repaired): 360g:360G-river-7: amountDisbursed '1,000'
)");
}

TEST(Grant, TakesNoContactsAndNoAddressOfAnOrganisation) {
  const std::string shown = read(kGrant);
  for (const char* secret : {"Quiet Road", "XX1", "a@b.c", "A Person"}) {
    EXPECT_EQ(shown.find(secret), std::string::npos) << secret;
  }
}

TEST(Grant, TellsOfOtherRegistersThatAnOrganisationIsIn) {
  const auto reader = make_grants_reader(tests::stream_of(kGrant), "g.json");
  const Step step = *reader->next().value();
  std::string known;
  for (const graph::NodeStatement& node : step.draft->record.mentions) {
    if (node.id == "org:GB-CHC-111") known = graph::text_of(node.properties, "identifiers");
  }
  EXPECT_EQ(known, "GB-COH-00000222") << "its number as a charity is its id, and is not told twice";
}

TEST(Grant, ToAPersonIsLeftOutWithAFindingThatNamesNobody) {
  EXPECT_EQ(read(R"([{"id": "360G-x-1", "title": "Grant to A Person", "recipientIndividual":
                      {"id": "p1", "name": "A Person"}},
                     {"id": "360G-x-2", "toIndividualsDetails": {"primaryGrantReason": "r"}}])"),
            "nothing\n"
            "  ! line 1 grant-to-individual (left_out): a grant to a person\n"
            "nothing\n"
            "  ! line 3 grant-to-individual (left_out): a grant to a person\n");
}

TEST(Grant, WithoutAnIdIsSkippedAndTheOthersGoOn) {
  EXPECT_EQ(read("[{\"title\": \"x\"},\n 7,\n{\"id\": nothing},\n{\"id\": \"1\", \"title\": \"t\","
                 "\"currency\": \"GBP\"}]"),
            "nothing\n"
            "  ! line 1 identifier-missing (record_skipped): a grant without an id\n"
            "nothing\n"
            "  ! line 2 grant-form (record_skipped): a grant that is no object\n"
            "nothing\n"
            "  ! line 3 json-record (record_skipped): JSON line 1, column 9: Invalid value.\n"
            "360g:1 Initiative line=4\n"
            "  title \"t\"\n");
}

TEST(Grant, TiesMoneyOnlyWhereOneFunderAndOneRecipientAreNamed) {
  const std::string shown = read(
      R"([{"id": "1", "title": "t", "currency": "GBP", "amountAwarded": 5,
           "fundingOrganization": [{"id": "GB-CHC-1"}, {"id": "GB-CHC-2"}],
           "recipientOrganization": [{"name": "N/A"}, {"name": "Lantern"}]}])");
  EXPECT_EQ(shown.find("FUNDS"), std::string::npos) << shown;
  EXPECT_NE(shown.find("organisation-unnamed"), std::string::npos) << shown;
  EXPECT_NE(shown.find("org:name:lantern -TAKES_PART_IN[implementing]-> 360g:1"), std::string::npos)
      << shown;
}

TEST(GrantTable, ReadsTheTitlesAndThePathsOfTheStandardAlike) {
  const std::string titles = read_table(
      "Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,"
      "Recipient Org:Name,Funding Org:0:Identifier,Planned Dates:Duration (months)\n"
      "7,A title,GBP,\"1,500\",2015-06-10,GB-CHC-111,Lantern,GB-CHC-900,12\n");
  const std::string paths = read_table(
      "id,title,currency,amountAwarded,awardDate,recipientOrganization/0/id,"
      "recipientOrganization/0/name,fundingOrganization/0/id,plannedDates/0/duration\n"
      "7,A title,GBP,\"1,500\",2015-06-10,GB-CHC-111,Lantern,GB-CHC-900,12\n");
  EXPECT_EQ(titles, paths);
  EXPECT_NE(titles.find("org:GB-CHC-900 -FUNDS[2015 GBP]-> org:GB-CHC-111"), std::string::npos)
      << titles;
  EXPECT_NE(titles.find("end_planned 2016-06"), std::string::npos) << titles;
}

TEST(GrantTable, LeavesOutGrantsToPersons) {
  EXPECT_EQ(read_table("Identifier,Title,Recipient Ind:Name,Funding Org:Identifier\n"
                       "7,Grant to A Person,A Person,GB-CHC-900\n"),
            "nothing\n"
            "nothing\n"
            "  ! line 2 grant-to-individual (left_out): a grant to a person\n");
}

TEST(GrantTable, NamesColumnsThatAreNotOfTheStandardOnce) {
  EXPECT_EQ(read_table("Identifier,Mood,Funding Org:Identifier\n"),
            "nothing\n"
            "  ! line 1 csv-column-unmapped (noted): the column `Mood` is left out\n");
}

TEST(GrantTable, IsKnownByItsColumns) {
  EXPECT_TRUE(is_grants_header("Identifier,Recipient Org:Name,Funding Org:Name"));
  EXPECT_TRUE(is_grants_header("id,recipientIndividual/0/id,fundingOrganization/0/id"));
  EXPECT_FALSE(is_grants_header("id,title,recipient"));
}

}  // namespace
}  // namespace mangrove::ingest
