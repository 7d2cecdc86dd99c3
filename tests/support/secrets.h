#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "graph/batch.h"
#include "tests/support/random_records.h"

/// Random audiences for random records, and a plain reckoning of what is left for a viewer.
namespace mangrove::tests {

/// Subject, source and part: what records are told apart by.
using RecordKey = std::tuple<std::string, std::string, std::string>;
using Records = std::map<RecordKey, graph::Record>;

RecordKey key_of(const graph::Record& record);

/// Hides parts of records from some: whole records, properties, edges, properties of edges and
/// mentions, and nodes, by guards.
class Secrets {
 public:
  /// What may have another audience when it is stated again.
  enum class Changing { nothing, audiences, audiences_and_guards };

  /// Hides about `percent` in a hundred of all there is.
  Secrets(std::uint32_t seed, unsigned percent, Changing changing)
      : chance_(seed), seed_(seed), percent_(percent), changing_(changing) {}

  /// Where guards do not change: records that set them all, to be put first and left there.
  std::vector<graph::Record> guards();

  void hide_parts(graph::Record& record);

  /// Changes a record a little: the order of what it states, or some of what is not for everybody,
  /// so that most see no change.
  void change_a_little(graph::Record& record);

  /// All audiences that are ever named, and one that is not.
  static const std::vector<std::string>& audiences();

 private:
  std::vector<std::string> audience(unsigned percent, const std::string& of);
  std::vector<std::string> guard_on(const std::string& node);
  std::vector<std::string> some_audience(Chance& chance, unsigned percent);
  void hide(std::vector<graph::Property>& properties, const std::string& of);
  void state_twice(graph::Record& record);

  Chance chance_;
  std::uint32_t seed_;
  unsigned percent_;
  Changing changing_;
};

/// The nodes that some guard hides from this viewer.
std::set<std::string> guarded_nodes(const Records& all, const std::vector<std::string>& viewer);

/// What is left of a graph of these records for a viewer of these audiences, with everything else
/// taken out.
Records visible_part(const Records& all, const std::vector<std::string>& viewer);

/// Whether the two state the same, in the same order, to the same audiences.
bool states_the_same(const graph::Record& a, const graph::Record& b);

}  // namespace mangrove::tests
