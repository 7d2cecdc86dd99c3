#include "graph/text/matcher.h"

#include <algorithm>

#include "graph/text/words.h"

namespace mangrove::graph {

WordMatcher::WordMatcher(std::vector<std::string> stems)
    : stems_(std::move(stems)), reader_(std::make_unique<WordReader>()) {
  std::sort(stems_.begin(), stems_.end());
}

WordMatcher::~WordMatcher() = default;
WordMatcher::WordMatcher(WordMatcher&&) noexcept = default;
WordMatcher& WordMatcher::operator=(WordMatcher&&) noexcept = default;

std::vector<std::pair<std::uint32_t, std::uint32_t>> WordMatcher::marks(
    std::string_view text, std::string_view language) const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> marks;
  if (stems_.empty()) return marks;
  for (const WordToken& token : reader_->read(text, language)) {
    if (std::binary_search(stems_.begin(), stems_.end(), token.form->stem->text)) {
      marks.emplace_back(token.begin, token.end);
    }
  }
  return marks;
}

}  // namespace mangrove::graph
