#include "graph/verify.h"

#include <filesystem>
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
    R"(Reads everything that the graph holds and compares it with itself: every file with its checksums,
both ends of every edge, every entry of every index, the change log and the past kept for it.

Where a server has the graph open, that server does it, and goes on serving.)";

constexpr const char* kExamples =
    R"(Examples:
  mangrove verify
  mangrove verify --graph /srv/mangrove --format json
  mangrove verify --repair

Exit status: 0 all is well, 1 something is wrong (it says what and where), 2 wrong usage, 3 could not
be done.)";

void print_finding(const json::Value& finding, std::ostream& out) {
  out << safe(text_in(finding, "where")) << ": " << safe(text_in(finding, "what"))
      << "\n  what to do: " << safe(text_in(finding, "remedy")) << '\n';
}

void print_text(const json::Value& report, std::ostream& out) {
  const auto& findings = array_in(report, "findings");
  for (const json::Value& finding : findings) print_finding(finding, out);
  const std::uint64_t found = number_in(report, "found");
  if (found > findings.size()) out << "and " << found - findings.size() << " more\n";
  std::string checked;
  for (const auto& [what, count] : object_in(report, "checked")) {
    if (!checked.empty()) checked += ", ";
    checked += count_of(static_cast<std::uint64_t>(count.as_integer().value_or(0)), what, what);
  }
  out << "version " << number_in(report, "version") << ": checked " << checked << '\n'
      << (found == 0 ? std::string("all is well")
                     : count_of(found, "thing is wrong", "things are wrong"))
      << '\n';
}

Result<json::Value> look(const std::string& graph, std::ostream& errors) {
  ProgressLine line(errors);
  return carry_out(std::filesystem::absolute(graph), json::Value::Object{{"do", "verify"}},
                   line.listener());
}

}  // namespace

int verify_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  CLI::App app(kDescription, "mangrove verify");
  CommonArguments common;
  bool repair = false;
  app.footer(kExamples);
  describe(app, common, {"text", "json"});
  app.add_flag(
      "--repair", repair,
      "First make anew, from the records, what can be: the text index and the image of the "
      "topology. No other process may have the graph open");
  if (const auto status = parse(app, words, out, errors)) return *status;
  if (repair) {
    const Status repaired = repair_folder(common.graph);
    if (!repaired.ok()) return failed(app, repaired.error(), errors);
  }
  const auto report = look(common.graph, errors);
  if (!report.ok()) return failed(app, report.error(), errors);
  if (common.format == "json") {
    print_json(report.value(), out);
  } else {
    print_text(report.value(), out);
  }
  return report.value().find_boolean("clean").value_or(false) ? kDone : kFoundWrong;
}

}  // namespace mangrove::graph
