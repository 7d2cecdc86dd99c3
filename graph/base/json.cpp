#include "graph/base/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>
#include <unordered_set>

#include "graph/base/text.h"

namespace mangrove::json {
namespace {

// Destroying and writing a Value recurse, so no caller may ask for more than this.
constexpr std::size_t kDepthMax = 512;

// RapidJSON counts in 32 bits, ICU in 31.
constexpr std::size_t kBytesMax = std::numeric_limits<std::int32_t>::max();

// Below this many members, looking at each is faster than a hash table.
constexpr std::size_t kMembersSearchedInLine = 16;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Every broken sequence becomes U+FFFD, as browsers do it.
std::string replace_invalid_utf8(std::string_view text) {
  std::string result;
  icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())})
      .toUTF8String(result);
  return result;
}

/// "JSON line 3, column 7: ", columns being characters.
std::string place(std::string_view bytes, std::size_t offset) {
  const std::string_view before = bytes.substr(0, std::min(offset, bytes.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0.
  const auto column =
      1 + std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line_start), before.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return "JSON line " + std::to_string(line) + ", column " + std::to_string(column) + ": ";
}

/// Builds a Value from what the reader reports, and stops it at the first bound passed.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  explicit Builder(const Limits& limits) : limits_(limits) {}

  // RapidJSON's names.
  bool Default() { return fail(ErrorCode::invalid_input, "unexpected value"); }
  bool Null() { return add(Value()); }
  bool Bool(bool truth) { return add(Value(truth)); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) { return number({text, size}); }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view view(text, size);
    return check_text(view) && add(Value(view));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) { return key({text, size}); }
  bool StartObject() { return open(true); }
  bool StartArray() { return open(false); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  Value take() { return std::move(root_); }
  const std::optional<Error>& error() const { return error_; }

 private:
  struct Frame {
    bool is_object;
    Value::Array elements;
    Value::Object members;
    std::string key;
    std::unordered_set<std::string> keys;  ///< Only once there are many.
  };

  bool fail(ErrorCode code, std::string message) {
    error_ = Error{code, std::move(message)};
    return false;
  }

  bool count() {
    if (++values_ <= limits_.values) return true;
    return fail(ErrorCode::too_large, "more than " + std::to_string(limits_.values) + " values");
  }

  bool check_text(std::string_view text) {
    // The reader checks bytes, but lets an escaped low surrogate through on its own.
    return is_utf8(text) || fail(ErrorCode::invalid_input, "half a surrogate pair is no character");
  }

  bool open(bool is_object) {
    if (frames_.size() >= std::min(limits_.depth, kDepthMax)) {
      return fail(ErrorCode::too_large, "nested deeper than " + std::to_string(frames_.size()));
    }
    frames_.push_back({is_object, {}, {}, {}, {}});
    return true;
  }

  bool close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    return add(frame.is_object ? Value(std::move(frame.members))
                               : Value(std::move(frame.elements)));
  }

  bool add(Value value) {
    if (!count()) return false;
    if (frames_.empty()) {
      root_ = std::move(value);
    } else if (Frame& frame = frames_.back(); frame.is_object) {
      frame.members.push_back({std::move(frame.key), std::move(value)});
    } else {
      frame.elements.push_back(std::move(value));
    }
    return true;
  }

  bool key(std::string_view text) {
    if (!count() || !check_text(text)) return false;
    Frame& frame = frames_.back();
    if (is_duplicate(frame, text)) {
      return fail(ErrorCode::invalid_input, "the key \"" + std::string(text) + "\" appears twice");
    }
    frame.key = text;
    return true;
  }

  static bool is_duplicate(Frame& frame, std::string_view key) {
    if (frame.members.size() < kMembersSearchedInLine) {
      return std::any_of(frame.members.begin(), frame.members.end(),
                         [&](const Member& member) { return member.key == key; });
    }
    if (frame.keys.empty()) {
      for (const Member& member : frame.members) frame.keys.insert(member.key);
    }
    return !frame.keys.insert(std::string(key)).second;
  }

  bool number(std::string_view text) {
    const char* const end = text.data() + text.size();
    if (text.find_first_of(".eE") == std::string_view::npos) {
      std::int64_t integer = 0;
      const auto [last, error] = std::from_chars(text.data(), end, integer);
      if (error == std::errc() && last == end) return add(Value(integer));
    }
    double real = 0;
    const auto [last, error] = std::from_chars(text.data(), end, real);
    if (error != std::errc() || last != end || !std::isfinite(real)) {
      return fail(ErrorCode::invalid_input, "the number is beyond what can be held");
    }
    return add(Value(real));
  }

  Limits limits_;
  std::size_t values_ = 0;
  std::vector<Frame> frames_;
  Value root_;
  std::optional<Error> error_;
};

}  // namespace

Value::Value() = default;
Value::Value(std::nullptr_t) {}
Value::Value(bool value) : value_(value) {}
Value::Value(std::int64_t value) : value_(value) {}
Value::Value(double value) : value_(value) {}
Value::Value(std::string value) : value_(std::move(value)) {}
Value::Value(std::string_view value) : value_(std::string(value)) {}
Value::Value(const char* value) : value_(std::string(value)) {}
Value::Value(Array value) : value_(std::move(value)) {}
Value::Value(Object value) : value_(std::move(value)) {}

