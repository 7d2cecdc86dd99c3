#include "ontology/turtle.h"

#include <serd/serd.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "graph/base/text.h"

namespace mangrove::ontology {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} << 10;
constexpr std::size_t kTermBytesMax = std::size_t{16} << 20;
constexpr std::size_t kDepthMax = 64;
constexpr std::size_t kPrefixesMax = 4096;
constexpr std::string_view kXsdString = "http://www.w3.org/2001/XMLSchema#string";

/// Follows the text byte by byte, just closely enough to know how deep it is nested, how long a
/// term is and whether a statement is open. Serd has no bounds of its own: it recurses for
/// every `[` and `(`, grows its stack with every literal, and takes the end of the text in
/// the middle of a statement for the end of the text.
class Watch {
 public:
  /// What is wrong with this byte; null where nothing is.
  const char* take(char c) {
    if (c == '\0') {
      return "a byte with the value 0";
    }
    if (++term_bytes_ > kTermBytesMax) {
      return "a term longer than 16 MiB";
    }
    switch (state_) {
      case State::plain:
        return take_plain(c);
      case State::comment:
        leave_at(c, '\n');
        term_bytes_ = 0;
        break;
      case State::iri:
        leave_at(c, '>');
        break;
      case State::opening:
        take_opening(c);
        break;
      case State::text:
        take_text(c);
        break;
    }
    return nullptr;
  }

  /// Whether the text could end here.
  bool complete() const {
    return state_ == State::comment || (state_ == State::plain && (last_ == '.' || last_ == '>'));
  }

 private:
  enum class State {
    plain,
    comment,
    iri,
    opening,  ///< One or two quotes seen: a short string, an empty one, or a long one.
    text,
  };

  const char* take_plain(char c) {
    if (escaped_) {
      escaped_ = false;
      return nullptr;
    }
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      term_bytes_ = 0;
      return nullptr;
    }
    if (c == '#') {
      state_ = State::comment;
      return nullptr;
    }
    last_ = c;
    switch (c) {
      case '\\':
        escaped_ = true;
        break;
      case '<':
        state_ = State::iri;
        break;
      case '"':
      case '\'':
        quote_ = c;
        quotes_ = 1;
        state_ = State::opening;
        break;
      case '[':
      case '(':
        return ++depth_ > kDepthMax ? "brackets nested deeper than 64" : nullptr;
      case ']':
      case ')':
        depth_ -= depth_ > 0 ? 1 : 0;
        break;
      default:
        break;
    }
    return nullptr;
  }

  void take_opening(char c) {
    if (c == quote_ && quotes_ < 3) {
      if (++quotes_ == 3) {
        enter_text(3);
      }
      return;
    }
    if (quotes_ == 2) {  // Two quotes and something else: that was an empty string.
      state_ = State::plain;
      term_bytes_ = 0;
      take_plain(c);
      return;
    }
    enter_text(1);
    take_text(c);
  }

  void enter_text(int closing) {
    state_ = State::text;
    closing_ = closing;
    quotes_ = 0;
  }

  void take_text(char c) {
    if (escaped_) {
      escaped_ = false;
      return;
    }
    escaped_ = c == '\\';
    quotes_ = c == quote_ ? quotes_ + 1 : 0;
    if (quotes_ == closing_) {
      state_ = State::plain;
      term_bytes_ = 0;
    }
  }

  void leave_at(char c, char end) {
    if (c == end) {
      state_ = State::plain;
      term_bytes_ = 0;
    }
  }

  State state_ = State::plain;
  bool escaped_ = false;
  char quote_ = '"';
  int quotes_ = 0;
  int closing_ = 1;
  char last_ = '.';  // The last byte that means something.
  std::size_t depth_ = 0;
  std::size_t term_bytes_ = 0;
};

std::string_view view(const SerdNode& node) {
  return {reinterpret_cast<const char*>(node.buf), node.n_bytes};
}

/// One run over one text: serd's callbacks, and what they need.
class Session {
 public:
  using Source = std::function<std::size_t(char*, std::size_t)>;
  using Visit = std::function<Status(const Triple&)>;

