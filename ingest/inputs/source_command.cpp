#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "graph/command.h"
#include "graph/commands/answer.h"
#include "graph/commands/arguments.h"
#include "graph/commands/terminal.h"
#include "ingest/command.h"
#include "ingest/fetch/options.h"
#include "ingest/identity/resolve.h"
#include "ingest/inputs/requests.h"
#include "ingest/report.h"

namespace mangrove::ingest {
namespace {

using graph::array_in;
using graph::number_in;
using graph::safe;
using graph::text_in;

constexpr int kDone = 0;
constexpr int kLost = 1;

constexpr const char* kDescription =
    R"(The sources of the graph: who states what, and the files and web addresses that it was read from.
The graph remembers each that `mangrove ingest` read, and how; standard input and uploads it cannot
read again, and does not remember. Where a server has the graph open, it is asked.)";

constexpr const char* kExamples =
    R"(Examples:
  mangrove source list
  mangrove source inputs
  mangrove source refresh                       reads again what has changed; for cron
  mangrove source refresh XM-DAC-7 data/grants.json
  mangrove source report src:XM-DAC-7           what was found in its inputs when they were read
  mangrove source forget data/grants.json       will not be read again; what only it had is retired
  mangrove source show directory-2024
  mangrove source remove src:directory-2024 --yes

A record that an input had, and no longer has, is retired: it stays, with the day on it, and returns
when it is there again. An input that cannot be reached, or not be read to its end, retires nothing.

Exit status: 0 done, 1 done and an input could not be read, 2 wrong usage, 3 could not be done.)";

struct Arguments {
  graph::CommonArguments common;
  std::vector<std::string> names;
  std::string place;
  bool all = false;
  DownloadLimits downloads;
};

json::Value::Array to_json(const std::vector<std::string>& names) {
  json::Value::Array array;
  for (const std::string& name : names) array.emplace_back(name);
  return array;
}

json::Value request_of(const std::string& command, const Arguments& arguments) {
  if (command == "forget") {
    return json::Value::Object{{"do", "input-forget"}, {"place", arguments.place}};
  }
  json::Value::Object request{{"do", command == "refresh" ? "input-refresh" : "input-list"},
                              {"names", to_json(arguments.names)}};
  if (command == "refresh") {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(arguments.downloads.total).count();
    request.push_back({"unchanged_too", arguments.all});
    request.push_back({"allow_private_addresses", arguments.downloads.allow_private_addresses});
    request.push_back({"download_bytes", arguments.downloads.bytes});
    request.push_back({"download_seconds", static_cast<std::int64_t>(seconds)});
  }
  return request;
}

/// How it is read, where that is not the plain way.
std::string way_of(const json::Value& input) {
  std::string way;
  for (const char* name : {"source", "mapping", "sheet"}) {
    const std::string text = text_in(input, name);
    if (!text.empty()) way += (way.empty() ? "" : ", ") + std::string(name) + " " + safe(text);
  }
  return way;
}

void print_inputs(const json::Value& answer, std::ostream& out) {
  graph::Table table{{"INPUT", "FORMAT", "RECORDS", "SOURCES", "READ", "CHECKED"}, {}};
  for (const json::Value& input : array_in(answer, "inputs")) {
    const std::string way = way_of(input);
    table.rows.push_back({text_in(input, "location") + (way.empty() ? "" : " (" + way + ")"),
                          text_in(input, "format_found"),
                          std::to_string(number_in(input, "records")),
                          std::to_string(array_in(input, "sources").size()), text_in(input, "read"),
                          text_in(input, "checked")});
  }
  out << graph::to_text(table);
  for (const json::Value& input : array_in(answer, "inputs")) {
    const std::string problem = text_in(input, "problem");
    if (!problem.empty())
      out << "not read: " << safe(text_in(input, "location")) << ": " << safe(problem) << '\n';
  }
}

std::string counts_of(const json::Value& input) {
  std::string text = graph::count_of(number_in(input, "records"), "record", "records");
  for (const char* name :
       {"added", "replaced", "outdated", "skipped", "refused", "retired", "returned"}) {
    const std::uint64_t count = number_in(input, name);
    if (count > 0) text += ", " + std::to_string(count) + " " + name;
  }
  return text;
}

void print_refreshed(const json::Value& answer, std::ostream& out) {
  std::array<std::size_t, 3> sums{};
  for (const json::Value& input : array_in(answer, "inputs")) {
    const std::string outcome = text_in(input, "outcome");
    const std::string place = safe(text_in(input, "location"));
    if (outcome == "unchanged") {
      ++sums[0];
    } else if (outcome == "read") {
      ++sums[1];
      out << "read      " << place << ": " << counts_of(input) << '\n';
    } else {
      ++sums[2];
      out << "failed    " << place << ": " << safe(text_in(input, "why")) << '\n';
    }
  }
  out << graph::count_of(sums[0], "input", "inputs") << " unchanged, " << sums[1] << " read, "
      << sums[2] << " failed\n";
}

