#include "ontology/command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "graph/base/json.h"
#include "ontology/check.h"

namespace mangrove::ontology {
namespace {

constexpr int kDone = 0;
constexpr int kMistakes = 1;
constexpr int kUsage = 2;
constexpr int kFailed = 3;
constexpr std::size_t kFileBytesMax = std::size_t{64} << 20;

constexpr const char* kDescription =
    R"(Says everything that is wrong with vocabularies in Turtle, with file and line, and loads nothing.

The files may name nodes of each other and of the built-in vocabularies. Errors are what loading
would leave out, refuse or misread; warnings are what people will miss.)";

constexpr const char* kFooter =
    R"(A vocabulary that passes:

  @prefix m:       <urn:mangrove:ns:> .
  @prefix src:     <urn:mangrove:id:src:> .
  @prefix det:     <urn:mangrove:id:det:> .
  @prefix topic:   <urn:mangrove:id:topic:> .
  @prefix sdg:     <urn:mangrove:id:sdg:> .
  @prefix reading: <urn:mangrove:id:reading:> .
  @prefix skos:    <http://www.w3.org/2004/02/skos/core#> .

  src:our-determinants a m:Source ;
    m:publisher "Our network" ;
    skos:prefLabel "Our determinants"@en , "Nos déterminants"@fr , "Nuestros determinantes"@es .

  det:our-boats a m:Determinant ;
    skos:prefLabel "Boats at sea"@en , "Bateaux en mer"@fr , "Barcos en el mar"@es ;
    skos:definition "How long crews stay out of reach of any port."@en ;
    m:level "structural" ;
    m:status "proposed" ;
    m:PART_OF topic:work ;
    m:edge [ m:relation m:BEARS_ON ; m:to sdg:8.7 ; m:weight 0.5 ; m:status "proposed" ] .

  reading:our-boats a m:ReadingRule ;
    skos:prefLabel "Words: boats"@en , "Mots : bateaux"@fr , "Palabras: barcos"@es ;
    skos:definition "By which phrases texts speak of boats at sea."@en ;
    m:cue "[crew|crews] at sea ; near months | years"@en , "équipage en mer"@fr ;
    m:weight 2.5 ;
    m:status "proposed" ;
    m:SPEAKS_OF det:our-boats .

Exit status: 0 no errors, 1 mistakes were found, 2 wrong usage, 3 a file cannot be read.)";

struct Arguments {
  std::vector<std::string> files;
  std::string format = "text";
};

std::string_view name_of(Mistake::Severity severity) {
  return severity == Mistake::Severity::error ? "error" : "warning";
}

std::string counted(std::size_t number, const std::string& noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

Result<std::string> content_of(const std::string& path) {
  if (std::filesystem::is_directory(path)) {
    return Error{ErrorCode::invalid_input, path + " is a folder; name its files"};
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return Error{ErrorCode::not_found, path + " cannot be read"};
  std::string text(kFileBytesMax + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (stream.bad()) return Error{ErrorCode::io, path + " cannot be read"};
  if (text.size() > kFileBytesMax) {
    return Error{ErrorCode::too_large, path + " is larger than 64 MiB"};
  }
  return text;
}

struct Tally {
  std::size_t files = 0;
  std::size_t errors = 0;
  std::size_t warnings = 0;
};

Tally tally_of(const std::vector<Mistake>& mistakes, std::size_t files) {
  Tally tally{files, 0, 0};
  for (const Mistake& mistake : mistakes) {
    ++(mistake.severity == Mistake::Severity::error ? tally.errors : tally.warnings);
  }
  return tally;
}

void print_text(const std::vector<Mistake>& mistakes, const Tally& tally, std::ostream& out) {
  for (const Mistake& mistake : mistakes) {
    out << mistake.file << ':' << mistake.line << ": " << name_of(mistake.severity) << ": "
        << mistake.text << '\n';
  }
  out << counted(tally.files, "file") << ": " << counted(tally.errors, "error") << ", "
      << counted(tally.warnings, "warning") << '\n';
}

void print_json(const std::vector<Mistake>& mistakes, const Tally& tally, std::ostream& out) {
  json::Writer writer;
  writer.begin_object();
  writer.member("files", tally.files);
  writer.member("errors", tally.errors);
  writer.member("warnings", tally.warnings);
  writer.key("mistakes");
  writer.begin_array();
  for (const Mistake& mistake : mistakes) {
    writer.begin_object();
    writer.member("file", mistake.file);
    writer.member("line", mistake.line);
    writer.member("severity", name_of(mistake.severity));
    writer.member("text", mistake.text);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  out << writer.take() << '\n';
}

int check_files(const Arguments& arguments, std::ostream& out, std::ostream& errors) {
  const Result<Ontology> built_in = Ontology::load();
  if (!built_in.ok()) {
    errors << "mangrove ontology: " << built_in.error().message << '\n';
    return kFailed;
  }
  std::vector<std::string> names = arguments.files;
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  if (!repeated.empty()) {
    errors << "mangrove ontology: a file is named twice\n";
    return kUsage;
  }
  std::vector<std::string> texts;
  std::vector<DataFile> files;
  texts.reserve(arguments.files.size());  // The files point into it.
  for (const std::string& name : arguments.files) {
    Result<std::string> text = content_of(name);
    if (!text.ok()) {
      errors << "mangrove ontology: " << text.error().message << '\n';
      continue;
    }
    texts.push_back(std::move(text.value()));
    files.push_back({name, texts.back()});
  }
  const std::vector<Mistake> mistakes = check_vocabularies(files, built_in.value());
  const Tally tally = tally_of(mistakes, files.size());
  (arguments.format == "json" ? print_json : print_text)(mistakes, tally, out);
  if (files.size() < arguments.files.size()) return kFailed;
  return tally.errors > 0 ? kMistakes : kDone;
}

}  // namespace

int ontology_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  CLI::App app("Looks after vocabularies.", "mangrove ontology");
  app.require_subcommand(1);
  CLI::App& check = *app.add_subcommand("check", kDescription);
  check.footer(kFooter);
  Arguments arguments;
  check.add_option("FILE", arguments.files, "Vocabularies in Turtle")->required();
  check.add_option("--format", arguments.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str()
      ->type_name("NAME");
  try {
    // CLI11 takes its words from the back.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    out << app.help();
    return kDone;
  } catch (const CLI::ParseError& error) {
    errors << "mangrove ontology: " << error.what() << "\nTry: mangrove ontology check --help\n";
    return kUsage;
  }
  return check_files(arguments, out, errors);
}

}  // namespace mangrove::ontology
