#include "query/reading.h"

#include <algorithm>
#include <utility>

namespace mangrove::query {

using graph::NodeIndex;

Status Reading::load() {
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
  std::erase_if(wanted_, [&](NodeIndex node) { return nodes_.contains(node); });
  if (wanted_.empty()) return {};
  if (!context_.budget.read(wanted_.size())) return context_.budget.status();
  for (auto& node : TRY(context_.view.recall(wanted_))) {
    const NodeIndex index = node->index;
    nodes_.emplace(index, std::move(node));
  }
  wanted_.clear();
  return {};
}

std::string Reading::full_name(NodeIndex node) const {
  const std::string code = short_name(node);
  const std::string label = name(node);
  return code == label ? label : code + " (" + label + ")";
}

std::string Reading::short_name(NodeIndex node) const {
  const graph::Node& read = *nodes_.at(node);
  if (read.kind == "Goal" || read.kind == "Target" || read.kind == "Indicator") {
    const std::string_view code = read.text("code");
    if (!code.empty()) return std::string(code);
    return read.id.substr(read.id.find(':') + 1);
  }
  return name(node);
}

std::string listed(std::span<const std::string> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::string in_years(const Years& years) {
  if (years.from && years.to) {
    const std::string from = std::to_string(*years.from);
    return years.from == years.to ? " in " + from : " in " + from + "-" + std::to_string(*years.to);
  }
  if (years.from) return " since " + std::to_string(*years.from);
  if (years.to) return " until " + std::to_string(*years.to);
  return {};
}

std::string_view basis_remark(Basis basis) {
  switch (basis) {
    case Basis::mapped:
      return "as a rule of the ontology has it";
    case Basis::text:
      return "going by the wording";
    case Basis::reported:
    case Basis::reviewed:
      break;
  }
  return {};
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

}  // namespace mangrove::query
