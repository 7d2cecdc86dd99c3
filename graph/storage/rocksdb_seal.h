#pragma once

#include <rocksdb/file_system.h>

#include <string>
#include <vector>

#include "graph/base/result.h"

// The engine trusts the end of its small files: what cannot be read there may be a write that the
// power cut off, or damage. Where a store was closed in order it can only be damage. So closing
// leaves a seal with the checksum of every small file (the tables have theirs in the manifest), and
// opening breaks it. A backup has a seal too, and is none without it.
//
//   mangrove store sealed
//   <checksum> <bytes> <file>        for each file; its name is relative to the folder
//   <checksum of all lines above>
//
// Who calls must be the only one to write there.
namespace mangrove::storage {

/// In the folder of a store.
inline constexpr const char* kSealFile = "SEAL";

/// The small files of a store, as they lie there.
Result<std::vector<std::string>> files_to_seal(rocksdb::FileSystem& files,
                                               const std::string& folder);

/// Durably writes the seal of the named files, as they are now, into a file of the folder.
Status write_seal(rocksdb::FileSystem& files, const std::string& folder,
                  const std::vector<std::string>& names, const std::string& seal_file);

/// Compares what was sealed with what is there. Errors: `not_found` where there is no seal;
/// `corrupt`, naming the file that is not as it was, which may be the seal.
Status check_seal(rocksdb::FileSystem& files, const std::string& folder,
                  const std::string& seal_file);

/// Takes the seal away, durably: from now on the files may change.
Status break_seal(rocksdb::FileSystem& files, const std::string& folder,
                  const std::string& seal_file);

/// Makes what happened to the names in a folder durable.
rocksdb::IOStatus sync_folder(rocksdb::FileSystem& files, const std::string& folder);

}  // namespace mangrove::storage
