#pragma once

#include <functional>
#include <span>

#include "graph/base/result.h"
#include "graph/catalogue.h"
#include "graph/storage/storage.h"
#include "graph/texts.h"

namespace mangrove::graph {

/// Calls `visit` with the texts to search of every node that has any, each once and in parts of
/// some thousands, as the store's records have them; ends at the first error of `visit`. For making
/// the text index anew, and for checking it. `corrupt` where the store is damaged. O(all records).
Status for_each_text(const storage::Snapshot& store, Catalogue& catalogue,
                     const SearchedProperties& searched,
                     const std::function<Status(std::span<const NodeTexts>)>& visit);

}  // namespace mangrove::graph
