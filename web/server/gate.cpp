#include "web/server/gate.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "web/server/ascii.h"

namespace mangrove::web {
namespace {

// Fields that mean one thing; a second one is a contradiction, or an attempt at one.
constexpr std::array<std::string_view, 6> kSingleFields{
    "Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Authorization", "Expect"};

constexpr std::array<std::string_view, 7> kMethods{"GET",   "HEAD",   "POST",   "PUT",
                                                   "PATCH", "DELETE", "OPTIONS"};

// "GET " before the target and " HTTP/1.1" after it, and longer methods than ours.
constexpr std::size_t kRequestLineBesidesTarget = 64;

constexpr std::size_t kContentLengthDigits = 18;  // Fits 64 bits without a thought.

Problem bad_request(std::string detail) {
  return {.status = 400, .code = "bad_request", .detail = std::move(detail)};
}

bool is_token_character(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return is_letter(c) || is_digit(c) || kOthers.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find("\r\n");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  return line;
}

/// Reads one head. Each step returns what is wrong, or nothing.
class HeadReader {
 public:
  HeadReader(const HostNames& hosts, const ServerLimits& limits) : hosts_(hosts), limits_(limits) {}

  std::variant<Head, Problem> read(std::string_view bytes) {
    if (bytes.starts_with("\r\n")) bytes.remove_prefix(2);
    if (auto problem = read_request_line(take_line(bytes))) return *std::move(problem);
    for (auto line = take_line(bytes); !line.empty(); line = take_line(bytes)) {
      if (auto problem = read_field(line)) return *std::move(problem);
    }
    for (const auto step :
         {&HeadReader::check_single_fields, &HeadReader::check_framing, &HeadReader::check_host,
          &HeadReader::split_target, &HeadReader::check_expectation}) {
      if (auto problem = (this->*step)()) return *std::move(problem);
    }
    read_connection();
    return std::move(head_);
  }

 private:
  using Step = std::optional<Problem>;

  const std::string* field(std::string_view name) const { return find_header(head_.headers, name); }

  Step read_request_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
      return bad_request("The request line is not METHOD TARGET VERSION.");
    }
    if (auto problem = read_version(line.substr(last + 1))) return problem;
    if (auto problem = read_method(line.substr(0, first))) return problem;
    return read_target(line.substr(first + 1, last - first - 1));
  }

