// Cells are worked out for all concepts of a scheme over the topology and the few assessments and
// observations of one place; what only a shown row tells (money, actors, who is able) is read for
// the page alone.

#include "query/explore/gaps.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "query/reading.h"
#include "query/same.h"
#include "query/surroundings.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

/// What is looked at under a scheme, and by which connection initiatives have it.
struct SchemeFacts {
  Scheme scheme;
  std::string_view name;
  std::string_view kind;
  std::string_view relation;
  std::string_view verb;
};

constexpr std::array<SchemeFacts, 6> kSchemes{{
    {Scheme::determinants, "determinants", "Determinant", "ADDRESSES", "addresses"},
    {Scheme::topics, "topics", "TopicArea", "ADDRESSES", "addresses a determinant of"},
    {Scheme::targets, "targets", "Target", "CONTRIBUTES_TO", "contributes to"},
    {Scheme::stages, "stages", "Stage", "ADDRESSES", "addresses what stands at the stage"},
    {Scheme::response_points, "response-points", "ResponsePoint", "ACTS_AT", "acts at"},
    {Scheme::groups, "groups", "Group", "SERVES", "serves"},
}};

const SchemeFacts& facts_of(Scheme scheme) {
  return kSchemes[static_cast<std::size_t>(scheme)];
}

/// An initiative that counts for the place.
struct Covering {
  NodeIndex initiative;
  NodeIndex place;
  double weight = 0;
  Basis basis = Basis::reviewed;  // Of its tie to the concept, at best.
};

/// What is known of the need for one thing: the concept of a cell, or a determinant of it.
struct Known {
  Need need = Need::unknown;
  const Judgement* judgement = nullptr;
  std::vector<std::pair<const MeasureFacts*, LastChange>> measurements;
  std::vector<bool> adverse;
  std::vector<bool> proxy;
};

/// A cell while it is worked out.
struct Draft {
  NodeIndex subject;
  std::vector<NodeIndex> ends;
  std::vector<Covering> covering;
  double coverage = 0;
  Known known;
  CellState state = CellState::unknown;
  double base = 0;

  double rest() const { return 1 / (1 + coverage); }
  double score() const { return base + rest(); }
};

double base_of(CellState state) {
  switch (state) {
    case CellState::gap:
      return 3;
    case CellState::unknown:
      return 2;
    case CellState::covered_need:
      return 1;
    case CellState::no_need:
      break;
  }
  return 0;
}

std::string short_number(double number) {
  return graph::to_string(graph::Value(number));
}

class GapFinder {
 public:
  GapFinder(const Context& context, const GapsQuestion& question, const PreparedFilter& filter,
            const PreparedFilter& working, const PreparedFilter& everything,
            const Surroundings& surroundings)
      : context_(context),
        question_(question),
        filter_(filter),
        everything_(everything),
        surroundings_(surroundings),
        facts_(facts_of(question.scheme)),
        relation_(context.view.name(facts_.relation)),
        same_(context),
        capacity_(context, filter, working, surroundings, relation_),
        reading_(context) {}

  Result<GapsAnswer> answer() {
    judgements_ = TRY(judgements_of(context_, surroundings_.place(), question_.as_of));
    TRY(read_measures());
    TRY(list_cells());
    TRY(cover());
    for (Draft& draft : drafts_) TRY(settle(draft));
    GapsAnswer answer;
    answer.scheme = question_.scheme;
    for (const CellState state :
         {CellState::covered_need, CellState::gap, CellState::no_need, CellState::unknown}) {
      answer.states[state] = 0;
    }
    for (const Draft& draft : drafts_) ++answer.states[draft.state];
    answer.total = drafts_.size();
    TRY(show(answer));
    return answer;
  }

 private:
  // --- What is needed -------------------------------------------------------------------------

  /// The last comparable values of each measure of the place, by what it measures.
  Status read_measures() {
    observed_ = TRY(observations_of(context_, surroundings_.place(), question_.as_of));
    std::vector<NodeIndex> measures;
    for (const Observed& each : observed_) {
      if (measures.empty() || measures.back() != each.measure) measures.push_back(each.measure);
    }
    measures_ = TRY(measure_facts(context_, measures));
    std::size_t from = 0;
    for (const MeasureFacts& facts : measures_) {
      std::size_t to = from;
      while (to < observed_.size() && observed_[to].measure == facts.node) ++to;
      const auto change = last_change(std::span(observed_).subspan(from, to - from));
      from = to;
      if (!change) continue;
      for (const Measured& each : facts.measured) {
        changes_[each.node].push_back({&facts, *change, each.proxy});
      }
    }
    return {};
  }

