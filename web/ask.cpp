#include "web/ask.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string_view>

#include "graph/base/json.h"
#include "graph/graph.h"
#include "ontology/ontology.h"
#include "web/api/openapi.h"
#include "web/api/routes.h"
#include "web/server/client.h"
#include "web/server/percent.h"
#include "web/server/router.h"

namespace mangrove::web {

namespace {

constexpr int kDone = 0;
constexpr int kUsage = 2;
constexpr int kFailed = 3;

// The first question on a folder reads the graph in and builds the index of words.
constexpr std::chrono::seconds kDeadline{120};
constexpr json::Limits kAnswerLimits{
    .bytes = std::size_t{256} << 20, .depth = 64, .values = 20'000'000};

constexpr std::string_view kIntroduction =
    R"(Ask a question of the graph: the same questions, with the same answers, as over HTTP.

Usage: mangrove ask QUESTION [ARGUMENT...] [--FILTER VALUE]...
                    [--format table|json|csv] [--graph DIR | --server URL]
                    [--audience NAME]... [--steward] [--version N]

)";

constexpr std::string_view kExamples = R"(
Examples:
  mangrove ask search "child labour cocoa" --place GH
  mangrove ask nodes sdg:8.7 --lang fr
  mangrove ask neighbours org:XM-DAC-7 --relation TAKES_PART_IN --limit 100
  mangrove ask paths org:GB-CHC-1049160 org:XM-DAC-7 --max-hops 4
  mangrove ask linkages 8.7 --format csv > linkages.csv
  mangrove ask vocabulary determinants --basis reported
  mangrove ask stats --server http://127.0.0.1:8087
  mangrove ask node org:shelter --audience partners
  mangrove ask overlaps iati:XM-1 --version 12
  mangrove ask overlaps --place GH --target 8.7
  mangrove ask overlaps --title "Schools for cocoa farmers" --text "…" --place GH --from 2025

The graph is $MANGROVE_GRAPH, else ./mangrove-data, unless --graph names another folder. Answers
tell what everyone may see; with --audience also what that audience may, with --steward all there
is. --version N asks the graph as it was then.
"mangrove ask QUESTION --help" lists the filters of a question.
)";

std::string_view name_in_table(std::string_view question) {
  return question == "nodes" ? "node" : question;
}

constexpr std::string_view kDraftTarget = "/api/v1/overlaps";

bool has_filter(const AskOptions& options, std::string_view name) {
  return std::any_of(options.filters.begin(), options.filters.end(),
                     [&](const auto& filter) { return filter.first == name; });
}

// Overlaps without an initiative to ask of are those of a draft, or of all under a filter.
bool is_of_draft(const AskOptions& options) {
  return options.question == "overlaps" && options.arguments.empty() &&
         (has_filter(options, "title") || has_filter(options, "text"));
}

std::string_view question_of(const AskOptions& options) {
  if (options.question == "overlaps" && options.arguments.empty() && !options.help &&
      !is_of_draft(options)) {
    return "overlap_pairs";
  }
  return name_in_table(options.question);
}

Result<api::Call> call_of(std::string_view question) {
  std::string known;
  for (const api::Call& call : api::calls()) {
    if (!call.question) continue;
    if (call.name == question) return call;
    known += (known.empty() ? "" : ", ") + std::string(call.name);
  }
  return Error{ErrorCode::invalid_input,
               "there is no question '" + std::string(question) + "'; there are: " + known};
}

// Our own options; everything else is a filter.
Status set_option(AskOptions& options, const std::string& name, std::string value) {
  if (name == "format") {
    const auto format = format_of(value);
    if (!format) {
      return Error{ErrorCode::invalid_input, "--format is one of table, json, csv; not " + value};
    }
    options.format = *format;
  } else if (name == "graph") {
    options.graph = std::move(value);
  } else if (name == "server") {
    options.server = std::move(value);
  } else if (name == "audience") {
    if (value.empty()) return Error{ErrorCode::invalid_input, "--audience needs a name"};
    options.audiences.push_back(std::move(value));
  } else {
    options.filters.emplace_back(name, std::move(value));
  }
  return {};
}

