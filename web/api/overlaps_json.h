#pragma once

#include "graph/base/json.h"
#include "query/explore/overlap_pairs.h"
#include "query/explore/overlaps.h"

namespace mangrove::web::api {

/// The members `items` and `duplicates` of an object that has been begun.
void write_overlaps(json::Writer& writer, const query::OverlapsAnswer& answer);

/// All members but the version and the next page, of an object that has been begun.
void write_overlap_pairs(json::Writer& writer, const query::OverlapPairsAnswer& answer);

}  // namespace mangrove::web::api
