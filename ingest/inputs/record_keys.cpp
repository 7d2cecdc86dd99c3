#include "ingest/inputs/record_keys.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace mangrove::ingest {

RecordKey key_of(std::string_view subject, std::string_view source, std::string_view part) {
  std::string text;
  text.reserve(subject.size() + source.size() + part.size() + 2);
  text.append(subject).append(1, '\0').append(source).append(1, '\0').append(part);
  return XXH3_64bits(text.data(), text.size());
}

void settle(RecordKeys& keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

RecordKeys without(const RecordKeys& a, const RecordKeys& b) {
  RecordKeys rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
  return rest;
}

RecordKeys together(const RecordKeys& a, const RecordKeys& b) {
  RecordKeys all;
  all.reserve(std::max(a.size(), b.size()));
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

bool holds(const RecordKeys& keys, RecordKey key) {
  return std::binary_search(keys.begin(), keys.end(), key);
}

}  // namespace mangrove::ingest
