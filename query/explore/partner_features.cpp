#include "query/explore/partner_features.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

/// Subjects that make common ground together with a place.
constexpr std::array<std::string_view, 3> kSubjects{"CONTRIBUTES_TO", "ADDRESSES", "SERVES"};
/// What alike actors share wherever they are.
constexpr std::array<std::string_view, 2> kShared{"SERVES", "IN_SECTOR"};
/// What another may add.
constexpr std::array<std::string_view, 2> kMeans{"USES", "ACTS_AT"};
/// By these, a target or a determinant depends on determinants.
constexpr std::array<std::string_view, 2> kDependence{"BEARS_ON", "INFLUENCES"};

void sort_once(std::vector<NodeIndex>& nodes) {
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

}  // namespace

bool FeatureFinder::admits(NodeIndex initiative) {
  if (!filter_.narrows()) return true;
  std::uint8_t& known = admitted_.touch(initiative);
  if (known == 0) known = filter_.admits_ties(context_, initiative) ? 1 : 2;
  return known == 1;
}

Result<std::vector<Feature>> FeatureFinder::find() {
  if (works_in_ != nullptr) {
    for (const std::string_view name : kSubjects) TRY(find_pairs(name));
  }
  const std::vector<Feature>::size_type pairs = features_.size();
  for (const std::string_view name : kShared) TRY(find_shared(name));
  if (pairs > 0) {
    for (const std::string_view name : kMeans) TRY(find_lacking(name));
    TRY(find_next_points());
    TRY(find_upstream());
  }
  weigh();
  return std::move(features_);
}

void FeatureFinder::weigh() {
  for (Feature& feature : features_) {
    const double place = feature.has_place() ? works_in_->weight : 1;
    feature.weight = specificity(feature.relation->weight * place, feature.initiatives.size());
  }
}

/// Initiatives on our ground, ours and those of others.
Result<std::vector<NodeIndex>> FeatureFinder::ground() const {
  std::vector<NodeIndex> ground;
  for (const Feature& feature : features_) {
    if (feature.sort != Feature::Sort::pair && feature.sort != Feature::Sort::group_pair) continue;
    ground.insert(ground.end(), feature.initiatives.begin(), feature.initiatives.end());
  }
  sort_once(ground);
  return ground;
}

/// Pairs of a subject and a place in which we are active, and all initiatives there.
Status FeatureFinder::find_pairs(std::string_view name) {
  const KnownRelation* relation = relations_.find(name);
  if (relation == nullptr) return {};
  const bool of_group = name == "SERVES";
  const auto pairs = TRY(own_pairs(*relation));
  for (const auto& [subject, places] : pairs) {
    TRY(find_in_places({.sort = of_group ? Feature::Sort::group_pair : Feature::Sort::pair,
                        .relation = relation,
                        .node = subject,
                        .place = {},
                        .beside = {},
                        .before = {}},
                       places));
  }
  return {};
}

/// Adds this feature for each of the places, with the initiatives that have its node there.
Status FeatureFinder::find_in_places(Feature feature, std::span<const NodeIndex> places) {
  Scratch<std::uint32_t> feature_of(context_.view.node_limit());  // By place; plus 1.
  for (const NodeIndex place : places) {
    feature.place = place;
    features_.push_back(feature);
    feature_of.touch(place) = static_cast<std::uint32_t>(features_.size());
  }
  std::vector<NodeIndex> initiatives =
      TRY(ends_of(context_, filter_, feature.node, feature.relation->relation, Direction::in));
  std::erase_if(initiatives, [&](NodeIndex each) { return !admits(each); });
  return walk_once(context_, all_, initiatives, works_in_->relation, Direction::out,
                   [&](std::size_t position, NodeIndex place) {
                     const std::uint32_t at = feature_of[place];
                     if (at != 0) features_[at - 1].initiatives.push_back(initiatives[position]);
                   });
}

