#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "graph/storage/rocksdb.h"
#include "graph/text/words.h"
#include "ingest/ingest.h"
#include "ingest/linking/linker.h"
#include "tests/bench/linking/parts.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::bench {
namespace {

using Clock = std::chrono::steady_clock;
using ingest::Passage;
using ingest::TextLinker;

constexpr double kSpeedGoal = 30;    // MB of text a second.
constexpr double kShareGoal = 0.25;  // Of the time of an ingest.

double seconds_since(Clock::time_point from) {
  return std::chrono::duration<double>(Clock::now() - from).count();
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Which part of the processor time of an ingest of the same files is reading for links.
double show_share(const Study& study) {
  const auto linking_from = processor_seconds();
  TextLinker reader(study.world.vocabulary);
  std::size_t links = 0;
  for (const Activity& activity : study.activities) {
    links += reader.links(study.judge.passages(activity)).size();
  }
  const double reading = processor_seconds() - linking_from;
  const tests::TemporaryFolder folder;
  const auto graph =
      graph::Graph::open(storage::open_rocksdb(folder.path() / "graph", {.create = true}).value(),
                         {.text_properties = ontology::text_properties()})
          .value();
  if (!ingest::load_ontology(*graph, study.world.ontology).ok()) std::abort();
  ingest::Options options;
  options.inputs = {(study.data / "iati/activities").string()};
  const double from = processor_seconds();
  const auto began = Clock::now();
  if (!ingest::run(options, *graph, study.world.ontology).ok()) std::abort();
  const double ingesting = processor_seconds() - from;
  std::printf(
      "ingest of the same files: %.2f s of processor, %.2f s; reading for links %.2f s, "
      "%.0f us an activity\n",
      ingesting, seconds_since(began), reading,
      reading * 1e6 / static_cast<double>(study.activities.size()));
  return reading / ingesting;
}

/// The titles and descriptions of all activities, to be read again and again.
class Texts {
 public:
  explicit Texts(const Study& study) {
    for (const Activity& activity : study.activities) {
      auto& passages = texts_.emplace_back();
      for (const Passage& passage : study.judge.passages(activity)) {
        if (passage.field != "title" && passage.field != "description") continue;
        passages.push_back(passage);
        megabytes_ += static_cast<double>(passage.text.size()) / 1e6;
      }
    }
  }

  double megabytes() const { return megabytes_; }

  /// MB a second of processor time, for something that is done to the texts of each activity.
  template <typename Read>
  double rate(Read&& read) const {
    const double from = processor_seconds();
    for (const auto& passages : texts_) read(passages);
    return megabytes_ / (processor_seconds() - from);
  }

 private:
  std::vector<std::vector<Passage>> texts_;
  double megabytes_ = 0;
};

/// The best of some rounds counts, since other programs may run beside this one.
constexpr int kRounds = 3;

/// How fast something is done, and how many things came of it.
struct Speed {
  double first = 0;  ///< Where every word is new.
  double again = 0;
  std::size_t made = 0;
};

Speed speed_of_reading(const Study& study, const Texts& texts) {
  Speed speed;
  for (int i = 0; i < kRounds; ++i) {
    TextLinker reader(study.world.vocabulary);
    const auto read = [&](const std::vector<Passage>& passages) {
      speed.made += reader.links(passages).size();
    };
    speed.made = 0;
    speed.first = std::max(speed.first, texts.rate(read));
    speed.made = 0;
    speed.again = std::max(speed.again, texts.rate(read));
  }
  return speed;
}

Speed speed_of_cutting(const Texts& texts) {
  Speed speed;
  graph::WordReader reader;
  const auto cut = [&](const std::vector<Passage>& passages) {
    for (const Passage& passage : passages) speed.made += reader.read(passage.text, "x").size();
  };
  speed.first = texts.rate(cut);
  for (int i = 0; i < kRounds; ++i) {
    speed.made = 0;
    speed.again = std::max(speed.again, texts.rate(cut));
  }
  return speed;
}

}  // namespace

bool show_throughput(const Study& study) {
  std::printf("\n== Speed\n");
  const Texts texts(study);
  const Speed reading = speed_of_reading(study, texts);
  const Speed cutting = speed_of_cutting(texts);
  std::printf(
      "titles and descriptions, %.1f MB, %zu words, %zu links: first time, every word "
      "new: %.1f MB/s; again: %.1f MB/s; only cut into words: %.1f MB/s (%.1f times)\n",
      texts.megabytes(), cutting.made, reading.made, reading.first, reading.again, cutting.again,
      cutting.again / reading.again);
  const double share = show_share(study);
  std::printf("asked for: at least %.0f MB/s (%.1f), at most %.2f of ingest (%.2f)\n", kSpeedGoal,
              reading.first, kShareGoal, share);
  return reading.first >= kSpeedGoal && share <= kShareGoal;
}

}  // namespace mangrove::bench
