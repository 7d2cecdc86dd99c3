#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace mangrove::tests {

/// What a disk holds and what it would still hold if the power went now: the inside of FaultyDisk,
/// which says more. Works on the real folders of the machine. Safe from many threads.
class DiskModel {
 public:
  enum class Call { create, append, sync, sync_folder, rename, remove, read };
  enum class Fault { input_output, no_space, short_write };
  static constexpr std::size_t kCalls = 7;

  /// One file, whatever its names are.
  struct File {
    std::filesystem::path place;  ///< Where its bytes are at the moment.
    std::uint64_t bytes = 0;
    std::uint64_t bytes_synced = 0;
    bool is_kept_aside = false;  ///< Has no name any more, but may get one back in a power cut.
    ~File();
  };
  using FilePointer = std::shared_ptr<File>;

  explicit DiskModel(unsigned seed) : random_(seed) {}

  // What a program may do. They give back std::errc() when it is done.
  std::errc create(const std::filesystem::path& path, FilePointer& file);
  std::errc open_again(const std::filesystem::path& path, FilePointer& file);
  std::errc append(File& file, std::string_view bytes);
  std::errc truncate(File& file, std::uint64_t bytes);
  std::errc sync(File& file);
  std::errc sync_folder(const std::filesystem::path& path);
  std::errc rename(const std::filesystem::path& from, const std::filesystem::path& to);
  std::errc remove(const std::filesystem::path& path);
  std::errc read();

  // What may go wrong with it: see FaultyDisk.
  std::uint64_t changes() const;
  std::uint64_t calls(Call call) const;
  bool has_power() const;
  void cut_power_after(std::uint64_t changes);
  void restore_power();
  void ignore_syncs();
  void fail(Call call, std::uint64_t nth, Fault fault, bool for_ever);
  void heal();
  void set_free_space(std::optional<std::uint64_t> bytes);
  std::optional<std::uint64_t> free_space() const;

 private:
  using Names = std::map<std::string, FilePointer>;

  /// What was done to a name of a folder.
  struct Renaming {
    std::string from;  ///< Empty: a new file.
    std::string to;    ///< Empty: removed.
    FilePointer file;  ///< The new file.
  };

  struct Folder {
    Names now;
    Names synced;
    std::vector<Renaming> unsynced;

    void change(Renaming renaming);
  };

  struct Planned {
    Call call;
    std::uint64_t first;
    Fault fault;
    bool for_ever;
  };

  static void apply(const Renaming& renaming, Names& names);

  std::optional<Fault> begin(Call call);
  std::errc end_of_change();
  Folder& folder_at(const std::filesystem::path& path);
  void keep_aside(const Folder& folder, const std::string& name);
  void move_aside(File& file);

  void settle(const std::filesystem::path& path, Folder& folder);
  void lose_bytes(const File& file);
  void lose_blocks(const File& file, std::uint64_t end);
  void overwrite(const File& file, std::uint64_t begin, const std::string& bytes);

  mutable std::mutex mutex_;  ///< Guards all that follows.
  std::mt19937 random_;
  TemporaryFolder aside_;  ///< Outlives the files that are kept in it.
  std::uint64_t moved_aside_ = 0;
  std::map<std::filesystem::path, Folder> folders_;
  std::uint64_t changes_ = 0;
  std::array<std::uint64_t, kCalls> calls_{};
  std::optional<std::uint64_t> cut_at_;
  std::optional<Planned> planned_;
  std::optional<std::uint64_t> free_space_;
  bool has_power_ = true;
  bool ignores_syncs_ = false;
};

}  // namespace mangrove::tests
