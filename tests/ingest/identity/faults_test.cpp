// The faults that are seen in real data (domain.md, 12.2), one test each. Files are loaded as
// anybody would load them, and the graph is asked what became of them.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graph/storage/memory.h"
#include "ingest/identity/decisions.h"
#include "ingest/identity/match.h"
#include "ingest/identity/resolve.h"
#include "ingest/ingest.h"
#include "ontology/ontology.h"
#include "query/explore/matches.h"
#include "query/explore/nodes.h"
#include "query/explore/overlaps.h"
#include "query/explore/partners.h"
#include "query/same.h"
#include "tests/support/graph_dump.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const ontology::Ontology ontology = ontology::Ontology::load().value();
  return ontology;
}

/// `<participating-org …>` of this reference, name and role.
std::string participant(const std::string& reference, const std::string& name,
                        const std::string& role = "4") {
  return "<participating-org role='" + role + "'" +
         (reference.empty() ? std::string() : " ref='" + reference + "'") + "><narrative>" + name +
         "</narrative></participating-org>";
}

class IdentityFaults : public testing::Test {
 protected:
  void SetUp() override {
    graph_ = graph::Graph::open(storage::make_memory_storage(),
                                {.text_properties = ontology::text_properties()})
                 .value();
  }

  /// Loads one activity of this publisher.
  Report activity(const std::string& id, const std::string& publisher, const std::string& more,
                  const std::string& publisher_name = "The publisher") {
    return load(id + ".xml", "<iati-activities version='2.03'><iati-activity><iati-identifier>" +
                                 id + "</iati-identifier><reporting-org ref='" + publisher +
                                 "'><narrative>" + publisher_name + "</narrative></reporting-org>" +
                                 more + "</iati-activity></iati-activities>");
  }

  Report grant(const std::string& id, const std::string& recipient) {
    return load(id + ".json", R"({"grants": [{"id": ")" + id + R"(", "title": "A grant", )" +
                                  R"("fundingOrganization": [{"id": "GB-CHC-200051", "name": )" +
                                  R"("A fund"}], "recipientOrganization": [)" + recipient + "]}]}");
  }

  Report load(std::string name, const std::string& text) {
    std::replace(name.begin(), name.end(), '/', '_');
    const std::filesystem::path path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << text;
    Options options;
    options.inputs = {path.string()};
    return run(options, *graph_, built_in()).value();
  }

  /// All matches as `state a b`, by pair.
  std::map<std::string, query::MatchRow> matches() {
    const graph::View view = graph_->view();
    Budget budget;
    const query::Context context{view, built_in().schema(), budget};
    std::map<std::string, query::MatchRow> found;
    for (query::MatchRow& row : query::matches(context, {.page = {.limit = 200}}).value().items) {
      const std::string pair = row.a.id + " " + row.b.id;
      found.emplace(pair, std::move(row));
    }
    return found;
  }
  std::string state(const std::string& a, const std::string& b) {
    const auto all = matches();
    const auto found = all.find(a < b ? a + " " + b : b + " " + a);
    return found == all.end() ? "none" : found->second.state;
  }

  query::NodeAnswer node(const std::string& id) {
    const graph::View view = graph_->view();
    Budget budget;
    const query::Context context{view, built_in().schema(), budget};
    return query::node(context, id).value();
  }
  bool exists(const std::string& id) { return graph_->view().find(id).has_value(); }
  std::vector<std::string> values(const std::string& id, const std::string& property) {
    std::vector<std::string> all;
    for (const graph::StatedProperty& each : node(id).properties) {
      if (each.name == property) all.push_back(graph::to_string(each.value));
    }
    return all;
  }
  std::vector<std::string> also_known_as(const std::string& id) {
    std::vector<std::string> ids;
    for (const query::SameRecord& record : node(id).same) ids.push_back(record.node.id);
    return ids;
  }
  std::string dump() { return tests::dump(graph_->view(graph::Viewer::steward())); }

  tests::TemporaryFolder folder_;
  std::unique_ptr<graph::Graph> graph_;
};

using Ids = std::vector<std::string>;

TEST_F(IdentityFaults, TwoPublishersOneIdIsToldAndJoinsNothing) {
  activity("A-1", "NL-KVK-30285304", "", "Stichting Helder Water");
  activity("B-1", "P-1", participant("NL-KVK-30285304", "Beweging tegen Mensenhandel"));
  // A third record states the number that two bodies use.
  const Report report = grant("360G-x-1", R"({"id": "360G-org-1", "name": "Beweging tegen )"
                                          R"(Mensenhandel Nederland", "companyNumber": "1"})");
  const std::vector<std::string> names = values("org:NL-KVK-30285304", "name");
  EXPECT_EQ(names.size(), 2);
  EXPECT_EQ(report.by_rule().at("reference-shared"), 1);
  for (const auto& [pair, row] : matches()) EXPECT_NE(row.state, "accepted") << pair;
}

