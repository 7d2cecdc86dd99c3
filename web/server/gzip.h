#pragma once

#include <string>
#include <string_view>

#include "graph/base/result.h"

namespace mangrove::web {

/// The bytes as a gzip stream, quickly rather than small. The same bytes give the same stream.
std::string gzip(std::string_view bytes);

/// The bytes in a gzip stream of our own making, at most `bytes_max` of them.
Result<std::string> gunzip(std::string_view stream, std::size_t bytes_max);

/// Whether an Accept-Encoding field takes gzip.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace mangrove::web