// The parameters of a call as the contract tells them, references resolved.
std::vector<const json::Value*> parameters_of(const json::Value& contract, const api::Call& call) {
  std::vector<const json::Value*> parameters;
  constexpr std::string_view kReference = "#/components/parameters/";
  const json::Value* paths = contract.find("paths");
  const json::Value* path =
      paths == nullptr ? nullptr : paths->find(call.path.substr(api::kPrefix.size()));
  const json::Value* get = path == nullptr ? nullptr : path->find("get");
  const json::Value* list = get == nullptr ? nullptr : get->find("parameters");
  if (list == nullptr || list->as_array() == nullptr) return parameters;
  for (const json::Value& parameter : *list->as_array()) {
    const std::string* reference = parameter.find_string("$ref");
    const json::Value* named = reference == nullptr
                                   ? &parameter
                                   : contract.find("components")
                                         ->find("parameters")
                                         ->find(reference->substr(kReference.size()));
    if (named != nullptr) parameters.push_back(named);
  }
  return parameters;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 2, width), ' ');
  return text;
}

void print_help_of(const api::Call& call, std::ostream& out) {
  constexpr std::size_t kWidth = 22;
  out << "Usage: mangrove ask " << call.name;
  for (const std::string_view argument : call.arguments) {
    if (!argument.empty()) out << " <" << argument << '>';
  }
  out << " [--FILTER VALUE]...\n\nThe same as GET " << call.path << ". Arguments and filters:\n";
  const auto contract = json::parse(api::openapi_document());
  if (!contract.ok()) return;
  for (const json::Value* parameter : parameters_of(contract.value(), call)) {
    const std::string* name = parameter->find_string("name");
    const std::string* place = parameter->find_string("in");
    const std::string* description = parameter->find_string("description");
    if (name == nullptr || place == nullptr || *place == "header") continue;
    const bool argument =
        std::find(call.arguments.begin(), call.arguments.end(), *name) != call.arguments.end();
    out << padded(argument ? "  <" + *name + ">" : "  --" + *name, kWidth)
        << (description == nullptr ? "" : *description) << '\n';
  }
}

void print_help(std::ostream& out) {
  out << kIntroduction << "Questions:\n";
  for (const api::Call& call : api::calls()) {
    if (!call.question) continue;
    std::string usage = "  " + std::string(call.name);
    for (const std::string_view argument : call.arguments) {
      if (!argument.empty()) usage += " <" + std::string(argument) + ">";
    }
    out << padded(std::move(usage), 24) << call.summary << '\n';
  }
  out << kExamples;
}

// What is sent: the draft in the body, for whoever asks by one.
struct Asking {
  std::string target;
  std::string body;  // Empty: a GET.
};

Result<Response> ask_server(const std::string& server, const Asking& asking) {
  std::string url = server;
  while (!url.empty() && url.back() == '/') url.pop_back();
  FetchOptions options{.headers = {{"Accept", "application/json"}}};
  if (!asking.body.empty()) {
    options.method = "POST";
    options.headers.push_back({"Content-Type", "application/json"});
    options.body = asking.body;
  }
  return fetch(url + asking.target, options);
}

graph::Viewer viewer_of(const AskOptions& options) {
  return options.steward ? graph::Viewer::steward() : graph::Viewer::of(options.audiences);
}

Result<Response> ask_folder(const std::string& folder, const Asking& asking, graph::Viewer viewer) {
  const auto ontology = TRY(ontology::Ontology::load());
  const auto graph = TRY(graph::Graph::open(
      folder, {.create = false, .text_properties = ontology::text_properties()}));
  const api::Service service{
      .graph = *graph, .ontology = ontology, .deadline = kDeadline, .viewer = std::move(viewer)};
  const Router router(api::routes(service));
  Request request;
  const std::string& target = asking.target;
  if (!asking.body.empty()) request.method = "POST";
  request.body = asking.body;
  const std::size_t mark = std::min(target.find('?'), target.size());
  request.path = target.substr(0, mark);
  if (mark < target.size()) request.query = target.substr(mark + 1);
  return router.answer(request);
}

