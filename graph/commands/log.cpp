#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <string>

#include "graph/command.h"
#include "graph/commands/answer.h"
#include "graph/commands/arguments.h"
#include "graph/commands/terminal.h"
#include "graph/requests.h"

namespace mangrove::graph {
namespace {

constexpr const char* kDescription =
    R"(The change log: what each commit did, to whose records. The latest commits, unless --after says
from where.)";

constexpr const char* kExamples =
    R"(Examples:
  mangrove log
  mangrove log --after 100 --limit 50 --verbose
  mangrove log --format json

Exit status: 0 done, 2 wrong usage, 3 could not be done.)";

constexpr std::uint32_t kLimit = 20;
constexpr std::uint32_t kLimitMax = 10'000;
constexpr std::size_t kSourcesShown = 3;

struct Arguments {
  CommonArguments common;
  std::optional<std::uint64_t> after;
  std::uint32_t limit = kLimit;
  bool verbose = false;
};

std::string sources_of(const json::Value& change) {
  std::map<std::string, std::uint64_t> records;
  for (const json::Value& record : array_in(change, "records"))
    ++records[text_in(record, "source")];
  std::string text;
  std::size_t shown = 0;
  for (const auto& [source, count] : records) {
    if (shown++ == kSourcesShown) {
      return text + " and " + std::to_string(records.size() - kSourcesShown) + " more";
    }
    text += (text.empty() ? "" : " ") + source;
  }
  return text;
}

std::string count(const json::Value& change, std::string_view outcome) {
  const auto& records = array_in(change, "records");
  return std::to_string(std::count_if(records.begin(), records.end(), [&](const json::Value& one) {
    return text_in(one, "outcome") == outcome;
  }));
}

std::vector<std::string> row_of(const json::Value& change) {
  return {std::to_string(change.find_integer("version").value_or(0)),
          text_in(change, "time"),
          count(change, "added"),
          count(change, "replaced"),
          count(change, "removed"),
          sources_of(change)};
}

void print_table(const json::Value& answer, bool verbose, std::ostream& out) {
  Table table{{"VERSION", "TIME", "ADDED", "REPLACED", "REMOVED", "SOURCES"}, {}};
  for (const json::Value& change : array_in(answer, "changes")) {
    table.rows.push_back(row_of(change));
    if (!verbose) continue;
    for (const json::Value& record : array_in(change, "records")) {
      const std::string part = text_in(record, "part");
      table.rows.push_back({"", "", "", "", "",
                            text_in(record, "outcome") + ' ' + text_in(record, "subject") + " by " +
                                text_in(record, "source") +
                                (part.empty() ? "" : " (part " + part + ")")});
    }
  }
  out << to_text(table);
}

}  // namespace

int log_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  CLI::App app(kDescription, "mangrove log");
  Arguments arguments;
  app.footer(kExamples);
  describe(app, arguments.common, {"table", "json"});
  app.add_option("--after", arguments.after, "Begin after this version")->type_name("N");
  app.add_option("--limit", arguments.limit, "So many commits at the most")
      ->check(CLI::Range(std::uint32_t{1}, kLimitMax))
      ->capture_default_str()
      ->type_name("N");
  app.add_flag("--verbose", arguments.verbose, "Every record too");
  if (const auto status = parse(app, words, out, errors)) return *status;
  json::Value::Object request{{"do", "log"}, {"limit", arguments.limit}};
  if (arguments.after) request.push_back({"after", *arguments.after});
  const auto answer =
      carry_out(std::filesystem::absolute(arguments.common.graph), request, nullptr);
  if (!answer.ok()) return failed(app, answer.error(), errors);
  if (arguments.common.format == "json") {
    print_json(answer.value(), out);
  } else {
    print_table(answer.value(), arguments.verbose, out);
  }
  return kDone;
}

}  // namespace mangrove::graph
