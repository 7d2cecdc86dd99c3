// The topology: bytes an edge, and the speed of walking, of changing and of the image, against
// plain arrays and plain files in the same run. Times are what this thread had of a processor, but
// for files, where they are what the clock says.
//
//   topology_bench [SUBJECTS...]        about eleven edges a subject

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <new>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "graph/topology/image.h"
#include "graph/topology/topology.h"

namespace {
std::atomic<std::size_t> allocated{0};
}

// Counts what is allocated, with the allocator's own eight bytes.
void* operator new(std::size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  allocated += malloc_usable_size(memory) + 8;
  return memory;
}
void operator delete(void* memory) noexcept {
  if (memory == nullptr) return;
  allocated -= malloc_usable_size(memory) + 8;
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  operator delete(memory);
}

namespace mangrove::graph {
namespace {

constexpr std::size_t kBatch = 1000;

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double clock_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The best of some runs.
template <typename Run>
double seconds_of(Run&& run, int times = 3, double (*now)() = processor_seconds) {
  double best = 1e9;
  for (int i = 0; i < times; ++i) {
    const double begin = now();
    run();
    best = std::min(best, now() - begin);
  }
  return best;
}

/// Draws 0 to n - 1, the first ones most often.
class Zipf {
 public:
  Zipf(std::uint32_t n, double exponent) {
    double sum = 0;
    for (std::uint32_t i = 0; i < n; ++i) sums_.push_back(sum += std::pow(i + 1.0, -exponent));
  }
  template <typename Random>
  std::uint32_t operator()(Random& random) const {
    const double at = std::uniform_real_distribution<>(0, sums_.back())(random);
    return static_cast<std::uint32_t>(std::lower_bound(sums_.begin(), sums_.end(), at) -
                                      sums_.begin());
  }

 private:
  std::vector<double> sums_;
};

/// One record a subject, in the manner of published aid data: nodes are numbered in the order in
/// which records name them; a few actors in several roles, a place or two, sectors, goals, and some
/// edges between other nodes than the subject.
class Corpus {
 public:
  struct Record {
    std::vector<NodeTable::Change> nodes;
    std::vector<TopologyChanges::EdgeChange> edges;
    TopologyChanges::SubjectChange subject;
  };

  explicit Corpus(std::uint32_t subjects) : actor_(std::max(5000u, subjects / 20), 1.0) {
    for (std::uint32_t i = 0; i < subjects; ++i) {
      records.push_back(next());
      edges += records.back().edges.size();
    }
  }

  TopologyChanges changes(std::size_t from, std::size_t to) const {
    TopologyChanges changes;
    for (std::size_t i = from; i < std::min(to, records.size()); ++i) {
      const Record& record = records[i];
      changes.nodes.insert(changes.nodes.end(), record.nodes.begin(), record.nodes.end());
      changes.edges.insert(changes.edges.end(), record.edges.begin(), record.edges.end());
      changes.subjects.push_back(record.subject);
    }
    return changes;
  }

  std::vector<Record> records;
  std::uint32_t nodes = 0;
  std::size_t edges = 0;

 private:
  static constexpr std::uint32_t kNone = ~0u;
  enum Relations : std::uint16_t {
    takes_part = 1,
    works_in,
    in_sector,
    contributes,
    addresses,
    serves,
    related,
    funds,
    based_in,
    about,
  };
  using Numbers = std::vector<std::uint32_t>;

  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

  std::uint32_t new_node(std::uint16_t kind) {
    record_.nodes.push_back({NodeIndex{nodes}, Kind{kind}, kPublic, 1});
    return nodes++;
  }
  std::uint32_t named(Numbers& known, std::uint32_t which) {
    if (which >= known.size()) known.resize(which + std::size_t{1}, kNone);
    if (known[which] == kNone) return known[which] = new_node(2);
    record_.nodes.push_back({NodeIndex{known[which]}, Kind{2}, kPublic, 1});
    return known[which];
  }
  void tie(std::uint32_t from, std::uint16_t relation, std::uint32_t to,
           std::uint16_t qualifier = 0) {
    record_.edges.push_back({NodeIndex{from}, Relation{relation}, NodeIndex{to},
                             Qualifier{qualifier}, kPublic, record_.subject.record, true});
  }

