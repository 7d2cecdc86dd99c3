#include "query/reading.h"

#include <algorithm>
#include <utility>

namespace mangrove::query {

using graph::NodeIndex;

Status Reading::load() {
  TRY(load_captions());
  return load_whole();
}

Status Reading::load_captions() {
  wanted_.insert(wanted_.end(), whole_.begin(), whole_.end());
  std::erase_if(wanted_, [&](NodeIndex node) {
    return captions_->find(node) != nullptr || read_singly_.contains(node);
  });
  if (wanted_.empty()) return {};
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
  if (!context_.budget.read(wanted_.size())) return context_.budget.status();
  const auto recalled = TRY(context_.view.recall(wanted_));
  std::vector<const graph::Node*> nodes;
  nodes.reserve(recalled.size());
  for (const auto& node : recalled) nodes.push_back(node.get());
  own_pages_.push_back(std::make_shared<const CaptionPage>(context_, nodes));
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    read_singly_.emplace(wanted_[i], &(*own_pages_.back())[i]);
    TRY(captions_->note_read(context_, wanted_[i]));
  }
  wanted_.clear();
  return {};
}

Status Reading::load_whole() {
  std::sort(whole_.begin(), whole_.end());
  whole_.erase(std::unique(whole_.begin(), whole_.end()), whole_.end());
  std::erase_if(whole_, [&](NodeIndex node) { return nodes_.contains(node); });
  if (whole_.empty()) return {};
  if (!context_.budget.read(whole_.size())) return context_.budget.status();
  for (auto& node : TRY(context_.view.recall(whole_))) {
    const NodeIndex index = node->index;
    nodes_.emplace(index, std::move(node));
  }
  whole_.clear();
  return {};
}

const Caption& Reading::caption(NodeIndex node) const {
  const Caption* const caption = captions_->find(node);
  return caption != nullptr ? *caption : *read_singly_.at(node);
}

Brief Reading::brief(NodeIndex node) const {
  const graph::View& view = context_.view;
  const Caption& told = caption(node);
  return {std::string(view.id(node)), std::string(view.text(view.kind(node))), name(node),
          std::string(told.is_retired ? "retired" : unconfirmed(told.status))};
}

std::string Reading::name(NodeIndex node) const {
  const std::string_view name = caption(node).name(context_.language);
  return std::string(name.empty() ? context_.view.id(node) : name);
}

std::string Reading::full_name(NodeIndex node) const {
  const std::string code = short_name(node);
  const std::string label = name(node);
  return code == label ? label : code + " (" + label + ")";
}

std::string Reading::short_name(NodeIndex node) const {
  const std::string_view kind = context_.view.text(context_.view.kind(node));
  if (kind == "Goal" || kind == "Target" || kind == "Indicator") {
    const std::string_view code = caption(node).code;
    if (!code.empty()) return std::string(code);
    const std::string_view id = context_.view.id(node);
    return std::string(id.substr(id.find(':') + 1));
  }
  return name(node);
}

Result<std::vector<Brief>> briefs(const Context& context, std::span<const NodeIndex> nodes) {
  Reading reading(context);
  for (const NodeIndex node : nodes) reading.want(node);
  TRY(reading.load());
  std::vector<Brief> result;
  result.reserve(nodes.size());
  for (const NodeIndex node : nodes) result.push_back(reading.brief(node));
  return result;
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
