#include "ingest/source.h"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "graph/base/text.h"

namespace mangrove::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPackedChunkBytes = std::size_t{64} << 10;

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

class GunzipStream : public ByteStream {
 public:
  explicit GunzipStream(std::unique_ptr<ByteStream> packed) : packed_(std::move(packed)) {
    std::memset(&state_, 0, sizeof(state_));
    ready_ = inflateInit2(&state_, 16 + MAX_WBITS) == Z_OK;  // 16: gzip framing, nothing else.
  }
  ~GunzipStream() override { inflateEnd(&state_); }
  GunzipStream(const GunzipStream&) = delete;
  GunzipStream& operator=(const GunzipStream&) = delete;

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (failure_) return *failure_;
    if (!ready_) return Error{ErrorCode::io, "no memory to unpack"};
    state_.next_out = reinterpret_cast<Bytef*>(buffer);
    state_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30));
    const uInt wanted = state_.avail_out;
    const Status status = fill();
    const std::size_t got = wanted - state_.avail_out;
    unpacked_ += got;
    if (!status.ok()) failure_ = status.error();
    if (got > 0) return got;  // What was sound is handed on before the failure.
    if (failure_) return *failure_;
    return std::size_t{0};
  }
  std::uint64_t consumed() const override { return packed_->consumed(); }

 private:
  /// Unpacks until the buffer is full or the stream ends.
  Status fill() {
    while (state_.avail_out > 0 && !ended_) {
      if (state_.avail_in == 0) TRY(refill());
      if (state_.avail_in == 0) {
        if (inside_member_) return damaged("is cut short");
        ended_ = true;
        break;
      }
      TRY(step());
      TRY(check_bounds());
    }
    return {};
  }

  Status refill() {
    const std::size_t got = TRY(packed_->read(input_.data(), input_.size()));
    state_.next_in = reinterpret_cast<Bytef*>(input_.data());
    state_.avail_in = static_cast<uInt>(got);
    return {};
  }

  Status step() {
    if (!inside_member_ && members_ > 0 &&
        *state_.next_in == 0) {  // Padding after the last member.
      ++state_.next_in;
      --state_.avail_in;
      return {};
    }
    inside_member_ = true;
    const int status = inflate(&state_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      ++members_;
      inside_member_ = false;
      if (inflateReset(&state_) != Z_OK) return damaged("cannot be unpacked further");
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return damaged("is damaged");
    }
    return {};
  }

  Status check_bounds() const {
    const std::uint64_t out = unpacked_ + kPackedChunkBytes;
    if (out > kUnpackedBytesMax ||
        (out > kUnpackedFreeBytes && out / kUnpackedRatioMax > packed_->consumed())) {
      return Error{ErrorCode::too_large, "the compressed file unpacks beyond all reason"};
    }
    return {};
  }

  static Error damaged(std::string_view how) {
    return {ErrorCode::corrupt, "the compressed file " + std::string(how)};
  }

  std::unique_ptr<ByteStream> packed_;
  z_stream state_;
  std::array<char, kPackedChunkBytes> input_{};
  std::uint64_t unpacked_ = 0;
  std::uint64_t members_ = 0;
  bool ready_ = false;
  bool inside_member_ = false;
  bool ended_ = false;
  std::optional<Error> failure_;
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

bool is_left_out(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with('.') || name.ends_with(".mapping.json") || name.ends_with(".md");
}

/// Hidden ones, and graphs, which may lie beside what they were made of.
bool is_folder_left_out(const fs::path& path) {
  constexpr const char* kGraphMarker = "mangrove-graph";  // As graph/folder.h has it.
  std::error_code ignored;
  return path.filename().string().starts_with('.') || fs::exists(path / kGraphMarker, ignored);
}

Input input_at(const fs::path& path, std::string name) {
  std::error_code ignored;
  const std::uintmax_t size = fs::file_size(path, ignored);
  if (!is_utf8(name)) {
    std::replace_if(
        name.begin(), name.end(), [](char c) { return (c & 0x80) != 0; }, '?');
  }
  return {path, std::move(name), ignored ? 0 : static_cast<std::uint64_t>(size)};
}

Status add_folder(const fs::path& folder, std::vector<Input>& inputs) {
  std::error_code error;
  std::vector<fs::path> files;
  fs::recursive_directory_iterator walk(folder, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    if (walk->is_directory(error)) {
      const bool left_out = is_folder_left_out(walk->path());
      const bool closed = ::access(walk->path().c_str(), R_OK | X_OK) != 0;
      if (left_out || closed) walk.disable_recursion_pending();
      // Opening a closed one tells why, and the others go on.
      if (closed && !left_out) files.push_back(walk->path());
    } else if (walk->is_regular_file(error) && !is_left_out(walk->path())) {
      files.push_back(walk->path());
    }
  }
  if (error) return Error{ErrorCode::io, folder.string() + ": " + error.message()};
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    inputs.push_back(input_at(file, file.lexically_relative(folder).generic_string()));
  }
  return {};
}

}  // namespace

Result<std::vector<Input>> find_inputs(const std::vector<std::string>& arguments) {
  std::vector<Input> inputs;
  for (const std::string& argument : arguments) {
    std::error_code ignored;
    if (argument == "-") {
      inputs.push_back({"-", "standard-input", 0});
    } else if (argument.find("://") != std::string::npos) {
      return Error{ErrorCode::unsupported,
                   argument + ": this version does not fetch URLs; download the file first"};
    } else if (fs::is_directory(argument, ignored)) {
      TRY(add_folder(argument, inputs));
    } else if (fs::exists(argument, ignored)) {
      inputs.push_back(input_at(argument, fs::path(argument).filename().string()));
    } else {
      return Error{ErrorCode::not_found, argument + ": there is no such file or folder"};
    }
  }
  return inputs;
}

std::unique_ptr<ByteStream> gunzip(std::unique_ptr<ByteStream> packed) {
  return std::make_unique<GunzipStream>(std::move(packed));
}

std::unique_ptr<ByteStream> with_prefix(std::string prefix, std::unique_ptr<ByteStream> rest) {
  return std::make_unique<PrefixedStream>(std::move(prefix), std::move(rest));
}

std::unique_ptr<ByteStream> from_memory(std::string bytes) {
  return std::make_unique<PrefixedStream>(std::move(bytes), nullptr);
}

Result<std::unique_ptr<ByteStream>> open_input(const Input& input) {
  std::FILE* file = input.path == "-" ? stdin : std::fopen(input.path.c_str(), "rb");
  if (file == nullptr) {
    const std::string reason = std::error_code(errno, std::generic_category()).message();
    return Error{ErrorCode::io, input.name + ": " + reason};
  }
  std::unique_ptr<ByteStream> stream = std::make_unique<FileStream>(file);
  std::string head(4, '\0');
  const std::size_t got = TRY(stream->read(head.data(), head.size()));
  head.resize(got);
  const bool gzip = head.starts_with("\x1f\x8b");
  if (head == "\x28\xB5\x2F\xFD") {
    return Error{ErrorCode::unsupported,
                 input.name + ": this version does not unpack .zst; unpack the file first"};
  }
  stream = with_prefix(std::move(head), std::move(stream));
  return gzip ? gunzip(std::move(stream)) : std::move(stream);
}

}  // namespace mangrove::ingest
