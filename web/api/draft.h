#pragma once

#include "graph/base/result.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// POST /overlaps: what a planned initiative would overlap with. Nothing of it is stored. Its place,
/// target, determinant and group count as reported; what its words say, as far as ingest would make
/// links of it, as read out of a text.
Result<Response> overlaps_of_draft(const Service& service, const Request& request);

}  // namespace mangrove::web::api
