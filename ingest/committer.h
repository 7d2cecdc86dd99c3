#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "graph/base/result.h"
#include "graph/graph.h"
#include "ingest/reader.h"
#include "ingest/report.h"

namespace mangrove::ingest {

/// How much one commit takes in.
inline constexpr std::size_t kBatchRecords = 4000;
inline constexpr std::size_t kBatchBytes = std::size_t{32} << 20;

/// Collects drafts into batches, commits them, and tells what became of each.
class Committer {
 public:
  /// Without a graph, drafts are only counted. `audiences` may see the nodes of the sources; none:
  /// everybody may.
  Committer(graph::Graph* graph, Report& report, std::vector<std::string> audiences)
      : graph_(graph), report_(report), audiences_(std::move(audiences)) {}

  /// `counts` is of the draft's file and outlives the next `flush`.
  Status add(Draft draft, FileCounts& counts);
  Status flush();
  /// How long the commits took.
  double seconds() const { return seconds_; }

  /// Writes the node of every source that something was added to or changed in, or that the graph
  /// does not know yet; those of verbatim drafts describe themselves. To be called once, behind the
  /// last `flush`.
  Status describe_sources();

 private:
  struct SourceState;
  struct Pending {
    FileCounts* counts;
    SourceState* source;  // Null where the record is not to be added to.
    std::string source_id;
    bool held;
    std::string subject;
    std::uint64_t line;
    std::uint64_t key;  // Of subject, source and part.
  };
  struct SourceState {
    std::string publisher;
    std::uint64_t added = 0;
    std::uint64_t seen = 0;  // Different ones of this run that the graph holds now.
    bool changed = false;
    bool describes_itself = false;
  };

  void settle(const Pending& pending, const graph::ChangeReport& change);
  Result<bool> describe(const std::string& id, const SourceState& state, graph::Batch& batch) const;

  graph::Graph* graph_;
  Report& report_;
  std::vector<std::string> audiences_;
  graph::Batch batch_;
  std::size_t batch_bytes_ = 0;
  double seconds_ = 0;
  std::vector<Pending> pending_;
  std::unordered_set<std::uint64_t> stated_;  // Keys of this run.
  std::map<std::string, SourceState> sources_;
};

}  // namespace mangrove::ingest
