#include "ingest/command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/requests.h"
#include "ingest/fetch/options.h"
#include "ingest/formats.h"
#include "ingest/identity/resolve.h"
#include "ingest/ingest.h"
#include "ingest/inputs/requests.h"
#include "ingest/pipeline.h"
#include "ingest/source.h"
#include "ingest/stop_watch.h"
#include "ingest/tables/suggest/suggest_mapping.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kCacheBytes = std::size_t{256} << 20;
constexpr const char* kClosing = "closing";  // The stage after those of `run`.
constexpr int kDone = 0;
constexpr int kLost = 1;
constexpr int kUsage = 2;
constexpr int kFailed = 3;

constexpr const char* kDescription =
    R"(Loads IATI activities and organisations, 360Giving grants, evidence lists (BibTeX, RIS, CSL-JSON),
vocabularies, tables (.csv, .xlsx) and published influence into the graph.

INPUT is a file, a folder (read whole, with the folders in it), an address on the web (http, https)
or - for standard input. What a file is, is seen from its content; .gz and .zst are unpacked on the
way. Loading a file again changes nothing; a newer version of a record takes the place of the older
one from the same source. A record that an input had before, and has no longer, is retired: it stays,
and says so ("mangrove source refresh" reads all inputs again that have changed).)";

constexpr const char* kExamples =
    R"(Examples:
  mangrove ingest activities.xml
  mangrove ingest --graph work-graph folder-of-files more.xml.gz --report report.json
  mangrove ingest grants.json grants.csv
  mangrove ingest evidence.bib library.ris items.json
  mangrove ingest --source directory-2024 --mapping directory.mapping.json directory.csv
  mangrove ingest --suggest-mapping --output projects.mapping.json projects.xlsx
  mangrove ingest --mapping projects.mapping.json --sheet "Projects 2024" projects.xlsx
  mangrove ingest --audience partners shelters.csv --mapping shelters.mapping.json
  mangrove ingest scores.json --mapping ingest/mappings/weitz-2018.mapping.json
  mangrove ingest goal-dependence --mapping ingest/mappings/laumann-2022.mapping.json
  mangrove ingest --dry-run downloads
  mangrove ingest https://example.org/iati/activities.xml https://example.org/grants.json.gz
  mangrove ingest --allow-private-addresses http://registry.internal:8000/projects.xml

What is on the web is read again only where it has changed since (ETag, Last-Modified, or the bytes
themselves). User, password and keys in an address are used, and kept nowhere. Nothing is fetched
from this machine or a private network without --allow-private-addresses; proxies are not used.

What the columns of a table mean is said by a mapping: --mapping FILE, or x.mapping.json beside
x.csv. Without one, mappings of our own for some published tables are tried. --suggest-mapping
drafts one. How mappings are written: ingest/mappings/README.md.

Matrices of influence scores (JSON) and tables of the dependence of goals (CSV) are known by their
content. They do not say where and when their numbers hold; a mapping does:
  {"source": {"name": "weitz-2018", "publisher": "..."},
   "statements": {"scope": "Sweden", "date": "2018", "method": "...", "evidence": "...",
                  "status": "confirmed"}}

Exit status: 0 done, 1 done with records or files refused (the report says which), 2 wrong usage,
3 could not be done.)";

struct Arguments {
  Options options;
  std::string graph;
  std::string report;
  std::string output;
  bool dry_run = false;
  bool suggest_mapping = false;
};

std::string default_graph() {
  const char* named = std::getenv("MANGROVE_GRAPH");
  return named != nullptr && *named != '\0' ? named : "mangrove-data";
}

std::string format_list() {
  std::string list = "auto";
  for (const std::string& name : format_names()) list += ", " + name;
  return list;
}

