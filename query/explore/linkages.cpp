#include "query/explore/linkages.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "query/best.h"
#include "query/co_occurrence.h"
#include "query/contributions.h"
#include "query/reading.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kTarget = "Target";
constexpr double kInfluenceMax = 3;  ///< The end of the seven-point scale.
constexpr double kSureAt = 10;       ///< -log10 of the p-value from which more adds nothing.

std::string in_words(double number) {
  const double tenths = std::round(number * 10);
  const auto whole = static_cast<long long>(tenths) / 10;
  const auto rest = static_cast<long long>(tenths) % 10;
  return std::to_string(whole) + "." + std::to_string(rest);
}

/// A row while it is worked out.
struct Draft {
  NodeIndex target;
  Pairing pairing;  // Its n is 0 where they are never seen together.
  std::vector<Influence> influence;
  std::vector<NodeIndex> determinants;

  double together_score() const {
    if (pairing.n == 0 || pairing.lift <= 1) return 0;
    return std::min(1.0, -std::log10(std::max(pairing.p_value, 1e-300)) / kSureAt);
  }
  /// The weakest that any of the initiatives rests on.
  Basis basis() const {
    if (pairing.is_by_text) return Basis::text;
    return pairing.said < pairing.n ? Basis::mapped : Basis::reported;
  }
  double influence_score() const {
    double most = 0;
    for (const Influence& each : influence) {
      if (each.score && is_finding(each)) most = std::max(most, std::abs(*each.score));
    }
    return std::min(1.0, most / kInfluenceMax);
  }
  /// Whether more than a proposal: what nobody has confirmed counts for nothing.
  static bool is_finding(const Influence& influence) {
    return unconfirmed(influence.status).empty();
  }
  double determinant_score() const {
    const auto shared = static_cast<double>(determinants.size());
    return shared / (shared + 2);
  }
  double score() const { return together_score() + influence_score() + determinant_score(); }
};

/// An actor, and in how many of the initiatives behind a row it takes part.
struct Carrying {
  NodeIndex actor;
  std::uint64_t initiatives = 0;
};

/// What stands behind what is seen together.
struct Behind {
  std::vector<NodeIndex> examples;
  std::vector<Carrying> carriers;
};

class LinkageFinder {
 public:
  LinkageFinder(const Context& context, const LinkagesQuestion& question,
                const PreparedFilter& filter, const CoOccurrence& together, NodeIndex self)
      : context_(context),
        question_(question),
        filter_(filter),
        together_(together),
        self_(self),
        relations_(context),
        reading_(context),
        target_kind_(context.view.name(kTarget)) {}

  Result<LinkagesAnswer> answer() {
    LinkagesAnswer answer;
    TRY(count_together(answer));
    TRY(read_influence());
    TRY(share_determinants());
    std::vector<Draft> rows = ranked();
    answer.total = rows.size();
    const std::size_t from = std::min(question_.page.offset, rows.size());
    const std::size_t to = std::min(from + question_.page.limit, rows.size());
    std::vector<Draft> page(rows.begin() + static_cast<std::ptrdiff_t>(from),
                            rows.begin() + static_cast<std::ptrdiff_t>(to));
    for (Draft& row : page) sort_by_id(row.determinants);
    const auto behind_them = TRY(behind(page));
    TRY(read_names(page, behind_them));
    answer.target = reading_.brief(self_);
    for (std::size_t i = 0; i < page.size(); ++i) {
      answer.items.push_back(linkage(page[i], behind_them[i]));
    }
    return answer;
  }

 private:
  bool is_target(NodeIndex node) const { return context_.view.kind(node) == target_kind_; }

  Draft& draft(NodeIndex target) {
    const auto [at, added] = drafts_.try_emplace(target);
    if (added) at->second.target = target;
    return at->second;
  }

  /// What initiatives contribute to: with this target, with each other one, with both, with any.
  Status count_together(LinkagesAnswer& answer) {
    answer.with_any_target = together_.initiatives();
    number_ = together_.contributions().number_of(self_);
    if (!number_) return {};
    answer.with_target = together_.of(*number_);
    for (const Pairing& pairing : TRY(together_.with(context_, *number_))) {
      draft(together_.contributions().ends()[pairing.b]).pairing = pairing;
    }
    return {};
  }

