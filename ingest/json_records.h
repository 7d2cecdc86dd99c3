#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/json.h"
#include "graph/base/result.h"
#include "ingest/byte_stream.h"

namespace mangrove::ingest {

/// What one record of a JSON file may cost at most. Beyond it the record is passed over.
inline constexpr std::size_t kJsonRecordBytesMax = std::size_t{8} << 20;
inline constexpr std::size_t kJsonDepthMax = 64;

/// One element of the list, and where it begins.
struct JsonRecord {
  json::Value value;
  std::uint64_t line = 0;  ///< From 1.
  std::string problem;     ///< Why there is no value; empty where there is one.
};

/// The elements of one list in a JSON file of any size, one at a time:
///
///     {"licence": "…", "grants": [{…}, {…}]}       by the name `grants`
///     [{…}, {…}]                                   a file that is itself a list
///     {…}                                          or, without a name, one value a line: JSON
///     Lines
///
/// Everything beside the list is passed over. Memory is bounded by one element.
class JsonRecords {
 public:
  /// `list` is the member of the outermost object that holds the records; empty for JSON Lines.
  JsonRecords(std::unique_ptr<ByteStream> bytes, std::string file, std::string list);
  ~JsonRecords();
  JsonRecords(JsonRecords&&) noexcept;

  /// The next record; nothing at the end. One that is no JSON within the bounds, though its end can
  /// be told, comes with a `problem`, and reading goes on. An Error, `grants.json:12: …`, where
  /// brackets or quotes do not match, so that no end can be told; in JSON Lines the next line is
  /// it.
  Result<std::optional<JsonRecord>> next();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace mangrove::ingest
