#include "query/explore/linkages.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

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

double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

/// `8.9` before `8.10` before `8.a`: goals and numbers as numbers, letters after them.
std::array<int, 2> code_order(std::string_view id) {
  const std::string_view code = id.substr(id.find(':') + 1);
  std::array<int, 2> order{};
  const std::size_t dot = code.find('.');
  const auto number = [](std::string_view text) {
    constexpr int kLetters = 1000;
    int value = 0;
    for (const char c : text) {
      value = c >= '0' && c <= '9' ? value * 10 + (c - '0') : kLetters + c;
    }
    return value;
  };
  order[0] = number(code.substr(0, dot));
  if (dot != std::string_view::npos) order[1] = number(code.substr(dot + 1));
  return order;
}

std::string in_words(double number) {
  const double tenths = std::round(number * 10);
  const auto whole = static_cast<long long>(tenths) / 10;
  const auto rest = static_cast<long long>(tenths) % 10;
  return std::to_string(whole) + "." + std::to_string(rest);
}

/// A row while it is worked out.
struct Draft {
  NodeIndex target;
  std::uint64_t n = 0;
  std::uint64_t said = 0;         // Of these, by publishers.
  Basis basis = Basis::reviewed;  // The weakest that any of them rests on.
  std::uint64_t of_other = 0;
  std::vector<Influence> influence;
  std::vector<NodeIndex> determinants;
  double p_value = 1;
  double expected = 0;

