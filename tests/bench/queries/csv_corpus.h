#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "graph/graph.h"

namespace mangrove::bench {

/// The benchmark's corpus as its tables have it: who is who is settled, and nothing is concluded
/// from words, so that a graph of it answers the same as arrays of the same numbers.
class CsvCorpus {
 public:
  /// Reads the tables that the generator wrote into this folder. Ends the program with a message
  /// where one is missing.
  explicit CsvCorpus(const std::filesystem::path& folder);

  /// Loads all of it in large durable batches. Every `hidden_every`-th initiative is for an
  /// audience that nobody is in; none with 0.
  void load(graph::Graph& graph, std::size_t hidden_every) const;

  /// Public ids by the numbers of the tables.
  const std::string& initiative(std::size_t number) const { return initiatives_[number].id; }
  const std::string& actor(std::size_t number) const { return actors_[number].id; }
  const std::string& target(std::size_t number) const { return targets_[number].id; }

 private:
  struct Initiative {
    std::string id;
    std::string title;
    std::string description;
    std::string status;
    std::string start;
    std::string end;
    double budget = 0;
  };
  struct Named {
    std::string id;
    std::string name;
  };
  struct Tie {
    std::size_t other = 0;
    std::string qualifier;
    double percentage = 0;
  };
  using Ties = std::vector<std::vector<Tie>>;  // By initiative.

  Ties read_ties(const std::filesystem::path& table, std::size_t initiative_column,
                 std::size_t other_column) const;
  graph::Record record(std::size_t number) const;

  std::vector<Initiative> initiatives_;
  std::vector<Named> actors_;
  std::vector<Named> places_;
  std::vector<Named> targets_;
  std::vector<Named> sectors_;
  Ties takes_part_;
  Ties works_in_;
  Ties contributes_;
  Ties in_sector_;
  Ties related_;
};

}  // namespace mangrove::bench
