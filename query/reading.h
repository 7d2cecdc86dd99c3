#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"

namespace mangrove::query {

/// The nodes that an answer will name: gathered first, then read in one round trip to the store.
class Reading {
 public:
  explicit Reading(const Context& context) : context_(context) {}

  void want(graph::NodeIndex node) { wanted_.push_back(node); }
  /// Reads what was wanted and is not here yet.
  Status load();

  /// These may be asked of nodes that were loaded.
  const graph::Node& node(graph::NodeIndex node) const { return *nodes_.at(node); }
  Brief brief(graph::NodeIndex node) const { return brief_of(context_, *nodes_.at(node)); }
  std::string name(graph::NodeIndex node) const { return name_of(context_, *nodes_.at(node)); }
  /// For the middle of a sentence: `8.7 (End forced labour)` for goals, targets and indicators,
  /// else the name.
  std::string full_name(graph::NodeIndex node) const;
  /// `8.7` for goals, targets and indicators, else the name.
  std::string short_name(graph::NodeIndex node) const;

 private:
  const Context& context_;
  std::vector<graph::NodeIndex> wanted_;
  std::unordered_map<graph::NodeIndex, std::shared_ptr<const graph::Node>> nodes_;
};

/// `a`, `a and b`, `a, b and c`.
std::string listed(std::span<const std::string> words);

/// ` in 2019-2023`, ` in 2019`, ` since 2019`, ` until 2023`, or nothing: to stand behind a verb.
std::string in_years(const Years& years);

/// `going by the wording` and the like, for what no person said; else nothing.
std::string_view basis_remark(Basis basis);

/// `1 initiative`, `3 initiatives`.
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace mangrove::query
