#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"

namespace mangrove::query {

struct MatchesQuestion {
  std::string id = {};     ///< Only matches of this node; empty: of all.
  std::string state = {};  ///< `suggested`, `accepted`, `refused`; empty: all.
  std::string kind = {};   ///< `Actor` or `Initiative`; empty: both.
  Page page = {};
};

/// That two records may be, are, or are not of one thing.
struct MatchRow {
  std::string id;  ///< What the match is called; empty where a source states it in its own words.
  Brief a;
  Brief b;
  std::string state;
  std::optional<double> score;  ///< 0 to 1; nothing where a person decided without the machine.
  std::string reason;
  std::string decided_by;  ///< `mangrove`, or who decided.
  std::string decided;     ///< The day, where a person did.
  std::string source;      ///< Id of the source that states it.
};

struct MatchesAnswer {
  std::size_t total = 0;
  std::vector<MatchRow> items;
};

/// What identity makes of pairs of records: edges of SAME_AS and NOT_SAME_AS. By score, the highest
/// first, those without one before; then by ids. O(actors + initiatives + matches).
Result<MatchesAnswer> matches(const Context& context, const MatchesQuestion& question);

}  // namespace mangrove::query
