#pragma once

#include <optional>
#include <span>
#include <vector>

#include "query/answer.h"
#include "query/explore/places.h"
#include "query/explore/portraits.h"

namespace mangrove::query {

/// Where a place stands: the latest stage of each topic area, and of the place as a whole.
struct Standing {
  std::optional<graph::NodeIndex> topic;
  graph::NodeIndex stage;
  std::optional<Date> since;  ///< Of the first of the judgements in a row that put it there.
};

/// Out of judgements in the order of query/judgements.h: as a whole first, then by id of the topic
/// area.
std::vector<Standing> standings_of(const Context& context,
                                   std::span<const Judgement* const> judgements);

/// What a place did when it stood where another one stands now: see StageLesson. For each of these
/// standings at whose stage it stood too, the last time it did.
Result<std::vector<StageLesson>> lessons_of(const Context& context, Portraits& portraits,
                                            const PreparedFilter& everything,
                                            graph::NodeIndex place,
                                            std::span<const Standing> standings, const Date& until);

/// LEARNED_FROM between the two, either way; by learner, then by source.
Result<std::vector<Learned>> learned_between(const Context& context, graph::NodeIndex a,
                                             graph::NodeIndex b);

}  // namespace mangrove::query