void describe_arguments(CLI::App& app, Arguments& arguments) {
  Options& options = arguments.options;
  app.footer(kExamples);
  app.add_option("INPUT", options.inputs, "Files, folders, or -")->required();
  app.add_option("--graph", arguments.graph, "Folder of the graph")
      ->capture_default_str()
      ->type_name("DIR");
  app.add_option("--source", options.source, "Name of the data set, where records do not say")
      ->type_name("NAME");
  app.add_option("--format", options.format, "One of: " + format_list())
      ->capture_default_str()
      ->type_name("NAME");
  app.add_option("--mapping", options.mapping,
                 "What the columns of a table mean, or where, when and by whom influence was found "
                 "(JSON)")
      ->type_name("FILE");
  app.add_option("--sheet", options.sheet,
                 "Sheet of a workbook (.xlsx); without it the first one that is not hidden")
      ->type_name("NAME");
  app.add_option("--report", arguments.report,
                 "Write the full report here: JSON, or, where the name ends in .csv, a table of "
                 "the findings")
      ->type_name("FILE");
  app.add_flag("--suggest-mapping", arguments.suggest_mapping,
               "Read nothing: draft a mapping for the table INPUT, by its headers and values");
  app.add_option("--output", arguments.output, "Write the drafted mapping here, not to the screen")
      ->type_name("FILE");
  app.add_option("--threads", options.threads,
                 "One commits, the others read and link; 1: one does all. Without it, as many as "
                 "this machine runs at once. The graph comes out the same")
      ->check(CLI::Range(1, static_cast<int>(kThreadsMax)))
      ->type_name("N");
  app.add_flag("--dry-run", arguments.dry_run, "Read and report, change nothing");
  describe_downloads(app, options.downloads);
  app.add_option("--audience", options.audiences,
                 "Only who is in this audience may see what is read; repeat it for more audiences")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

/// What is wrong with the arguments, or nothing.
std::string objection_to(const Arguments& arguments) {
  const std::string& format = arguments.options.format;
  const std::vector<std::string> names = format_names();
  if (format != "auto" && std::find(names.begin(), names.end(), format) == names.end()) {
    return "there is no format '" + format + "'; there are: " + format_list();
  }
  for (const std::string& audience : arguments.options.audiences) {
    if (audience.empty()) return "--audience needs a name";
  }
  for (const char c : arguments.options.source) {
    if (static_cast<unsigned char>(c) <= ' ') return "--source must not have spaces in it";
  }
  if (arguments.suggest_mapping && arguments.options.inputs.size() != 1) {
    return "--suggest-mapping wants one table";
  }
  if (!arguments.suggest_mapping && !arguments.output.empty()) {
    return "--output is for --suggest-mapping; a graph is named by --graph";
  }
  return {};
}

/// Shows how far an ingest is: a bar on a terminal, a line every few seconds elsewhere.
class ProgressLine {
 public:
  ProgressLine(std::ostream& out, bool on_terminal) : out_(out), on_terminal_(on_terminal) {}

  void show(const Progress& progress) {
    using namespace std::chrono_literals;
    const bool is_new = progress.stage != stage_;
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < (on_terminal_ ? 100ms : 5000ms) && !(is_new && on_terminal_)) return;
    shown_ = now;
    stage_ = progress.stage;
    std::string line = text(progress);
    if (!on_terminal_) {
      out_ << line << std::endl;
      return;
    }
    const std::size_t width = line.size();
    if (width < width_) line.append(width_ - width, ' ');
    width_ = width;
    out_ << '\r' << line << std::flush;
  }

  void clear() {
    if (on_terminal_ && width_ > 0) out_ << '\r' << std::string(width_, ' ') << '\r' << std::flush;
  }

 private:
  std::string text(const Progress& progress) const {
    if (progress.stage == "identity") return "all is read; settling who is who";
    if (progress.stage == kClosing) return "packing the graph";
    std::string line;
    if (progress.bytes > 0) {
      constexpr std::uint64_t kBar = 24;
      const std::uint64_t done = std::min(progress.bytes_done, progress.bytes);
      const std::uint64_t marks = done * kBar / progress.bytes;
      if (on_terminal_) {
        line = "[" + std::string(marks, '#') + std::string(kBar - marks, '-') + "] ";
      }
      line += std::to_string(done * 100 / progress.bytes) + "%  ";
    }
    line += std::to_string(progress.records) + " records" + pace(progress) + "  file " +
            std::to_string(std::min(progress.files_done + 1, progress.files)) + " of " +
            std::to_string(progress.files) + "  ";
    for (const char c : progress.file.substr(0, 40)) {
      line += static_cast<unsigned char>(c) < ' ' ? '?' : c;  // A name must not steer a terminal.
    }
    return line;
  }

  /// `, 5900 a second, 2 min left`
  static std::string pace(const Progress& progress) {
    if (progress.seconds < 1) return {};
    const double rate = static_cast<double>(progress.records) / progress.seconds;
    std::string text = ", " + std::to_string(std::llround(rate)) + " a second";
    if (progress.bytes_done == 0 || progress.bytes_done >= progress.bytes) return text;
    const double left = progress.seconds *
                        static_cast<double>(progress.bytes - progress.bytes_done) /
                        static_cast<double>(progress.bytes_done);
    const bool minutes = left >= 90;
    return text + ", " + std::to_string(std::llround(std::ceil(minutes ? left / 60 : left))) +
           (minutes ? " min left" : " s left");
  }

  std::ostream& out_;
  bool on_terminal_;
  std::string stage_;
  std::size_t width_ = 0;
  std::chrono::steady_clock::time_point shown_ = std::chrono::steady_clock::now();
};

