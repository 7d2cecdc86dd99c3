// Measures the graph store through its public doors, and prints ratios against a baseline of the
// same run. Usage: graph_bench [RECORDS [PART…]]: after the bulk load only these parts: raw,
// opening, walking, reading, small, or none; all where none is named.

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "graph/graph.h"
#include "graph/storage/rocksdb.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace mangrove;
using namespace mangrove::graph;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kRecordsOfABatch = 1'000;
constexpr std::size_t kEdgesOfARecord = 13;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

template <typename T>
T must(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "graph_bench: %s\n", result.error().message.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

void must(const Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "graph_bench: %s\n", status.error().message.c_str());
  std::exit(1);
}

/// Records like those of published activities: most edges go to a few well-known nodes.
class Corpus {
 public:
  Batch batch(std::size_t first, std::size_t count) {
    Batch batch;
    for (std::size_t i = first; i < first + count; ++i) batch.put(record(i));
    return batch;
  }

  Record record(std::size_t number) {
    Record record;
    record.source = "src:" + std::to_string(number % 50);
    record.revision = "2024-01-01T00:00:00Z";
    record.origin = "activities.xml:" + std::to_string(number);
    const std::string id = "iati:XX-ORG-" + std::to_string(number);
    record.subject = {id, "Initiative", {}};
    record.subject.properties = {
        {"title", Text{"Support to community schools number " + std::to_string(number), "en"}},
        {"status", Text{"implementation", ""}},
        {"start", Date{2020, 1, 1}},
        {"budget", static_cast<double>(number % 1'000'000)}};
    static const char* const kRoles[] = {"reporting", "funding", "accountable", "implementing"};
    for (const char* role : kRoles) {
      const std::string actor = "org:XM-DAC-" + std::to_string(skewed(5'000));
      record.mentions.push_back({actor, "Actor"});
      record.edges.push_back({actor, "TAKES_PART_IN", id, role});
    }
    tie(record, "WORKS_IN", "place:", 250, 2);
    tie(record, "IN_SECTOR", "sector:dac:", 300, 2);
    tie(record, "CONTRIBUTES_TO", "sdg:", 186, 3);
    tie(record, "ADDRESSES", "det:", 76, 2);
    return record;
  }

 private:
  /// Low numbers far more often than high ones.
  std::size_t skewed(std::size_t limit) {
    const double uniform = std::uniform_real_distribution<double>(0, 1)(random_);
    return static_cast<std::size_t>(static_cast<double>(limit) * uniform * uniform * uniform);
  }

  void tie(Record& record, const char* relation, const char* scheme, std::size_t of, int count) {
    for (int i = 0; i < count; ++i) {
      const std::string to = scheme + std::to_string(skewed(of));
      record.mentions.push_back({to, scheme});
      record.edges.push_back({record.subject.id, relation, to});
    }
  }

  std::mt19937 random_{1};
};

void bench_bulk(const std::filesystem::path& folder, std::size_t records) {
  Corpus corpus;
  double making = 0;
  const auto start = Clock::now();
  {
    Options options;
    options.bulk_load = true;
    auto graph = must(Graph::open(folder, options));
    for (std::size_t from = 0; from < records; from += kRecordsOfABatch) {
      const auto before = Clock::now();
      const Batch batch = corpus.batch(from, std::min(kRecordsOfABatch, records - from));
      making += seconds_since(before);
      must(graph->commit(batch));
    }
    const double took = seconds_since(start) - making;
    const double edges = static_cast<double>(records * kEdgesOfARecord);
    std::printf(
        "bulk load: %.0f edges in %.2f s = %.0f edges/s, %.0f records/s (durable batches of %zu)\n",
        edges, took, edges / took, static_cast<double>(records) / took, kRecordsOfABatch);
    const auto closing = Clock::now();
    graph.reset();
    std::printf("  packed at closing in %.2f s\n", seconds_since(closing));
  }
  std::uintmax_t bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) bytes += file.file_size();
  }
  std::printf("on disk: %.1f MB, %.1f bytes an edge\n", static_cast<double>(bytes) / 1e6,
              static_cast<double>(bytes) / static_cast<double>(records * kEdgesOfARecord));
}

void bench_raw_bulk(const std::filesystem::path& folder, std::size_t records) {
  storage::RocksdbOptions options;
  options.create = true;
  auto store = must(storage::open_rocksdb(folder, options));
  const std::string value(320, 'x');
  const auto start = Clock::now();
  for (std::size_t from = 0; from < records; from += kRecordsOfABatch) {
    storage::WriteBatch writes;
    for (std::size_t i = from; i < std::min(records, from + kRecordsOfABatch); ++i) {
      writes.put("record " + std::to_string(i), value);
    }
    must(store->commit(writes));
  }
  std::printf("  baseline, the engine alone with values as long: %.0f records/s\n",
              static_cast<double>(records) / seconds_since(start));
}

