#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/tables/peeked_table.h"

namespace mangrove::ingest {

/// How much of a table is looked at for a draft of its mapping.
inline constexpr std::size_t kSampleRowsMax = 2000;
inline constexpr std::size_t kSampleValueBytesMax = 400;

/// A column of the sample.
struct SampleColumn {
  std::string name;
  std::vector<std::string> values;  ///< One for each row, trimmed and cut; empty where it is.

  std::size_t filled() const;
  std::size_t distinct() const;
  /// In bytes, of those that are not empty.
  double mean_length() const;

  /// Which part of the values that are not empty fulfil this, from 0 to 1; 0 where all are empty.
  template <typename Test>
  double share(const Test& test) const {
    std::size_t all = 0;
    std::size_t passed = 0;
    for (const std::string& value : values) {
      all += value.empty() ? 0 : 1;
      passed += !value.empty() && test(std::string_view(value)) ? 1 : 0;
    }
    return all == 0 ? 0.0 : static_cast<double>(passed) / static_cast<double>(all);
  }
};

/// The first rows of a table, by columns.
struct Sample {
  std::uint64_t header_line = 0;
  bool header_is_first = true;  ///< False where titles or notes stand above it.
  std::vector<SampleColumn> columns;
  std::size_t rows = 0;

  const SampleColumn* find(std::string_view name) const;
};

/// Finds the header (the first row that is about as full as the fullest, of different texts and few
/// numbers) and reads the rows behind it. `invalid_input` where there are no rows.
Result<Sample> read_sample(PeekedTable& table, const std::string& file);

}  // namespace mangrove::ingest