// Each fault of a parameter that the problem document names, a line each; whether there were any.
bool print_faults(const json::Value& problem, std::ostream& errors) {
  const json::Value* faults = problem.find("errors");
  if (faults == nullptr || faults->as_array() == nullptr) return false;
  for (const json::Value& fault : *faults->as_array()) {
    const std::string* parameter = fault.find_string("parameter");
    const std::string* reason = fault.find_string("detail");
    if (parameter == nullptr || reason == nullptr) continue;
    errors << "mangrove ask: " << *parameter << (parameter->empty() ? "" : " ") << *reason << '\n';
  }
  return !faults->as_array()->empty();
}

// What the problem document says, for a person; its status, as an exit status.
int print_problem(const Response& response, std::ostream& errors) {
  const auto parsed = json::parse(response.body);
  const json::Value problem = parsed.ok() ? parsed.value() : json::Value();
  if (!print_faults(problem, errors)) {
    const std::string* detail = problem.find_string("detail");
    errors << "mangrove ask: "
           << (detail == nullptr ? "the answer has status " + std::to_string(response.status)
                                 : *detail)
           << '\n';
  }
  return response.status == 400 ? kUsage : kFailed;
}

Result<std::string> printed(const AskOptions& options, const std::string& body, bool pretty) {
  if (options.format == Format::json && !pretty) return body + "\n";
  const auto answer = TRY(json::parse(body, kAnswerLimits));
  if (options.format == Format::json) return to_pretty_json(answer) + "\n";
  const Table table = table_of(question_of(options), answer);
  return options.format == Format::csv ? to_csv(table) : to_text(table);
}

// The draft as the call wants it, and the rest as the filter of the others.
Asking draft_of(const AskOptions& options) {
  static constexpr std::array<std::string_view, 6> kTexts{"title",  "text",        "place",
                                                          "target", "determinant", "group"};
  std::map<std::string, std::vector<std::string>> members;
  Asking asking{std::string(kDraftTarget), {}};
  for (const auto& [name, value] : options.filters) {
    const bool is_year = name == "from" || name == "to";
    if (is_year || std::find(kTexts.begin(), kTexts.end(), name) != kTexts.end()) {
      members[name].push_back(value);
      continue;
    }
    asking.target += asking.target.find('?') == std::string::npos ? "?" : "&";
    asking.target += percent_encode(name) + "=" + percent_encode(value);
  }
  json::Writer writer;
  writer.begin_object();
  for (const auto& [name, values] : members) {
    writer.key(name);
    int year = 0;
    const std::string& first = values.front();
    const auto read = std::from_chars(first.data(), first.data() + first.size(), year);
    if ((name == "from" || name == "to") && read.ec == std::errc() &&
        read.ptr == first.data() + first.size()) {
      writer.integer(year);
    } else if (values.size() == 1) {
      writer.string(first);
    } else {
      writer.begin_array();
      for (const std::string& value : values) writer.string(value);
      writer.end_array();
    }
  }
  writer.end_object();
  asking.body = writer.take();
  return asking;
}

int failed(const Error& error, std::ostream& errors) {
  errors << "mangrove ask: " << error.message << '\n';
  return error.code == ErrorCode::invalid_input ? kUsage : kFailed;
}

int help(const AskOptions& options, std::ostream& out, std::ostream& errors) {
  if (options.question.empty()) {
    print_help(out);
    return kDone;
  }
  const auto call = call_of(question_of(options));
  if (!call.ok()) return failed(call.error(), errors);
  print_help_of(call.value(), out);
  return kDone;
}

}  // namespace

std::string default_graph_folder() {
  const char* folder = std::getenv("MANGROVE_GRAPH");
  return folder == nullptr || *folder == '\0' ? "mangrove-data" : folder;
}

