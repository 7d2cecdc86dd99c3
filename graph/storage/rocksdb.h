#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include "graph/storage/storage.h"

namespace mangrove::storage {

struct RocksdbOptions {
  bool create = false;  ///< Make a store where there is none; otherwise that is an error.
  std::size_t cache_bytes = std::size_t{64} << 20;
};

/// The embedded engine, in a folder of its own. Errors: `conflict` where another process holds it,
/// `corrupt` where it is damaged, `io` where the disk refuses. After an error of a commit, commits
/// fail until the folder is opened anew.
Result<std::unique_ptr<Storage>> open_rocksdb(const std::filesystem::path& folder,
                                              const RocksdbOptions& options);

}  // namespace mangrove::storage
