#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"
#include "query/judgements.h"
#include "query/same.h"

namespace mangrove::query {

/// How one determinant stands in one place.
struct Trait {
  std::optional<double> risk;     ///< Gap 1, partial 1/2, asset 0; nothing where unknown.
  std::optional<Date> judged;     ///< When.
  std::uint64_t initiatives = 0;  ///< Here that address it.
  std::uint64_t part = 0;         ///< Its part of the work here, in 2^-32 of an initiative: of one
                                  ///< that addresses k determinants, each has 1/k.
};

/// A place as it can be compared with others.
struct Portrait {
  std::vector<Trait> traits;      ///< One for each determinant, in the order of their ids.
  std::uint64_t initiatives = 0;  ///< That work in the place or within it; each once.
  std::uint64_t addressing = 0;   ///< Of these, with any determinant.
  std::uint64_t work = 0;         ///< Sum of the parts.
  std::uint64_t judged = 0;       ///< Traits with a risk.

  double share(std::size_t trait) const {
    return work == 0 ? 0 : static_cast<double>(traits[trait].part) / static_cast<double>(work);
  }
};

/// Makes portraits of the places of one view. Reads all assessments once. The things referred to
/// must outlive it.
class Portraits {
 public:
  /// Of initiatives, only what ties tell is asked of the filter.
  Portraits(const Context& context, const PreparedFilter& filter, const PreparedFilter& everything);

  Status load(const Date& until);
  /// Determinants in the order of their ids.
  const std::vector<graph::NodeIndex>& determinants() const { return determinants_; }
  /// What was judged of a place, in the order of query/judgements.h.
  std::vector<const Judgement*> judged_of(graph::NodeIndex place) const;
  /// O(initiatives of the place, and their determinants).
  Result<Portrait> of(graph::NodeIndex place);
  /// Initiatives that work in the place or within it, pass the filter, and are no second record of
  /// another; in order of index.
  Result<std::vector<graph::NodeIndex>> initiatives_of(graph::NodeIndex place);

 private:
  const Context& context_;
  const PreparedFilter& filter_;
  const PreparedFilter& everything_;
  Same same_;
  std::vector<graph::NodeIndex> determinants_;
  std::unordered_map<graph::NodeIndex, std::size_t> places_of_determinants_;
  std::vector<Judgement> judgements_;
  std::unordered_map<graph::NodeIndex, std::vector<std::size_t>> by_place_;
};

/// How far two portraits are from each other, by the formulas in the header of places.h. Nothing
/// where they have too little in common to tell.
struct Distance {
  double value = 0;
  std::uint64_t shared = 0;  ///< Determinants with a risk in both.
};
std::optional<Distance> distance_by_determinants(const Portrait& a, const Portrait& b);
std::optional<Distance> distance_by_work(const Portrait& a, const Portrait& b);

}  // namespace mangrove::query
