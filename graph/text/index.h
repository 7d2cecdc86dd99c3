#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/audience.h"
#include "graph/base/result.h"
#include "graph/ids.h"
#include "graph/storage/storage.h"
#include "graph/text/layer.h"
#include "graph/text/matcher.h"
#include "graph/text/merge.h"
#include "graph/text/search.h"
#include "graph/text/stated_text.h"

namespace mangrove::graph {

/// Which nodes hold which words: the index at one version. Immutable and safe from many threads;
/// versions share nearly all of what they hold in memory.
///
/// It knows no graph: it is told the texts of nodes and who may see each of them, and answers for
/// one viewer as if the texts that this viewer may not see had never been stated. To the bit: no
/// score, completion, correction of a typing error or choice among many depends on them.
///
/// Postings lie in the graph's own store, under keys that begin with kTextKeys (segment.h has the
/// layout), and are written by the commit that changes the texts. So the index is at the version
/// of the snapshot that it is asked with:
///
///     auto index = TRY(TextIndex::open(*store.snapshot(), "title=3 description=1"));
///     if (!index->is_complete()) index = TRY(rebuild_text_index(store, …));   // rebuild.h
///     storage::WriteBatch writes;                       // … with what else the commit writes
///     index = TRY(index->with(texts, writes));
///     TRY(store.commit(writes));
///     TRY(index->search({.words = "child lab"}, *store.snapshot(), sight, count_hits));
class TextIndex {
 public:
  ~TextIndex();
  TextIndex(const TextIndex&) = delete;
  TextIndex& operator=(const TextIndex&) = delete;

  /// The index that the store holds, with nothing but its outline read: a few keys. The words come
  /// into memory when the first search needs them. `settings` tells which texts are given, and at
  /// what weights; an index that was built by other settings, or of which nothing is in the store,
  /// comes back empty and not complete. Errors: `corrupt`, and those of the store.
  static Result<std::shared_ptr<const TextIndex>> open(const storage::Snapshot& store,
                                                       std::string_view settings);

  /// Whether it holds all texts there are. If not, it must be built anew (rebuild.h).
  bool is_complete() const { return complete_; }

  /// The index with these nodes new or changed, each listed once; puts what must be stored into
  /// `writes`. Reads nothing. O(their words), and for small changes now and then a little more,
  /// since small segments are joined at once. Errors: `corrupt`.
  Result<std::shared_ptr<const TextIndex>> with(std::span<const NodeTexts> nodes,
                                                storage::WriteBatch& writes) const;

  /// What to join next, so that a search need not look in many places; nothing where all is well.
  /// See merge.h for how to run it beside commits.
  std::optional<TextMerge> merge_due() const;
  /// The index, which may have grown meanwhile, with the result of a merge in place of what it
  /// joined; puts what must be stored into `writes`. Null where what it joined is not there any
  /// more: then `writes` takes the result away again.
  std::shared_ptr<const TextIndex> with_merged(const TextMerge& merge,
                                               storage::WriteBatch& writes) const;

  /// Brings the words into memory, so that the first search need not: about a second for every five
  /// million different words. Errors: `corrupt`, and those of the store.
  Status load(const storage::Snapshot& store) const;

  /// Calls `visit` for all nodes that match, in parts and in no particular order; see search.h for
  /// what matches and how it is scored. One round trip to the store (`store` is the snapshot of
  /// this version), and some more for the first search on new segments. O(postings of the words).
  Status search(const TextQuestion& question, const storage::Snapshot& store, const Sight& sight,
                const std::function<void(std::span<const TextHit>)>& visit) const;

  /// The best `limit` of the nodes that match and that `admits` lets through, best first; nodes of
  /// equal score come in the order of `comes_before`, which should compare public ids.
  Result<std::vector<TextHit>> best(
      const TextQuestion& question, const storage::Snapshot& store, const Sight& sight,
      std::size_t limit, const std::function<bool(NodeIndex)>& admits,
      const std::function<bool(NodeIndex, NodeIndex)>& comes_before) const;

  /// Tells which words of a text the question matches, for marking them.
  Result<WordMatcher> matcher(const TextQuestion& question, const storage::Snapshot& store,
                              const Sight& sight) const;

  /// How big the index is, hidden parts included: for whoever keeps the graph.
  struct Size {
    std::uint64_t documents = 0;  ///< Nodes with words, once for each policy they are under.
    std::uint64_t segments = 0;
    std::uint64_t stored_bytes = 0;  ///< Before the engine compresses them.
    std::uint64_t memory_bytes = 0;  ///< Of what is loaded; about.
  };
  Size size() const;

  // For rebuild.h

  static std::shared_ptr<const TextIndex> empty();
  /// The same index, noted in the store as holding all texts.
  std::shared_ptr<const TextIndex> completed(std::string_view settings,
                                             storage::WriteBatch& writes) const;
  /// By policy.
  const std::vector<std::shared_ptr<const TextLayer>>& layers() const { return layers_; }

 private:
  struct Desk;
  struct Shared;
  struct Searched;
  struct Prepared;

  TextIndex();
  std::shared_ptr<TextIndex> next_version() const;
  std::uint64_t new_number() const;
  Status add_segment(Policy policy, std::int64_t documents, std::int64_t length,
                     SegmentOutline outline, std::string bytes, storage::WriteBatch& writes);
  void put_layer(TextLayer layer, storage::WriteBatch& writes);
  Result<std::shared_ptr<const Searched>> searched(const storage::Snapshot& store) const;
  Result<Prepared> prepare(const TextQuestion& question, const storage::Snapshot& store,
                           const Sight& sight, Desk& desk) const;

  std::shared_ptr<Shared> shared_;  // With all other versions.
  std::vector<std::shared_ptr<const TextLayer>> layers_;
  std::vector<std::uint64_t> abandoned_;  // Segments of interrupted merges, to be removed.
  bool complete_ = false;

  mutable std::mutex making_;                         // Held while `searched_` is made.
  mutable std::mutex mutex_;                          // Guards what follows.
  mutable std::shared_ptr<const Searched> searched_;  // Null until the first search.
  mutable std::shared_ptr<const Searched> older_;     // Of an older version, to start from.
};

}  // namespace mangrove::graph
