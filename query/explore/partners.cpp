// Everything that two actors can have in common, or one can add, is a feature: some initiatives
// that have it, and a weight by how few they are. Features are worked out once for the asker; then
// every other actor behind these initiatives gets the weight, once a feature.

#include "query/explore/partners.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "query/best.h"
#include "query/explore/partner_features.h"
#include "query/explore/partner_words.h"
#include "query/reading.h"
#include "query/route.h"
#include "query/same.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kActor = "Actor";
constexpr std::string_view kInitiative = "Initiative";
constexpr std::size_t kBlock = 2'000;    ///< Candidates that are put in order together.
constexpr std::size_t kReadAtOnce = 20;  ///< Candidates whose types are read first.

/// Along these, actors are introduced to each other; directly tied actors know each other.
constexpr std::array<std::string_view, 4> kAcquaintance{"TAKES_PART_IN", "MEMBER_OF", "PART_OF",
                                                        "FUNDS"};
constexpr std::array<std::string_view, 4> kDirect{"MEMBER_OF", "PART_OF", "FUNDS", "SUCCEEDS"};

/// That an actor has a feature.
struct Incidence {
  NodeIndex actor;
  std::uint32_t feature;
};

/// What an actor scores, before its type is known.
struct Score {
  double alike = 0;
  double ground = 0;
  double lacking = 0;  // Next points too.
  double upstream = 0;

  bool may_complement() const { return ground > 0 || upstream > 0; }
  double added() const { return ground + lacking + upstream; }
  /// With the most that a type can add.
  double bound() const {
    return may_complement() ? std::max(alike, added() + kOtherActorType) : alike;
  }
  friend bool operator==(const Score&, const Score&) = default;
};

struct Candidate {
  NodeIndex actor;
  Score score;
  bool other_type = false;

  bool complementary() const {
    return score.may_complement() && (score.lacking > 0 || score.upstream > 0 || other_type) &&
           added() > score.alike;
  }
  PartnerType type() const {
    return complementary() ? PartnerType::complementary : PartnerType::alike;
  }
  double added() const { return score.added() + (other_type ? kOtherActorType : 0); }
  double total() const { return complementary() ? added() : score.alike; }
};

bool speaks_for(Feature::Sort sort, bool complementary) {
  switch (sort) {
    case Feature::Sort::pair:
      return true;
    case Feature::Sort::group_pair:
    case Feature::Sort::lacking:
    case Feature::Sort::next_point:
    case Feature::Sort::upstream:
      return complementary;
    case Feature::Sort::shared:
      return !complementary;
  }
  return false;
}

void add(Score& score, const Feature& feature) {
  switch (feature.sort) {
    case Feature::Sort::pair:
      score.alike += feature.weight;
      score.ground += feature.weight;
      break;
    case Feature::Sort::group_pair:
      score.ground += feature.weight;
      break;
    case Feature::Sort::shared:
      score.alike += feature.weight;
      break;
    case Feature::Sort::lacking:
    case Feature::Sort::next_point:
      score.lacking += feature.weight;
      break;
    case Feature::Sort::upstream:
      score.upstream += feature.weight;
      break;
  }
}

class PartnerFinder {
 public:
  PartnerFinder(const Context& context, const PartnersQuestion& question,
                const PreparedFilter& filter, const PreparedFilter& all, NodeIndex self)
      : context_(context),
        question_(question),
        filter_(filter),
        all_(all),
        self_(self),
        relations_(context),
        acquainted_(context.view.node_limit()),
        reading_(context),
        same_(context) {}

  Result<PartnersAnswer> answer() {
    PartnersAnswer answer;
    reading_.want(self_);
    TRY(reading_.load());
    answer.of = reading_.brief(self_);
    takes_part_in_ = relations_.find("TAKES_PART_IN");
    if (takes_part_in_ == nullptr) return answer;
    TRY(know_own());
    FeatureFinder finder(context_, relations_, filter_, all_, own_);
    std::erase_if(own_, [&](NodeIndex initiative) { return !finder.admits(initiative); });
    features_ = TRY(FeatureFinder(context_, relations_, filter_, all_, own_).find());
    Scratch<Score> scores(context_.view.node_limit());
    TRY(spread(scores));
    const auto ranked = TRY(rank(scores, answer.total));
    const auto page = TRY(choose(ranked, scores, answer));
    TRY(explain(page, answer.items));
    return answer;
  }