TEST_F(IdentityFaults, OnePublisherManyIdsIsSuggested) {
  activity("A-1", "XM-DAC-69-1", "", "Agency for Fair Work Abroad");
  activity("B-1", "XM-DAC-69-18", "", "Agency for Fair Work Abroad");
  EXPECT_EQ(state("org:XM-DAC-69-1", "org:XM-DAC-69-18"), "suggested");
  EXPECT_NE(matches().begin()->second.reason.find("reference continues"), std::string::npos);
}

TEST_F(IdentityFaults, IdInFileThatIsNotTheRegistersIsSuggested) {
  activity("A-1", "P-1", participant("44000", "The Bank for Reconstruction"));
  activity("A-2", "P-1", participant("44002", "Bank for Reconstruction"));
  EXPECT_EQ(state("org:44000", "org:44002"), "suggested");
}

TEST_F(IdentityFaults, OldOrWrongPrefixIsRepairedAndToldAndKept) {
  const Report report = activity(
      "A-1", "P-1",
      participant("GB-CC-285776", "Aid Abroad") + participant("DAC-1601", "A foundation", "1"));
  EXPECT_TRUE(exists("org:GB-CHC-285776"));
  EXPECT_TRUE(exists("org:XM-DAC-1601"));
  EXPECT_FALSE(exists("org:GB-CC-285776"));
  EXPECT_EQ(report.by_rule().at("reference-repaired"), 2);
  EXPECT_EQ(values("org:GB-CHC-285776", "identifiers"), Ids{"GB-CC-285776"});
  // A number that stands without its list is joined where the names agree.
  activity("A-2", "P-1", participant("1601", "A Foundation"));
  EXPECT_EQ(state("org:1601", "org:XM-DAC-1601"), "accepted");
  activity(
      "A-3", "P-1",
      participant("2402", "Another body") + participant("XM-DAC-2402", "Ministry of Rivers", "1"));
  EXPECT_NE(state("org:2402", "org:XM-DAC-2402"), "accepted");
}

TEST_F(IdentityFaults, NumberUnderAnotherListsPrefixIsSuggested) {
  activity("A-1", "P-1", participant("GB-COH-00212481", "Relief Against Bondage"));
  activity("A-2", "P-1", participant("GB-CHC-212481", "Relief Against Bondage Ltd"));
  EXPECT_EQ(state("org:GB-COH-00212481", "org:GB-CHC-212481"), "suggested");
  EXPECT_NE(matches().begin()->second.reason.find("same number in another list"),
            std::string::npos);
}

TEST_F(IdentityFaults, LostLeadingZerosOfCompanyNumbersComeBack) {
  activity("A-1", "P-1",
           participant("GB-COH-1364201", "Child Rights Aid") +
               participant("GB-COH-SC12345", "Highland Aid", "1"));
  EXPECT_TRUE(exists("org:GB-COH-01364201"));
  EXPECT_TRUE(exists("org:GB-COH-SC012345"));
  EXPECT_FALSE(exists("org:GB-COH-1364201"));
}

TEST_F(IdentityFaults, BranchesDoNotRenameTheParent) {
  for (const std::string branch : {"Bristol Branch", "Leeds Branch", "Truro Branch"}) {
    for (const std::string time : {"1", "2"}) {
      activity("A-" + branch.substr(0, 2) + time, "P-1",
               participant("GB-CHC-219279", "Veterans Together " + branch));
    }
  }
  activity("A-9", "P-1", participant("GB-CHC-219279", "Veterans Together"));
  EXPECT_EQ(node("org:GB-CHC-219279").node.name, "Veterans Together");
  EXPECT_EQ(values("org:GB-CHC-219279", "name").size(), 4);
}

TEST_F(IdentityFaults, NameAmongVariantsIsChosenByARuleWhateverIsReadFirst) {
  const std::vector<std::string> names{"Freedom Fonds", "Freedom Fund", "Freedom Fund",
                                       "Fredom Fund"};
  std::vector<std::size_t> order{0, 1, 2, 3};
  std::vector<std::string> shown;
  do {
    SetUp();
    for (const std::size_t i : order) {
      activity("A-" + std::to_string(i), "P-1", participant("GB-CHC-1154000", names[i]));
    }
    shown.push_back(node("org:GB-CHC-1154000").node.name);
  } while (std::next_permutation(order.begin(), order.begin() + 3));
  EXPECT_EQ(shown, std::vector<std::string>(shown.size(), "Freedom Fund"));
}

