#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/graph.h"
#include "graph/progress.h"

namespace mangrove::graph {

/// Something that is not as it must be.
struct Finding {
  std::string what;    ///< "the bytes are no record".
  std::string where;   ///< "the record of x:1 by src:a", or a file.
  std::string remedy;  ///< What a person can do.
  bool repairable;     ///< Whether `repair` mends it.
};

struct VerifyReport {
  Version version = 0;  ///< That was looked at.
  /// How much of what: "records", "edges", "index entries".
  std::map<std::string, std::uint64_t> checked;
  std::vector<Finding> findings;  ///< The first of them.
  std::uint64_t found = 0;        ///< All of them.

  bool is_clean() const { return found == 0; }
};

struct VerifyOptions {
  std::filesystem::path folder{};  ///< Of an open graph that lies in one: its files are read too.
  std::size_t findings_max = 100;  ///< So many are told in words; all are counted.
  OnProgress on_progress{};
};

/// Reads everything that an open graph holds, at its latest version, and compares it with itself:
///
/// - each file with its checksums, each key with the layout, each value with its grammar, each
/// number
///   in it with the table that it refers to;
/// - both ends of every edge, with the nodes there are;
/// - the topology in memory (and so the image it came from), the counts of what is mentioned of
/// each
///   node, and every entry of the text index, with what the records say;
/// - the change log with the past that is kept for it, and with the records where it is whole.
///
/// Others may read and commit meanwhile. Errors: `cancelled`; `io` where the disk refuses. Damage
/// is no error but a finding. O(all bytes + records * log records) time; memory for some 30 bytes a
/// node, and all public ids.
Result<VerifyReport> verify(Graph& graph, const VerifyOptions& options = {});

/// Verifies the graph in a folder that no process has open: its files first, then as above, as the
/// next opening finds it. One that cannot be opened for damage is looked at as far as it can be
/// read. Errors: `not_found`, `conflict`, `unsupported` and `io` as `Graph::open` gives them;
/// `cancelled`.
Result<VerifyReport> verify_folder(const std::filesystem::path& folder,
                                   const VerifyOptions& options = {});

/// Throws away, in a folder that no process has open, what can be made anew from the records, and
/// makes it anew: the text index and the image of the topology.
Status repair_folder(const std::filesystem::path& folder);

}  // namespace mangrove::graph