 private:
  // --- Who is asked ---------------------------------------------------------------------------

  /// The initiatives of the asker, and everybody it knows already.
  Status know_own() {
    if (question_.of_initiative) {
      own_ = TRY(same_.others(self_));
      own_.push_back(self_);
    } else {
      selves_ = TRY(same_.others(self_));
      selves_.push_back(self_);
    }
    for (const NodeIndex self : selves_) {
      acquainted_.touch(self) = 1;
      const auto some =
          TRY(ends_of(context_, all_, self, takes_part_in_->relation, Direction::out));
      own_.insert(own_.end(), some.begin(), some.end());
    }
    std::sort(own_.begin(), own_.end());
    own_.erase(std::unique(own_.begin(), own_.end()), own_.end());
    TRY(walk(context_, all_, own_, takes_part_in_->relation, Direction::in,
             [&](std::size_t, const Adjacent& edge) { acquainted_.touch(edge.node) = 1; }));
    TRY(know_directly());
    TRY(know_aliases());
    return know_types();
  }

  Status know_directly() {
    for (const std::string_view name : kDirect) {
      const KnownRelation* relation = relations_.find(name);
      if (relation == nullptr) continue;
      for (const Direction direction : {Direction::out, Direction::in}) {
        TRY(walk(context_, all_, selves_, relation->relation, direction,
                 [&](std::size_t, const Adjacent& edge) { acquainted_.touch(edge.node) = 1; }));
      }
    }
    return {};
  }

  /// Who is known under one id is known under the others.
  Status know_aliases() {
    const std::vector<NodeIndex> known = acquainted_.touched();
    for (const NodeIndex actor : known) {
      const auto others = TRY(same_.others(actor));
      for (const NodeIndex other : others) acquainted_.touch(other) = 1;
    }
    return {};
  }

  /// The types of the asker; of an initiative, those of all who take part.
  Status know_types() {
    std::vector<NodeIndex> bodies;
    if (question_.of_initiative) {
      for (const NodeIndex each : acquainted_.touched()) bodies.push_back(each);
    } else {
      bodies.push_back(self_);
    }
    for (const NodeIndex body : bodies) reading_.want(body);
    TRY(reading_.load());
    for (const NodeIndex body : bodies) {
      const std::string_view type = reading_.caption(body).type;
      if (!type.empty()) own_types_.emplace(type);
    }
    return {};
  }

  // --- Scores ---------------------------------------------------------------------------------

  /// Gives every actor behind the initiatives of a feature its weight, once.
  Status spread(Scratch<Score>& scores) {
    Scratch<std::uint32_t> last(context_.view.node_limit());  // Feature that came last; plus 1.
    for (std::uint32_t i = 0; i < features_.size(); ++i) {
      TRY(walk_once(context_, all_, features_[i].initiatives, takes_part_in_->relation,
                    Direction::in, [&](std::size_t, NodeIndex actor) {
                      if (acquainted_[actor] != 0 || last[actor] == i + 1) return;
                      last.touch(actor) = i + 1;
                      add(scores.touch(actor), features_[i]);
                      incidences_.push_back({actor, i});
                    }));
    }
    return {};
  }

  Result<std::vector<Ranked>> rank(const Scratch<Score>& scores, std::size_t& total) {
    const graph::Kind actor = context_.view.name(kActor);
    const std::size_t end = question_.page.offset + question_.page.limit;
    const std::size_t blocks = question_.type ? 1 : (end + kBlock - 1) / kBlock;
    Best best(context_.view, blocks * kBlock);
    for (const NodeIndex node : scores.touched()) {
      if (!context_.budget.step()) return context_.budget.status().error();
      const double bound = scores[node].bound();
      if (context_.view.kind(node) != actor || bound <= 0) continue;
      if (TRY(stands_elsewhere(node, bound, scores))) continue;
      ++total;
      best.offer({bound, node});
    }
    return std::move(best).take();
  }

  /// Whether another record of the same actor scores more: each actor is suggested once.
  Result<bool> stands_elsewhere(NodeIndex node, double bound, const Scratch<Score>& scores) const {
    const auto others = TRY(same_.others(node));
    for (const NodeIndex other : others) {
      const double theirs = scores[other].bound();
      if (theirs > bound) return true;
      if (theirs == bound && context_.view.id(other) < context_.view.id(node)) return true;
    }
    return false;
  }

