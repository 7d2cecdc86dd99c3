#pragma once

#include <cstdint>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"

namespace mangrove::query {

struct TimelineQuestion {
  Filter filter = {};
};

/// One year, with how many initiatives …
struct TimelineYear {
  int year = 0;
  std::uint64_t started = 0;  ///< … begin in it,
  std::uint64_t ended = 0;    ///< … end in it,
  std::uint64_t active = 0;   ///< … run in it, both ends included.
};

struct TimelineAnswer {
  std::uint64_t initiatives = 0;  ///< That the filter admits.
  std::uint64_t undated = 0;      ///< Of these, those with neither a beginning nor an end.
  std::uint64_t half_dated = 0;  ///< Those with one of the two: they started or ended, and count in
                                 ///< no year as active, since nobody says how long they ran.
  std::uint64_t out_of_range = 0;   ///< Those with a date that cannot be meant: see kFirstYear.
  std::vector<TimelineYear> items;  ///< Without gaps, rising.
};

/// Years before and after these are taken for slips.
inline constexpr int kFirstYear = 1950;
inline constexpr int kLastYear = 2100;

/// How many initiatives ran in each year, by their actual dates, else the planned ones.
Result<TimelineAnswer> timeline(const Context& context, const TimelineQuestion& question);

}  // namespace mangrove::query
