#pragma once

#include <cstdint>

#include "graph/base/result.h"
#include "graph/storage/storage.h"
#include "graph/texts.h"

namespace mangrove::graph {

/// Writes the present format into an empty store; brings a store of an older format to the present
/// one. Interrupted at any moment, the store is of the old format still, and the next opening
/// begins again. `unsupported` where the format is newer than this program, `corrupt` where it is
/// none.
Status bring_to_present_format(storage::Storage& store);

/// The format that the store says it is of; 0 for an empty one. `corrupt` where it says none.
Result<std::uint32_t> stored_format(const storage::Snapshot& store);

/// The properties that the store's text index was made for.
Result<SearchedProperties> stored_searched_properties(const storage::Snapshot& store);

/// Makes the text index anew, in commits of bounded size. Interrupted, it is not complete.
Status remake_text_index(storage::Storage& store, const SearchedProperties& searched);

/// Sees to it that the text index holds the words of these properties: where it was made for
/// others, it is made anew, in commits of bounded size. No properties stand for those that it was
/// made for. Gives those that it holds in the end. Interrupted, the next opening begins again.
Result<SearchedProperties> bring_to_searched_properties(storage::Storage& store,
                                                        SearchedProperties searched);

}  // namespace mangrove::graph
