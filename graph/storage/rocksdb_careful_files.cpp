#include "graph/storage/rocksdb_careful_files.h"

#include <string>
#include <string_view>
#include <utility>

#include "graph/storage/rocksdb_seal.h"

namespace mangrove::storage {
namespace {

/// A table being written. The engine says by the priority what for: a flush is more urgent than a
/// merge.
class TableFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  TableFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, std::string path,
            rocksdb::FileSystem& files, std::uint64_t bytes_free)
      : FSWritableFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        files_(files),
        bytes_free_(bytes_free) {}

  void SetIOPriority(rocksdb::Env::IOPriority priority) override {
    is_merge_ = priority == rocksdb::Env::IO_LOW;
    FSWritableFileOwnerWrapper::SetIOPriority(priority);
  }

  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
    const auto status = room_for(data.size());
    return status.ok() ? FSWritableFileOwnerWrapper::Append(data, options, context) : status;
  }
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           const rocksdb::DataVerificationInfo& verification,
                           rocksdb::IODebugContext* context) override {
    const auto status = room_for(data.size());
    return status.ok() ? FSWritableFileOwnerWrapper::Append(data, options, verification, context)
                       : status;
  }

 private:
  rocksdb::IOStatus room_for(std::size_t bytes) const {
    std::uint64_t free = 0;
    if (!is_merge_ || !files_.GetFreeSpace(path_, {}, &free, nullptr).ok() ||
        free >= bytes_free_ + bytes) {
      return rocksdb::IOStatus::OK();
    }
    return rocksdb::IOStatus::NoSpace("what is left is kept for commits", path_);
  }

  std::string path_;
  rocksdb::FileSystem& files_;
  std::uint64_t bytes_free_;
  bool is_merge_ = false;
};

class CarefulFiles final : public rocksdb::FileSystemWrapper {
 public:
  CarefulFiles(std::shared_ptr<rocksdb::FileSystem> files, std::uint64_t bytes_for_commits)
      : FileSystemWrapper(std::move(files)), bytes_for_commits_(bytes_for_commits) {}

  const char* Name() const override { return "CarefulFiles"; }

  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    auto status = FileSystemWrapper::NewWritableFile(path, options, file, context);
    if (status.ok() && path.ends_with(".sst")) {
      *file = std::make_unique<TableFile>(std::move(*file), path, *target(), bytes_for_commits_);
    }
    return status;
  }

  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override {
    constexpr std::string_view kCurrent = "/CURRENT";
    if (to.ends_with(kCurrent)) {
      auto status = sync_folder(*target(), to.substr(0, to.size() - kCurrent.size()));
      if (!status.ok()) return status;
    }
    return FileSystemWrapper::RenameFile(from, to, options, context);
  }

 private:
  std::uint64_t bytes_for_commits_;
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> handle_with_care(std::shared_ptr<rocksdb::FileSystem> files,
                                                      std::uint64_t bytes_for_commits) {
  return std::make_shared<CarefulFiles>(std::move(files), bytes_for_commits);
}

}  // namespace mangrove::storage
