#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace mangrove::tests {

/// A good file gone bad: cut short in even rounds, up to five of its bytes changed in odd ones.
inline std::string damaged(const std::string& good, int round, std::mt19937& random) {
  if (round % 2 == 0) return good.substr(0, random() % good.size());
  std::string text = good;
  for (std::size_t change = 1 + random() % 5; change > 0; --change) {
    text[random() % text.size()] = static_cast<char>(random() % 256);
  }
  return text;
}

/// One bit of one file.
struct BitPlace {
  std::filesystem::path file;
  std::uint64_t offset = 0;
  int bit = 0;
};

inline std::string to_string(const BitPlace& place) {
  return place.file.string() + ", byte " + std::to_string(place.offset) + ", bit " +
         std::to_string(place.bit);
}

/// Done twice, it is undone.
inline void flip(const BitPlace& place) {
  std::fstream file(place.file, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(place.offset));
  const int byte = file.get();
  file.seekp(static_cast<std::streamoff>(place.offset));
  file.put(static_cast<char>(byte ^ 1 << place.bit));
}

/// A bit of any file in or below the folder. In half of the cases each file is as likely as
/// another, so that small ones have their turn, in the others each bit is.
inline BitPlace random_bit(const std::filesystem::path& folder, std::mt19937& random) {
  std::vector<std::filesystem::path> files;
  std::vector<double> bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.file_size() == 0) continue;
    files.push_back(entry.path());
    bytes.push_back(static_cast<double>(entry.file_size()));
  }
  const std::size_t chosen = random() % 2 == 0 ? random() % files.size()
                                               : std::discrete_distribution<std::size_t>(
                                                     bytes.begin(), bytes.end())(random);
  return {files[chosen], random() % static_cast<std::uint64_t>(bytes[chosen]),
          static_cast<int>(random() % 8)};
}

}  // namespace mangrove::tests
