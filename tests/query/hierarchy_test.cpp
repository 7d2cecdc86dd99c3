#include "query/hierarchy.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/draw.h"
#include "tests/support/random_records.h"

namespace mangrove::query {
namespace {

using test::draw;
using test::Drawn;

struct Asked {
  explicit Asked(const Drawn& graph) : context(graph.context()), same(context) {
    const graph::Kind initiative = context.view.name("Initiative");
    hierarchy = Hierarchy::of(context, same, context.view.nodes_of_kind(initiative)).value();
  }

  graph::NodeIndex node(const std::string& id) const { return *context.view.find("init:" + id); }
  std::string parent(const std::string& id) const {
    const auto above = hierarchy.parent(node(id));
    return above ? std::string(context.view.id(*above)) : "none";
  }
  /// The names of those that count.
  std::string once(const std::vector<std::pair<std::string, double>>& told) const {
    std::vector<Hierarchy::Told> sums;
    for (const auto& [id, amount] : told) {
      sums.push_back({node(id), {}});
      sums.back().sum.add(amount);
    }
    const std::vector<bool> counts = hierarchy.once(sums);
    std::string names;
    for (std::size_t i = 0; i < told.size(); ++i) {
      if (counts[i]) names += (names.empty() ? "" : " ") + told[i].first;
    }
    return names;
  }

  Context context;
  Same same;
  Hierarchy hierarchy;
};

TEST(Hierarchy, ReadsParentsFromBothEnds) {
  const auto graph = draw(R"(
      part -RELATED_TO/parent-> whole      whole -RELATED_TO/child-> other
      stray -RELATED_TO/sibling-> whole    stray -RELATED_TO/money-> whole
  )");
  const Asked asked(graph);
  EXPECT_EQ(asked.parent("part"), "init:whole");
  EXPECT_EQ(asked.parent("other"), "init:whole");
  EXPECT_EQ(asked.parent("stray"), "none");
  EXPECT_EQ(asked.parent("whole"), "none");
}

TEST(Hierarchy, OfSeveralParentsTakesTheFirstAndBreaksCircles) {
  const auto graph = draw(R"(
      part -RELATED_TO/parent-> z    part -RELATED_TO/parent-> b   self -RELATED_TO/parent-> self
      m -RELATED_TO/parent-> n -RELATED_TO/parent-> o -RELATED_TO/parent-> m
  )");
  const Asked asked(graph);
  EXPECT_EQ(asked.parent("part"), "init:b");
  EXPECT_EQ(asked.parent("self"), "none");
  EXPECT_EQ(asked.parent("m"), "none") << "the first by id of the circle is its top";
  EXPECT_EQ(asked.parent("n"), "init:o");
  EXPECT_EQ(asked.parent("o"), "init:m");
}

TEST(Hierarchy, CountsTheWholeOrItsPartsWhicheverIsMore) {
  const auto graph = draw(R"(
      a -RELATED_TO/parent-> whole   b -RELATED_TO/parent-> whole   leaf -RELATED_TO/parent-> a
      alone
  )");
  const Asked asked(graph);
  EXPECT_EQ(asked.once({{"whole", 100}, {"a", 30}, {"b", 50}, {"alone", 7}}), "whole alone");
  EXPECT_EQ(asked.once({{"whole", 100}, {"a", 70}, {"b", 50}}), "a b");
  EXPECT_EQ(asked.once({{"whole", 80}, {"a", 30}, {"b", 50}}), "a b") << "parts tell more exactly";
  EXPECT_EQ(asked.once({{"whole", 100}, {"leaf", 120}}), "leaf") << "whatever lies between";
  EXPECT_EQ(asked.once({{"whole", 100}, {"a", 20}, {"leaf", 60}, {"b", 50}}), "leaf b");
  EXPECT_EQ(asked.once({{"whole", 200}, {"a", 20}, {"leaf", 60}, {"b", 50}}), "whole");
}

TEST(Hierarchy, KnowsWholesByAnyOfTheirRecords) {
  const auto graph = draw(R"(
      whole -SAME_AS/accepted-> again   part -RELATED_TO/parent-> whole
  )");
  const Asked asked(graph);
  EXPECT_EQ(asked.parent("part"), "init:again");
}

/// What a thing is worth, straight from the definition.
double worth(const Asked& asked, const std::vector<std::pair<std::string, double>>& told,
             const std::string& of, int depth = 0) {
  double own = 0;
  double parts = 0;
  bool any = false;
  for (const auto& [id, amount] : told) {
    if (id == of) own = amount;
    if (asked.parent(id) != "init:" + of || depth > 20) continue;
    parts += worth(asked, told, id, depth + 1);
    any = true;
  }
  return any ? std::max(own, parts) : own;
}

TEST(Hierarchy, AddsUpToWhatTheTopsAreWorthOnRandomForests) {
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
    tests::Chance chance(seed);
    std::string drawing;
    std::vector<std::pair<std::string, double>> told;
    for (int i = 0; i < 9; ++i) {
      const std::string name = "n" + std::to_string(i);
      drawing += name + "{title=x}\n";
      if (chance.happens(70)) {
        drawing += name + " -RELATED_TO/parent-> n" + std::to_string(chance.below(9)) + "\n";
      }
      told.emplace_back(name, static_cast<double>(chance.below(6)));
    }
    const auto graph = draw(drawing);
    const Asked asked(graph);
    double expected = 0;
    for (const auto& [id, amount] : told) {
      if (asked.parent(id) == "none") expected += worth(asked, told, id);
    }
    const std::string counting = " " + asked.once(told) + " ";
    double counted = 0;
    std::set<std::string> names;
    for (const auto& [id, amount] : told) {
      if (counting.find(" " + id + " ") == std::string::npos) continue;
      counted += amount;
      names.insert(id);
    }
    EXPECT_EQ(counted, expected) << drawing;
    for (const std::string& id : names) {  // Never a whole and a part of it.
      const std::string above = asked.parent(id);
      EXPECT_FALSE(above != "none" && names.contains(above.substr(5))) << drawing;
    }
  }
}

}  // namespace
}  // namespace mangrove::query
