#include "graph/commands/arguments.h"

#include <cstdlib>
#include <ostream>
#include <vector>

namespace mangrove::graph {

CommonArguments::CommonArguments() {
  const char* named = std::getenv("MANGROVE_GRAPH");
  graph = named != nullptr && *named != '\0' ? named : "mangrove-data";
}

void describe(CLI::App& app, CommonArguments& arguments, const std::vector<std::string>& formats) {
  arguments.format = formats.front();
  app.add_option("--graph", arguments.graph, "Folder of the graph")
      ->capture_default_str()
      ->type_name("DIR");
  app.add_option("--format", arguments.format, "How to print it")
      ->check(CLI::IsMember(formats))
      ->capture_default_str()
      ->type_name("NAME");
}

std::optional<int> parse(CLI::App& app, std::span<const std::string> words, std::ostream& out,
                         std::ostream& errors) {
  try {
    // CLI11 takes its words from the back.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    out << app.help();
    return kDone;
  } catch (const CLI::ParseError& error) {
    errors << app.get_name() << ": " << error.what() << "\nTry: " << app.get_name() << " --help\n";
    return kUsage;
  }
  return std::nullopt;
}

int failed(const CLI::App& app, const Error& error, std::ostream& errors) {
  errors << app.get_name() << ": " << error.message << '\n';
  return kFailed;
}

void print_json(const json::Value& value, std::ostream& out) {
  json::Writer writer;
  writer.value(value);
  out << writer.take() << '\n';
}

}  // namespace mangrove::graph
