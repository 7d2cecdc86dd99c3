#include "tests/bench/queries/csv_corpus.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string_view>
#include <utility>

#include "graph/base/date.h"

namespace mangrove::bench {
namespace {

constexpr std::size_t kRecordsOfABatch = 4'000;
constexpr std::array kStatuses{"",       "pipeline", "implementation", "finalisation",
                               "closed", "cancelled"};
constexpr std::array kRoles{"", "funding", "accountable", "extending", "implementing"};

using Cells = std::vector<std::string>;

/// The generator's tables: cells in quotes hold no quotes and no line ends.
Cells cells_of(std::string_view line) {
  Cells cells;
  while (true) {
    const bool quoted = line.starts_with('"');
    if (quoted) line.remove_prefix(1);
    const std::size_t end = line.find(quoted ? '"' : ',');
    cells.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + 1);
    if (!quoted) continue;
    if (line.empty()) return cells;
    line.remove_prefix(1);
  }
}

void for_each_row(const std::filesystem::path& table, const std::function<void(Cells)>& visit) {
  std::ifstream file(table);
  std::string line;
  if (!std::getline(file, line)) {
    std::fprintf(stderr, "queries_bench: %s cannot be read\n", table.c_str());
    std::exit(3);
  }
  while (std::getline(file, line)) visit(cells_of(line));
}

std::string actor_id(const Cells& row) {
  return row[1].empty() ? "org:name:bench-" + row[0] : "org:" + row[1];
}

}  // namespace

CsvCorpus::CsvCorpus(const std::filesystem::path& folder) {
  for_each_row(folder / "initiatives.csv", [&](const Cells& row) {
    initiatives_.push_back({"iati:" + row[1], row[2], row[3], kStatuses.at(std::stoul(row[4])),
                            row[5], row[6], std::stod(row[7])});
  });
  for_each_row(folder / "orgs.csv", [&](const Cells& row) {
    actors_.push_back({actor_id(row), row[2]});
  });
  for_each_row(folder / "places.csv", [&](const Cells& row) {
    places_.push_back({"place:" + row[1], row[2]});
  });
  for_each_row(folder / "targets.csv", [&](const Cells& row) {
    targets_.push_back({"sdg:" + row[1], row[1]});
  });
  for_each_row(folder / "sectors.csv", [&](const Cells& row) {
    sectors_.push_back({"sector:dac:" + row[1], row[2]});
  });
  takes_part_ = read_ties(folder / "participates.csv", 1, 0);
  works_in_ = read_ties(folder / "located_in.csv", 0, 1);
  contributes_ = read_ties(folder / "tagged.csv", 0, 1);
  in_sector_ = read_ties(folder / "has_sector.csv", 0, 1);
  related_ = read_ties(folder / "related.csv", 0, 1);
}

CsvCorpus::Ties CsvCorpus::read_ties(const std::filesystem::path& table,
                                     std::size_t initiative_column,
                                     std::size_t other_column) const {
  Ties ties(initiatives_.size());
  for_each_row(table, [&](const Cells& row) {
    Tie tie;
    tie.other = std::stoul(row[other_column]);
    if (row.size() > 2) {
      tie.qualifier = row[2];
      tie.percentage = std::stod(row[2]);
    }
    ties[std::stoul(row[initiative_column])].push_back(std::move(tie));
  });
  return ties;
}

graph::Record CsvCorpus::record(std::size_t number) const {
  const Initiative& initiative = initiatives_[number];
  graph::Record record;
  record.source = "src:bench";
  record.revision = "2024-01-01T00:00:00Z";
  record.origin = "initiatives.csv:" + std::to_string(number + 2);
  record.subject = {initiative.id, "Initiative"};
  auto& properties = record.subject.properties;
  properties = {{"title", graph::Text{initiative.title, "en"}},
                {"description", graph::Text{initiative.description, "en"}},
                {"status", graph::Text{initiative.status, ""}},
                {"budget", initiative.budget}};
  for (const auto& [name, text] :
       {std::pair("start", &initiative.start), {"end", &initiative.end}}) {
    if (const auto date = parse_date(*text)) properties.push_back({name, *date});
  }
  const auto mention = [&](const Named& named, const char* kind, const char* property) {
    record.mentions.push_back({named.id, kind, {{property, graph::Text{named.name, "en"}}}});
  };
  for (const Tie& tie : takes_part_[number]) {
    mention(actors_[tie.other], "Actor", "name");
    record.edges.push_back({actors_[tie.other].id, "TAKES_PART_IN", initiative.id,
                            kRoles.at(std::stoul(tie.qualifier))});
  }
  const auto tie_to = [&](const Ties& ties, const std::vector<Named>& ends, const char* relation,
                          const char* kind, const char* property) {
    for (const Tie& tie : ties[number]) {
      mention(ends[tie.other], kind, property);
      record.edges.push_back({initiative.id, relation, ends[tie.other].id});
      if (tie.percentage > 0) {
        record.edges.back().properties = {{"percentage", tie.percentage}};
      }
    }
  };
  tie_to(works_in_, places_, "WORKS_IN", "Place", "name");
  tie_to(contributes_, targets_, "CONTRIBUTES_TO", "Target", "code");
  tie_to(in_sector_, sectors_, "IN_SECTOR", "Sector", "label");
  for (const Tie& tie : related_[number]) {
    record.edges.push_back({initiative.id, "RELATED_TO", initiatives_[tie.other].id,
                            tie.qualifier == "1"   ? "parent"
                            : tie.qualifier == "2" ? "child"
                                                   : "sibling"});
  }
  return record;
}

void CsvCorpus::load(graph::Graph& graph, std::size_t hidden_every) const {
  for (std::size_t from = 0; from < initiatives_.size(); from += kRecordsOfABatch) {
    graph::Batch batch;
    for (std::size_t i = from; i < std::min(from + kRecordsOfABatch, initiatives_.size()); ++i) {
      graph::Record one = record(i);
      if (hidden_every > 0 && i % hidden_every == 0) one.audience = {"nobody"};
      batch.put(std::move(one));
    }
    const auto report = graph.commit(batch);
    if (report.ok()) continue;
    std::fprintf(stderr, "queries_bench: %s\n", report.error().message.c_str());
    std::exit(3);
  }
}

}  // namespace mangrove::bench
