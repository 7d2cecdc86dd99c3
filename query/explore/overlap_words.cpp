#include "query/explore/overlap_words.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "graph/base/text.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

/// How many things a sentence names for one relation, and how many relations.
constexpr std::size_t kNamedMax = 2;
constexpr std::size_t kClausesMax = 3;
constexpr std::array<std::string_view, 2> kSubjects{"CONTRIBUTES_TO", "ADDRESSES"};
constexpr std::array<std::string_view, 1> kPlaces{"WORKS_IN"};
constexpr std::array<std::string_view, 1> kGroups{"SERVES"};
constexpr std::array<std::string_view, 1> kBodies{"TAKES_PART_IN"};
constexpr std::array<std::string_view, 2> kMeans{"USES", "ACTS_AT"};

/// The type of a RELATED_TO, as a noun.
std::string tie_in_words(const std::string& type) {
  if (type == "co-funded") return "co-funded initiative";
  if (type == "third-party") return "counterpart in another publisher's data";
  if (type == "money") return "source or receiver of money";
  return type.empty() ? "related initiative" : type;
}

std::string remark_on(Basis basis) {
  const std::string_view remark = basis_remark(basis);
  return remark.empty() ? std::string() : " (" + std::string(remark) + ")";
}

std::string sharing_sentence(const KnownRelation& relation, const std::string& name, Basis basis) {
  std::string text(relation.info->sharing.in("en"));
  if (text.empty()) text = "Both share {name}";
  constexpr std::string_view kName = "{name}";
  const std::size_t at = text.find(kName);
  if (at != std::string::npos) text.replace(at, kName.size(), name);
  return text + remark_on(basis) + ".";
}

/// The first few, and how many more.
std::string first_of(std::vector<std::string> names) {
  if (names.size() > kNamedMax + 1) {
    const std::size_t more = names.size() - kNamedMax;
    names.resize(kNamedMax);
    names.push_back(std::to_string(more) + " more");
  }
  return listed(names);
}

std::string lead_of(Course course) {
  switch (course) {
    case Course::coordinate:
      return "Coordinate";
    case Course::differ:
      return "Go on apart and learn from each other";
    case Course::merge:
      return "Look whether they are one";
  }
  return {};
}

/// `Both work …` as the rest of a sentence: `both work …`.
std::string continued(std::string sentence) {
  for (const std::string_view opening : {"Both ", "They ", "No ", "One ", "All ", "Nothing "}) {
    if (sentence.starts_with(opening)) {
      sentence[0] = static_cast<char>(sentence[0] - 'A' + 'a');
      break;
    }
  }
  return sentence;
}

}  // namespace

std::string_view to_string(Course course) {
  switch (course) {
    case Course::coordinate:
      return "coordinate";
    case Course::differ:
      return "differ";
    case Course::merge:
      return "merge";
  }
  return {};
}

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

void OverlapWords::want(const OverlapPair& pair) {
  for (const Side* side : {pair.mine, pair.theirs}) {
    if (side->node) reading_.want(*side->node);
  }
  for (const SharedEnd& each : pair.shared) reading_.want(each.end);
  for (const std::string_view relation : {"SERVES", "USES", "ACTS_AT", "WORKS_IN"}) {
    for (const NodeIndex end : only(*pair.mine, *pair.theirs, relation)) reading_.want(end);
    for (const NodeIndex end : only(*pair.theirs, *pair.mine, relation)) reading_.want(end);
  }
}

bool OverlapWords::is(const SharedEnd& shared, std::string_view relation) const {
  return sides_.ground()[shared.ground].relation.name == relation;
}

Brief OverlapWords::brief(const Side& side) const {
  if (side.node) return reading_.brief(*side.node);
  return {{}, "Initiative", draft_, {}};
}

std::string OverlapWords::name(const Side& side) const {
  if (side.node) return reading_.name(*side.node);
  return draft_.empty() ? "the draft" : draft_;
}

std::string OverlapWords::title(const Side& side) const {
  return folded(side.node ? reading_.caption(*side.node).name("en") : std::string_view(draft_));
}

std::vector<Reason> OverlapWords::reasons(const OverlapPair& pair, double factor) const {
  std::vector<Reason> why;
  why.reserve(pair.shared.size());
  for (const SharedEnd& each : pair.shared) why.push_back(reason(pair, each, factor));
  return why;
}

