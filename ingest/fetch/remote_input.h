#pragma once

#include <functional>
#include <memory>

#include "ingest/fetch/download.h"

namespace mangrove::ingest {

/// An input that lies on the web: fetched when it is opened, and not before. For one thread at a
/// time.
class RemoteInput {
 public:
  RemoteInput(Location location, DownloadLimits limits, std::function<bool()> stop)
      : location_(std::move(location)), limits_(limits), stop_(std::move(stop)) {}

  const Location& location() const { return location_; }
  /// By what to tell that it has not changed; before it is opened.
  void set_known(Validators known) { known_ = std::move(known); }
  /// Brings the body whether or not it has changed; before it is opened.
  void set_read_unchanged(bool read) { read_unchanged_ = read; }

  /// Its body. `conflict` where it has not changed: `is_unchanged` says so too, and nothing is
  /// wrong. Other errors as `download` has them.
  Result<std::unique_ptr<ByteStream>> open();

  // What is known once it was opened.
  bool is_unchanged() const { return unchanged_; }
  bool is_end_certain() const { return end_is_certain_; }
  std::uint64_t bytes() const { return bytes_; }
  const Validators& validators() const { return validators_; }

 private:
  Location location_;
  DownloadLimits limits_;
  std::function<bool()> stop_;
  Validators known_;
  bool read_unchanged_ = false;
  Validators validators_;
  std::uint64_t bytes_ = 0;
  bool unchanged_ = false;
  bool end_is_certain_ = true;
};

}  // namespace mangrove::ingest