  /// The candidates of the page: each block of the ranking is put in order once types are read.
  Result<std::vector<Candidate>> choose(const std::vector<Ranked>& ranked,
                                        const Scratch<Score>& scores, PartnersAnswer& answer) {
    const std::size_t begin = question_.page.offset;
    const std::size_t first = question_.type ? 0 : begin / kBlock * kBlock;
    const std::size_t wanted = question_.type ? SIZE_MAX : begin + question_.page.limit - first;
    std::vector<Candidate> chosen;
    for (std::size_t at = first; at < ranked.size() && chosen.size() < wanted; at += kBlock) {
      const std::size_t size = std::min(kBlock, ranked.size() - at);
      TRY(put_in_order(std::span(ranked).subspan(at, size), scores, wanted, chosen));
    }
    if (question_.type) keep_type(chosen, answer);
    const std::size_t from = std::min(begin - first, chosen.size());
    const std::size_t to = std::min(from + question_.page.limit, chosen.size());
    return std::vector<Candidate>(chosen.begin() + static_cast<std::ptrdiff_t>(from),
                                  chosen.begin() + static_cast<std::ptrdiff_t>(to));
  }

  void keep_type(std::vector<Candidate>& chosen, PartnersAnswer& answer) const {
    PartnersAnswer::Totals& totals = answer.totals.emplace();
    for (const Candidate& each : chosen) {
      ++(each.complementary() ? totals.complementary : totals.alike);
    }
    std::erase_if(chosen, [&](const Candidate& each) { return each.type() != *question_.type; });
    answer.total = chosen.size();
  }

  /// Appends one block in the order of scores. Reads on until `wanted` rows are sure: nobody that
  /// follows can have more than the bound.
  Status put_in_order(std::span<const Ranked> block, const Scratch<Score>& scores,
                      std::size_t wanted, std::vector<Candidate>& chosen) {
    const std::size_t start = chosen.size();
    std::size_t step = kReadAtOnce;
    for (std::size_t at = 0; at < block.size();) {
      const std::span<const Candidate> read = std::span(chosen).subspan(start);
      const auto sure = std::count_if(read.begin(), read.end(), [&](const Candidate& each) {
        return each.total() > block[at].score;
      });
      if (start + static_cast<std::size_t>(sure) >= wanted) break;
      const std::size_t size = std::min(step, block.size() - at);
      TRY(read_types(block.subspan(at, size), scores, chosen));
      at += size;
      step *= 2;  // Whoever needs more than the first needs many.
    }
    std::stable_sort(chosen.begin() + static_cast<std::ptrdiff_t>(start), chosen.end(),
                     [&](const Candidate& a, const Candidate& b) { return before(a, b); });
    return {};
  }

  Status read_types(std::span<const Ranked> rows, const Scratch<Score>& scores,
                    std::vector<Candidate>& chosen) {
    for (const Ranked& row : rows) reading_.want(row.node);
    TRY(reading_.load());
    for (const Ranked& row : rows) {
      const std::string_view type = reading_.caption(row.node).type;
      const bool other = !type.empty() && !own_types_.empty() && !own_types_.contains(type);
      chosen.push_back({row.node, scores[row.node], other});
    }
    return {};
  }

  bool before(const Candidate& a, const Candidate& b) const {
    if (a.total() != b.total()) return a.total() > b.total();
    return context_.view.id(a.actor) < context_.view.id(b.actor);
  }

  // --- Words ----------------------------------------------------------------------------------

  Status explain(const std::vector<Candidate>& page, std::vector<Partner>& items) {
    const std::vector<PartnerInWords> told = evidence_of(page);
    PartnerWords words(context_, relations_, filter_, all_, reading_, self_, own_);
    TRY(words.prepare(told));
    auto introductions = TRY(introduce(page));
    for (std::size_t i = 0; i < page.size(); ++i) {
      Partner partner;
      partner.node = reading_.brief(page[i].actor);
      partner.score = page[i].total();
      partner.type = page[i].type();
      partner.why = TRY(words.reasons(told[i]));
      partner.reading = words.reading(told[i]);
      partner.against = TRY(words.against(told[i], partner.why, introductions[i].has_value()));
      partner.introduction = std::move(introductions[i]);
      items.push_back(std::move(partner));
    }
    return {};
  }

