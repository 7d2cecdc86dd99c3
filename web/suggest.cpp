#include "web/suggest.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <vector>

#include "graph/storage/memory.h"
#include "ingest/ingest.h"
#include "web/api/routes.h"
#include "web/ask.h"
#include "web/print.h"
#include "web/server/client.h"
#include "web/server/router.h"

namespace mangrove::web {
namespace {

constexpr int kDone = 0;
constexpr int kUsage = 2;
constexpr int kFailed = 3;
constexpr std::streamsize kTextBytesMax = std::streamsize{1} << 19;
constexpr const char* kTarget = "/api/v1/suggest";

struct Options {
  std::vector<std::string> words;
  std::string file;
  std::string title;
  std::string language = "en";
  double least = 0.3;
  std::string format = "table";
  std::string graph = default_graph_folder();
  std::string server;
};

void describe(CLI::App& app, Options& options) {
  app.name("mangrove suggest");
  app.description("Tell what a text speaks of, and by which words: before it is published.");
  app.footer(
      "Examples:\n"
      "  mangrove suggest \"Schools for children freed from debt bondage\"\n"
      "  mangrove suggest --title \"Cacao sin trabajo infantil\" --file plan.txt --lang es\n"
      "  pdftotext report.pdf - | mangrove suggest - --format json\n\n"
      "Where there is no graph, the vocabularies in this program are asked.");
  app.add_option("TEXT", options.words, "The text; - reads it from standard input");
  app.add_option("--file", options.file, "A file that holds the text");
  app.add_option("--title", options.title, "Its title, which counts more");
  app.add_option("--lang", options.language, "The language in which names are told");
  app.add_option("--least", options.least, "Leave out what is less sure, from 0 to 1 (0.3)");
  app.add_option("--format", options.format, "table, json or csv");
  app.add_option("--graph", options.graph, "The folder of the graph");
  app.add_option("--server", options.server, "The URL of a server to ask instead");
}

Result<std::string> read_all(std::istream& in, const std::string& name) {
  std::string text(static_cast<std::size_t>(kTextBytesMax) + 1, '\0');
  in.read(text.data(), kTextBytesMax + 1);
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return Error{ErrorCode::io, name + " cannot be read"};
  if (in.gcount() > kTextBytesMax) {
    return Error{ErrorCode::too_large, name + " is longer than 512 KiB"};
  }
  return text;
}

Result<std::string> text_of(const Options& options, std::istream& in) {
  if (!options.file.empty()) {
    std::ifstream file(options.file, std::ios::binary);
    if (!file) return Error{ErrorCode::not_found, options.file + " cannot be opened"};
    return read_all(file, options.file);
  }
  if (options.words == std::vector<std::string>{"-"}) return read_all(in, "standard input");
  std::string text;
  for (const std::string& word : options.words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string body_of(const Options& options, const std::string& text) {
  json::Writer writer;
  writer.begin_object();
  writer.member("text", text);
  if (!options.title.empty()) writer.member("title", options.title);
  writer.member("language", options.language);
  writer.member("least", options.least);
  writer.end_object();
  return writer.take();
}

/// The graph in the folder, or one of our vocabularies alone.
Result<std::unique_ptr<graph::Graph>> graph_for(const Options& options,
                                                const ontology::Ontology& ontology) {
  if (std::filesystem::exists(options.graph)) {
    return graph::Graph::open(options.graph,
                              {.create = false, .text_properties = ontology::text_properties()});
  }
  auto graph = TRY(graph::Graph::open(storage::make_memory_storage(),
                                      {.text_properties = ontology::text_properties()}));
  TRY(ingest::load_ontology(*graph, ontology));
  return graph;
}

Result<Response> answer(const Options& options, std::string body) {
  if (!options.server.empty()) {
    std::string url = options.server;
    while (!url.empty() && url.back() == '/') url.pop_back();
    return fetch(url + kTarget, {.method = "POST",
                                 .headers = {{"Content-Type", "application/json"}},
                                 .body = std::move(body)});
  }
  const auto ontology = TRY(ontology::Ontology::load());
  const auto graph = TRY(graph_for(options, ontology));
  const api::Service service{.graph = *graph, .ontology = ontology};
  Request request;
  request.method = "POST";
  request.path = kTarget;
  request.body = std::move(body);
  return Router(api::routes(service)).answer(request);
}

Table table_of_suggestions(const json::Value& answer) {
  Table table{{"id", "confidence", "link", "name", "because it says"}, {}, {}};
  const json::Value* const items = answer.find("items");
  if (items == nullptr || items->as_array() == nullptr) return table;
  for (const json::Value& item : *items->as_array()) {
    const auto text = [&](std::string_view name) {
      const std::string* const value = item.find_string(name);
      return value == nullptr ? std::string() : *value;
    };
    std::string because;
    for (const json::Value& words : *item.find("matched")->as_array()) {
      because += (because.empty() ? "" : ", ") + *words.find_string("words");
    }
    std::string confidence = std::to_string(item.find_number("confidence").value_or(0));
    confidence.resize(5);
    const bool link = item.find_boolean("link").value_or(false);
    table.rows.push_back(
        {text("id"), std::move(confidence), link ? "yes" : "no", text("name"), std::move(because)});
  }
  table.note = table.rows.empty() ? "Nothing that the vocabularies know."
                                  : "link: sure enough to be linked when it is published";
  return table;
}

int print(const Response& response, Format format, std::ostream& out, std::ostream& errors) {
  const auto parsed = json::parse(response.body);
  if (!parsed.ok() || response.status != 200) {
    const std::string* const detail = parsed.ok() ? parsed.value().find_string("detail") : nullptr;
    errors << "mangrove suggest: " << (detail == nullptr ? "no answer" : *detail) << '\n';
    return response.status == 400 ? kUsage : kFailed;
  }
  if (format == Format::json) {
    out << to_pretty_json(parsed.value()) << '\n';
  } else {
    const Table table = table_of_suggestions(parsed.value());
    out << (format == Format::csv ? to_csv(table) : to_text(table));
  }
  return kDone;
}

}  // namespace

int suggest_command(std::span<const std::string> words, std::istream& in, std::ostream& out,
                    std::ostream& errors) {
  Options options;
  CLI::App app;
  describe(app, options);
  try {
    // CLI11 takes the words from the back.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, errors) == 0 ? kDone : kUsage;
  }
  const auto fail = [&](int status, const std::string& message) {
    errors << "mangrove suggest: " << message << '\n';
    return status;
  };
  const auto format = format_of(options.format);
  if (!format) return fail(kUsage, "--format is one of table, json, csv; not " + options.format);
  const auto text = text_of(options, in);
  if (!text.ok()) return fail(kFailed, text.error().message);
  if (text.value().empty() && options.title.empty()) {
    return fail(kUsage, "there is no text; \"mangrove suggest --help\" tells how to give it");
  }
  const auto response = answer(options, body_of(options, text.value()));
  if (!response.ok()) return fail(kFailed, response.error().message);
  return print(response.value(), *format, out, errors);
}

}  // namespace mangrove::web