TEST_F(IdentityFaults, RenameWithAnInternalIdIsForAPersonWhoCanTakeItBack) {
  activity("A-1", "P-1", participant("GB-CHC-1116201", "Capital Funders"));
  grant("360G-x-1", R"({"id": "360G-x-org-funders", "name": "Funders Together"})");
  const std::string a = "org:GB-CHC-1116201";
  const std::string b = "org:360G-x-org-funders";
  EXPECT_EQ(state(a, b), "none");
  const std::string before = dump();
  ASSERT_TRUE(
      decide(*graph_, a, b, {DecisionState::accepted, "renamed in 2023", "J. Okafor"}).ok());
  EXPECT_EQ(also_known_as(a), Ids{b});
  EXPECT_EQ(also_known_as(b), Ids{a});
  EXPECT_EQ(node(a).node.name, "Capital Funders");
  ASSERT_TRUE(decide(*graph_, match_id(a, b), {DecisionState::withdrawn, "", ""}).ok());
  EXPECT_EQ(dump(), before);
}

TEST_F(IdentityFaults, ClosedBodyUnderASecondRegisterIsJoinedByThePublishedLink) {
  activity("A-1", "P-1", participant("GB-COH-04636771", "Shelter for the Freed Limited"));
  grant("360G-x-1", R"({"id": "GB-CHC-1103575", "name": "Shelter for the Freed",)"
                    R"( "charityNumber": "1103575", "companyNumber": "4636771"})");
  EXPECT_EQ(state("org:GB-COH-04636771", "org:GB-CHC-1103575"), "accepted");
  EXPECT_EQ(also_known_as("org:GB-CHC-1103575"), Ids{"org:GB-COH-04636771"});
}

TEST_F(IdentityFaults, DepartmentInPlaceOfItsOrganisationIsNeverAccepted) {
  activity("A-1", "P-1", participant("GB-CHC-1109620", "University of Westmere"));
  grant("360G-x-1", R"({"id": "360G-x-org-law", "charityNumber": "1109620",)"
                    R"( "name": "Department of Law, University of Westmere"})");
  EXPECT_NE(state("org:GB-CHC-1109620", "org:360G-x-org-law"), "accepted");
  EXPECT_TRUE(also_known_as("org:GB-CHC-1109620").empty());
}

/// One project: dates, place, who takes part, and 500 that were spent.
std::string project(const std::string& more = {}) {
  return "<title><narrative>Fair recruitment in the brick kilns of Punjab</narrative></title>" +
         participant("GB-CHC-1049160", "Work in Freedom", "1") +
         "<activity-date type='2' iso-date='2020-03-01'/><activity-date type='4' "
         "iso-date='2022-02-28'/><recipient-country code='PK'/><transaction><transaction-type "
         "code='4'/><transaction-date iso-date='2020-05-01'/><value currency='USD' "
         "value-date='2020-05-01'>500</value></transaction>" +
         more;
}

/// What was spent by these, each thing once.
double spent(const graph::Graph& graph, const std::vector<std::string>& ids) {
  const graph::View view = graph.view();
  Budget budget;
  const query::Context context{view, built_in().schema(), budget};
  std::vector<graph::NodeIndex> nodes;
  for (const std::string& id : ids) nodes.push_back(*view.find(id));
  double sum = 0;
  for (const graph::Node& node : view.read(query::Same(context).once(nodes).value()).value()) {
    const auto& spend = std::get<graph::Structure>(*node.find("spend"));
    sum += std::get<double>(*spend.find("amount"));
  }
  return sum;
}

TEST_F(IdentityFaults, ProjectOfTwoPublishersIsOneWithTwoRecordsAndItsMoneyCountsOnce) {
  activity("A-77", "GB-CHC-1049160", project(), "Work in Freedom");
  activity("B-12", "XM-DAC-41302", project());
  const std::string a = "iati:A-77";
  const std::string b = "iati:B-12";
  EXPECT_EQ(state(a, b), "suggested");
  EXPECT_EQ(spent(*graph_, {a, b}), 1000);  // Nobody has said yet that they are one.

  // The second publisher says so.
  activity("B-12", "XM-DAC-41302", project("<related-activity type='5' ref='A-77'/>"));
  EXPECT_EQ(state(a, b), "accepted");
  EXPECT_EQ(spent(*graph_, {a, b}), 500);
  EXPECT_EQ(spent(*graph_, {b, a}), 500);
  EXPECT_EQ(also_known_as(a), Ids{b});
  EXPECT_TRUE(exists(a) && exists(b));

  // A duplicate is no overlap.
  const graph::View view = graph_->view();
  Budget budget;
  const query::Context context{view, built_in().schema(), budget};
  EXPECT_TRUE(query::overlaps(context, {.id = a}).value().items.empty());
}

