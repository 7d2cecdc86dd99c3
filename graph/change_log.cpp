#include "graph/change_log.h"

#include <ctime>

#include "graph/storage/bytes.h"

namespace mangrove::graph {

std::string encode_change(const StoredChange& change) {
  ByteWriter out;
  out.text(change.time);
  out.varint(change.subjects.size());
  for (const NodeIndex subject : change.subjects) out.varint(subject.value);
  return out.take();
}

Result<StoredChange> decode_change(std::string_view bytes) {
  ByteReader in(bytes);
  StoredChange change;
  change.time = in.text();
  const std::uint64_t count = in.count();
  change.subjects.reserve(count);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    change.subjects.push_back(NodeIndex{in.varint32()});
  }
  if (!in.ok() || in.left() != 0) {
    return Error{ErrorCode::corrupt, "the store holds bytes that are no entry of the change log"};
  }
  return change;
}

std::string current_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char buffer[24];
  const std::size_t length = std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {buffer, length};
}

}  // namespace mangrove::graph
