#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "query/answer.h"
#include "query/filter.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {

/// Something that an asker has in common with others, or that others can add: some initiatives that
/// have it, and a weight by how few they are.
struct Feature {
  enum class Sort : std::uint8_t {
    pair,        ///< Work on `node` in `place`.
    group_pair,  ///< Serve `node` in `place`.
    shared,      ///< Serve `node`, or are in it, wherever.
    lacking,     ///< Use `node` or act at it, on common ground; the asker does so nowhere.
    next_point,  ///< Act at `node` in `place` for the group `beside`, where the asker acts at
                 ///< `before`, the point before it, and not at this one.
    upstream,    ///< Address the determinant `node` in `place`, where the asker works on `beside`,
                 ///< which depends on it; the asker addresses it nowhere.
  };
  Sort sort = Sort::pair;
  const KnownRelation* relation = nullptr;  ///< From the initiatives to `node`.
  graph::NodeIndex node;
  graph::NodeIndex place;   ///< Not of `shared` and `lacking`.
  graph::NodeIndex beside;  ///< Of the last two.
  graph::NodeIndex before;  ///< Of `next_point`.
  double weight = 0;
  std::vector<graph::NodeIndex> initiatives = {};  ///< Each once, in order of index.

  bool has_place() const { return sort != Sort::shared && sort != Sort::lacking; }
  bool has_beside() const { return sort == Sort::next_point || sort == Sort::upstream; }
};

/// Finds the features of an asker.
class FeatureFinder {
 public:
  /// `own` are the asker's initiatives, in order of index. The filter says which initiatives of
  /// others count, and which ties to subjects and means; `all` admits everything. All must outlive
  /// it.
  FeatureFinder(const Context& context, const Relations& relations, const PreparedFilter& filter,
                const PreparedFilter& all, std::span<const graph::NodeIndex> own)
      : context_(context),
        relations_(relations),
        filter_(filter),
        all_(all),
        own_(own),
        works_in_(relations.find("WORKS_IN")),
        admitted_(context.view.node_limit()) {}

  Result<std::vector<Feature>> find();

  /// Whether the filter admits an initiative; remembered, since they come up again and again.
  bool admits(graph::NodeIndex initiative);

 private:
  using PlacesBySubject = std::vector<std::pair<graph::NodeIndex, std::vector<graph::NodeIndex>>>;

  Status find_pairs(std::string_view relation);
  Status find_in_places(Feature feature, std::span<const graph::NodeIndex> places);
  Status find_shared(std::string_view relation);
  Status find_lacking(std::string_view relation);
  Status find_next_points();
  Status find_upstream();
  Result<std::vector<graph::NodeIndex>> ground() const;
  Result<PlacesBySubject> own_pairs(const KnownRelation& relation) const;
  Result<std::vector<graph::NodeIndex>> own_ends(const KnownRelation& relation) const;
  Result<std::vector<graph::NodeIndex>> upstream_of(graph::NodeIndex subject) const;
  Result<std::vector<std::pair<graph::NodeIndex, graph::NodeIndex>>> order_of_points() const;
  void weigh();

  const Context& context_;
  const Relations& relations_;
  const PreparedFilter& filter_;
  const PreparedFilter& all_;
  std::span<const graph::NodeIndex> own_;
  const KnownRelation* works_in_;
  Scratch<std::uint8_t> admitted_;
  std::vector<Feature> features_;
};

}  // namespace mangrove::query