Result<Report> ingest_into_graph(const Options& options, const std::string& folder,
                                 const ontology::Ontology& ontology) {
  graph::Options graph_options;
  graph_options.text_properties = ontology::text_properties();
  graph_options.cache_bytes = kCacheBytes;
  graph_options.bulk_load = true;
  std::unique_ptr<graph::Graph> graph = TRY(graph::Graph::open(folder, std::move(graph_options)));
  Report report;
  {
    const graph::GraphDoor door(std::filesystem::absolute(folder), *graph, settle_after_removal,
                                answer_request);
    report = TRY(run(options, *graph, ontology));
  }
  options.on_progress({.stage = kClosing});
  const StopWatch watch;
  graph.reset();
  report.add_stage(kClosing, watch.seconds());
  return report;
}

Result<Report> ingest(const Arguments& arguments) {
  const ontology::Ontology ontology = TRY(ontology::Ontology::load());
  if (arguments.dry_run) return check(arguments.options, ontology);
  TRY(find_inputs(arguments.options.inputs));  // Before a graph is made for nothing.
  return ingest_into_graph(arguments.options, arguments.graph, ontology);
}

bool write_file(const std::string& text, const std::string& path) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  return file.good();
}

/// Drafts a mapping: the mapping goes to `out` or its file, what a person needs to know to
/// `errors`.
int suggest(const Arguments& arguments, std::ostream& out, std::ostream& errors) {
  const auto failed = [&errors](const std::string& why) {
    errors << "mangrove ingest: " << why << '\n';
    return kFailed;
  };
  const std::string& table = arguments.options.inputs.front();
  const Result<ontology::Ontology> ontology = ontology::Ontology::load();
  if (!ontology.ok()) return failed(ontology.error().message);
  const Input input{table, table == "-" ? "table" : table, 0, arguments.options.sheet};
  const Result<SuggestedMapping> suggested = suggest_mapping(input, ontology.value());
  if (!suggested.ok()) return failed(suggested.error().message);
  if (arguments.output.empty()) {
    out << suggested.value().mapping;
  } else if (!write_file(suggested.value().mapping, arguments.output)) {
    return failed("the mapping cannot be written to " + arguments.output);
  }
  const std::string mapping = arguments.output.empty() ? "MAPPING.json" : arguments.output;
  errors << suggested.value().summary << "Look through " << mapping
         << ", change what was taken wrong, and load the table with:\n  mangrove ingest --mapping "
         << mapping << ' ' << table << '\n';
  return kDone;
}

int finish(const Report& report, const Arguments& arguments, std::ostream& out,
           std::ostream& errors) {
  out << report.summary();
  if (!arguments.report.empty()) {
    const bool is_table = arguments.report.ends_with(".csv");
    if (!write_file(is_table ? report.to_csv() : report.to_json() + '\n', arguments.report)) {
      errors << "mangrove ingest: the report cannot be written to " << arguments.report << '\n';
      return kFailed;
    }
    out << "full report: " << arguments.report << '\n';
  } else if (!report.by_rule().empty()) {
    out << "for every finding with file and line, add --report FILE\n";
  }
  return report.records_lost() ? kLost : kDone;
}

}  // namespace

int ingest_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  CLI::App app(kDescription, "mangrove ingest");
  Arguments arguments;
  arguments.graph = default_graph();
  describe_arguments(app, arguments);
  try {
    // CLI11 takes its words from the back.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    out << app.help();
    return kDone;
  } catch (const CLI::ParseError& error) {
    errors << "mangrove ingest: " << error.what() << "\nTry: mangrove ingest --help\n";
    return kUsage;
  }
  arguments.options.remember = true;
  if (const std::string objection = objection_to(arguments); !objection.empty()) {
    errors << "mangrove ingest: " << objection << '\n';
    return kUsage;
  }
  if (arguments.suggest_mapping) return suggest(arguments, out, errors);
  const bool on_terminal = &errors == &std::cerr && ::isatty(STDERR_FILENO) == 1;
  ProgressLine line(errors, on_terminal);
  arguments.options.on_progress = [&line](const Progress& progress) { line.show(progress); };
  const Result<Report> report = ingest(arguments);
  line.clear();
  if (!report.ok()) {
    errors << "mangrove ingest: " << report.error().message << '\n';
    return kFailed;
  }
  return finish(report.value(), arguments, out, errors);
}

}  // namespace mangrove::ingest
