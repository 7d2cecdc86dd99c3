#include "ingest/tables/suggest/suggest_mapping.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "graph/base/json.h"
#include "ingest/formats.h"
#include "ingest/tables/suggest/header.h"
#include "tests/support/damage.h"
#include "tests/support/show_steps.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/workbook.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

/// A table as a file, its draft, and what the draft makes of it.
struct Drafted {
  json::Value mapping;
  std::string summary;
  std::string steps;

  const json::Value& column(const std::string& name) const {
    static const json::Value none;
    const json::Value* found = mapping.find("columns")->find(name);
    return found == nullptr ? none : *found;
  }
  std::string text(const std::string& name, const std::string& key) const {
    const std::string* found = column(name).find_string(key);
    return found == nullptr ? "" : *found;
  }
};

Drafted draft(const std::string& table, const std::string& name = "our-table.csv") {
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / name;
  std::ofstream(path, std::ios::binary) << table;
  const Input input{path, name, table.size()};
  const Result<SuggestedMapping> suggested = suggest_mapping(input, built_in());
  if (!suggested.ok()) return {json::Value(), "", "error: " + suggested.error().message};
  Result<OpenedInput> opened = open_reader(input, "auto", suggested.value().mapping, built_in());
  return {
      json::parse(suggested.value().mapping).value(), suggested.value().summary,
      opened.ok() ? tests::show_steps(*opened.value().reader) : "error: " + opened.error().message};
}

TEST(SuggestMapping, AListOfProjectsBecomesInitiatives) {
  const Drafted drafted = draft(
      "Ref,Project title,Donor,Countries,Start date,Budget (EUR),SDG,Contact email,Rating\n"
      "A-1,Safe harvests,Norad; DANIDA,\"Ghana, Togo\",13/02/2021,\"1,000\",8.7,a@b.org,high\n"
      "A-2,Safe kilns,Norad,Nepal,01/03/2022,\"2,500\",8.7; 16.2,c@d.org,low\n");
  EXPECT_EQ(*drafted.mapping.find_string("kind"), "Initiative");
  EXPECT_EQ(*drafted.mapping.find_string("id"), "init:our-table-{Ref}");
  EXPECT_EQ(drafted.text("Project title", "property"), "title");
  EXPECT_EQ(drafted.text("Donor", "from"), "{value|Actor}");
  EXPECT_EQ(drafted.text("Countries", "relation"), "WORKS_IN");
  EXPECT_EQ(drafted.text("Start date", "dates"), "day first");
  EXPECT_EQ(drafted.text("Budget (EUR)", "currency"), "EUR");
  EXPECT_EQ(drafted.text("SDG", "to"), "sdg:{value|sdg}");
  EXPECT_EQ(drafted.column("Contact email").find_boolean("ignore"), true);
  EXPECT_EQ(drafted.text("Rating", "property"), "rating");
  EXPECT_NE(drafted.text("Rating", "why"), "");
  EXPECT_NE(drafted.summary.find("9 columns: 6 understood, 2 kept as they are, 1 left out"),
            std::string::npos)
      << drafted.summary;
  EXPECT_NE(drafted.steps.find("init:our-table-A-1 Initiative"), std::string::npos);
  EXPECT_NE(drafted.steps.find("  budget currency=EUR year=2021 amount=1000\n"), std::string::npos);
  EXPECT_NE(drafted.steps.find("init:our-table-A-1 -WORKS_IN-> place:TG\n"), std::string::npos);
  EXPECT_EQ(drafted.steps.find("  ! "), std::string::npos) << drafted.steps;
}

TEST(SuggestMapping, FrenchAndSpanishHeadersAreUnderstood) {
  const Drafted french = draft(
      "Titre du projet;Bailleur;Pays;Date de début;Montant\n"
      "Récoltes sûres;AFD;Côte d'Ivoire;12/03/2021;1 000,50\n"
      "Écoles;UE;Sénégal;25/04/2021;2 000,00\n");
  EXPECT_EQ(*french.mapping.find_string("kind"), "Initiative");
  EXPECT_EQ(french.text("Bailleur", "relation"), "TAKES_PART_IN");
  EXPECT_EQ(french.text("Pays", "relation"), "WORKS_IN");
  EXPECT_EQ(french.text("Montant", "type"), "money");
  EXPECT_NE(french.steps.find("amount=1000.5"), std::string::npos) << french.steps;
  const Drafted spanish = draft(
      "Nombre del proyecto,Donante,País,Fecha de inicio\nCosechas,AECID,Perú,2021-03-12\n"
      "Escuelas,UE,España,2021-04-25\n");
  EXPECT_EQ(*spanish.mapping.find_string("kind"), "Initiative");
  EXPECT_EQ(spanish.text("País", "relation"), "WORKS_IN");
  EXPECT_EQ(spanish.text("Fecha de inicio", "property"), "start");
}

TEST(SuggestMapping, AListOfOrganisationsBecomesActors) {
  const Drafted drafted = draft(
      "Organisation,Country,Website\nHope,Ghana,https://hope.example\n"
      "Care,Peru,https://care.example\n");
  EXPECT_EQ(*drafted.mapping.find_string("kind"), "Actor");
  EXPECT_EQ(*drafted.mapping.find_string("id"), "{Organisation|Actor}");
  EXPECT_NE(drafted.steps.find("org:name:hope -COVERS-> place:GH"), std::string::npos);
}

