#include "query/contributions.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kInitiative = "Initiative";
constexpr std::string_view kTarget = "Target";
constexpr std::string_view kGoal = "Goal";
constexpr std::uint16_t kNone = UINT16_MAX;

std::array<int, 2> code_order(std::string_view id) {
  const std::string_view code = id.substr(id.find(':') + 1);
  std::array<int, 2> order{};
  const std::size_t dot = code.find('.');
  const auto number = [](std::string_view text) {
    constexpr int kLetters = 1000;
    constexpr int kLargest = 100'000;  // Ids are anybody's; what is larger is no code.
    int value = 0;
    for (const char c : text) {
      value = std::min(kLargest, c >= '0' && c <= '9' ? value * 10 + (c - '0') : kLetters + c);
    }
    return value;
  };
  order[0] = number(code.substr(0, dot));
  if (dot != std::string_view::npos) order[1] = number(code.substr(dot + 1));
  return order;
}

/// What stands for each end that a contribution may have: itself, or the goal of a target.
class Standing {
 public:
  static Result<Standing> make(const Context& context, const PreparedFilter& filter,
                               Contributions::Level level) {
    Standing standing;
    const graph::View& view = context.view;
    const bool goals = level == Contributions::Level::goals;
    standing.ends = view.nodes_of_kind(view.name(goals ? kGoal : kTarget));
    std::sort(standing.ends.begin(), standing.ends.end(), [&](NodeIndex a, NodeIndex b) {
      return a != b && code_before(view.id(a), view.id(b));
    });
    if (standing.ends.size() >= kNone) {
      return Error{ErrorCode::invalid_input, "there are more targets than can be told apart"};
    }
    for (std::uint16_t i = 0; i < standing.ends.size(); ++i) {
      standing.numbers_[standing.ends[i]] = i;
    }
    if (goals) TRY(standing.add_targets(context, filter));
    return standing;
  }

  std::uint16_t operator()(NodeIndex end) const {
    const auto number = numbers_.find(end);
    return number == numbers_.end() ? kNone : number->second;
  }

  std::vector<NodeIndex> ends;

 private:
  Status add_targets(const Context& context, const PreparedFilter& filter) {
    const graph::Relation part_of = context.view.name("PART_OF");
    const graph::Kind target = context.view.name(kTarget);
    return walk_once(context, filter, ends, part_of, Direction::in,
                     [&](std::size_t position, NodeIndex part) {
                       if (context.view.kind(part) != target) return;
                       numbers_.try_emplace(part, static_cast<std::uint16_t>(position));
                     });
  }

  std::unordered_map<NodeIndex, std::uint16_t> numbers_;
};

/// Keeps each end once, with the strongest basis, in order.
void settle(std::vector<Contribution>& contributions) {
  std::sort(contributions.begin(), contributions.end(),
            [](const Contribution& a, const Contribution& b) {
              return a.end != b.end ? a.end < b.end : is_weaker(b.basis, a.basis);
            });
  const auto last =
      std::unique(contributions.begin(), contributions.end(),
                  [](const Contribution& a, const Contribution& b) { return a.end == b.end; });
  contributions.erase(last, contributions.end());
}

/// The basis of each qualifier: read from its name once.
class Bases {
 public:
  explicit Bases(const Context& context) : context_(context) {}
  Basis operator()(graph::Qualifier qualifier) {
    const auto [known, added] = bases_.try_emplace(qualifier.value);
    if (added) known->second = basis_of(context_, qualifier);
    return known->second;
  }

 private:
  const Context& context_;
  std::unordered_map<std::uint16_t, Basis> bases_;
};

}  // namespace

bool code_before(std::string_view a, std::string_view b) {
  const auto left = code_order(a);
  const auto right = code_order(b);
  return left != right ? left < right : a < b;
}

Result<std::shared_ptr<const Contributions>> Contributions::of(const Context& context,
                                                               const PreparedFilter& filter,
                                                               Level level) {
  const std::string name = std::string("query/contributions/") +
                           (level == Level::goals ? "goals/" : "targets/") + filter.choice().key;
  return context.view.derived().get<Contributions>(
      name, [&]() -> Result<Contributions> { return make(context, filter, level); });
}

Result<Contributions> Contributions::make(const Context& context, const PreparedFilter& filter,
                                          Level level) {
  const graph::View& view = context.view;
  const graph::Relation contributes = view.name("CONTRIBUTES_TO");
  const Standing standing = TRY(Standing::make(context, filter, level));
  Bases bases(context);
  Contributions made;
  made.ends_ = standing.ends;
  std::vector<Contribution> some;
  const auto initiatives = TRY(all_of_kind(context, kInitiative));
  for (const NodeIndex initiative : *initiatives) {
    some.clear();
    TRY(walk(context, filter, std::span(&initiative, 1), contributes, Direction::out,
             [&](std::size_t, const Adjacent& edge) {
               const std::uint16_t end = standing(edge.node);
               if (end != kNone) some.push_back({end, bases(edge.qualifier)});
             }));
    if (some.empty()) continue;
    settle(some);
    made.initiatives_.push_back(initiative);
    made.begins_.push_back(static_cast<std::uint32_t>(made.contributions_.size()));
    made.contributions_.insert(made.contributions_.end(), some.begin(), some.end());
  }
  made.begins_.push_back(static_cast<std::uint32_t>(made.contributions_.size()));
  made.index_ends();
  made.factorials_ = LogFactorials(made.initiatives_.size());
  return made;
}

void Contributions::index_ends() {
  ends_begin_.assign(ends_.size() + 1, 0);
  for (const Contribution& each : contributions_) ++ends_begin_[each.end + 1u];
  for (std::size_t i = 1; i < ends_begin_.size(); ++i) ends_begin_[i] += ends_begin_[i - 1];
  contributors_.resize(contributions_.size());
  std::vector<std::uint32_t> next(ends_begin_.begin(), ends_begin_.end() - 1);
  for (std::uint32_t place = 0; place < initiatives_.size(); ++place) {
    for (const Contribution& each : of_initiative(place)) contributors_[next[each.end]++] = place;
  }
}

std::optional<std::uint16_t> Contributions::number_of(NodeIndex end) const {
  const auto found = std::find(ends_.begin(), ends_.end(), end);
  if (found == ends_.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - ends_.begin());
}

}  // namespace mangrove::query
