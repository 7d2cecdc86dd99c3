#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/storage/storage.h"
#include "graph/text/index.h"

namespace mangrove::graph {

/// Gives all nodes that have texts, each once, in parts of some thousands; `before` is not looked
/// at. Ends with the first error of what it calls.
using EachNodeTexts =
    std::function<Status(const std::function<Status(std::span<const NodeTexts>)>&)>;

/// Throws away what the store holds of an index, and builds it from the texts, in many commits. If
/// it is interrupted, the next opening finds the index not complete. For an empty graph, `each`
/// gives nothing. O(all words).
Result<std::shared_ptr<const TextIndex>> rebuild_text_index(storage::Storage& store,
                                                            std::string_view settings,
                                                            const EachNodeTexts& each);

/// Compares every posting, length and count in the store with what the texts say, and tells what is
/// wrong and where, a line each, at most `faults_max`. O(all words) time, O(different words)
/// memory.
Result<std::vector<std::string>> check_text_index(const storage::Snapshot& store,
                                                  std::string_view settings,
                                                  const EachNodeTexts& each,
                                                  std::size_t faults_max = 100);

}  // namespace mangrove::graph
