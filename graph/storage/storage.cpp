#include "graph/storage/storage.h"

#include <cassert>

namespace mangrove::storage {

Status check_keys(const WriteBatch& batch) {
  for (const WriteBatch::Write& write : batch.writes) {
    assert(write.action != WriteBatch::Action::remove_prefix || !write.key.empty());
    if (write.key.size() > kKeyBytesMax) {
      return Error{ErrorCode::too_large, "a key of " + std::to_string(write.key.size()) +
                                             " bytes is too long for the store, which takes " +
                                             std::to_string(kKeyBytesMax)};
    }
  }
  return {};
}

}  // namespace mangrove::storage
