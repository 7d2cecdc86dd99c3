// Everything that two actors can have in common, or one can add, is a feature: some initiatives
// that have it, and a weight by how few they are. Features are worked out once for the actor asked;
// then every other actor behind these initiatives gets the weight, once a feature.

#include "query/explore/partners.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <unordered_map>
#include <utility>

#include "query/best.h"
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
constexpr std::size_t kBlock = 2'000;     ///< Candidates that are put in order together.
constexpr std::size_t kReadAtOnce = 100;  ///< Candidates whose types are read at a time.
constexpr std::size_t kReasonsMax = 12;   ///< Of one row; the strongest.
constexpr std::size_t kNamedMax = 2;      ///< Things that a reading names of one sort.

/// Subjects that make common ground together with a place.
constexpr std::array<std::string_view, 3> kSubjects{"CONTRIBUTES_TO", "ADDRESSES", "SERVES"};
/// What alike actors share wherever they are.
constexpr std::array<std::string_view, 2> kShared{"SERVES", "IN_SECTOR"};
/// What another may add.
constexpr std::array<std::string_view, 2> kMeans{"USES", "ACTS_AT"};
/// Along these, actors are introduced to each other; directly tied actors know each other.
constexpr std::array<std::string_view, 4> kAcquaintance{"TAKES_PART_IN", "MEMBER_OF", "PART_OF",
                                                        "FUNDS"};
constexpr std::array<std::string_view, 4> kDirect{"MEMBER_OF", "PART_OF", "FUNDS", "SUCCEEDS"};

struct Feature {
  enum class Sort : std::uint8_t { pair, group_pair, shared, lacking };
  Sort sort;
  const KnownRelation* relation;
  NodeIndex node;   // The target, group, sector, type of intervention, …
  NodeIndex place;  // Of pairs.
  double weight = 0;
  std::vector<NodeIndex> initiatives;  // Those that have it; each once, in order of index.
};

/// That an actor has a feature.
struct Incidence {
  NodeIndex actor;
  std::uint32_t feature;
};

/// What an actor scores, before its type is known.
struct Score {
  double alike = 0;
  double ground = 0;
  double lacking = 0;

  /// With the most that a type can add.
  double bound() const {
    return ground > 0 ? std::max(alike, ground + lacking + kOtherActorType) : alike;
  }
  friend bool operator==(const Score&, const Score&) = default;
};

struct Candidate {
  NodeIndex actor;
  Score score;
  bool other_type = false;

  bool complementary() const {
    return score.ground > 0 && (score.lacking > 0 || other_type) && added() > score.alike;
  }
  double added() const { return score.ground + score.lacking + (other_type ? kOtherActorType : 0); }
  double total() const { return complementary() ? added() : score.alike; }
};

