#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace mangrove::ingest {

/// In which lines of a JSON text its keys stand, for findings that name the line. Keys are found by
/// the way to them, joined by `/`: `1.3/affect/1.5`. Keys deeper than `depth_max`, and those with
/// escapes in them, are passed over.
class KeyLines {
 public:
  /// `text` is valid JSON; of anything else the lines say nothing.
  KeyLines(std::string_view text, std::size_t depth_max);

  /// From 1; 0 where there is no such key.
  std::uint64_t of(std::string_view way) const;

 private:
  std::map<std::string, std::uint64_t, std::less<>> lines_;
};

}  // namespace mangrove::ingest