  struct Changed {
    const MeasureFacts* facts;
    LastChange change;
    bool proxy;
  };

  Known known_of(NodeIndex subject) const {
    Known known;
    known.judgement = latest_on(judgements_, subject);
    const auto changes = changes_.find(subject);
    if (known.judgement != nullptr) known.need = need_of(*known.judgement);
    if (changes == changes_.end()) return known;
    for (const Changed& each : changes->second) {
      const bool is_newer = known.judgement == nullptr || !known.judgement->date ||
                            *each.change.after->time() >= *known.judgement->date;
      const bool adverse =
          is_newer && change_between(each.facts->better, *each.change.before->value,
                                     *each.change.after->value) == Change::worse;
      known.measurements.emplace_back(each.facts, each.change);
      known.adverse.push_back(adverse);
      known.proxy.push_back(each.proxy);
      if (adverse) known.need = Need::present;
    }
    return known;
  }

  /// What is known of a topic area out of what is known of it and of its determinants: the first
  /// that sees a need, else the first that sees none, where no other is unknown by judgement.
  Known joined(NodeIndex topic, const std::vector<NodeIndex>& determinants) const {
    Known whole = known_of(topic);
    for (const NodeIndex each : determinants) {
      const Known part = known_of(each);
      const bool decides = part.need == Need::present
                               ? whole.need != Need::present
                               : part.need == Need::none && whole.need == Need::unknown;
      if (decides) {
        whole.need = part.need;
        if (part.judgement != nullptr) whole.judgement = part.judgement;
      }
      if (whole.judgement == nullptr) whole.judgement = part.judgement;
      std::copy(part.measurements.begin(), part.measurements.end(),
                std::back_inserter(whole.measurements));
      std::copy(part.adverse.begin(), part.adverse.end(), std::back_inserter(whole.adverse));
      std::copy(part.proxy.begin(), part.proxy.end(), std::back_inserter(whole.proxy));
    }
    return whole;
  }

  // --- The cells ------------------------------------------------------------------------------

  Status list_cells() {
    const graph::Kind kind = context_.view.name(facts_.kind);
    if (kind == graph::kNoName) return {};
    if (question_.scheme == Scheme::stages) find_standings();
    for (const NodeIndex subject : context_.view.nodes_of_kind(kind)) {
      if (!context_.budget.step()) return context_.budget.status();
      Draft draft;
      draft.subject = subject;
      if (question_.scheme == Scheme::topics) {
        draft.ends = TRY(determinants_of(subject));
        draft.known = joined(subject, draft.ends);
      } else if (question_.scheme == Scheme::stages) {
        TRY(stand(draft));
      } else {
        draft.ends = {subject};
        draft.known = known_of(subject);
      }
      drafts_.push_back(std::move(draft));
    }
    return {};
  }

  Result<std::vector<NodeIndex>> determinants_of(NodeIndex topic) const {
    std::vector<NodeIndex> determinants;
    const graph::Relation part_of = context_.view.name("PART_OF");
    const graph::Kind determinant = context_.view.name("Determinant");
    if (part_of == graph::kNoName) return determinants;
    TRY(walk_once(context_, everything_, std::span(&topic, 1), part_of, Direction::in,
                  [&](std::size_t, NodeIndex node) {
                    if (context_.view.kind(node) == determinant) determinants.push_back(node);
                  }));
    std::sort(determinants.begin(), determinants.end(),
              [&](NodeIndex a, NodeIndex b) { return context_.view.id(a) < context_.view.id(b); });
    return determinants;
  }

  /// Which stage is the latest, topic area by topic area, and of the place as a whole.
  void find_standings() {
    for (const Judgement& each : judgements_) {
      if (!each.revised && each.stage) standings_.try_emplace(each.on, &each);
    }
  }

