#include "web/matches.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <ostream>
#include <string_view>
#include <vector>

#include "graph/base/json.h"
#include "graph/graph.h"
#include "ingest/identity/decisions.h"
#include "ingest/identity/match.h"
#include "ontology/ontology.h"
#include "web/api/routes.h"
#include "web/ask.h"
#include "web/server/client.h"
#include "web/server/router.h"

namespace mangrove::web {
namespace {

constexpr int kDone = 0;
constexpr int kUsage = 2;
constexpr int kFailed = 3;

constexpr const char* kDescription =
    R"(Records that may be of one organisation or initiative: what the machine found, and what people
decided. What is suggested changes no answer; what is accepted does.)";

constexpr const char* kExamples =
    R"(Examples:
  mangrove matches list --state suggested
  mangrove matches show org:GB-CHC-1049160
  mangrove matches accept 5f0c1d2e3a4b5c6d --reason "their annual report says so" --by "J. Okafor"
  mangrove matches refuse org:GB-COH-00212481 org:GB-CHC-212481 --reason "another body" --by "J. Okafor"
  mangrove matches withdraw 5f0c1d2e3a4b5c6d

"list" and "show" take the filters and options of "mangrove ask matches". A graph that a server holds
open is decided on through it, with --server URL.
Exit status: 0 done, 2 wrong usage, 3 could not be done.)";

struct Arguments {
  std::vector<std::string> of;
  std::string reason;
  std::string decided_by;
  std::string graph = default_graph_folder();
  std::string server;
};

void describe(CLI::App& app, Arguments& arguments) {
  app.add_option("MATCH", arguments.of, "Id of a match, or the ids of two nodes")
      ->required()
      ->expected(1, 2);
  app.add_option("--reason", arguments.reason, "Why, for those who come after");
  app.add_option("--by", arguments.decided_by, "Who decides");
  app.add_option("--graph", arguments.graph, "Folder of the graph")
      ->capture_default_str()
      ->type_name("DIR");
  app.add_option("--server", arguments.server, "URL of a server that holds the graph");
}

Request request_for(const Arguments& arguments, std::string_view state) {
  json::Writer writer;
  writer.begin_object();
  writer.member("state", state);
  if (!arguments.reason.empty()) writer.member("reason", arguments.reason);
  if (!arguments.decided_by.empty()) writer.member("decided_by", arguments.decided_by);
  if (arguments.of.size() == 2) {
    writer.member("a", arguments.of[0]);
    writer.member("b", arguments.of[1]);
  }
  writer.end_object();
  const std::string id = arguments.of.size() == 2
                             ? ingest::match_id(arguments.of[0], arguments.of[1])
                             : arguments.of[0];
  Request request;
  request.method = "POST";
  request.path = "/api/v1/matches/" + id;
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

int decide(const Arguments& arguments, std::string_view state, std::ostream& out,
           std::ostream& errors) {
  const auto response = answer(arguments, request_for(arguments, state));
  if (!response.ok()) {
    errors << "mangrove matches: " << response.error().message << '\n';
    return kFailed;
  }
  const auto parsed = json::parse(response.value().body);
  const auto text = [&](std::string_view name) {
    const std::string* const value = parsed.ok() ? parsed.value().find_string(name) : nullptr;
    return value == nullptr ? std::string() : *value;
  };
  if (response.value().status != 200) {
    errors << "mangrove matches: " << text("detail");
    if (const auto* list = parsed.ok() ? parsed.value().find("errors") : nullptr;
        list != nullptr && list->as_array() != nullptr) {
      for (const json::Value& fault : *list->as_array()) {
        const std::string* const name = fault.find_string("parameter");
        const std::string* const what = fault.find_string("detail");
        if (name != nullptr && what != nullptr) errors << "\n  " << *name << ": " << *what;
      }
    }
    errors << '\n';
    return response.value().status == 400 ? kUsage : kFailed;
  }
  out << text("id") << ' ' << text("state") << ": " << text("a") << " and " << text("b") << '\n';
  return kDone;
}

}  // namespace

int matches_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  // What is asked goes the way of all questions, with its own options.
  if (!words.empty() && (words[0] == "list" || words[0] == "show")) {
    std::vector<std::string> question{"matches"};
    question.insert(question.end(), words.begin() + 1, words.end());
    return ask_command(question, out, errors);
  }
  CLI::App app(kDescription, "mangrove matches");
  app.footer(kExamples);
  app.require_subcommand(1);
  Arguments arguments;
  app.add_subcommand("list",
                     "Matches: --state suggested|accepted|refused, --kind Actor|Initiative");
  app.add_subcommand("show", "Matches of one node");
  auto* const accepting = app.add_subcommand("accept", "They are one");
  auto* const refusing = app.add_subcommand("refuse", "They are not, whatever comes later");
  auto* const withdrawing = app.add_subcommand("withdraw", "Take back what was decided");
  for (auto* const command : {accepting, refusing, withdrawing}) describe(*command, arguments);
  try {
    // CLI11 takes the words from the back.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, errors) == 0 ? kDone : kUsage;
  }
  const std::string_view state = *accepting ? "accepted" : *refusing ? "refused" : "withdrawn";
  return decide(arguments, state, out, errors);
}

}  // namespace mangrove::web
