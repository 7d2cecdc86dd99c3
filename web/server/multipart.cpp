#include "web/server/multipart.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "web/server/ascii.h"

namespace mangrove::web {
namespace {

constexpr std::size_t kReadBytes = std::size_t{256} << 10;
constexpr std::size_t kBoundaryMax = 70;  // As RFC 2046 has it.

Error malformed(std::string detail) {
  return {ErrorCode::invalid_input, "The form " + std::move(detail) + "."};
}

/// The value of a parameter such as `name="x"` in a header field; nothing where it is not there.
std::optional<std::string> parameter_of(std::string_view field, std::string_view name) {
  std::size_t at = field.find(';');
  while (at != std::string_view::npos && at < field.size()) {
    std::size_t begin = field.find_first_not_of("; \t", at);
    if (begin == std::string_view::npos) break;
    const std::size_t equals = field.find('=', begin);
    if (equals == std::string_view::npos) break;
    const std::string_view key = trim(field.substr(begin, equals - begin));
    std::string value;
    at = equals + 1;
    if (at < field.size() && field[at] == '"') {
      for (++at; at < field.size() && field[at] != '"'; ++at) {
        const bool escape = field[at] == '\\' && at + 1 < field.size() &&
                            (field[at + 1] == '"' || field[at + 1] == '\\');
        if (escape) ++at;
        value += field[at];
      }
      at = field.find(';', std::min(at, field.size()));
    } else {
      const std::size_t end = std::min(field.find(';', at), field.size());
      value = trim(field.substr(at, end - at));
      at = end;
    }
    if (equal_in_any_case(key, name)) return value;
  }
  return std::nullopt;
}

/// Reads one form. The buffer holds what has been read from the file and not been understood yet.
class FormReader {
 public:
  FormReader(std::ifstream& file, std::string_view boundary, const FormLimits& limits)
      : file_(file), limits_(limits), delimiter_("\r\n--" + std::string(boundary)) {}

  /// Passes over what stands before the first part.
  Status begin() {
    buffer_ = "\r\n";  // The first delimiter may be the first line.
    return up_to_delimiter([](std::string_view) { return Status(); });
  }

  /// Behind a delimiter: whether another part follows.
  Result<bool> has_part() {
    TRY(fill(2));
    if (buffer_.starts_with("--")) return false;
    const std::size_t end = TRY(find("\r\n", limits_.head_bytes));
    if (!trim(std::string_view(buffer_).substr(0, end)).empty()) {
      return malformed("has a boundary with more behind it");
    }
    // The line break stays: a head may be empty, and begins with the next one.
    buffer_.erase(0, end);
    return true;
  }

  /// The head of a part, with a line break before each of its lines.
  Result<std::string> head() {
    const std::size_t end = TRY(find("\r\n\r\n", limits_.head_bytes));
    std::string head = buffer_.substr(0, end);
    buffer_.erase(0, end + 4);
    return head;
  }

  /// Gives the body of a part away, piece by piece.
  template <typename Take>
  Status up_to_delimiter(Take&& take) {
    while (true) {
      const std::size_t found = buffer_.find(delimiter_);
      if (found != std::string::npos) {
        TRY(take(std::string_view(buffer_).substr(0, found)));
        buffer_.erase(0, found + delimiter_.size());
        return {};
      }
      // A delimiter may have begun in what stays.
      const std::size_t sure =
          buffer_.size() < delimiter_.size() ? 0 : buffer_.size() - delimiter_.size() + 1;
      TRY(take(std::string_view(buffer_).substr(0, sure)));
      buffer_.erase(0, sure);
      TRY(fill(buffer_.size() + 1));
    }
  }

 private:
  /// Has at least so many bytes in the buffer.
  Status fill(std::size_t bytes) {
    while (buffer_.size() < bytes) {
      const std::size_t known = buffer_.size();
      buffer_.resize(known + kReadBytes);
      file_.read(buffer_.data() + known, kReadBytes);
      const auto got = static_cast<std::size_t>(file_.gcount());
      buffer_.resize(known + got);
      if (file_.bad()) return Error{ErrorCode::io, "a form cannot be read back"};
      if (got == 0) return malformed("breaks off before its last boundary");
    }
    return {};
  }

  /// Where this text begins in the buffer, within so many bytes.
  Result<std::size_t> find(std::string_view text, std::size_t most) {
    while (true) {
      const std::size_t found = buffer_.find(text);
      if (found != std::string::npos && found <= most) return found;
      if (buffer_.size() > most) {
        return Error{ErrorCode::too_large, "The head of a part of the form is too long."};
      }
      TRY(fill(buffer_.size() + 1));
    }
  }

  std::ifstream& file_;
  const FormLimits& limits_;
  std::string delimiter_;
  std::string buffer_;
};

/// What the head of a part says of it.
Result<std::pair<FormPart, bool>> part_of(std::string_view head) {
  FormPart part;
  bool is_file = false;
  bool is_named = false;
  while (!head.empty()) {
    if (head.starts_with("\r\n")) head.remove_prefix(2);
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (!equal_in_any_case(trim(line.substr(0, colon)), "Content-Disposition")) continue;
    if (auto name = parameter_of(line, "name")) {
      part.name = *std::move(name);
      is_named = true;
    }
    if (auto file = parameter_of(line, "filename")) {
      part.file_name = *std::move(file);
      is_file = true;
    }
  }
  if (!is_named) return malformed("has a part without a name");
  return std::pair{std::move(part), is_file};
}

}  // namespace

std::optional<std::string> form_boundary(std::string_view content_type) {
  constexpr std::string_view kType = "multipart/form-data";
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  if (!equal_in_any_case(type, kType)) return std::nullopt;
  return parameter_of(content_type, "boundary").value_or(std::string());
}

Result<std::vector<FormPart>> read_form(const std::filesystem::path& body,
                                        std::string_view boundary,
                                        const std::filesystem::path& folder,
                                        std::uint64_t bytes_kept_free, const FormLimits& limits) {
  if (boundary.empty() || boundary.size() > kBoundaryMax) {
    return malformed("has no boundary of 1 to 70 letters");
  }
  std::ifstream file(body, std::ios::binary);
  if (!file) return Error{ErrorCode::io, body.string() + " cannot be read back"};
  FormReader reader(file, boundary, limits);
  std::vector<FormPart> parts;
  TRY(reader.begin());
  while (TRY(reader.has_part())) {
    if (parts.size() == limits.parts) {
      return Error{ErrorCode::too_large,
                   "The form has more than " + std::to_string(limits.parts) + " parts."};
    }
    const std::string head = TRY(reader.head());
    auto [part, is_file] = TRY(part_of(head));
    if (is_file) part.file = TRY(BodyFile::create(folder, bytes_kept_free));
    TRY(reader.up_to_delimiter([&part = part, &limits](std::string_view piece) -> Status {
      if (part.file) return part.file->append(piece);
      if (part.text.size() + piece.size() > limits.field_bytes) {
        return Error{ErrorCode::too_large, "The field " + part.name + " of the form is too long."};
      }
      part.text += piece;
      return {};
    }));
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace mangrove::web
