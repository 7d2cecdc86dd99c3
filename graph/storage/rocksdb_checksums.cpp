#include "graph/storage/rocksdb_checksums.h"

#include <algorithm>
#include <array>
#include <vector>

namespace mangrove::storage {

Checksum::Checksum()
    : generator_(rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator({})) {}

void Checksum::add(std::string_view bytes) {
  generator_->Update(bytes.data(), bytes.size());
}

std::uint32_t Checksum::value() {
  generator_->Finalize();
  std::uint32_t value = 0;
  for (const char byte : generator_->GetChecksum()) {
    value = value << 8 | static_cast<unsigned char>(byte);
  }
  return value;
}

std::uint32_t checksum_of(std::string_view bytes) {
  Checksum checksum;
  checksum.add(bytes);
  return checksum.value();
}

std::string to_hex(std::uint32_t checksum) {
  std::string text(8, '0');
  for (std::size_t i = text.size(); i > 0; --i, checksum >>= 4) {
    text[i - 1] = "0123456789abcdef"[checksum & 15];
  }
  return text;
}

rocksdb::IOStatus digest_file(rocksdb::FileSystem& files, const std::string& path,
                              FileDigest& digest, std::uint64_t bytes_max) {
  std::unique_ptr<rocksdb::FSSequentialFile> file;
  auto status = files.NewSequentialFile(path, {}, &file, nullptr);
  if (!status.ok()) return status;
  Checksum checksum;
  digest.bytes = 0;
  std::vector<char> buffer(std::size_t{1} << 20);
  while (digest.bytes < bytes_max) {
    const auto wanted = std::min<std::uint64_t>(buffer.size(), bytes_max - digest.bytes);
    rocksdb::Slice read;
    status = file->Read(wanted, {}, &read, buffer.data(), nullptr);
    if (!status.ok()) return status;
    if (read.empty()) break;
    checksum.add(read.ToStringView());
    digest.bytes += read.size();
  }
  digest.checksum = checksum.value();
  return rocksdb::IOStatus::OK();
}

}  // namespace mangrove::storage