  Record next() {
    record_ = {};
    const std::uint32_t subject = nodes;
    const RecordNumber number{static_cast<std::uint32_t>(records.size())};
    record_.subject = {NodeIndex{subject}, kPublic, number, true};
    new_node(1);
    Numbers here;
    for (std::uint16_t role = 20; role < 25; ++role) {
      if (role > 21 && below(10) < 2) continue;
      here.push_back(named(actors_, actor_(random_)));
      tie(here.back(), takes_part, subject, role);
    }
    const std::uint32_t place = named(places_, place_(random_));
    tie(subject, works_in, place);
    if (below(3) == 0) tie(subject, works_in, named(places_, 250 + below(5)));
    for (std::uint32_t i = below(3) + 1; i > 0; --i) {
      tie(subject, in_sector, named(sectors_, sector_(random_) * 3 + i));
    }
    tie(subject, contributes, named(goals_, goal_(random_)), 30);
    if (below(2) == 0) tie(subject, contributes, named(targets_, goal_(random_)), 31);
    if (below(2) == 0) tie(subject, addresses, named(determinants_, goal_(random_)), 31);
    if (below(4) == 0) tie(subject, serves, named(groups_, below(20)), 31);
    if (below(4) == 0) tie(subject, related, subject - std::min(subject, below(200)), 40);
    if (below(2) == 0) tie(here[0], funds, here[1], static_cast<std::uint16_t>(50 + below(8)));
    if (below(2) == 0) tie(here[0], based_in, place);
    if (below(8) == 0) tie(new_node(3), about, subject);
    state_once(record_.edges);
    return std::move(record_);
  }

