#include "graph/texts.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace mangrove::graph {

namespace {

/// How often each word of a text counts: to a quarter of a word.
std::uint32_t whole_weight(double weight) {
  return static_cast<std::uint32_t>(
      std::clamp(std::lround(weight * 4), 1L, static_cast<long>(kTextWeightMax)));
}

}  // namespace

std::string settings_of(const SearchedProperties& searched) {
  std::string settings;
  for (const TextProperty& property : searched) {
    if (!settings.empty()) settings += ' ';
    settings += property.name + '=' + std::to_string(whole_weight(property.weight));
  }
  return settings;
}

TextGatherer::TextGatherer(const Catalogue& catalogue, const SearchedProperties& searched) {
  for (const TextProperty& property : searched) {
    const auto number = catalogue.names.find(property.name);
    if (!number) continue;
    weights_.emplace_back(Name{static_cast<std::uint16_t>(*number)}, whole_weight(property.weight));
  }
}

std::uint32_t TextGatherer::weight_of(Name name) const {
  for (const auto& [searched, weight] : weights_) {
    if (searched == name) return weight;
  }
  return 0;
}

bool TextGatherer::has_searched(const std::vector<StoredProperty>& properties) const {
  return std::any_of(properties.begin(), properties.end(),
                     [&](const StoredProperty& property) { return is_searched(property.name); });
}

void TextGatherer::add(const StoredRecord& record, Policy policy, Policies& policies) {
  for (const StoredProperty& property : record.properties) {
    const auto* text = std::get_if<Text>(&property.value);
    if (text == nullptr || !is_searched(property.name)) continue;
    gathered_.push_back({property.name, *text, policies.both(policy, property.policy)});
  }
}

Status TextGatherer::add(const MentionedValue& mention, Policy guard, Policies& policies) {
  if (!is_searched(mention.name)) return {};
  Value value = TRY(decode_value(mention.value));
  if (auto* text = std::get_if<Text>(&value)) {
    gathered_.push_back({mention.name, std::move(*text), policies.both(mention.policy, guard)});
  }
  return {};
}

std::vector<StatedText> TextGatherer::finish(Policies& policies) {
  std::sort(gathered_.begin(), gathered_.end());
  std::vector<StatedText> texts;
  for (auto from = gathered_.begin(); from != gathered_.end();) {
    Policy policy = from->policy;
    auto to = from + 1;
    for (; to != gathered_.end() && to->name == from->name && to->text == from->text; ++to) {
      policy = policies.either(policy, to->policy);
    }
    texts.push_back({from->text.text, from->text.language, weight_of(from->name), policy});
    from = to;
  }
  gathered_.clear();
  return texts;
}

}  // namespace mangrove::graph