Reason OverlapWords::reason(const OverlapPair& pair, const SharedEnd& shared, double factor) const {
  const Ground& ground = sides_.ground()[shared.ground];
  const SideTie& tie = shared.weaker();
  Reason reason;
  reason.node = reading_.brief(shared.end);
  reason.relation = ground.relation.name;
  reason.weight = shared.weight * factor;
  reason.basis = tie.basis;
  reason.source = tie.source;
  reason.text = sharing_sentence(ground.relation, reading_.full_name(shared.end), tie.basis);
  if (ground.away == Direction::in) return reason;
  for (const auto& [side, half] :
       {std::pair(pair.mine, shared.mine), std::pair(pair.theirs, shared.theirs)}) {
    if (!is_derived(half->basis)) continue;
    reason.rests_on.push_back({brief(*side), reason.relation, reason.node.id, half->basis});
  }
  return reason;
}

Result<std::string> OverlapWords::reading(const OverlapPair& pair) const {
  const std::set<std::string> words = TRY(stated(pair));
  std::string text;
  if (!words.empty()) {
    text =
        "Stated to be its " + listed(std::vector<std::string>(words.begin(), words.end())) + "; ";
  } else if (is_twin(pair)) {
    text = "Perhaps one initiative in two data sets, with the same title; ";
  }
  const std::string shared = listed(clauses(pair.shared));
  const std::vector<std::string> known = partners(pair.shared);
  const std::string years = pair.years ? in_years(*pair.years) : std::string();
  const std::string share_partners =
      std::string(known.size() == 1 ? "the partner " : "the partners ") + listed(known);
  if (!shared.empty()) {
    text += (text.empty() ? "Both " : "both ") + shared + years;
    text += known.empty() ? "; they share no partner yet" : "; they share " + share_partners;
  } else {
    text += (text.empty() ? "They share " : "they share ") + share_partners + years;
  }
  if (pair.never) text += ", but they never ran in the same year";
  return text + ".";
}

