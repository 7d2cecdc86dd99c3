#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "graph/base/result.h"

namespace mangrove::web {

/// A file for a body that is too large for memory. It goes when this does, unless it was kept.
class BodyFile {
 public:
  /// A new, empty file in this folder, which only this user may read. `bytes_kept_free` is what the
  /// disk must still have behind all that is written, so that a file from outside never takes the
  /// graph's own room; `expected` is what is known to come, or 0. Errors: `no_space`, `io`.
  static Result<std::shared_ptr<BodyFile>> create(const std::filesystem::path& folder,
                                                  std::uint64_t bytes_kept_free,
                                                  std::uint64_t expected = 0);
  ~BodyFile();
  BodyFile(const BodyFile&) = delete;
  BodyFile& operator=(const BodyFile&) = delete;

  /// Writes all of it, or an error: `no_space`, `io`. Not for two threads at once.
  Status append(std::string_view bytes);

  std::uint64_t size() const { return size_; }
  const std::filesystem::path& path() const { return path_; }

  /// The file is somebody else's now, who has moved it away or will remove it.
  void release() { path_.clear(); }

 private:
  BodyFile(std::filesystem::path path, int file, std::uint64_t bytes_kept_free)
      : path_(std::move(path)), file_(file), bytes_kept_free_(bytes_kept_free) {}
  Status check_room(std::uint64_t bytes) const;

  std::filesystem::path path_;  // Empty once released.
  int file_;
  std::uint64_t bytes_kept_free_;
  std::uint64_t size_ = 0;
};

}  // namespace mangrove::web
