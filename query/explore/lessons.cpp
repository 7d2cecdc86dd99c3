#include "query/explore/lessons.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "query/reading.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

/// The time a place stood at a stage.
struct Stay {
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<NodeIndex> then;
};

/// The last stay at a stage; nothing where it never stood there. Judgements come newest first.
std::optional<Stay> last_stay(std::span<const Judgement* const> judgements,
                              std::optional<NodeIndex> topic, NodeIndex stage) {
  std::optional<Stay> stay;
  const Judgement* later = nullptr;
  for (const Judgement* each : judgements) {
    if (!each->stage || each->on != topic) continue;
    if (each->stage == stage) {
      if (!stay) {
        stay.emplace();
        if (later != nullptr) stay->to = later->date, stay->then = *later->stage;
      }
      stay->from = each->date;
    } else if (stay) {
      break;
    }
    later = each;
  }
  return stay;
}

class LessonFinder {
 public:
  LessonFinder(const Context& context, Portraits& portraits, const PreparedFilter& everything,
               NodeIndex place, const Date& until)
      : context_(context),
        portraits_(portraits),
        everything_(everything),
        place_(place),
        until_(until),
        reading_(context),
        judgements_(portraits.judged_of(place)) {}

  Result<std::optional<StageLesson>> lesson(const Standing& standing) {
    const auto stay = last_stay(judgements_, standing.topic, standing.stage);
    if (!stay) return std::optional<StageLesson>();
    const std::vector<NodeIndex> determinants = TRY(determinants_of(standing.topic));
    const std::vector<NodeIndex> initiatives = TRY(running(*stay, determinants));
    const auto changed = changes(*stay, determinants);
    if (standing.topic) reading_.want(*standing.topic);
    reading_.want(standing.stage);
    if (stay->then) reading_.want(*stay->then);
    const std::size_t shown = std::min(initiatives.size(), kExamplesOfLesson);
    for (std::size_t i = 0; i < shown; ++i) reading_.want(initiatives[i]);
    for (const auto& each : changed) reading_.want(std::get<NodeIndex>(each));
    TRY(reading_.load());
    StageLesson lesson;
    if (standing.topic) lesson.topic = reading_.brief(*standing.topic);
    lesson.stage = reading_.brief(standing.stage);
    lesson.from = stay->from;
    lesson.to = stay->to;
    if (stay->then) lesson.then = reading_.brief(*stay->then);
    lesson.initiatives = initiatives.size();
    for (std::size_t i = 0; i < shown; ++i) {
      lesson.examples.push_back(reading_.brief(initiatives[i]));
    }
    for (const auto& [determinant, before, after] : changed) {
      lesson.changed.push_back({reading_.brief(determinant), before, after});
    }
    return std::optional(std::move(lesson));
  }

 private:
  /// Those of the topic area, or all; by id.
  Result<std::vector<NodeIndex>> determinants_of(std::optional<NodeIndex> topic) const {
    std::vector<NodeIndex> all = portraits_.determinants();
    const graph::Relation part_of = context_.view.name("PART_OF");
    if (!topic) return all;
    if (part_of == graph::kNoName) return std::vector<NodeIndex>();
    const std::vector<NodeIndex> parts =
        TRY(ends_of(context_, everything_, *topic, part_of, Direction::in));
    std::erase_if(all, [&](NodeIndex each) {
      return std::find(parts.begin(), parts.end(), each) == parts.end();
    });
    return all;
  }

  /// Initiatives of the place on these that ran within the stay; by id.
  Result<std::vector<NodeIndex>> running(const Stay& stay,
                                         const std::vector<NodeIndex>& determinants) {
    const graph::Relation addresses = context_.view.name("ADDRESSES");
    if (addresses == graph::kNoName || !stay.from) return std::vector<NodeIndex>();
    const std::set<NodeIndex> wanted(determinants.begin(), determinants.end());
    const std::vector<NodeIndex> here = TRY(portraits_.initiatives_of(place_));
    std::set<NodeIndex> found;
    TRY(walk_once(context_, everything_, here, addresses, Direction::out,
                  [&](std::size_t i, NodeIndex end) {
                    if (wanted.contains(end)) found.insert(here[i]);
                  }));
    const std::vector<NodeIndex> candidates(found.begin(), found.end());
    if (!context_.budget.read(candidates.size())) return context_.budget.status().error();
    const std::vector<graph::Node> nodes = TRY(context_.view.read(candidates));
    std::vector<NodeIndex> running;
    for (const graph::Node& node : nodes) {
      const Years years = years_of(node);
      const int last = (stay.to ? *stay.to : until_).year;
      if (years.to && *years.to < stay.from->year) continue;
      if (years.from && *years.from > last) continue;
      running.push_back(node.index);
    }
    std::sort(running.begin(), running.end(),
              [&](NodeIndex a, NodeIndex b) { return context_.view.id(a) < context_.view.id(b); });
    return running;
  }

