#include "tests/support/disk_model.h"

#include <algorithm>
#include <fstream>

namespace mangrove::tests {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBlockBytes = 4096;
constexpr std::errc kDone{};

std::errc error_of(DiskModel::Fault fault) {
  return fault == DiskModel::Fault::no_space ? std::errc::no_space_on_device : std::errc::io_error;
}

std::size_t index_of(DiskModel::Call call) {
  return static_cast<std::size_t>(call);
}

std::uint64_t block_after(std::uint64_t at) {
  return (at / kBlockBytes + 1) * kBlockBytes;
}

bool append_to(const fs::path& place, std::string_view bytes) {
  std::ofstream stream(place, std::ios::binary | std::ios::app);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return stream.flush().good();
}

/// Also from one disk to another.
void move(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (!error) return;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  fs::remove(from);
}

}  // namespace

DiskModel::File::~File() {
  std::error_code ignored;
  if (is_kept_aside) fs::remove(place, ignored);
}

// ---- What a program may do

std::errc DiskModel::create(const fs::path& path, FilePointer& file) {
  const std::lock_guard lock(mutex_);
  if (const auto fault = begin(Call::create)) return error_of(*fault);
  Folder& folder = folder_at(path.parent_path());
  keep_aside(folder, path.filename());
  if (!append_to(path, {})) return std::errc::no_such_file_or_directory;
  file = std::make_shared<File>();
  file->place = path;
  folder.change({"", path.filename(), file});
  return end_of_change();
}

std::errc DiskModel::open_again(const fs::path& path, FilePointer& file) {
  {
    const std::lock_guard lock(mutex_);
    const Names& names = folder_at(path.parent_path()).now;
    if (const auto found = names.find(path.filename()); found != names.end()) {
      file = found->second;
      return has_power_ ? kDone : std::errc::io_error;
    }
  }
  return create(path, file);
}

std::errc DiskModel::append(File& file, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  const auto fault = begin(Call::append);
  if (fault && *fault != Fault::short_write) return error_of(*fault);
  if (fault) bytes = bytes.substr(0, random_() % (bytes.size() + 1));
  if (!append_to(file.place, bytes)) return std::errc::io_error;
  file.bytes += bytes.size();
  const std::errc ended = end_of_change();
  return fault ? error_of(*fault) : ended;
}

std::errc DiskModel::truncate(File& file, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  if (const auto fault = begin(Call::append)) return error_of(*fault);
  fs::resize_file(file.place, bytes);
  file.bytes = bytes;
  file.bytes_synced = std::min(file.bytes_synced, bytes);
  return end_of_change();
}

std::errc DiskModel::sync(File& file) {
  const std::lock_guard lock(mutex_);
  if (const auto fault = begin(Call::sync)) return error_of(*fault);
  const std::errc ended = end_of_change();
  if (ended == kDone && !ignores_syncs_) file.bytes_synced = file.bytes;
  return ended;
}

std::errc DiskModel::sync_folder(const fs::path& path) {
  const std::lock_guard lock(mutex_);
  if (const auto fault = begin(Call::sync_folder)) return error_of(*fault);
  const std::errc ended = end_of_change();
  if (ended != kDone || ignores_syncs_) return ended;
  Folder& folder = folder_at(path);
  folder.synced = folder.now;
  folder.unsynced.clear();
  return kDone;
}

std::errc DiskModel::rename(const fs::path& from, const fs::path& to) {
  const std::lock_guard lock(mutex_);
  if (const auto fault = begin(Call::rename)) return error_of(*fault);
  if (from.parent_path() != to.parent_path()) return std::errc::cross_device_link;
  Folder& folder = folder_at(from.parent_path());
  const auto found = folder.now.find(from.filename());
  if (found == folder.now.end()) return std::errc::no_such_file_or_directory;
  keep_aside(folder, to.filename());
  fs::rename(from, to);
  found->second->place = to;
  folder.change({from.filename(), to.filename(), nullptr});
  return end_of_change();
}

std::errc DiskModel::remove(const fs::path& path) {
  const std::lock_guard lock(mutex_);
  if (const auto fault = begin(Call::remove)) return error_of(*fault);
  Folder& folder = folder_at(path.parent_path());
  if (!folder.now.contains(path.filename())) return std::errc::no_such_file_or_directory;
  keep_aside(folder, path.filename());
  folder.change({path.filename(), "", nullptr});
  return end_of_change();
}

std::errc DiskModel::read() {
  const std::lock_guard lock(mutex_);
  const auto fault = begin(Call::read);
  return fault ? error_of(*fault) : kDone;
}

// ---- What may go wrong

std::uint64_t DiskModel::changes() const {
  const std::lock_guard lock(mutex_);
  return changes_;
}

std::uint64_t DiskModel::calls(Call call) const {
  const std::lock_guard lock(mutex_);
  return calls_[index_of(call)];
}

bool DiskModel::has_power() const {
  const std::lock_guard lock(mutex_);
  return has_power_;
}

void DiskModel::cut_power_after(std::uint64_t changes) {
  const std::lock_guard lock(mutex_);
  cut_at_ = changes_ + changes;
}

void DiskModel::restore_power() {
  const std::lock_guard lock(mutex_);
  for (auto& [path, folder] : folders_) settle(path, folder);
  folders_.clear();
  has_power_ = true;
  cut_at_.reset();
}

