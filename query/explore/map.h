#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "query/answer.h"
#include "query/contributions.h"
#include "query/filter.h"

namespace mangrove::query {

struct MapQuestion {
  Filter filter = {};
  /// Also how many contribute to each goal or target, in each place.
  std::optional<Contributions::Level> by = {};
};

/// How many initiatives of a place contribute to one of the ends.
struct EndCount {
  std::uint16_t end = 0;  ///< Place in MapAnswer::ends.
  std::uint64_t initiatives = 0;
};

struct PlaceCount {
  Brief node;
  std::optional<double> latitude;  ///< Degrees, WGS 84; nothing where nobody states a point.
  std::optional<double> longitude;
  std::uint64_t initiatives = 0;
  std::vector<EndCount> ends;  ///< By end; only where there are any.
};

struct MapAnswer {
  std::uint64_t initiatives = 0;    ///< That the filter admits.
  std::uint64_t without_place = 0;  ///< Of these, those of which nobody says where they work.
  std::vector<Brief> ends;          ///< Goals or targets, in the order of their codes, if asked.
  std::vector<PlaceCount> items;    ///< Most initiatives first, then by id.
};

/// Where initiatives work. What lies within a country counts for the country, once for each
/// initiative; what lies in none (a region, an unknown place) stands for itself.
Result<MapAnswer> map(const Context& context, const MapQuestion& question);

}  // namespace mangrove::query
