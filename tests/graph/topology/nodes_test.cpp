#include "graph/topology/nodes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

namespace mangrove::graph {
namespace {

/// Sees these policies of 0 to 4, the public one always.
Sight sight_of(std::vector<std::uint16_t> policies) {
  std::vector<bool> seen(5);
  seen[0] = true;
  for (const std::uint16_t policy : policies) seen[policy] = true;
  return Sight(std::move(seen), false);
}

const Sight kEveryone;
const Sight kSteward({}, true);

TEST(NodeTable, ANodeExistsWhileStatementsAreLeft) {
  const NodeTable::Change two{NodeIndex{2000}, Kind{4}, kPublic, 2};
  const NodeTable once = NodeTable{}.with({{two}}, {});
  EXPECT_TRUE(once.exists(NodeIndex{2000}, kEveryone));
  EXPECT_FALSE(once.exists(NodeIndex{1999}, kEveryone));
  EXPECT_FALSE(once.exists(NodeIndex{5000}, kEveryone));
  EXPECT_EQ(once.public_kind(NodeIndex{2000}), Kind{4});
  EXPECT_EQ(once.public_statements(NodeIndex{2000}), 2u);
  EXPECT_EQ(once.limit(), 2001u);

  const NodeTable::Change gone{NodeIndex{2000}, Kind{4}, kPublic, -2};
  const NodeTable after = once.with({{gone}}, {});
  EXPECT_FALSE(after.exists(NodeIndex{2000}, kSteward));
  EXPECT_EQ(after.public_kind(NodeIndex{2000}), kNoName);
  EXPECT_TRUE(once.exists(NodeIndex{2000}, kEveryone));
}

TEST(NodeTable, ANodeStatedInPrivateExistsForThoseWhoSeeIt) {
  const NodeTable::Change hidden{NodeIndex{7}, Kind{4}, Policy{2}, 1};
  const NodeTable table = NodeTable{}.with({{hidden}}, {});
  EXPECT_FALSE(table.exists(NodeIndex{7}, kEveryone));
  EXPECT_FALSE(table.exists(NodeIndex{7}, sight_of({1})));
  EXPECT_TRUE(table.exists(NodeIndex{7}, sight_of({1, 2})));
  EXPECT_TRUE(table.exists(NodeIndex{7}, kSteward));
  EXPECT_EQ(table.public_kind(NodeIndex{7}), kNoName);
  ASSERT_EQ(table.special(NodeIndex{7}).size(), 1u);
  EXPECT_EQ(table.special(NodeIndex{7})[0], (NodeTable::Special{7, false, Kind{4}, Policy{2}, 1}));
}

TEST(NodeTable, EveryGuardMustLetAViewerPassWhoeverElseSpeaksOfTheNode) {
  const std::vector<NodeTable::Change> stated{{NodeIndex{7}, Kind{4}, kPublic, 3}};
  const std::vector<NodeTable::GuardChange> guards{{NodeIndex{7}, Policy{1}, 1},
                                                   {NodeIndex{7}, Policy{2}, 2}};
  const NodeTable table = NodeTable{}.with(stated, guards);
  EXPECT_FALSE(table.exists(NodeIndex{7}, kEveryone));
  EXPECT_FALSE(table.exists(NodeIndex{7}, sight_of({1})));
  EXPECT_TRUE(table.exists(NodeIndex{7}, sight_of({1, 2})));

  const std::vector<NodeTable::GuardChange> fewer{{NodeIndex{7}, Policy{2}, -1},
                                                  {NodeIndex{7}, Policy{1}, -1}};
  const NodeTable less = table.with({}, fewer);
  EXPECT_FALSE(less.exists(NodeIndex{7}, kEveryone));
  EXPECT_TRUE(less.exists(NodeIndex{7}, sight_of({2})));
}

TEST(NodeTable, AKindMayChangeInOneStepInWhateverOrderItIsTold) {
  const NodeTable::Change old{NodeIndex{7}, Kind{4}, kPublic, 1};
  std::vector<NodeTable::Change> changes{{NodeIndex{7}, Kind{4}, kPublic, -1},
                                         {NodeIndex{7}, Kind{5}, kPublic, 1},
                                         {NodeIndex{7}, Kind{5}, kPublic, -1},
                                         {NodeIndex{7}, Kind{6}, kPublic, 1}};
  const NodeTable before = NodeTable{}.with({{old}}, {});
  std::mt19937 random(1);
  for (int i = 0; i < 24; ++i) {
    const NodeTable after = before.with(changes, {});
    ASSERT_EQ(after.public_kind(NodeIndex{7}), Kind{6});
    ASSERT_EQ(after.public_statements(NodeIndex{7}), 1u);
    std::shuffle(changes.begin(), changes.end(), random);
  }
}

TEST(NodeTable, OfTwoPublicKindsTheOneThatIsLeftStands) {
  const NodeIndex node{7};
  const auto change = [&](std::uint16_t kind, std::int32_t more) {
    return std::vector<NodeTable::Change>{{node, Kind{kind}, kPublic, more}};
  };
  const NodeTable both = NodeTable{}.with(change(4, 1), {}).with(change(5, 2), {});
  EXPECT_EQ(both.public_kind(node), Kind{4});
  ASSERT_EQ(both.special(node).size(), 1u);
  EXPECT_TRUE(both.exists(node, kEveryone));

  const NodeTable second = both.with(change(4, -1), {});
  EXPECT_EQ(second.public_kind(node), Kind{5});
  EXPECT_EQ(second.public_statements(node), 2u);
  EXPECT_TRUE(second.special(node).empty());
  EXPECT_TRUE(second.exists(node, kEveryone));

  const NodeTable first = both.with(change(5, -2), {});
  EXPECT_EQ(first.public_kind(node), Kind{4});
  EXPECT_TRUE(first.special(node).empty());
  EXPECT_FALSE(first.with(change(4, -1), {}).exists(node, kEveryone));
}

/// The counts, in plain maps.
struct Model {
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::int32_t> statements;  // Node, policy.
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::int32_t> guards;