std::optional<bool> Value::as_boolean() const {
  const bool* truth = std::get_if<bool>(&value_);
  return truth ? std::optional(*truth) : std::nullopt;
}

std::optional<std::int64_t> Value::as_integer() const {
  const auto* integer = std::get_if<std::int64_t>(&value_);
  return integer ? std::optional(*integer) : std::nullopt;
}

std::optional<double> Value::as_number() const {
  if (const auto integer = as_integer()) return static_cast<double>(*integer);
  const double* number = std::get_if<double>(&value_);
  return number ? std::optional(*number) : std::nullopt;
}

const Value* Value::find(std::string_view key) const {
  const Object* members = as_object();
  if (members == nullptr) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(),
                                  [&](const Member& member) { return member.key == key; });
  return found == members->end() ? nullptr : &found->value;
}

const std::string* Value::find_string(std::string_view key) const {
  const Value* value = find(key);
  return value ? value->as_string() : nullptr;
}

std::optional<std::int64_t> Value::find_integer(std::string_view key) const {
  const Value* value = find(key);
  return value ? value->as_integer() : std::nullopt;
}

std::optional<double> Value::find_number(std::string_view key) const {
  const Value* value = find(key);
  return value ? value->as_number() : std::nullopt;
}

std::optional<bool> Value::find_boolean(std::string_view key) const {
  const Value* value = find(key);
  return value ? value->as_boolean() : std::nullopt;
}

std::string_view Value::type_name() const {
  constexpr std::string_view kNames[] = {"null",   "boolean", "integer", "number",
                                         "string", "array",   "object"};
  return kNames[value_.index()];
}

bool operator==(const Value& a, const Value& b) {
  return a.value_ == b.value_;
}

Result<Value> parse(std::string_view bytes, const Limits& limits) {
  const std::size_t bytes_max = std::min(limits.bytes, kBytesMax);
  if (bytes.size() > bytes_max) {
    return Error{ErrorCode::too_large, "JSON of " + std::to_string(bytes.size()) +
                                           " bytes; the limit is " + std::to_string(bytes_max)};
  }
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  // The reader takes NUL for the end of the text, and would not see what follows it.
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    return Error{ErrorCode::invalid_input, place(bytes, nul) + "a NUL byte"};
  }

  constexpr unsigned kFlags = rapidjson::kParseNumbersAsStringsFlag |
                              rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag;
  Builder builder(limits);
  rapidjson::MemoryStream stream(bytes.data(), bytes.size());
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, builder);
  if (!result.IsError()) return builder.take();
  const std::string where = place(bytes, result.Offset());
  if (const auto& error = builder.error()) return Error{error->code, where + error->message};
  return Error{ErrorCode::invalid_input, where + rapidjson::GetParseError_En(result.Code())};
}

struct Writer::State {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
};

Writer::Writer() : state_(std::make_unique<State>()) {}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;

void Writer::begin_object() {
  state_->writer.StartObject();
}
void Writer::end_object() {
  state_->writer.EndObject();
}
void Writer::begin_array() {
  state_->writer.StartArray();
}
void Writer::end_array() {
  state_->writer.EndArray();
}
void Writer::integer(std::int64_t number) {
  state_->writer.Int64(number);
}
void Writer::unsigned_integer(std::uint64_t number) {
  state_->writer.Uint64(number);
}
void Writer::boolean(bool truth) {
  state_->writer.Bool(truth);
}
void Writer::null() {
  state_->writer.Null();
}

void Writer::number(double number) {
  std::isfinite(number) ? state_->writer.Double(number) : state_->writer.Null();
}

void Writer::key(std::string_view name) {
  string(name);
}  // RapidJSON counts which of both it is.

void Writer::string(std::string_view text) {
  assert(text.size() <= kBytesMax);
  if (!is_utf8(text)) return string(replace_invalid_utf8(text));
  // An empty view may have no address, which RapidJSON's assertion refuses.
  state_->writer.String(text.empty() ? "" : text.data(),
                        static_cast<rapidjson::SizeType>(text.size()));
}

void Writer::value(const Value& value) {
  if (const auto* members = value.as_object()) {
    begin_object();
    for (const Member& member : *members) {
      key(member.key);
      this->value(member.value);
    }
    end_object();
  } else if (const auto* elements = value.as_array()) {
    begin_array();
    for (const Value& element : *elements) this->value(element);
    end_array();
  } else if (const auto* text = value.as_string()) {
    string(*text);
  } else if (const auto whole = value.as_integer()) {
    integer(*whole);
  } else if (const auto real = value.as_number()) {
    number(*real);
  } else if (const auto truth = value.as_boolean()) {
    boolean(*truth);
  } else {
    null();
  }
}

std::string Writer::take() {
  assert(state_->writer.IsComplete());
  std::string text(state_->buffer.GetString(), state_->buffer.GetSize());
  state_->buffer.Clear();
  state_->writer.Reset(state_->buffer);
  return text;
}

}  // namespace mangrove::json
