#pragma once

#include <rocksdb/file_system.h>

#include <cstdint>
#include <memory>

namespace mangrove::storage {

/// The same files, handled with more care than the engine takes by itself:
///
/// - Merges of tables never fill the disk to the brim. They fail for lack of space while so many
///   bytes are still free, which is left for commits.
/// - CURRENT comes to name a manifest only when that manifest's own name would outlast a power cut.
std::shared_ptr<rocksdb::FileSystem> handle_with_care(std::shared_ptr<rocksdb::FileSystem> files,
                                                      std::uint64_t bytes_for_commits);

}  // namespace mangrove::storage
