#pragma once

#include <string>
#include <vector>

#include "graph/base/json.h"

namespace mangrove::tests {

/// Where the value breaks the schema, a line each: `items.0.score: is string, not number`.
///
/// Knows as much of JSON Schema as our OpenAPI document uses: type, enum, const, properties,
/// required, additionalProperties, items, minItems, maxItems, minimum, maximum, minLength, oneOf,
/// $ref into `document`. A member that the schema does not name is a breach too (unless
/// additionalProperties says what it is), so that answers and contract cannot drift apart.
std::vector<std::string> breaches(const json::Value& value, const json::Value& schema,
                                  const json::Value& document);

/// What `$ref` means in this document, such as "#/components/schemas/Why".
const json::Value& resolve(const json::Value& document, const std::string& reference);

}  // namespace mangrove::tests
