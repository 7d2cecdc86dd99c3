#include "query/analytics/analytics.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "query/analytics/communities.h"
#include "query/analytics/structure.h"
#include "query/best.h"
#include "query/filter.h"
#include "query/reading.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::size_t kReasonsMax = 3;
constexpr std::size_t kBridgesShown = 20;

std::string percent(double share) {
  const auto tenths = static_cast<std::int64_t>(std::llround(share * 1'000));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::string times(double number) {
  const auto tenths = static_cast<std::int64_t>(std::llround(number * 10));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

/// A reason before its nodes are read.
struct Explaining {
  NodeIndex node;
  double weight = 0;
  std::uint64_t number = 0;
  std::uint64_t of = 0;
};

/// A row before its nodes are read.
struct Row {
  NodeIndex node;
  double score = 0;
  std::optional<double> error;
  std::vector<NodeIndex> members;
  std::vector<Explaining> grounds;
};

class Analyst {
 public:
  Analyst(const Context& context, const AnalyticsQuestion& question, const Projection& projection,
          std::vector<graph::Kind> shown)
      : context_(context),
        question_(question),
        projection_(projection),
        shown_(std::move(shown)),
        reading_(context) {}

  Result<AnalyticsAnswer> answer() {
    AnalyticsAnswer answer;
    answer.nodes = projection_.nodes().size();
    answer.edges = projection_.edges();
    answer.relations = projection_.asked();
    TRY(measure(answer));
    for (const Row& row : rows_) want(row);
    for (const Bridge& bridge : bridges_) {
      reading_.want(bridge.a);
      reading_.want(bridge.b);
    }
    TRY(reading_.load());
    for (const Row& row : rows_) answer.items.push_back(told(row));
    for (const Bridge& bridge : bridges_) answer.bridges.push_back(told(bridge));
    return answer;
  }

 private:
  Status measure(AnalyticsAnswer& answer) {
    switch (question_.measure) {
      case Measure::pagerank:
        return rank_pages(answer);
      case Measure::betweenness:
        return rank_between(answer);
      case Measure::communities:
        return group_communities(answer);
      case Measure::components:
        return group_components(answer);
      case Measure::cores:
        return rank_cores(answer);
      case Measure::bridges:
        return rank_cuts(answer);
    }
    return {};
  }

  bool is_shown(NodeIndex node) const {
    return shown_.empty() ||
           std::find(shown_.begin(), shown_.end(), context_.view.kind(node)) != shown_.end();
  }

  /// The rows of the page, of nodes by a score by index.
  template <typename Scores>
  void choose(const Scores& scores, AnalyticsAnswer& answer) {
    Best best(context_.view, question_.page.offset + question_.page.limit);
    for (const NodeIndex node : projection_.nodes()) {
      if (!is_shown(node)) continue;
      ++answer.total;
      best.offer({static_cast<double>(scores[node.value]), node});
    }
    const std::vector<Ranked> ranked = std::move(best).take();
    for (std::size_t i = question_.page.offset; i < ranked.size(); ++i) {
      rows_.push_back({.node = ranked[i].node,
                       .score = ranked[i].score,
                       .error = {},
                       .members = {},
                       .grounds = {}});
    }
  }

  Status rank_pages(AnalyticsAnswer& answer) {
    const auto ranks = TRY(pagerank(projection_, question_.pagerank));
    answer.method = "PageRank over ties in both directions, damping " +
                    graph::to_string(graph::Value(question_.pagerank.damping)) + ", " +
                    counted(question_.pagerank.iterations, "iteration") +
                    "; a score of 1 is the average.";
    choose(ranks, answer);
    for (Row& row : rows_) {
      Best best(context_.view, kReasonsMax);
      Scratch<double> given(projection_.node_limit());
      projection_.visit(row.node, [&](NodeIndex other) {
        given.touch(other) +=
            question_.pagerank.damping * ranks[other.value] / projection_.degree(other);
      });
      for (const NodeIndex other : given.touched()) best.offer({given[other], other});
      for (const Ranked& each : std::move(best).take()) {
        row.grounds.push_back({each.node, each.score, projection_.degree(each.node), 0});
      }
    }
    return context_.budget.status();
  }

  Status rank_between(AnalyticsAnswer& answer) {
    const Betweenness found = TRY(betweenness(projection_));
    answer.method =
        found.is_exact
            ? std::string(
                  "Betweenness by Brandes, exact: the share of all pairs of others that "
                  "have their shortest ways through the node.")
            : "Betweenness by Brandes, estimated from the ways that start at " +
                  std::to_string(found.samples) + " of " +
                  std::to_string(projection_.nodes().size()) +
                  " nodes drawn by lot: the share of all pairs of others that have their shortest "
                  "ways through the node, with its standard error.";
    choose(found.scores, answer);
    for (Row& row : rows_) {
      if (!found.is_exact) row.error = found.errors[row.node.value];
      row.grounds.push_back({row.node, row.score, projection_.degree(row.node), 0});
    }
    return context_.budget.status();
  }

  Status rank_cores(AnalyticsAnswer& answer) {
    const auto cores = TRY(core_numbers(projection_));
    answer.method =
        "Core numbers: the largest k for which the node belongs to a part in which all have at "
        "least k ties to each other.";
    choose(cores, answer);
    for (Row& row : rows_) {
      std::uint64_t within = 0;
      projection_.visit(row.node, [&](NodeIndex other) {
        within += cores[other.value] >= cores[row.node.value] ? 1 : 0;
      });
      row.grounds.push_back({row.node, row.score, within, projection_.degree(row.node)});
    }
    return context_.budget.status();
  }

  Status rank_cuts(AnalyticsAnswer& answer) {
    CutPoints found = TRY(cut_points(projection_));
    answer.method =
        "Cut vertices and bridges: nodes, and ties, without which others hang together no more; "
        "scored by how many nodes are cut off from the largest part.";
    std::erase_if(found.vertices, [&](const CutVertex& each) { return !is_shown(each.node); });
    std::sort(found.vertices.begin(), found.vertices.end(),
              [&](const CutVertex& a, const CutVertex& b) {
                if (a.cut_off != b.cut_off) return a.cut_off > b.cut_off;
                return id(a.node) < id(b.node);
              });
    answer.total = found.vertices.size();
    const std::size_t end =
        std::min(found.vertices.size(), question_.page.offset + question_.page.limit);
    for (std::size_t i = question_.page.offset; i < end; ++i) add_cut(found.vertices[i]);
    if (question_.page.offset == 0) take_bridges(std::move(found.bridges));
    return {};
  }

  void add_cut(const CutVertex& vertex) {
    Row row{.node = vertex.node,
            .score = static_cast<double>(vertex.cut_off),
            .error = {},
            .members = {},
            .grounds = {}};
    // A piece is told by its member with the lowest id: the one it was met by hangs on the order.
    // Of several largest ones, the first is what the others are cut off from.
    const bool one_is_largest = vertex.pieces[0].size > vertex.pieces[1].size;
    for (std::size_t i = one_is_largest ? 1 : 0; i < vertex.pieces.size(); ++i) {
      const CutVertex::Piece& piece = vertex.pieces[i];
      row.grounds.push_back({first_of_piece(vertex.node, piece), static_cast<double>(piece.size),
                             piece.size, vertex.pieces.size()});
    }
    std::sort(row.grounds.begin(), row.grounds.end(),
              [&](const Explaining& left, const Explaining& right) {
                return left.weight != right.weight ? left.weight > right.weight
                                                   : id(left.node) < id(right.node);
              });
    if (!one_is_largest) row.grounds.erase(row.grounds.begin());
    if (row.grounds.size() > kReasonsMax) row.grounds.resize(kReasonsMax);
    rows_.push_back(std::move(row));
  }

  NodeIndex first_of_piece(NodeIndex cut, const CutVertex::Piece& piece) {
    Scratch<std::uint8_t> seen(projection_.node_limit());
    seen.touch(cut) = 1;
    seen.touch(piece.member) = 1;
    NodeIndex first = piece.member;
    for (std::size_t i = 1; i < seen.touched().size(); ++i) {
      const NodeIndex node = seen.touched()[i];
      if (id(node) < id(first)) first = node;
      projection_.visit(node, [&](NodeIndex other) {
        if (seen[other] == 0) seen.touch(other) = 1;
      });
    }
    return first;
  }

  void take_bridges(std::vector<Bridge> all) {
    for (Bridge& each : all) {
      // Where both sides are of one size, the one with the lower id comes first.
      const std::uint64_t both = size_with(each.a);
      if (both == 2 * each.cut_off && id(each.b) < id(each.a)) std::swap(each.a, each.b);
    }
    const auto before = [&](const Bridge& a, const Bridge& b) {
      if (a.cut_off != b.cut_off) return a.cut_off > b.cut_off;
      return std::pair(id(a.a), id(a.b)) < std::pair(id(b.a), id(b.b));
    };
    const std::size_t shown = std::min(all.size(), kBridgesShown);
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(shown), all.end(),
                      before);
    all.resize(shown);
    bridges_ = std::move(all);
  }

  /// How many nodes hang together with this one.
  std::uint64_t size_with(NodeIndex node) {
    if (sizes_.empty()) {
      const auto found = components(projection_);
      if (!found.ok()) return 0;
      component_ = found.value().of;
      sizes_.resize(found.value().count);
      for (const NodeIndex each : projection_.nodes()) ++sizes_[component_[each.value]];
    }
    return sizes_[component_[node.value]];
  }

  Status group_components(AnalyticsAnswer& answer) {
    const Components found = TRY(components(projection_));
    answer.method = "Connected components: nodes between which there is any way.";
    std::vector<std::vector<NodeIndex>> groups(found.count);
    for (const NodeIndex node : projection_.by_id()) groups[found.of[node.value]].push_back(node);
    return show_groups(std::move(groups), answer);
  }

  Status group_communities(AnalyticsAnswer& answer) {
    const auto by_id = projection_.by_id();
    const Communities found = TRY(communities(projection_, by_id));
    answer.method =
        "Communities by the method of Louvain, from nodes in the order of their ids; parted where "
        "they do not hang together.";
    answer.modularity = found.modularity;
    std::vector<std::vector<NodeIndex>> groups(found.count);
    for (std::size_t i = 0; i < by_id.size(); ++i) groups[found.of[i]].push_back(by_id[i]);
    return show_groups(std::move(groups), answer);
  }

  /// Members come in the order of ids.
  Status show_groups(std::vector<std::vector<NodeIndex>> groups, AnalyticsAnswer& answer) {
    std::erase_if(groups, [&](const auto& members) {
      return std::none_of(members.begin(), members.end(),
                          [&](NodeIndex node) { return is_shown(node); });
    });
    std::sort(groups.begin(), groups.end(), [&](const auto& a, const auto& b) {
      return a.size() != b.size() ? a.size() > b.size() : id(a.front()) < id(b.front());
    });
    answer.total = groups.size();
    const std::size_t end = std::min(groups.size(), question_.page.offset + question_.page.limit);
    for (std::size_t i = question_.page.offset; i < end; ++i) {
      Best best(context_.view, kMembersShown);
      for (const NodeIndex node : groups[i]) {
        if (is_shown(node)) best.offer({static_cast<double>(projection_.degree(node)), node});
      }
      Row row{.node = {},
              .score = static_cast<double>(groups[i].size()),
              .error = {},
              .members = {},
              .grounds = {}};
      for (const Ranked& each : std::move(best).take()) row.members.push_back(each.node);
      row.node = row.members.front();
      TRY(find_common(groups[i], row));
      rows_.push_back(std::move(row));
    }
    return context_.budget.status();
  }

  /// What the initiatives of a group have in common more than all do: targets, determinants,
  /// groups and places.
  Status find_common(const std::vector<NodeIndex>& members, Row& row) {
    const graph::Kind initiative = context_.view.name("Initiative");
    std::vector<NodeIndex> initiatives;
    std::copy_if(members.begin(), members.end(), std::back_inserter(initiatives),
                 [&](NodeIndex node) { return context_.view.kind(node) == initiative; });
    const auto all = TRY(all_of_kind(context_, "Initiative"));
    const PreparedFilter filter =
        TRY(PreparedFilter::prepare(context_, bases_only(), Ties::working));
    Best best(context_.view, kReasonsMax);
    Scratch<std::uint32_t> counts(context_.view.node_limit());
    for (const char* name : {"WORKS_IN", "CONTRIBUTES_TO", "ADDRESSES", "SERVES"}) {
      Neighbours away(context_, filter, context_.view.name(name), Direction::out);
      Neighbours back(context_, filter, context_.view.name(name), Direction::in);
      counts.clear();
      for (const NodeIndex each : initiatives) {
        for (const NodeIndex end : away.of(each)) ++counts.touch(end);
      }
      for (const NodeIndex end : counts.touched()) {
        const double share = counts[end] / static_cast<double>(initiatives.size());
        const double of_all =
            static_cast<double>(back.of(end).size()) / static_cast<double>(all->size());
        if (share <= of_all) continue;
        best.offer({std::nearbyint((share - of_all) * 1e9) / 1e9, end});
        common_[end] = {counts[end], initiatives.size()};
      }
    }
    for (const Ranked& each : std::move(best).take()) {
      const auto [number, of] = common_[each.node];
      row.grounds.push_back({each.node, each.score, number, of});
    }
    common_.clear();
    return context_.budget.status();
  }

  Filter bases_only() const {
    Filter filter;
    filter.bases = question_.projection.filter.bases;
    return filter;
  }

  std::string_view id(NodeIndex node) const { return context_.view.id(node); }

  void want(const Row& row) {
    reading_.want(row.node);
    for (const NodeIndex each : row.members) reading_.want(each);
    for (const Explaining& each : row.grounds) reading_.want(each.node);
  }

  AnalyticsRow told(const Row& row) const {
    AnalyticsRow told;
    told.node = reading_.brief(row.node);
    told.score = row.score;
    told.error = row.error;
    for (const NodeIndex each : row.members) told.members.push_back(reading_.brief(each));
    for (const Explaining& each : row.grounds) {
      Reason reason;
      reason.node = reading_.brief(each.node);
      reason.weight = each.weight;
      reason.text = sentence(row, each);
      told.why.push_back(std::move(reason));
    }
    return told;
  }

  std::string sentence(const Row& row, const Explaining& ground) const {
    const std::string name = reading_.full_name(ground.node);
    switch (question_.measure) {
      case Measure::pagerank:
        return name + ", which has " + counted(ground.number, "tie") + ", gives it " +
               times(ground.weight) + " of its " + times(row.score) + ".";
      case Measure::betweenness:
        return percent(row.score) + " of all pairs of others have their shortest way through " +
               name + ", by its " + counted(ground.number, "tie") + ".";
      case Measure::communities:
      case Measure::components:
        return shared_sentence(ground, name);
      case Measure::cores:
        return std::to_string(ground.number) + " of its " + counted(ground.of, "tie") +
               " lead to others that are at least as deep in the thick of it.";
      case Measure::bridges:
        return "Without " + reading_.name(row.node) + ", " + counted(ground.number, "node") +
               " around " + name + " would be cut off.";
    }
    return {};
  }

  static std::string shared_sentence(const Explaining& ground, const std::string& name) {
    const double share = static_cast<double>(ground.number) / static_cast<double>(ground.of);
    return std::to_string(ground.number) + " of its " + counted(ground.of, "initiative") +
           " share " + name + ": " + percent(share) + ", against " +
           percent(share - ground.weight) + " of all.";
  }

  BridgeRow told(const Bridge& bridge) const {
    BridgeRow row{reading_.brief(bridge.a), reading_.brief(bridge.b), bridge.cut_off, {}};
    row.text = "Only the tie of " + row.a.name + " to " + row.b.name + " holds " +
               counted(bridge.cut_off, "node") + " to the rest.";
    return row;
  }

  const Context& context_;
  const AnalyticsQuestion& question_;
  const Projection& projection_;
  std::vector<graph::Kind> shown_;
  Reading reading_;
  std::vector<Row> rows_;
  std::vector<Bridge> bridges_;
  std::vector<std::uint32_t> component_;  // By index.
  std::vector<std::uint64_t> sizes_;      // Of each.
  std::unordered_map<NodeIndex, std::pair<std::uint64_t, std::uint64_t>> common_;
};

}  // namespace

std::string_view to_string(Measure measure) {
  switch (measure) {
    case Measure::pagerank:
      return "pagerank";
    case Measure::betweenness:
      return "betweenness";
    case Measure::communities:
      return "communities";
    case Measure::components:
      return "components";
    case Measure::cores:
      return "cores";
    case Measure::bridges:
      return "bridges";
  }
  return {};
}

Result<AnalyticsAnswer> analytics(const Context& context, const AnalyticsQuestion& question) {
  const PageRankOptions& pagerank = question.pagerank;
  if (!(pagerank.damping > 0 && pagerank.damping < 1)) {
    return Error{ErrorCode::invalid_input, "damping: must be above 0 and below 1"};
  }
  std::vector<graph::Kind> shown;
  Filter kinds;
  kinds.kinds = question.show;
  TRY(PreparedFilter::prepare(context, kinds));  // Refuses what nobody has heard of.
  for (const std::string& kind : question.show) shown.push_back(context.view.name(kind));
  const Projection projection = TRY(Projection::make(context, question.projection));
  return Analyst(context, question, projection, std::move(shown)).answer();
}

}  // namespace mangrove::query
