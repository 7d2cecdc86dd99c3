#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/audience.h"
#include "graph/base/result.h"
#include "graph/batch.h"
#include "graph/ids.h"

namespace mangrove::graph {

// How an entry of the change log lies in the store, and how a quiet commit is noted:
//
//   change  := time:text mark:fixed64 count:varint
//              (subject:varint source:varint outcome:byte notices)*     sorted by subject, source
//              notices                                                  of what guards did besides
//   notices := count:varint (before:varint after:varint)*               sorted
//              a policy's number and 1; 0 for kNobody
//
// A commit is quiet where not everybody can have noticed it. Such commits are listed apart (`quiet`
// in keys.h), with who did notice, so that every viewer can count the versions that there are for
// them without reading the whole log.

/// Something that stood under one policy before a commit, and stands under another after it.
/// Noticed by whoever sees exactly one of them.
struct Notice {
  Policy before;  ///< kNobody for what came.
  Policy after;   ///< kNobody for what went.

  friend auto operator<=>(const Notice&, const Notice&) = default;
};

/// Whether this viewer noticed any of it. Stewards notice everything.
bool notices_any(const Sight& sight, std::span<const Notice> notices);
/// Whether there is something in it that everybody noticed.
bool all_notice(std::span<const Notice> notices);

/// What one commit did to one record.
struct StoredRecordChange {
  NodeIndex subject;
  SourceIndex source;
  Outcome outcome;              ///< added, replaced or removed.
  std::vector<Notice> notices;  ///< Of all that it states otherwise than before. Sorted.
};

/// One entry, with everything as numbers.
struct StoredChange {
  std::string time;        ///< UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  std::uint64_t mark = 0;  ///< Drawn by lot, so that no two commits have equal entries.
  std::vector<StoredRecordChange> records;
  /// Of what records that did not change state: guards may let others see it than before. Sorted.
  std::vector<Notice> notices;
};

std::string encode_change(const StoredChange& change);
Result<StoredChange> decode_change(std::string_view bytes);

/// All that can be noticed of a commit, sorted, each once.
std::vector<Notice> notices_of(const StoredChange& change);

std::string encode_notices(const std::vector<Notice>& notices);
Result<std::vector<Notice>> decode_notices(std::string_view bytes);

/// A commit that not everybody can have noticed.
struct QuietCommit {
  Version version;
  std::vector<Notice> notices;
};

/// A mark for a new entry.
std::uint64_t drawn_mark();

/// Now, as the change log writes it.
std::string current_time();

}  // namespace mangrove::graph
