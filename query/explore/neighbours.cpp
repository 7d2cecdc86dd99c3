// A hub may have a hundred thousand neighbours and a page shows fifty. So only the relations that
// the page falls into are ranked, ranking looks at the topology alone, and only what is shown is
// read.

#include "query/explore/neighbours.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "query/connection.h"
#include "query/reading.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

/// Edges that state one and the same thing: rows of these records say more about a shown connection
/// than anybody reads.
constexpr std::size_t kStatementsReadMax = 8;

/// One connection: the edges with the same relation, direction, neighbour and qualifier.
struct Row {
  NodeIndex node;
  std::uint32_t first = 0;  // Its edges, in `edges` of the group.
  std::uint32_t size = 0;
  std::uint64_t importance = 0;
};

/// All connections by one relation in one direction.
struct Group {
  KnownRelation relation;
  Direction direction = Direction::out;
  std::vector<Adjacent> edges;
  std::vector<Row> rows;
};

/// A connection that the page shows.
struct Shown {
  const Group* group;
  const Row* row;
  std::size_t edges = 0;  // Its first statement among those read, and how many there are.
  std::size_t count = 0;
};

class Neighbourhood {
 public:
  /// With `only`, the connections with that node.
  Neighbourhood(const Context& context, const NeighboursQuestion& question,
                const PreparedFilter& filter, NodeIndex node, std::optional<NodeIndex> only)
      : context_(context),
        question_(question),
        filter_(filter),
        node_(node),
        only_(only),
        known_(context) {}

  Result<NeighboursAnswer> answer() {
    const auto wanted = TRY(known_.of(question_.relations));
    NeighboursAnswer answer;
    for (const KnownRelation& relation : known_.all()) {
      const bool asked = std::any_of(wanted.begin(), wanted.end(), [&](const KnownRelation& each) {
        return each.relation == relation.relation;
      });
      TRY(gather(relation, asked, answer));
    }
    for (const Group& group : groups_) answer.total += group.rows.size();
    const std::vector<Shown> page = choose();
    TRY(read(page, answer));
    return answer;
  }

 private:
  /// Counts a relation for the facets, and keeps its connections where they were asked for.
  Status gather(const KnownRelation& relation, bool asked, NeighboursAnswer& answer) {
    for (const Direction direction : {Direction::out, Direction::in}) {
      const bool wanted = direction == Direction::out ? question_.out : question_.in;
      Group group{relation, direction, {}, {}};
      TRY(walk(context_, filter_, std::span(&node_, 1), relation.relation, direction,
               [&](std::size_t, const Adjacent& edge) {
                 if (!only_ || edge.node == *only_) add(group, edge);
               }));
      if (group.rows.empty()) continue;
      Degree& degree = answer.relations[std::string(relation.name)];
      (direction == Direction::out ? degree.out : degree.in) +=
          static_cast<std::uint32_t>(group.rows.size());
      if (!asked || !wanted) continue;
      for (const Row& row : group.rows) {
        ++answer.kinds[std::string(context_.view.text(context_.view.kind(row.node)))];
      }
      std::erase_if(group.rows,
                    [&](const Row& row) { return !filter_.admits(context_, row.node); });
      if (!group.rows.empty()) groups_.push_back(std::move(group));
    }
    return {};
  }

  static void add(Group& group, const Adjacent& edge) {
    const bool again = !group.edges.empty() && group.edges.back().node == edge.node &&
                       group.edges.back().qualifier == edge.qualifier;
    if (!again) {
      group.rows.push_back({edge.node, static_cast<std::uint32_t>(group.edges.size()), 0, 0});
    }
    group.edges.push_back(edge);
    ++group.rows.back().size;
  }

  std::string_view qualifier_of(const Group& group, const Row& row) const {
    return context_.view.text(group.edges[row.first].qualifier);
  }

  /// The rows of the page; ranks only the groups that it falls into, and brings the edges of the
  /// rows that it shows into order.
  std::vector<Shown> choose() {
    std::vector<Shown> page;
    std::size_t before = 0;  // Rows in the groups so far.
    const std::size_t begin = question_.page.offset;
    const std::size_t end = begin + question_.page.limit;
    for (Group& group : groups_) {
      const std::size_t size = group.rows.size();
      if (before + size > begin && before < end) {
        const std::size_t first = begin > before ? begin - before : 0;
        const std::size_t last = std::min(size, end - before);
        rank(group, last);
        for (std::size_t i = first; i < last; ++i) {
          order_edges(group, group.rows[i]);
          page.push_back({&group, &group.rows[i], 0, 0});
        }
      }
      before += size;
    }
    return page;
  }

  void order_edges(Group& group, const Row& row) const {
    const auto first = group.edges.begin() + static_cast<std::ptrdiff_t>(row.first);
    const auto read = std::min<std::ptrdiff_t>(row.size, kStatementsReadMax);
    std::partial_sort(
        first, first + read, first + static_cast<std::ptrdiff_t>(row.size),
        [&](const Adjacent& a, const Adjacent& b) { return stands_before(context_, a, b); });
  }

