#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/json.h"
#include "graph/base/result.h"
#include "graph/graph.h"
#include "ingest/fetch/download.h"
#include "ingest/inputs/record_keys.h"

/// What a graph remembers of the files and web addresses that were read into it, as notes
/// (Graph::note): about this one graph alone, so in no view and no export. Nothing secret of a web
/// address is in it.
///
///   input/ID                JSON, a KnownInput
///   input-records/ID/NNNN   the keys of the records that it holds (key_notes.h)
namespace mangrove::ingest {

/// How many findings of one rule are remembered with their places.
inline constexpr std::size_t kRememberedExamples = 5;

/// How often a rule was broken in an input, and where first.
struct RememberedRule {
  std::string rule;
  std::uint64_t count = 0;
  struct Example {
    std::uint64_t line = 0;
    std::string detail;
  };
  std::vector<Example> examples;
};

/// A file or web address, read in one way: the same file with another mapping, sheet or --source
/// is another input, since it states other records.
struct KnownInput {
  std::string location;  ///< A path from the root, or an address without what is secret in it.
  std::string source;    ///< As `Options::source`.
  std::string mapping;   ///< Path from the root of the mapping file; may be empty.
  std::string sheet;

  std::string name;  ///< As reports and origins have it.
  bool on_web = false;
  bool has_secrets = false;            ///< `location` is not enough to fetch it.
  std::string format = "auto";         ///< As asked for.
  std::vector<std::string> audiences;  ///< As asked for.

  // How the last whole reading found it: the same again need not be read.
  Validators validators;      ///< Of what is on the web.
  std::uint64_t bytes = 0;    ///< Of a file.
  std::int64_t modified = 0;  ///< Of a file: nanoseconds since 1970.
  std::string read_by;        ///< Tells apart ways of reading it, and versions of this program.

  // What came of the last reading.
  std::string read;     ///< When: UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  std::string checked;  ///< When it was last looked at, read or not.
  std::string problem;  ///< Why it could not be read whole; or empty.
  std::string format_found;
  std::set<std::string> sources;  ///< Ids of all whose records it has ever held.
  std::uint64_t records = 0;
  std::uint64_t added = 0;
  std::uint64_t replaced = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t outdated = 0;
  std::uint64_t skipped = 0;
  std::uint64_t refused = 0;
  std::uint64_t retired = 0;
  std::uint64_t returned = 0;
  std::vector<RememberedRule> rules;

  /// The same for the same location, read in the same way.
  std::string id() const;
};

json::Value to_json(const KnownInput& input);

/// All that the graph remembers, sorted by location, then by how it is read.
Result<std::vector<KnownInput>> known_inputs(const graph::Graph& graph);
/// Their ids alone, sorted.
Result<std::vector<std::string>> known_ids(const graph::Graph& graph);
/// Nothing where the graph has never met it.
Result<std::optional<KnownInput>> find_known(const graph::Graph& graph, const std::string& id);
/// The records that it held when it was last read; those of a broken reading besides. Empty where
/// the graph has never met it.
Result<RecordKeys> records_in(const graph::Graph& graph, const std::string& id);

/// Adds the notes that make the graph remember, or forget.
void remember(const KnownInput& input, std::vector<graph::NoteChange>& notes);
/// `before`: how many there were.
void remember_records(const std::string& id, const RecordKeys& keys, std::size_t before,
                      std::vector<graph::NoteChange>& notes);
Status forget_input(const graph::Graph& graph, const std::string& id,
                    std::vector<graph::NoteChange>& notes);

/// The present moment as notes have it.
std::string moment();

}  // namespace mangrove::ingest