  /// What became of determinants since the stay began, where it is something else than before.
  std::vector<std::tuple<NodeIndex, std::string, std::string>> changes(
      const Stay& stay, const std::vector<NodeIndex>& determinants) const {
    std::vector<std::tuple<NodeIndex, std::string, std::string>> changed;
    if (!stay.from) return changed;
    for (const NodeIndex determinant : determinants) {
      const Judgement* first = nullptr;
      const Judgement* last = nullptr;
      for (const Judgement* each : judgements_) {
        if (each->stage || each->on != determinant || each->status.empty()) continue;
        if (!each->date || *each->date < *stay.from) continue;
        if (last == nullptr) last = each;
        first = each;
      }
      if (first != nullptr && first->status != last->status) {
        changed.emplace_back(determinant, first->status, last->status);
      }
    }
    return changed;
  }

  const Context& context_;
  Portraits& portraits_;
  const PreparedFilter& everything_;
  NodeIndex place_;
  const Date until_;
  Reading reading_;
  const std::vector<const Judgement*> judgements_;
};

}  // namespace

std::vector<Standing> standings_of(const Context& context,
                                   std::span<const Judgement* const> judgements) {
  std::vector<Standing> standings;
  std::set<std::optional<NodeIndex>> left;  // Topic areas whose stage before was another one.
  for (const Judgement* each : judgements) {
    if (!each->stage || left.contains(each->on)) continue;
    const auto known = std::find_if(standings.begin(), standings.end(),
                                    [&](const Standing& other) { return other.topic == each->on; });
    if (known == standings.end()) {
      standings.push_back({each->on, *each->stage, each->date});
    } else if (known->stage == *each->stage) {
      known->since = each->date;
    } else {
      left.insert(each->on);
    }
  }
  std::sort(standings.begin(), standings.end(), [&](const Standing& a, const Standing& b) {
    if (a.topic.has_value() != b.topic.has_value()) return !a.topic;
    return a.topic && context.view.id(*a.topic) < context.view.id(*b.topic);
  });
  return standings;
}

Result<std::vector<StageLesson>> lessons_of(const Context& context, Portraits& portraits,
                                            const PreparedFilter& everything, NodeIndex place,
                                            std::span<const Standing> standings,
                                            const Date& until) {
  LessonFinder finder(context, portraits, everything, place, until);
  std::vector<StageLesson> lessons;
  for (const Standing& standing : standings) {
    auto lesson = TRY(finder.lesson(standing));
    if (lesson) lessons.push_back(*std::move(lesson));
  }
  return lessons;
}

Result<std::vector<Learned>> learned_between(const Context& context, NodeIndex a, NodeIndex b) {
  std::vector<Learned> learned;
  const graph::Relation relation = context.view.name("LEARNED_FROM");
  if (relation == graph::kNoName) return learned;
  std::vector<graph::Edge> edges;
  for (const auto& [learner, teacher] : {std::pair(a, b), std::pair(b, a)}) {
    context.view.walk(std::span(&learner, 1), relation, Direction::out,
                      [&](std::size_t, const graph::Adjacent& edge) {
                        if (!context.budget.step() || edge.node != teacher) return;
                        edges.push_back({learner, relation, teacher, edge.qualifier, edge.record});
                      });
  }
  if (!context.budget.read(edges.size())) return context.budget.status().error();
  const auto stated = TRY(context.view.read_edges(edges));
  Reading reading(context);
  reading.want(a);
  reading.want(b);
  TRY(reading.load());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    learned.push_back({reading.brief(edges[i].from), reading.brief(edges[i].to),
                       std::string(graph::text_of(stated[i].properties, "changed")),
                       std::string(graph::text_of(stated[i].properties, "result")),
                       stated[i].source});
  }
  std::sort(learned.begin(), learned.end(), [](const Learned& x, const Learned& y) {
    return std::tie(x.learner.id, x.source, x.changed, x.result) <
           std::tie(y.learner.id, y.source, y.changed, y.result);
  });
  return learned;
}

}  // namespace mangrove::query
