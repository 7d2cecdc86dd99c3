#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "graph/change_log.h"
#include "graph/snapshot.h"
#include "graph/storage/storage.h"
#include "graph/verify/facts.h"
#include "graph/verify/findings.h"
#include "graph/verify/tables.h"

namespace mangrove::graph {

struct RecountCounts {
  std::uint64_t records = 0;
  std::uint64_t edges = 0;     ///< As the records state them.
  std::uint64_t mentions = 0;  ///< Values that are mentioned of nodes.
};

/// Counts anew, from the records, what is kept about each node, and compares.
///
/// For each node it holds one number, the sum of the hashes of all facts that must be kept there,
/// less those that are: where it is not zero in the end, the records are read once more, for that
/// node. Use once, and call in order.
class Recount {
 public:
  Recount(const storage::Snapshot& store, Tables& tables, Findings& findings, Meter& meter);

  /// Checks every record. Whether it goes on to count is in `counts_are_good`.
  Status read_records();

  /// Notes what the change log says, from the first version on.
  void note_change(const StoredRecordChange& change);
  /// For a log that is whole: it must lead to the records that are there.
  void compare_with_log();

  /// Compares the stored lists of what is mentioned of each node.
  Status check_mentions();

  /// Compares a topology in memory, which must be of the same version as the store.
  Status check_topology(const Snapshot& state);

  /// False where records are damaged: then nothing can be counted.
  bool counts_are_good() const { return counts_are_good_; }
  const RecountCounts& counts() const { return counts_; }

 private:
  /// What must be kept of one fact, and what is.
  struct Times {
    std::int64_t stated = 0;
    std::int64_t kept = 0;
  };
  using Suspects = std::map<std::uint32_t, std::map<Fact, Times>>;  // By node.
  using Sums = std::vector<std::uint64_t>;

  Status for_each_record(
      const std::function<void(NodeIndex, SourceIndex, std::string_view)>& visit);
  void check_record(NodeIndex subject, SourceIndex source, std::string_view bytes);
  void note_guards(NodeIndex subject, const StoredRecord& record);
  Policy guarded(NodeIndex subject, const StoredRecord& record);
  void add_facts(NodeIndex subject, SourceIndex source, const StoredRecord& record);

  void check_list(std::string_view key, std::string_view bytes, Suspects& unreadable);
  Suspects suspects_of(const Sums& sums, const Suspects& left_out, std::string_view where,
                       Remedy remedy);
  Status read_stated(Suspects& suspects, bool mentions);
  void report(const Suspects& suspects, std::string_view where, Remedy remedy);

  const storage::Snapshot& store_;
  Tables& tables_;
  Findings& findings_;
  Meter& meter_;
  Wording wording_;
  PolicyHashes hashes_;
  RecountCounts counts_;
  bool counts_are_good_;
  std::unordered_map<std::uint32_t, Policy> guards_;
  Sums mentions_;
  Sums topology_;
  Sums standing_;  // Records that are there, less those that the log leads to.
};

}  // namespace mangrove::graph
