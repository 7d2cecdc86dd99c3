#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "tests/support/disk_model.h"

namespace rocksdb {
class FileSystem;
}

namespace mangrove::tests {

/// A disk that loses power, fails and fills up when a test wants it to. It lies over the real
/// folders of the machine, so that what is left after a disaster can be looked at and opened as
/// usual.
///
///     FaultyDisk disk(seed);
///     auto store = open_rocksdb(folder, {.create = true, .file_system = disk.file_system()});
///     disk.cut_power_after(100);
///     …                               // Commits, until one fails.
///     store = …;                      // Everything that uses the disk is destroyed,
///     disk.restore_power();           // the folder is what a disk might keep,
///     open_rocksdb(folder, {…})       // and is opened again, on this disk or none.
///
/// What it knows of is what goes through `file_system()`: nobody else may change a folder once it
/// was used through it. Files that others put there are left alone. Folders themselves are never
/// lost. Nothing is really synced, so that it is fast. Safe from many threads.
class FaultyDisk {
 public:
  /// The same seed loses the same things, as long as the same calls are made in the same order.
  explicit FaultyDisk(unsigned seed);

  /// For whoever is to use the disk. Lives as long as anyone holds it.
  std::shared_ptr<rocksdb::FileSystem> file_system() const;

  // ---- Power cuts

  /// Calls so far that would have changed the disk: creating, appending, syncing, renaming and so
  /// on.
  std::uint64_t changes() const;

  /// The power goes in the n-th of those calls from now on. That call and all later ones fail.
  void cut_power_after(std::uint64_t changes);
  bool has_power() const;

  /// To be called when nothing uses the disk any more. Makes of each folder what a disk might hold:
  /// of bytes that were not synced none, all, the first ones, a part with zeros for the rest, or
  /// garbage; of new, renamed and removed names whose folder was not synced, any choice.
  void restore_power();

  /// From now on the disk says that it has synced, and has not: a test that finds nothing wrong
  /// with this cannot find anything.
  void ignore_syncs();

  // ---- Faults

  using Call = DiskModel::Call;
  /// EIO; ENOSPC; of an append, a part arrives, then EIO (of other calls: as EIO).
  using Fault = DiskModel::Fault;

  /// Calls of that kind so far.
  std::uint64_t calls(Call call) const;

  /// The n-th call of that kind from now on fails (1: the next one), and with `for_ever` all later
  /// calls of that kind too.
  void fail(Call call, std::uint64_t nth, Fault fault, bool for_ever);
  void heal();

  /// What the disk says is free; nothing: what the machine's disk says.
  void set_free_space(std::optional<std::uint64_t> bytes);

 private:
  std::shared_ptr<DiskModel> model_;
  std::shared_ptr<rocksdb::FileSystem> files_;
};

}  // namespace mangrove::tests
