#pragma once

#include <span>
#include <string_view>

namespace mangrove::web::api {

/// A document that lies in the binary.
struct Document {
  std::string_view name;  ///< `openapi.json`
  std::string_view bytes;
};

/// All of them: the contract alone. Defined by the build.
std::span<const Document> documents();

/// The contract, `web/openapi.json`, as it was when this binary was built.
inline std::string_view openapi_document() {
  return documents().front().bytes;
}

}  // namespace mangrove::web::api