  Step read_version(std::string_view version) {
    const bool is_version = version.size() == 8 && version.starts_with("HTTP/") &&
                            is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
    if (!is_version) return bad_request("The request line does not end in an HTTP version.");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
      return Problem{.status = 505, .code = "http_version", .detail = "Only HTTP/1.1 is spoken."};
    }
    head_.minor_version = version[7] - '0';
    return std::nullopt;
  }

  Step read_method(std::string_view method) {
    if (!is_token(method)) return bad_request("The method is not a token.");
    if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) {
      return Problem{.status = 501, .code = "unsupported", .detail = "This method is not known."};
    }
    head_.method = method;
    return std::nullopt;
  }

  Step read_target(std::string_view target) {
    if (target.size() > limits_.target_bytes) {
      return Problem{.status = 414,
                     .code = "too_large",
                     .detail = "The target is longer than " + std::to_string(limits_.target_bytes) +
                               " bytes."};
    }
    const bool visible = std::all_of(target.begin(), target.end(),
                                     [](char c) { return c > ' ' && c < 0x7F && c != '#'; });
    if (!visible) return bad_request("The target has characters that must be percent-encoded.");
    head_.target = target;
    return std::nullopt;
  }

  Step read_field(std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') {
      return bad_request("A header field is continued on the next line.");
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
      return bad_request("A header field is not NAME: VALUE.");
    }
    head_.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
    return std::nullopt;
  }

  Step check_single_fields() {
    for (const std::string_view name : kSingleFields) {
      const auto times =
          std::count_if(head_.headers.begin(), head_.headers.end(),
                        [&](const Header& header) { return equal_in_any_case(header.name, name); });
      if (times > 1) return bad_request("The field " + std::string(name) + " appears twice.");
    }
    return std::nullopt;
  }

  /// RFC 9112, section 6: where the body ends must be beyond doubt.
  Step check_framing() {
    const std::string* const encoding = field("Transfer-Encoding");
    const std::string* const length = field("Content-Length");
    if (encoding != nullptr) {
      if (length != nullptr) return bad_request("Both Content-Length and Transfer-Encoding.");
      if (head_.minor_version == 0) return bad_request("Transfer-Encoding in HTTP/1.0.");
      if (!equal_in_any_case(*encoding, "chunked")) {
        return Problem{.status = 501,
                       .code = "unsupported",
                       .detail = "The only transfer encoding known is \"chunked\"."};
      }
      head_.chunked = true;
    }
    return length == nullptr ? std::nullopt : read_length(*length);
  }

  Step read_length(std::string_view text) {
    const bool all_digits = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
    if (!all_digits) return bad_request("Content-Length is not a number.");
    std::uint64_t length = 0;
    if (text.size() <= kContentLengthDigits) {
      std::from_chars(text.data(), text.data() + text.size(), length);
    }
    if (text.size() > kContentLengthDigits || length > limits_.body_bytes) {
      return Problem{
          .status = 413,
          .code = "too_large",
          .detail = "The body is larger than " + std::to_string(limits_.body_bytes) + " bytes."};
    }
    head_.content_length = length;
    return std::nullopt;
  }

  Step check_host() {
    const std::string* const host = field("Host");
    if (host == nullptr) return bad_request("The field Host is missing.");
    return check_authority(*host);
  }

  Step check_authority(std::string_view authority) const {
    if (!parse_host(authority).valid) return bad_request("The host is not NAME or NAME:PORT.");
    if (hosts_.contains(authority)) return std::nullopt;
    return Problem{
        .status = 421,
        .code = "misdirected_request",
        .detail = "This server does not answer for that host; its operator can add the name."};
  }

  /// The forms of RFC 9112, section 3.2. A proxy's form is fine for ourselves.
  Step split_target() {
    std::string_view target = head_.target;
    if (target == "*" && head_.method == "OPTIONS") {
      head_.path = "*";
      return std::nullopt;
    }
    constexpr std::string_view kScheme = "http://";
    if (equal_in_any_case(target.substr(0, kScheme.size()), kScheme)) {
      target.remove_prefix(kScheme.size());
      const std::string_view authority = target.substr(0, target.find_first_of("/?"));
      if (auto problem = check_authority(authority)) return problem;
      target.remove_prefix(authority.size());
    } else if (!target.starts_with('/')) {
      return bad_request("The target does not begin with a slash.");
    }
    head_.path = take_until(target, '?');
    if (head_.path.empty()) head_.path = "/";
    head_.query = target;
    return std::nullopt;
  }

  Step check_expectation() {
    const std::string* const expectation = field("Expect");
    if (expectation == nullptr || head_.minor_version == 0) return std::nullopt;
    if (!equal_in_any_case(*expectation, "100-continue")) {
      return Problem{.status = 417,
                     .code = "expectation_failed",
                     .detail = "The only expectation known is \"100-continue\"."};
    }
    head_.expects_continue = true;
    return std::nullopt;
  }

  void read_connection() {
    head_.keep_alive = head_.minor_version >= 1;
    for (const Header& header : head_.headers) {
      if (!equal_in_any_case(header.name, "Connection")) continue;
      if (has_token(header.value, "keep-alive")) head_.keep_alive = true;
    }
    for (const Header& header : head_.headers) {
      if (!equal_in_any_case(header.name, "Connection")) continue;
      if (has_token(header.value, "close")) head_.keep_alive = false;
    }
  }

  const HostNames& hosts_;
  const ServerLimits& limits_;
  Head head_;
};

}  // namespace

std::variant<HeadScanner::Incomplete, HeadScanner::Complete, Problem> HeadScanner::scan(
    std::string_view bytes) {
  for (; position_ < bytes.size(); ++position_) {
    if (auto problem = check(bytes)) return *std::move(problem);
    if (bytes[position_] != '\n') continue;
    const bool is_empty = position_ - line_start_ == 1;  // Only the carriage return.
    line_start_ = position_ + 1;
    if (is_empty && line_start_ > 2) return Complete{line_start_};
    if (!is_empty) ++lines_;
  }
  return Incomplete{};
}

std::optional<Problem> HeadScanner::check(std::string_view bytes) const {
  const char c = bytes[position_];
  const bool after_return = position_ > 0 && bytes[position_ - 1] == '\r';
  if (c == '\n' && !after_return) return bad_request("A line ends without a carriage return.");
  if (c != '\n' && after_return) return bad_request("A carriage return is inside a line.");
  if (is_control(c) && c != '\r' && c != '\n' && c != '\t') {
    return bad_request("The head has a control character.");
  }
  return check_sizes();
}

std::optional<Problem> HeadScanner::check_sizes() const {
  if (lines_ == 0 && position_ > limits_.target_bytes + kRequestLineBesidesTarget) {
    return Problem{.status = 414, .code = "too_large", .detail = "The target is too long."};
  }
  if (position_ >= limits_.head_bytes) {
    return Problem{
        .status = 431,
        .code = "too_large",
        .detail = "The head is larger than " + std::to_string(limits_.head_bytes) + " bytes."};
  }
  // The first line is the request line; the one being read may still be the empty one.
  if (lines_ > limits_.fields && position_ - line_start_ >= 2) {
    return Problem{
        .status = 431,
        .code = "too_large",
        .detail = "There are more than " + std::to_string(limits_.fields) + " header fields."};
  }
  return std::nullopt;
}

std::variant<Head, Problem> read_head(std::string_view bytes, const HostNames& hosts,
                                      const ServerLimits& limits) {
  return HeadReader(hosts, limits).read(bytes);
}

}  // namespace mangrove::web
