#include "ingest/jobs/jobs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "graph/base/json.h"
#include "graph/graph.h"
#include "ingest/ingest.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::ingest {
namespace {

using namespace std::chrono_literals;

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

std::string activity(const std::string& id, const std::string& title) {
  return "<iati-activity><iati-identifier>" + id + "</iati-identifier><reporting-org ref='P-1'>" +
         "<narrative>Publisher</narrative></reporting-org><title><narrative xml:lang='en'>" +
         title + "</narrative></title></iati-activity>\n";
}

std::string file_of(const std::string& activities) {
  return "<iati-activities version='2.03'>\n" + activities + "</iati-activities>\n";
}

std::string many(int activities) {
  std::string text;
  for (int i = 0; i < activities; ++i) {
    text += activity("P-1-" + std::to_string(i), "Work number " + std::to_string(i));
  }
  return file_of(text);
}

/// A graph on a disk, and jobs beside it that can be closed and opened again.
class JobsTest : public testing::Test {
 protected:
  void SetUp() override {
    graph_ = graph::Graph::open(folder_.path() / "graph",
                                {.text_properties = ontology::text_properties()})
                 .value();
    ASSERT_TRUE(load_ontology(*graph_, built_in()).ok());
    open();
  }

  void open(JobLimits limits = {}) {
    jobs_.reset();
    jobs_ = Jobs::open(place(), *graph_, built_in(), limits).value();
  }
  std::filesystem::path place() const { return folder_.path() / "uploads"; }

