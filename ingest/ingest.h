#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/graph.h"
#include "ingest/fetch/download.h"
#include "ingest/linking/relink.h"
#include "ingest/report.h"
#include "ingest/source.h"
#include "ontology/ontology.h"

/// The door of this folder: bytes of files to a committed graph.
///
///     Options options;
///     options.inputs = {"activities.xml", "folder"};
///     const Report report = TRY(ingest::run(options, *graph, ontology));
///     std::cout << report.summary();
namespace mangrove::ingest {

/// How far an ingest is.
struct Progress {
  std::string stage{};  ///< `reading`, or `identity` when all is read.
  std::string file{};   ///< Being read.
  std::size_t files_done = 0;
  std::size_t files = 0;
  std::uint64_t bytes_done = 0;  ///< As they lie on the disk.
  std::uint64_t bytes = 0;       ///< 0 where unknown.
  std::uint64_t records = 0;
  double seconds = 0;  ///< Since the reading began.
};

/// Whether a run is to go on. `settle` reads no further, but finishes what was read: sources are
/// described, initiatives linked, identity settled. `at_once` ends between two commits, for the
/// same call to go on from there another time.
enum class Stop { no, settle, at_once };

struct Options {
  std::vector<std::string> inputs;  ///< Files, folders, web addresses, or `-`.
  std::string source;               ///< NAME of `src:NAME`; empty: as each record or file says.
  std::string format = "auto";
  std::string mapping;      ///< A mapping file, for tables.
  std::string sheet;        ///< Which one of workbooks; empty: the first.
  std::size_t threads = 0;  ///< One commits, the others read and link; 1: one does all. 0: as many
                            ///< as the machine runs at once.
  std::vector<std::string> audiences;                ///< Who may see what is read; none: everybody.
  std::function<void(const Progress&)> on_progress;  ///< Called often, on the thread of `run`.
  /// Whether the graph is to remember what was read (inputs/run_memory.h), so that it can be read
  /// again, what has not changed on the web is not read, and what is no longer there is retired.
  /// For inputs that lie where they can be found again.
  bool remember = false;
  DownloadLimits downloads;  ///< What one download may cost, and where it may go.
  RelinkProgress
      on_relink;  ///< Where all initiatives are linked anew, before or after the reading.
  std::function<Stop()> stop;  ///< Asked often, on the thread of `run`; none: it goes on.
};

/// Makes sure that the built-in vocabularies of this version are in the graph, and that all
/// initiatives are linked by the vocabularies that the graph holds; quick where they are.
Status load_ontology(graph::Graph& graph, const ontology::Ontology& ontology,
                     const RelinkProgress& progress = nullptr);

/// Reads all inputs into the graph, the built-in vocabularies first. Commits every thousand records
/// or so, each commit whole: after a failure in between, the same call goes on from there, because
/// what is in the graph already is unchanged. A record or file that cannot be read is in the
/// report, and the others go on; an Error means that nothing more could be done (no such input, a
/// graph that cannot be written, or that `Options::stop` ended it at once: `cancelled`).
///
/// Reads ahead on threads of its own. The result is the same every time, whatever their number. One
/// run at a time goes on in a graph; others wait.
Result<Report> run(const Options& options, graph::Graph& graph, const ontology::Ontology& ontology);

/// The same for inputs that were found already (`Options::inputs` says nothing then).
Result<Report> run(const Options& options, std::vector<Input> inputs, graph::Graph& graph,
                   const ontology::Ontology& ontology);

/// The same without a graph: only reads and reports.
Result<Report> check(const Options& options, const ontology::Ontology& ontology);

}  // namespace mangrove::ingest
