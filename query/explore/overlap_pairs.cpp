#include "query/explore/overlap_pairs.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "query/best.h"
#include "query/reading.h"
#include "query/same.h"
#include "query/scratch.h"
#include "query/side.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr std::size_t kSharedShown = 5;
constexpr std::size_t kReadAtOnce = 4'000;

/// Two of those compared, by their places; a < b.
struct Pair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double score = 0;
};

/// By score, then by id: those compared stand in the order of ids.
bool comes_before(const Pair& x, const Pair& y) {
  return std::tuple(-x.score, x.a, x.b) < std::tuple(-y.score, y.a, y.b);
}

/// The best few of many, in order.
void keep_best(std::vector<Pair>& pairs, std::size_t wanted) {
  if (pairs.size() > wanted) {
    std::nth_element(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(wanted),
                     pairs.end(), comes_before);
    pairs.resize(wanted);
  }
  std::sort(pairs.begin(), pairs.end(), comes_before);
}

class PairFinder {
 public:
  PairFinder(const Context& context, const PreparedFilter& filter, Page page)
      : context_(context),
        filter_(filter),
        page_(page),
        sides_(context, filter),
        reading_(context),
        words_(context, filter, sides_, reading_, {}) {}

  Result<OverlapPairsAnswer> answer() {
    OverlapPairsAnswer answer;
    TRY(gather(answer));
    TRY(compare(answer.total));
    TRY(explain(answer.items));
    TRY(find_clusters(answer));
    TRY(fill_matrix(answer.matrix));
    return answer;
  }

 private:
  // --- Who is compared ------------------------------------------------------------------------

  Status gather(OverlapPairsAnswer& answer) {
    std::vector<NodeIndex> admitted = TRY(admitted_by_filter());
    TRY(find_duplicates(admitted, answer));
    admitted = TRY(Same(context_).once(admitted));
    answer.initiatives = admitted.size();
    nodes_ = std::move(admitted);
    all_sides_ = TRY(sides_.of(nodes_));
    if (nodes_.size() > kComparedMax) {
      TRY(keep_those_with_most());
      answer.note = "Of " + counted(answer.initiatives, "initiative") + " the " +
                    std::to_string(kComparedMax) +
                    " that have most to share were compared; narrow the question to compare all.";
    }
    answer.compared = nodes_.size();
    return read_years();
  }

  /// All that pass, in the order of ids.
  Result<std::vector<NodeIndex>> admitted_by_filter() {
    const graph::View& view = context_.view;
    std::vector<NodeIndex> admitted;
    const graph::Kind initiative = view.name("Initiative");
    if (initiative == graph::kNoName) return admitted;
    const std::vector<NodeIndex> all = view.nodes_of_kind(initiative);
    for (const NodeIndex node : all) {
      if (!context_.budget.step()) return context_.budget.status().error();
      if (filter_.admits(context_, node)) admitted.push_back(node);
    }
    if (filter_.reads_properties()) {
      std::vector<NodeIndex> passing;
      for (std::size_t at = 0; at < admitted.size(); at += kReadAtOnce) {
        const auto some =
            std::span(admitted).subspan(at, std::min(kReadAtOnce, admitted.size() - at));
        if (!context_.budget.read(some.size())) return context_.budget.status().error();
        const std::vector<graph::Node> read = TRY(view.read(some));
        for (const graph::Node& node : read) {
          if (filter_.admits(node)) passing.push_back(node.index);
        }
      }
      admitted = std::move(passing);
    }
    std::sort(admitted.begin(), admitted.end(),
              [&](NodeIndex a, NodeIndex b) { return a != b && view.id(a) < view.id(b); });
    return admitted;
  }

