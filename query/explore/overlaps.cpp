#include "query/explore/overlaps.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "graph/base/text.h"
#include "query/best.h"
#include "query/connection.h"
#include "query/reading.h"
#include "query/same.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kInitiative = "Initiative";
/// So many candidates, by strength, are put in the order of their scores together. With a filter
/// that must read properties, no more than these are looked at.
constexpr std::size_t kBlock = 2'000;
/// Dates are read for this many candidates at a time.
constexpr std::size_t kReadAtOnce = 100;
/// How many things a reading names for one relation, and how many relations.
constexpr std::size_t kNamedMax = 2;
constexpr std::size_t kClausesMax = 3;

/// How one side of an overlap is tied to what both share.
struct Half {
  Basis basis = Basis::text;
  graph::RecordNumber record;
  bool set = false;

  /// Keeps the strongest basis; of equally strong ones the record of the first source.
  void take(const Context& context, const Adjacent& edge) {
    const Basis other = basis_of(context, edge.qualifier);
    if (set && is_weaker(other, basis)) return;
    if (set && other == basis &&
        context.view.source_of(record) <= context.view.source_of(edge.record)) {
      return;
    }
    basis = other;
    record = edge.record;
    set = true;
  }
};

/// Something that the initiative asked has and others may share.
struct Shared {
  double weight = 0;
  Half mine;
};

/// A candidate with what was read about it.
struct Candidate {
  NodeIndex node;
  double strength = 0;
  double factor = 1;  // For dates that do not meet.
  std::optional<Years> years;

  double score() const { return strength * factor; }
};

/// Years in which both run; `never` is set where they surely do not.
std::optional<Years> years_in_common(const Years& a, const Years& b, bool& never) {
  never = (a.to && b.from && *a.to < *b.from) || (b.to && a.from && *b.to < *a.from);
  if (never) return std::nullopt;
  Years both;
  if (a.from && b.from) both.from = std::max(*a.from, *b.from);
  if (a.to && b.to) {
    both.to = std::min(*a.to, *b.to);
  } else if (a.to || b.to) {
    both.to = a.to ? a.to : b.to;
  }
  if (!both.from) return std::nullopt;  // Unknown beginning: whether they met is not known.
  return both;
}

/// The type of a RELATED_TO, as a noun.
std::string tie_in_words(const std::string& type) {
  if (type == "co-funded") return "co-funded initiative";
  if (type == "third-party") return "counterpart in another publisher's data";
  if (type == "money") return "source or receiver of money";
  return type.empty() ? "related initiative" : type;
}

class OverlapFinder {
 public:
  OverlapFinder(const Context& context, const OverlapsQuestion& question,
                const PreparedFilter& filter, NodeIndex self)
      : context_(context),
        question_(question),
        filter_(filter),
        self_(self),
        relations_(context),
        ground_(common_ground(relations_)),
        shared_(ground_.size()),
        reading_(context) {}

  Result<OverlapsAnswer> answer() {
    Scratch<double> strength(context_.view.node_limit());
    for (std::size_t i = 0; i < ground_.size(); ++i) TRY(add_up(i, strength));
    OverlapsAnswer answer;
    const std::vector<Ranked> ranked = TRY(rank(strength, answer.total));
    reading_.want(self_);
    TRY(reading_.load());
    const std::vector<Candidate> page = TRY(choose(ranked, answer.total));
    answer.of = reading_.brief(self_);
    TRY(explain(page, answer.items));
    return answer;
  }

 private:
  /// Adds to every initiative what it shares with ours over one relation.
  Status add_up(std::size_t at, Scratch<double>& strength) {
    const Ground& ground = ground_[at];
    auto& shared = shared_[at];
    std::vector<NodeIndex> ends;
    TRY(walk(context_, filter_, std::span(&self_, 1), ground.relation.relation, ground.away,
             [&](std::size_t, const Adjacent& edge) {
               const auto [place, added] = shared.try_emplace(edge.node);
               if (added) ends.push_back(edge.node);
               place->second.mine.take(context_, edge);
             }));
    std::vector<NodeIndex> sharers;
    for (const NodeIndex end : ends) {
      sharers.clear();
      TRY(walk_once(context_, filter_, std::span(&end, 1), ground.relation.relation, ground.back(),
                    [&](std::size_t, NodeIndex sharer) { sharers.push_back(sharer); }));
      const double weight = specificity(ground.relation.weight, sharers.size());
      shared[end].weight = weight;
      for (const NodeIndex sharer : sharers) strength.touch(sharer) += weight;
    }
    return {};
  }