void bench_opening(const std::filesystem::path& folder) {
  auto start = Clock::now();
  { auto graph = must(Graph::open(folder, {})); }
  const double with_image = seconds_since(start);
  std::filesystem::remove(folder / "topology.image");
  start = Clock::now();
  { auto graph = must(Graph::open(folder, {})); }
  const double without = seconds_since(start);
  std::printf(
      "opening: %.3f s from the image, %.2f s without one (%.0fx, and it writes a new one)\n",
      with_image, without, without / with_image);
}

double commits_per_second(Graph& graph, int writers, int commits, const char* label) {
  std::vector<std::thread> threads;
  const auto start = Clock::now();
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      for (int i = 0; i < commits; ++i) {
        const std::string id =
            std::string(label) + std::to_string(writer) + "-" + std::to_string(i);
        Batch batch;
        batch.put({.source = "src:small",
                   .subject = {id, "Initiative"},
                   .edges = {{id, "WORKS_IN", "place:0"}, {id, "ADDRESSES", "det:1"}}});
        must(graph.commit(batch));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(writers * commits) / seconds_since(start);
}

void bench_small_commits(const std::filesystem::path& folder) {
  auto graph = must(Graph::open(folder, {}));
  const double one = commits_per_second(*graph, 1, 2'000, "x:one-");
  const double sixteen = commits_per_second(*graph, 16, 1'000, "x:many-");
  std::printf("small durable commits: 1 writer %.0f/s, 16 writers %.0f/s = %.1fx\n", one, sixteen,
              sixteen / one);
}

void bench_reading(const std::filesystem::path& folder) {
  auto graph = must(Graph::open(folder, {}));
  const View view = graph->view();
  std::mt19937 random(3);
  const auto some = view.nodes_of_kind(view.name("Initiative"));
  double together = 0;
  double apart = 0;
  // Others each time, so that neither finds what the other fetched.
  const auto draw = [&] {
    std::vector<NodeIndex> nodes;
    for (int i = 0; i < 1'000; ++i) nodes.push_back(some[random() % some.size()]);
    return nodes;
  };
  for (int round = 0; round < 20; ++round) {
    const auto first = draw();
    auto start = Clock::now();
    must(view.read(first));
    together += seconds_since(start);
    const auto second = draw();
    start = Clock::now();
    for (const NodeIndex node : second) must(view.read(std::span(&node, 1)));
    apart += seconds_since(start);
  }
  std::printf("properties of 1,000 nodes: %.2f ms in one call, %.2f ms one by one = %.2fx\n",
              together * 50, apart * 50, apart / together);
}

void bench_walking(const std::filesystem::path& folder) {
  auto graph = must(Graph::open(folder, {}));
  const View view = graph->view();
  std::vector<NodeIndex> all;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) all.push_back(NodeIndex{i});
  std::uint64_t edges = 0;
  const auto start = Clock::now();
  for (const Relation relation : view.relations()) {
    for (const Direction direction : {Direction::out, Direction::in}) {
      view.walk(all, relation, direction, [&](std::size_t, const Adjacent&) { ++edges; });
    }
  }
  const double took = seconds_since(start);
  std::printf("walking all rows through a view: %.1f million edges/s on one core\n",
              static_cast<double>(edges) / took / 1e6);
}

/// A part of the bench, by the name under which it can be asked for.
struct Part {
  const char* name;
  void (*run)(const std::filesystem::path& folder, std::size_t records);
};

constexpr Part kParts[] = {
    {"raw",
     [](const auto& folder, std::size_t records) { bench_raw_bulk(folder / "raw", records); }},
    {"opening", [](const auto& folder, std::size_t) { bench_opening(folder / "graph"); }},
    {"walking", [](const auto& folder, std::size_t) { bench_walking(folder / "graph"); }},
    {"reading", [](const auto& folder, std::size_t) { bench_reading(folder / "graph"); }},
    {"small", [](const auto& folder, std::size_t) { bench_small_commits(folder / "graph"); }},
};

}  // namespace

int main(int argc, char** argv) {
  const std::size_t records = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 200'000;
  const std::vector<std::string_view> asked(argv + std::min(argc, 2), argv + argc);
  const tests::TemporaryFolder folder;
  bench_bulk(folder.path() / "graph", records);
  for (const Part& part : kParts) {
    const bool is_asked = std::find(asked.begin(), asked.end(), part.name) != asked.end();
    if (asked.empty() || is_asked) part.run(folder.path(), records);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("peak memory: %.0f MB\n", static_cast<double>(usage.ru_maxrss) / 1024);
}