  Status find_duplicates(const std::vector<NodeIndex>& admitted, OverlapPairsAnswer& answer) {
    const Same same(context_);
    const std::set<NodeIndex> among(admitted.begin(), admitted.end());
    struct Found {
      NodeIndex a;
      NodeIndex b;
      bool accepted;
    };
    std::vector<Found> found;
    for (const NodeIndex node : admitted) {
      const auto sure = TRY(same.others(node));
      const auto perhaps = TRY(same.suggested(node));
      for (const auto* others : {&sure, &perhaps}) {
        for (const NodeIndex other : *others) {
          if (!among.contains(other) || context_.view.id(other) < context_.view.id(node)) continue;
          found.push_back({node, other, others == &sure});
          if (others == &perhaps) perhaps_.insert(std::minmax(node, other));
        }
      }
    }
    answer.duplicate_total = found.size();
    if (found.size() > kDuplicatesShown) found.resize(kDuplicatesShown);
    std::vector<NodeIndex> ends;
    for (const Found& each : found) ends.insert(ends.end(), {each.a, each.b});
    const auto named = TRY(briefs(context_, ends));
    for (std::size_t i = 0; i < found.size(); ++i) {
      answer.duplicates.push_back(
          {named[2 * i], named[2 * i + 1], found[i].accepted ? "accepted" : "suggested"});
    }
    return {};
  }