TEST(SuggestMapping, YearsInColumnsBecomeObservations) {
  const Drafted drafted = draft("Country,Indicator,2019,2020\nGhana,Cases,5,7\nPeru,Cases,,8\n");
  EXPECT_EQ(*drafted.mapping.find_string("kind"), "Observation");
  EXPECT_NE(drafted.steps.find("  value 8\n"), std::string::npos) << drafted.steps;
  EXPECT_NE(drafted.steps.find("-ON-> measure:our-table-cases"), std::string::npos);
  EXPECT_EQ(drafted.steps.find("  ! "), std::string::npos) << drafted.steps;
}

TEST(SuggestMapping, AYearAndAValueInEachRowAreAnObservation) {
  const Drafted drafted = draft("ISO3,Year,Indicator,Value\nGHA,2019,Cases,5\nPER,2020,Cases,8\n");
  EXPECT_EQ(*drafted.mapping.find_string("kind"), "Observation");
  EXPECT_NE(drafted.steps.find("-OF-> place:PE"), std::string::npos) << drafted.steps;
  EXPECT_NE(drafted.steps.find("  from 2020\n"), std::string::npos);
}

TEST(SuggestMapping, APublicationListBecomesEvidence) {
  const Drafted drafted = draft(
      "Report title,Publisher,Published,Link\n"
      "Debt,Hope,2021,https://x.example/1\nWages,Care,2020,https://x.example/2\n");
  EXPECT_EQ(*drafted.mapping.find_string("kind"), "Evidence");
  EXPECT_NE(drafted.steps.find("org:name:hope -PUBLISHED->"), std::string::npos) << drafted.steps;
}

TEST(SuggestMapping, TitlesAboveTheHeaderOfAWorkbookArePassedOver) {
  const auto text = [](const std::string& words) {
    return "<c t=\"inlineStr\"><is><t>" + words + "</t></is></c>";
  };
  const std::string rows =
      tests::sheet_row(1, text("Our portfolio")) +
      tests::sheet_row(3, text("Project name") + text("Partner") + text("Start")) +
      tests::sheet_row(4, text("Safe harvests") + text("Hope") + "<c s=\"1\"><v>45352</v></c>") +
      tests::sheet_row(5, text("Safe kilns") + text("Care") + "<c s=\"1\"><v>45353</v></c>");
  const Drafted drafted = draft(tests::workbook_of(rows), "our-table.xlsx");
  EXPECT_EQ(drafted.mapping.find_integer("header_row"), 3);
  EXPECT_NE(drafted.steps.find("  start 2024-03-01\n"), std::string::npos) << drafted.steps;
}

TEST(SuggestMapping, WhatNobodyUnderstandsIsKeptWhole) {
  const Drafted drafted = draft("Qux,Quux\n1,{a}\n2,b\n2,b|c\n");
  EXPECT_EQ(*drafted.mapping.find_string("id"), "init:our-table-{row|fingerprint}");
  EXPECT_NE(drafted.steps.find("  qux 1\n"), std::string::npos) << drafted.steps;
  EXPECT_NE(drafted.steps.find("  quux \"b|c\"\n"), std::string::npos);
}

TEST(SuggestMapping, ATableWithoutRowsIsRefused) {
  EXPECT_EQ(draft("a,b\n").steps,
            "error: our-table.csv:1: there are no rows below the names of the columns");
  EXPECT_EQ(draft("").steps, "error: our-table.csv:1: the table is empty");
  EXPECT_NE(draft("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").steps.find("save it as .xlsx"),
            std::string::npos);
}

TEST(SuggestMapping, EveryDraftOfADamagedTableStillLoads) {
  const std::string good =
      "Ref,Project {title},value,row,Countries,2020,2021,Year\n"
      "A-1,Safe,1,x,\"Ghana, Togo\",5,6,2020\nA-2,\"Ki\"\"lns\",2,y,Nepal,7,,2021\n";
  std::mt19937 random(11);
  for (int round = 0; round < 150; ++round) {
    const std::string text = tests::damaged(good, round, random);
    const Drafted drafted = draft(text);
    const bool told = drafted.steps.find("error: our-table.csv") == 0;
    EXPECT_TRUE(told || drafted.mapping.find("kind") != nullptr) << text << drafted.steps;
    EXPECT_EQ(drafted.steps.find("mapping:"), std::string::npos) << text << drafted.steps;
  }
}

TEST(HeaderMeaning, IsTheLongestPhraseUnlessAnotherWordTurnsIt) {
  EXPECT_EQ(meaning_of_header("Project Title").meaning, "title");
  EXPECT_EQ(meaning_of_header("titre_fr").language, "fr");
  EXPECT_EQ(meaning_of_header("startDate").meaning, "start");
  EXPECT_EQ(meaning_of_header("Name of main donor").meaning, "funder");
  EXPECT_EQ(meaning_of_header("Donor type").meaning, "");
  EXPECT_EQ(meaning_of_header("Project ID").meaning, "id");
  EXPECT_EQ(meaning_of_header("Colour").meaning, "");
}

}  // namespace
}  // namespace mangrove::ingest
