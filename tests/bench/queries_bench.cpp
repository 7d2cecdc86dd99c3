// Times the benchmark's questions in the process, in one thread, warm, with reasons, as one viewer
// sees the graph; queries.py makes the corpus, runs this and the floor, and compares the two.
//
//   queries_bench GRAPH TABLES PARAMETERS ANSWERS.json [--hide-every N]
//
// GRAPH is made from the tables where it is not there yet.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "graph/cache_size.h"
#include "graph/graph.h"
#include "ontology/ontology.h"
#include "query/analytics/analytics.h"
#include "query/captions.h"
#include "query/explore/linkage_matrix.h"
#include "query/explore/linkages.h"
#include "query/explore/map.h"
#include "query/explore/neighbours.h"
#include "query/explore/nodes.h"
#include "query/explore/overlaps.h"
#include "query/explore/partners.h"
#include "query/explore/paths.h"
#include "query/explore/reach.h"
#include "tests/bench/queries/csv_corpus.h"

namespace {

using namespace mangrove;
using Clock = std::chrono::steady_clock;
using Arguments = std::vector<std::string>;

constexpr std::size_t kRows = 20;
constexpr std::size_t kWarmingRuns = 3;
constexpr double kSecondsMax = 20;  // Of one question.

template <typename T>
T must(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "queries_bench: %s\n", result.error().message.c_str());
    std::exit(3);
  }
  return std::move(result).value();
}

/// One question: what is timed, and what of its answer is compared with the floor's.
struct Question {
  std::string name;
  /// Answers with these parameters; gives what to compare, as JSON.
  std::function<Result<std::string>(const query::Context&, const Arguments&)> ask;
};

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

/// The names of the floor's questions, each over the question of the product that a user would ask.
std::vector<Question> questions(const bench::CsvCorpus& corpus) {
  const auto index = [](const std::string& text) { return std::stoul(text); };
  std::vector<Question> all;
  all.push_back(
      {"Q1", [](const query::Context& context, const Arguments& asked) -> Result<std::string> {
         const auto answer = TRY(query::node(context, "iati:" + asked[0]));
         return std::to_string(answer.properties.size());
       }});
  all.push_back({"Q2",
                 [&corpus, index](const query::Context& context,
                                  const Arguments& asked) -> Result<std::string> {
                   const auto answer =
                       TRY(query::neighbours(context, {.id = corpus.actor(index(asked[0])),
                                                       .relations = {"TAKES_PART_IN"},
                                                       .page = {.limit = 1'000'000}}));
                   return std::to_string(answer.items.size());
                 }});
  all.push_back({"Q3",
                 [&corpus, index](const query::Context& context,
                                  const Arguments& asked) -> Result<std::string> {
                   const auto answer =
                       TRY(query::overlaps(context, {.id = corpus.initiative(index(asked[0])),
                                                     .page = {.limit = kRows}}));
                   return std::to_string(answer.items.size());
                 }});
  all.push_back({"Q4",
                 [&corpus, index](const query::Context& context,
                                  const Arguments& asked) -> Result<std::string> {
                   const auto answer =
                       TRY(query::paths(context, {.from = corpus.actor(index(asked[0])),
                                                  .to = corpus.actor(index(asked[1])),
                                                  .k = 1,
                                                  .relations = {"TAKES_PART_IN"}}));
                   return answer.items.empty() ? std::string("-1")
                                               : std::to_string(answer.items[0].steps.size());
                 }});
  all.push_back({"Q5",
                 [&corpus, index](const query::Context& context,
                                  const Arguments& asked) -> Result<std::string> {
                   const auto answer = TRY(query::partners(
                       context, {.id = corpus.actor(index(asked[0])), .page = {.limit = kRows}}));
                   return std::to_string(answer.items.size());
                 }});
  all.push_back({"Q6",
                 [&corpus, index](const query::Context& context,
                                  const Arguments& asked) -> Result<std::string> {
                   const auto answer =
                       TRY(query::linkages(context, {.target = corpus.target(index(asked[0])),
                                                     .page = {.limit = 200}}));
                   double lifts = 0;
                   for (const auto& item : answer.items) {
                     if (item.together) lifts += item.together->lift;
                   }
                   return number(lifts);
                 }});
  all.push_back(
      {"Q6b", [](const query::Context& context, const Arguments&) -> Result<std::string> {
         const auto answer =
             TRY(query::linkage_matrix(context, {.level = query::Contributions::Level::targets}));
         std::uint64_t sum = 0;
         for (const query::Pairing& pair : answer.pairs) sum += pair.n;
         return "[" + std::to_string(answer.pairs.size()) + "," + std::to_string(sum) + "]";
       }});
  all.push_back({"Q7", [](const query::Context& context, const Arguments&) -> Result<std::string> {
                   const auto answer =
                       TRY(query::map(context, {.by = query::Contributions::Level::targets}));
                   std::uint64_t cells = 0;
                   std::uint64_t sum = 0;
                   for (const query::PlaceCount& place : answer.items) {
                     cells += place.ends.size();
                     for (const query::EndCount& each : place.ends) sum += each.initiatives;
                   }
                   return "[" + std::to_string(cells) + "," + std::to_string(sum) + "]";
                 }});
  all.push_back({"Q8", [](const query::Context& context, const Arguments&) -> Result<std::string> {
                   const auto answer = TRY(
                       query::analytics(context, {.measure = query::Measure::pagerank,
                                                  .projection = {.kinds = {"Actor", "Initiative"}},
                                                  .show = {"Actor"},
                                                  .pagerank = {.iterations = 20},
                                                  .page = {.limit = kRows}}));
                   return number(answer.items[0].score);
                 }});
  for (const auto& [name, hops] : {std::pair("Q9a", 2U), {"Q9b", 3U}}) {
    all.push_back({name,
                   [&corpus, index, hops = hops](const query::Context& context,
                                                 const Arguments& asked) -> Result<std::string> {
                     const auto answer = TRY(query::reach(
                         context, {.id = corpus.actor(index(asked[0])), .hops = hops}));
                     return std::to_string(answer.total);
                   }});
  }
  return all;
}

