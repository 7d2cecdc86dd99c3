#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "web/server/body_file.h"

/// Forms with files, as browsers and `curl -F` send them (RFC 7578).
namespace mangrove::web {

struct FormLimits {
  std::size_t parts = 20;
  std::size_t head_bytes = std::size_t{8} << 10;    ///< Of one part.
  std::size_t field_bytes = std::size_t{64} << 10;  ///< Of one part that is no file.
};

/// One part of a form.
struct FormPart {
  std::string name;
  std::string text;                ///< Of a field that is no file.
  std::string file_name;           ///< As its sender calls it.
  std::shared_ptr<BodyFile> file;  ///< Null where it is no file.
};

/// The boundary in a Content-Type of `multipart/form-data`; nothing for any other.
std::optional<std::string> form_boundary(std::string_view content_type);

/// The parts of the form in this file, in their order. Files go into new files in `folder`, which
/// leave `bytes_kept_free` on its disk; memory is bounded whatever they weigh. `invalid_input` for
/// what is no such form, `too_large` beyond the limits, `no_space`, `io`.
Result<std::vector<FormPart>> read_form(const std::filesystem::path& body,
                                        std::string_view boundary,
                                        const std::filesystem::path& folder,
                                        std::uint64_t bytes_kept_free,
                                        const FormLimits& limits = {});

}  // namespace mangrove::web
