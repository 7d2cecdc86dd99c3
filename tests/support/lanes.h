#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "graph/batch.h"
#include "graph/graph.h"
#include "tests/support/random_graph.h"

namespace mangrove::tests {

/// What a graph of lanes is searched for.
inline const graph::SearchedProperties kLaneTexts{{"title", 3.0}, {"note", 1.0}};

/// The work of one of several writers: a row of steps, each of which can be made again from its
/// number. So it is known what a graph must hold after so many steps of each writer, in whatever
/// order they came. Lanes meet on the same nodes, and keep to sources of their own.
///
/// A step changes some random records, and a counter that tells how many steps were taken; a lane
/// with documents replaces them all, so that the text index has something to join. Some steps take
/// out a source.
class Lane {
 public:
  Lane(unsigned number, std::size_t documents) : number_(number), documents_(documents) {}

  struct Step {
    graph::Batch batch{};
    std::string removed_source{};  ///< Not empty: what this states goes, and the batch is empty.
  };

  unsigned number() const { return number_; }
  /// How many steps were made so far.
  std::uint32_t steps() const { return steps_; }
  /// Makes one step more.
  Step next();
  void skip_to(std::uint32_t steps);

  /// What this lane states after the steps so far.
  std::vector<graph::Record> standing() const;
  /// Subjects and sources of the same.
  std::vector<std::pair<std::string, std::string>> standing_names() const;

  /// How many steps of this lane the view holds, as far as that can be told from `acknowledged`,
  /// from which it may differ by one. Errors: those of the view.
  Result<std::uint32_t> steps_in(const graph::View& view, std::uint32_t acknowledged) const;

 private:
  static bool removes(std::uint32_t step) { return step % 11 == 0; }
  Step advance();
  std::string own(const std::string& source) const;
  std::string removed_source() const { return own("src:b"); }
  graph::Record counter(std::uint32_t step) const;
  graph::Record document(std::uint32_t step, std::size_t place) const;
  std::uint32_t last_with_documents() const;
  graph::Batch change_some(std::uint32_t step);

  unsigned number_;
  std::size_t documents_;
  std::uint32_t steps_ = 0;
  RandomRecords::Standing standing_;  // Without counter and documents.
};

/// The lane of this number, as all that take part in one test know it: every fourth has documents.
inline Lane lane_of(unsigned number) {
  return {number, number % 4 == 0 ? std::size_t{150} : 0};
}

/// Takes the step. Gives a version that holds it. A record that is refused is an error.
Result<graph::Version> take(graph::Graph& graph, const Lane::Step& step);

/// All that a view shows, what is found by searching included. Errors: the first that a reading
/// meets.
Result<std::string> read_all(const graph::View& view);

/// The latest version as a steward, the public, and somebody in between get to see it.
Result<std::string> read_by_all(const graph::Graph& graph);

/// A graph in memory that holds these records and no others: what they give there is right.
std::unique_ptr<graph::Graph> graph_of(const std::vector<graph::Record>& records);

/// For messages: where two texts begin to differ.
std::string first_difference(const std::string& found, const std::string& expected);

}  // namespace mangrove::tests
