// The front door: hands each subcommand to the folder that owns it.

#include <algorithm>
#include <array>
#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/command.h"
#include "ingest/command.h"
#include "ontology/command.h"
#include "web/ask.h"
#include "web/assess.h"
#include "web/matches.h"
#include "web/serve.h"
#include "web/suggest.h"

namespace {

using Words = std::span<const std::string>;

constexpr int kUsage = 2;
constexpr int kFailed = 3;

constexpr std::string_view kHelp =
    R"(Mangrove joins up what is published about the work against modern slavery.

Usage: mangrove COMMAND [ARGUMENT...]

Commands:
  ingest INPUT...        load files, folders or web addresses into the graph
  serve                  answer questions over HTTP, with pages for a browser
  ask QUESTION [ARG...]  ask a question on the command line
  suggest TEXT           what a text speaks of, and by which words
  assess list|add|...    what people judge of places: added, and revised without losing what was said
  matches list|show|...  records that may be of one body, and decisions over them
  stats                  how much there is of everything; the same as "ask stats"
  source list|show|...   who states what, and the files and web addresses that it was read from:
                         "source refresh" reads what has changed, "source remove" takes it out
  review list|release|.. records that are held because their words may endanger somebody
  log                    what each commit changed
  export                 write everything out as JSON Lines, to take home or bring back
  backup DIR             add a backup of the graph to a folder of backups
  restore DIR            put a backup in place as a graph
  verify                 read everything, and say what is damaged and where
  ontology check FILE... say everything that is wrong with vocabularies of your own

Options:
  --help       this text; "mangrove COMMAND --help" tells more
  --version    which version this is

Examples:
  mangrove ingest activities.xml
  mangrove ingest https://example.org/activities.xml
  mangrove source refresh
  mangrove serve --listen 127.0.0.1:8087
  mangrove ask search "child labour cocoa" --place GH
  mangrove ask linkages 8.7 --format csv
  mangrove suggest "Schools for children freed from debt bondage"
  mangrove stats --format json
  mangrove export --output mangrove.jsonl
  mangrove ontology check our-determinants.ttl
  mangrove backup /mnt/backups/mangrove --keep 30

The graph is a folder: $MANGROVE_GRAPH, else ./mangrove-data, unless --graph names another.
Exit status: 0 done, 1 done with records refused or damage found, 2 wrong usage, 3 could not be done.
)";

// Names that are kept for later, so that nobody takes their absence for a slip of the pen.
constexpr std::array<std::string_view, 2> kLater{"query", "token"};

using Command = int (*)(Words, std::ostream&, std::ostream&);

int source(Words words, std::ostream& out, std::ostream& errors) {
  return mangrove::ingest::source_command(words, std::cin, out, errors);
}

int suggest(Words words, std::ostream& out, std::ostream& errors) {
  return mangrove::web::suggest_command(words, std::cin, out, errors);
}

int stats(Words words, std::ostream& out, std::ostream& errors) {
  std::vector<std::string> question{"stats"};
  question.insert(question.end(), words.begin(), words.end());
  return mangrove::web::ask_command(question, out, errors);
}

constexpr std::array<std::pair<std::string_view, Command>, 15> kCommands{{
    {"ingest", mangrove::ingest::ingest_command},
    {"serve", mangrove::web::serve_command},
    {"ask", mangrove::web::ask_command},
    {"suggest", suggest},
    {"assess", mangrove::web::assess_command},
    {"matches", mangrove::web::matches_command},
    {"stats", stats},
    {"source", source},
    {"review", mangrove::ingest::review_command},
    {"log", mangrove::graph::log_command},
    {"export", mangrove::graph::export_command},
    {"backup", mangrove::graph::backup_command},
    {"restore", mangrove::graph::restore_command},
    {"verify", mangrove::graph::verify_command},
    {"ontology", mangrove::ontology::ontology_command},
}};

int hand_over(const std::string& command, Words words) {
  std::string known;
  for (const auto& [name, run] : kCommands) {
    if (name == command) return run(words, std::cout, std::cerr);
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  if (std::find(kLater.begin(), kLater.end(), command) != kLater.end()) {
    std::cerr << "mangrove: " << command << " is not in this version (" MANGROVE_VERSION ")\n";
    return kUsage;
  }
  std::cerr << "mangrove: there is no command '" << command << "'; there are: " << known << '\n';
  return kUsage;
}

int run(Words words) {
  if (words.empty()) {
    std::cerr << kHelp;
    return kUsage;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    std::cout << kHelp;
    return 0;
  }
  if (words[0] == "--version") {
    std::cout << "mangrove " MANGROVE_VERSION "\n";
    return 0;
  }
  return hand_over(words[0], words.subspan(1));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(std::vector<std::string>(argc > 0 ? argv + 1 : argv, argv + argc));
  } catch (const std::exception& exception) {
    std::cerr << "mangrove: " << exception.what() << '\n';
  } catch (...) {
    std::cerr << "mangrove: something went wrong that has no name\n";
  }
  return kFailed;
}
