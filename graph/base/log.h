#pragma once

#include <chrono>
#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

/// One line per event, on standard error, for people and for grep:
///
///     2026-11-22T17:00:00Z info server listening address=127.0.0.1:8087
///
/// Threads may log at once; a line is written whole. Never log what a user asked or sent: an
/// event says what happened, not to whom.
namespace mangrove::log {

enum class Level { debug, info, warning, error };

/// A named fact about an event.
struct Field {
  Field(std::string_view field_name, std::string_view text) : name(field_name), value(text) {}
  Field(std::string_view field_name, const char* text) : name(field_name), value(text) {}
  Field(std::string_view field_name, const std::string& text) : name(field_name), value(text) {}
  template <std::integral Number>
  Field(std::string_view field_name, Number number)
      : name(field_name), value(std::to_string(number)) {}

  std::string_view name;
  std::string value;
};

/// Events below this level are not written; at first, those below info.
void set_level(Level level);

/// The line for an event, without its end. Values with spaces, quotes or controls are quoted.
std::string line(std::chrono::system_clock::time_point time, Level level, std::string_view event,
                 std::initializer_list<Field> fields);

void debug(std::string_view event, std::initializer_list<Field> fields = {});
void info(std::string_view event, std::initializer_list<Field> fields = {});
void warning(std::string_view event, std::initializer_list<Field> fields = {});
void error(std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace mangrove::log