  /// The candidates with the features that speak for them, the most telling first.
  std::vector<PartnerInWords> evidence_of(const std::vector<Candidate>& page) const {
    std::unordered_map<NodeIndex, std::size_t> place;
    std::vector<PartnerInWords> told;
    for (std::size_t i = 0; i < page.size(); ++i) {
      place[page[i].actor] = i;
      told.push_back({page[i].actor, page[i].complementary(), page[i].other_type, {}});
    }
    for (const Incidence& each : incidences_) {
      const auto at = place.find(each.actor);
      if (at == place.end()) continue;
      const Feature& feature = features_[each.feature];
      PartnerInWords& row = told[at->second];
      if (speaks_for(feature.sort, row.complementary)) row.features.push_back(&feature);
    }
    for (PartnerInWords& row : told) {
      std::sort(row.features.begin(), row.features.end(),
                [&](const Feature* a, const Feature* b) { return tells_more(*a, *b); });
    }
    return told;
  }

  bool tells_more(const Feature& a, const Feature& b) const {
    if (a.weight != b.weight) return a.weight > b.weight;
    if (a.sort != b.sort) return a.sort < b.sort;
    if (a.relation != b.relation) return a.relation->name < b.relation->name;
    const graph::View& view = context_.view;
    if (a.node != b.node) return view.id(a.node) < view.id(b.node);
    if (a.has_place() && a.place != b.place) return view.id(a.place) < view.id(b.place);
    return a.has_beside() && a.beside != b.beside && view.id(a.beside) < view.id(b.beside);
  }

  /// The shortest chain of acquaintances to each candidate.
  Result<std::vector<std::optional<Introduction>>> introduce(const std::vector<Candidate>& page) {
    std::vector<KnownRelation> along;
    for (const std::string_view name : kAcquaintance) {
      if (const KnownRelation* relation = relations_.find(name)) along.push_back(*relation);
    }
    RouteFinder finder(context_, along, all_);
    std::vector<NodeIndex> actors;
    actors.reserve(page.size());
    for (const Candidate& candidate : page) actors.push_back(candidate.actor);
    std::vector<Route> routes;
    std::vector<std::size_t> owners;
    auto found = TRY(finder.best(self_, actors, kIntroductionHops));
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (!found[i]) continue;
      routes.push_back(std::move(*found[i]));
      owners.push_back(i);
    }
    auto steps = TRY(finder.steps(routes));
    std::vector<std::optional<Introduction>> introductions(page.size());
    for (std::size_t i = 0; i < owners.size(); ++i) {
      introductions[owners[i]] = Introduction{std::move(steps[i])};
    }
    return introductions;
  }

  const Context& context_;
  const PartnersQuestion& question_;
  const PreparedFilter& filter_;
  const PreparedFilter& all_;  // Admits everything.
  NodeIndex self_;
  Relations relations_;
  const KnownRelation* takes_part_in_ = nullptr;
  std::vector<NodeIndex> selves_;  // All records of the actor who asks.
  std::set<std::string, std::less<>> own_types_;
  Scratch<std::uint8_t> acquainted_;
  std::vector<NodeIndex> own_;  // Initiatives of the asker, in order of index.
  std::vector<Feature> features_;
  std::vector<Incidence> incidences_;
  Reading reading_;
  Same same_;
};

}  // namespace

std::string_view to_string(PartnerType type) {
  return type == PartnerType::alike ? "alike" : "complementary";
}

std::optional<PartnerType> parse_partner_type(std::string_view name) {
  for (const PartnerType type : {PartnerType::alike, PartnerType::complementary}) {
    if (to_string(type) == name) return type;
  }
  return std::nullopt;
}

Result<PartnersAnswer> partners(const Context& context, const PartnersQuestion& question) {
  const NodeIndex self =
      TRY(find_node(context, question.id, question.of_initiative ? kInitiative : kActor));
  PreparedFilter filter = TRY(PreparedFilter::prepare(context, question.filter, Ties::working));
  TRY(filter.know_facts(context));
  const PreparedFilter all = TRY(PreparedFilter::prepare(context, {}, Ties::working));
  return PartnerFinder(context, question, filter, all, self).answer();
}

}  // namespace mangrove::query
