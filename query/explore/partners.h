#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"

namespace mangrove::query {

enum class PartnerType {
  alike,          ///< Does the same kind of work on the same ground.
  complementary,  ///< Works on the same ground by other means.
};
std::string_view to_string(PartnerType type);
std::optional<PartnerType> parse_partner_type(std::string_view name);

struct PartnersQuestion {
  std::string id = {};         ///< Of an actor, or of an initiative that looks for partners.
  bool of_initiative = false;  ///< Which of the two.
  Filter filter =
      {};  ///< Of the initiatives that make the common ground. Its bases decide which subjects and
           ///< means count; who takes part and where work is done always count.
  std::optional<PartnerType> type = {};  ///< Only these.
  Page page = {};
};

/// How two actors hang together through third ones.
struct Introduction {
  std::vector<Step> steps;
};

struct Partner {
  Brief node;
  double score = 0;
  PartnerType type = PartnerType::alike;
  std::string reading;               ///< The suggestion in one English sentence.
  std::vector<Reason> why;           ///< The most telling first; the weights add up to the score.
  std::vector<std::string> against;  ///< What speaks against it; sentences.
  std::optional<Introduction> introduction;  ///< Nothing within kIntroductionHops.
};

struct PartnersAnswer {
  /// How many there are of each type among those that were looked at.
  struct Totals {
    std::size_t alike = 0;
    std::size_t complementary = 0;
  };

  Brief of;
  std::size_t total = 0;
  std::optional<Totals> totals;  ///< Only where a type was asked for.
  std::vector<Partner> items;
};

inline constexpr unsigned kIntroductionHops = 6;
/// What another type of organisation counts for, on common ground.
inline constexpr double kOtherActorType = 0.2;
/// Who takes part in more initiatives than this is a hub.
inline constexpr std::size_t kHubMin = 500;

/// Actors worth meeting: they share ground with this one through their initiatives, but no
/// initiative, and are not tied directly. What is true of one record of an actor is true of all
/// that are the same (query/same.h): of who asks, of whom it knows, and of whom it may meet, who
/// is suggested once. An initiative is asked for as whoever takes part in it: its ground is its
/// own, and it knows those who take part.
///
/// Common ground is a pair (target, goal, determinant or group; place) in which both are active.
///
///     alike         = sum over shared (target, goal or determinant; place)  w / ln(2 + n)
///                   + sum over shared groups and sectors                    w / ln(2 + n)
///     complementary = sum over shared (target, goal, determinant or group; place)  w / ln(2 + n)
///                   + sum over types of intervention and response points, on that ground, that the
///                     one asked has nowhere                                 w / ln(2 + n)
///                   + sum over (response point, place, group) right after a point at which the one
///                     asked acts there for that group, and not at this one  w / ln(2 + n)
///                   + sum over (determinant, place) upstream: on which a target or determinant
///                   that
///                     the one asked works on there depends (BEARS_ON, INFLUENCES), and which it
///                     addresses nowhere                                     w / ln(2 + n)
///                   + kOtherActorType where both state a type and it differs; of an initiative,
///                     from those of all who take part
///
/// w is the weight of the relation in the schema (with a place: times that of WORKS_IN), n how many
/// initiatives have the node or pair; of a means that the asker lacks, how many on the common
/// ground. Without common ground, only what is upstream makes complementary. Both kinds stand in
/// one list by score; a candidate stands there once, as what it is more. With a `type`, only the
/// two thousand with the highest bounds are looked at, and `total` counts those of the type.
///
/// Against it speak: that what they have in common was never done in the same years; that they meet
/// only in a place that contains those where the asker works; that nothing is reported of both;
/// that it is a hub (kHubMin); that it is retired or unconfirmed; that nobody can introduce the
/// two.
Result<PartnersAnswer> partners(const Context& context, const PartnersQuestion& question);

}  // namespace mangrove::query
