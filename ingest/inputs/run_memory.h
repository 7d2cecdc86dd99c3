#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "ingest/fetch/download.h"
#include "ingest/inputs/known_input.h"
#include "ingest/inputs/record_keys.h"
#include "ingest/report.h"
#include "ingest/source.h"

namespace mangrove::ingest {

/// How the inputs of a run are read: what `KnownInput` has of it.
struct WayOfReading {
  std::string source;
  std::string mapping;       ///< Path as given; may be empty.
  std::string mapping_text;  ///< What stands there.
  std::string format;
  std::vector<std::string> audiences;
};

/// The input as the graph would know it, with how it lies there now; nothing where it cannot be
/// found again: standard input.
std::optional<KnownInput> describe_input(const Input& input, const WayOfReading& way);

/// What a run learns of its inputs, and what follows from that: records that an input stated
/// before, and no longer has, are retired (retirement.h) where
///
/// - the input was read whole, and every record in it could be read;
/// - no other input that the graph remembers has the record, as far as it was last read.
///
/// Records that were retired and are there again are brought back, whoever has them. A record that
/// is in an input counts as there also where it was refused or older than what the graph holds.
///
/// All of it happens at the end of a run, behind its last commit: a run that is killed has
/// remembered nothing of its inputs, and the next one reads them again. What only the killed run
/// had brought in, and the next one does not find any more, is then not retired.
class RunMemory {
 public:
  /// The graph must outlive this. `remembers`: else the run leaves no trace, retires nothing, and
  /// only brings back. Tells inputs on the web by what they may be found unchanged.
  static Result<RunMemory> of(graph::Graph& graph, std::vector<Input>& inputs,
                              const WayOfReading& way, bool remembers);

  void note(std::size_t input, const graph::Record& record);
  void note(std::size_t input, const Finding& finding);
  /// The reading came to the end of the input, or to what is wrong with it.
  void end(std::size_t input, const Input& what, const std::optional<Error>& failure);

  /// Retires, brings back and remembers; completes the counts, which are in the order of the
  /// inputs.
  Status settle(const std::vector<Input>& inputs, std::vector<FileCounts>& counts);

 private:
  enum class Ended { no, unchanged, whole, broken };
  struct Reading {
    std::optional<KnownInput> now;     // Nothing: it is not to be remembered.
    std::optional<KnownInput> before;  // As it was remembered until now.
    RecordKeys keys;                   // Of its records, in order of reading until `settle`.
    RecordKeys gone;                   // Of those that it had before, and surely has no longer.
    std::size_t keys_before = 0;
    std::set<std::string> sources;
    std::vector<RememberedRule> rules;
    bool all_readable = true;
    Ended ended = Ended::no;
    std::string problem;
  };

  explicit RunMemory(graph::Graph& graph) : graph_(&graph) {}

  Status compare_with_before(Reading& reading) const;
  Result<RecordKeys> stated_by_nobody() const;
  KnownInput outcome_of(const Reading& reading, const Input& input, const FileCounts& counts) const;

  graph::Graph* graph_;
  std::vector<Reading> readings_;  // By input.
  RecordKeys retired_before_;
  RecordKeys seen_again_;  // Of those.
};

}  // namespace mangrove::ingest
