#include "query/filter.h"

#include <algorithm>
#include <array>
#include <string>

#include "graph/base/text.h"
#include "query/connection.h"
#include "query/initiative_facts.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kInitiative = "Initiative";
constexpr std::string_view kSecondaryReporting = "secondary-reporting";
// The names of the dates in the order of trust: what happened, before what was planned.
constexpr std::array<std::string_view, 3> kStarts{"start", "start_planned", "planned_start"};
constexpr std::array<std::string_view, 3> kEnds{"end", "end_planned", "planned_end"};

/// These nodes and all that lie inside them along the relation, sorted.
std::vector<NodeIndex> with_all_inside(const graph::View& view, NodeIndex root,
                                       std::string_view relation) {
  const graph::Relation inside = view.name(relation);
  Scratch<std::uint8_t> seen(view.node_limit());
  seen.touch(root) = 1;
  std::vector<NodeIndex> frontier{root};
  while (inside != graph::kNoName && !frontier.empty()) {
    std::vector<NodeIndex> next;
    view.walk(frontier, inside, Direction::in, [&](std::size_t, const graph::Adjacent& adjacent) {
      if (seen[adjacent.node] != 0) return;
      seen.touch(adjacent.node) = 1;
      next.push_back(adjacent.node);
    });
    frontier = std::move(next);
  }
  std::vector<NodeIndex> all = seen.touched();
  std::sort(all.begin(), all.end());
  return all;
}

/// The error for one field of the filter: what was wrong with it, in the caller's words.
Error wrong(std::string_view field, const std::string& why) {
  return {ErrorCode::invalid_input, std::string(field) + ": " + why};
}

std::optional<int> year_of(const graph::Node& node, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    const graph::Value* value = node.find(name);
    if (value == nullptr) continue;
    if (const auto* date = std::get_if<Date>(value)) return date->year;
    if (const auto* text = std::get_if<graph::Text>(value)) {
      if (const auto date = parse_date(text->text)) return date->year;
    }
  }
  return std::nullopt;
}

bool has_title_in(const graph::Node& node, std::string_view language) {
  return std::any_of(node.properties.begin(), node.properties.end(),
                     [&](const graph::StatedProperty& property) {
                       const auto* text = std::get_if<graph::Text>(&property.value);
                       return property.name == "title" && text != nullptr &&
                              text->language.substr(0, text->language.find('-')) == language;
                     });
}

}  // namespace

Result<PreparedFilter> PreparedFilter::prepare(const Context& context, const Filter& filter,
                                               Ties ties) {
  const graph::View& view = context.view;
  PreparedFilter prepared;
  prepared.words_ = filter;
  prepared.words_.status = folded(filter.status);
  prepared.initiative_ = view.name(kInitiative);

  for (const std::string& kind : filter.kinds) {
    if (context.schema.kind(kind) == nullptr && !view.counts().nodes.contains(kind)) {
      return wrong("kind", "there is no kind `" + kind + "`");
    }
    prepared.kinds_.push_back(view.name(kind));
  }
  TRY(prepared.prepare_bases(view, filter.bases));
  prepared.counted_.suggested = view.name("suggested");
  prepared.counted_.refused = view.name("refused");
  prepared.same_as_ = view.name("SAME_AS");
  prepared.not_same_as_ = view.name("NOT_SAME_AS");
  const graph::Qualifier passed_on = view.name(kSecondaryReporting);
  if (ties == Ties::working && passed_on != graph::kNoName) {
    prepared.counted_.all = false;
    prepared.counted_.named.emplace_back(passed_on, false);
  }
  prepared.choice_ = {prepared.counted_.key(), prepared.counted_};
  TRY(prepared.prepare_ties(context, filter));
  if (filter.from && filter.to && *filter.from > *filter.to) {
    return wrong("from", "the first year is after the last one");
  }
  prepared.initiatives_only_ = !prepared.ties_.empty() || prepared.reads_properties();
  return prepared;
}

std::string PreparedFilter::Counted::key() const {
  std::string key;
  const auto add = [&](graph::Qualifier name, bool counts) {
    key += std::to_string(name.value) + (counts ? "+" : "-");
  };
  add(suggested, false);
  add(refused, false);
  if (all) return key;
  for (const auto& [name, counts] : named) add(name, counts);
  key += reported ? "+" : "-";
  return key;
}

Status PreparedFilter::prepare_bases(const graph::View& view,
                                     const std::vector<std::string>& bases) {
  if (bases.empty()) return {};
  std::array<bool, 4> wanted{};
  for (const std::string& name : bases) {
    const auto basis = parse_basis(name);
    if (!basis) {
      return wrong("basis", "`" + name + "` is none of reported, mapped, text and reviewed");
    }
    wanted[static_cast<std::size_t>(*basis)] = true;
  }
  counted_.all = std::all_of(wanted.begin(), wanted.end(), [](bool each) { return each; });
  counted_.reported = wanted[static_cast<std::size_t>(Basis::reported)];
  for (const Basis basis : {Basis::mapped, Basis::text, Basis::reviewed}) {
    const graph::Qualifier name = view.name(to_string(basis));
    if (name != graph::kNoName) {
      counted_.named.emplace_back(name, wanted[static_cast<std::size_t>(basis)]);
    }
  }
  return {};
}

