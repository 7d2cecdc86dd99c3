#include "ingest/unpack.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace mangrove::ingest {
namespace {

constexpr std::size_t kPackedChunkBytes = std::size_t{64} << 10;

Error damaged(std::string_view how) {
  return {ErrorCode::corrupt, "the compressed file " + std::string(how)};
}

/// A piece of packed bytes, and one of room for unpacked ones; both shrink as they are used.
struct Work {
  const char* in = nullptr;
  std::size_t in_bytes = 0;
  char* out = nullptr;
  std::size_t out_bytes = 0;
};

/// One packing method.
class Method {
 public:
  virtual ~Method() = default;
  /// Unpacks some. Inside a member or frame, more may come out without anything going in.
  virtual Status step(Work& work) = 0;
  /// Whether a member or frame is begun and not ended.
  virtual bool inside() const = 0;
};

class Gzip final : public Method {
 public:
  Gzip() {
    std::memset(&state_, 0, sizeof(state_));
    ready_ = inflateInit2(&state_, 16 + MAX_WBITS) == Z_OK;  // 16: gzip framing, nothing else.
  }
  ~Gzip() override { inflateEnd(&state_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  Status step(Work& work) override {
    if (!ready_) return Error{ErrorCode::io, "no memory to unpack"};
    if (!inside_ && members_ > 0 && *work.in == 0) {  // Padding after the last member.
      ++work.in;
      --work.in_bytes;
      return {};
    }
    inside_ = true;
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(work.in));
    state_.avail_in = static_cast<uInt>(work.in_bytes);
    state_.next_out = reinterpret_cast<Bytef*>(work.out);
    state_.avail_out = static_cast<uInt>(std::min<std::size_t>(work.out_bytes, 1U << 30));
    const uInt room = state_.avail_out;
    const int status = inflate(&state_, Z_NO_FLUSH);
    work.in += work.in_bytes - state_.avail_in;
    work.in_bytes = state_.avail_in;
    work.out += room - state_.avail_out;
    work.out_bytes -= room - state_.avail_out;
    if (status == Z_STREAM_END) {
      ++members_;
      inside_ = false;
      return inflateReset(&state_) == Z_OK ? Status() : damaged("cannot be unpacked further");
    }
    return status == Z_OK || status == Z_BUF_ERROR ? Status() : damaged("is damaged");
  }
  bool inside() const override { return inside_; }

 private:
  z_stream state_;
  std::uint64_t members_ = 0;
  bool ready_ = false;
  bool inside_ = false;
};

class Zstandard final : public Method {
 public:
  Zstandard() : state_(ZSTD_createDStream()) {
    if (state_ != nullptr) {
      ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, kZstandardWindowLogMax);
    }
  }
  ~Zstandard() override { ZSTD_freeDStream(state_); }
  Zstandard(const Zstandard&) = delete;
  Zstandard& operator=(const Zstandard&) = delete;

  Status step(Work& work) override {
    if (state_ == nullptr) return Error{ErrorCode::io, "no memory to unpack"};
    ZSTD_inBuffer in{work.in, work.in_bytes, 0};
    ZSTD_outBuffer out{work.out, work.out_bytes, 0};
    const std::size_t status = ZSTD_decompressStream(state_, &out, &in);
    work.in += in.pos;
    work.in_bytes -= in.pos;
    work.out += out.pos;
    work.out_bytes -= out.pos;
    if (ZSTD_isError(status) == 0) {
      inside_ = status != 0;
      return {};
    }
    if (ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge) {
      return Error{ErrorCode::too_large,
                   "the compressed file wants more than 128 MiB of memory; pack it without --ultra "
                   "and --long"};
    }
    return damaged("is damaged");
  }
  bool inside() const override { return inside_; }

 private:
  ZSTD_DStream* state_;
  bool inside_ = false;
};

class UnpackedStream final : public ByteStream {
 public:
  UnpackedStream(std::unique_ptr<ByteStream> packed, std::unique_ptr<Method> method)
      : packed_(std::move(packed)), method_(std::move(method)) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (failure_) return *failure_;
    work_.out = buffer;
    work_.out_bytes = size;
    const Status status = fill();
    const std::size_t got = size - work_.out_bytes;
    if (!status.ok()) failure_ = status.error();
    if (got > 0) return got;  // What was sound is handed on before the failure.
    if (failure_) return *failure_;
    return std::size_t{0};
  }
  std::uint64_t consumed() const override { return packed_->consumed(); }

 private:
  /// Unpacks until the buffer is full or the stream ends.
  Status fill() {
    while (work_.out_bytes > 0 && !ended_) {
      if (work_.in_bytes == 0 && !holds_back_) {
        TRY(refill());
        if (work_.in_bytes == 0) {
          if (method_->inside()) return damaged("is cut short");
          ended_ = true;
          break;
        }
      }
      const std::size_t room = work_.out_bytes;
      TRY(method_->step(work_));
      holds_back_ = work_.out_bytes == 0 && method_->inside();
      unpacked_ += room - work_.out_bytes;
      TRY(check_bounds());
    }
    return {};
  }

  Status refill() {
    const std::size_t got = TRY(packed_->read(input_.data(), input_.size()));
    work_.in = input_.data();
    work_.in_bytes = got;
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

  std::unique_ptr<ByteStream> packed_;
  std::unique_ptr<Method> method_;
  std::array<char, kPackedChunkBytes> input_{};
  Work work_;
  std::uint64_t unpacked_ = 0;
  bool holds_back_ = false;  // The method may have more to give without more bytes.
  bool ended_ = false;
  std::optional<Error> failure_;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> unpacked(std::unique_ptr<ByteStream> bytes) {
  constexpr std::string_view kGzipMark = "\x1f\x8b";
  constexpr std::string_view kZstandardMark = "\x28\xB5\x2F\xFD";
  std::string head = TRY(read_up_to(*bytes, kZstandardMark.size()));
  std::unique_ptr<Method> method;
  if (head.starts_with(kGzipMark)) method = std::make_unique<Gzip>();
  if (head == kZstandardMark) method = std::make_unique<Zstandard>();
  bytes = with_prefix(std::move(head), std::move(bytes));
  if (method == nullptr) return bytes;
  return std::unique_ptr<ByteStream>(
      std::make_unique<UnpackedStream>(std::move(bytes), std::move(method)));
}

std::filesystem::path without_packing(std::filesystem::path name) {
  const std::filesystem::path extension = name.extension();
  if (extension == ".gz" || extension == ".zst") name.replace_extension();
  return name;
}

}  // namespace mangrove::ingest
