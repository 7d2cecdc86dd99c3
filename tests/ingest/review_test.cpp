#include "ingest/review.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "graph/requests.h"
#include "graph/storage/memory.h"
#include "ingest/command.h"
#include "ingest/ingest.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

std::string activity(const std::string& id, const std::string& title,
                     const std::string& description = {}) {
  return "<iati-activity><iati-identifier>" + id +
         "</iati-identifier><reporting-org ref='P-1'><narrative>Publisher</narrative>"
         "</reporting-org><title><narrative xml:lang='en'>" +
         title + "</narrative></title><description><narrative xml:lang='en'>" + description +
         "</narrative></description></iati-activity>\n";
}

const std::string kHouse = activity("P-1-A", "A safe house in Elm Street");
const std::string kSchool = activity("P-1-B", "Schools for children freed from debt bondage");

class ReviewTest : public testing::Test {
 protected:
  void SetUp() override { graph_ = graph::Graph::open(storage::make_memory_storage(), {}).value(); }

  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  Report load(const std::string& activities, std::vector<std::string> audiences = {}) const {
    Options options;
    options.inputs = {
        write("a.xml", "<iati-activities version='2.03'>" + activities + "</iati-activities>")};
    options.audiences = std::move(audiences);
    return run(options, *graph_, built_in()).value();
  }

  bool everybody_sees(std::string_view id) const { return graph_->view().find(id).has_value(); }
  bool sees(const std::string& audience, std::string_view id) const {
    return graph_->view(graph::Viewer::of({audience})).find(id).has_value();
  }
  std::vector<HeldRecord> held() const {
    return held_records(*graph_, built_in().schema()).value();
  }
  void let_go(std::string_view id) const {
    const auto released = release(*graph_, built_in().schema(), id, {"A. Mensah", "no place"});
    ASSERT_TRUE(released.ok()) << released.error().message;
  }

  tests::TemporaryFolder folder_;
  std::unique_ptr<graph::Graph> graph_;
};

TEST_F(ReviewTest, WordsAboutARefugeAreForReviewersAlone) {
  const Report report = load(kHouse + kSchool);
  EXPECT_FALSE(everybody_sees("iati:P-1-A"));
  EXPECT_TRUE(sees("reviewers", "iati:P-1-A"));
  EXPECT_FALSE(sees("partners", "iati:P-1-A"));
  EXPECT_TRUE(everybody_sees("iati:P-1-B"));
  EXPECT_EQ(report.by_rule().at("held-for-review"), 1U);
  EXPECT_FALSE(report.records_lost());
}

TEST_F(ReviewTest, SaysForWhichWordsARecordIsHeld) {
  load(kHouse);
  ASSERT_EQ(held().size(), 1U);
  const HeldRecord record = held()[0];
  EXPECT_EQ(record.id, "iati:P-1-A");
  EXPECT_EQ(record.name, "A safe house in Elm Street");
  EXPECT_EQ(record.origin, "a.xml:1");
  ASSERT_EQ(record.reasons.size(), 1U);
  EXPECT_EQ(record.reasons[0].label, "May tell where a refuge is");
  EXPECT_EQ(record.reasons[0].words, std::vector<std::string>{"safe house (title 2-12)"});
}

TEST_F(ReviewTest, WhatIsHeldDoesNotShowInItsSourcesNumbers) {
  load(kHouse + kSchool);
  const std::string with = graph_->view().counts().nodes.empty() ? "" : "counted";
  const graph::View view = graph_->view();
  const std::vector<graph::NodeIndex> source{view.find("src:P-1").value()};
  EXPECT_EQ(graph::to_string(*view.read(source).value()[0].find("records")), "1");
  EXPECT_EQ(with, "counted");
}

TEST_F(ReviewTest, OfASourceWithNothingElseNothingIsTold) {
  load(kHouse);
  EXPECT_FALSE(everybody_sees("src:P-1"));
  EXPECT_FALSE(everybody_sees("org:P-1"));
}

TEST_F(ReviewTest, AReleaseLetsARecordGoAndLasts) {
  load(kHouse);
  let_go("iati:P-1-A");
  EXPECT_TRUE(everybody_sees("iati:P-1-A"));
  EXPECT_TRUE(held().empty());
  const graph::Version version = graph_->view(graph::Viewer::steward()).version();
  EXPECT_EQ(load(kHouse).totals().unchanged, 1U);
  EXPECT_TRUE(everybody_sees("iati:P-1-A"));
  EXPECT_GE(graph_->view(graph::Viewer::steward()).version(), version);
}

TEST_F(ReviewTest, ARecordThatSaysSomethingElseIsHeldAgain) {
  load(kHouse);
  let_go("iati:P-1-A");
  load(activity("P-1-A", "A safe house at 12 Oak Road"));
  EXPECT_FALSE(everybody_sees("iati:P-1-A"));
  ASSERT_EQ(held().size(), 1U);
}

TEST_F(ReviewTest, AReleaseCanBeTakenBackAndGivenAgain) {
  load(kHouse);
  for (int round = 0; round < 3; ++round) {
    let_go("iati:P-1-A");
    EXPECT_TRUE(everybody_sees("iati:P-1-A")) << round;
    ASSERT_TRUE(withdraw_release(*graph_, built_in().schema(), "iati:P-1-A").ok());
    EXPECT_FALSE(everybody_sees("iati:P-1-A")) << round;
  }
}