  /// Brings the first rows of the group into order: the best connected first, then by id, then by
  /// qualifier.
  void rank(Group& group, std::size_t wanted) {
    Connectedness importance(context_, known_.all(), filter_);
    for (Row& row : group.rows) row.importance = importance(row.node);
    const auto before = [&](const Row& a, const Row& b) {
      if (a.importance != b.importance) return a.importance > b.importance;
      if (a.node != b.node) return context_.view.id(a.node) < context_.view.id(b.node);
      return qualifier_of(group, a) < qualifier_of(group, b);
    };
    const auto middle = group.rows.begin() + static_cast<std::ptrdiff_t>(wanted);
    std::nth_element(group.rows.begin(), middle, group.rows.end(), before);
    std::sort(group.rows.begin(), middle, before);
  }

  Status read(std::vector<Shown> page, NeighboursAnswer& answer) {
    Reading reading(context_);
    reading.want(node_);
    std::vector<graph::Edge> edges;
    for (Shown& shown : page) {
      reading.want(shown.row->node);
      shown.edges = edges.size();
      shown.count = std::min<std::size_t>(shown.row->size, kStatementsReadMax);
      for (std::size_t i = 0; i < shown.count; ++i) edges.push_back(edge_of(shown, i));
    }
    TRY(reading.load());
    if (!context_.budget.read(edges.size())) return context_.budget.status();
    const auto stated = TRY(context_.view.read_edges(edges));
    answer.node = reading.brief(node_);
    for (const Shown& shown : page) {
      answer.items.push_back(
          neighbour_of(reading, shown, std::span(stated).subspan(shown.edges, shown.count)));
    }
    TRY(name_ways(reading, answer));
    return context_.budget.status();
  }

  /// Names what the paths of derived connections tell of: ids, separated by spaces.
  Status name_ways(Reading& reading, NeighboursAnswer& answer) const {
    std::set<std::string, std::less<>> ids;
    for (const Neighbour& item : answer.items) {
      for (const graph::Property& property : item.properties) {
        const auto* path = std::get_if<graph::Text>(&property.value);
        if (property.name != "path" || path == nullptr || !is_derived(item.basis)) continue;
        for (std::size_t at = 0; at <= path->text.size();) {
          const std::size_t end = std::min(path->text.find(' ', at), path->text.size());
          if (end > at) ids.insert(path->text.substr(at, end - at));
          at = end + 1;
        }
      }
    }
    std::vector<NodeIndex> nodes;
    for (const std::string& id : ids) {
      const auto node = context_.view.find(id);
      if (!node) continue;
      nodes.push_back(*node);
      reading.want(*node);
    }
    TRY(reading.load());
    for (const NodeIndex node : nodes) answer.named.push_back(reading.brief(node));
    return {};
  }

  graph::Edge edge_of(const Shown& shown, std::size_t i) const {
    const Adjacent& edge = shown.group->edges[shown.row->first + i];
    const bool out = shown.group->direction == Direction::out;
    return {out ? node_ : edge.node, shown.group->relation.relation, out ? edge.node : node_,
            edge.qualifier, edge.record};
  }

  Neighbour neighbour_of(const Reading& reading, const Shown& shown,
                         std::span<const graph::EdgeStatementView> stated) const {
    const auto edges = std::span(shown.group->edges).subspan(shown.row->first, shown.row->size);
    Connection connection = connection_of(context_, shown.group->relation,
                                          std::span(&edges.front().qualifier, 1), stated);
    Neighbour neighbour;
    neighbour.node = reading.brief(shown.row->node);
    neighbour.relation = shown.group->relation.name;
    neighbour.direction = shown.group->direction;
    neighbour.label = label_of(shown.group->relation, shown.group->direction, context_.language);
    neighbour.properties = std::move(connection.properties);
    neighbour.basis = connection.basis;
    neighbour.status = std::move(connection.status);
    for (const Adjacent& edge : edges) {
      neighbour.sources.emplace_back(context_.view.source_of(edge.record));
    }
    std::sort(neighbour.sources.begin(), neighbour.sources.end());
    neighbour.sources.erase(std::unique(neighbour.sources.begin(), neighbour.sources.end()),
                            neighbour.sources.end());
    return neighbour;
  }

  const Context& context_;
  const NeighboursQuestion& question_;
  const PreparedFilter& filter_;
  NodeIndex node_;
  std::optional<NodeIndex> only_;
  Relations known_;
  std::vector<Group> groups_;
};

}  // namespace

Result<NeighboursAnswer> neighbours(const Context& context, const NeighboursQuestion& question) {
  const NodeIndex node = TRY(find_node(context, question.id));
  const PreparedFilter filter = TRY(PreparedFilter::prepare(context, question.filter));
  if (filter.reads_properties()) {
    return Error{ErrorCode::invalid_input,
                 "neighbours cannot be filtered by status, language or years"};
  }
  std::optional<NodeIndex> only;
  if (!question.neighbour.empty()) only = TRY(find_node(context, question.neighbour));
  return Neighbourhood(context, question, filter, node, only).answer();
}

}  // namespace mangrove::query
