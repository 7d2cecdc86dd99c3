#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "graph/base/json.h"
#include "ingest/command.h"
#include "ingest/review.h"

namespace mangrove::ingest {
namespace {

constexpr int kDone = 0;
constexpr int kUsage = 2;
constexpr int kFailed = 3;

constexpr const char* kDescription =
    R"(Records that are held because their words may tell where a refuge is or who a survivor is. Nobody
sees them but the audience "reviewers", until one of them is released. What holds a record is data:
ontology/vocabularies/review.ttl, and what files of your own add.)";

constexpr const char* kExamples =
    R"(Examples:
  mangrove review list
  mangrove review release iati:XM-DAC-1-23 --by "A. Mensah" --reason "names no place"
  mangrove review hold iati:XM-DAC-1-23          takes the release back

A release counts for the words that were read; when a record says something else, it is held again.
Works beside a running server.
Exit status: 0 done, 2 wrong usage, 3 could not be done.)";

struct Arguments {
  std::string graph;
  std::string format = "table";
  std::string id;
  std::string by;
  std::string reason;
};

std::string default_folder() {
  const char* named = std::getenv("MANGROVE_GRAPH");
  return named != nullptr && *named != '\0' ? named : "mangrove-data";
}

/// Without characters that could command a terminal.
std::string safe(const std::string* text) {
  std::string shown;
  if (text == nullptr) return shown;
  for (const char c : *text) shown += static_cast<unsigned char>(c) < ' ' || c == 0x7F ? '?' : c;
  return shown;
}

const json::Value::Array& array_at(const json::Value& value, std::string_view name) {
  static const json::Value::Array kNone;
  const json::Value* const found = value.find(name);
  return found != nullptr && found->as_array() != nullptr ? *found->as_array() : kNone;
}

void print_held(const json::Value& answer, std::ostream& out) {
  const json::Value::Array& records = array_at(answer, "records");
  for (const json::Value& record : records) {
    out << safe(record.find_string("id")) << "  " << safe(record.find_string("name")) << "\n  from "
        << safe(record.find_string("source")) << ", " << safe(record.find_string("origin")) << '\n';
    for (const json::Value& reason : array_at(record, "reasons")) {
      out << "  " << safe(reason.find_string("label"));
      const char* mark = ": ";
      for (const json::Value& words : array_at(reason, "words")) {
        out << mark << safe(words.as_string());
        mark = "; ";
      }
      out << '\n';
    }
  }
  out << records.size() << (records.size() == 1 ? " record is held\n" : " records are held\n");
}

void print(const json::Value& answer, const Arguments& arguments, std::ostream& out) {
  if (arguments.format == "json") {
    json::Writer writer;
    writer.value(answer);
    out << writer.take() << '\n';
  } else if (answer.find("records") != nullptr) {
    print_held(answer, out);
  } else if (const auto released = answer.find_integer("released")) {
    out << safe(&arguments.id) << " is released: " << *released
        << (*released == 1 ? " record\n" : " records\n");
  } else {
    out << safe(&arguments.id) << " is held again\n";
  }
}

void describe(CLI::App& app, Arguments& arguments) {
  app.footer(kExamples);
  app.require_subcommand(1);
  auto* const listing = app.add_subcommand("list", "What is held, and for which words");
  auto* const releasing = app.add_subcommand("release", "Let the records about this go");
  auto* const holding = app.add_subcommand("hold", "Take a release back");
  for (auto* const command : {listing, releasing, holding}) {
    command->add_option("--graph", arguments.graph, "Folder of the graph")
        ->capture_default_str()
        ->type_name("DIR");
    command->add_option("--format", arguments.format, "How to print it")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str()
        ->type_name("NAME");
  }
  for (auto* const command : {releasing, holding}) {
    command->add_option("ID", arguments.id, "Id of what the records are about")->required();
  }
  releasing->add_option("--by", arguments.by, "Who decided")->type_name("NAME");
  releasing->add_option("--reason", arguments.reason, "Why")->type_name("TEXT");
}

json::Value request_of(const CLI::App& app, const Arguments& arguments) {
  const std::string name = app.get_subcommands().front()->get_name();
  json::Value::Object request{{"do", "review-" + name}};
  if (name != "list") request.push_back({"id", arguments.id});
  if (name == "release") {
    request.push_back({"by", arguments.by});
    request.push_back({"reason", arguments.reason});
  }
  return request;
}

}  // namespace

int review_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  CLI::App app(kDescription, "mangrove review");
  Arguments arguments;
  arguments.graph = default_folder();
  describe(app, arguments);
  try {
    // CLI11 takes its words from the back.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    out << app.help();
    return kDone;
  } catch (const CLI::ParseError& error) {
    errors << "mangrove review: " << error.what() << "\nTry: mangrove review --help\n";
    return kUsage;
  }
  const auto answer =
      carry_out_review(std::filesystem::absolute(arguments.graph), request_of(app, arguments));
  if (!answer.ok()) {
    errors << "mangrove review: " << answer.error().message << '\n';
    return kFailed;
  }
  print(answer.value(), arguments, out);
  return kDone;
}

}  // namespace mangrove::ingest