TEST_F(IdentityFaults, SpacesLineEndsAndSignsInIdsAreRepairedOrTold) {
  const Report report = activity(
      "A-1", "P-1",
      participant(" gb-chc-\n 1164883 ", "One") + participant("GB-CHC-GB-CHC-1164883", "One", "1") +
          participant("GB-CHC:1164883", "One", "2") + participant("A/B|C?", "Two", "3"));
  EXPECT_TRUE(exists("org:GB-CHC-1164883"));
  EXPECT_TRUE(exists("org:A/B|C?"));
  EXPECT_EQ(report.by_rule().at("reference-repaired"), 3);
  EXPECT_EQ(report.by_rule().at("reference-form"), 1);
}

TEST_F(IdentityFaults, WhatTheMachineReadNeverPosesAsWhatAPersonSaid) {
  activity("A-1", "P-1", participant("", "Coalition against Bonded Labour"));
  activity("A-2", "P-1", participant("", "Coalition against Bonded Labor"));
  activity("A-3", "P-1", participant("", "The Coalition against Bonded Labour"));
  const auto all = matches();
  ASSERT_FALSE(all.empty());
  for (const auto& [pair, row] : all) {
    EXPECT_EQ(row.state, "suggested") << pair;
    EXPECT_EQ(row.decided_by, "mangrove") << pair;
    EXPECT_EQ(row.source, kIdentitySource) << pair;
    EXPECT_FALSE(row.reason.empty()) << pair;
  }
  // What is suggested changes no answer.
  const query::NodeAnswer answer = node("org:name:coalition-against-bonded-labour");
  EXPECT_TRUE(answer.same.empty());
  EXPECT_FALSE(answer.degree.contains("SAME_AS"));
}

// --- References that are no identity -------------------------------------------------------------

TEST_F(IdentityFaults, ReferencesThatStandForASortOfBodiesLeaveTheirNames) {
  activity("A-1", "P-1",
           participant("22000", "Fishers without Debt") + participant("22000", "Reef Watch", "1") +
               participant("XM-DAC-21000", "Sea Aid", "2") +
               participant("N/A", "Net Menders", "3"));
  for (const char* id : {"org:name:fishers-without-debt", "org:name:reef-watch", "org:name:sea-aid",
                         "org:name:net-menders"}) {
    EXPECT_TRUE(exists(id)) << id;
  }
  EXPECT_FALSE(exists("org:22000"));
}

// --- Decisions -----------------------------------------------------------------------------------

TEST_F(IdentityFaults, NegativeDecisionsStickWhateverIsLoadedLater) {
  activity("A-1", "P-1", participant("", "Home of Hope Ltd"));
  activity("A-2", "P-1", participant("", "Home of Hope"));
  const std::string a = "org:name:home-of-hope";
  const std::string b = "org:name:home-of-hope-ltd";
  ASSERT_EQ(state(a, b), "suggested");
  const std::string before = dump();
  const std::string id = match_id(a, b);
  ASSERT_TRUE(decide(*graph_, id, {DecisionState::refused, "two houses", "J. Okafor"}).ok());
  EXPECT_EQ(state(a, b), "refused");
  activity("A-3", "P-1",
           participant("", "Home of Hope Ltd") + participant("", "Someone else", "1"));
  ASSERT_TRUE(resolve(*graph_).ok());
  EXPECT_EQ(state(a, b), "refused");
  EXPECT_EQ(matches().size(), 1);

  ASSERT_TRUE(graph_->remove_source("src:P-1").ok());
  ASSERT_TRUE(settle_after_removal(*graph_, nullptr).ok());
  EXPECT_TRUE(matches().empty());  // Nobody states either of them.
  activity("A-1", "P-1", participant("", "Home of Hope Ltd"));
  activity("A-2", "P-1", participant("", "Home of Hope"));
  EXPECT_EQ(state(a, b), "refused");
  ASSERT_TRUE(decide(*graph_, id, {DecisionState::withdrawn, "", ""}).ok());
  EXPECT_EQ(state(a, b), "suggested");
}

