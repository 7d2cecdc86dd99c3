#include "graph/text/rebuild.h"

#include <optional>
#include <utility>

#include "graph/text/segment.h"

namespace mangrove::graph {
namespace {

/// Runs all merges that are due, with nobody else writing.
Status merge_all(storage::Storage& store, std::shared_ptr<const TextIndex>& index) {
  const auto commit = [&](const storage::WriteBatch& writes) { return store.commit(writes); };
  while (std::optional<TextMerge> merge = index->merge_due()) {
    TRY(merge->run(*store.snapshot(), commit));
    storage::WriteBatch writes;
    index = index->with_merged(*merge, writes);
    TRY(store.commit(writes));
  }
  return {};
}

}  // namespace

Result<std::shared_ptr<const TextIndex>> rebuild_text_index(storage::Storage& store,
                                                            std::string_view settings,
                                                            const EachNodeTexts& each) {
  storage::WriteBatch away;
  away.remove_prefix(std::string(kTextKeys));
  TRY(store.commit(away));

  std::shared_ptr<const TextIndex> index = TextIndex::empty();
  const auto add = [&](std::span<const NodeTexts> texts) -> Status {
    std::vector<NodeTexts> fresh;
    for (const NodeTexts& node : texts) {
      if (!node.texts.empty()) fresh.push_back({node.node, node.texts, {}});
    }
    storage::WriteBatch writes;
    index = TRY(index->with(fresh, writes));
    TRY(store.commit(writes));
    return merge_all(store, index);
  };
  TRY(each(add));
  storage::WriteBatch done;
  index = index->completed(settings, done);
  TRY(store.commit(done));
  return index;
}

}  // namespace mangrove::graph
