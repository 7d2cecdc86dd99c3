#include "ingest/byte_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

namespace mangrove::ingest {
namespace {

class FileStream : public ByteStream {
 public:
  explicit FileStream(std::FILE* file) : file_(file) {}
  ~FileStream() override {
    if (file_ != stdin) std::fclose(file_);
  }
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t got = std::fread(buffer, 1, size, file_);
    if (got == 0 && std::ferror(file_) != 0)
      return Error{ErrorCode::io, "the disk refused to read"};
    consumed_ += got;
    return got;
  }
  std::uint64_t consumed() const override { return consumed_; }

 private:
  std::FILE* file_;
  std::uint64_t consumed_ = 0;
};

class PrefixedStream : public ByteStream {
 public:
  PrefixedStream(std::string prefix, std::unique_ptr<ByteStream> rest)
      : prefix_(std::move(prefix)), rest_(std::move(rest)) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (given_ == prefix_.size()) return rest_ ? rest_->read(buffer, size) : std::size_t{0};
    const std::size_t got = std::min(size, prefix_.size() - given_);
    std::memcpy(buffer, prefix_.data() + given_, got);
    given_ += got;
    return got;
  }
  std::uint64_t consumed() const override { return rest_ ? rest_->consumed() : given_; }

 private:
  std::string prefix_;
  std::size_t given_ = 0;
  std::unique_ptr<ByteStream> rest_;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> open_file(const std::string& path) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    return Error{ErrorCode::io, std::error_code(errno, std::generic_category()).message()};
  }
  return std::unique_ptr<ByteStream>(std::make_unique<FileStream>(file));
}

std::unique_ptr<ByteStream> with_prefix(std::string prefix, std::unique_ptr<ByteStream> rest) {
  return std::make_unique<PrefixedStream>(std::move(prefix), std::move(rest));
}

std::unique_ptr<ByteStream> from_memory(std::string bytes) {
  return std::make_unique<PrefixedStream>(std::move(bytes), nullptr);
}

Result<std::string> read_up_to(ByteStream& stream, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const Result<std::size_t> got = stream.read(bytes.data() + filled, size - filled);
    if (!got.ok() && filled > 0) break;
    if (!got.ok()) return got.error();
    if (got.value() == 0) break;
    filled += got.value();
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace mangrove::ingest
