#include "query/explore/subgraph.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "query/connection.h"
#include "query/lot.h"
#include "query/reading.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

/// Of a hub's neighbours by one relation, so many are candidates.
constexpr std::size_t kConsidered = 512;

struct Drawn {
  NodeIndex node;
  unsigned hop = 0;
  std::uint64_t degree = 0;
  double importance = 1;
};

class Drawing {
 public:
  Drawing(const Context& context, const SubgraphQuestion& question, const PreparedFilter& filter,
          std::vector<KnownRelation> relations, NodeIndex seed)
      : context_(context),
        question_(question),
        filter_(filter),
        relations_(std::move(relations)),
        connectedness_(context, relations_, filter),
        place_(context.view.node_limit()) {
    draw({seed, 0, connectedness_(seed), 1});
  }

  Result<SubgraphAnswer> answer() {
    for (unsigned hop = 1; hop <= question_.hops; ++hop) TRY(add_hop(hop, room_after(hop)));
    // Where the far hops left room, the near ones may have it.
    for (unsigned hop = 1; hop <= question_.hops; ++hop) TRY(add_hop(hop, question_.limit));
    std::stable_sort(drawn_.begin(), drawn_.end(), [](const Drawn& a, const Drawn& b) {
      return a.hop != b.hop ? a.hop < b.hop : a.importance > b.importance;
    });
    for (std::size_t i = 0; i < drawn_.size(); ++i) {
      place_.touch(drawn_[i].node) = static_cast<std::uint32_t>(i + 1);
    }
    SubgraphAnswer answer;
    Reading reading(context_);
    for (const Drawn& each : drawn_) reading.want(each.node);
    TRY(reading.load());
    answer.seed = context_.view.id(drawn_.front().node);
    for (const Drawn& each : drawn_) {
      answer.nodes.push_back({reading.brief(each.node), each.hop, each.degree, each.importance});
    }
    TRY(connect(answer));
    TRY(count_hidden(answer));
    return answer;
  }

 private:
  void draw(const Drawn& drawn) {
    drawn_.push_back(drawn);
    place_.touch(drawn.node) = static_cast<std::uint32_t>(drawn_.size());
  }

  /// How many nodes may stand on the drawing after this hop: what is left is shared among the hops
  /// that are left, so that the first does not take it all.
  std::size_t room_after(unsigned hop) const {
    const std::size_t left = question_.limit - drawn_.size();
    const std::size_t hops_left = question_.hops - hop + 1;
    return drawn_.size() + (left + hops_left - 1) / hops_left;
  }

  /// Draws the best neighbours of the nodes one hop nearer, until so many nodes are drawn.
  Status add_hop(unsigned hop, std::size_t room) {
    if (drawn_.size() >= room) return {};
    auto groups = TRY(candidates(hop));
    std::vector<std::size_t> taken(groups.size(), 0);
    // The relations take turns, each giving its best next.
    for (bool any = true; any && drawn_.size() < room;) {
      any = false;
      for (std::size_t i = 0; i < groups.size() && drawn_.size() < room; ++i) {
        while (taken[i] < groups[i].size() && place_[groups[i][taken[i]].node] != 0) ++taken[i];
        if (taken[i] == groups[i].size()) continue;
        draw(groups[i][taken[i]++]);
        any = true;
      }
    }
    return {};
  }

  /// Neighbours not drawn yet, by relation and direction; the most important first.
  Result<std::vector<std::vector<Drawn>>> candidates(unsigned hop) {
    std::vector<std::vector<Drawn>> groups;
    for (const KnownRelation& relation : relations_) {
      for (const Direction direction : {Direction::out, Direction::in}) {
        std::vector<Drawn> group;
        for (const Drawn& parent : drawn_) {
          if (parent.hop + 1 == hop) TRY(add_candidates(parent, relation, direction, hop, group));
        }
        if (group.empty()) continue;
        std::sort(group.begin(), group.end(), [&](const Drawn& a, const Drawn& b) {
          if (a.importance != b.importance) return a.importance > b.importance;
          return context_.view.id(a.node) < context_.view.id(b.node);
        });
        groups.push_back(std::move(group));
      }
    }
    return groups;
  }

  Status add_candidates(const Drawn& parent, const KnownRelation& relation, Direction direction,
                        unsigned hop, std::vector<Drawn>& group) {
    std::vector<NodeIndex> ends;
    TRY(walk_once(context_, filter_, std::span(&parent.node, 1), relation.relation, direction,
                  [&](std::size_t, NodeIndex end) {
                    if (place_[end] == 0) ends.push_back(end);
                  }));
    std::erase_if(ends, [&](NodeIndex end) { return !filter_.admits(context_, end); });
    if (ends.size() > kConsidered) keep_some(ends);
    for (const NodeIndex end : ends) {
      const std::uint64_t degree = connectedness_(end);
      group.push_back({end, hop, degree, parent.importance * specificity(relation.weight, degree)});
    }
    return context_.budget.status();
  }