/// The parameters of each question, in the order of the file: `Q2 17` a line.
std::map<std::string, std::vector<Arguments>> read_parameters(const char* path) {
  std::map<std::string, std::vector<Arguments>> all;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    Arguments arguments;
    for (std::string word; words >> word;) arguments.push_back(word);
    all[name].push_back(std::move(arguments));
  }
  return all;
}

struct Timed {
  std::vector<double> milliseconds;  // Sorted.
  std::vector<std::string> answers;  // In the order asked.

  double at(double share) const {
    const auto place = static_cast<std::size_t>(share * static_cast<double>(milliseconds.size()));
    return milliseconds[std::min(place, milliseconds.size() - 1)];
  }
};

Timed time(const Question& question, const std::vector<Arguments>& parameters,
           const graph::View& view, const ontology::Schema& schema) {
  const auto ask = [&](const Arguments& arguments) {
    Budget budget;
    return question.ask({view, schema, budget}, arguments);
  };
  for (std::size_t i = 0; i < std::min(kWarmingRuns, parameters.size()); ++i) {
    static_cast<void>(ask(parameters[i]));
  }
  Timed timed;
  const auto begin = Clock::now();
  for (const Arguments& arguments : parameters) {
    const auto start = Clock::now();
    auto answer = ask(arguments);
    const std::chrono::duration<double, std::milli> took = Clock::now() - start;
    // What is hidden is not there to be asked about.
    if (!answer.ok() && answer.error().code == ErrorCode::not_found) continue;
    timed.answers.push_back(must(std::move(answer)));
    timed.milliseconds.push_back(took.count());
    if (Clock::now() - begin > std::chrono::duration<double>(kSecondsMax)) break;
  }
  std::sort(timed.milliseconds.begin(), timed.milliseconds.end());
  return timed;
}

/// Reads what a server reads ahead of the first question; says what that costs.
void warm(const graph::View& view, const ontology::Schema& schema) {
  Budget budget;
  const query::Context context{view, schema, budget};
  const auto start = Clock::now();
  const auto captions = query::Captions::of(context);
  const Status read = captions->read_all(context);
  if (!read.ok()) {
    std::fprintf(stderr, "queries_bench: %s\n", read.error().message.c_str());
    std::exit(3);
  }
  const std::chrono::duration<double> took = Clock::now() - start;
  std::fprintf(stderr, "captions of %u nodes: %.2f s, %.1f MB\n", view.node_limit(), took.count(),
               static_cast<double>(captions->bytes()) / 1e6);
}

void write(std::FILE* file, const std::string& name, const Timed& timed, bool first) {
  std::fprintf(file, "%s\"%s\":{\"p50\":%.5f,\"p95\":%.5f,\"p99\":%.5f,\"n\":%zu,\"a\":[",
               first ? "" : ",", name.c_str(), timed.at(0.5), timed.at(0.95), timed.at(0.99),
               timed.milliseconds.size());
  for (std::size_t i = 0; i < timed.answers.size(); ++i) {
    std::fprintf(file, "%s%s", i == 0 ? "" : ",", timed.answers[i].c_str());
  }
  std::fprintf(file, "]}");
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 5) {
    std::fprintf(stderr,
                 "usage: queries_bench GRAPH TABLES PARAMETERS ANSWERS.json [--hide-every N]\n");
    return 2;
  }
  std::size_t hide_every = 0;
  if (count == 7 && std::strcmp(arguments[5], "--hide-every") == 0) {
    hide_every = std::stoul(arguments[6]);
  }
  const bench::CsvCorpus corpus(arguments[2]);
  const ontology::Ontology ontology = must(ontology::Ontology::load());
  const std::filesystem::path folder = arguments[1];
  if (!std::filesystem::exists(folder)) {
    const auto start = Clock::now();
    graph::Options options;
    options.bulk_load = true;
    corpus.load(*must(graph::Graph::open(folder, options)), hide_every);
    const std::chrono::duration<double> took = Clock::now() - start;
    std::fprintf(stderr, "loaded in %.1f s\n", took.count());
  }
  graph::Options options;
  options.cache_bytes = graph::cache_bytes_for_serving();
  const auto graph = must(graph::Graph::open(folder, options));
  const graph::View view = graph->view();
  warm(view, ontology.schema());
  const auto parameters = read_parameters(arguments[3]);

  std::FILE* const file = std::fopen(arguments[4], "w");
  if (file == nullptr) {
    std::perror(arguments[4]);
    return 3;
  }
  std::fprintf(file, "{\"q\":{");
  bool first = true;
  for (const Question& question : questions(corpus)) {
    const auto asked = parameters.find(question.name);
    if (asked == parameters.end()) continue;
    const Timed timed = time(question, asked->second, view, ontology.schema());
    std::fprintf(stderr, "%-4s p50 %9.4f ms  p95 %9.4f ms  p99 %9.4f ms  n %zu\n",
                 question.name.c_str(), timed.at(0.5), timed.at(0.95), timed.at(0.99),
                 timed.milliseconds.size());
    write(file, question.name, timed, first);
    first = false;
  }
  std::fprintf(file, "}}\n");
  std::fclose(file);
  return 0;
}