std::string type_of(const graph::Node& actor) {
  const graph::Value* type = actor.find("type");
  return type == nullptr ? std::string() : graph::to_string(*type);
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
        admitted_(context.view.node_limit()),
        reading_(context),
        same_(context) {}

  Result<PartnersAnswer> answer() {
    PartnersAnswer answer;
    reading_.want(self_);
    TRY(reading_.load());
    answer.of = reading_.brief(self_);
    takes_part_in_ = relations_.find("TAKES_PART_IN");
    works_in_ = relations_.find("WORKS_IN");
    if (takes_part_in_ == nullptr) return answer;
    TRY(know_own());
    TRY(find_features());
    Scratch<Score> scores(context_.view.node_limit());
    TRY(spread(scores));
    const auto ranked = TRY(rank(scores, answer.total));
    const auto page = TRY(choose(ranked, scores));
    TRY(explain(page, answer.items));
    return answer;
  }

 private:
  // --- Who is asked ---------------------------------------------------------------------------

  /// The initiatives of the actor, and everybody it knows already.
  Status know_own() {
    selves_ = TRY(same_.others(self_));
    selves_.push_back(self_);
    std::vector<NodeIndex> all;
    for (const NodeIndex self : selves_) {
      acquainted_.touch(self) = 1;
      const auto some =
          TRY(ends_of(context_, all_, self, takes_part_in_->relation, Direction::out));
      all.insert(all.end(), some.begin(), some.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    TRY(walk(context_, all_, all, takes_part_in_->relation, Direction::in,
             [&](std::size_t, const Adjacent& edge) { acquainted_.touch(edge.node) = 1; }));
    for (const std::string_view name : kDirect) {
      const KnownRelation* relation = relations_.find(name);
      if (relation == nullptr) continue;
      for (const Direction direction : {Direction::out, Direction::in}) {
        TRY(walk(context_, all_, selves_, relation->relation, direction,
                 [&](std::size_t, const Adjacent& edge) { acquainted_.touch(edge.node) = 1; }));
      }
    }
    TRY(know_aliases());
    std::erase_if(all, [&](NodeIndex initiative) { return !admitted(initiative); });
    own_ = std::move(all);
    return {};
  }

  /// Who is known under one id is known under the others.
  Status know_aliases() {
    const std::vector<NodeIndex> known = acquainted_.touched();
    for (const NodeIndex actor : known) {
      for (const NodeIndex other : TRY(same_.others(actor))) acquainted_.touch(other) = 1;
    }
    return {};
  }

  /// Whether the filter admits an initiative; remembered, since initiatives come up again and
  /// again.
  bool admitted(NodeIndex initiative) {
    if (!filter_.narrows()) return true;
    std::uint8_t& known = admitted_.touch(initiative);
    if (known == 0) known = filter_.admits_ties(context_, initiative) ? 1 : 2;
    return known == 1;
  }

  // --- Features -------------------------------------------------------------------------------

  Status find_features() {
    for (const std::string_view name : kSubjects) {
      if (works_in_ != nullptr) TRY(find_pairs(name));
    }
    std::vector<NodeIndex> ground;  // Initiatives of others on our ground.
    for (const Feature& feature : features_) {
      ground.insert(ground.end(), feature.initiatives.begin(), feature.initiatives.end());
    }
    std::sort(ground.begin(), ground.end());
    ground.erase(std::unique(ground.begin(), ground.end()), ground.end());
    for (const std::string_view name : kShared) TRY(find_shared(name));
    for (const std::string_view name : kMeans) TRY(find_lacking(name, ground));
    for (Feature& feature : features_) {
      const double pair =
          feature.sort == Feature::Sort::pair || feature.sort == Feature::Sort::group_pair
              ? works_in_->weight
              : 1;
      feature.weight = specificity(feature.relation->weight * pair, feature.initiatives.size());
    }
    return {};
  }

  /// Pairs of a subject and a place in which we are active, and all initiatives there.
  Status find_pairs(std::string_view name) {
    const KnownRelation* relation = relations_.find(name);
    if (relation == nullptr) return {};
    const auto places_by_subject = TRY(own_pairs(*relation));
    Scratch<std::uint32_t> feature_of(context_.view.node_limit());  // By place; plus 1.
    for (const auto& [subject, places] : places_by_subject) {
      for (const NodeIndex place : places) {
        features_.push_back({name == "SERVES" ? Feature::Sort::group_pair : Feature::Sort::pair,
                             relation,
                             subject,
                             place,
                             0,
                             {}});
        feature_of.touch(place) = static_cast<std::uint32_t>(features_.size());
      }
      std::vector<NodeIndex> initiatives =
          TRY(ends_of(context_, filter_, subject, relation->relation, Direction::in));
      std::erase_if(initiatives, [&](NodeIndex each) { return !admitted(each); });
      TRY(walk_once(context_, all_, initiatives, works_in_->relation, Direction::out,
                    [&](std::size_t position, NodeIndex place) {
                      const std::uint32_t feature = feature_of[place];
                      if (feature == 0) return;
                      features_[feature - 1].initiatives.push_back(initiatives[position]);
                    }));
      feature_of.clear();
    }
    return {};
  }

  using PlacesBySubject = std::vector<std::pair<NodeIndex, std::vector<NodeIndex>>>;
  Result<PlacesBySubject> own_pairs(const KnownRelation& relation) {
    std::vector<std::vector<NodeIndex>> places(own_.size());
    TRY(walk_once(
        context_, all_, own_, works_in_->relation, Direction::out,
        [&](std::size_t position, NodeIndex place) { places[position].push_back(place); }));
    std::vector<std::pair<NodeIndex, NodeIndex>> pairs;
    TRY(walk_once(context_, filter_, own_, relation.relation, Direction::out,
                  [&](std::size_t position, NodeIndex subject) {
                    for (const NodeIndex place : places[position]) {
                      pairs.emplace_back(subject, place);
                    }
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
  Result<std::vector<NodeIndex>> own_ends(const KnownRelation& relation) {
    std::vector<NodeIndex> ends;
    TRY(walk(context_, filter_, own_, relation.relation, Direction::out,
             [&](std::size_t, const Adjacent& edge) { ends.push_back(edge.node); }));
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    return ends;
  }

  Status find_shared(std::string_view name) {
    const KnownRelation* relation = relations_.find(name);
    if (relation == nullptr) return {};
    for (const NodeIndex end : TRY(own_ends(*relation))) {
      Feature feature{Feature::Sort::shared, relation, end, {}, 0, {}};
      feature.initiatives = TRY(ends_of(context_, filter_, end, relation->relation, Direction::in));
      std::erase_if(feature.initiatives, [&](NodeIndex each) { return !admitted(each); });
      features_.push_back(std::move(feature));
    }
    return {};
  }

  /// Means that others use on our ground and we use nowhere.
  Status find_lacking(std::string_view name, const std::vector<NodeIndex>& ground) {
    const KnownRelation* relation = relations_.find(name);
    if (relation == nullptr) return {};
    const auto own = TRY(own_ends(*relation));
    std::unordered_map<NodeIndex, std::size_t> place;  // In features_.
    TRY(walk_once(context_, filter_, ground, relation->relation, Direction::out,
                  [&](std::size_t position, NodeIndex means) {
                    if (std::binary_search(own.begin(), own.end(), means)) return;
                    const auto [at, added] = place.try_emplace(means, features_.size());
                    if (added) {
                      features_.push_back({Feature::Sort::lacking, relation, means, {}, 0, {}});
                    }
                    features_[at->second].initiatives.push_back(ground[position]);
                  }));
    return {};
  }

  // --- Scores ---------------------------------------------------------------------------------

  /// Gives every actor behind the initiatives of a feature its weight, once.
  Status spread(Scratch<Score>& scores) {
    Scratch<std::uint32_t> last(context_.view.node_limit());  // Feature that came last; plus 1.
    for (std::uint32_t i = 0; i < features_.size(); ++i) {
      const Feature& feature = features_[i];
      TRY(walk(context_, all_, feature.initiatives, takes_part_in_->relation, Direction::in,
               [&](std::size_t, const Adjacent& edge) {
                 if (acquainted_[edge.node] != 0 || last[edge.node] == i + 1) return;
                 last.touch(edge.node) = i + 1;
                 add(scores.touch(edge.node), feature);
                 incidences_.push_back({edge.node, i});
               }));
    }
    return {};
  }

  static void add(Score& score, const Feature& feature) {
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
        score.lacking += feature.weight;
        break;
    }
  }

  Result<std::vector<Ranked>> rank(const Scratch<Score>& scores, std::size_t& total) {
    const graph::Kind actor = context_.view.name(kActor);
    const std::size_t end = question_.page.offset + question_.page.limit;
    Best best(context_.view, (end + kBlock - 1) / kBlock * kBlock);
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
    for (const NodeIndex other : TRY(same_.others(node))) {
      const double theirs = scores[other].bound();
      if (theirs > bound) return true;
      if (theirs == bound && context_.view.id(other) < context_.view.id(node)) return true;
    }
    return false;
  }

  /// The candidates of the page: each block of the ranking is put in order once types are read.
  Result<std::vector<Candidate>> choose(const std::vector<Ranked>& ranked,
                                        const Scratch<Score>& scores) {
    const std::size_t begin = question_.page.offset;
    const std::size_t first = begin / kBlock * kBlock;
    const std::size_t wanted = begin + question_.page.limit - first;
    std::vector<Candidate> chosen;
    for (std::size_t at = first; at < ranked.size() && chosen.size() < wanted; at += kBlock) {
      const std::size_t size = std::min(kBlock, ranked.size() - at);
      TRY(put_in_order(std::span(ranked).subspan(at, size), scores, wanted, chosen));
    }
    const std::size_t from = std::min(begin - first, chosen.size());
    const std::size_t to = std::min(from + question_.page.limit, chosen.size());
    return std::vector<Candidate>(chosen.begin() + static_cast<std::ptrdiff_t>(from),
                                  chosen.begin() + static_cast<std::ptrdiff_t>(to));
  }

  /// Appends one block in the order of scores. Reads on until `wanted` rows are sure: nobody that
  /// follows can have more than the bound.
  Status put_in_order(std::span<const Ranked> block, const Scratch<Score>& scores,
                      std::size_t wanted, std::vector<Candidate>& chosen) {
    const std::size_t start = chosen.size();
    for (std::size_t at = 0; at < block.size(); at += kReadAtOnce) {
      const std::span<const Candidate> read = std::span(chosen).subspan(start);
      const auto sure = std::count_if(read.begin(), read.end(), [&](const Candidate& each) {
        return each.total() > block[at].score;
      });
      if (start + static_cast<std::size_t>(sure) >= wanted) break;
      TRY(read_types(block.subspan(at, std::min(kReadAtOnce, block.size() - at)), scores, chosen));
    }
    std::stable_sort(chosen.begin() + static_cast<std::ptrdiff_t>(start), chosen.end(),
                     [&](const Candidate& a, const Candidate& b) { return before(a, b); });
    return {};
  }

  Status read_types(std::span<const Ranked> rows, const Scratch<Score>& scores,
                    std::vector<Candidate>& chosen) {
    for (const Ranked& row : rows) reading_.want(row.node);
    TRY(reading_.load());
    const std::string own_type = type_of(reading_.node(self_));
    for (const Ranked& row : rows) {
      const std::string type = type_of(reading_.node(row.node));
      const bool other = !type.empty() && !own_type.empty() && type != own_type;
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
    auto evidence = evidence_of(page);
    for (const Evidence& row : evidence) {
      for (const Feature* feature : row) {
        reading_.want(feature->node);
        if (is_pair(*feature)) reading_.want(feature->place);
      }
    }
    TRY(reading_.load());
    auto introductions = TRY(introduce(page));
    for (std::size_t i = 0; i < page.size(); ++i) {
      Partner partner;
      partner.node = reading_.brief(page[i].actor);
      partner.score = page[i].total();
      partner.type = page[i].complementary() ? PartnerType::complementary : PartnerType::alike;
      partner.why = TRY(reasons(page[i], evidence[i]));
      partner.reading = reading_of(page[i], evidence[i]);
      partner.introduction = std::move(introductions[i]);
      items.push_back(std::move(partner));
    }
    return name_initiatives(items);
  }

  /// Reads what the reasons rest on: so far there are only ids.
  Status name_initiatives(std::vector<Partner>& items) {
    const auto each_tie = [&](auto&& visit) {
      for (Partner& partner : items) {
        for (Reason& reason : partner.why) {
          for (DerivedTie& tie : reason.rests_on) visit(tie.from);
        }
      }
    };
    each_tie([&](const Brief& from) { reading_.want(*context_.view.find(from.id)); });
    TRY(reading_.load());
    each_tie([&](Brief& from) { from = reading_.brief(*context_.view.find(from.id)); });
    return {};
  }

  /// Features that speak for one candidate, the most telling first.
  using Evidence = std::vector<const Feature*>;

  std::vector<Evidence> evidence_of(const std::vector<Candidate>& page) {
    std::unordered_map<NodeIndex, std::size_t> place;
    for (std::size_t i = 0; i < page.size(); ++i) place[page[i].actor] = i;
    std::vector<Evidence> evidence(page.size());
    for (const Incidence& each : incidences_) {
      const auto at = place.find(each.actor);
      if (at == place.end()) continue;
      const Feature& feature = features_[each.feature];
      if (speaks_for(feature.sort, page[at->second].complementary())) {
        evidence[at->second].push_back(&feature);
      }
    }
    for (Evidence& row : evidence) {
      std::sort(row.begin(), row.end(),
                [&](const Feature* a, const Feature* b) { return tells_more(*a, *b); });
    }
    return evidence;
  }

  bool tells_more(const Feature& a, const Feature& b) const {
    if (a.weight != b.weight) return a.weight > b.weight;
    if (a.sort != b.sort) return a.sort < b.sort;
    if (a.relation != b.relation) return a.relation->name < b.relation->name;
    if (a.node != b.node) return context_.view.id(a.node) < context_.view.id(b.node);
    return a.place != b.place && context_.view.id(a.place) < context_.view.id(b.place);
  }

  static bool speaks_for(Feature::Sort sort, bool complementary) {
    switch (sort) {
      case Feature::Sort::pair:
        return true;
      case Feature::Sort::group_pair:
      case Feature::Sort::lacking:
        return complementary;
      case Feature::Sort::shared:
        return !complementary;
    }
    return false;
  }

  static bool is_pair(const Feature& feature) {
    return feature.sort == Feature::Sort::pair || feature.sort == Feature::Sort::group_pair;
  }

  Result<std::vector<Reason>> reasons(const Candidate& candidate, const Evidence& evidence) {
    const std::vector<NodeIndex> initiatives =
        TRY(ends_of(context_, all_, candidate.actor, takes_part_in_->relation, Direction::out));
    std::vector<Reason> why;
    for (const Feature* feature : evidence) {
      if (why.size() == kReasonsMax) break;
      why.push_back(TRY(reason(*feature, initiatives)));
    }
    if (candidate.complementary() && candidate.other_type) {
      const std::string type = type_of(reading_.node(candidate.actor));
      why.push_back({reading_.brief(candidate.actor),
                     {},
                     kOtherActorType,
                     Basis::reported,
                     {},
                     "It is of another type: " + type + "."});
    }
    std::stable_sort(why.begin(), why.end(),
                     [](const Reason& a, const Reason& b) { return a.weight > b.weight; });
    if (why.size() > kReasonsMax) why.resize(kReasonsMax);
    return why;
  }

  /// The first by id of the initiatives of a candidate that have the feature.
  NodeIndex witness(const Feature& feature, const std::vector<NodeIndex>& initiatives) const {
    std::optional<NodeIndex> first;
    const auto take = [&](NodeIndex each) {
      if (!first || context_.view.id(each) < context_.view.id(*first)) first = each;
    };
    // Both are in order of index: go through the shorter, and look into the longer.
    const bool feature_is_shorter = feature.initiatives.size() < initiatives.size();
    const auto& shorter = feature_is_shorter ? feature.initiatives : initiatives;
    const auto& longer = feature_is_shorter ? initiatives : feature.initiatives;
    auto at = longer.begin();
    for (const NodeIndex each : shorter) {
      at = std::lower_bound(at, longer.end(), each);
      if (at == longer.end()) break;
      if (*at == each) take(each);
    }
    assert(first);  // A feature speaks for those that have it through an initiative.
    return *first;
  }

  /// How an initiative is tied to what a feature is about: on the strongest basis there is, and of
  /// equally strong ones by the first source.
  struct Half {
    NodeIndex initiative;
    Basis basis = Basis::text;
    std::string_view source;  // Empty: not tied.
  };
  Result<Half> half(const Feature& feature, NodeIndex initiative) {
    Half half{initiative, Basis::text, {}};
    TRY(walk(context_, filter_, std::span(&initiative, 1), feature.relation->relation,
             Direction::out, [&](std::size_t, const Adjacent& edge) {
               if (edge.node != feature.node) return;
               const Basis basis = basis_of(context_, edge.qualifier);
               const std::string_view source = context_.view.source_of(edge.record);
               if (!half.source.empty() && is_weaker(basis, half.basis)) return;
               if (basis == half.basis && !half.source.empty() && half.source <= source) return;
               half.basis = basis;
               half.source = source;
             }));
    return half;
  }

  /// Our own best founded half of a feature; of equally good ones the first by id. Without a source
  /// where we lack what the feature is about.
  Result<Half> own_half(const Feature& feature) {
    Half best;
    if (feature.sort == Feature::Sort::lacking) return best;
    std::vector<NodeIndex> having;
    TRY(walk_once(context_, filter_, own_, feature.relation->relation, Direction::out,
                  [&](std::size_t position, NodeIndex end) {
                    if (end == feature.node) having.push_back(own_[position]);
                  }));
    for (const NodeIndex initiative : having) {
      if (is_pair(feature)) {
        const auto places =
            TRY(ends_of(context_, all_, initiative, works_in_->relation, Direction::out));
        if (!std::binary_search(places.begin(), places.end(), feature.place)) continue;
      }
      const Half found = TRY(half(feature, initiative));
      const bool first = best.source.empty();
      if (!first && is_weaker(found.basis, best.basis)) continue;
      if (!first && found.basis == best.basis &&
          context_.view.id(best.initiative) < context_.view.id(initiative)) {
        continue;
      }
      best = found;
    }
    return best;
  }

  /// Who says it: the first of the candidate's initiatives and ours, on the weaker basis of the
  /// two.
  Result<Reason> reason(const Feature& feature, const std::vector<NodeIndex>& initiatives) {
    const Half theirs = TRY(half(feature, witness(feature, initiatives)));
    const auto [known, added] = own_halves_.try_emplace(&feature);
    if (added) known->second = TRY(own_half(feature));
    const Half& mine = known->second;
    const bool is_mine = !mine.source.empty() && is_weaker(mine.basis, theirs.basis);
    Reason reason;
    reason.node = reading_.brief(feature.node);
    reason.relation = feature.relation->name;
    reason.weight = feature.weight;
    reason.basis = is_mine ? mine.basis : theirs.basis;
    reason.source = is_mine ? mine.source : theirs.source;
    for (const Half& each : {mine, theirs}) {
      if (each.source.empty() || !is_derived(each.basis)) continue;
      const Brief from{std::string(context_.view.id(each.initiative)), {}, {}, {}};
      reason.rests_on.push_back({from, reason.relation, reason.node.id, each.basis});
    }
    reason.text = text_of(feature);
    const std::string_view remark = basis_remark(reason.basis);
    if (!remark.empty()) reason.text += " (" + std::string(remark) + ")";
    reason.text += ".";
    return reason;
  }

  std::string text_of(const Feature& feature) const {
    const std::string name = reading_.full_name(feature.node);
    const std::string others =
        " (" + counted(feature.initiatives.size(), "initiative") + " in all)";
    switch (feature.sort) {
      case Feature::Sort::pair:
        return "Both work on " + name + " in " + reading_.name(feature.place) + others;
      case Feature::Sort::group_pair:
        return "Both serve " + name + " in " + reading_.name(feature.place) + others;
      case Feature::Sort::shared:
        return (feature.relation->name == "SERVES" ? "Both serve " : "Both work in the sector ") +
               name + others;
      case Feature::Sort::lacking:
        break;
    }
    return (feature.relation->name == "USES" ? "On the same ground it uses "
                                             : "On the same ground it acts at the point ") +
           name + ", which " + reading_.name(self_) + " does not";
  }

  /// `Both work on 8.7 in Ghana; it also uses Legal aid, which Danida does not.`
  std::string reading_of(const Candidate& candidate, const Evidence& evidence) const {
    std::vector<std::string> on;
    std::vector<std::string> serve;
    std::vector<std::string> sectors;
    std::vector<std::string> uses;
    std::vector<std::string> points;
    for (const Feature* feature : evidence) {
      const std::string name = reading_.short_name(feature->node);
      const bool of_group = feature->relation->name == "SERVES";
      if (is_pair(*feature)) {
        add_named(of_group ? serve : on, name + " in " + reading_.name(feature->place));
      } else if (feature->sort == Feature::Sort::shared) {
        add_named(of_group ? serve : sectors, name);
      } else {
        add_named(feature->relation->name == "USES" ? uses : points, name);
      }
    }
    std::vector<std::string> clauses;
    if (!on.empty()) clauses.push_back("work on " + listed(on));
    if (!serve.empty()) clauses.push_back("serve " + listed(serve));
    if (!sectors.empty()) {
      clauses.push_back((sectors.size() == 1 ? "work in the sector " : "work in the sectors ") +
                        listed(sectors));
    }
    std::string text = "Both";
    for (const std::string& clause : clauses) {
      text += (text.size() > 4 ? ", and " : " ") + clause;
    }
    if (!candidate.complementary()) return text + "; they have no initiative in common.";
    std::vector<std::string> adds;
    if (!uses.empty()) adds.push_back("uses " + listed(uses));
    if (!points.empty()) adds.push_back("acts at the point " + listed(points));
    if (!adds.empty()) {
      text += "; " + reading_.name(candidate.actor) + " also " + listed(adds) + ", which " +
              reading_.name(self_) + " does not";
    }
    if (candidate.other_type) text += "; the two are of different types";
    return text + ".";
  }

  static void add_named(std::vector<std::string>& names, std::string name) {
    if (names.size() < kNamedMax) names.push_back(std::move(name));
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
  const KnownRelation* works_in_ = nullptr;
  std::vector<NodeIndex> selves_;  // All records of who is asked.
  Scratch<std::uint8_t> acquainted_;
  Scratch<std::uint8_t> admitted_;
  std::vector<NodeIndex> own_;
  std::unordered_map<const Feature*, Half> own_halves_;  // Of features that reasons speak of.
  std::vector<Feature> features_;
  std::vector<Incidence> incidences_;
  Reading reading_;
  Same same_;
};

}  // namespace

std::string_view to_string(PartnerType type) {
  return type == PartnerType::alike ? "alike" : "complementary";
}

Result<PartnersAnswer> partners(const Context& context, const PartnersQuestion& question) {
  const NodeIndex self = TRY(find_node(context, question.id, kActor));
  const PreparedFilter filter =
      TRY(PreparedFilter::prepare(context, question.filter, Ties::working));
  if (filter.reads_properties()) {
    return Error{ErrorCode::invalid_input,
                 "partners cannot be filtered by status, language or years"};
  }
  const PreparedFilter all = TRY(PreparedFilter::prepare(context, {}, Ties::working));
  return PartnerFinder(context, question, filter, all, self).answer();
}

}  // namespace mangrove::query