  bool exists(std::uint32_t node, const Sight& sight) const {
    bool stated = false;
    for (std::uint16_t policy = 0; policy < 5; ++policy) {
      const bool seen = sight.sees(Policy{policy});
      const auto guard = guards.find({node, policy});
      if (guard != guards.end() && guard->second > 0 && !seen) return false;
      const auto statement = statements.find({node, policy});
      if (statement != statements.end() && statement->second > 0 && seen) stated = true;
    }
    return stated;
  }
};

TEST(NodeTable, AgreesWithMapsOverRandomHistoriesAndOldVersionsStay) {
  std::mt19937 random(9);
  const auto below = [&](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random()) % limit;
  };
  Model model;
  NodeTable table;
  for (int step = 0; step < 300; ++step) {
    const Model old_model = model;
    std::vector<NodeTable::Change> changes;
    std::vector<NodeTable::GuardChange> guards;
    for (std::uint32_t i = below(20); i > 0; --i) {
      const std::pair at{below(40) * 61, static_cast<std::uint16_t>(below(5))};
      const std::int32_t delta = model.statements[at] > 0 && below(2) == 0 ? -1 : 1;
      model.statements[at] += delta;
      const Kind kind{static_cast<std::uint16_t>(at.first % 5 + 1)};
      changes.push_back({NodeIndex{at.first}, kind, Policy{at.second}, delta});
    }
    for (std::uint32_t i = below(3); i > 0; --i) {
      const std::pair at{below(40) * 61, static_cast<std::uint16_t>(1 + below(4))};
      const std::int32_t delta = model.guards[at] > 0 && below(3) != 0 ? -1 : 1;
      model.guards[at] += delta;
      guards.push_back({NodeIndex{at.first}, Policy{at.second}, delta});
    }
    std::shuffle(changes.begin(), changes.end(), random);
    const NodeTable before = table;
    table = table.with(changes, guards);
    for (const Sight& sight :
         {kEveryone, kSteward, sight_of({1}), sight_of({2, 3}), sight_of({1, 2, 3, 4})}) {
      for (std::uint32_t node = 0; node < 40 * 61; node += 61) {
        ASSERT_EQ(table.exists(NodeIndex{node}, sight), model.exists(node, sight)) << node;
        ASSERT_EQ(before.exists(NodeIndex{node}, sight), old_model.exists(node, sight)) << node;
      }
    }
  }
}

}  // namespace
}  // namespace mangrove::graph