/// `contribute to 8.7 and 16.2`, `work in Ghana`, …: the most telling first.
std::vector<std::string> OverlapWords::clauses(const std::vector<SharedEnd>& shared) const {
  struct Clause {
    std::string verb;
    std::vector<std::string> names;
    std::size_t more = 0;
    double weight = 0;
  };
  std::map<std::size_t, Clause> by_ground;
  for (const SharedEnd& each : shared) {
    const std::string_view sharing = sides_.ground()[each.ground].relation.info->sharing.in("en");
    constexpr std::string_view kBoth = "Both ";
    if (!sharing.starts_with(kBoth)) continue;
    Clause& clause = by_ground[each.ground];
    clause.verb = sharing.substr(kBoth.size(), sharing.find("{name}") - kBoth.size());
    clause.weight += each.weight;
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

std::vector<std::string> OverlapWords::partners(const std::vector<SharedEnd>& shared) const {
  std::vector<std::string> names;
  std::size_t more = 0;
  for (const SharedEnd& each : shared) {
    if (sides_.ground()[each.ground].away == Direction::out) continue;
    if (names.size() < kNamedMax) {
      names.push_back(reading_.name(each.end));
    } else {
      ++more;
    }
  }
  if (more > 0) names.push_back(std::to_string(more) + " more");
  return names;
}

/// The names of what is shared over any of these relations.
std::vector<std::string> OverlapWords::named(const std::vector<SharedEnd>& shared,
                                             std::span<const std::string_view> relations) const {
  std::vector<std::string> names;
  for (const SharedEnd& each : shared) {
    const std::string_view relation = sides_.ground()[each.ground].relation.name;
    if (std::find(relations.begin(), relations.end(), relation) == relations.end()) continue;
    names.push_back(reading_.short_name(each.end));
  }
  return names;
}

/// The first few ends, by id, that only the first of two sides has.
std::vector<NodeIndex> OverlapWords::only(const Side& side, const Side& other,
                                          std::string_view relation) const {
  std::vector<NodeIndex> ends;
  const auto ground = sides_.find(relation);
  if (!ground) return ends;
  for (const SideTie& tie : side.ties) {
    if (tie.ground != *ground) continue;
    const bool both = std::any_of(other.ties.begin(), other.ties.end(), [&](const SideTie& each) {
      return each.ground == tie.ground && each.end == tie.end;
    });
    if (!both) ends.push_back(tie.end);
  }
  std::sort(ends.begin(), ends.end(), [&](NodeIndex a, NodeIndex b) {
    return a != b && context_.view.id(a) < context_.view.id(b);
  });
  if (ends.size() > kNamedMax) ends.resize(kNamedMax);
  return ends;
}

bool OverlapWords::names_any(const Side& side, std::span<const std::string_view> relations) const {
  return std::any_of(side.ties.begin(), side.ties.end(), [&](const SideTie& tie) {
    const std::string_view relation = sides_.ground()[tie.ground].relation.name;
    return std::find(relations.begin(), relations.end(), relation) != relations.end();
  });
}

std::string OverlapWords::ends_named(const std::vector<NodeIndex>& ends) const {
  std::vector<std::string> names;
  for (const NodeIndex end : ends) names.push_back(reading_.name(end));
  return listed(names);
}

/// What the publisher states between the two, such as that one is the other's parent.
Result<std::set<std::string>> OverlapWords::stated(const OverlapPair& pair) const {
  std::set<std::string> words;
  const KnownRelation* related = sides_.relations().find("RELATED_TO");
  if (related == nullptr || !pair.mine->node || !pair.theirs->node) return words;
  for (const Direction direction : {Direction::out, Direction::in}) {
    TRY(walk(context_, filter_, std::span(&*pair.mine->node, 1), related->relation, direction,
             [&](std::size_t, const Adjacent& edge) {
               if (edge.node != *pair.theirs->node) return;
               std::string word(context_.view.text(edge.qualifier));
               // Seen from the other end, a parent is a child.
               if (direction == Direction::in) {
                 word = word == "parent" ? "child" : word == "child" ? "parent" : word;
               }
               words.insert(tie_in_words(word));
             }));
  }
  return words;
}

/// Whether two sources tell of initiatives with one title; a draft has no source yet.
bool OverlapWords::is_twin(const OverlapPair& pair) const {
  const std::string first = title(*pair.mine);
  if (first.empty() || first != title(*pair.theirs)) return false;
  if (!pair.mine->node || !pair.theirs->node) return true;
  const auto others = reading_.caption(*pair.theirs->node).sources;
  const auto ours = reading_.caption(*pair.mine->node).sources;
  return std::none_of(ours.begin(), ours.end(), [&](std::string_view source) {
    return std::find(others.begin(), others.end(), source) != others.end();
  });
}

Result<Advice> OverlapWords::advice(const OverlapPair& pair) {
  Advice advice;
  TRY(speak_for_merging(pair, advice));
  speak_for_coordinating(pair, advice);
  speak_for_differing(pair, advice);
  const bool on_one_ground =
      !named(pair.shared, kSubjects).empty() && !named(pair.shared, kPlaces).empty() && !pair.never;
  if (!advice.merge.empty() && advice.differ.empty()) {
    advice.most = Course::merge;
  } else {
    advice.most = on_one_ground ? Course::coordinate : Course::differ;
  }
  const auto& spoken = advice.most == Course::merge    ? advice.merge
                       : advice.most == Course::differ ? advice.differ
                                                       : advice.coordinate;
  advice.reading = lead_of(advice.most);
  advice.reading += spoken.empty() ? "." : ": " + continued(spoken.front());
  return advice;
}

Status OverlapWords::speak_for_merging(const OverlapPair& pair, Advice& advice) const {
  if (is_twin(pair)) {
    const bool draft = !pair.mine->node || !pair.theirs->node;
    advice.merge.emplace_back(draft ? "They have the same title: it may be published already."
                                    : "They have the same title in two data sets: it may be one "
                                      "initiative, told twice.");
  }
  for (const std::string& word : TRY(stated(pair))) {
    if (word == "parent" || word == "child") {
      advice.merge.push_back(name(*pair.theirs) + " is stated to be its " + word + ".");
    }
  }
  const auto known = named(pair.shared, kBodies);
  const auto subjects = named(pair.shared, kSubjects);
  const auto places = named(pair.shared, kPlaces);
  if (!known.empty() && !subjects.empty() && !places.empty() && !pair.never) {
    advice.merge.push_back(first_of(known) + (known.size() == 1 ? " takes" : " take") +
                           " part in both, on " + first_of(subjects) + " in " + first_of(places) +
                           (pair.years ? "," + in_years(*pair.years) : std::string()) + ".");
  }
  return {};
}

void OverlapWords::speak_for_coordinating(const OverlapPair& pair, Advice& advice) {
  const auto subjects = named(pair.shared, kSubjects);
  const auto places = named(pair.shared, kPlaces);
  const bool on_one_ground = !subjects.empty() && !places.empty() && !pair.never;
  if (on_one_ground) {
    advice.coordinate.push_back(
        "Both work on " + first_of(subjects) + " in " + first_of(places) +
        (pair.years ? in_years(*pair.years) : "; whether at the same time is not known") + ".");
  }
  if (!title(*pair.mine).empty() && title(*pair.mine) == title(*pair.theirs) && !is_twin(pair)) {
    advice.coordinate.emplace_back(
        "They have the same title in one data set: they may be parts of one programme.");
  }
  const auto known = named(pair.shared, kBodies);
  if (!known.empty()) {
    advice.coordinate.push_back(
        first_of(known) +
        (known.size() == 1 ? " takes part in both and knows" : " take part in both and know") +
        " the two.");
  } else if (on_one_ground) {
    advice.coordinate.emplace_back(
        "No body is known to take part in both: neither may know of the other.");
  }
  if (!on_one_ground) return;
  for (const std::string_view relation : kMeans) {
    for (const auto& [side, other] :
         {std::pair(pair.theirs, pair.mine), std::pair(pair.mine, pair.theirs)}) {
      const auto ends = only(*side, *other, relation);
      if (ends.empty() || !names_any(*other, std::span(&relation, 1))) continue;
      const bool uses = relation == "USES";
      advice.coordinate.push_back(name(*side) + (uses ? " uses " : " acts at the point ") +
                                  ends_named(ends) + ", " + (uses ? "which " : "where ") +
                                  name(*other) + " is not known to " + (uses ? "use." : "act."));
    }
  }
}

void OverlapWords::speak_for_differing(const OverlapPair& pair, Advice& advice) {
  if (pair.never) advice.differ.emplace_back("They never ran in the same year.");
  if (named(pair.shared, kPlaces).empty() && names_any(*pair.mine, kPlaces) &&
      names_any(*pair.theirs, kPlaces)) {
    advice.differ.push_back("They share no place: " + name(*pair.mine) + " works in " +
                            ends_named(only(*pair.mine, *pair.theirs, "WORKS_IN")) + ", " +
                            name(*pair.theirs) + " in " +
                            ends_named(only(*pair.theirs, *pair.mine, "WORKS_IN")) + ".");
  }
  const auto subjects = named(pair.shared, kSubjects);
  if (subjects.empty() && names_any(*pair.mine, kSubjects) && names_any(*pair.theirs, kSubjects)) {
    advice.differ.emplace_back("They share no target, goal or determinant.");
  }
  if (named(pair.shared, kGroups).empty() && names_any(*pair.mine, kGroups) &&
      names_any(*pair.theirs, kGroups)) {
    advice.differ.push_back("They serve others: " + name(*pair.mine) + " serves " +
                            ends_named(only(*pair.mine, *pair.theirs, "SERVES")) + ", " +
                            name(*pair.theirs) + " serves " +
                            ends_named(only(*pair.theirs, *pair.mine, "SERVES")) + ".");
  }
  const bool read_only =
      std::all_of(pair.shared.begin(), pair.shared.end(), [&](const SharedEnd& each) {
        return (!is(each, "CONTRIBUTES_TO") && !is(each, "ADDRESSES")) ||
               each.weaker().basis == Basis::text;
      });
  if (!subjects.empty() && read_only) {
    advice.differ.emplace_back(
        "All that they are said to work on in common is read out of texts; nobody reported it of "
        "both.");
  }
  const SharedEnd* rarest = nullptr;
  std::size_t fewest = 0;
  for (const SharedEnd& each : pair.shared) {
    const std::size_t count = sides_.count(each.ground, each.end);
    if (rarest == nullptr || count < fewest) {
      rarest = &each;
      fewest = count;
    }
  }
  if (rarest != nullptr && fewest > kRareMax) {
    advice.differ.push_back("Nothing that they share is rare: " + counted(fewest, "initiative") +
                            " have " + reading_.name(rarest->end) + " too.");
  }
}

}  // namespace mangrove::query
