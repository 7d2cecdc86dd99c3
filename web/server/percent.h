#pragma once

#include <string>
#include <string_view>

#include "graph/base/result.h"

namespace mangrove::web {

/// What a plus sign stands for: itself in a path, a space in the query of a form.
enum class Plus { plus, space };

/// The text that `encoded` stands for, after replacing every `%XX`. Refused as invalid_input: an
/// incomplete or non-hexadecimal escape, a control character, bytes that are not UTF-8.
Result<std::string> percent_decode(std::string_view encoded, Plus plus = Plus::plus);

/// The text with everything escaped but letters, digits and `-._~:@`: safe as one segment of a
/// path and as a value in a query.
std::string percent_encode(std::string_view text);

}  // namespace mangrove::web
