#include "tests/support/faulty_disk.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <filesystem>
#include <string>
#include <utility>

namespace mangrove::tests {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;
using ModelPointer = std::shared_ptr<DiskModel>;

IOStatus to_status(std::errc error, const std::string& path) {
  if (error == std::errc()) return IOStatus::OK();
  if (error == std::errc::no_space_on_device) return IOStatus::NoSpace("simulated", path);
  if (error == std::errc::no_such_file_or_directory) return IOStatus::PathNotFound("gone", path);
  return IOStatus::IOError("simulated input/output error", path);
}

class Writable final : public rocksdb::FSWritableFile {
 public:
  Writable(DiskModel::FilePointer file, ModelPointer model)
      : file_(std::move(file)), model_(std::move(model)) {}

  using FSWritableFile::Append;
  IOStatus Append(const Slice& data, const IOOptions& /*options*/,
                  IODebugContext* /*context*/) override {
    return to_status(model_->append(*file_, data.ToStringView()), file_->place);
  }
  IOStatus Truncate(std::uint64_t bytes, const IOOptions& /*options*/,
                    IODebugContext* /*context*/) override {
    return to_status(model_->truncate(*file_, bytes), file_->place);
  }
  IOStatus Sync(const IOOptions& /*options*/, IODebugContext* /*context*/) override {
    return to_status(model_->sync(*file_), file_->place);
  }
  IOStatus Flush(const IOOptions& /*options*/, IODebugContext* /*context*/) override {
    return IOStatus::OK();
  }
  IOStatus Close(const IOOptions& /*options*/, IODebugContext* /*context*/) override {
    return IOStatus::OK();
  }
  std::uint64_t GetFileSize(const IOOptions& /*options*/, IODebugContext* /*context*/) override {
    return file_->bytes;
  }

 private:
  DiskModel::FilePointer file_;
  ModelPointer model_;
};

class Sequential final : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  Sequential(std::unique_ptr<rocksdb::FSSequentialFile>&& real, std::string path,
             ModelPointer model)
      : FSSequentialFileOwnerWrapper(std::move(real)),
        path_(std::move(path)),
        model_(std::move(model)) {}

  IOStatus Read(std::size_t bytes, const IOOptions& options, Slice* result, char* scratch,
                IODebugContext* context) override {
    const IOStatus status = to_status(model_->read(), path_);
    if (!status.ok()) return status;
    return FSSequentialFileOwnerWrapper::Read(bytes, options, result, scratch, context);
  }

 private:
  std::string path_;
  ModelPointer model_;
};

class RandomAccess final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  RandomAccess(std::unique_ptr<rocksdb::FSRandomAccessFile>&& real, std::string path,
               ModelPointer model)
      : FSRandomAccessFileOwnerWrapper(std::move(real)),
        path_(std::move(path)),
        model_(std::move(model)) {}

  IOStatus Read(std::uint64_t offset, std::size_t bytes, const IOOptions& options, Slice* result,
                char* scratch, IODebugContext* context) const override {
    const IOStatus status = to_status(model_->read(), path_);
    if (!status.ok()) return status;
    return FSRandomAccessFileOwnerWrapper::Read(offset, bytes, options, result, scratch, context);
  }
  IOStatus MultiRead(rocksdb::FSReadRequest* requests, std::size_t count, const IOOptions& options,
                     IODebugContext* context) override {
    for (std::size_t i = 0; i < count; ++i) {
      rocksdb::FSReadRequest& one = requests[i];
      one.status = Read(one.offset, one.len, options, &one.result, one.scratch, context);
    }
    return IOStatus::OK();
  }

 private:
  std::string path_;
  ModelPointer model_;
};

class Directory final : public rocksdb::FSDirectory {
 public:
  Directory(std::string path, ModelPointer model)
      : path_(std::move(path)), model_(std::move(model)) {}

  IOStatus Fsync(const IOOptions& /*options*/, IODebugContext* /*context*/) override {
    return to_status(model_->sync_folder(path_), path_);
  }
  IOStatus Close(const IOOptions& /*options*/, IODebugContext* /*context*/) override {
    return IOStatus::OK();
  }

 private:
  std::string path_;
  ModelPointer model_;
};

