#include "ingest/identity/candidates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace mangrove::ingest {
namespace {

Body body(const std::string& name, const std::string& reference = {}) {
  Body body;
  body.id = "org:" + name;
  if (!name.empty()) body.names.push_back(name_form(name));
  if (!reference.empty()) body.references.push_back({normal_reference(reference), true});
  return body;
}

bool together(const Body& a, const Body& b) {
  return !candidate_pairs(std::vector<Body>{a, b}).empty();
}

TEST(Candidates, ComeTogetherByWhatTheyShare) {
  EXPECT_TRUE(together(body("Rivers without Debt"), body("Debt without Rivers")));
  EXPECT_TRUE(together(body("Rivers without Debt"), body("Rivers wihtout Debt")));
  EXPECT_TRUE(together(body("World Food Programme"), body("WFP")));
  EXPECT_TRUE(together(body("Muhammad Yusuf Trust"), body("Mohamed Yousef Trust")));
  EXPECT_TRUE(together(body("One", "GB-COH-00212481"), body("Two", "GB-CHC-212481")));
  EXPECT_TRUE(together(body("One", "41114"), body("Two", "XM-DAC-41114")));
  EXPECT_FALSE(together(body("Rivers without Debt"), body("Sea and Sand")));
}

TEST(Candidates, HoldEveryPairThatIsASlipApartWhateverTheOthersAre) {
  std::mt19937 random(5);
  const std::vector<std::string> kWords{"Bright", "Rescue",   "Harvest",
                                        "Labour", "Mountain", "Dignity"};
  std::vector<Body> bodies;
  std::vector<std::string> wholes;
  for (int i = 0; i < 300; ++i) {
    std::string name;
    for (int n = 0; n < 3; ++n) name += kWords[random() % kWords.size()] + " ";
    name += std::string(1, static_cast<char>('a' + random() % 26)) +
            std::string(1, static_cast<char>('a' + random() % 26)) + "quay";
    if (i % 2 == 1) {  // The one before, with two letters changed about.
      name = bodies.back().id.substr(4);
      const std::size_t at = random() % (name.size() - 1);
      std::swap(name[at], name[at + 1]);
    }
    bodies.push_back(body(name));
    wholes.push_back(bodies.back().names[0].whole);
  }
  const std::vector<CandidatePair> pairs = candidate_pairs(bodies);
  EXPECT_TRUE(std::is_sorted(pairs.begin(), pairs.end()));
  for (std::uint32_t a = 0; a < bodies.size(); ++a) {
    for (std::uint32_t b = a + 1; b < bodies.size(); ++b) {
      if (!is_slip(wholes[a], wholes[b])) continue;
      EXPECT_TRUE(std::binary_search(pairs.begin(), pairs.end(), CandidatePair{a, b}))
          << bodies[a].id << " | " << bodies[b].id;
    }
  }
}

TEST(Candidates, AreNeverAllPairs) {
  std::vector<Body> bodies;
  for (int i = 0; i < 3000; ++i) {
    bodies.push_back(body("Ministry of Health"));
    bodies.back().id += std::to_string(i);
  }
  EXPECT_LE(candidate_pairs(bodies).size(), bodies.size() * kBlockWindow);
}

}  // namespace
}  // namespace mangrove::ingest
