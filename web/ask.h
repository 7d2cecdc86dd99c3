#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "web/print.h"

namespace mangrove::web {

/// What stands behind `mangrove ask`.
struct AskOptions {
  std::string question;                ///< As on the command line: "overlaps", "nodes", "node".
  std::vector<std::string> arguments;  ///< Without a name: ids, words.
  std::vector<std::pair<std::string, std::string>> filters;  ///< `--place GH`: {"place", "GH"}.
  Format format = Format::table;
  std::string graph;                   ///< Folder of the graph.
  std::string server;                  ///< URL of a server to ask instead; or empty.
  std::vector<std::string> audiences;  ///< Who asks, by name; nobody in particular: everyone.
  bool steward = false;                ///< Whoever keeps the graph asks, and sees everything.
  bool help = false;
};

/// The words behind `mangrove ask`, taken apart. Anything named that is not our own option is a
/// filter; the API knows which there are. Who asks can be said of a graph in a folder alone: a
/// server decides for itself what it shows to whom.
Result<AskOptions> parse_ask(std::span<const std::string> words);

/// The request that asks this over HTTP: `/api/v1/initiatives/iati:XM-1/overlaps?place=GH`.
Result<std::string> target_of(const AskOptions& options);

/// `mangrove ask QUESTION [ARG...] [--FILTER VALUE]...`: any GET question of the API, and overlaps
/// of a draft (`overlaps --title … --text … --place …` without an initiative), answered by the same
/// routes, in this process over a graph folder or by a server. Gives the exit status: 0 done, 2
/// wrong usage (also what the API answers with 400), 3 could not be done.
int ask_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors);

/// The folder of the graph where none is named: $MANGROVE_GRAPH, else ./mangrove-data.
std::string default_graph_folder();

}  // namespace mangrove::web
