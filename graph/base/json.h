#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "graph/base/result.h"

/// The one door for JSON: reading it within bounds, and writing it.
///
/// Debian's RapidJSON is the release of 2016. Its default parser overflows the stack on deep
/// input and its number parser has a signed overflow (CVE-2024-38517), so nothing but json.cpp
/// may include it.
namespace mangrove::json {

/// What a text may cost at most. Passing a bound is ErrorCode::too_large.
struct Limits {
  std::size_t bytes = std::size_t{1} << 20;
  std::size_t depth = 64;          ///< Arrays and objects inside each other.
  std::size_t values = 1'000'000;  ///< Values and keys together: what memory grows with.
};

struct Member;

/// One JSON value, owning what is inside it.
///
/// Objects keep the order in which they were written. Accessors never fail: what is absent or
/// of another type is nothing. Pointers live as long as the Value and are invalid once it changes.
class Value {
 public:
  using Array = std::vector<Value>;
  using Object = std::vector<Member>;

  Value();  ///< null
  // NOLINTBEGIN(google-explicit-constructor): a value is written as what it is.
  Value(std::nullptr_t);
  Value(bool value);
  Value(std::int64_t value);
  template <std::integral Number>
  Value(Number value);
  Value(double value);
  Value(std::string value);
  Value(std::string_view value);
  Value(const char* value);
  Value(Array value);
  Value(Object value);
  // NOLINTEND(google-explicit-constructor)

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_number() const { return as_number().has_value(); }

  std::optional<bool> as_boolean() const;
  /// A number written without fraction or exponent that fits 64 bits.
  std::optional<std::int64_t> as_integer() const;
  /// Any number; integers beyond 2^53 lose digits here.
  std::optional<double> as_number() const;
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }

  /// The member of this object with that key; nullptr when there is none, or no object.
  const Value* find(std::string_view key) const;
  /// The string, number or boolean member with that key.
  const std::string* find_string(std::string_view key) const;
  std::optional<std::int64_t> find_integer(std::string_view key) const;
  std::optional<double> find_number(std::string_view key) const;
  std::optional<bool> find_boolean(std::string_view key) const;

  /// "null", "boolean", "integer", "number", "string", "array" or "object": for messages.
  std::string_view type_name() const;

  friend bool operator==(const Value& a, const Value& b);

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

/// One key of an object and what it stands for.
struct Member {
  std::string key;
  Value value;
  friend bool operator==(const Member&, const Member&) = default;
};

// Here, since destroying a Value takes the whole of Member.
template <std::integral Number>
Value::Value(Number value) : Value(static_cast<std::int64_t>(value)) {}

/// The value that `bytes` spell: one JSON text (RFC 8259) in UTF-8, with white space around it.
///
/// Refused, with line and column: anything past the limits, a key twice in one object, invalid
/// UTF-8 (also as an escaped lone surrogate), a number that no double can hold, trailing bytes.
Result<Value> parse(std::string_view bytes, const Limits& limits = {});

/// Writes one JSON text, piece by piece, in one line.
///
///     Writer writer;
///     writer.begin_object();
///     writer.member("name", "Ghana");
///     writer.key("years"); writer.begin_array(); writer.integer(2021); writer.end_array();
///     writer.end_object();
///     return writer.take();
///
/// Always valid: bytes that are not UTF-8 become U+FFFD, and numbers that JSON does not have
/// (NaN, infinity) become null. The caller keeps begin and end in pairs and gives every value of
/// an object a key; a mistake there is a bug, caught by an assertion.
class Writer {
 public:
  Writer();
  ~Writer();
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void string(std::string_view text);
  void integer(std::int64_t number);
  void unsigned_integer(std::uint64_t number);
  void number(double number);
  void boolean(bool truth);
  void null();
  /// A whole value, with everything inside it.
  void value(const Value& value);

  /// A key and its value at once.
  void member(std::string_view name, std::string_view text) { key(name), string(text); }
  void member(std::string_view name, const std::string& text) { key(name), string(text); }
  void member(std::string_view name, const char* text) { key(name), string(text); }
  void member(std::string_view name, std::nullptr_t) { key(name), null(); }
  template <std::same_as<bool> Truth>
  void member(std::string_view name, Truth truth) {
    key(name), boolean(truth);
  }
  template <std::signed_integral Number>
  void member(std::string_view name, Number number) {
    key(name), integer(number);
  }
  template <std::unsigned_integral Number>
  requires(!std::same_as<Number, bool>) void member(std::string_view name, Number number) {
    key(name), unsigned_integer(number);
  }
  template <std::floating_point Number>
  void member(std::string_view name, Number value_of) {
    key(name), number(value_of);
  }
  /// The value, or null when there is none.
  template <typename T>
  void member(std::string_view name, const std::optional<T>& maybe) {
    if (!maybe) return member(name, nullptr);
    member(name, *maybe);
  }

  /// The text written so far, which must be one whole value. The writer starts afresh.
  std::string take();

 private:
  struct State;  // RapidJSON's, kept out of this header.
  std::unique_ptr<State> state_;
};

}  // namespace mangrove::json