  std::filesystem::path incoming(const std::string& bytes) {
    const auto path = jobs_->incoming() / ("sent-" + std::to_string(++sent_));
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  Result<Job> send(Submission submission, const std::string& bytes) {
    return jobs_->submit(std::move(submission), incoming(bytes));
  }
  Job wait_for(const std::string& id, bool (*enough)(const Job&) = nullptr) {
    const auto patience = std::chrono::steady_clock::now() + 120s;
    while (std::chrono::steady_clock::now() < patience) {
      const Job job = jobs_->find(id).value();
      if (has_ended(job.state) || (enough != nullptr && enough(job))) return job;
      std::this_thread::sleep_for(1ms);
    }
    ADD_FAILURE() << "the job does not end";
    return {};
  }
  json::Value report(const std::string& id) {
    return json::parse(jobs_->report_json(id).value(), {.bytes = 64U << 20}).value();
  }
  std::size_t initiatives() const {
    const graph::View view = graph_->view();
    if (view.name("Initiative") == graph::kNoName) return 0;
    return view.nodes_of_kind(view.name("Initiative")).size();
  }

  tests::TemporaryFolder folder_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<Jobs> jobs_;
  int sent_ = 0;
};

TEST_F(JobsTest, ReadWhatIsSentAndKeepTheReport) {
  const std::string id =
      send({.name = "a.xml"}, file_of(activity("P-1-A", "Boats") + activity("X-B", ""))).value().id;
  const Job job = wait_for(id);
  EXPECT_EQ(job.state, JobState::done) << job.message;
  EXPECT_EQ(job.counts.records, 2U);
  EXPECT_EQ(job.counts.added, 2U);
  EXPECT_EQ(initiatives(), 2U);
  EXPECT_EQ(*report(id).find("files")->as_array()->front().find_string("file"), "a.xml");
  EXPECT_NE(jobs_->report_csv(id).value().find("identifier-prefix"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(place() / id / "file")) << "what was sent is not kept";
}

TEST_F(JobsTest, TellAFailureWithoutPathsOfThisMachine) {
  const std::string id =
      send({.name = "a.csv", .mapping = "{\"not\": \"a mapping\"}"}, "x,y\n1,2\n").value().id;
  const Job job = wait_for(id);
  const std::string told = job.message + (job.has_report ? jobs_->report_json(id).value() : "");
  EXPECT_NE(told, "");
  EXPECT_EQ(told.find(folder_.path().string()), std::string::npos) << told;
}

TEST_F(JobsTest, RefuseWhatMakesNoSense) {
  for (const Submission& submission :
       {Submission{.name = "a", .format = "novel"}, Submission{.name = "a", .source = "two words"},
        Submission{.name = "a", .source = "mangrove-identity"},
        Submission{.name = "a", .audiences = {""}},
        Submission{.name = "a", .mapping = std::string((1U << 20) + 1, 'x')}}) {
    const auto refused = send(submission, "x");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  }
  EXPECT_TRUE(jobs_->list().empty());
}

TEST_F(JobsTest, ThatWaitAreCancelledAtOnceAndThatRunKeepWhatTheyRead) {
  const std::string big = many(20'000);
  const std::string first = send({.name = "big.xml"}, big).value().id;
  const std::string second = send({.name = "b.xml"}, file_of(activity("P-1-b", "B"))).value().id;
  EXPECT_EQ(jobs_->cancel(second).value().state, JobState::cancelled);
  const Job running = wait_for(first, [](const Job& job) { return job.records_done > 2'000; });
  ASSERT_EQ(running.state, JobState::running) << "the file is too small for this machine";
  EXPECT_TRUE(jobs_->cancel(first).value().cancelling);
  const Job cancelled = wait_for(first);
  EXPECT_EQ(cancelled.state, JobState::cancelled);
  EXPECT_GE(cancelled.counts.added, 1'000U);
  EXPECT_LT(cancelled.counts.added, 20'000U);
  EXPECT_EQ(initiatives(), cancelled.counts.added) << "what was read stays";
  EXPECT_EQ(report(first).find_boolean("stopped"), true);
  EXPECT_TRUE(graph_->view().find("src:P-1")) << "its source is described";
  EXPECT_EQ(jobs_->cancel(first).error().code, ErrorCode::conflict);
  EXPECT_EQ(jobs_->cancel("nothing").error().code, ErrorCode::not_found);

  const Job again = wait_for(send({.name = "big.xml"}, big).value().id);
  EXPECT_EQ(again.counts.unchanged, cancelled.counts.added);
  EXPECT_EQ(initiatives(), 20'000U);
}

TEST_F(JobsTest, AreBegunAgainByTheNextProcess) {
  const std::string first = send({.name = "big.xml", .source = "harbour"}, many(20'000)).value().id;
  const std::string second = send({.name = "b.xml"}, file_of(activity("P-2-b", "B"))).value().id;
  wait_for(first, [](const Job& job) { return job.records_done > 2'000; });
  const auto begin = std::chrono::steady_clock::now();
  jobs_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s) << "it stops between two commits";
  EXPECT_LT(initiatives(), 20'000U);
  open();
  EXPECT_EQ(wait_for(first).state, JobState::done);
  EXPECT_EQ(jobs_->find(first)->attempts, 1U) << "that it was stopped was not its fault";
  EXPECT_EQ(wait_for(second).state, JobState::done);
  EXPECT_EQ(initiatives(), 20'001U);
  EXPECT_TRUE(graph_->view().find("src:harbour"));
}

TEST_F(JobsTest, ThatEndedTheProcessTooOftenAreNotBegunAgain) {
  const std::string id = send({.name = "a.xml"}, file_of(activity("P-1-A", "A"))).value().id;
  wait_for(id);
  jobs_.reset();
  // As a process leaves it that was killed in the middle of its third attempt.
  Job job = job_from(json::parse([&] {
                       std::ifstream file(place() / id / "job.json");
                       return std::string(std::istreambuf_iterator<char>(file), {});
                     }())
                         .value())
                .value();
  job.state = JobState::running;
  job.attempts = 3;
  job.ended.clear();
  std::ofstream(place() / id / "job.json") << to_json(job);
  open();
  EXPECT_EQ(jobs_->find(id)->state, JobState::interrupted);
  EXPECT_NE(jobs_->find(id)->message, "");
}

TEST_F(JobsTest, WhoseFolderIsDamagedLeaveTheOthers) {
  const std::string id = send({.name = "a.xml"}, file_of(activity("P-1-A", "A"))).value().id;
  wait_for(id);
  jobs_.reset();
  std::filesystem::create_directories(place() / "half-received");
  std::filesystem::create_directories(place() / "damaged");
  std::ofstream(place() / "damaged" / "job.json") << "{\"id\": ";
  std::ofstream(place() / "incoming" / "body-x") << "left behind";
  open();
  EXPECT_EQ(jobs_->list().size(), 1U);
  EXPECT_FALSE(std::filesystem::exists(place() / "half-received"));
  EXPECT_TRUE(std::filesystem::exists(place() / "damaged")) << "a person may still look";
  EXPECT_TRUE(std::filesystem::is_empty(jobs_->incoming()));
}

TEST_F(JobsTest, AreBoundedInNumber) {
  open({.waiting = 2, .remembered = 2});
  const std::string running = send({.name = "big.xml"}, many(20'000)).value().id;
  wait_for(running, [](const Job& job) { return job.state == JobState::running; });
  ASSERT_TRUE(send({.name = "b.xml"}, file_of(activity("P-1-b", "B"))).ok());
  ASSERT_TRUE(send({.name = "c.xml"}, file_of(activity("P-1-c", "C"))).ok());
  EXPECT_FALSE(jobs_->has_room());
  const auto path = incoming("x");
  EXPECT_EQ(jobs_->submit({.name = "d.xml"}, path).error().code, ErrorCode::too_large);
  EXPECT_TRUE(std::filesystem::exists(path)) << "it is its sender's still";
  EXPECT_TRUE(jobs_->cancel(running).ok());
  wait_for(jobs_->list().front().id);
  EXPECT_EQ(jobs_->list().size(), 2U);
  EXPECT_EQ(jobs_->list().front().submission.name, "c.xml") << "the latest first";
  EXPECT_FALSE(jobs_->find(running)) << "the oldest is forgotten";
}

TEST_F(JobsTest, OnlyReportWhereNothingIsToChange) {
  const auto version = graph_->view().version();
  const Job job = wait_for(
      send({.name = "a.xml", .dry_run = true}, file_of(activity("P-1-A", "A"))).value().id);
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_EQ(job.counts.records, 1U);
  EXPECT_EQ(graph_->view().version(), version);
}

TEST_F(JobsTest, GiveNoExampleOfWhatOnlyReviewersMaySee) {
  const std::string id =
      send({.name = "a.xml"}, file_of(activity("P-1-SECRET", "A safe house in Elm Street") +
                                      activity("P-1-open", "A school")))
          .value()
          .id;
  ASSERT_EQ(wait_for(id).state, JobState::done);
  const std::string told = jobs_->report_json(id).value() + jobs_->report_csv(id).value();
  EXPECT_EQ(told.find("SECRET"), std::string::npos) << told;
  EXPECT_NE(told.find("held-for-review"), std::string::npos) << "that it is held is told";
  EXPECT_NE(told.find("P-1-open"), std::string::npos) << told;
}

TEST_F(JobsTest, AreReadForTheirAudiencesAlone) {
  const std::string id =
      send({.name = "a.xml", .audiences = {"partners"}}, file_of(activity("P-1-A", "For partners")))
          .value()
          .id;
  ASSERT_EQ(wait_for(id).state, JobState::done);
  EXPECT_FALSE(graph_->view().find("iati:P-1-A"));
  EXPECT_TRUE(graph_->view(graph::Viewer::of({"partners"})).find("iati:P-1-A"));
}

TEST(FileName, IsOneThatAFolderOfOursCanHave) {
  EXPECT_EQ(file_name_from("a b.csv"), "a b.csv");
  EXPECT_EQ(file_name_from("../../etc/passwd"), "passwd");
  EXPECT_EQ(file_name_from("C:\\Users\\x\\a.xlsx"), "a.xlsx");
  EXPECT_EQ(file_name_from("..hidden"), "hidden");
  EXPECT_EQ(file_name_from(""), "upload");
  EXPECT_EQ(file_name_from("/"), "upload");
  EXPECT_EQ(file_name_from(std::string("a\0b\n.xml", 8)), "ab.xml");
  EXPECT_EQ(file_name_from("Ghäna.csv"), "Ghäna.csv");
  EXPECT_EQ(file_name_from("a\xFF.csv"), "a?.csv");
  const std::string long_name = file_name_from(std::string(300, 'x') + "ä.csv");
  EXPECT_LE(long_name.size(), 200U);
  EXPECT_TRUE(long_name.ends_with("x.csv"));
}

}  // namespace
}  // namespace mangrove::ingest
