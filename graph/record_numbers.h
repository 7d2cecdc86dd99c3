#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "graph/base/append_only.h"
#include "graph/ids.h"

namespace mangrove::graph {

/// Which record a record number stands for.
struct RecordPlace {
  NodeIndex subject;
  SourceIndex source;
};

/// The numbers of records. A number stands for the same record for good, also while there is none.
/// Many may read while others add.
class RecordNumbers {
 public:
  RecordNumbers() = default;
  explicit RecordNumbers(AppendOnly<RecordPlace> places) : places_(std::move(places)) {}

  /// The number must have been given away.
  const RecordPlace& operator[](RecordNumber number) const { return places_[number.value]; }

  std::uint32_t size() const {
    const std::lock_guard lock(mutex_);
    return places_.size();
  }

  /// For a record that the latest version does not have: the number that it had, if it was let go
  /// of, or else a new one.
  RecordNumber number_of(RecordPlace place) {
    const std::lock_guard lock(mutex_);
    const auto known = idle_.find({place.subject, place.source});
    return known != idle_.end() ? known->second : RecordNumber{places_.push_back(place)};
  }

  /// Remembers the number of a record that the latest version does not have (any more).
  void let_go(RecordPlace place, RecordNumber number) {
    const std::lock_guard lock(mutex_);
    idle_.emplace(std::pair(place.subject, place.source), number);
  }

 private:
  mutable std::mutex mutex_;  // Of those who add.
  AppendOnly<RecordPlace> places_;
  std::map<std::pair<NodeIndex, SourceIndex>, RecordNumber> idle_;
};

}  // namespace mangrove::graph
