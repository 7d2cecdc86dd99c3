#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/audience.h"
#include "graph/ids.h"

namespace mangrove::graph {

/// One text that is stated of a node.
struct StatedText {
  std::string text;
  std::string language;      ///< A tag: `en`, `pt-BR`; empty where nobody said.
  std::uint32_t weight = 1;  ///< How often each word of it counts; 1 to kTextWeightMax.
  /// What it takes to see the text: the policies of all that states it, and the guards on the node.
  Policy policy{};

  friend auto operator<=>(const StatedText&, const StatedText&) = default;
};

inline constexpr std::uint32_t kTextWeightMax = 255;

/// The texts of one node before and after a change.
struct NodeTexts {
  NodeIndex node;
  /// All texts that are stated of it now, in any order. None: it can no longer be found by words.
  /// A text that several sources state counts once, if it is given once: under the policy that is
  /// met by whoever sees any of them.
  std::vector<StatedText> texts;
  /// What `texts` was when the index last heard of the node; empty for a node that it never heard
  /// of. The statistics behind the ranking are kept exact by the difference.
  std::vector<StatedText> before;
};

}  // namespace mangrove::graph