void print_rules(const json::Value& input, std::ostream& out) {
  for (const json::Value& rule : array_in(input, "rules")) {
    const std::string name = text_in(rule, "rule");
    out << "  " << safe(name) << ", " << number_in(rule, "count") << ": " << explanation_of(name)
        << '\n';
    for (const json::Value& example : array_in(rule, "examples")) {
      const std::uint64_t line = number_in(example, "line");
      out << "    " << (line > 0 ? "line " + std::to_string(line) + ": " : "")
          << safe(text_in(example, "detail")) << '\n';
    }
  }
}

void print_report(const json::Value& answer, std::ostream& out) {
  for (const json::Value& input : array_in(answer, "inputs")) {
    out << safe(text_in(input, "location")) << '\n';
    const std::string way = way_of(input);
    if (!way.empty()) out << "  " << way << '\n';
    out << "  " << safe(text_in(input, "format_found")) << ", read " << text_in(input, "read")
        << ": " << counts_of(input) << '\n';
    const std::string problem = text_in(input, "problem");
    if (!problem.empty()) out << "  not read to its end: " << safe(problem) << '\n';
    print_rules(input, out);
  }
}

void print_forgotten(const json::Value& answer, std::ostream& out) {
  out << graph::count_of(array_in(answer, "inputs").size(), "input is", "inputs are")
      << " forgotten; " << graph::count_of(number_in(answer, "retired"), "record", "records")
      << " that nothing else has retired\n";
}

bool anything_failed(const json::Value& answer) {
  const auto& inputs = array_in(answer, "inputs");
  return std::any_of(inputs.begin(), inputs.end(), [](const json::Value& input) {
    return text_in(input, "outcome") == "failed";
  });
}

void print(const std::string& command, const json::Value& answer, std::ostream& out) {
  if (command == "inputs") print_inputs(answer, out);
  if (command == "refresh") print_refreshed(answer, out);
  if (command == "report") print_report(answer, out);
  if (command == "forget") print_forgotten(answer, out);
}

void describe(CLI::App& app, Arguments& arguments) {
  app.footer(kExamples);
  app.require_subcommand(1);
  app.add_subcommand("list", "Every source, and how much it has");
  app.add_subcommand("show", "One source, and what it has");
  auto* const inputs = app.add_subcommand("inputs", "What was read, and when");
  auto* const refreshing = app.add_subcommand("refresh", "Read again what has changed");
  auto* const reporting = app.add_subcommand("report", "What was found in what was read");
  auto* const forgetting =
      app.add_subcommand("forget", "Read it no more, and retire what nothing else has");
  app.add_subcommand("remove", "Take out all that a source states");
  for (auto* const command : {inputs, refreshing, reporting, forgetting}) {
    graph::describe(*command, arguments.common, {"table", "json"});
  }
  for (auto* const command : {inputs, refreshing, reporting}) {
    command->add_option("NAME", arguments.names, "Sources, or places of inputs; none: all")
        ->required(command == reporting);
  }
  forgetting->add_option("PLACE", arguments.place, "File or web address")->required();
  refreshing->add_flag("--all", arguments.all, "Also what has not changed");
  describe_downloads(*refreshing, arguments.downloads);
}

}  // namespace

int source_command(std::span<const std::string> words, std::istream& in, std::ostream& out,
                   std::ostream& errors) {
  constexpr std::array<std::string_view, 3> kOfGraph{"list", "show", "remove"};
  if (!words.empty() && std::find(kOfGraph.begin(), kOfGraph.end(), words[0]) != kOfGraph.end()) {
    return graph::source_command(words, in, out, errors, settle_after_removal);
  }
  CLI::App app(kDescription, "mangrove source");
  Arguments arguments;
  describe(app, arguments);
  if (const auto status = graph::parse(app, words, out, errors)) return *status;
  const std::string command = app.get_subcommands().front()->get_name();
  graph::ProgressLine line(errors);
  const auto answer = carry_out_for_inputs(std::filesystem::absolute(arguments.common.graph),
                                           request_of(command, arguments), line.listener());
  if (!answer.ok()) return graph::failed(app, answer.error(), errors);
  if (arguments.common.format == "json") {
    graph::print_json(answer.value(), out);
  } else {
    print(command, answer.value(), out);
  }
  return anything_failed(answer.value()) ? kLost : kDone;
}

}  // namespace mangrove::ingest