  /// The best candidates, as many as the page may need; counts all.
  Result<std::vector<Ranked>> rank(const Scratch<double>& strength, std::size_t& total) {
    const graph::Kind initiative = context_.view.name(kInitiative);
    // Other records of our own initiative: a duplicate is no overlap.
    const std::vector<NodeIndex> same = TRY(Same(context_).others(self_));
    const std::size_t end = question_.page.offset + question_.page.limit;
    const std::size_t blocks = (end + kBlock - 1) / kBlock;
    Best best(context_.view, filter_.reads_properties() ? kBlock : blocks * kBlock);
    for (const NodeIndex node : strength.touched()) {
      if (node == self_ || context_.view.kind(node) != initiative) continue;
      if (!context_.budget.step()) return context_.budget.status().error();
      if (!filter_.admits(context_, node)) continue;
      if (std::find(same.begin(), same.end(), node) != same.end()) continue;
      ++total;
      best.offer({strength[node], node});
    }
    return std::move(best).take();
  }

  /// The candidates of the page, block by block: dates are read, and each block is put in its
  /// order.
  Result<std::vector<Candidate>> choose(const std::vector<Ranked>& ranked, std::size_t& total) {
    const std::size_t begin = question_.page.offset;
    const std::size_t end = begin + question_.page.limit;
    const bool by_properties = filter_.reads_properties();
    // Without a look at properties, every block keeps all its rows: go straight to the page.
    const std::size_t first = by_properties ? 0 : begin / kBlock * kBlock;
    std::vector<Candidate> chosen;
    for (std::size_t at = first; at < ranked.size(); at += kBlock) {
      if (!by_properties && first + chosen.size() >= end) break;
      const std::size_t size = std::min(kBlock, ranked.size() - at);
      TRY(weigh(std::span(ranked).subspan(at, size), by_properties ? SIZE_MAX : end - first,
                chosen));
    }
    if (by_properties) total = chosen.size();
    const std::size_t from = std::min(begin - first, chosen.size());
    const std::size_t to = std::min(end - first, chosen.size());
    return std::vector<Candidate>(chosen.begin() + static_cast<std::ptrdiff_t>(from),
                                  chosen.begin() + static_cast<std::ptrdiff_t>(to));
  }

