#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "graph/base/result.h"
#include "web/server/request.h"
#include "web/server/response.h"

namespace mangrove::web {

/// One file of the built UI, inside this binary.
struct EmbeddedFile {
  std::string_view path;  ///< Such as "/assets/index-4f2c.js".
  std::string_view gzip;  ///< Its bytes, compressed.
  std::string_view hash;  ///< Of the bytes before that.
};

/// Every file of web/ui/dist as it was when this binary was built; or one page which says that
/// the UI was not built, and how to.
std::span<const EmbeddedFile> embedded_files();

/// Serves files from memory: nothing that a path says can reach the disk.
///
/// Files under /assets/ carry a hash in their name and may be kept for ever; the others are asked
/// for again with their ETag. An address of the UI, such as /initiatives/iati:XM-1, is index.html:
/// every path that is not under /api or /health, does not end like a file and has no segment such
/// as "..". Clients that do not take gzip get the plain bytes.
///
/// Never changes once made, so threads may share it.
class Files {
 public:
  explicit Files(std::span<const EmbeddedFile> files);

  /// The file asked for, or not_found. Only GET and HEAD.
  Result<Response> answer(const Request& request) const;

 private:
  const EmbeddedFile* find(std::string_view path) const;
  std::unordered_map<std::string_view, EmbeddedFile> files_;
};

/// The media type for a name such as "a.js"; empty for endings that we do not serve.
std::string_view media_type_of(std::string_view name);

}  // namespace mangrove::web
