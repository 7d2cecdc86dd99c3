#pragma once

#include <memory>

#include "graph/storage/storage.h"

namespace mangrove::storage {

/// A store in memory: the contract in its plainest form, for tests. A snapshot costs nothing until
/// the next commit, which then copies the whole.
std::unique_ptr<Storage> make_memory_storage();

}  // namespace mangrove::storage