  Status keep_those_with_most() {
    std::vector<std::pair<double, std::uint32_t>> order;  // Ids break ties: they are in that order.
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      double sum = 0;
      for (const SideTie& tie : all_sides_[i].ties) sum += sides_.weight(tie.ground, tie.end);
      order.emplace_back(-sum, i);
    }
    TRY(context_.budget.status());
    std::sort(order.begin(), order.end());
    order.resize(kComparedMax);
    std::sort(order.begin(), order.end(),
              [](const auto& a, const auto& b) { return a.second < b.second; });
    std::vector<NodeIndex> nodes;
    std::vector<Side> sides;
    for (const auto& [sum, i] : order) {
      nodes.push_back(nodes_[i]);
      sides.push_back(std::move(all_sides_[i]));
    }
    nodes_ = std::move(nodes);
    all_sides_ = std::move(sides);
    return {};
  }

  Status read_years() {
    if (!context_.budget.read(nodes_.size())) return context_.budget.status().error();
    years_.reserve(nodes_.size());
    for (std::size_t at = 0; at < nodes_.size(); at += kReadAtOnce) {
      const auto some = std::span(nodes_).subspan(at, std::min(kReadAtOnce, nodes_.size() - at));
      const std::vector<graph::Node> read = TRY(context_.view.read(some));
      for (const graph::Node& node : read) years_.push_back(years_of(node));
    }
    return {};
  }

  // --- Pairs ----------------------------------------------------------------------------------

  /// Scores of one with all others that share anything with it.
  Status row(std::uint32_t at,
             const std::map<std::pair<std::size_t, NodeIndex>, std::vector<std::uint32_t>>& having,
             std::vector<double>& strength, std::vector<std::uint32_t>& touched) {
    touched.clear();
    for (const SideTie& tie : all_sides_[at].ties) {
      const double weight = sides_.weight(tie.ground, tie.end);
      const auto& others = having.at({tie.ground, tie.end});
      if (!context_.budget.step(others.size())) return context_.budget.status();
      for (const std::uint32_t other : others) {
        if (strength[other] == 0) touched.push_back(other);
        strength[other] += weight;
      }
    }
    return context_.budget.status();
  }

  bool is_perhaps_one(std::uint32_t a, std::uint32_t b) const {
    return !perhaps_.empty() && perhaps_.contains(std::minmax(nodes_[a], nodes_[b]));
  }

  double factor(std::uint32_t a, std::uint32_t b) const {
    bool never = false;
    years_in_common(years_[a], years_[b], never);
    return never ? kNeverTogether : 1;
  }

  Status compare(std::size_t& total) {
    std::map<std::pair<std::size_t, NodeIndex>, std::vector<std::uint32_t>> having;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      for (const SideTie& tie : all_sides_[i].ties) having[{tie.ground, tie.end}].push_back(i);
    }
    const std::size_t wanted = page_.offset + page_.limit;
    std::vector<double> strength(nodes_.size());
    std::vector<std::uint32_t> touched;
    nearest_.resize(nodes_.size());
    with_all_.resize(nodes_.size());
    for (std::uint32_t a = 0; a < nodes_.size(); ++a) {
      TRY(row(a, having, strength, touched));
      std::vector<Pair> mine;
      for (const std::uint32_t b : touched) {
        const double score = strength[b] * factor(a, b);
        strength[b] = 0;
        if (a == b || is_perhaps_one(a, b)) continue;
        with_all_[a] += score;
        mine.push_back({a, b, score});
        if (a >= b) continue;
        ++total;
        best_.push_back({a, b, score});
      }
      if (best_.size() > 2 * wanted + nodes_.size()) keep_best(best_, wanted);
      keep_best(mine, kNearest);
      nearest_[a] = std::move(mine);
    }
    keep_best(best_, wanted);
    return {};
  }

  Status explain(std::vector<OverlapPairRow>& items) {
    const std::size_t from = std::min(page_.offset, best_.size());
    std::vector<OverlapPair> pairs;
    for (std::size_t i = from; i < best_.size(); ++i) {
      const Side& a = all_sides_[best_[i].a];
      const Side& b = all_sides_[best_[i].b];
      OverlapPair pair{&a, &b, TRY(sides_.shared(a, b)), {}, false};
      pair.years = years_in_common(years_[best_[i].a], years_[best_[i].b], pair.never);
      words_.want(pair);
      pairs.push_back(std::move(pair));
    }
    TRY(reading_.load());
    for (const OverlapPair& pair : pairs) {
      OverlapPairRow row;
      row.a = reading_.brief(*pair.mine->node);
      row.b = reading_.brief(*pair.theirs->node);
      row.score = best_[from + items.size()].score;
      row.years = pair.years;
      row.reading = TRY(words_.reading(pair));
      row.why = words_.reasons(pair, pair.never ? kNeverTogether : 1);
      row.advice = TRY(words_.advice(pair));
      items.push_back(std::move(row));
    }
    return {};
  }

  // --- Clusters -------------------------------------------------------------------------------

  bool is_near(std::uint32_t a, std::uint32_t b) const {
    return std::any_of(nearest_[a].begin(), nearest_[a].end(),
                       [&](const Pair& pair) { return pair.b == b; });
  }

  struct Members {
    std::vector<std::uint32_t> places;  // In the order of ids.
    double score = 0;
  };

  std::vector<Members> members() const {
    std::vector<std::uint32_t> root(nodes_.size());
    std::iota(root.begin(), root.end(), 0U);
    const auto find = [&](std::uint32_t at) {
      while (root[at] != at) at = root[at] = root[root[at]];
      return at;
    };
    for (std::uint32_t a = 0; a < nodes_.size(); ++a) {
      for (const Pair& pair : nearest_[a]) {
        if (is_near(pair.b, a)) root[find(std::max(a, pair.b))] = find(std::min(a, pair.b));
      }
    }
    std::map<std::uint32_t, Members> by_root;
    for (std::uint32_t a = 0; a < nodes_.size(); ++a) {
      Members& cluster = by_root[find(a)];
      cluster.places.push_back(a);
      for (const Pair& pair : nearest_[a]) {
        if (is_near(pair.b, a)) cluster.score = std::max(cluster.score, pair.score);
      }
    }
    std::vector<Members> clusters;
    for (auto& [at, cluster] : by_root) {
      if (cluster.places.size() > 1) clusters.push_back(std::move(cluster));
    }
    std::sort(clusters.begin(), clusters.end(), [](const Members& x, const Members& y) {
      return std::tuple(-static_cast<double>(x.places.size()), -x.score, x.places.front()) <
             std::tuple(-static_cast<double>(y.places.size()), -y.score, y.places.front());
    });
    return clusters;
  }

  /// The ends that all of them have, the rarest first.
  std::vector<NodeIndex> shared_by_all(const Members& cluster) {
    std::vector<SideTie> ties = all_sides_[cluster.places.front()].ties;
    for (const std::uint32_t place : cluster.places) {
      std::erase_if(ties, [&](const SideTie& tie) {
        const auto& others = all_sides_[place].ties;
        return std::none_of(others.begin(), others.end(), [&](const SideTie& other) {
          return other.ground == tie.ground && other.end == tie.end;
        });
      });
    }
    std::sort(ties.begin(), ties.end(), [&](const SideTie& a, const SideTie& b) {
      const auto key = [&](const SideTie& tie) {
        return std::tuple(-sides_.weight(tie.ground, tie.end), tie.ground,
                          context_.view.id(tie.end));
      };
      return key(a) < key(b);
    });
    std::vector<NodeIndex> ends;
    for (const SideTie& tie : ties) {
      if (ends.size() == kSharedShown) break;
      if (std::find(ends.begin(), ends.end(), tie.end) == ends.end()) ends.push_back(tie.end);
    }
    return ends;
  }

  Status find_clusters(OverlapPairsAnswer& answer) {
    std::vector<Members> clusters = members();
    answer.cluster_total = clusters.size();
    if (clusters.size() > kClustersShown) clusters.resize(kClustersShown);
    std::vector<std::vector<NodeIndex>> shared;
    for (const Members& cluster : clusters) {
      shared.push_back(shared_by_all(cluster));
      for (const NodeIndex end : shared.back()) reading_.want(end);
      for (const std::uint32_t place : shown(cluster)) reading_.want(nodes_[place]);
    }
    TRY(reading_.load());
    for (std::size_t i = 0; i < clusters.size(); ++i) {
      OverlapCluster cluster{clusters[i].places.size(), clusters[i].score, {}, {}};
      for (const std::uint32_t place : shown(clusters[i])) {
        cluster.initiatives.push_back(reading_.brief(nodes_[place]));
      }
      for (const NodeIndex end : shared[i]) cluster.shared.push_back(reading_.brief(end));
      answer.clusters.push_back(std::move(cluster));
    }
    return {};
  }

  static std::span<const std::uint32_t> shown(const Members& cluster) {
    return std::span(cluster.places)
        .first(std::min(cluster.places.size(), OverlapCluster::kShownMax));
  }

  // --- Matrix ---------------------------------------------------------------------------------

  Status fill_matrix(OverlapMatrix& matrix) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      if (with_all_[i] > 0) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tuple(-with_all_[a], a) < std::tuple(-with_all_[b], b);
    });
    if (order.size() > OverlapMatrix::kSizeMax) order.resize(OverlapMatrix::kSizeMax);
    for (const std::uint32_t place : order) reading_.want(nodes_[place]);
    TRY(reading_.load());
    for (const std::uint32_t a : order) {
      matrix.initiatives.push_back(reading_.brief(nodes_[a]));
      std::vector<double>& row = matrix.scores.emplace_back();
      for (const std::uint32_t b : order) row.push_back(TRY(score_of(a, b)));
    }
    return {};
  }

  Result<double> score_of(std::uint32_t a, std::uint32_t b) {
    if (a == b || is_perhaps_one(a, b)) return 0.0;
    double strength = 0;
    const auto shared = TRY(sides_.shared(all_sides_[a], all_sides_[b]));
    for (const SharedEnd& each : shared) strength += each.weight;
    return strength * factor(a, b);
  }

  const Context& context_;
  const PreparedFilter& filter_;
  Page page_;
  Sides sides_;
  Reading reading_;
  OverlapWords words_;
  std::set<std::pair<NodeIndex, NodeIndex>> perhaps_;  // Suggested to be one: no overlap.
  std::vector<NodeIndex> nodes_;                       // Compared; in the order of ids.
  std::vector<Side> all_sides_;                        // Of these.
  std::vector<Years> years_;                           // Of these.
  std::vector<Pair> best_;
  std::vector<std::vector<Pair>> nearest_;  // Of each; `a` is itself.
  std::vector<double> with_all_;            // Of each: its scores added up.
};

}  // namespace

Result<OverlapPairsAnswer> overlap_pairs(const Context& context,
                                         const OverlapPairsQuestion& question) {
  const PreparedFilter filter =
      TRY(PreparedFilter::prepare(context, question.filter, Ties::working));
  return PairFinder(context, filter, question.page).answer();
}

}  // namespace mangrove::query