void DiskModel::ignore_syncs() {
  const std::lock_guard lock(mutex_);
  ignores_syncs_ = true;
}

void DiskModel::fail(Call call, std::uint64_t nth, Fault fault, bool for_ever) {
  const std::lock_guard lock(mutex_);
  planned_ = Planned{call, calls_[index_of(call)] + nth, fault, for_ever};
}

void DiskModel::heal() {
  const std::lock_guard lock(mutex_);
  planned_.reset();
}

void DiskModel::set_free_space(std::optional<std::uint64_t> bytes) {
  const std::lock_guard lock(mutex_);
  free_space_ = bytes;
}

std::optional<std::uint64_t> DiskModel::free_space() const {
  const std::lock_guard lock(mutex_);
  return free_space_;
}

// ---- Within. Whoever calls these holds the lock.

/// Counts the call, and says whether it fails at once.
std::optional<DiskModel::Fault> DiskModel::begin(Call call) {
  const std::uint64_t number = ++calls_[index_of(call)];
  if (!has_power_) return Fault::input_output;
  if (!planned_ || planned_->call != call) return {};
  const bool is_meant = planned_->for_ever ? number >= planned_->first : number == planned_->first;
  return is_meant ? std::optional(planned_->fault) : std::nullopt;
}

/// Counts what has been done, and says whether the power went in it.
std::errc DiskModel::end_of_change() {
  ++changes_;
  if (cut_at_ && changes_ >= *cut_at_) has_power_ = false;
  return has_power_ ? kDone : std::errc::io_error;
}

/// What was there before the first call is on the disk for good.
DiskModel::Folder& DiskModel::folder_at(const fs::path& path) {
  const auto [at, is_new] = folders_.try_emplace(path);
  Folder& folder = at->second;
  if (!is_new) return folder;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    if (!entry.is_regular_file()) continue;
    const auto file = std::make_shared<File>();
    file->place = entry.path();
    file->bytes = file->bytes_synced = entry.file_size();
    folder.now[entry.path().filename()] = file;
  }
  folder.synced = folder.now;
  return folder;
}

void DiskModel::Folder::change(Renaming renaming) {
  apply(renaming, now);
  unsynced.push_back(std::move(renaming));
}

void DiskModel::apply(const Renaming& renaming, Names& names) {
  if (renaming.from.empty()) {
    names[renaming.to] = renaming.file;
    return;
  }
  const auto found = names.find(renaming.from);
  if (found == names.end()) return;
  const FilePointer file = found->second;
  names.erase(found);
  if (!renaming.to.empty()) names[renaming.to] = file;
}

/// Moves a file that is about to lose its name out of the way.
void DiskModel::keep_aside(const Folder& folder, const std::string& name) {
  const auto found = folder.now.find(name);
  if (found != folder.now.end()) move_aside(*found->second);
}

void DiskModel::move_aside(File& file) {
  const fs::path place = aside_.path() / std::to_string(++moved_aside_);
  move(file.place, place);
  file.place = place;
  file.is_kept_aside = true;
}

/// Makes of the folder what a disk might hold.
void DiskModel::settle(const fs::path& path, Folder& folder) {
  Names left = folder.synced;
  // Some file systems keep the order of such changes, others do not.
  const bool is_in_order = random_() % 2 == 0;
  const std::size_t in_order = random_() % (folder.unsynced.size() + 1);
  for (std::size_t i = 0; i < folder.unsynced.size(); ++i) {
    if (is_in_order ? i < in_order : random_() % 2 == 0) apply(folder.unsynced[i], left);
  }
  for (const auto& [name, file] : folder.now) move_aside(*file);
  for (const auto& [name, file] : left) {
    lose_bytes(*file);
    move(file->place, path / name);
    file->place = path / name;
    file->is_kept_aside = false;
  }
}

/// Of the bytes that were not synced, leaves what might have arrived.
void DiskModel::lose_bytes(const File& file) {
  if (file.bytes == file.bytes_synced) return;
  const std::uint64_t end = file.bytes_synced + random_() % (file.bytes - file.bytes_synced + 1);
  switch (random_() % 5) {
    case 0:
      fs::resize_file(file.place, file.bytes_synced);
      break;
    case 1:
      break;
    case 2:
      fs::resize_file(file.place, end);
      break;
    case 3:
      fs::resize_file(file.place, end);
      lose_blocks(file, end);
      break;
    default: {
      fs::resize_file(file.place, end);
      const std::uint64_t begin = std::max(file.bytes_synced, end - end % kBlockBytes);
      std::string garbage(end - begin, '\0');
      for (char& byte : garbage) byte = static_cast<char>(random_());
      overwrite(file, begin, garbage);
    }
  }
}

/// Later blocks arrived and earlier ones did not.
void DiskModel::lose_blocks(const File& file, std::uint64_t end) {
  for (std::uint64_t at = file.bytes_synced; at < end; at = block_after(at)) {
    if (random_() % 2 == 0) {
      overwrite(file, at, std::string(std::min(block_after(at), end) - at, '\0'));
    }
  }
}

void DiskModel::overwrite(const File& file, std::uint64_t begin, const std::string& bytes) {
  std::fstream stream(file.place, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(static_cast<std::streamoff>(begin));
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace mangrove::tests
