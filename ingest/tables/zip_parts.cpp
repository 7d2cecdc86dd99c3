#include "ingest/tables/zip_parts.h"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/readers/iati_codes.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

std::string normal_name(std::string_view name) {
  std::string normal = iati::lower(name);
  std::ranges::replace(normal, '\\', '/');
  return normal.starts_with('/') ? normal.substr(1) : normal;
}

/// The library at work on the file put aside, from its beginning; several may be at once.
class Unpacker {
 public:
  Unpacker(int file, std::uint64_t size) : file_(file), size_(static_cast<la_int64_t>(size)) {
    archive_read_support_format_zip_seekable(archive_.get());
    archive_read_set_seek_callback(archive_.get(), seek);
    opened_ = archive_read_open2(archive_.get(), this, nullptr, read, skip, nullptr) == ARCHIVE_OK;
  }
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  /// The name of the next part; empty at the end.
  Result<std::string> next() {
    archive_entry* entry = nullptr;
    const int status = opened_ ? archive_read_next_header(archive_.get(), &entry) : ARCHIVE_FATAL;
    if (status == ARCHIVE_EOF) return std::string();
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged();
    if (archive_entry_is_encrypted(entry) != 0) {
      return Error{ErrorCode::unsupported, "it is encrypted; save it without a password"};
    }
    const char* name = archive_entry_pathname(entry);
    return name == nullptr ? std::string("?") : std::string(name);
  }

  /// Bytes of the part at hand; 0 at its end.
  Result<std::size_t> unpack(char* buffer, std::size_t size) {
    const la_ssize_t got = archive_read_data(archive_.get(), buffer, size);
    if (got < 0) return damaged();
    return static_cast<std::size_t>(got);
  }

 private:
  struct Freer {
    void operator()(archive* one) const { archive_read_free(one); }
  };

  Error damaged() const {
    const char* reason = archive_error_string(archive_.get());
    return {ErrorCode::corrupt,
            "the ZIP file is damaged" + (reason == nullptr ? "" : ": " + std::string(reason))};
  }

  static la_ssize_t read(archive* /*archive*/, void* self, const void** bytes) {
    auto* unpacker = static_cast<Unpacker*>(self);
    *bytes = unpacker->buffer_.data();
    const ssize_t got = ::pread(unpacker->file_, unpacker->buffer_.data(), unpacker->buffer_.size(),
                                unpacker->offset_);
    if (got > 0) unpacker->offset_ += got;
    return got;
  }
  static la_int64_t skip(archive* /*archive*/, void* self, la_int64_t bytes) {
    auto* unpacker = static_cast<Unpacker*>(self);
    const la_int64_t skipped =
        std::clamp<la_int64_t>(bytes, 0, unpacker->size_ - unpacker->offset_);
    unpacker->offset_ += skipped;
    return skipped;
  }
  static la_int64_t seek(archive* /*archive*/, void* self, la_int64_t offset, int whence) {
    auto* unpacker = static_cast<Unpacker*>(self);
    if (whence == SEEK_CUR) offset += unpacker->offset_;
    if (whence == SEEK_END) offset += unpacker->size_;
    if (offset < 0 || offset > unpacker->size_) return ARCHIVE_FATAL;
    return unpacker->offset_ = offset;
  }

  const int file_;
  const la_int64_t size_;
  la_int64_t offset_ = 0;
  std::array<char, kChunkBytes> buffer_{};
  std::unique_ptr<archive, Freer> archive_{archive_read_new()};
  bool opened_ = false;
};

class PartStream final : public ByteStream {
 public:
  PartStream(std::unique_ptr<Unpacker> unpacker, std::uint64_t bytes_max)
      : unpacker_(std::move(unpacker)), bytes_max_(bytes_max) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t got = TRY(unpacker_->unpack(buffer, size));
    unpacked_ += got;
    if (unpacked_ > bytes_max_) {
      return Error{ErrorCode::too_large, "it unpacks to far more than a file of its size should"};
    }
    return got;
  }
  std::uint64_t consumed() const override { return unpacked_; }

 private:
  std::unique_ptr<Unpacker> unpacker_;
  const std::uint64_t bytes_max_;
  std::uint64_t unpacked_ = 0;
};

/// How often the mark of a part in the directory stands in these bytes: at least once for each
/// part, so that a directory too large to be held is refused before it is read.
std::size_t directory_marks(std::string_view bytes) {
  std::size_t marks = 0;
  for (std::size_t at = bytes.find("PK\x01\x02"); at != std::string_view::npos;
       at = bytes.find("PK\x01\x02", at + 4)) {
    ++marks;
  }
  return marks;
}

}  // namespace

Result<std::unique_ptr<ZipParts>> ZipParts::open(std::unique_ptr<ByteStream> bytes) {
  std::unique_ptr<ZipParts> parts(new ZipParts(std::move(bytes)));
  TRY(parts->put_aside());
  TRY(parts->list_parts());
  return parts;
}

Status ZipParts::put_aside() {
  file_.reset(std::tmpfile());
  if (!file_) return Error{ErrorCode::io, "no room on the disk to unpack it"};
  std::string chunk;
  std::size_t marks = 0;
  while (true) {
    const std::string end = chunk.size() < 3 ? chunk : chunk.substr(chunk.size() - 3);
    chunk = TRY(read_up_to(*bytes_, kChunkBytes));
    if (chunk.empty()) break;
    marks += directory_marks(end + chunk);
    size_ += chunk.size();
    if (size_ > kZipBytesMax) return Error{ErrorCode::too_large, "a ZIP file of more than 1 GiB"};
    if (marks > kZipPartsMax) {
      return Error{ErrorCode::too_large, "a ZIP file of more than 10,000 parts"};
    }
    if (std::fwrite(chunk.data(), 1, chunk.size(), file_.get()) != chunk.size()) {
      return Error{ErrorCode::io, "no room on the disk to unpack it"};
    }
  }
  return std::fflush(file_.get()) == 0 ? Status()
                                       : Error{ErrorCode::io, "no room on the disk to unpack it"};
}

Status ZipParts::list_parts() {
  Unpacker unpacker(::fileno(file_.get()), size_);
  while (true) {
    const std::string name = TRY(unpacker.next());
    if (name.empty()) return {};
    if (names_.size() == kZipPartsMax) {
      return Error{ErrorCode::too_large, "a ZIP file of more than 10,000 parts"};
    }
    names_.push_back(normal_name(name));
  }
}

bool ZipParts::has(std::string_view name) const {
  return std::ranges::find(names_, normal_name(name)) != names_.end();
}

Result<std::unique_ptr<ByteStream>> ZipParts::part(std::string_view name) const {
  const std::string wanted = normal_name(name);
  auto unpacker = std::make_unique<Unpacker>(::fileno(file_.get()), size_);
  while (true) {
    const std::string found = TRY(unpacker->next());
    if (found.empty()) {
      return Error{ErrorCode::not_found, "there is no part `" + std::string(name) + "` in it"};
    }
    if (normal_name(found) == wanted) break;
  }
  const std::uint64_t bound =
      std::min(kZipPartBytesMax, std::max(kZipPartFreeBytes, size_ * kZipPartRatioMax));
  return std::unique_ptr<ByteStream>(std::make_unique<PartStream>(std::move(unpacker), bound));
}

}  // namespace mangrove::ingest