  Status stand(Draft& draft) {
    std::set<NodeIndex> ends;
    const Judgement* newest = nullptr;
    const Judgement* here = nullptr;
    for (const auto& [topic, judgement] : standings_) {
      if (is_first(judgement, newest)) newest = judgement;
      if (judgement->stage != draft.subject) continue;
      if (is_first(judgement, here)) here = judgement;
      const std::vector<NodeIndex> determinants =
          topic ? TRY(determinants_of(*topic))
                : context_.view.nodes_of_kind(context_.view.name("Determinant"));
      ends.insert(determinants.begin(), determinants.end());
    }
    draft.ends.assign(ends.begin(), ends.end());
    draft.known.judgement = here != nullptr ? here : newest;
    draft.known.need = here != nullptr     ? Need::present
                       : newest != nullptr ? Need::none
                                           : Need::unknown;
    return {};
  }

  /// In the order of judgements, which all of these point into.
  static bool is_first(const Judgement* a, const Judgement* b) { return b == nullptr || a < b; }

  // --- What covers them -----------------------------------------------------------------------

  Status cover() {
    const graph::Relation works_in = context_.view.name("WORKS_IN");
    if (works_in == graph::kNoName || relation_ == graph::kNoName) return {};
    const auto& places = surroundings_.within_reach();
    std::unordered_map<NodeIndex, NodeIndex> nearest;
    std::vector<NodeIndex> initiatives;
    TRY(walk_once(context_, filter_, places, works_in, Direction::in,
                  [&](std::size_t i, NodeIndex initiative) {
                    if (nearest.try_emplace(initiative, places[i]).second) {
                      initiatives.push_back(initiative);
                    }
                  }));
    std::erase_if(initiatives,
                  [&](NodeIndex each) { return !filter_.admits_ties(context_, each); });
    std::unordered_map<NodeIndex, std::vector<std::size_t>> cells;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      for (const NodeIndex end : drafts_[i].ends) cells[end].push_back(i);
    }
    TRY(walk(context_, filter_, initiatives, relation_, Direction::out,
             [&](std::size_t i, const Adjacent& edge) {
               const auto found = cells.find(edge.node);
               if (found == cells.end()) return;
               const Basis basis = basis_of(context_, edge.qualifier);
               for (const std::size_t cell : found->second) {
                 add(drafts_[cell], initiatives[i], nearest.at(initiatives[i]), basis);
               }
             }));
    return filter_.reads_properties() ? leave_out_others() : Status();
  }

  void add(Draft& draft, NodeIndex initiative, NodeIndex place, Basis basis) const {
    if (draft.covering.empty() || draft.covering.back().initiative != initiative) {
      draft.covering.push_back({initiative, place, surroundings_.weight(place), basis});
    } else if (is_weaker(draft.covering.back().basis, basis)) {
      draft.covering.back().basis = basis;
    }
  }

  /// Those that do not pass by their properties, such as the years in which they run.
  Status leave_out_others() {
    std::vector<NodeIndex> all;
    for (const Draft& draft : drafts_) {
      for (const Covering& each : draft.covering) all.push_back(each.initiative);
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    constexpr std::size_t kAtOnce = 1'000;
    std::set<NodeIndex> admitted;
    for (std::size_t from = 0; from < all.size(); from += kAtOnce) {
      const auto some = std::span(all).subspan(from, std::min(kAtOnce, all.size() - from));
      if (!context_.budget.read(some.size())) return context_.budget.status();
      const std::vector<graph::Node> nodes = TRY(context_.view.read(some));
      for (const graph::Node& node : nodes) {
        if (filter_.admits(node)) admitted.insert(node.index);
      }
    }
    for (Draft& draft : drafts_) {
      std::erase_if(draft.covering,
                    [&](const Covering& each) { return !admitted.contains(each.initiative); });
    }
    return {};
  }

  Status settle(Draft& draft) {
    TRY(count_once(draft.covering));
    for (const Covering& each : draft.covering) draft.coverage += each.weight;
    const bool covered = draft.coverage >= question_.covered_from;
    switch (draft.known.need) {
      case Need::present:
        draft.state = covered ? CellState::covered_need : CellState::gap;
        break;
      case Need::none:
        draft.state = CellState::no_need;
        break;
      case Need::unknown:
        break;
    }
    draft.base = base_of(draft.state);
    return context_.budget.status();
  }

  /// Of the records of one initiative the one that works nearest, then the first by id; in this
  /// order.
  Status count_once(std::vector<Covering>& covering) {
    const auto before = [&](const Covering& a, const Covering& b) {
      if (a.weight != b.weight) return a.weight > b.weight;
      return context_.view.id(a.initiative) < context_.view.id(b.initiative);
    };
    std::sort(covering.begin(), covering.end(), before);
    std::set<NodeIndex> told;
    std::vector<Covering> once;
    for (const Covering& each : covering) {
      if (told.contains(each.initiative)) continue;
      const std::vector<NodeIndex> others = TRY(records_beside(each.initiative));
      told.insert(others.begin(), others.end());
      once.push_back(each);
    }
    covering = std::move(once);
    return {};
  }

  Result<std::vector<NodeIndex>> records_beside(NodeIndex initiative) {
    const auto known = others_.find(initiative);
    if (known != others_.end()) return known->second;
    std::vector<NodeIndex> others = TRY(same_.others(initiative));
    return others_.emplace(initiative, std::move(others)).first->second;
  }

  // --- What is shown --------------------------------------------------------------------------

  Status show(GapsAnswer& answer) {
    std::vector<const Draft*> order;
    for (const Draft& draft : drafts_) order.push_back(&draft);
    std::sort(order.begin(), order.end(), [&](const Draft* a, const Draft* b) {
      if (a->score() != b->score()) return a->score() > b->score();
      return context_.view.id(a->subject) < context_.view.id(b->subject);
    });
    const std::size_t from = std::min(question_.page.offset, order.size());
    const std::size_t to = std::min(from + question_.page.limit, order.size());
    order = {order.begin() + static_cast<std::ptrdiff_t>(from),
             order.begin() + static_cast<std::ptrdiff_t>(to)};
    std::vector<std::vector<NodeIndex>> evidence;
    for (const Draft* draft : order) {
      want(*draft);
      evidence.push_back(TRY(evidence_for(*draft)));
      for (const NodeIndex each : evidence.back()) reading_.want(each);
    }
    for (const NodeIndex place : surroundings_.within_reach()) {
      if (surroundings_.weight(place) < 1 || place == surroundings_.place()) reading_.want(place);
    }
    TRY(reading_.load());
    answer.place = reading_.brief(surroundings_.place());
    for (const NodeIndex place : surroundings_.within_reach()) {
      if (surroundings_.weight(place) < 1) answer.containing.push_back(reading_.brief(place));
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
      answer.items.push_back(TRY(cell(*order[i])));
      for (const NodeIndex each : evidence[i]) {
        answer.items.back().evidence.push_back(reading_.brief(each));
      }
    }
    return {};
  }

  bool works_here(const Covering& each) const { return each.weight >= 1; }

  void want(const Draft& draft) {
    reading_.want(draft.subject);
    if (draft.known.judgement != nullptr) {
      const Judgement& judgement = *draft.known.judgement;
      reading_.want(judgement.node);
      if (judgement.on) reading_.want(*judgement.on);
      if (judgement.stage) reading_.want(*judgement.stage);
      for (const NodeIndex author : judgement.authors) reading_.want(author);
    }
    for (const auto& [facts, change] : draft.known.measurements) {
      reading_.want(facts->node);
      reading_.want(change.after->node);
    }
    for (std::size_t i = 0; i < draft.covering.size(); ++i) {
      const Covering& each = draft.covering[i];
      if (works_here(each)) reading_.want_whole(each.initiative);
      if (i < kCoveringMax) reading_.want(each.initiative);
      if (i < kCoveringMax) reading_.want(each.place);
    }
  }

  /// Evidence on the assessment, then on both the place and the concept; in the order of ids.
  Result<std::vector<NodeIndex>> evidence_for(const Draft& draft) const {
    std::set<NodeIndex> found;
    const NodeIndex place = surroundings_.place();
    for (const std::string_view name : {"ABOUT", "SUPPORTS", "DISPUTES"}) {
      const graph::Relation relation = context_.view.name(name);
      if (relation == graph::kNoName) continue;
      if (draft.known.judgement != nullptr) {
        const auto on_it = TRY(
            ends_of(context_, everything_, draft.known.judgement->node, relation, Direction::in));
        found.insert(on_it.begin(), on_it.end());
      }
      const auto of_place = TRY(ends_of(context_, everything_, place, relation, Direction::in));
      const auto of_subject =
          TRY(ends_of(context_, everything_, draft.subject, relation, Direction::in));
      std::set_intersection(of_place.begin(), of_place.end(), of_subject.begin(), of_subject.end(),
                            std::inserter(found, found.end()));
    }
    std::vector<NodeIndex> all(found.begin(), found.end());
    std::sort(all.begin(), all.end(),
              [&](NodeIndex a, NodeIndex b) { return context_.view.id(a) < context_.view.id(b); });
    if (all.size() > kEvidenceMax) all.resize(kEvidenceMax);
    return all;
  }

  Result<Cell> cell(const Draft& draft) {
    Cell cell;
    cell.node = reading_.brief(draft.subject);
    cell.state = draft.state;
    cell.need = draft.known.need;
    cell.coverage = draft.coverage;
    cell.covered = draft.coverage >= question_.covered_from;
    cell.score = draft.score();
    std::vector<NodeIndex> here;
    for (const Covering& each : draft.covering) {
      if (works_here(each)) here.push_back(each.initiative);
      if (cell.initiatives.size() < kCoveringMax) {
        cell.initiatives.push_back(
            {reading_.brief(each.initiative), each.weight, reading_.brief(each.place)});
      }
    }
    cell.here = here.size();
    cell.around = draft.covering.size() - here.size();
    for (const NodeIndex each : here) {
      cell.running += is_running(reading_.node(each)) ? 1 : 0;
      add_spend(reading_.node(each), cell.spend);
    }
    tell_what_is_known(draft, cell);
    TRY(tell_who_is_able(draft, here, cell));
    cell.why = {need_reason(draft, cell), coverage_reason(draft, cell)};
    return cell;
  }

  bool is_running(const graph::Node& node) const {
    const Years years = years_of(node);
    return !(years.to && *years.to < question_.as_of.year) &&
           !(years.from && *years.from > question_.as_of.year);
  }

  /// Of several sums for one year and currency the one that is shown first counts.
  void add_spend(const graph::Node& node, std::map<std::string, double>& spend) const {
    std::set<std::pair<std::string, std::int64_t>> told;
    for (const graph::StatedProperty& property : node.properties) {
      const auto* sum = std::get_if<graph::Structure>(&property.value);
      if (property.name != "spend" || sum == nullptr) continue;
      const graph::Scalar* currency = sum->find("currency");
      const graph::Scalar* year = sum->find("year");
      const graph::Scalar* amount = sum->find("amount");
      if (amount == nullptr) continue;
      constexpr const char* kNoCurrency = "XXX";  // Of ISO 4217.
      const auto* name = currency == nullptr ? nullptr : std::get_if<std::string>(currency);
      const auto* of_year = year == nullptr ? nullptr : std::get_if<std::int64_t>(year);
      if (!is_asked_for(of_year)) continue;
      const std::pair key(name == nullptr ? kNoCurrency : *name, of_year == nullptr ? 0 : *of_year);
      if (!told.insert(key).second) continue;
      if (const auto* number = std::get_if<double>(amount)) spend[key.first] += *number;
      if (const auto* whole = std::get_if<std::int64_t>(amount)) {
        spend[key.first] += static_cast<double>(*whole);
      }
    }
  }

  /// Money of no year is of no period that somebody asks for.
  bool is_asked_for(const std::int64_t* year) const {
    const Filter& filter = question_.filter;
    if (!filter.from && !filter.to) return true;
    return year != nullptr && !(filter.from && *year < *filter.from) &&
           !(filter.to && *year > *filter.to);
  }

  void tell_what_is_known(const Draft& draft, Cell& cell) {
    const Known& known = draft.known;
    if (known.judgement != nullptr) {
      const Judgement& judgement = *known.judgement;
      LastAssessment last;
      last.node = reading_.brief(judgement.node);
      last.status = judgement.status;
      last.pole = judgement.pole;
      last.date = judgement.date;
      last.years_old = age_of(judgement.date);
      last.by = author_of(judgement);
      last.source = judgement.source;
      last.note = judgement.note;
      cell.assessment = std::move(last);
      for (const Judgement& other : judgements_) {
        if (other.revised || other.stage || judgement.stage || other.on != judgement.on) continue;
        cell.dissent += other.date == judgement.date && need_of(other) != need_of(judgement);
      }
    }
    for (std::size_t i = 0; i < known.measurements.size(); ++i) {
      cell.measurements.push_back(
          measurement(known.measurements[i].first, known.measurements[i].second, known.proxy[i]));
      cell.measurements.back().adverse = known.adverse[i];
    }
    std::stable_sort(
        cell.measurements.begin(), cell.measurements.end(),
        [](const LastMeasurement& a, const LastMeasurement& b) { return a.adverse && !b.adverse; });
    if (cell.measurements.size() > kMeasurementsMax) cell.measurements.resize(kMeasurementsMax);
  }

  std::optional<int> age_of(const std::optional<Date>& date) const {
    if (!date) return std::nullopt;
    constexpr int kMonths = 12;
    return months_between(*date, question_.as_of) / kMonths;
  }

  std::string author_of(const Judgement& judgement) const {
    if (!judgement.by.empty()) return judgement.by;
    std::vector<std::string> names;
    for (const NodeIndex author : judgement.authors) names.push_back(reading_.name(author));
    return listed(names);
  }

  LastMeasurement measurement(const MeasureFacts* facts, const LastChange& change,
                              bool proxy) const {
    LastMeasurement last;
    last.observation = reading_.brief(change.after->node);
    last.measure = reading_.brief(facts->node);
    last.proxy = proxy;
    last.change = change_between(facts->better, *change.before->value, *change.after->value);
    last.before = *change.before->value;
    last.after = *change.after->value;
    last.before_date = *change.before->time();
    last.date = *change.after->time();
    last.years_old = age_of(change.after->time()).value_or(0);
    last.unit = change.after->unit.empty() ? facts->unit : change.after->unit;
    last.source = change.after->source;
    return last;
  }

  Status tell_who_is_able(const Draft& draft, const std::vector<NodeIndex>& here, Cell& cell) {
    cell.actors = TRY(capacity_.bodies_of(here)).size();
    const Capacity::Concept subject{draft.ends, reading_.short_name(draft.subject),
                                    std::string(facts_.verb)};
    if (draft.state == CellState::gap) cell.able = TRY(capacity_.able(subject));
    if (!here.empty()) cell.missing_kinds = TRY(capacity_.missing(subject, here));
    return {};
  }

  Reason need_reason(const Draft& draft, const Cell& cell) const {
    Reason reason;
    reason.node = cell.node;
    reason.weight = draft.base;
    reason.text = need_in_words(draft, cell);
    const bool measured = !cell.measurements.empty() && cell.measurements.front().adverse;
    if (cell.assessment && cell.need != Need::unknown) {
      reason.relation = "ON";
      reason.source = cell.assessment->source;
    } else if (measured) {
      reason.relation = "MEASURES";
      reason.source = cell.measurements.front().source;
    }
    return reason;
  }

  std::string need_in_words(const Draft& draft, const Cell& cell) const {
    const std::string place = reading_.name(surroundings_.place());
    const std::string name = reading_.full_name(draft.subject);
    if (question_.scheme == Scheme::stages) return standing_in_words(draft, place, name);
    std::string text;
    if (const Judgement* judgement = draft.known.judgement; judgement != nullptr) {
      const std::string what =
          judgement->on == draft.subject ? name : reading_.full_name(*judgement->on);
      text = what + " in " + place + " was " + in_words(*judgement);
      if (judgement->by.empty() && !cell.assessment->by.empty()) {
        text += " by " + cell.assessment->by;
      }
      text += ".";
    }
    for (const LastMeasurement& each : cell.measurements) {
      if (!each.adverse) continue;
      text += (text.empty() ? "" : " ") + each.measure.name + " got worse" +
              (each.proxy ? ", as far as this proxy tells" : "") + ": from " +
              short_number(each.before) + " (" + to_string(each.before_date) + ") to " +
              short_number(each.after) + " (" + to_string(each.date) + ").";
      break;
    }
    if (!text.empty()) return text;
    return "Nobody has assessed " + name + " in " + place +
           (cell.measurements.empty() ? "" : ", and no measure of it got worse") +
           ": whether it is needed is unknown.";
  }

  std::string standing_in_words(const Draft& draft, const std::string& place,
                                const std::string& name) const {
    const Judgement* judgement = draft.known.judgement;
    if (judgement == nullptr) return "Nobody has assessed at which stage " + place + " stands.";
    const std::string date = judgement->date ? to_string(*judgement->date) : "an unknown date";
    const std::string topic =
        judgement->on ? " in " + reading_.name(*judgement->on) : std::string(" as a whole");
    const std::string stage = reading_.name(*judgement->stage);
    if (judgement->stage == draft.subject) {
      return place + " stands at " + name + topic + ", as assessed on " + date + ".";
    }
    return place + " is not known to stand at " + name + " in anything; it stands at " + stage +
           topic + ", as assessed on " + date + ".";
  }

  Reason coverage_reason(const Draft& draft, const Cell& cell) const {
    Reason reason;
    reason.node = cell.node;
    reason.relation = facts_.relation;
    reason.weight = draft.rest();
    for (const Covering& each : draft.covering) {
      if (reason.basis == Basis::reported && each.basis == Basis::reviewed) continue;
      if (is_weaker(each.basis, reason.basis)) reason.basis = each.basis;
    }
    const std::string place = reading_.name(surroundings_.place());
    reason.text = counted(cell.here, "initiative") + " in " + place;
    if (cell.around > 0) {
      reason.text += " and " + std::to_string(cell.around) + " in places that contain it";
    }
    reason.text += cell.here + cell.around == 1 ? " works on it" : " work on it";
    if (cell.here + cell.around == 0) {
      reason.text = "No initiative in " + place + " or in a place that contains it works on it";
    }
    reason.text += ": coverage " + short_number(cell.coverage) + ", where " +
                   short_number(question_.covered_from) + " would cover it.";
    return reason;
  }

  const Context& context_;
  const GapsQuestion& question_;
  const PreparedFilter& filter_;
  const PreparedFilter& everything_;
  const Surroundings& surroundings_;
  const SchemeFacts& facts_;
  graph::Relation relation_;
  Same same_;
  Capacity capacity_;
  Reading reading_;
  std::vector<Judgement> judgements_;
  std::vector<Observed> observed_;
  std::vector<MeasureFacts> measures_;
  std::unordered_map<NodeIndex, std::vector<Changed>> changes_;
  std::map<std::optional<NodeIndex>, const Judgement*> standings_;
  std::vector<Draft> drafts_;
  std::unordered_map<NodeIndex, std::vector<NodeIndex>> others_;
};

}  // namespace