Result<FeatureFinder::PlacesBySubject> FeatureFinder::own_pairs(
    const KnownRelation& relation) const {
  std::vector<std::vector<NodeIndex>> places(own_.size());
  TRY(walk_once(context_, all_, own_, works_in_->relation, Direction::out,
                [&](std::size_t position, NodeIndex place) { places[position].push_back(place); }));
  std::vector<std::pair<NodeIndex, NodeIndex>> pairs;
  TRY(walk_once(context_, filter_, own_, relation.relation, Direction::out,
                [&](std::size_t position, NodeIndex subject) {
                  for (const NodeIndex place : places[position]) pairs.emplace_back(subject, place);
                }));
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  PlacesBySubject result;
  for (const auto& [subject, place] : pairs) {
    if (result.empty() || result.back().first != subject) {
      result.emplace_back(subject, std::vector<NodeIndex>());
    }
    result.back().second.push_back(place);
  }
  return result;
}

/// Everything that our initiatives have by this relation; each once.
Result<std::vector<NodeIndex>> FeatureFinder::own_ends(const KnownRelation& relation) const {
  std::vector<NodeIndex> ends;
  TRY(walk(context_, filter_, own_, relation.relation, Direction::out,
           [&](std::size_t, const Adjacent& edge) { ends.push_back(edge.node); }));
  sort_once(ends);
  return ends;
}

Status FeatureFinder::find_shared(std::string_view name) {
  const KnownRelation* relation = relations_.find(name);
  if (relation == nullptr) return {};
  const std::vector<NodeIndex> ends = TRY(own_ends(*relation));
  for (const NodeIndex end : ends) {
    Feature feature{.sort = Feature::Sort::shared,
                    .relation = relation,
                    .node = end,
                    .place = {},
                    .beside = {},
                    .before = {}};
    feature.initiatives = TRY(ends_of(context_, filter_, end, relation->relation, Direction::in));
    std::erase_if(feature.initiatives, [&](NodeIndex each) { return !admits(each); });
    features_.push_back(std::move(feature));
  }
  return {};
}

/// Means that others use on our ground and we use nowhere.
Status FeatureFinder::find_lacking(std::string_view name) {
  const KnownRelation* relation = relations_.find(name);
  if (relation == nullptr) return {};
  const auto own = TRY(own_ends(*relation));
  const auto around = TRY(ground());
  std::unordered_map<NodeIndex, std::size_t> places;  // In features_.
  return walk_once(context_, filter_, around, relation->relation, Direction::out,
                   [&](std::size_t position, NodeIndex means) {
                     if (std::binary_search(own.begin(), own.end(), means)) return;
                     const auto [at, added] = places.try_emplace(means, features_.size());
                     if (added) {
                       features_.push_back({.sort = Feature::Sort::lacking,
                                            .relation = relation,
                                            .node = means,
                                            .place = {},
                                            .beside = {},
                                            .before = {}});
                     }
                     features_[at->second].initiatives.push_back(around[position]);
                   });
}

/// Each response point and the next one, by their `order`.
Result<std::vector<std::pair<NodeIndex, NodeIndex>>> FeatureFinder::order_of_points() const {
  std::vector<std::pair<NodeIndex, NodeIndex>> result;
  const graph::Kind kind = context_.view.name("ResponsePoint");
  if (kind == graph::kNoName) return result;
  const std::vector<NodeIndex> points = context_.view.nodes_of_kind(kind);
  if (!context_.budget.read(points.size())) return context_.budget.status().error();
  std::map<std::int64_t, NodeIndex> ordered;
  const std::vector<graph::Node> read = TRY(context_.view.read(points));
  for (const graph::Node& point : read) {
    const graph::Value* order = point.find("order");
    const auto* number = order == nullptr ? nullptr : std::get_if<std::int64_t>(order);
    if (number == nullptr) continue;
    const auto [at, added] = ordered.emplace(*number, point.index);
    // Two in one place: the first by id.
    if (!added && point.id < context_.view.id(at->second)) at->second = point.index;
  }
  for (auto at = ordered.begin(); at != ordered.end() && std::next(at) != ordered.end(); ++at) {
    result.emplace_back(at->second, std::next(at)->second);
  }
  return result;
}

