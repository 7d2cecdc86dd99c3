#include <algorithm>
#include <filesystem>
#include <istream>
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
    R"(The sources of the graph: who states what. Where a server has the graph open, it is asked.)";

constexpr const char* kExamples =
    R"(Examples:
  mangrove source list
  mangrove source show directory-2024
  mangrove source remove src:directory-2024 --yes

Exit status: 0 done, 2 wrong usage, 3 could not be done.)";

constexpr const char* kRemoveDescription =
    R"(Takes out all that a source states. What others state too stays. On a terminal, asks first.)";

struct Arguments {
  CommonArguments common;
  std::string name;
  bool yes = false;
};

Result<json::Value> ask(const Arguments& arguments, const char* what, std::ostream& errors,
                        const FollowUp& follow_up = nullptr) {
  ProgressLine line(errors);
  json::Value::Object request{{"do", what}};
  if (!arguments.name.empty()) request.push_back({"name", arguments.name});
  return carry_out(std::filesystem::absolute(arguments.common.graph), request, line.listener(),
                   follow_up);
}

void print_list(const json::Value& answer, std::ostream& out) {
  Table table{{"SOURCE", "RECORDS", "NODES", "ITS ALONE", "EDGES", "LAST CHANGE"}, {}};
  for (const json::Value& source : array_in(answer, "sources")) {
    const auto& changes = array_in(source, "changes");
    table.rows.push_back({text_in(source, "id"), std::to_string(number_in(source, "records")),
                          std::to_string(number_in(source, "nodes")),
                          std::to_string(number_in(source, "nodes_alone")),
                          std::to_string(number_in(source, "edges")),
                          changes.empty() ? "" : text_in(changes.back(), "time")});
  }
  out << to_text(table);
}

/// What goes with a source, and what stays.
std::string fate_of(const json::Value& source, std::string_view go, std::string_view stay) {
  const std::uint64_t nodes = number_in(source, "nodes");
  const std::uint64_t alone = number_in(source, "nodes_alone");
  return count_of(alone, "node", "nodes") + " and " +
         count_of(number_in(source, "edges_going"), "edge ", "edges ") + std::string(go) + "; " +
         count_of(nodes - std::min(nodes, alone), "node", "nodes") + " and " +
         count_of(number_in(source, "edges_staying"), "edge ", "edges ") + std::string(stay) +
         ", since others state them too";
}

void print_source(const json::Value& answer, std::ostream& out) {
  const json::Value* const source = answer.find("source");
  if (source == nullptr) return;
  out << safe(text_in(*source, "id")) << '\n';
  for (const auto& [name, value] : object_in(answer, "properties")) {
    const std::string* const text = value.as_string();
    out << "  " << safe(name) << ": " << safe(text == nullptr ? "" : *text) << '\n';
  }
  out << "  records: " << number_in(*source, "records") << '\n';
  for (const auto& [kind, count] : object_in(*source, "kinds")) {
    out << "    " << safe(kind) << ": " << count.as_integer().value_or(0) << '\n';
  }
  for (const json::Value& part : array_in(*source, "parts")) {
    const std::string* const text = part.as_string();
    out << "  part: " << safe(text == nullptr ? "" : *text) << '\n';
  }
  out << "  without it: " << fate_of(*source, "would go", "would stay") << '\n';
  Table table{{"  VERSION", "TIME", "ADDED", "REPLACED", "REMOVED"}, {}};
  for (const json::Value& change : array_in(*source, "changes")) {
    table.rows.push_back({std::to_string(number_in(change, "version")), text_in(change, "time"),
                          std::to_string(number_in(change, "added")),
                          std::to_string(number_in(change, "replaced")),
                          std::to_string(number_in(change, "removed"))});
  }
  if (!table.rows.empty()) out << to_text(table);
}

/// Whether the person says yes. Where nobody sits there, nobody is asked.
bool is_wanted(const json::Value& source, std::istream& in, std::ostream& errors) {
  errors << "Removing " << safe(text_in(source, "id")) << ": " << fate_of(source, "go", "stay")
         << ".\nGo on? [y/N] " << std::flush;
  std::string answer;
  std::getline(in, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

int remove(const CLI::App& app, Arguments& arguments, std::istream& in, std::ostream& out,
           std::ostream& errors, const FollowUp& follow_up) {
  if (!arguments.yes && is_on_terminal()) {
    const auto shown = ask(arguments, "source-show", errors);
    if (!shown.ok()) return failed(app, shown.error(), errors);
    const json::Value* const source = shown.value().find("source");
    if (source == nullptr || !is_wanted(*source, in, errors)) {
      errors << "nothing was changed\n";
      return kFailed;
    }
  }
  const auto removed = ask(arguments, "source-remove", errors, follow_up);
  if (!removed.ok()) return failed(app, removed.error(), errors);
  if (arguments.common.format == "json") {
    print_json(removed.value(), out);
  } else if (const json::Value* const source = removed.value().find("source")) {
    out << safe(text_in(*source, "id"))
        << " is removed: " << count_of(number_in(removed.value(), "removed"), "record", "records")
        << "; " << fate_of(*source, "are gone", "stay") << '\n';
  }
  return kDone;
}

int show(const CLI::App& app, const Arguments& arguments, const char* what,
         void (*print)(const json::Value&, std::ostream&), std::ostream& out,
         std::ostream& errors) {
  const auto answer = ask(arguments, what, errors);
  if (!answer.ok()) return failed(app, answer.error(), errors);
  if (arguments.common.format == "json") {
    print_json(answer.value(), out);
  } else {
    print(answer.value(), out);
  }
  return kDone;
}

}  // namespace

int source_command(std::span<const std::string> words, std::istream& in, std::ostream& out,
                   std::ostream& errors, const FollowUp& follow_up) {
  CLI::App app(kDescription, "mangrove source");
  Arguments arguments;
  app.footer(kExamples);
  app.require_subcommand(1);
  auto* const listing = app.add_subcommand("list", "Every source, and how much it has");
  auto* const showing = app.add_subcommand("show", "One source, and what it has");
  auto* const removing = app.add_subcommand("remove", kRemoveDescription);
  for (auto* const command : {listing, showing, removing}) {
    describe(*command, arguments.common, {"table", "json"});
  }
  for (auto* const command : {showing, removing}) {
    command->add_option("NAME", arguments.name, "Id of the source, or its name in it")->required();
  }
  removing->add_flag("--yes", arguments.yes, "Do not ask");
  if (const auto status = parse(app, words, out, errors)) return *status;
  if (*listing) return show(app, arguments, "source-list", print_list, out, errors);
  if (*showing) return show(app, arguments, "source-show", print_source, out, errors);
  return remove(app, arguments, in, out, errors, follow_up);
}

}  // namespace mangrove::graph