std::string_view to_string(Scheme scheme) {
  return facts_of(scheme).name;
}

std::optional<Scheme> parse_scheme(std::string_view name) {
  for (const SchemeFacts& facts : kSchemes) {
    if (facts.name == name) return facts.scheme;
  }
  return std::nullopt;
}

std::string_view to_string(CellState state) {
  switch (state) {
    case CellState::covered_need:
      return "covered_need";
    case CellState::gap:
      return "gap";
    case CellState::no_need:
      return "no_need";
    case CellState::unknown:
      break;
  }
  return "unknown";
}

Result<GapsAnswer> gaps(const Context& context, const GapsQuestion& question) {
  if (!(question.covered_from > 0)) {
    return Error{ErrorCode::invalid_input, "covered_from: must be above 0"};
  }
  const NodeIndex place = TRY(find_node(context, question.place, "Place"));
  Filter of_initiatives = question.filter;
  of_initiatives.place.clear();
  const PreparedFilter filter = TRY(PreparedFilter::prepare(context, of_initiatives));
  const PreparedFilter working =
      TRY(PreparedFilter::prepare(context, {.bases = of_initiatives.bases}, Ties::working));
  const PreparedFilter everything = TRY(PreparedFilter::prepare(context, {}));
  const Surroundings surroundings = TRY(Surroundings::of(context, place));
  return GapFinder(context, question, filter, working, everything, surroundings).answer();
}

}  // namespace mangrove::query
