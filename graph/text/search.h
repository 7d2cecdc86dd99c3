#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/ids.h"
#include "graph/text/index.h"
#include "graph/view.h"

namespace mangrove::graph {

struct TextProperty;

/// Keeps a text index of the latest version that somebody searched, and brings it up to date by
/// what was committed since. Safe from many threads.
class TextSearch {
 public:
  explicit TextSearch(std::vector<TextProperty> properties);
  ~TextSearch();

  /// Before a version is published: which nodes may read differently at it.
  void note_commit(Version version, const std::vector<NodeIndex>& touched);

  /// The index of the view's version.
  Result<std::shared_ptr<const TextIndex>> index_of(const View& view);

 private:
  struct Touched {
    Version version;
    std::vector<NodeIndex> nodes;
  };
  Result<std::vector<IndexedNode>> read(const View& view, std::vector<NodeIndex> nodes) const;

  std::vector<TextProperty> properties_;
  std::mutex mutex_;
  std::shared_ptr<const TextIndex> index_;  // Null until somebody searches.
  Version version_ = 0;                     // Of the index.
  std::vector<Touched> touched_;            // After `dropped_until_`, in order.
  Version dropped_until_ = 0;               // Commits that nobody wrote down, having no index.
};

/// The words of a query, folded, at most kQueryWordsMax of them.
std::vector<std::string> query_words(std::string_view query);

inline constexpr std::size_t kQueryWordsMax = 32;

}  // namespace mangrove::graph
