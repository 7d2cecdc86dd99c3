#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "graph/base/log.h"
#include "graph/graph.h"
#include "graph/verify.h"
#include "tests/support/damage.h"
#include "tests/support/lanes.h"
#include "tests/support/long_run.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;

/// All that a graph tells anybody, its past included.
Result<std::string> all_of(const Graph& graph) {
  std::string all = TRY(tests::read_by_all(graph));
  const View latest = graph.view(Viewer::steward());
  for (const Change& change : TRY(latest.changes_after(graph.oldest_version(), 1'000))) {
    all += std::to_string(change.version) + ' ' + change.time + '\n';
    for (const RecordChange& record : change.records) {
      all += "  " + record.subject + ' ' + record.source + ' ' + record.part + ' ' +
             std::to_string(static_cast<int>(record.outcome)) + '\n';
    }
  }
  for (const Version back : {1u, 4u}) {
    const View past = TRY(graph.view_at(latest.version() - back, Viewer::steward()));
    all += TRY(tests::read_all(past));
  }
  return all;
}

/// A graph in a folder, closed in order, of which copies are damaged.
class BitFlips : public testing::Test {
 protected:
  void SetUp() override {
    log::set_level(log::Level::error);
    for (int opening = 0; opening < 2; ++opening) {
      const auto graph = Graph::open(good_, {.text_properties = tests::kLaneTexts}).value();
      for (const unsigned number : {0u, 1u, 2u}) {
        tests::Lane lane = tests::lane_of(number);
        lane.skip_to(opening * kSteps);
        for (std::uint32_t i = 0; i < kSteps; ++i) {
          ASSERT_TRUE(tests::take(*graph, lane.next()).ok());
        }
      }
      expected_ = all_of(*graph).value();
    }
    std::ofstream(good_ / "server.json") << R"({"url": "http://127.0.0.1:8087", "process": 1})";
  }
  void TearDown() override { log::set_level(log::Level::info); }

  void copy_and_flip(tests::BitPlace place) {
    fs::remove_all(copy_);
    fs::copy(good_, copy_, fs::copy_options::recursive);
    place.file = copy_ / fs::relative(place.file, good_);
    tests::flip(place);
  }

  /// Whether opening the copy and reading all of it meets the damage. If not, all that it gave was
  /// true.
  bool is_found_by_reading() {
    const auto graph = Graph::open(copy_, {.create = false});
    const auto found = graph.ok() ? all_of(*graph.value()) : graph.error();
    if (!found.ok()) {
      EXPECT_NE(found.error().message, "");
      return true;
    }
    EXPECT_TRUE(found.value() == expected_)
        << "damage is served as truth: " << tests::first_difference(found.value(), expected_);
    return false;
  }

  bool is_found_by_verify() {
    const auto report = verify_folder(copy_);
    return !report.ok() || !report.value().is_clean();
  }

  static constexpr std::uint32_t kSteps = 7;
  tests::TemporaryFolder temporary_;
  fs::path good_ = temporary_.path() / "good";
  fs::path copy_ = temporary_.path() / "copy";
  std::string expected_;
};

TEST_F(BitFlips, AnyBitOfAnyFileIsMissedByReadingOrByVerify) {
  const auto seed = std::random_device()();
  std::mt19937 random(seed);
  for (int i = 0; i < tests::times(60, 1'000); ++i) {
    const tests::BitPlace place = tests::random_bit(good_, random);
    SCOPED_TRACE("seed " + std::to_string(seed) + ", " + tests::to_string(place));
    if (place.file.filename() == "server.json")
      continue;  // Belongs to the server, not to the graph.
    copy_and_flip(place);
    const bool read = is_found_by_reading();
    copy_and_flip(place);
    EXPECT_TRUE(read || is_found_by_verify());
  }
}

}  // namespace
}  // namespace mangrove::graph
