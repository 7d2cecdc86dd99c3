#include "query/initiative_facts.h"

#include <algorithm>
#include <limits>
#include <span>
#include <variant>

#include "graph/base/text.h"
#include "query/filter.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr std::string_view kInitiative = "Initiative";
constexpr std::size_t kReadAtOnce = 2'000;
constexpr std::size_t kLanguagesMax = 64;
constexpr std::size_t kStatusesMax = 1'000;
constexpr std::string_view kRetired = "retired";

/// The place of the name in the list, added if there is room; else the size of the list.
std::size_t place_of(std::vector<std::string>& names, std::string_view name, std::size_t most) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  if (names.size() < most) names.emplace_back(name);
  return found == names.end() && names.back() != name ? most : names.size() - 1;
}

std::int16_t short_year(const std::optional<int>& year) {
  return static_cast<std::int16_t>(std::clamp(year.value_or(0), 0, 9'999));
}

}  // namespace

Result<std::shared_ptr<const InitiativeFacts>> InitiativeFacts::of(const Context& context) {
  return context.view.derived().get<InitiativeFacts>(
      "query/initiative_facts", [&]() -> Result<InitiativeFacts> { return make(context); });
}

Result<InitiativeFacts> InitiativeFacts::make(const Context& context) {
  const graph::View& view = context.view;
  InitiativeFacts made;
  made.facts_.resize(view.node_limit());
  const auto initiatives = TRY(all_of_kind(context, kInitiative));
  const std::span<const NodeIndex> all(*initiatives);
  for (std::size_t at = 0; at < all.size(); at += kReadAtOnce) {
    if (context.budget.is_cancelled()) return context.budget.status().error();
    const auto some = all.subspan(at, std::min(kReadAtOnce, all.size() - at));
    for (const graph::Node& node : TRY(view.read(some))) {
      made.facts_[node.index.value] = made.facts_of(node);
    }
  }
  return made;
}

InitiativeFacts::Facts InitiativeFacts::facts_of(const graph::Node& node) {
  const Years years = years_of(node);
  Facts facts;
  facts.from = short_year(years.from);
  facts.to = short_year(years.to);
  facts.is_retired = mangrove::query::is_retired(node);
  facts.status =
      static_cast<std::uint16_t>(place_of(statuses_, folded(node.text("status")), kStatusesMax));
  for (const graph::StatedProperty& property : node.properties) {
    const auto* text = std::get_if<graph::Text>(&property.value);
    if (property.name != "title" || text == nullptr) continue;
    const std::string_view language(text->language);
    const std::size_t place =
        place_of(languages_, language.substr(0, language.find('-')), kLanguagesMax);
    if (place < kLanguagesMax) facts.languages |= std::uint64_t{1} << place;
  }
  return facts;
}

bool InitiativeFacts::has_status(const Facts& facts, std::string_view status) const {
  if (status == kRetired) return facts.is_retired;
  return facts.status < statuses_.size() && statuses_[facts.status] == status;
}

bool InitiativeFacts::has_title_in(const Facts& facts, std::string_view language) const {
  const auto found = std::find(languages_.begin(), languages_.end(), language);
  return found != languages_.end() && (facts.languages >> (found - languages_.begin()) & 1) != 0;
}

}  // namespace mangrove::query
