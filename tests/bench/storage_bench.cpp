// How fast the store is, each figure against a baseline of the same run, and what it takes.
//
//   storage_bench      in a new folder under /tmp, which is removed again
//
// Ends with 1 where many keys at once are slower than one by one.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "graph/storage/rocksdb.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace mangrove::storage;  // NOLINT: a program of one file.

constexpr int kRecords = 200'000;
constexpr int kRecordsOfABatch = 5'000;
constexpr std::size_t kMemory = std::size_t{64} << 20;

double seconds_of(const auto& action) {
  const auto begin = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> figures) {
  std::nth_element(figures.begin(), figures.begin() + static_cast<long>(figures.size() / 2),
                   figures.end());
  return figures[figures.size() / 2];
}

std::string key_of(std::uint32_t number) {
  std::string key = "r";
  for (int shift = 24; shift >= 0; shift -= 8) key += static_cast<char>(number >> shift);
  return key;
}

/// Some 900 bytes that pack as records do: words of a vocabulary, and numbers.
std::string record(std::mt19937& random) {
  std::string text;
  while (text.size() < 900) {
    text += "word" + std::to_string(std::min(random() % 3'000, random() % 3'000)) + ' ';
    if (random() % 8 == 0) text += std::to_string(random());
  }
  return text;
}

std::uint64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::uint64_t bytes_below(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) bytes += entry.file_size();
  return bytes;
}

void check(const auto& result) {
  if (result.ok()) return;
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(3);
}

std::vector<WriteBatch> batches() {
  std::mt19937 random(1);
  std::vector<WriteBatch> result(kRecords / kRecordsOfABatch);
  for (int i = 0; i < kRecords; ++i) {
    result[static_cast<std::size_t>(i / kRecordsOfABatch)].put(
        key_of(static_cast<std::uint32_t>(i)), record(random));
  }
  return result;
}

void write_bulk(Storage& store, const std::vector<WriteBatch>& work,
                const std::filesystem::path& folder) {
  double bytes = 0;
  for (const WriteBatch& batch : work) {
    for (const auto& write : batch.writes) {
      bytes += static_cast<double>(write.key.size() + write.value.size());
    }
  }
  // The floor: the same bytes into one file, synced as often.
  const double floor = seconds_of([&] {
    std::FILE* file = std::fopen((folder / "floor").c_str(), "wb");
    for (const WriteBatch& batch : work) {
      for (const auto& write : batch.writes) {
        std::fwrite(write.value.data(), 1, write.value.size(), file);
      }
      std::fflush(file);
      ::fdatasync(fileno(file));
    }
    std::fclose(file);
  });
  std::filesystem::remove(folder / "floor");
  const double taken = seconds_of([&] {
    for (const WriteBatch& batch : work) check(store.commit(batch));
  });
  std::printf("bulk: %.0f MB in batches of %d: %.0f MB/s, %.0f records/s; %.2f of a plain file\n",
              bytes / 1e6, kRecordsOfABatch, bytes / 1e6 / taken, kRecords / taken, floor / taken);
}

/// Whether many at once are as fast as one by one.
bool read_many(Storage& store, const char* how) {
  constexpr int kRounds = 31;
  constexpr int kKeys = 1'000;
  std::mt19937 random(2);
  std::vector<double> many;
  std::vector<double> each;
  const auto snapshot = store.snapshot();
  const auto draw = [&] {
    std::vector<std::string> keys;
    for (int i = 0; i < kKeys; ++i) {
      keys.push_back(key_of(static_cast<std::uint32_t>(random() % kRecords)));
    }
    return keys;
  };
  for (int round = 0; round < kRounds; ++round) {
    // Other keys each time, so that neither finds what the other fetched.
    const auto first = draw();
    many.push_back(seconds_of([&] { check(snapshot->multi_get(first)); }));
    const auto second = draw();
    each.push_back(seconds_of([&] {
      for (const std::string& key : second) check(snapshot->get(key));
    }));
  }
  const double ratio = median(each) / median(many);
  std::printf("reading %d keys, %s: at once %.2f ms, one by one %.2f ms: %.2f times as fast\n",
              kKeys, how, 1e3 * median(many), 1e3 * median(each), ratio);
  return ratio >= 1;
}

void write_small(Storage& store, const std::filesystem::path& folder) {
  constexpr int kCommits = 2'000;
  const std::string value(200, 'x');
  const double floor = seconds_of([&] {
    std::FILE* file = std::fopen((folder / "floor").c_str(), "wb");
    for (int i = 0; i < kCommits; ++i) {
      std::fwrite(value.data(), 1, value.size(), file);
      std::fflush(file);
      ::fdatasync(fileno(file));
    }
    std::fclose(file);
  });
  std::filesystem::remove(folder / "floor");
  const double taken = seconds_of([&] {
    for (int i = 0; i < kCommits; ++i) {
      WriteBatch batch;
      batch.put("s" + std::to_string(i), value);
      check(store.commit(batch));
    }
  });
  std::printf("small durable commits, one thread: %.0f/s; %.2f of a plain file\n", kCommits / taken,
              floor / taken);
}

bool run(const std::filesystem::path& folder) {
  const auto path = folder / "store";
  const auto work = batches();
  const std::uint64_t resident_before = resident_bytes();
  const auto open = [&](std::size_t memory) {
    auto opened = open_rocksdb(path, {.create = true, .cache_bytes = memory});
    check(opened);
    return std::move(opened).value();
  };
  auto store = open(kMemory);
  write_bulk(*store, work, folder);
  const double closing = seconds_of([&] { store.reset(); });
  std::printf("closing: %.2f s; on disk then: %.1f MB\n", closing,
              static_cast<double>(bytes_below(path)) / 1e6);

  std::printf("opening: %.3f s\n", seconds_of([&] { store = open(kMemory); }));
  bool is_good = read_many(*store, "64 MiB of memory");
  write_small(*store, folder);
  std::printf("memory: %.1f MiB of the engine's %zu; resident %.1f MiB more than before\n",
              static_cast<double>(usage_of(*store).memory) / 1048576, kMemory >> 20,
              static_cast<double>(resident_bytes() - resident_before) / 1048576);
  store.reset();
  store = open(std::size_t{512} << 20);
  check(store->snapshot()->scan("", "", [](auto, auto) { return true; }));
  is_good = read_many(*store, "all in memory") && is_good;
  return is_good;
}

}  // namespace

int main() {
  const mangrove::tests::TemporaryFolder folder;
  return run(folder.path()) ? 0 : 1;
}
