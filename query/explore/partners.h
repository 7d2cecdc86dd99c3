#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"

namespace mangrove::query {

struct PartnersQuestion {
  std::string id = {};  ///< Of an actor.
  Filter filter =
      {};  ///< Of the initiatives that make the common ground. Its bases decide which subjects and
           ///< means count; who takes part and where work is done always count.
  Page page = {};
};

enum class PartnerType {
  alike,          ///< Does the same kind of work on the same ground.
  complementary,  ///< Works on the same ground by other means.
};
std::string_view to_string(PartnerType type);

/// How two actors hang together through third ones.
struct Introduction {
  std::vector<Step> steps;
};

struct Partner {
  Brief node;
  double score = 0;
  PartnerType type = PartnerType::alike;
  std::string reading;      ///< The suggestion in one English sentence.
  std::vector<Reason> why;  ///< The most telling first; the weights add up to the score.
  std::optional<Introduction> introduction;  ///< Nothing within kIntroductionHops.
};

struct PartnersAnswer {
  Brief of;
  std::size_t total = 0;
  std::vector<Partner> items;
};

inline constexpr unsigned kIntroductionHops = 6;
/// What another type of organisation counts for, on common ground.
inline constexpr double kOtherActorType = 0.2;

/// Actors worth meeting: they share ground with this one through their initiatives, but no
/// initiative, and are not tied directly. What is true of one record of an actor is true of all
/// that are the same (query/same.h): of who asks, of whom it knows, and of whom it may meet, who
/// is suggested once.
///
/// Common ground is a pair (target, goal, determinant or group; place) in which both are active.
///
///     alike         = sum over shared (target, goal or determinant; place)  w / ln(2 + n)
///                   + sum over shared groups and sectors                    w / ln(2 + n)
///     complementary = sum over shared (target, goal, determinant or group; place)  w / ln(2 + n)
///                   + sum over types of intervention and response points, on that ground, that the
///                   one
///                     asked has nowhere                                     w / ln(2 + n)
///                   + kOtherActorType where both state a type and it differs
///
/// w is the weight of the relation in the schema (of a pair: of both, multiplied), n how many
/// initiatives have the node or pair; of a means that the asker lacks, how many on the common
/// ground. Both kinds stand in one list by score; a candidate stands there once, as what it is
/// more.
Result<PartnersAnswer> partners(const Context& context, const PartnersQuestion& question);

}  // namespace mangrove::query