  /// Published statements, in both directions.
  Status read_influence() {
    const KnownRelation* influences = relations_.find("INFLUENCES");
    if (influences == nullptr) return {};
    std::vector<graph::Edge> edges;
    for (const Direction direction : {Direction::in, Direction::out}) {
      const bool in = direction == Direction::in;
      TRY(walk(context_, filter_, std::span(&self_, 1), influences->relation, direction,
               [&](std::size_t, const Adjacent& edge) {
                 if (!is_target(edge.node) || edge.node == self_) return;
                 edges.push_back({in ? edge.node : self_, influences->relation,
                                  in ? self_ : edge.node, edge.qualifier, edge.record});
               }));
    }
    if (!context_.budget.read(edges.size())) return context_.budget.status();
    const auto stated = TRY(context_.view.read_edges(edges));
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const bool to = edges[i].to == self_;
      std::vector<Influence> found;
      add_statements(stated[i], to, found);
      if (found.empty()) continue;
      Draft& row = draft(to ? edges[i].from : edges[i].to);
      std::ranges::move(found, std::back_inserter(row.influence));
    }
    for (auto& [target, row] : drafts_) {
      std::sort(row.influence.begin(), row.influence.end(), stands_before);
    }
    return {};
  }

  /// What acts on the target asked comes first, the strongest first.
  static bool stands_before(const Influence& a, const Influence& b) {
    const auto strength = [](const Influence& each) {
      return each.score ? std::abs(*each.score) : -1;
    };
    if (a.to != b.to) return a.to;
    if (strength(a) != strength(b)) return strength(a) > strength(b);
    if (a.score != b.score) return a.score > b.score;
    return std::tie(a.source, a.status, a.scope, a.date) <
           std::tie(b.source, b.status, b.scope, b.date);
  }

  /// One influence for each score that is stated; one without a score where there is none. That two
  /// sets of numbers move together (`dependence`) is another kind of finding, and none here.
  static void add_statements(const graph::EdgeStatementView& stated, bool to,
                             std::vector<Influence>& influence) {
    Influence plain;
    plain.to = to;
    plain.status = graph::text_of(stated.properties, "status");
    plain.scope = graph::text_of(stated.properties, "scope");
    plain.evidence = graph::text_of(stated.properties, "evidence");
    plain.source = stated.source;
    const graph::Value* date = graph::find_property(stated.properties, "date");
    if (date != nullptr) plain.date = graph::to_string(*date);
    bool scored = false;
    for (const graph::Property& property : stated.properties) {
      if (property.name != "score") continue;
      Influence each = plain;
      if (const auto* whole = std::get_if<std::int64_t>(&property.value)) {
        each.score = static_cast<double>(*whole);
      } else if (const auto* number = std::get_if<double>(&property.value)) {
        each.score = *number;
      } else {
        continue;
      }
      influence.push_back(std::move(each));
      scored = true;
    }
    const bool is_dependence = graph::find_property(stated.properties, "dependence") != nullptr;
    if (!scored && !is_dependence) influence.push_back(std::move(plain));
  }

  Status share_determinants() {
    const KnownRelation* bears_on = relations_.find("BEARS_ON");
    if (bears_on == nullptr) return {};
    const auto determinants =
        TRY(ends_of(context_, filter_, self_, bears_on->relation, Direction::in));
    return walk_once(context_, filter_, determinants, bears_on->relation, Direction::out,
                     [&](std::size_t position, NodeIndex target) {
                       if (target == self_ || !is_target(target)) return;
                       draft(target).determinants.push_back(determinants[position]);
                     });
  }

  void sort_by_id(std::vector<NodeIndex>& nodes) const {
    std::sort(nodes.begin(), nodes.end(),
              [&](NodeIndex a, NodeIndex b) { return context_.view.id(a) < context_.view.id(b); });
  }

  std::vector<Draft> ranked() {
    std::vector<Draft> rows;
    for (auto& [target, row] : drafts_) rows.push_back(std::move(row));
    std::sort(rows.begin(), rows.end(), [&](const Draft& a, const Draft& b) {
      if (a.score() != b.score()) return a.score() > b.score();
      return code_before(context_.view.id(a.target), context_.view.id(b.target));
    });
    return rows;
  }

  /// The initiatives behind a row, while it is worked out.
  struct Example {
    std::size_t targets;
    NodeIndex initiative;
  };

  /// What stands behind the rows of the page: a few initiatives that contribute to both, those with
  /// the fewest targets first, then by id; and who takes part in most of them.
  Result<std::vector<Behind>> behind(const std::vector<Draft>& page) {
    std::vector<Behind> behind(page.size());
    if (!number_) return behind;
    constexpr std::size_t kNoRow = SIZE_MAX;
    std::vector<std::size_t> rows(together_.contributions().ends().size(), kNoRow);
    for (std::size_t i = 0; i < page.size(); ++i) {
      if (page[i].pairing.n > 0) rows[page[i].pairing.b] = i;
    }
    std::vector<std::vector<Example>> examples(page.size());
    std::vector<std::vector<NodeIndex>> initiatives(page.size());
    for (const std::uint32_t place : together_.contributions().contributors(*number_)) {
      if (!together_.admits(place)) continue;
      const auto ends = together_.contributions().of_initiative(place);
      if (!context_.budget.step(ends.size())) return context_.budget.status().error();
      const Example example{ends.size(), together_.contributions().initiatives()[place]};
      for (const Contribution& each : ends) {
        if (rows[each.end] == kNoRow) continue;
        keep_best(examples[rows[each.end]], example);
        initiatives[rows[each.end]].push_back(example.initiative);
      }
    }
    Neighbours actors(context_, filter_, context_.view.name("TAKES_PART_IN"), Direction::in);
    Scratch<std::uint32_t> counts(context_.view.node_limit());
    for (std::size_t i = 0; i < page.size(); ++i) {
      for (const Example& each : examples[i]) behind[i].examples.push_back(each.initiative);
      behind[i].carriers = most_frequent(initiatives[i], actors, counts);
    }
    TRY(context_.budget.status());
    return behind;
  }

  void keep_best(std::vector<Example>& best, const Example& example) const {
    const auto before = [&](const Example& a, const Example& b) {
      if (a.targets != b.targets) return a.targets < b.targets;
      return context_.view.id(a.initiative) < context_.view.id(b.initiative);
    };
    if (best.size() == kExamplesMax && !before(example, best.back())) return;
    best.insert(std::upper_bound(best.begin(), best.end(), example, before), example);
    if (best.size() > kExamplesMax) best.pop_back();
  }

  /// Who takes part in most of these, then by id.
  std::vector<Carrying> most_frequent(const std::vector<NodeIndex>& initiatives, Neighbours& actors,
                                      Scratch<std::uint32_t>& counts) const {
    counts.clear();
    for (const NodeIndex initiative : initiatives) {
      for (const NodeIndex actor : actors.of(initiative)) ++counts.touch(actor);
    }
    Best best(context_.view, kCarriersMax);
    for (const NodeIndex actor : counts.touched()) {
      best.offer({static_cast<double>(counts[actor]), actor});
    }
    std::vector<Carrying> carriers;
    for (const Ranked& each : std::move(best).take()) {
      carriers.push_back({each.node, static_cast<std::uint64_t>(each.score)});
    }
    return carriers;
  }

  Status read_names(const std::vector<Draft>& page, const std::vector<Behind>& behind) {
    reading_.want(self_);
    for (std::size_t i = 0; i < page.size(); ++i) {
      reading_.want(page[i].target);
      for (const NodeIndex each : page[i].determinants) reading_.want(each);
      for (const NodeIndex each : behind[i].examples) reading_.want(each);
      for (const Carrying& each : behind[i].carriers) reading_.want(each.actor);
    }
    return reading_.load();
  }

  Linkage linkage(const Draft& row, const Behind& behind) const {
    Linkage linkage;
    linkage.node = reading_.brief(row.target);
    linkage.score = row.score();
    if (const Pairing& pairing = row.pairing; pairing.n > 0) {
      linkage.together = Together{.n = pairing.n,
                                  .expected = pairing.expected,
                                  .lift = pairing.lift,
                                  .said = pairing.said,
                                  .p_value = pairing.p_value,
                                  .q_value = pairing.q_value};
      linkage.why.push_back(together_reason(row, linkage.node));
    }
    linkage.influence = row.influence;
    if (!row.influence.empty()) {
      linkage.why.push_back(influence_reason(row, most_telling(row), linkage.node));
    }
    for (const NodeIndex each : row.determinants) {
      linkage.determinants.push_back(reading_.brief(each));
    }
    if (!row.determinants.empty()) linkage.why.push_back(determinant_reason(row, linkage));
    for (const NodeIndex each : behind.examples) {
      linkage.examples.push_back(reading_.brief(each));
    }
    for (const Carrying& each : behind.carriers) {
      linkage.carriers.push_back({reading_.brief(each.actor), each.initiatives});
    }
    return linkage;
  }

  Reason together_reason(const Draft& row, const Brief& other) const {
    Reason reason;
    reason.node = other;
    reason.relation = "CONTRIBUTES_TO";
    reason.weight = row.together_score();
    reason.text = counted(row.pairing.n, "initiative") +
                  (row.pairing.n == 1 ? " contributes" : " contribute") + " to both " +
                  reading_.short_name(self_) + " and " + reading_.short_name(row.target) + "; " +
                  in_words(row.pairing.expected) + " would be expected by chance.";
    reason.basis = row.basis();
    if (is_derived(reason.basis)) {
      reason.text += " Publishers themselves say so of " + std::to_string(row.pairing.said) + ".";
    }
    return reason;
  }

  /// The strongest finding, else the strongest proposal; of equally strong ones the first.
  static const Influence& most_telling(const Draft& row) {
    const auto strength = [](const Influence& each) {
      return std::pair(Draft::is_finding(each), each.score ? std::abs(*each.score) : 0);
    };
    return *std::max_element(
        row.influence.begin(), row.influence.end(),
        [&](const Influence& a, const Influence& b) { return strength(a) < strength(b); });
  }

  Reason influence_reason(const Draft& row, const Influence& influence, const Brief& other) const {
    const std::string mine = reading_.short_name(self_);
    const std::string theirs = reading_.short_name(row.target);
    Reason reason;
    reason.node = other;
    reason.relation = "INFLUENCES";
    reason.weight = row.influence_score();
    reason.source = influence.source;
    reason.text =
        "Progress on " + (influence.to ? theirs : mine) +
        (Draft::is_finding(influence) ? " is said to " : " is proposed, but not confirmed, to ") +
        effect_of(influence.score) + " " + (influence.to ? mine : theirs);
    std::string details;
    const auto add = [&](const std::string& detail) {
      if (!detail.empty()) details += (details.empty() ? "" : ", ") + detail;
    };
    if (influence.score) add(signed_score(*influence.score));
    if (Draft::is_finding(influence)) add(influence.status);
    add(influence.scope);
    add(influence.date);
    if (!details.empty()) reason.text += " (" + details + ")";
    if (row.influence.size() > 1) {
      reason.text += "; " + counted(row.influence.size(), "statement") + " in all" +
                     spread_of(row, influence.to);
    }
    reason.text += ".";
    return reason;
  }

  static std::string signed_score(double score) {
    return (score > 0 ? "+" : "") + graph::to_string(graph::Value(score));
  }

  /// How far scores of one direction differ: disagreement is shown, not averaged away.
  static std::string spread_of(const Draft& row, bool to) {
    std::optional<double> least;
    std::optional<double> most;
    for (const Influence& each : row.influence) {
      if (each.to != to || !each.score) continue;
      least = std::min(least.value_or(*each.score), *each.score);
      most = std::max(most.value_or(*each.score), *each.score);
    }
    if (least == most) return {};
    return ", from " + signed_score(*least) + " to " + signed_score(*most) + " this way";
  }

  /// The names of the scale, as verbs.
  static std::string effect_of(const std::optional<double>& score) {
    if (!score) return "influence";
    constexpr std::array<std::string_view, 7> kEffects{
        "cancel", "counteract", "constrain",          "have no notable effect on",
        "enable", "reinforce",  "be inseparable from"};
    const double place = std::clamp(std::round(*score), -kInfluenceMax, kInfluenceMax);
    return std::string(kEffects[static_cast<std::size_t>(place + kInfluenceMax)]);
  }

  Reason determinant_reason(const Draft& row, const Linkage& linkage) const {
    constexpr std::size_t kNamedMax = 3;
    std::vector<std::string> names;
    for (const Brief& each : linkage.determinants) {
      if (names.size() < kNamedMax) names.push_back(each.name);
    }
    if (row.determinants.size() > kNamedMax) {
      names.push_back(std::to_string(row.determinants.size() - kNamedMax) + " more");
    }
    Reason reason;
    reason.node = linkage.determinants.front();
    reason.relation = "BEARS_ON";
    reason.weight = row.determinant_score();
    reason.text = listed(names) + (row.determinants.size() == 1 ? " bears" : " bear") + " on both.";
    return reason;
  }

  const Context& context_;
  const LinkagesQuestion& question_;
  const PreparedFilter& filter_;
  const CoOccurrence& together_;
  NodeIndex self_;
  Relations relations_;
  Reading reading_;
  graph::Kind target_kind_;
  std::optional<std::uint16_t> number_;  // Of the target; nothing where none contributes to any.
  std::map<NodeIndex, Draft> drafts_;
};

}  // namespace

Result<LinkagesAnswer> linkages(const Context& context, const LinkagesQuestion& question) {
  const NodeIndex self = TRY(find_node(context, question.target, kTarget));
  PreparedFilter filter = TRY(PreparedFilter::prepare(context, question.filter));
  const CoOccurrence together =
      TRY(CoOccurrence::make(context, filter, Contributions::Level::targets));
  return LinkageFinder(context, question, filter, together, self).answer();
}

}  // namespace mangrove::query