  Session(const Source& source, std::string_view name, const Visit& visit)
      : source_(source), name_(name), visit_(visit), env_(serd_env_new(nullptr), serd_env_free) {}

  Status run() {
    const std::unique_ptr<SerdReader, decltype(&serd_reader_free)> reader(
        serd_reader_new(SERD_TURTLE, this, nullptr, on_base, on_prefix, on_statement, nullptr),
        serd_reader_free);
    serd_reader_set_strict(reader.get(), true);
    serd_reader_set_error_sink(reader.get(), on_error, this);
    // Pages of one byte, so that the line of each triple is known; a call per byte costs little
    // beside what serd does with it.
    SerdStatus status =
        serd_reader_start_source_stream(reader.get(), on_read, on_read_error, this,
                                        reinterpret_cast<const std::uint8_t*>(name_.c_str()), 1);
    while (status == SERD_SUCCESS && !error_) {
      status = serd_reader_read_chunk(reader.get());
    }
    serd_reader_end_stream(reader.get());
    return outcome(status);
  }

 private:
  Status outcome(SerdStatus status) {
    if (error_) {
      return *error_;
    }
    if (status > SERD_FAILURE) {
      fail(line(), reinterpret_cast<const char*>(serd_strerror(status)));
    } else if (!ended_ || !watch_.complete()) {
      fail(line(), "the text ends in the middle of a statement");
    }
    return error_ ? Status(*error_) : Status();
  }

  static std::size_t on_read(void* buffer, std::size_t, std::size_t, void* handle) {
    return static_cast<Session*>(handle)->read_byte(static_cast<char*>(buffer)) ? 1 : 0;
  }

  static int on_read_error(void* handle) {
    return static_cast<Session*>(handle)->error_.has_value() ? 1 : 0;
  }

  bool read_byte(char* out) {
    if (error_ || ended_) {
      return false;
    }
    if (position_ == filled_) {
      filled_ = source_(buffer_.data(), buffer_.size());
      position_ = 0;
      ended_ = filled_ == 0;
      if (ended_) {
        last_byte_ = ' ';
        return false;
      }
    }
    lines_ += last_byte_ == '\n' ? 1 : 0;
    last_byte_ = buffer_[position_++];
    if (const char* complaint = watch_.take(last_byte_); complaint != nullptr) {
      fail(line(), complaint);
      return false;
    }
    *out = last_byte_;
    return true;
  }

  /// Serd is always exactly one byte ahead, so that byte is not counted yet.
  std::size_t line() const { return lines_ + 1; }

  static SerdStatus on_error(void* handle, const SerdError* error) {
    std::array<char, 512> text{};
    // NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): serd has filled it before it calls.
    std::vsnprintf(text.data(), text.size(), error->fmt, *error->args);
    std::string message(text.data());
    message.erase(message.find_last_not_of(" \n") + 1);
    static_cast<Session*>(handle)->fail(error->line, message);
    return SERD_SUCCESS;
  }

  static SerdStatus on_base(void* handle, const SerdNode* iri) {
    auto& session = *static_cast<Session*>(handle);
    return serd_env_set_base_uri(session.env_.get(), iri);
  }

  static SerdStatus on_prefix(void* handle, const SerdNode* name, const SerdNode* iri) {
    auto& session = *static_cast<Session*>(handle);
    std::string expanded;
    if (!session.expand(*iri, expanded)) {
      return SERD_ERR_BAD_CURIE;
    }
    if (session.prefixes_.size() >= kPrefixesMax) {
      return session.fail(session.line(), "more than 4096 prefixes");
    }
    session.prefixes_.insert_or_assign(std::string(view(*name)), std::move(expanded));
    return SERD_SUCCESS;
  }

