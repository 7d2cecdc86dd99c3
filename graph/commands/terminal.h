#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "graph/progress.h"

// What commands show to people.
namespace mangrove::graph {

/// Shows how far something is: a bar on a terminal, a line every few seconds elsewhere.
class ProgressLine {
 public:
  /// Writes to standard error if that is what `out` is, and then may be on a terminal.
  explicit ProgressLine(std::ostream& out);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const Progress& progress);

  /// For whoever reports progress; lives no longer than this.
  OnProgress listener();

 private:
  std::string text_of(const Progress& progress) const;

  std::ostream& out_;
  bool on_terminal_;
  std::size_t width_ = 0;
  std::chrono::steady_clock::time_point shown_;
};

/// Rows under titles.
struct Table {
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> rows;  ///< Each as long as the titles.
};

/// Aligned columns, one line a row; a column of numbers is aligned at its right.
std::string to_text(const Table& table);

/// Without characters that could command a terminal.
std::string safe(std::string_view text);

/// "1 node", "17 nodes", "1,204,311 nodes".
std::string count_of(std::uint64_t count, std::string_view one, std::string_view several);

/// "17 kB".
std::string size_of_bytes(std::uint64_t bytes);

/// Whether a person sits before both standard input and standard error.
bool is_on_terminal();

}  // namespace mangrove::graph