  /// Weighs the dates of one block, and appends what passes in the order of scores. Reads on until
  /// `wanted` rows are sure: nothing that follows can score more than its strength.
  Status weigh(std::span<const Ranked> block, std::size_t wanted, std::vector<Candidate>& chosen) {
    const std::size_t before = chosen.size();
    for (std::size_t at = 0; at < block.size(); at += kReadAtOnce) {
      const std::span<const Candidate> read = std::span(chosen).subspan(before);
      const auto sure = std::count_if(read.begin(), read.end(), [&](const Candidate& each) {
        return each.score() >= block[at].score;
      });
      if (before + static_cast<std::size_t>(sure) >= wanted) break;
      TRY(read_dates(block.subspan(at, std::min(kReadAtOnce, block.size() - at)), chosen));
    }
    std::stable_sort(chosen.begin() + static_cast<std::ptrdiff_t>(before), chosen.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score() > b.score(); });
    return {};
  }

  /// Appends those that pass, with the years in which they run.
  Status read_dates(std::span<const Ranked> rows, std::vector<Candidate>& chosen) {
    for (const Ranked& row : rows) reading_.want(row.node);
    TRY(reading_.load());
    const Years ours = years_of(reading_.node(self_));
    for (const Ranked& row : rows) {
      const graph::Node& node = reading_.node(row.node);
      if (!filter_.admits(node)) continue;
      bool never = false;
      Candidate candidate{row.node, row.score, 1, years_in_common(ours, years_of(node), never)};
      if (never) candidate.factor = kNeverTogether;
      chosen.push_back(candidate);
    }
    return {};
  }

  /// Something that a candidate of the page shares with us.
  struct Found {
    std::size_t ground;
    NodeIndex end;
    Half theirs;
  };

  /// What each of them shares with us, the most telling first.
  Result<std::vector<std::vector<Found>>> what_they_share(const std::vector<Candidate>& page) {
    std::vector<NodeIndex> nodes;
    nodes.reserve(page.size());
    for (const Candidate& candidate : page) nodes.push_back(candidate.node);
    std::vector<std::vector<Found>> found(page.size());
    for (std::size_t i = 0; i < ground_.size(); ++i) {
      TRY(walk(context_, filter_, nodes, ground_[i].relation.relation, ground_[i].away,
               [&](std::size_t position, const Adjacent& edge) {
                 if (!shared_[i].contains(edge.node)) return;
                 auto& row = found[position];
                 if (row.empty() || row.back().ground != i || row.back().end != edge.node) {
                   row.push_back({i, edge.node, {}});
                   reading_.want(edge.node);
                 }
                 row.back().theirs.take(context_, edge);
               }));
    }
    for (auto& row : found) {
      std::sort(row.begin(), row.end(),
                [&](const Found& a, const Found& b) { return tells_more(a, b); });
    }
    return found;
  }

  double weight_of(const Found& found) const { return shared_[found.ground].at(found.end).weight; }
  bool tells_more(const Found& a, const Found& b) const {
    if (weight_of(a) != weight_of(b)) return weight_of(a) > weight_of(b);
    if (a.ground != b.ground) return a.ground < b.ground;
    return a.end != b.end && context_.view.id(a.end) < context_.view.id(b.end);
  }

  Status explain(const std::vector<Candidate>& page, std::vector<Overlap>& items) {
    const auto found = TRY(what_they_share(page));
    TRY(reading_.load());
    for (std::size_t i = 0; i < page.size(); ++i) {
      Overlap overlap;
      overlap.node = reading_.brief(page[i].node);
      overlap.score = page[i].score();
      overlap.years = page[i].years;
      for (const Found& each : found[i]) overlap.why.push_back(reason(each, page[i]));
      overlap.reading = TRY(reading_of(page[i], found[i]));
      items.push_back(std::move(overlap));
    }
    return {};
  }

  Reason reason(const Found& found, const Candidate& candidate) const {
    const Shared& shared = shared_[found.ground].at(found.end);
    const KnownRelation& relation = ground_[found.ground].relation;
    const Half& half =
        is_weaker(shared.mine.basis, found.theirs.basis) ? shared.mine : found.theirs;
    Reason reason;
    reason.node = reading_.brief(found.end);
    reason.relation = relation.name;
    reason.weight = shared.weight * candidate.factor;
    reason.basis = half.basis;
    reason.source = context_.view.source_of(half.record);
    reason.text = sharing_sentence(relation, reading_.full_name(found.end), half.basis);
    if (ground_[found.ground].away == Direction::out) {
      add_if_derived(reason, shared.mine.basis, self_);
      add_if_derived(reason, found.theirs.basis, candidate.node);
    }
    return reason;
  }

  void add_if_derived(Reason& reason, Basis basis, NodeIndex from) const {
    if (!is_derived(basis)) return;
    reason.rests_on.push_back({reading_.brief(from), reason.relation, reason.node.id, basis});
  }

  static std::string sharing_sentence(const KnownRelation& relation, const std::string& name,
                                      Basis basis) {
    std::string text(relation.info->sharing.in("en"));
    if (text.empty()) text = "Both share {name}";
    constexpr std::string_view kName = "{name}";
    const std::size_t at = text.find(kName);
    if (at != std::string::npos) text.replace(at, kName.size(), name);
    const std::string_view remark = basis_remark(basis);
    if (!remark.empty()) text += " (" + std::string(remark) + ")";
    return text + ".";
  }

  /// The whole overlap in one sentence.
  Result<std::string> reading_of(const Candidate& candidate, const std::vector<Found>& found) {
    std::string text = TRY(stated_tie(candidate.node));
    if (text.empty() && is_twin(candidate.node)) {
      text = "Perhaps one initiative in two data sets, with the same title; ";
    }
    const std::string clauses = listed(clauses_of(found));
    std::vector<std::string> partners = partners_of(found);
    if (!clauses.empty()) {
      text += (text.empty() ? "Both " : "both ") + clauses;
      if (candidate.years) text += in_years(*candidate.years);
      text += partners.empty() ? "; they share no partner yet"
                               : "; they share the " +
                                     std::string(partners.size() == 1 ? "partner " : "partners ") +
                                     listed(partners);
    } else {
      text += (text.empty() ? "They share the " : "they share the ") +
              std::string(partners.size() == 1 ? "partner " : "partners ") + listed(partners);
      if (candidate.years) text += in_years(*candidate.years);
    }
    if (candidate.factor < 1) text += ", but they never ran in the same year";
    return text + ".";
  }

  /// `contribute to 8.7 and 16.2`, `work in Ghana`, …: the most telling first.
  std::vector<std::string> clauses_of(const std::vector<Found>& found) const {
    struct Clause {
      std::string verb;
      std::vector<std::string> names;
      std::size_t more = 0;
      double weight = 0;
    };
    std::map<std::size_t, Clause> by_ground;
    for (const Found& each : found) {
      const std::string_view sharing = ground_[each.ground].relation.info->sharing.in("en");
      constexpr std::string_view kBoth = "Both ";
      if (!sharing.starts_with(kBoth)) continue;
      Clause& clause = by_ground[each.ground];
      clause.verb = sharing.substr(kBoth.size(), sharing.find("{name}") - kBoth.size());
      clause.weight += weight_of(each);
      if (clause.names.size() < kNamedMax) {
        clause.names.push_back(reading_.short_name(each.end));
      } else {
        ++clause.more;
      }
    }
    std::vector<Clause> clauses;
    clauses.reserve(by_ground.size());
    for (auto& [ground, clause] : by_ground) clauses.push_back(std::move(clause));
    std::stable_sort(clauses.begin(), clauses.end(),
                     [](const Clause& a, const Clause& b) { return a.weight > b.weight; });
    if (clauses.size() > kClausesMax) clauses.resize(kClausesMax);
    std::vector<std::string> texts;
    for (Clause& clause : clauses) {
      if (clause.more > 0) clause.names.push_back(std::to_string(clause.more) + " more");
      texts.push_back(clause.verb + listed(clause.names));
    }
    return texts;
  }

  std::vector<std::string> partners_of(const std::vector<Found>& found) const {
    std::vector<std::string> names;
    std::size_t more = 0;
    for (const Found& each : found) {
      if (ground_[each.ground].away == Direction::out) continue;
      if (names.size() < kNamedMax) {
        names.push_back(reading_.name(each.end));
      } else {
        ++more;
      }
    }
    if (more > 0) names.push_back(std::to_string(more) + " more");
    return names;
  }

  /// What the publisher states between the two, such as that one is the other's parent.
  Result<std::string> stated_tie(NodeIndex other) {
    const KnownRelation* related = relations_.find("RELATED_TO");
    if (related == nullptr) return std::string();
    std::set<std::string> words;
    for (const Direction direction : {Direction::out, Direction::in}) {
      TRY(walk(context_, filter_, std::span(&self_, 1), related->relation, direction,
               [&](std::size_t, const Adjacent& edge) {
                 if (edge.node != other) return;
                 std::string word(context_.view.text(edge.qualifier));
                 // Seen from the other end, a parent is a child.
                 if (direction == Direction::in) {
                   word = word == "parent" ? "child" : word == "child" ? "parent" : word;
                 }
                 words.insert(tie_in_words(word));
               }));
    }
    if (words.empty()) return std::string();
    return "Stated to be its " + listed(std::vector<std::string>(words.begin(), words.end())) +
           "; ";
  }

  /// Whether two sources tell of an initiative with our title.
  bool is_twin(NodeIndex other) const {
    const graph::Node& a = reading_.node(self_);
    const graph::Node& b = reading_.node(other);
    const std::string title = folded(a.text("title"));
    if (title.empty() || title != folded(b.text("title"))) return false;
    return std::none_of(a.sources.begin(), a.sources.end(), [&](const std::string& source) {
      return std::find(b.sources.begin(), b.sources.end(), source) != b.sources.end();
    });
  }

  const Context& context_;
  const OverlapsQuestion& question_;
  const PreparedFilter& filter_;
  NodeIndex self_;
  Relations relations_;
  std::vector<Ground> ground_;
  std::vector<std::unordered_map<NodeIndex, Shared>> shared_;  // By place in ground_.
  Reading reading_;
};

}  // namespace

Result<OverlapsAnswer> overlaps(const Context& context, const OverlapsQuestion& question) {
  const NodeIndex self = TRY(find_node(context, question.id, kInitiative));
  const PreparedFilter filter =
      TRY(PreparedFilter::prepare(context, question.filter, Ties::working));
  return OverlapFinder(context, question, filter, self).answer();
}

}  // namespace mangrove::query
