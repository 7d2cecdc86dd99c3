#include "ingest/identity/match.h"

#include <algorithm>

#include "ingest/draft.h"

namespace mangrove::ingest {

std::string match_id(std::string_view a, std::string_view b) {
  const auto [first, second] = std::minmax(a, b);
  return fingerprint_of(std::string(first) + "\n" + std::string(second));
}

std::string part_of_match(const std::string& match_id) {
  return match_id.substr(0, 2);
}

graph::Record record_of_matches(const std::string& part) {
  graph::Record record;
  record.source = kIdentitySource;
  record.part = part;
  record.subject = {std::string(kIdentitySource), "Source", {}};
  record.subject.properties.push_back({"label", graph::Text{"Mangrove identity", {}}});
  record.subject.properties.push_back({"publisher", graph::Text{"Mangrove", {}}});
  return record;
}

graph::EdgeStatement edge_of(const SameAs& match) {
  graph::EdgeStatement edge{match.a, "SAME_AS", match.b, std::string(to_string(match.state)),
                            {},      {}};
  state_on(edge, "match", match_id(match.a, match.b));
  state_on(edge, "state", to_string(match.state));
  state_on(edge, "score", match.score);
  state_on(edge, "reason", std::string_view(match.reason));
  state_on(edge, "decided_by", "mangrove");
  return edge;
}

}  // namespace mangrove::ingest