  static void state_once(std::vector<TopologyChanges::EdgeChange>& edges) {
    const auto key = [](const TopologyChanges::EdgeChange& edge) {
      return std::tie(edge.from, edge.relation, edge.to, edge.qualifier);
    };
    std::sort(edges.begin(), edges.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    edges.erase(std::unique(edges.begin(), edges.end(),
                            [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                edges.end());
  }

  std::mt19937 random_{7};
  Zipf actor_;
  Zipf place_{250, 1.0};
  Zipf sector_{70, 0.8};
  Zipf goal_{169, 0.8};
  Numbers actors_, places_, sectors_, goals_, targets_, determinants_, groups_;
  Record record_;
};

/// The neighbours of each node in plain arrays.
struct PlainRows {
  explicit PlainRows(const Adjacency& adjacency, std::uint32_t limit) {
    for (std::uint32_t node = 0; node < limit; ++node) {
      offsets.push_back(static_cast<std::uint32_t>(nodes.size()));
      adjacency.visit(NodeIndex{node}, [&](const Adjacent& at) { nodes.push_back(at.node.value); });
    }
    offsets.push_back(static_cast<std::uint32_t>(nodes.size()));
  }

  std::vector<std::uint32_t> offsets;
  std::vector<std::uint32_t> nodes;
};

class Bench {
 public:
  explicit Bench(std::uint32_t subjects) : corpus_(subjects) {
    std::printf("\n%u subjects, %u nodes, %zu edges\n", subjects, corpus_.nodes, corpus_.edges);
  }

  void run() {
    build();
    change_a_little();
    make_plain();
    std::printf("in the pages that commits made:\n");
    walk();
    image();
    std::printf("in the pages of the image:\n");
    walk();
  }

 private:
  double per_edge(double what) const { return what / static_cast<double>(corpus_.edges); }

  void build() {
    const std::size_t before = allocated;
    double all = 0;
    double nodes = 0;
    NodeTable table;
    for (std::size_t at = 0; at < corpus_.records.size(); at += kBatch) {
      const TopologyChanges changes = corpus_.changes(at, at + kBatch);
      all += seconds_of([&] { topology_ = topology_.with(changes); }, 1);
    }
    const std::size_t between = allocated;
    for (std::size_t at = 0; at < corpus_.records.size(); at += kBatch) {
      const TopologyChanges changes = corpus_.changes(at, at + kBatch);
      nodes += seconds_of([&] { table = table.with(changes.nodes, changes.guards); }, 1);
    }
    const auto node_bytes = static_cast<double>(allocated - between);
    const auto row_bytes = static_cast<double>(between - before) - node_bytes;
    // Neighbour, record, qualifier and policy of each entry; where rows begin.
    const double plain =
        2 * 12 * static_cast<double>(corpus_.edges) +
        2 * 4.0 * corpus_.nodes * static_cast<double>(topology_.relations().size());
    std::printf("rows           %6.2f bytes an edge, both directions (plain arrays %.2f)\n",
                per_edge(row_bytes), per_edge(plain));
    std::printf("node table     %6.2f bytes a node\n", node_bytes / corpus_.nodes);
    std::printf("bulk commits   %6.3f us an edge, of it the node table %.3f\n", per_edge(all) * 1e6,
                per_edge(nodes) * 1e6);
  }

  /// One record with three edges.
  void change_a_little() {
    std::mt19937 random(3);
    constexpr std::uint32_t kRounds = 2000;
    double seconds = 0;
    for (std::uint32_t i = 0; i < kRounds; ++i) {
      const auto& record = corpus_.records[random() % corpus_.records.size()];
      const RecordNumber number{static_cast<std::uint32_t>(corpus_.records.size()) + i};
      TopologyChanges changes;
      changes.nodes = {record.nodes[0]};
      changes.subjects = {{record.subject.subject, kPublic, number, true}};
      for (std::size_t e = 0; e < std::min<std::size_t>(3, record.edges.size()); ++e) {
        changes.edges.push_back(record.edges[e]);
        changes.edges.back().record = number;
      }
      const double begin = processor_seconds();
      const Topology next = topology_.with(changes);
      seconds += processor_seconds() - begin;
    }
    std::printf("small commits  %6.2f us each\n", seconds / kRounds * 1e6);
  }

  void make_plain() {
    for (const Relation relation : topology_.relations()) {
      for (const Direction direction : {Direction::out, Direction::in}) {
        plain_.emplace_back(*topology_.adjacency(relation, direction), corpus_.nodes);
      }
    }
    order_.resize(corpus_.nodes);
    for (std::uint32_t i = 0; i < corpus_.nodes; ++i) order_[i] = i;
  }

  template <typename Visit>
  void neighbours(std::uint32_t node, Visit&& visit) const {
    const Sight everyone;
    for (const Relation relation : topology_.relations()) {
      for (const Direction direction : {Direction::out, Direction::in}) {
        topology_.adjacency(relation, direction)->visit(NodeIndex{node}, [&](const Adjacent& at) {
          if (everyone.sees(at.policy) && topology_.exists(at.node, everyone)) visit(at.node.value);
        });
      }
    }
  }
  template <typename Visit>
  void plain_neighbours(std::uint32_t node, Visit&& visit) const {
    for (const PlainRows& rows : plain_) {
      for (std::uint32_t i = rows.offsets[node]; i < rows.offsets[node + 1]; ++i) {
        visit(rows.nodes[i]);
      }
    }
  }

  void walk() {
    one_hop("one hop, in order      ");
    std::shuffle(order_.begin(), order_.end(), std::mt19937(11));
    one_hop("one hop, in any order  ");
    by_relation();
    three_hops();
    std::sort(order_.begin(), order_.end());
  }

  void one_hop(const char* name) {
    std::uint64_t sum = 0;
    std::uint64_t plain_sum = 0;
    const double ours = seconds_of([&] {
      for (const std::uint32_t node : order_)
        neighbours(node, [&](std::uint32_t at) { sum += at; });
    });
    const double plain = seconds_of([&] {
      for (const std::uint32_t node : order_) {
        plain_neighbours(node, [&](std::uint32_t at) { plain_sum += at; });
      }
    });
    report(name, ours, plain, sum == plain_sum);
  }

  /// All nodes as one frontier, relation by relation.
  void by_relation() {
    std::uint64_t sum = 0;
    std::uint64_t plain_sum = 0;
    const Sight everyone;
    const double ours = seconds_of([&] {
      for (const Relation relation : topology_.relations()) {
        for (const Direction direction : {Direction::out, Direction::in}) {
          const Adjacency* const rows = topology_.adjacency(relation, direction);
          for (const std::uint32_t node : order_) {
            rows->visit(NodeIndex{node}, [&](const Adjacent& at) {
              if (!everyone.sees(at.policy) || !topology_.exists(at.node, everyone)) return;
              sum += at.node.value;
            });
          }
        }
      }
    });
    const double plain = seconds_of([&] {
      for (const PlainRows& rows : plain_) {
        for (const std::uint32_t node : order_) {
          for (std::uint32_t i = rows.offsets[node]; i < rows.offsets[node + 1]; ++i) {
            plain_sum += rows.nodes[i];
          }
        }
      }
    });
    report("one hop, by relation   ", ours, plain, sum == plain_sum);
  }

  void report(const char* name, double ours, double plain, bool same) const {
    const double entries = 2 * static_cast<double>(corpus_.edges);
    std::printf("  %s%6.1f million edges a second (plain arrays %.1f, ratio %.2f)%s\n", name,
                entries / ours * 1e-6, entries / plain * 1e-6, ours / plain, same ? "" : "  WRONG");
  }

  void three_hops() {
    std::size_t met = 0;
    std::size_t plain_met = 0;
    const double ours = seconds_of(
        [&] { met = count_three_hops([&](auto node, auto&& take) { neighbours(node, take); }); });
    const double plain = seconds_of([&] {
      plain_met = count_three_hops([&](auto node, auto&& take) { plain_neighbours(node, take); });
    });
    std::printf("  three hops %18.2f ms each (plain arrays %.2f, ratio %.2f)%s\n",
                ours / kStarts * 1e3, plain / kStarts * 1e3, ours / plain,
                met == plain_met ? "" : "  WRONG");
  }

  /// How many nodes are within three hops, summed over some starts.
  template <typename Neighbours>
  std::size_t count_three_hops(Neighbours&& neighbours) const {
    std::size_t met = 0;
    std::vector<std::uint32_t> seen(corpus_.nodes, 0);
    std::vector<std::uint32_t> frontier;
    std::vector<std::uint32_t> next;
    for (std::uint32_t start = 0; start < kStarts; ++start) {
      const std::uint32_t stamp = start + 1;
      frontier = {order_[start]};
      seen[frontier[0]] = stamp;
      for (int hop = 0; hop < 3; ++hop) {
        next.clear();
        for (const std::uint32_t node : frontier) {
          neighbours(node, [&](std::uint32_t other) {
            if (seen[other] == stamp) return;
            seen[other] = stamp;
            next.push_back(other);
          });
        }
        met += next.size();
        frontier.swap(next);
      }
    }
    return met;
  }

  void image() {
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("topology_bench." + std::to_string(::getpid()));
    std::size_t before = allocated;
    Catalogue catalogue;
    const double numbering = seconds_of(
        [&] {
          for (std::uint32_t i = 0; i < corpus_.nodes; ++i) {
            catalogue.nodes.add("iati:GB-COH-" + std::to_string(10'000'000ull + i) + "-P" +
                                std::to_string(i % 900));
          }
        },
        1);
    catalogue.sources.add(Catalogue::source_key("src:bench", ""));
    for (const auto& record : corpus_.records) {
      catalogue.records.number_of({record.subject.subject, SourceIndex{0}});
    }
    std::printf("catalogue      %6.2f bytes a node, %.3f us to number one\n",
                static_cast<double>(allocated - before) / corpus_.nodes,
                numbering / corpus_.nodes * 1e6);

    const ImageContent content{1, 1, catalogue, catalogue.sizes(), topology_};
    const double write =
        seconds_of([&] { check(write_image(file, content).ok()); }, 1, clock_seconds);
    const auto size = static_cast<std::size_t>(std::filesystem::file_size(file));
    std::vector<char> bytes;
    const double plain_read = seconds_of(
        [&] {
          bytes.assign(size, 0);
          std::ifstream(file, std::ios::binary)
              .read(bytes.data(), static_cast<std::streamsize>(size));
        },
        3, clock_seconds);
    const double read = seconds_of([&] { check(read_image(file).ok()); }, 3, clock_seconds);
    const double plain_write = seconds_of(
        [&] {
          const int out = ::open(file.c_str(), O_WRONLY | O_TRUNC);
          check(::write(out, bytes.data(), size) == static_cast<ssize_t>(size) &&
                ::fsync(out) == 0);
          ::close(out);
        },
        1, clock_seconds);
    std::printf(
        "image          %6.1f MB; written in %.3f s (plain file %.3f, ratio %.2f), "
        "opened in %.3f s (plain file %.3f, ratio %.2f)\n",
        static_cast<double>(size) * 1e-6, write, plain_write, write / plain_write, read, plain_read,
        read / plain_read);
    auto loaded = read_image(file);
    check(loaded.ok());
    topology_ = std::move(loaded.value().topology);
    std::filesystem::remove(file);
  }

  static void check(bool good) {
    if (good) return;
    std::fprintf(stderr, "the image could not be written or read\n");
    std::exit(1);
  }

  static constexpr std::uint32_t kStarts = 20;

  Corpus corpus_;
  Topology topology_;
  std::vector<PlainRows> plain_;
  std::vector<std::uint32_t> order_;
};

}  // namespace
}  // namespace mangrove::graph

int main(int argc, char** argv) {
  std::vector<std::uint32_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(static_cast<std::uint32_t>(std::atoi(argv[i])));
  if (sizes.empty()) sizes = {100'000, 880'000};
  for (const std::uint32_t subjects : sizes) mangrove::graph::Bench(subjects).run();
  return 0;
}
