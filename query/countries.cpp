#include "query/countries.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr std::uint32_t kLevelsMax = 20;  // Of places within places; more is a circle.

/// `place:GH`: countries have two letters.
bool is_country(std::string_view id) {
  constexpr std::string_view kScheme = "place:";
  constexpr std::size_t kLetters = 2;
  if (!id.starts_with(kScheme) || id.size() != kScheme.size() + kLetters) return false;
  return std::all_of(id.begin() + kScheme.size(), id.end(),
                     [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

NodeIndex Countries::of(NodeIndex place) {
  if (const std::uint32_t known = found_[place]; known != 0) return NodeIndex{known - 1};
  const NodeIndex country = search(place);
  found_.touch(place) = country.value + 1;
  return country;
}

NodeIndex Countries::search(NodeIndex place) {
  const graph::View& view = context_.view;
  std::vector<NodeIndex> level{place};
  for (std::uint32_t i = 0; i < kLevelsMax && !level.empty(); ++i) {
    std::vector<NodeIndex> countries;
    std::copy_if(level.begin(), level.end(), std::back_inserter(countries),
                 [&](NodeIndex each) { return is_country(view.id(each)); });
    if (!countries.empty()) {
      return *std::min_element(countries.begin(), countries.end(),
                               [&](NodeIndex a, NodeIndex b) { return view.id(a) < view.id(b); });
    }
    std::vector<NodeIndex> above;
    for (const NodeIndex each : level) {
      const auto outer = within_.of(each);
      above.insert(above.end(), outer.begin(), outer.end());
    }
    std::sort(above.begin(), above.end());
    above.erase(std::unique(above.begin(), above.end()), above.end());
    level = std::move(above);
  }
  return place;
}

}  // namespace mangrove::query
