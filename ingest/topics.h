#pragma once

#include <array>
#include <string_view>

namespace mangrove::ingest {

/// What the rules of a report are about, for a person who looks at the whole first. The names are
/// public.
inline constexpr std::array<std::string_view, 10> kTopics{
    "references", "percentages", "dates", "roles", "sdg-codes",
    "sectors",    "places",      "texts", "money", "form"};

/// The topic of a rule, one of kTopics; `form` for all that has none of its own.
std::string_view topic_of(std::string_view rule);

}  // namespace mangrove::ingest