Status PreparedFilter::prepare_ties(const Context& context, const Filter& filter) {
  struct Field {
    std::string_view name;
    const std::string& value;
    std::string_view kind;  // Empty: settled by the id.
    std::string_view relation;
    Direction direction;
    std::string_view inside;  // What lies inside the node along this counts as well.
  };
  const std::array<Field, 5> fields{{
      {"place", filter.place, "Place", "WORKS_IN", Direction::out, "WITHIN"},
      {"target", filter.target, {}, "CONTRIBUTES_TO", Direction::out, "PART_OF"},
      {"determinant", filter.determinant, "Determinant", "ADDRESSES", Direction::out, {}},
      {"sector", filter.sector, "Sector", "IN_SECTOR", Direction::out, {}},
      {"actor", filter.actor, "Actor", "TAKES_PART_IN", Direction::in, {}},
  }};
  for (const Field& field : fields) {
    if (field.value.empty()) continue;
    const auto found = find_node(context, field.value, field.kind);
    if (!found.ok()) return wrong(field.name, found.error().message);
    Tie tie{context.view.name(field.relation), field.direction, {found.value()}};
    if (!field.inside.empty()) {
      tie.ends = with_all_inside(context.view, found.value(), field.inside);
    }
    ties_.push_back(std::move(tie));
  }
  return {};
}

bool PreparedFilter::wants(graph::Kind kind) const {
  return kinds_.empty() || std::find(kinds_.begin(), kinds_.end(), kind) != kinds_.end();
}

bool PreparedFilter::admits_ties(const Context& context, NodeIndex node) const {
  if (!initiatives_only_) return true;
  if (context.view.kind(node) != initiative_) return false;
  if (facts_ != nullptr && !admits_facts(node)) return false;
  return std::all_of(ties_.begin(), ties_.end(), [&](const Tie& tie) {
    bool found = false;
    context.view.walk(
        std::span(&node, 1), tie.relation, tie.direction,
        [&](std::size_t, const graph::Adjacent& adjacent) {
          found = found || (counts(adjacent.qualifier) &&
                            std::binary_search(tie.ends.begin(), tie.ends.end(), adjacent.node));
        });
    return found;
  });
}

namespace {

/// Which of two edges of one relation tells better why an initiative was admitted: on the stronger
/// basis, then by the other end, then as connections are told. Never by what was loaded first.
bool is_better(const Context& context, const graph::Adjacent& a, const graph::Adjacent& b) {
  const Basis basis_of_a = basis_of(context, a.qualifier);
  const Basis basis_of_b = basis_of(context, b.qualifier);
  if (basis_of_a != basis_of_b) return is_weaker(basis_of_b, basis_of_a);
  if (a.node != b.node) return context.view.id(a.node) < context.view.id(b.node);
  return stands_before(context, a, b);
}

}  // namespace

std::vector<PreparedFilter::Admission> PreparedFilter::admissions(const Context& context,
                                                                  NodeIndex initiative) const {
  std::vector<Admission> admissions;
  for (const Tie& tie : ties_) {
    std::optional<graph::Adjacent> best;
    context.view.walk(std::span(&initiative, 1), tie.relation, tie.direction,
                      [&](std::size_t, const graph::Adjacent& edge) {
                        if (!counts(edge.qualifier)) return;
                        if (!std::binary_search(tie.ends.begin(), tie.ends.end(), edge.node)) {
                          return;
                        }
                        if (!best || is_better(context, edge, *best)) best = edge;
                      });
    if (best) admissions.push_back({tie.relation, tie.direction, *best});
  }
  return admissions;
}

bool PreparedFilter::admits(const Context& context, NodeIndex node) const {
  return wants(context.view.kind(node)) && admits_ties(context, node);
}

bool PreparedFilter::asks_of_properties() const {
  return !words_.status.empty() || !words_.language.empty() || words_.from || words_.to;
}

bool PreparedFilter::admits(const graph::Node& node) const {
  if (words_.status == "retired" && !is_retired(node)) return false;
  if (!words_.status.empty() && words_.status != "retired" &&
      folded(node.text("status")) != words_.status) {
    return false;
  }
  if (!words_.language.empty() && !has_title_in(node, words_.language)) return false;
  if (!words_.from && !words_.to) return true;
  const Years years = years_of(node);
  if (words_.from && years.to && *years.to < *words_.from) return false;
  return !(words_.to && years.from && *years.from > *words_.to);
}

Status PreparedFilter::know_facts(const Context& context) {
  if (!asks_of_properties()) return {};
  facts_ = TRY(InitiativeFacts::of(context));
  return {};
}

bool PreparedFilter::admits_facts(NodeIndex node) const {
  const InitiativeFacts::Facts& facts = facts_->about(node);
  if (!words_.status.empty() && !facts_->has_status(facts, words_.status)) return false;
  if (!words_.language.empty() && !facts_->has_title_in(facts, words_.language)) return false;
  if (words_.from && facts.to != 0 && facts.to < *words_.from) return false;
  return !(words_.to && facts.from != 0 && facts.from > *words_.to);
}

Years years_of(const graph::Node& initiative) {
  return {year_of(initiative, kStarts), year_of(initiative, kEnds)};
}

}  // namespace mangrove::query
