#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/batch.h"

/// Random records in which something of everything occurs that the calls of the API answer about:
/// for laws that hold for every answer.
namespace mangrove::tests {

/// Chance, from a seed; the same on every machine.
class Chance {
 public:
  explicit Chance(std::uint32_t seed) : random_(seed) {}

  /// A whole number from 0 to limit - 1.
  std::size_t below(std::size_t limit) { return random_() % limit; }
  /// Whether it happens, `percent` times in a hundred.
  bool happens(unsigned percent) { return random_() % 100 < percent; }
  template <typename T>
  const T& one_of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }
  template <typename T>
  void shuffle(std::vector<T>& all) {
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[below(i)]);
  }

 private:
  std::mt19937 random_;
};

/// A small world: a few dozen nodes, so that many things are shared, many scores are equal, and
/// several sources state the same with other words.
class RandomRecords {
 public:
  explicit RandomRecords(std::uint32_t seed) : chance_(seed) {}

  /// What one of the sources states about one of the nodes, made up anew each time. The same
  /// (subject, source, part) may come again, with another content and a later revision.
  graph::Record next();
  /// Records that differ in (subject, source, part): in any order they make the same graph.
  std::vector<graph::Record> different(std::size_t count);

  /// A moment after all that records have borne so far.
  std::string next_revision();

  /// All ids that records speak of.
  static const std::vector<std::string>& ids();
  static std::string kind_of(std::string_view id);
  /// Words of which titles and descriptions are made.
  static const std::vector<std::string>& words();

 private:
  graph::Record about(const std::string& subject);
  void state_money(graph::Record& record);
  void state_initiative(graph::Record& record);
  void state_actor(graph::Record& record);
  void state_finding(graph::Record& record);
  void state_others(graph::Record& record);
  void tie(graph::Record& record, const std::string& from, std::string_view relation,
           const std::string& to, std::string qualifier);
  void mention(graph::Record& record, const std::string& id);
  void say(std::vector<graph::Property>& properties, std::string name, std::string text,
           std::string language = {});
  std::string phrase(std::size_t length);
  std::string basis();
  std::string one(std::string_view scheme);

  Chance chance_;
  int revisions_ = 0;
};

}  // namespace mangrove::tests
