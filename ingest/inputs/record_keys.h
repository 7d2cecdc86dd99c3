#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace mangrove::ingest {

/// Stands for a record, which is what one part of one source states about one subject. Equal for
/// equal records in every process and version of this program; 64 bits, so that two different ones
/// of a graph of millions share a key about never.
using RecordKey = std::uint64_t;
RecordKey key_of(std::string_view subject, std::string_view source, std::string_view part);

/// Sorted, each once.
using RecordKeys = std::vector<RecordKey>;
void settle(RecordKeys& keys);

/// What is in `a` and not in `b`. O(|a| + |b|).
RecordKeys without(const RecordKeys& a, const RecordKeys& b);
RecordKeys together(const RecordKeys& a, const RecordKeys& b);
bool holds(const RecordKeys& keys, RecordKey key);

}  // namespace mangrove::ingest
