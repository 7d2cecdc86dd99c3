#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/audience.h"
#include "graph/storage/storage.h"
#include "graph/text/index.h"
#include "graph/text/rebuild.h"
#include "graph/text/stated_text.h"

namespace mangrove::tests {

using Texts = std::map<std::uint32_t, std::vector<graph::StatedText>>;  // By node.
using Hits = std::vector<std::pair<std::uint32_t, double>>;             // Nodes and scores.
using Marks = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// A text of weight 1 that everybody sees.
inline graph::StatedText plain(std::string text, std::string language = "en") {
  return {std::move(text), std::move(language), 1, graph::kPublic};
}

/// An index over a store, with the texts that it holds. Errors throw.
class IndexedTexts {
 public:
  explicit IndexedTexts(std::unique_ptr<storage::Storage> store);
  /// Over a store in memory.
  IndexedTexts();
  IndexedTexts(const Texts& texts);

  /// Makes these the texts of these nodes, in one commit.
  void set(const Texts& changed);
  /// Runs a merge if one is due.
  bool merge();
  /// Opens the index anew.
  void reopen();

  /// Best first, equal scores by node.
  Hits found(std::string_view words, const graph::Sight& sight = {},
             std::string_view language = "en") const;
  /// The same without the scores.
  std::vector<std::uint32_t> nodes(std::string_view words) const;
  Marks marks(std::string_view words, std::string_view text, const graph::Sight& sight = {}) const;
  /// What the check finds to be wrong.
  std::vector<std::string> faults() const;
  graph::EachNodeTexts each() const;

  const Texts& texts() const { return texts_; }
  const graph::TextIndex& index() const { return *index_; }
  storage::Storage& store() { return *store_; }

 private:
  std::unique_ptr<storage::Storage> store_;
  std::shared_ptr<const graph::TextIndex> index_;
  Texts texts_;
};

/// What a sight sees of the texts; nodes that have none are left out.
Texts seen_by(const graph::Sight& sight, const Texts& texts);

/// The answers by the letter of search.h and expansion.h, with no index: for comparing, to the bit.
Hits naive_search(const Texts& texts, std::string_view words, std::string_view language = "en");
Marks naive_marks(const Texts& texts, std::string_view words, std::string_view text);

}  // namespace mangrove::tests