TEST_F(IdentityFaults, ADecisionTakenBackLeavesTheGraphAsItWas) {
  activity("A-1", "P-1", participant("", "Home of Hope Ltd"));
  activity("A-2", "P-1", participant("", "Home of Hope"));
  activity("A-3", "P-1", participant("", "Hoem of Hope"));
  const std::string id = match_id("org:name:home-of-hope", "org:name:home-of-hope-ltd");
  const std::string before = dump();
  for (const DecisionState first : {DecisionState::accepted, DecisionState::refused}) {
    for (const DecisionState second : {DecisionState::accepted, DecisionState::refused}) {
      ASSERT_TRUE(decide(*graph_, id, {first, "first", "A"}).ok());
      EXPECT_NE(dump(), before);
      ASSERT_TRUE(decide(*graph_, id, {second, "second", "B"}).ok());
      ASSERT_TRUE(decide(*graph_, id, {DecisionState::withdrawn, "", ""}).ok());
      EXPECT_EQ(dump(), before);
      const Resolved again = resolve(*graph_).value();
      EXPECT_FALSE(again.changed);
    }
  }
}

TEST_F(IdentityFaults, ADecisionWantsAReasonANameAndAMatch) {
  activity("A-1", "P-1", participant("", "Home of Hope Ltd"));
  activity("A-2", "P-1", participant("", "Home of Hope"));
  const std::string id = match_id("org:name:home-of-hope", "org:name:home-of-hope-ltd");
  const std::string before = dump();
  const auto code = [&](const std::string& match, const Decision& decision) {
    return decide(*graph_, match, decision).error().code;
  };
  EXPECT_EQ(code(id, {DecisionState::accepted, "", "A"}), ErrorCode::invalid_input);
  EXPECT_EQ(code(id, {DecisionState::accepted, "why", " "}), ErrorCode::invalid_input);
  EXPECT_EQ(code(id, {DecisionState::refused, std::string(5000, 'x'), "A"}),
            ErrorCode::invalid_input);
  EXPECT_EQ(code(id, {DecisionState::withdrawn, "", ""}), ErrorCode::not_found);
  EXPECT_EQ(code("0123456789abcdef", {DecisionState::accepted, "why", "A"}), ErrorCode::not_found);
  EXPECT_EQ(
      decide(*graph_, "org:P-1", "iati:A-1", {DecisionState::accepted, "why", "A"}).error().code,
      ErrorCode::invalid_input);
  EXPECT_EQ(dump(), before);
}

// --- The whole -----------------------------------------------------------------------------------

TEST_F(IdentityFaults, TheSameFilesInAnyOrderGiveTheSameMatches) {
  const std::vector<std::string> names{"Home of Hope Ltd", "Home of Hope", "Hoem of Hope",
                                       "The Home of Hope", "Reef Watch",   "Watch Reef"};
  std::vector<std::string> dumps;
  for (std::size_t turn = 0; turn < names.size(); ++turn) {
    SetUp();
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::size_t at = (i + turn) % names.size();
      activity("A-" + std::to_string(at), "P-1", participant("", names[at]));
    }
    std::string all;
    for (const auto& [pair, row] : matches()) {
      all += pair + " " + row.state + " " + row.reason + "\n";
    }
    dumps.push_back(std::move(all));
  }
  EXPECT_FALSE(dumps[0].empty());
  EXPECT_EQ(dumps, std::vector<std::string>(dumps.size(), dumps[0]));
}

TEST_F(IdentityFaults, TheSameFileTwiceChangesNothing) {
  activity("A-1", "P-1", participant("", "Home of Hope Ltd") + participant("", "Reef Watch", "1"));
  activity("A-2", "P-1", participant("", "Home of Hope"));
  const graph::Version version = graph_->view(graph::Viewer::steward()).version();
  activity("A-2", "P-1", participant("", "Home of Hope"));
  EXPECT_EQ(graph_->view(graph::Viewer::steward()).version(), version);
}

TEST_F(IdentityFaults, WhatIsHiddenIsNotCompared) {
  activity("A-1", "P-1", participant("", "Home of Hope Ltd"));
  const std::filesystem::path path = folder_.path() / "hidden.xml";
  std::ofstream(path, std::ios::binary)
      << "<iati-activities version='2.03'><iati-activity><iati-identifier>H-1</iati-identifier>"
      << "<reporting-org ref='P-2'><narrative>Q</narrative></reporting-org>"
      << participant("", "Home of Hope") << "</iati-activity></iati-activities>";
  Options options;
  options.inputs = {path.string()};
  options.audiences = {"partners"};
  ASSERT_TRUE(run(options, *graph_, built_in()).ok());
  EXPECT_TRUE(matches().empty());
}

}  // namespace
}  // namespace mangrove::ingest