  double together_score() const {
    if (n == 0 || static_cast<double>(n) <= expected) return 0;
    return std::min(1.0, -std::log10(std::max(p_value, 1e-300)) / kSureAt);
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

class LinkageFinder {
 public:
  LinkageFinder(const Context& context, const LinkagesQuestion& question,
                const PreparedFilter& filter, NodeIndex self)
      : context_(context),
        question_(question),
        filter_(filter),
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
    const auto examples = TRY(examples_of(page));
    TRY(read_names(page, examples));
    answer.target = reading_.brief(self_);
    for (std::size_t i = 0; i < page.size(); ++i) {
      answer.items.push_back(linkage(page[i], examples[i]));
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

  /// An initiative of a target, and who says so at best.
  struct Contributor {
    NodeIndex initiative;
    Basis basis;
  };

  /// The initiatives of one target that the filter admits.
  Result<std::vector<Contributor>> initiatives_of(NodeIndex target, graph::Relation relation,
                                                  Scratch<std::uint8_t>& admitted) {
    std::vector<Contributor> all;
    TRY(walk(context_, filter_, std::span(&target, 1), relation, Direction::in,
             [&](std::size_t, const Adjacent& edge) {
               const Basis basis = basis_of(context_, edge.qualifier);
               if (all.empty() || all.back().initiative != edge.node) {
                 all.push_back({edge.node, basis});
               } else if (is_weaker(all.back().basis, basis)) {
                 all.back().basis = basis;
               }
             }));
    std::erase_if(all, [&](const Contributor& each) {
      std::uint8_t& known = admitted.touch(each.initiative);
      if (known == 0) known = filter_.admits_ties(context_, each.initiative) ? 1 : 2;
      return known != 1;
    });
    return all;
  }

  /// What initiatives contribute to: with this target, with each other one, with both, with any.
  Status count_together(LinkagesAnswer& answer) {
    const KnownRelation* contributes = relations_.find("CONTRIBUTES_TO");
    if (contributes == nullptr) return {};
    Scratch<std::uint8_t> admitted(context_.view.node_limit());
    Scratch<std::uint8_t> basis_of_ours(context_.view.node_limit());  // Plus 1; 0: not ours.
    for (const Contributor& each : TRY(initiatives_of(self_, contributes->relation, admitted))) {
      ours_.push_back(each.initiative);
      basis_of_ours.touch(each.initiative) = static_cast<std::uint8_t>(each.basis) + 1;
    }
    answer.with_target = ours_.size();

    for (const NodeIndex target : context_.view.nodes_of_kind(target_kind_)) {
      const auto theirs = TRY(initiatives_of(target, contributes->relation, admitted));
      if (target == self_) continue;
      Draft row;
      row.target = target;
      row.of_other = theirs.size();
      for (const Contributor& each : theirs) {
        const std::uint8_t ours = basis_of_ours[each.initiative];
        if (ours != 0) add_pair(row, static_cast<Basis>(ours - 1), each.basis);
      }
      if (row.n > 0) draft(target) = std::move(row);
    }
    for (const NodeIndex each : admitted.touched()) answer.with_any_target += admitted[each] == 1;
    for (auto& [target, row] : drafts_) {
      row.expected = static_cast<double>(ours_.size()) * static_cast<double>(row.of_other) /
                     static_cast<double>(answer.with_any_target);
      row.p_value = chance_of_at_least(row.n, ours_.size(), row.of_other, answer.with_any_target);
    }
    contributes_ = contributes->relation;
    return {};
  }

  /// An initiative that contributes to both.
  static void add_pair(Draft& row, Basis ours, Basis theirs) {
    const Basis basis = is_weaker(ours, theirs) ? ours : theirs;
    if (is_weaker(basis, row.basis)) row.basis = basis;
    ++row.n;
    row.said += is_derived(basis) ? 0 : 1;
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
    const auto order = [&](const Draft& row) { return code_order(context_.view.id(row.target)); };
    std::sort(rows.begin(), rows.end(), [&](const Draft& a, const Draft& b) {
      if (a.score() != b.score()) return a.score() > b.score();
      if (order(a) != order(b)) return order(a) < order(b);
      return context_.view.id(a.target) < context_.view.id(b.target);
    });
    return rows;
  }

  /// For each row a few initiatives that contribute to both: those with the fewest targets, then by
  /// id.
  Result<std::vector<std::vector<NodeIndex>>> examples_of(const std::vector<Draft>& page) {
    struct Example {
      std::size_t targets;
      NodeIndex initiative;
    };
    std::vector<std::vector<NodeIndex>> examples(page.size());
    if (contributes_ == graph::kNoName) return examples;
    std::unordered_map<NodeIndex, std::vector<Example>> by_target;
    for (const Draft& row : page) by_target[row.target];
    const auto before = [&](const Example& a, const Example& b) {
      if (a.targets != b.targets) return a.targets < b.targets;
      return context_.view.id(a.initiative) < context_.view.id(b.initiative);
    };
    std::vector<NodeIndex> targets;
    for (const NodeIndex initiative : ours_) {
      targets.clear();
      TRY(walk_once(context_, filter_, std::span(&initiative, 1), contributes_, Direction::out,
                    [&](std::size_t, NodeIndex end) {
                      if (is_target(end)) targets.push_back(end);
                    }));
      for (const NodeIndex target : targets) {
        const auto row = by_target.find(target);
        if (row == by_target.end()) continue;
        std::vector<Example>& best = row->second;
        const Example example{targets.size(), initiative};
        if (best.size() == kExamplesMax && !before(example, best.back())) continue;
        best.insert(std::upper_bound(best.begin(), best.end(), example, before), example);
        if (best.size() > kExamplesMax) best.pop_back();
      }
    }
    for (std::size_t i = 0; i < page.size(); ++i) {
      for (const Example& each : by_target[page[i].target]) {
        examples[i].push_back(each.initiative);
      }
    }
    return examples;
  }

  Status read_names(const std::vector<Draft>& page,
                    const std::vector<std::vector<NodeIndex>>& examples) {
    reading_.want(self_);
    for (std::size_t i = 0; i < page.size(); ++i) {
      reading_.want(page[i].target);
      for (const NodeIndex each : page[i].determinants) reading_.want(each);
      for (const NodeIndex each : examples[i]) reading_.want(each);
    }
    return reading_.load();
  }

  Linkage linkage(const Draft& row, const std::vector<NodeIndex>& examples) const {
    Linkage linkage;
    linkage.node = reading_.brief(row.target);
    linkage.score = row.score();
    if (row.n > 0) {
      linkage.together = Together{row.n, row.expected, static_cast<double>(row.n) / row.expected,
                                  row.said, row.p_value};
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
    for (const NodeIndex each : examples) linkage.examples.push_back(reading_.brief(each));
    return linkage;
  }

  Reason together_reason(const Draft& row, const Brief& other) const {
    Reason reason;
    reason.node = other;
    reason.relation = "CONTRIBUTES_TO";
    reason.weight = row.together_score();
    reason.text = counted(row.n, "initiative") + (row.n == 1 ? " contributes" : " contribute") +
                  " to both " + reading_.short_name(self_) + " and " +
                  reading_.short_name(row.target) + "; " + in_words(row.expected) +
                  " would be expected by chance.";
    reason.basis = row.basis;
    if (is_derived(row.basis)) {
      reason.text += " Publishers themselves say so of " + std::to_string(row.said) + ".";
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
  NodeIndex self_;
  Relations relations_;
  Reading reading_;
  graph::Kind target_kind_;
  graph::Relation contributes_ = graph::kNoName;
  std::vector<NodeIndex> ours_;
  std::map<NodeIndex, Draft> drafts_;
};

}  // namespace

double chance_of_at_least(std::uint64_t together, std::uint64_t a, std::uint64_t b,
                          std::uint64_t all) {
  if (together == 0 || a > all || b > all) return 1;
  const auto population = static_cast<double>(all);
  const auto first = static_cast<double>(a);
  const auto second = static_cast<double>(b);
  const double ways = log_choose(population, second);
  const std::uint64_t least = a + b > all ? a + b - all : 0;
  double chance = 0;
  for (std::uint64_t n = std::max(together, least); n <= std::min(a, b); ++n) {
    const auto both = static_cast<double>(n);
    const double term =
        std::exp(log_choose(first, both) + log_choose(population - first, second - both) - ways);
    chance += term;
    // Past the expected number the terms only fall: the rest no longer shows.
    constexpr double kNegligible = 1e-17;
    if (both > first * second / population && term < chance * kNegligible) break;
  }
  return std::min(1.0, chance);
}

Result<LinkagesAnswer> linkages(const Context& context, const LinkagesQuestion& question) {
  const NodeIndex self = TRY(find_node(context, question.target, kTarget));
  const PreparedFilter filter = TRY(PreparedFilter::prepare(context, question.filter));
  if (filter.reads_properties()) {
    return Error{ErrorCode::invalid_input,
                 "linkages cannot be filtered by status, language or years"};
  }
  return LinkageFinder(context, question, filter, self).answer();
}

}  // namespace mangrove::query
