#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

#include "graph/storage/storage.h"

namespace mangrove::tests {

/// How often a storage was asked: on an engine across a network, each is a round trip.
struct RoundTrips {
  std::size_t gets = 0;
  std::size_t multi_gets = 0;
  std::size_t scans = 0;
  std::size_t commits = 0;

  std::size_t reads() const { return gets + multi_gets + scans; }
};

/// A storage that passes everything on to the one inside it, and counts.
///
///     auto counting = std::make_unique<CountingStorage>(storage::make_memory_storage());
///     const CountingStorage& counter = *counting;
///     const auto graph = Graph::open(std::move(counting), {}).value();
///     const auto before = counter.round_trips();
///     …
///     EXPECT_EQ(counter.round_trips().reads() - before.reads(), 1u);
///
/// Safe from many threads where the one inside is.
class CountingStorage final : public storage::Storage {
 public:
  explicit CountingStorage(std::unique_ptr<storage::Storage> inside) : inside_(std::move(inside)) {}

  RoundTrips round_trips() const {
    return {counts_->gets, counts_->multi_gets, counts_->scans, counts_->commits};
  }

  std::shared_ptr<const storage::Snapshot> snapshot() const override {
    return std::make_shared<CountedSnapshot>(inside_->snapshot(), counts_);
  }

  Status commit(const storage::WriteBatch& batch) override {
    ++counts_->commits;
    return inside_->commit(batch);
  }

 private:
  struct Counts {
    std::atomic<std::size_t> gets{0};
    std::atomic<std::size_t> multi_gets{0};
    std::atomic<std::size_t> scans{0};
    std::atomic<std::size_t> commits{0};
  };

  class CountedSnapshot final : public storage::Snapshot {
   public:
    CountedSnapshot(std::shared_ptr<const storage::Snapshot> inside, std::shared_ptr<Counts> counts)
        : inside_(std::move(inside)), counts_(std::move(counts)) {}

    Result<std::optional<std::string>> get(std::string_view key) const override {
      ++counts_->gets;
      return inside_->get(key);
    }
    Result<std::vector<std::optional<std::string>>> multi_get(
        std::span<const std::string> keys) const override {
      ++counts_->multi_gets;
      return inside_->multi_get(keys);
    }
    Status scan(
        std::string_view prefix, std::string_view from,
        const std::function<bool(std::string_view, std::string_view)>& visit) const override {
      ++counts_->scans;
      return inside_->scan(prefix, from, visit);
    }

   private:
    std::shared_ptr<const storage::Snapshot> inside_;
    std::shared_ptr<Counts> counts_;
  };

  std::unique_ptr<storage::Storage> inside_;
  std::shared_ptr<Counts> counts_ = std::make_shared<Counts>();
};

}  // namespace mangrove::tests