TEST_F(ReviewTest, AReleaseIsForReviewersToSee) {
  load(kHouse);
  let_go("iati:P-1-A");
  const graph::View view = graph_->view();
  EXPECT_TRUE(view.nodes_of_kind(view.name("Release")).empty());
  EXPECT_FALSE(everybody_sees("src:reviewers"));
}

TEST_F(ReviewTest, WhatOnlySomeMaySeeIsNotHeldFromThem) {
  load(kHouse, {"partners"});
  EXPECT_TRUE(sees("partners", "iati:P-1-A"));
  EXPECT_FALSE(sees("reviewers", "iati:P-1-A"));
  EXPECT_TRUE(held().empty());
}

TEST_F(ReviewTest, ActorsAreHeldToo) {
  Options options;
  options.inputs = {write("shelters.jsonl",
                          R"({"id":"org:a","kind":"Actor","properties":{"name":"A",)"
                          R"("description":"Runs a safe house behind the market"}})")};
  run(options, *graph_, built_in()).value();
  EXPECT_FALSE(everybody_sees("org:a"));
  EXPECT_TRUE(sees("reviewers", "org:a"));
}

TEST_F(ReviewTest, NewWordsHoldWhatIsThereAlready) {
  load(kSchool);
  ASSERT_TRUE(everybody_sees("iati:P-1-B"));
  Options options;
  options.inputs = {write("words.ttl", R"(
@prefix m: <urn:mangrove:ns:> . @prefix review: <urn:mangrove:id:review:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
review:debts a m:ReviewReason ; skos:prefLabel "Debts"@en ; m:cues "debt bondage ; weight 9"@en .)")};
  run(options, *graph_, built_in()).value();
  EXPECT_FALSE(everybody_sees("iati:P-1-B"));
  ASSERT_EQ(held().size(), 1U);
  EXPECT_EQ(held()[0].reasons[0].label, "Debts");
}

TEST_F(ReviewTest, NothingHeldIsNotFound) {
  load(kSchool);
  const auto schema = built_in().schema();
  EXPECT_EQ(release(*graph_, schema, "iati:P-1-B", {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(withdraw_release(*graph_, schema, "iati:P-1-B").error().code, ErrorCode::not_found);
}

TEST_F(ReviewTest, TheWorkWithVictimsIsNoSecret) {
  load(activity("P-1-C", "A shelter for survivors of trafficking in Accra",
                "Protecting the identity of victims; refugees seek refuge in shelters along the "
                "road; wildlife refuge for rangers; the shelter cluster.") +
       activity("P-1-D", "Maison des femmes", "Refuge climatique, accueil de réfugiés") +
       activity("P-1-E", "Vivienda", "Refugio de vida silvestre; casas seguras ante sismos"));
  EXPECT_TRUE(held().empty());
}

class ReviewWords : public testing::TestWithParam<const char*> {};

TEST_P(ReviewWords, HoldARecord) {
  const auto graph = graph::Graph::open(storage::make_memory_storage(), {}).value();
  const tests::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "a.xml";
  std::ofstream(file) << "<iati-activities version='2.03'>"
                      << activity("P-1-A", "An activity", GetParam()) << "</iati-activities>";
  Options options;
  options.inputs = {file.string()};
  ASSERT_TRUE(run(options, *graph, built_in()).ok());
  EXPECT_FALSE(graph->view().find("iati:P-1-A").has_value());
}

INSTANTIATE_TEST_SUITE_P(
    InSeveralLanguages, ReviewWords,
    testing::Values("We opened a women's refuge in Leeds",
                    "The refuge is located behind the market", "A survivor named Grace told us",
                    "The names of the victims are in the annex", "L'adresse du refuge pour femmes",
                    "Une victime prénommée Awa", "La casa refugio está en la calle 5",
                    "El nombre de la víctima es conocido", "A casa abrigo fica no centro"));

TEST(ReviewCommand, ListsReleasesAndHoldsBesideAServer) {
  const tests::TemporaryFolder folder;
  const std::string path = (folder.path() / "graph").string();
  const auto graph = graph::Graph::open(path, {}).value();
  const graph::GraphDoor door(path, *graph, nullptr, review_request);
  std::ofstream(folder.path() / "a.xml")
      << "<iati-activities version='2.03'>" << kHouse << "</iati-activities>";
  Options options;
  options.inputs = {(folder.path() / "a.xml").string()};
  ASSERT_TRUE(run(options, *graph, built_in()).ok());
  const auto ask = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--graph", path});
    std::ostringstream out;
    std::ostringstream errors;
    const int status = review_command(words, out, errors);
    return std::to_string(status) + " " + out.str() + errors.str();
  };
  EXPECT_NE(ask({"list"}).find("safe house (title 2-12)\n1 record is held"), std::string::npos);
  EXPECT_EQ(ask({"release", "iati:P-1-A"}), "0 iati:P-1-A is released: 1 record\n");
  EXPECT_EQ(ask({"list"}), "0 0 records are held\n");
  EXPECT_EQ(ask({"hold", "iati:P-1-A"}), "0 iati:P-1-A is held again\n");
  EXPECT_EQ(ask({"release", "iati:none"}),
            "3 mangrove review: no record about iati:none is held\n");
  EXPECT_EQ(ask({"explode"}).substr(0, 2), "2 ");
  EXPECT_NE(ask({"list", "--format", "json"}).find(R"x("words":["safe house (title 2-12)"])x"),
            std::string::npos);
}

}  // namespace
}  // namespace mangrove::ingest
