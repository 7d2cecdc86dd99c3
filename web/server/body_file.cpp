#include "web/server/body_file.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

namespace mangrove::web {
namespace {

Error failure(std::string_view what, const std::filesystem::path& path) {
  const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  const std::string why = std::error_code(errno, std::generic_category()).message();
  return {full ? ErrorCode::no_space : ErrorCode::io,
          path.string() + ": " + std::string(what) + ": " + why};
}

}  // namespace

Result<std::shared_ptr<BodyFile>> BodyFile::create(const std::filesystem::path& folder,
                                                   std::uint64_t bytes_kept_free,
                                                   std::uint64_t expected) {
  std::string name = (folder / "body-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return failure("cannot be made", folder);
  // Not make_shared: the constructor is private.
  std::shared_ptr<BodyFile> body(new BodyFile(name, file, bytes_kept_free));
  TRY(body->check_room(expected));
  return body;
}

BodyFile::~BodyFile() {
  ::close(file_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

Status BodyFile::check_room(std::uint64_t bytes) const {
  struct statvfs disk {};
  if (::fstatvfs(file_, &disk) != 0) return failure("the disk does not tell its room", path_);
  const std::uint64_t room = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  if (room >= bytes_kept_free_ && room - bytes_kept_free_ >= bytes) return {};
  return Error{ErrorCode::no_space, path_.string() + ": the disk has " + std::to_string(room) +
                                        " bytes, of which " + std::to_string(bytes_kept_free_) +
                                        " are kept for the graph"};
}

Status BodyFile::append(std::string_view bytes) {
  TRY(check_room(bytes.size()));
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failure("cannot be written", path_);
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace mangrove::web