Status FeatureFinder::find_next_points() {
  const KnownRelation* acts_at = relations_.find("ACTS_AT");
  if (acts_at == nullptr || TRY(own_ends(*acts_at)).empty()) return {};
  const auto order = TRY(order_of_points());
  for (std::size_t i = 0, end = features_.size(); i < end; ++i) {
    if (features_[i].sort != Feature::Sort::group_pair) continue;
    const std::vector<NodeIndex> around = features_[i].initiatives;
    std::set<NodeIndex> ours;
    std::map<NodeIndex, std::vector<NodeIndex>> acting;  // By point.
    TRY(walk_once(context_, filter_, around, acts_at->relation, Direction::out,
                  [&](std::size_t position, NodeIndex point) {
                    const NodeIndex initiative = around[position];
                    acting[point].push_back(initiative);
                    if (std::binary_search(own_.begin(), own_.end(), initiative)) {
                      ours.insert(point);
                    }
                  }));
    for (const auto& [before, next] : order) {
      if (!ours.contains(before) || ours.contains(next) || !acting.contains(next)) continue;
      features_.push_back({.sort = Feature::Sort::next_point,
                           .relation = acts_at,
                           .node = next,
                           .place = features_[i].place,
                           .beside = features_[i].node,
                           .before = before,
                           .weight = 0,
                           .initiatives = acting.at(next)});
    }
  }
  return {};
}

/// The determinants on which a target or a determinant depends.
Result<std::vector<NodeIndex>> FeatureFinder::upstream_of(NodeIndex subject) const {
  const graph::Kind determinant = context_.view.name("Determinant");
  std::vector<NodeIndex> nodes;
  for (const std::string_view name : kDependence) {
    const KnownRelation* relation = relations_.find(name);
    if (relation == nullptr) continue;
    const auto ends = TRY(ends_of(context_, all_, subject, relation->relation, Direction::in));
    for (const NodeIndex end : ends) {
      if (context_.view.kind(end) == determinant) nodes.push_back(end);
    }
  }
  sort_once(nodes);
  return nodes;
}

Status FeatureFinder::find_upstream() {
  const KnownRelation* addresses = relations_.find("ADDRESSES");
  if (addresses == nullptr) return {};
  const auto own = TRY(own_ends(*addresses));
  // For each determinant and place, the first by id of what depends on it there.
  std::map<NodeIndex, std::map<NodeIndex, NodeIndex>> wanted;
  std::map<NodeIndex, std::vector<NodeIndex>> known;
  for (const Feature& feature : features_) {
    if (feature.sort != Feature::Sort::pair) continue;
    const auto [at, added] = known.try_emplace(feature.node);
    if (added) at->second = TRY(upstream_of(feature.node));
    for (const NodeIndex determinant : at->second) {
      if (std::binary_search(own.begin(), own.end(), determinant)) continue;
      NodeIndex& first = wanted[determinant].try_emplace(feature.place, feature.node).first->second;
      if (first != feature.node && context_.view.id(feature.node) < context_.view.id(first)) {
        first = feature.node;
      }
    }
  }
  for (const auto& [determinant, by_place] : wanted) {
    std::vector<NodeIndex> places;
    for (const auto& [place, subject] : by_place) places.push_back(place);
    const std::size_t begin = features_.size();
    TRY(find_in_places({.sort = Feature::Sort::upstream,
                        .relation = addresses,
                        .node = determinant,
                        .place = {},
                        .beside = {},
                        .before = {}},
                       places));
    for (std::size_t i = begin; i < features_.size(); ++i) {
      features_[i].beside = by_place.at(features_[i].place);
    }
  }
  std::erase_if(features_, [](const Feature& feature) {
    return feature.sort == Feature::Sort::upstream && feature.initiatives.empty();
  });
  return {};
}

}  // namespace mangrove::query
