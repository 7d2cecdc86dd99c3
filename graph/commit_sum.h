#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/catalogue.h"
#include "graph/commit.h"
#include "graph/storage/storage.h"
#include "graph/tally.h"
#include "graph/texts.h"

namespace mangrove::graph {

/// Adds up the changed records of a commit: topology, mentions, texts, and who may see that
/// something changed. Use once.
class CommitSum {
 public:
  /// `changed` is sorted by subject, then source.
  CommitSum(Catalogue& catalogue, const Topology& topology, const storage::Snapshot& store,
            const SearchedProperties& searched, CommitBuilder::Purpose purpose,
            std::vector<CommitBuilder::Pending> changed);

  Result<PreparedCommit> make();

 private:
  struct Changed {
    RecordPosition at;
    std::optional<std::string> before_bytes;
    std::optional<std::string> bytes;
    std::optional<StoredRecord> before;
    std::optional<StoredRecord> after;
  };
  /// What it takes to pass the guards on a node, before and after the commit.
  struct Guards {
    Policy before;
    Policy after;
  };

  Status decode();
  void sum_guards();
  Guards guards_on_node(NodeIndex node) const;
  /// Records that did not change, but whose subject got or lost a guard.
  Status recount_guarded();
  void count_changed();
  void note_changes();
  std::vector<Notice> notices_of_change(const Changed& changed) const;
  void keep_origin_unless_noticed(Changed& changed, const std::vector<Notice>& notices);
  /// What guards show to others than before, of all that did not change.
  void note_guarded();
  void note_edges_of(NodeIndex node, const Guards& guards);
  void note(Policy before, Policy after);
  Status settle_mentions();
  Status gather_texts();
  /// The texts of a node at one time, from the records that change and from those that do not.
  Result<std::vector<StatedText>> texts_at(bool after, Policy guard,
                                           std::span<const Changed> changed,
                                           std::span<const StoredRecord> unchanged,
                                           std::span<const MentionedValue> mentioned);
  void want_texts(NodeIndex node) { text_nodes_.push_back(node); }
  /// Whether texts that are searched came with the mentions, or went.
  bool texts_differ(std::span<const MentionedValue> before, std::span<const MentionedValue> after,
                    std::span<const MentionedValue> moved) const;
  bool is_changed(NodeIndex subject, SourceIndex source) const;
  bool was_known(NodeIndex node) const;

  Catalogue& catalogue_;
  const Topology& topology_;
  const storage::Snapshot& store_;
  TextGatherer texts_;
  CommitBuilder::Purpose purpose_;
  bool searches_;
  std::vector<CommitBuilder::Pending> pending_;
  std::vector<Changed> changed_;
  std::unordered_map<std::uint32_t, Guards> guards_;  // Of the nodes where they change.
  Tally tally_;
  std::vector<NodeIndex> text_nodes_;
  std::vector<std::optional<std::string>> stored_mentions_;  // What values of `mentioned_` lie in.
  /// What is mentioned of the nodes where that changed and texts are to be gathered.
  struct Mentioned {
    std::vector<MentionedValue> before;
    std::vector<MentionedValue> after;
  };
  std::unordered_map<std::uint32_t, Mentioned> mentioned_;
  PreparedCommit prepared_;
};

}  // namespace mangrove::graph