Result<AskOptions> parse_ask(std::span<const std::string> words) {
  AskOptions options;
  options.graph = default_graph_folder();
  bool only_arguments = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (only_arguments || !word.starts_with("-") || word == "-") {
      if (options.question.empty()) {
        options.question = word;
      } else {
        options.arguments.push_back(word);
      }
    } else if (word == "--") {
      only_arguments = true;
    } else if (word == "--help" || word == "-h") {
      options.help = true;
    } else if (word == "--steward") {
      options.steward = true;
    } else if (!word.starts_with("--")) {
      return Error{ErrorCode::invalid_input, "there is no option " + word + "; see --help"};
    } else {
      const std::size_t equals = word.find('=');
      std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
      std::replace(name.begin(), name.end(), '-', '_');
      if (equals == std::string::npos && ++i == words.size()) {
        return Error{ErrorCode::invalid_input, word + " needs a value"};
      }
      TRY(set_option(options, name,
                     equals == std::string::npos ? words[i] : word.substr(equals + 1)));
    }
  }
  if (!options.server.empty() && (options.steward || !options.audiences.empty())) {
    return Error{ErrorCode::invalid_input,
                 "--audience and --steward are for a graph in a folder; a server shows everyone "
                 "the same"};
  }
  return options;
}

Result<std::string> target_of(const AskOptions& options) {
  const api::Call call = TRY(call_of(question_of(options)));
  std::string path(call.path);
  std::string query;
  const auto add = [&](std::string_view name, std::string_view value) {
    query += (query.empty() ? "?" : "&") + percent_encode(name) + "=" + percent_encode(value);
  };
  std::size_t used = 0;
  for (const std::string_view name : call.arguments) {
    if (name.empty()) continue;
    const std::string place = "{" + std::string(name) + "}";
    const std::size_t at = path.find(place);
    if (used < options.arguments.size()) {
      const std::string& argument = options.arguments[used++];
      if (at == std::string::npos) {
        add(name, argument);
      } else if (argument.empty()) {
        return Error{ErrorCode::invalid_input, "<" + std::string(name) + "> is empty"};
      } else {
        path.replace(at, place.size(), percent_encode(argument));
      }
    } else if (at != std::string::npos) {
      return Error{ErrorCode::invalid_input, std::string(call.name) + " needs <" +
                                                 std::string(name) + ">, such as " +
                                                 (name == "name" ? "sdg" : "sdg:8.7")};
    }
  }
  if (used < options.arguments.size()) {
    return Error{ErrorCode::invalid_input, "'" + options.arguments[used] +
                                               "' is one argument too many for " +
                                               std::string(call.name) +
                                               "; filters have a name, "
                                               "words with spaces between stand in quotes"};
  }
  for (const auto& [name, value] : options.filters) add(name, value);
  return path + query;
}

int ask_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  const auto options = parse_ask(words);
  if (!options.ok()) return failed(options.error(), errors);
  if (options.value().help) return help(options.value(), out, errors);
  if (options.value().question.empty()) {
    print_help(errors);
    return kUsage;
  }
  Asking asking;
  if (is_of_draft(options.value())) {
    asking = draft_of(options.value());
  } else {
    auto target = target_of(options.value());
    if (!target.ok()) return failed(target.error(), errors);
    asking.target = std::move(target).value();
  }
  const auto response = options.value().server.empty()
                            ? ask_folder(options.value().graph, asking, viewer_of(options.value()))
                            : ask_server(options.value().server, asking);
  if (!response.ok()) return failed(response.error(), errors);
  if (response.value().status != 200) return print_problem(response.value(), errors);
  const bool pretty = &out == &std::cout && ::isatty(STDOUT_FILENO) != 0;
  const auto text = printed(options.value(), response.value().body, pretty);
  if (!text.ok()) {
    errors << "mangrove ask: " << text.error().message << '\n';
    return kFailed;
  }
  out << text.value() << std::flush;
  return out ? kDone : kFailed;
}

}  // namespace mangrove::web
