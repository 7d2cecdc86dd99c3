// Requests that nobody would write on purpose: each gets an answer or a problem, never a failure.

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/support/api.h"
#include "tests/support/raw_http.h"

namespace mangrove::tests {
namespace {

constexpr int kMutations = 1'000;

const std::vector<std::string>& good_targets() {
  static const std::vector<std::string> targets{
      "/api/v1/search?q=child+labour&kind=Initiative,Actor&place=GH&limit=5&lang=fr",
      "/api/v1/nodes/iati:XX-1?lang=en",
      "/api/v1/nodes/sdg:8.7/neighbours?relation=CONTRIBUTES_TO&direction=in&limit=2",
      "/api/v1/initiatives/iati:XX-1/overlaps?from=2019&to=2024&basis=reported",
      "/api/v1/actors/org:XX-A/partners?place=GH&limit=3",
      "/api/v1/paths?from=org:XX-A&to=org:XX-D&max_hops=6&k=3",
      "/api/v1/linkages?target=8.7&basis=reported,mapped",
      "/api/v1/linkages/matrix?level=targets&place=GH",
      "/api/v1/map?by=goals&from=2015&to=2020",
      "/api/v1/timeline?target=8.7",
      "/api/v1/money?by=flow&currency=USD&place=GH&from=2018&to=2022",
      "/api/v1/analytics/pagerank?relation=TAKES_PART_IN,WORKS_IN&kind=Actor&limit=3&iterations=4",
      "/api/v1/analytics/bridges?among=Actor,Initiative&place=GH",
      "/api/v1/nodes/iati:XX-1/reach?hops=3&relation=WORKS_IN",
      "/api/v1/graph?seed=iati:XX-1&hops=2&limit=20",
      "/api/v1/stats",
      "/api/v1/vocabularies/sdg?basis=reported&limit=10",
      "/api/v1/schema?lang=es",
      "/health/ready",
  };
  return targets;
}

// Pieces that have broken parsers elsewhere; none of them ends the request line.
const std::vector<std::string>& nasty_pieces() {
  static const std::vector<std::string> pieces{
      "%",
      "%00",
      "%0d%0a",
      "%2F",
      "%2e%2e%2f",
      "..",
      "//",
      "&&&&",
      "====",
      "?",
      "%FF",
      "%ED%A0%80",
      "+",
      "%25",
      "-1",
      "1e999",
      "NaN",
      "null",
      "%F0%9F%8C%B1",
      "[]",
      "{}",
      "%22",
      "'",
      ";",
      "\\",
      "9999999999999999999",
      "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      "&limit=200",
      "&kind=",
      "%C2%9B",
      "a%CC%81",
  };
  return pieces;
}

std::string mutated(std::string target, std::mt19937& random) {
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  const std::size_t changes = 1 + below(4);
  for (std::size_t i = 0; i < changes && target.size() > 1; ++i) {
    const std::size_t place = 1 + below(target.size() - 1);  // The first slash stays.
    switch (below(5)) {
      case 0:
        target.erase(place, 1 + below(6));
        break;
      case 1:
        target.insert(place, nasty_pieces()[below(nasty_pieces().size())]);
        break;
      case 2:
        target[place] = static_cast<char>('!' + below('~' - '!'));
        break;
      case 3:
        target += "&" + target.substr(place);
        break;
      default:
        target.insert(place, std::string(1 + below(300), target[place]));
    }
  }
  return target;
}

TEST(MutatedTargets, GetAnAnswerOrAProblemAndNeverAFailure) {
  const RunningApi api;
  std::mt19937 random(20'261);  // The same targets in every run.
  std::map<int, int> statuses;
  for (int i = 0; i < kMutations; ++i) {
    const auto& seeds = good_targets();
    const std::string target = mutated(seeds[static_cast<std::size_t>(i) % seeds.size()], random);
    const auto responses = exchange(
        api.port(), "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(api.port()) +
                        "\r\nConnection: close\r\n\r\n");
    ASSERT_EQ(responses.size(), 1U) << target;
    const int status = responses[0].status;
    ++statuses[status];
    EXPECT_TRUE(status == 200 || (status >= 400 && status < 500)) << status << " " << target;
    if (status != 200) {
      EXPECT_EQ(responses[0].header("content-type"), "application/problem+json") << target;
    }
  }
  EXPECT_GT(statuses[200], 0);
  EXPECT_GT(statuses[400], 0);
  EXPECT_EQ(at(api.ok("/health/ready"), "status"), "ready");
}

}  // namespace
}  // namespace mangrove::tests
