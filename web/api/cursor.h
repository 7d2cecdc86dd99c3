#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/base/result.h"
#include "graph/ids.h"

namespace mangrove::web::api {

/// Where the next page of an answer begins, and which answer that is.
///
/// Clients get it as one opaque word and send it back as `cursor`. It holds no secret and grants
/// nothing: it is bound to a question, a viewer and a version so that pages of different answers
/// are never put together by mistake.
struct Cursor {
  graph::Version version = 0;  ///< Of the graph that the page before was computed on.
  std::uint32_t offset = 0;    ///< How many rows came before.
  std::uint64_t question = 0;  ///< Fingerprint of the viewer, the path and the parameters.

  friend bool operator==(const Cursor&, const Cursor&) = default;
};

/// The word for a cursor: letters, digits, `-` and `_`.
std::string encode(const Cursor& cursor);

/// The cursor that this word stands for; invalid_input for anything `encode` did not write.
Result<Cursor> decode_cursor(std::string_view word);

/// 64 bits that tell texts apart (FNV-1a); the same on every machine. No protection against those
/// who look for two texts with one fingerprint.
std::uint64_t fingerprint(std::string_view text);

}  // namespace mangrove::web::api
