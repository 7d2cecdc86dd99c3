#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/batch.h"

/// Random graphs, as plain lists of edges for naive references, and as records for the real thing.
namespace mangrove::test {

struct WorldSize {
  int initiatives = 30;
  int actors = 12;
  int places = 5;
  int targets = 8;
  double density = 1;  ///< Of the ties of an initiative.
};

/// A world of initiatives with actors, places, targets, determinants, groups, sectors and means.
class RandomWorld {
 public:
  RandomWorld(std::uint32_t seed, const WorldSize& size);

  const std::vector<graph::EdgeStatement>& edges() const { return edges_; }
  const std::vector<std::string>& initiatives() const { return initiatives_; }
  const std::vector<std::string>& actors() const { return actors_; }
  /// Every node that any edge names.
  std::vector<std::string> nodes() const;

  std::vector<graph::Record> records() const;

  /// The far ends of a node by one relation; each once, sorted.
  std::set<std::string> ends(const std::string& node, const std::string& relation,
                             bool out = true) const;
  /// Neighbours whatever the relation and direction.
  std::set<std::string> neighbours(const std::string& node) const;
  /// Different neighbours by each relation and direction, added up.
  std::uint64_t connections(const std::string& node) const;

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  void tie(const std::string& from, const std::string& relation, const std::string& to,
           const std::string& qualifier);
  void tie_some(const std::string& from, const std::string& relation, const std::string& prefix,
                int kinds, int most);

  std::mt19937 random_;
  WorldSize size_;
  std::vector<std::string> initiatives_;
  std::vector<std::string> actors_;
  std::vector<graph::EdgeStatement> edges_;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> out_;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> in_;
};

}  // namespace mangrove::test
