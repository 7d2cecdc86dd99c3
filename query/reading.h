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
#include "query/captions.h"

namespace mangrove::query {

/// The nodes that an answer will tell of: gathered first, then had in one round trip to the store,
/// or from memory.
class Reading {
 public:
  explicit Reading(const Context& context) : context_(context), captions_(Captions::of(context)) {}

  /// To name it.
  void want(graph::NodeIndex node) { wanted_.push_back(node); }
  /// To ask for all that is stated of it.
  void want_whole(graph::NodeIndex node) { whole_.push_back(node); }
  /// Has what was wanted and is not here yet.
  Status load();

  /// Of nodes that were wanted whole, and loaded.
  const graph::Node& node(graph::NodeIndex node) const { return *nodes_.at(node); }
  /// These may be asked of any node that was loaded.
  const Caption& caption(graph::NodeIndex node) const;
  Brief brief(graph::NodeIndex node) const;
  std::string name(graph::NodeIndex node) const;
  /// For the middle of a sentence: `8.7 (End forced labour)` for goals, targets and indicators,
  /// else the name.
  std::string full_name(graph::NodeIndex node) const;
  /// `8.7` for goals, targets and indicators, else the name.
  std::string short_name(graph::NodeIndex node) const;

 private:
  Status load_captions();
  Status load_whole();

  const Context& context_;
  std::shared_ptr<const Captions> captions_;
  std::vector<graph::NodeIndex> wanted_;
  std::vector<graph::NodeIndex> whole_;
  std::unordered_map<graph::NodeIndex, std::shared_ptr<const graph::Node>> nodes_;
  std::unordered_map<graph::NodeIndex, const Caption*> read_singly_;
  std::vector<std::shared_ptr<const CaptionPage>> own_pages_;  // What those lie in.
};

/// Briefs of these nodes, in the order asked; one round trip to the store at the most.
Result<std::vector<Brief>> briefs(const Context& context, std::span<const graph::NodeIndex> nodes);

/// `a`, `a and b`, `a, b and c`.
std::string listed(std::span<const std::string> words);

/// ` in 2019-2023`, ` in 2019`, ` since 2019`, ` until 2023`, or nothing: to stand behind a verb.
std::string in_years(const Years& years);

/// `going by the wording` and the like, for what no person said; else nothing.
std::string_view basis_remark(Basis basis);

/// `1 initiative`, `3 initiatives`.
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace mangrove::query
