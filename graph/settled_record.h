#pragma once

#include "graph/catalogue.h"
#include "graph/ids.h"
#include "graph/storage/records.h"

namespace mangrove::graph {

/// Brings a record into the form in which it is stored, which is the same whatever the order in
/// which it was stated: what is said twice stands once, mentions of the subject become part of what
/// is said of it, and what was concluded goes where it is stated as well. Edges that not the same
/// viewers may see stay apart.
void settle(StoredRecord& record, NodeIndex subject, Catalogue& catalogue);

/// Puts properties and mentions into an order that tells nothing: what only some may see must not
/// show by the place that it takes. Part of the above.
void settle_order(StoredRecord& record, const Catalogue& catalogue);

}  // namespace mangrove::graph