  /// Keeps kConsidered of the nodes, drawn as by lot. The lot hangs on the ids alone: so it is the
  /// same whenever the same neighbours are there.
  void keep_some(std::vector<NodeIndex>& nodes) const {
    std::vector<std::pair<std::uint64_t, NodeIndex>> lots;
    lots.reserve(nodes.size());
    for (const NodeIndex node : nodes) lots.emplace_back(lot_of(context_.view.id(node)), node);
    const auto last = lots.begin() + static_cast<std::ptrdiff_t>(kConsidered) - 1;
    std::nth_element(lots.begin(), last, lots.end(), [&](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first
                                : context_.view.id(a.second) < context_.view.id(b.second);
    });
    nodes.clear();
    for (auto at = lots.begin(); at <= last; ++at) nodes.push_back(at->second);
  }

  /// All edges between drawn nodes: one for each relation between two of them.
  Status connect(SubgraphAnswer& answer) {
    std::vector<NodeIndex> nodes;
    for (const Drawn& each : drawn_) nodes.push_back(each.node);
    for (const KnownRelation& relation : relations_) {
      std::map<std::pair<std::size_t, std::size_t>, Basis> basis_of_edge;  // By places in drawn_.
      TRY(walk(context_, filter_, nodes, relation.relation, Direction::out,
               [&](std::size_t position, const Adjacent& edge) {
                 if (place_[edge.node] == 0) return;
                 const Basis basis = basis_of(context_, edge.qualifier);
                 const auto [known, added] =
                     basis_of_edge.try_emplace({position, place_[edge.node] - 1}, basis);
                 if (!added && is_weaker(known->second, basis)) known->second = basis;
               }));
      const std::string label = label_of(relation, Direction::out, context_.language);
      for (const auto& [ends, basis] : basis_of_edge) {
        answer.edges.push_back({answer.nodes[ends.first].node.id, answer.nodes[ends.second].node.id,
                                std::string(relation.name), label, basis});
      }
    }
    return {};
  }

  /// Neighbours of drawn nodes that the filter admits and the drawing leaves out; each once for a
  /// node.
  Status count_hidden(SubgraphAnswer& answer) {
    Scratch<std::uint32_t> counted_for(context_.view.node_limit());
    for (std::uint32_t i = 0; i < drawn_.size(); ++i) {
      std::uint64_t hidden = 0;
      for (const KnownRelation& relation : relations_) {
        for (const Direction direction : {Direction::out, Direction::in}) {
          TRY(walk_once(context_, filter_, std::span(&drawn_[i].node, 1), relation.relation,
                        direction, [&](std::size_t, NodeIndex end) {
                          if (place_[end] != 0 || counted_for[end] == i + 1) return;
                          counted_for.touch(end) = i + 1;
                          hidden += filter_.admits(context_, end) ? 1 : 0;
                        }));
        }
      }
      if (hidden > 0) answer.hidden[answer.nodes[i].node.id] = hidden;
    }
    return {};
  }

  const Context& context_;
  const SubgraphQuestion& question_;
  const PreparedFilter& filter_;
  std::vector<KnownRelation> relations_;
  Connectedness connectedness_;
  Scratch<std::uint32_t> place_;  // In drawn_, plus 1.
  std::vector<Drawn> drawn_;
};

Status check(const SubgraphQuestion& question) {
  if (question.hops < 1 || question.hops > kSubgraphHopsMax) {
    return Error{ErrorCode::invalid_input,
                 "hops: must be from 1 to " + std::to_string(kSubgraphHopsMax)};
  }
  if (question.limit < 1 || question.limit > kSubgraphNodesMax) {
    return Error{ErrorCode::invalid_input,
                 "limit: must be from 1 to " + std::to_string(kSubgraphNodesMax)};
  }
  return {};
}

}  // namespace

Result<SubgraphAnswer> subgraph(const Context& context, const SubgraphQuestion& question) {
  TRY(check(question));
  const NodeIndex seed = TRY(find_node(context, question.seed));
  const PreparedFilter filter =
      TRY(PreparedFilter::prepare(context, question.filter, Ties::working));
  if (filter.reads_properties()) {
    return Error{ErrorCode::invalid_input,
                 "a drawing cannot be filtered by status, language or years"};
  }
  const Relations known(context);
  auto relations = TRY(known.of(question.relations));
  return Drawing(context, question, filter, std::move(relations), seed).answer();
}

}  // namespace mangrove::query
