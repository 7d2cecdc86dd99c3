#include "graph/base/log.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <ctime>

namespace mangrove::log {
namespace {

// Standard error belongs to the whole process, and so does how much of it we fill.
std::atomic<Level> lowest_level{Level::info};

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "error";
}

std::string timestamp(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, sizeof "2026-11-22T17:00:00Z"> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

/// So that a line stays one line, whatever came in from outside.
std::string printable(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else if (is_control(c)) {
      const auto byte = static_cast<unsigned char>(c);
      result += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      result += c;
    }
  }
  return result;
}

std::string quoted_if_needed(const std::string& value) {
  const bool plain = !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
    return c == ' ' || c == '"' || c == '=' || c == '\\' || is_control(c);
  });
  return plain ? value : '"' + printable(value) + '"';
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (level < lowest_level.load(std::memory_order_relaxed)) return;
  const std::string text = line(std::chrono::system_clock::now(), level, event, fields) + '\n';
  // One call for the line keeps those of other threads out of it. If standard error is gone, there
  // is nobody left to tell.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

void set_level(Level level) {
  lowest_level.store(level, std::memory_order_relaxed);
}

std::string line(std::chrono::system_clock::time_point time, Level level, std::string_view event,
                 std::initializer_list<Field> fields) {
  std::string text = timestamp(time);
  text += ' ';
  text += name_of(level);
  text += ' ';
  text += printable(event);
  for (const Field& field : fields) {
    text += ' ';
    text += field.name;
    text += '=';
    text += quoted_if_needed(field.value);
  }
  return text;
}

void debug(std::string_view event, std::initializer_list<Field> fields) {
  write(Level::debug, event, fields);
}
void info(std::string_view event, std::initializer_list<Field> fields) {
  write(Level::info, event, fields);
}
void warning(std::string_view event, std::initializer_list<Field> fields) {
  write(Level::warning, event, fields);
}
void error(std::string_view event, std::initializer_list<Field> fields) {
  write(Level::error, event, fields);
}

}  // namespace mangrove::log
