#pragma once

#include <sys/mount.h>
#include <sys/statvfs.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/temporary_folder.h"

namespace mangrove::tests {

/// A real disk of a few megabytes, in memory. Only root may make one: elsewhere it is not there,
/// and the test skips.
///
///     SmallDisk disk(64);
///     if (!disk.is_there()) GTEST_SKIP() << SmallDisk::kWhyNot;
class SmallDisk {
 public:
  static constexpr const char* kWhyNot = "only root may mount a small disk";

  explicit SmallDisk(int megabytes) {
    const std::string options = "size=" + std::to_string(megabytes) + "m";
    is_there_ = ::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (is_there_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_there() const { return is_there_; }
  const std::filesystem::path& path() const { return folder_.path(); }

  std::uint64_t bytes_free() const {
    struct statvfs space {};
    ::statvfs(path().c_str(), &space);
    return std::uint64_t{space.f_bsize} * space.f_bfree;
  }

  /// Something else takes space, until so many bytes are left.
  void fill_until(std::uint64_t bytes_left) {
    std::ofstream filler(filler_path(), std::ios::binary | std::ios::app);
    const std::string block(4096, 'x');
    while (bytes_free() > bytes_left && filler.write(block.data(), 4096).flush()) continue;
  }
  void free_again() { std::filesystem::remove(filler_path()); }

  void make_read_only(bool read_only) {
    ::mount("", path().c_str(), "", read_only ? MS_REMOUNT | MS_RDONLY : MS_REMOUNT, "");
  }

 private:
  std::filesystem::path filler_path() const { return path() / "filler"; }

  TemporaryFolder folder_;
  bool is_there_ = false;
};

}  // namespace mangrove::tests
