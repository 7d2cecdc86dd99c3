// The front door: hands each subcommand to the folder that owns it.

#include <algorithm>
#include <array>
#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/command.h"
#include "web/ask.h"
#include "web/serve.h"

namespace {

using Words = std::span<const std::string>;

constexpr int kUsage = 2;
constexpr int kFailed = 3;

constexpr std::string_view kHelp =
    R"(Mangrove joins up what is published about the work against modern slavery.

Usage: mangrove COMMAND [ARGUMENT...]

Commands:
  ingest INPUT...        load files or folders into the graph
  serve                  answer questions over HTTP, with pages for a browser
  ask QUESTION [ARG...]  ask a question on the command line
  stats                  how much there is of everything; the same as "ask stats"

Options:
  --help       this text; "mangrove COMMAND --help" tells more
  --version    which version this is

Examples:
  mangrove ingest activities.xml
  mangrove serve --listen 127.0.0.1:8087
  mangrove ask search "child labour cocoa" --place GH
  mangrove ask linkages 8.7 --format csv
  mangrove stats --format json

The graph is a folder: $MANGROVE_GRAPH, else ./mangrove-data, unless --graph names another.
Exit status: 0 done, 1 done with records refused, 2 wrong usage, 3 could not be done.
)";

// Names that are kept for later, so that nobody takes their absence for a slip of the pen.
constexpr std::array<std::string_view, 7> kLater{"query",  "export",  "source", "token",
                                                 "backup", "restore", "verify"};

int stats(Words words) {
  std::vector<std::string> question{"stats"};
  question.insert(question.end(), words.begin(), words.end());
  return mangrove::web::ask_command(question, std::cout, std::cerr);
}

int hand_over(const std::string& command, Words words) {
  if (command == "ingest") return mangrove::ingest::ingest_command(words);
  if (command == "serve") return mangrove::web::serve_command(words, std::cout, std::cerr);
  if (command == "ask") return mangrove::web::ask_command(words, std::cout, std::cerr);
  if (command == "stats") return stats(words);
  if (std::find(kLater.begin(), kLater.end(), command) != kLater.end()) {
    std::cerr << "mangrove: " << command << " is not in this version (" MANGROVE_VERSION ")\n";
    return kUsage;
  }
  std::cerr << "mangrove: there is no command '" << command
            << "'; there are: ingest, serve, ask, stats\n";
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