/// Reads from the real disk, and writes to the model.
class Files final : public rocksdb::FileSystemWrapper {
 public:
  explicit Files(ModelPointer model)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), model_(std::move(model)) {}

  const char* Name() const override { return "FaultyDisk"; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& /*options*/,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           IODebugContext* /*context*/) override {
    DiskModel::FilePointer file;
    const IOStatus status = to_status(model_->create(path, file), path);
    if (status.ok()) *result = std::make_unique<Writable>(std::move(file), model_);
    return status;
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& /*options*/,
                              std::unique_ptr<rocksdb::FSWritableFile>* result,
                              IODebugContext* /*context*/) override {
    DiskModel::FilePointer file;
    const IOStatus status = to_status(model_->open_again(path, file), path);
    if (status.ok()) *result = std::make_unique<Writable>(std::move(file), model_);
    return status;
  }
  IOStatus Truncate(const std::string& path, std::size_t bytes, const IOOptions& /*options*/,
                    IODebugContext* /*context*/) override {
    DiskModel::FilePointer file;
    const IOStatus status = to_status(model_->open_again(path, file), path);
    return status.ok() ? to_status(model_->truncate(*file, bytes), path) : status;
  }
  IOStatus NewSequentialFile(const std::string& path, const FileOptions& options,
                             std::unique_ptr<rocksdb::FSSequentialFile>* result,
                             IODebugContext* context) override {
    const IOStatus status = target()->NewSequentialFile(path, options, result, context);
    if (status.ok()) *result = std::make_unique<Sequential>(std::move(*result), path, model_);
    return status;
  }
  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                               IODebugContext* context) override {
    const IOStatus status = target()->NewRandomAccessFile(path, options, result, context);
    if (status.ok()) *result = std::make_unique<RandomAccess>(std::move(*result), path, model_);
    return status;
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions& /*options*/,
                        std::unique_ptr<rocksdb::FSDirectory>* result,
                        IODebugContext* /*context*/) override {
    if (!std::filesystem::is_directory(path)) return IOStatus::PathNotFound("no folder", path);
    *result = std::make_unique<Directory>(path, model_);
    return IOStatus::OK();
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& /*options*/,
                      IODebugContext* /*context*/) override {
    return to_status(model_->rename(from, to), from);
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions& /*options*/,
                      IODebugContext* /*context*/) override {
    return to_status(model_->remove(path), path);
  }
  IOStatus GetFreeSpace(const std::string& path, const IOOptions& options, std::uint64_t* bytes,
                        IODebugContext* context) override {
    const auto said = model_->free_space();
    if (!said) return target()->GetFreeSpace(path, options, bytes, context);
    *bytes = *said;
    return IOStatus::OK();
  }

  // What nobody uses, and what would go past the model.
  IOStatus ReuseWritableFile(const std::string& path, const std::string& /*old*/,
                             const FileOptions& /*options*/,
                             std::unique_ptr<rocksdb::FSWritableFile>* /*result*/,
                             IODebugContext* /*context*/) override {
    return IOStatus::NotSupported("reusing", path);
  }
  IOStatus LinkFile(const std::string& from, const std::string& /*to*/,
                    const IOOptions& /*options*/, IODebugContext* /*context*/) override {
    return IOStatus::NotSupported("linking", from);
  }

 private:
  ModelPointer model_;
};

/// After each failure in its background the engine sleeps for a second, in one of a few threads
/// that all stores of a process share: with more of them, trials side by side do not wait for each
/// other.
void let_many_stores_fail_at_once() {
  constexpr int kStores = 32;
  rocksdb::Env* const environment = rocksdb::Env::Default();
  environment->SetBackgroundThreads(kStores, rocksdb::Env::Priority::LOW);
  environment->SetBackgroundThreads(kStores, rocksdb::Env::Priority::HIGH);
}

}  // namespace

FaultyDisk::FaultyDisk(unsigned seed)
    : model_(std::make_shared<DiskModel>(seed)), files_(std::make_shared<Files>(model_)) {
  let_many_stores_fail_at_once();
}

std::shared_ptr<rocksdb::FileSystem> FaultyDisk::file_system() const {
  return files_;
}
std::uint64_t FaultyDisk::changes() const {
  return model_->changes();
}
void FaultyDisk::cut_power_after(std::uint64_t changes) {
  model_->cut_power_after(changes);
}
bool FaultyDisk::has_power() const {
  return model_->has_power();
}
void FaultyDisk::restore_power() {
  model_->restore_power();
}
void FaultyDisk::ignore_syncs() {
  model_->ignore_syncs();
}
std::uint64_t FaultyDisk::calls(Call call) const {
  return model_->calls(call);
}
void FaultyDisk::fail(Call call, std::uint64_t nth, Fault fault, bool for_ever) {
  model_->fail(call, nth, fault, for_ever);
}
void FaultyDisk::heal() {
  model_->heal();
}
void FaultyDisk::set_free_space(std::optional<std::uint64_t> bytes) {
  model_->set_free_space(bytes);
}

}  // namespace mangrove::tests
