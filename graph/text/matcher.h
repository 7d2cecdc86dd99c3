#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mangrove::graph {

class WordReader;

/// Tells which words of a text a question matches. Holds what it needs: outlives the index and the
/// snapshot. For one thread at a time.
class WordMatcher {
 public:
  /// For TextIndex: the stems that match.
  explicit WordMatcher(std::vector<std::string> stems);
  ~WordMatcher();
  WordMatcher(WordMatcher&&) noexcept;
  WordMatcher& operator=(WordMatcher&&) noexcept;

  /// [from, to) in code points of `text`, for every word of it that the question's words match; in
  /// order.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> marks(std::string_view text,
                                                             std::string_view language) const;

 private:
  std::vector<std::string> stems_;  // Sorted.
  std::unique_ptr<WordReader> reader_;
};

}  // namespace mangrove::graph
