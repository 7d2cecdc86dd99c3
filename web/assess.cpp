#include "web/assess.h"

#include <CLI/CLI.hpp>
#include <array>
#include <ostream>
#include <string_view>
#include <vector>

#include "graph/base/json.h"
#include "graph/graph.h"
#include "ontology/ontology.h"
#include "web/api/routes.h"
#include "web/ask.h"
#include "web/server/client.h"
#include "web/server/percent.h"
#include "web/server/router.h"

namespace mangrove::web {
namespace {

constexpr int kDone = 0;
constexpr int kUsage = 2;
constexpr int kFailed = 3;

constexpr const char* kDescription =
    R"(What people judge of places: how a determinant stands there, or which stage the place has reached.
A judgement that is revised stays for the record.)";

constexpr const char* kExamples =
    R"(Examples:
  mangrove assess list --place GH
  mangrove assess add --place GH --on det:ind-debt --status gap --date 2026-03-31 --by "Amal, field team"
  mangrove assess add --place GH --on topic:poverty --stage stage:diagnose --date 2026-03 --actor org:GB-CHC-1049160
  mangrove assess revise assess:5f0c1d2e3a4b5c6d --status partial --date 2026-09-30 --by Amal --note "a help desk opened"

"list" takes the filters and options of "mangrove ask assessments". A graph that a server holds open is
written to through it, with --server URL.
Exit status: 0 done, 2 wrong usage, 3 could not be done.)";

/// An option of the same name as a field of the body.
struct FieldOption {
  const char* name;
  const char* help;
};

constexpr std::array<FieldOption, 9> kFields{{
    {"place", "The place"},
    {"on", "What is judged: a determinant, topic area, target, response point or group"},
    {"stage", "The stage that the place has reached"},
    {"status", "gap, partial, asset or unknown"},
    {"pole", "risk or protective"},
    {"date", "When it was judged: 2026-03-31, 2026-03 or 2026"},
    {"by", "Who judges, in words"},
    {"actor", "The actor that judges"},
    {"note", "Why"},
}};

struct Arguments {
  std::string id;
  std::array<std::string, kFields.size()> values;
  std::string graph = default_graph_folder();
  std::string server;
};

void describe(CLI::App& app, Arguments& arguments) {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    app.add_option(std::string("--") + kFields[i].name, arguments.values[i], kFields[i].help);
  }
  app.add_option("--graph", arguments.graph, "Folder of the graph")
      ->capture_default_str()
      ->type_name("DIR");
  app.add_option("--server", arguments.server, "URL of a server that holds the graph");
}

Request request_for(const Arguments& arguments) {
  json::Writer writer;
  writer.begin_object();
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (!arguments.values[i].empty()) writer.member(kFields[i].name, arguments.values[i]);
  }
  writer.end_object();
  Request request;
  request.method = "POST";
  request.path = "/api/v1/assessments";
  if (!arguments.id.empty()) request.path += "/" + percent_encode(arguments.id);
  request.headers = {{"Content-Type", "application/json"}};
  request.body = writer.take();
  return request;
}

Result<Response> answer(const Arguments& arguments, const Request& request) {
  if (!arguments.server.empty()) {
    std::string url = arguments.server;
    while (!url.empty() && url.back() == '/') url.pop_back();
    return fetch(url + request.path,
                 {.method = request.method, .headers = request.headers, .body = request.body});
  }
  const auto ontology = TRY(ontology::Ontology::load());
  const auto graph = TRY(graph::Graph::open(
      arguments.graph, {.create = false, .text_properties = ontology::text_properties()}));
  const api::Service service{.graph = *graph, .ontology = ontology, .decisions = graph.get()};
  return Router(api::routes(service)).answer(request);
}

void print_problem(const json::Value& problem, std::ostream& errors) {
  const std::string* const detail = problem.find_string("detail");
  errors << "mangrove assess: " << (detail == nullptr ? "could not be done" : *detail) << '\n';
  const json::Value* const list = problem.find("errors");
  if (list == nullptr || list->as_array() == nullptr) return;
  for (const json::Value& fault : *list->as_array()) {
    const std::string* const name = fault.find_string("parameter");
    const std::string* const what = fault.find_string("detail");
    if (name != nullptr && what != nullptr) errors << "  " << *name << ": " << *what << '\n';
  }
}

int record(const Arguments& arguments, std::ostream& out, std::ostream& errors) {
  const auto response = answer(arguments, request_for(arguments));
  if (!response.ok()) {
    errors << "mangrove assess: " << response.error().message << '\n';
    return kFailed;
  }
  const auto parsed = json::parse(response.value().body);
  const json::Value body = parsed.ok() ? parsed.value() : json::Value();
  constexpr int kOk = 200;
  constexpr int kCreated = 201;
  constexpr int kBad = 400;
  constexpr int kUnprocessable = 422;
  const int status = response.value().status;
  if (status != kOk && status != kCreated) {
    print_problem(body, errors);
    return status == kBad || status == kUnprocessable ? kUsage : kFailed;
  }
  const std::string* const id = body.find_string("id");
  out << (id == nullptr ? std::string() : *id)
      << (status == kCreated ? " is recorded\n" : " was recorded before\n");
  return kDone;
}

}  // namespace

int assess_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  // What is asked goes the way of all questions, with its own options.
  if (!words.empty() && words[0] == "list") {
    std::vector<std::string> question{"assessments"};
    question.insert(question.end(), words.begin() + 1, words.end());
    return ask_command(question, out, errors);
  }
  CLI::App app(kDescription, "mangrove assess");
  app.footer(kExamples);
  app.require_subcommand(1);
  Arguments arguments;
  app.add_subcommand("list", "Judgements that stand: --place, --on, --actor");
  describe(*app.add_subcommand("add", "A judgement on a place"), arguments);
  auto* const revising = app.add_subcommand("revise", "A new judgement in the place of one");
  revising->add_option("ID", arguments.id, "The one that stands")->required();
  describe(*revising, arguments);
  try {
    // CLI11 takes the words from the back.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, errors) == 0 ? kDone : kUsage;
  }
  return record(arguments, out, errors);
}

}  // namespace mangrove::web
