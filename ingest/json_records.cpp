#include "ingest/json_records.h"

#include <utility>

namespace mangrove::ingest {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;
constexpr std::size_t kNameBytesMax = 1000;
constexpr int kEnd = -1;

bool is_space(int c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

/// Tells where values begin and end, without understanding them.
class JsonRecords::State {
 public:
  State(std::unique_ptr<ByteStream> bytes, std::string file, std::string list)
      : bytes_(std::move(bytes)), file_(std::move(file)), list_(std::move(list)) {}

  Result<std::optional<JsonRecord>> next() {
    if (place_ == Place::start) TRY(open());
    if (place_ == Place::list) {
      if (const std::optional<JsonRecord> record = TRY(next_in_list())) return record;
      TRY(leave_list());
    }
    while (place_ == Place::object) {
      if (!TRY(enter_member())) continue;
      if (const std::optional<JsonRecord> record = TRY(next_in_list())) return record;
      TRY(leave_list());
    }
    return place_ == Place::row ? next_in_row() : std::optional<JsonRecord>{};
  }

 private:
  enum class Place {
    start,
    object,  // In the outermost object, before a member or its end.
    list,    // In the list, before an element or its end.
    row,     // Between lines, each of which is a record.
    end,
  };

  // --- The way through ---------------------------------------------------------------------------

  Status open() {
    if (peek() == 0xEF) {
      for (const int mark : {0xEF, 0xBB, 0xBF}) {
        if (peek() != mark) return broken("this is no JSON in UTF-8");
        take();
      }
    }
    const int first = peek_behind_space();
    if (first == '[') {
      take();
      place_ = Place::list;
      in_outermost_list_ = true;
    } else if (list_.empty()) {
      place_ = Place::row;
    } else if (first == '{') {
      take();
      place_ = Place::object;
    } else {
      return broken("a JSON object or list was expected");
    }
    return {};
  }

  /// Whether the member at hand is the list; it is entered then, and passed over otherwise.
  Result<bool> enter_member() {
    if (!TRY(comes_element('}', first_member_))) {
      place_ = Place::end;
      return false;
    }
    if (peek_behind_space() != '"') return broken("the name of a member was expected");
    Span name;
    TRY(span(name, kNameBytesMax));
    if (peek_behind_space() != ':') return broken("a colon was expected");
    take();
    const int first = peek_behind_space();
    if (first == '[' && name.text == '"' + list_ + '"') {
      take();
      first_element_ = true;
      place_ = Place::list;
      return true;
    }
    Span passed_over;
    TRY(span(passed_over, 0));
    return false;
  }

  Status leave_list() {
    if (!in_outermost_list_) {
      place_ = Place::object;
      return {};
    }
    place_ = Place::end;
    const bool ended = peek_behind_space() == kEnd && !failure_;
    return ended ? Status() : broken("there is more behind the end of the list");
  }

  Result<std::optional<JsonRecord>> next_in_list() {
    if (!TRY(comes_element(']', first_element_))) return std::optional<JsonRecord>{};
    return record();
  }

  Result<std::optional<JsonRecord>> next_in_row() {
    if (peek_behind_space() == kEnd) {
      if (failure_) return broken({});
      place_ = Place::end;
      return std::optional<JsonRecord>{};
    }
    const std::uint64_t line = line_;
    const Span found = rest_of_line();
    if (failure_) return broken({});
    return std::optional(record_of(found, line));
  }

  /// Whether another element comes, behind its comma, and not the closing bracket, which is taken.
  Result<bool> comes_element(int closing, bool& first) {
    int c = peek_behind_space();
    if (c == closing) {
      take();
      return false;
    }
    if (!std::exchange(first, false)) {
      if (c != ',') return broken("a comma or a closing bracket was expected");
      take();
      c = peek_behind_space();
    }
    if (c == kEnd) return broken("the file ends in the middle");
    return true;
  }

  Result<std::optional<JsonRecord>> record() {
    peek_behind_space();
    const std::uint64_t line = line_;
    Span found;
    TRY(span(found, kJsonRecordBytesMax));
    return std::optional(record_of(found, line));
  }

  // --- Where one value ends ----------------------------------------------------------------------

  struct Span {
    std::string text;
    bool too_long = false;
  };

  static JsonRecord record_of(const Span& found, std::uint64_t line) {
    JsonRecord result;
    result.line = line;
    if (found.too_long) {
      result.problem = "longer than " + std::to_string(kJsonRecordBytesMax >> 20) + " MiB";
      return result;
    }
    Result<json::Value> value =
        json::parse(found.text, {.bytes = kJsonRecordBytesMax, .depth = kJsonDepthMax});
    if (value.ok()) {
      result.value = std::move(value).value();
    } else {
      result.problem = value.error().message;
    }
    return result;
  }

  /// Up to the end of the line, whatever it is.
  Span rest_of_line() {
    Span found;
    for (int c = peek(); c != kEnd && c != '\n'; c = peek()) {
      found.too_long = found.too_long || found.text.size() >= kJsonRecordBytesMax;
      if (found.too_long) {
        take();
      } else {
        found.text += take();
      }
    }
    return found;
  }

  /// The bytes of the value at hand, up to a bound; beyond it they are passed over.
  Status span(Span& found, std::size_t bytes_max) {
    const auto keep = [&] {
      const char c = take();
      found.too_long = found.too_long || found.text.size() >= bytes_max;
      if (!found.too_long) found.text += c;
      return c;
    };
    std::string open;  // Brackets.
    bool quoted = false;
    while (true) {
      const int c = peek();
      if (c == kEnd) {
        if (quoted || !open.empty()) return broken("the file ends in the middle");
        return {};
      }
      if (quoted) {
        keep();
        if (c == '\\' && peek() != kEnd) keep();
        quoted = c != '"';
        if (!quoted && open.empty()) return {};
        continue;
      }
      if (c == '{' || c == '[') {
        if (open.size() == 10 * kJsonDepthMax) return broken("too deep: brackets within brackets");
        open += static_cast<char>(c);
      } else if (c == '}' || c == ']') {
        if (open.empty()) return found.text.empty() ? broken("a value was expected") : Status();
        if (open.back() != (c == '}' ? '{' : '[')) return broken("brackets do not match");
        open.pop_back();
        keep();
        if (open.empty()) return {};
        continue;
      } else if (open.empty() && (c == ',' || c == ':' || is_space(c))) {
        return found.text.empty() ? broken("a value was expected") : Status();
      }
      quoted = c == '"';
      keep();
    }
  }

  // --- Bytes -------------------------------------------------------------------------------------

  /// kEnd at the end, and where the stream fails; `broken` has its reason then.
  int peek() {
    if (position_ == chunk_.size() && !refill()) return kEnd;
    return static_cast<int>(static_cast<unsigned char>(chunk_[position_]));
  }

  bool refill() {
    Result<std::string> more =
        failure_ ? Result<std::string>(std::string()) : read_up_to(*bytes_, kChunkBytes);
    position_ = 0;
    if (!more.ok()) failure_ = more.error();
    chunk_ = more.ok() ? std::move(more).value() : std::string();
    return !chunk_.empty();
  }

  /// What was peeked at.
  char take() {
    const char c = chunk_[position_++];
    if (c == '\n') ++line_;
    return c;
  }

  int peek_behind_space() {
    int c = peek();
    while (is_space(c)) {
      take();
      c = peek();
    }
    return c;
  }

  Error broken(const std::string& what) {
    place_ = Place::end;
    if (failure_) return *failure_;
    return {ErrorCode::invalid_input, file_ + ":" + std::to_string(line_) + ": " + what};
  }

  std::unique_ptr<ByteStream> bytes_;
  std::string file_;
  std::string list_;
  std::string chunk_;
  std::size_t position_ = 0;
  std::optional<Error> failure_;  // Of the stream.
  std::uint64_t line_ = 1;
  Place place_ = Place::start;
  bool in_outermost_list_ = false;
  bool first_member_ = true;
  bool first_element_ = true;
};

JsonRecords::JsonRecords(std::unique_ptr<ByteStream> bytes, std::string file, std::string list)
    : state_(std::make_unique<State>(std::move(bytes), std::move(file), std::move(list))) {}
JsonRecords::~JsonRecords() = default;
JsonRecords::JsonRecords(JsonRecords&&) noexcept = default;

Result<std::optional<JsonRecord>> JsonRecords::next() {
  return state_->next();
}

}  // namespace mangrove::ingest
