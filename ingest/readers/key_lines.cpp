#include "ingest/readers/key_lines.h"

#include <algorithm>
#include <vector>

namespace mangrove::ingest {
namespace {

/// Past a string that opens at `position`; gives what is in it.
std::string_view take_string(std::string_view text, std::size_t& position) {
  const std::size_t begin = ++position;
  while (position < text.size() && text[position] != '"') {
    position += text[position] == '\\' ? 2 : 1;
  }
  const std::size_t end = std::min(position, text.size());
  position = end;
  return text.substr(begin, end - begin);
}

bool is_key(std::string_view text, std::size_t behind) {
  const std::size_t next = text.find_first_not_of(" \t\r\n", behind);
  return next != std::string_view::npos && text[next] == ':';
}

std::string joined(const std::vector<std::string_view>& way) {
  std::string text;
  for (const std::string_view key : way) {
    text += (text.empty() ? "" : "/") + std::string(key);
  }
  return text;
}

}  // namespace

KeyLines::KeyLines(std::string_view text, std::size_t depth_max) {
  std::vector<std::string_view> way;  // One key for each bracket that is open.
  std::uint64_t line = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '\n':
        ++line;
        break;
      case '{':
      case '[':
        way.emplace_back();
        break;
      case '}':
      case ']':
        if (!way.empty()) {
          way.pop_back();
        }
        break;
      case '"': {
        const std::string_view key = take_string(text, i);
        if (!way.empty() && way.size() <= depth_max && is_key(text, i + 1)) {
          way.back() = key;
          lines_.try_emplace(joined(way), line);
        }
        break;
      }
      default:
        break;
    }
  }
}

std::uint64_t KeyLines::of(std::string_view way) const {
  const auto found = lines_.find(way);
  return found == lines_.end() ? 0 : found->second;
}

}  // namespace mangrove::ingest
