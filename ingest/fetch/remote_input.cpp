#include "ingest/fetch/remote_input.h"

#include <utility>

namespace mangrove::ingest {

Result<std::unique_ptr<ByteStream>> RemoteInput::open() {
  Download got = TRY(download(location_, read_unchanged_ ? Validators() : known_, limits_, stop_));
  validators_ = std::move(got.validators);
  bytes_ = got.bytes;
  end_is_certain_ = got.end_is_certain;
  unchanged_ = got.body == nullptr;
  if (unchanged_) return Error{ErrorCode::conflict, "has not changed since it was last read"};
  return std::move(got.body);
}

}  // namespace mangrove::ingest
