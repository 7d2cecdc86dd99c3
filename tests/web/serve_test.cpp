#include "web/serve.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "graph/base/json.h"
#include "graph/folder.h"
#include "tests/support/temporary_folder.h"
#include "web/ask.h"
#include "web/server/client.h"

namespace mangrove::web {
namespace {

using tests::TemporaryFolder;

std::string note_in(const std::filesystem::path& folder) {
  std::ifstream file(folder / graph::kServerFile);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const auto note = json::parse(bytes.str());
  const std::string* url = note.ok() ? note.value().find_string("url") : nullptr;
  return url == nullptr ? std::string{} : *url;
}

// `mangrove serve` on a thread, over a new graph, from when it answers until SIGTERM.
class Serving {
 public:
  explicit Serving(std::filesystem::path folder) : folder_(std::move(folder)) {
    thread_ = std::thread([this] {
      status_ = serve_command(
          std::vector<std::string>{"--graph", folder_.string(), "--listen", "127.0.0.1:0"}, out_,
          errors_);
    });
    const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (!answers() && std::chrono::steady_clock::now() < patience) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  ~Serving() { static_cast<void>(end()); }

  const std::string& url() const { return url_; }
  std::string out() const { return out_.str(); }

  /// The exit status after SIGTERM.
  int end() {
    if (thread_.joinable()) {
      ::kill(::getpid(), SIGTERM);
      thread_.join();
    }
    return status_;
  }

 private:
  bool answers() {
    url_ = note_in(folder_);
    return !url_.empty() && fetch(url_ + "/health/live").ok();
  }

  std::filesystem::path folder_;
  std::ostringstream out_;
  std::ostringstream errors_;
  std::string url_;
  int status_ = -1;
  std::thread thread_;
};

// Exit status and both streams of `mangrove ask`.
std::string ask(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream errors;
  const int status = ask_command(words, out, errors);
  return std::to_string(status) + "\n" + out.str() + errors.str();
}

TEST(Serve, AnswersOverANewGraphAndEndsOnSigterm) {
  const TemporaryFolder folder;
  Serving serving(folder.path() / "graph");
  ASSERT_FALSE(serving.url().empty());
  EXPECT_NE(serving.out().find("Mangrove answers at " + serving.url()), std::string::npos);
  const auto target = fetch(serving.url() + "/api/v1/nodes/sdg:8.7");
  EXPECT_EQ(target.value().status, 200) << "the ontology is loaded";
  const auto page = fetch(serving.url() + "/initiatives/iati:XX-1");
  EXPECT_EQ(page.value().media_type.substr(0, 9), "text/html");
  EXPECT_EQ(serving.end(), 0);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "graph" / graph::kServerFile));
}

TEST(Serve, HttpAndTheCommandLineGiveTheSameAnswers) {
  const TemporaryFolder folder;
  const std::string graph = (folder.path() / "graph").string();
  std::vector<std::vector<std::string>> questions{
      {"search", "child labour", "--limit", "5"},
      {"node", "sdg:8.7"},
      {"neighbours", "sdg:8.7", "--limit", "5"},
      {"paths", "sdg:8.7", "det:ind-debt"},
      {"linkages", "8.7", "--limit", "5"},
      {"graph", "sdg:8.7", "--limit", "9"},
      {"stats"},
      {"node", "org:nobody"},
      {"search", "x", "--limit", "0"},
  };
  std::vector<std::string> served;
  {
    const Serving serving(graph);
    for (auto words : questions) {
      words.insert(words.end(), {"--format", "json", "--server", serving.url() + "/"});
      served.push_back(ask(words));
    }
    const std::string refused = ask({"stats", "--graph", graph});
    EXPECT_EQ(refused.substr(0, 2), "3\n");
    EXPECT_NE(refused.find("--server " + serving.url()), std::string::npos) << refused;
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    auto words = questions[i];
    words.insert(words.end(), {"--format", "json", "--graph", graph});
    EXPECT_EQ(ask(words), served[i]) << words[0];
  }
  EXPECT_EQ(served[0].substr(0, 2), "0\n");
  EXPECT_EQ(served[questions.size() - 2].substr(0, 2), "3\n");
  EXPECT_EQ(served[questions.size() - 1].substr(0, 2), "2\n");
}

TEST(Serve, WrongUsageIsStatusTwoAndHelpIsZero) {
  std::ostringstream out;
  std::ostringstream errors;
  EXPECT_EQ(serve_command(std::vector<std::string>{"--listen", "nowhere"}, out, errors), 2);
  EXPECT_EQ(serve_command(std::vector<std::string>{"--colour", "red"}, out, errors), 2);
  EXPECT_EQ(serve_command(std::vector<std::string>{"extra"}, out, errors), 2);
  EXPECT_EQ(serve_command(std::vector<std::string>{"--help"}, out, errors), 0);
  EXPECT_NE(out.str().find("--listen"), std::string::npos);
}

TEST(Serve, AFolderOfSomethingElseIsStatusThree) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "letter.txt") << "Dear all,";
  std::ostringstream out;
  std::ostringstream errors;
  EXPECT_EQ(serve_command(std::vector<std::string>{"--graph", folder.path().string(), "--listen",
                                                   "127.0.0.1:0"},
                          out, errors),
            3);
  EXPECT_NE(errors.str().find("something other than a graph"), std::string::npos);
}

}  // namespace
}  // namespace mangrove::web