  static SerdStatus on_statement(void* handle, SerdStatementFlags, const SerdNode*,
                                 const SerdNode* subject, const SerdNode* predicate,
                                 const SerdNode* object, const SerdNode* datatype,
                                 const SerdNode* language) {
    auto& session = *static_cast<Session*>(handle);
    if (session.error_) {
      return SERD_ERR_UNKNOWN;
    }
    Triple triple;
    triple.line = session.line();
    if (!session.read_term(*subject, triple.subject) ||
        !session.expand(*predicate, triple.predicate) ||
        !session.read_term(*object, triple.object) ||
        !session.read_datatype(datatype, triple.object)) {
      return SERD_ERR_BAD_CURIE;
    }
    if (language != nullptr && language->buf != nullptr) {
      triple.object.language = view(*language);
      std::ranges::transform(triple.object.language, triple.object.language.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      });
    }
    const Status status = session.visit_(triple);
    if (!status.ok()) {
      session.error_ = status.error();
    }
    return status.ok() ? SERD_SUCCESS : SERD_ERR_UNKNOWN;
  }

  bool read_term(const SerdNode& node, Term& term) {
    if (node.type == SERD_LITERAL || node.type == SERD_BLANK) {
      term.type = node.type == SERD_LITERAL ? Term::Type::literal : Term::Type::blank;
      term.text = view(node);
      if (!is_utf8(term.text)) {
        fail(line(), "a text that is not UTF-8");
        return false;
      }
      return true;
    }
    term.type = Term::Type::iri;
    return expand(node, term.text);
  }

  bool read_datatype(const SerdNode* datatype, Term& term) {
    if (datatype == nullptr || datatype->buf == nullptr) {
      return true;
    }
    if (!expand(*datatype, term.datatype)) {
      return false;
    }
    if (term.datatype == kXsdString) {
      term.datatype.clear();
    }
    return true;
  }

  /// The absolute IRI of a node; false, with an error set, where there is none.
  bool expand(const SerdNode& node, std::string& iri) {
    const std::string_view text = view(node);
    if (node.type == SERD_CURIE) {
      const std::size_t colon = text.find(':');
      const auto prefix = prefixes_.find(text.substr(0, colon));
      if (colon == std::string_view::npos || prefix == prefixes_.end()) {
        fail(line(), "the prefix of `" + std::string(text) + "` is not declared");
        return false;
      }
      iri = prefix->second + std::string(text.substr(colon + 1));
      return true;
    }
    SerdNode absolute = serd_env_expand_node(env_.get(), &node);
    iri = absolute.buf != nullptr ? view(absolute) : text;
    serd_node_free(&absolute);
    if (!serd_uri_string_has_scheme(reinterpret_cast<const std::uint8_t*>(iri.c_str()))) {
      fail(line(), "the IRI <" + std::string(text) + "> is relative, and there is no base");
      return false;
    }
    return true;
  }

  /// Keeps the first error only: later ones follow from it.
  SerdStatus fail(std::size_t line, std::string_view what) {
    if (!error_) {
      error_ = Error{ErrorCode::invalid_input,
                     name_ + ":" + std::to_string(line) + ": " + std::string(what)};
    }
    return SERD_ERR_UNKNOWN;
  }

  const Source& source_;
  const std::string name_;
  const Visit& visit_;
  std::unique_ptr<SerdEnv, decltype(&serd_env_free)> env_;
  std::map<std::string, std::string, std::less<>> prefixes_;
  Watch watch_;
  std::optional<Error> error_;
  std::array<char, kBufferBytes> buffer_{};
  std::size_t position_ = 0;
  std::size_t filled_ = 0;
  bool ended_ = false;
  char last_byte_ = ' ';
  std::size_t lines_ = 0;
};

}  // namespace

Status read_turtle(const std::function<std::size_t(char*, std::size_t)>& read,
                   std::string_view name, const std::function<Status(const Triple&)>& visit) {
  return std::make_unique<Session>(read, name, visit)->run();
}

Status read_turtle(std::string_view text, std::string_view name,
                   const std::function<Status(const Triple&)>& visit) {
  return read_turtle(
      [&text](char* buffer, std::size_t size) {
        const std::size_t taken = std::min(size, text.size());
        std::memcpy(buffer, text.data(), taken);
        text.remove_prefix(taken);
        return taken;
      },
      name, visit);
}

}  // namespace mangrove::ontology
