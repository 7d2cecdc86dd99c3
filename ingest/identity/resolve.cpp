#include "ingest/identity/resolve.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "ingest/identity/actors.h"
#include "ingest/identity/initiatives.h"
#include "ingest/identity/match.h"
#include "ingest/inputs/retirement.h"
#include "ingest/linking/relink.h"

namespace mangrove::ingest {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kNamePart = "name";
constexpr std::array<std::string_view, 2> kRelations{"SAME_AS", "NOT_SAME_AS"};

/// Subject and part of a record of ours.
using RecordKey = std::pair<std::string, std::string>;
using Records = std::map<RecordKey, graph::Record>;

graph::Record record_of_name(const ChosenName& name) {
  graph::Record record;
  record.source = kIdentitySource;
  record.part = kNamePart;
  record.subject = {name.id, "Actor", {}};
  record.subject.properties.push_back({"name", graph::Text{name.name, name.language}});
  return record;
}

/// What we should state.
Records wanted_of(std::vector<SameAs> matches, const std::vector<ChosenName>& names) {
  std::sort(matches.begin(), matches.end(), [](const SameAs& a, const SameAs& b) {
    return std::tie(a.a, a.b) < std::tie(b.a, b.b);
  });
  Records wanted;
  for (const SameAs& match : matches) {
    const RecordKey key{std::string(kIdentitySource), part_of_match(match_id(match.a, match.b))};
    const auto place = wanted.try_emplace(key, record_of_matches(key.second)).first;
    place->second.edges.push_back(edge_of(match));
  }
  for (const ChosenName& name : names) {
    wanted.emplace(RecordKey{name.id, std::string(kNamePart)}, record_of_name(name));
  }
  return wanted;
}

/// What we do state.
Result<Records> present_in(const graph::View& view) {
  Records present;
  std::set<NodeIndex> subjects;
  for (const graph::View::RecordName& name : view.records_of(kIdentitySource)) {
    if (const auto node = view.find(name.subject)) subjects.insert(*node);
  }
  const std::vector<NodeIndex> nodes(subjects.begin(), subjects.end());
  for (std::vector<graph::Record>& records : TRY(view.records_about(nodes))) {
    for (graph::Record& record : records) {
      if (record.source != kIdentitySource) continue;
      RecordKey key{record.subject.id, record.part};
      present.emplace(std::move(key), std::move(record));
    }
  }
  return present;
}

/// Records come back with their properties in another order.
bool states_the_same(const std::vector<graph::Property>& a, const std::vector<graph::Property>& b) {
  return std::is_permutation(a.begin(), a.end(), b.begin(), b.end());
}

bool says_the_same(const graph::Record& a, const graph::Record& b) {
  const auto key_of = [](const graph::EdgeStatement& edge) {
    return std::tie(edge.from, edge.relation, edge.to, edge.qualifier);
  };
  return states_the_same(a.subject.properties, b.subject.properties) &&
         std::is_permutation(a.edges.begin(), a.edges.end(), b.edges.begin(), b.edges.end(),
                             [&](const auto& x, const auto& y) {
                               return key_of(x) == key_of(y) &&
                                      states_the_same(x.properties, y.properties);
                             });
}

graph::Batch changes_from(const Records& present, Records wanted) {
  graph::Batch batch;
  for (const auto& [key, record] : present) {
    if (!wanted.contains(key)) batch.remove(key.first, std::string(kIdentitySource), key.second);
  }
  for (auto& [key, record] : wanted) {
    const auto known = present.find(key);
    if (known != present.end() && says_the_same(known->second, record)) continue;
    // Undated: what it said once would pass for outdated when it says so again.
    if (known != present.end()) {
      batch.remove(key.first, std::string(kIdentitySource), key.second);
    }
    batch.put(std::move(record));
  }
  return batch;
}

/// Matches that anybody but us has spoken of, for or against.
std::set<std::string> decided_in(const graph::View& view) {
  std::set<std::string> decided;
  for (const std::string_view kind_name : {"Actor", "Initiative"}) {
    const graph::Kind kind = view.name(kind_name);
    if (kind == graph::kNoName) continue;
    const std::vector<NodeIndex> nodes = view.nodes_of_kind(kind);
    for (const std::string_view relation : kRelations) {
      view.walk(nodes, view.name(relation), Direction::out,
                [&](std::size_t position, const graph::Adjacent& edge) {
                  if (view.source_of(edge.record) == kIdentitySource) return;
                  decided.insert(match_id(view.id(nodes[position]), view.id(edge.node)));
                });
    }
  }
  return decided;
}

}  // namespace

Result<Resolved> resolve(graph::Graph& graph) {
  const graph::View view = graph.view(graph::Viewer::everyone());
  Resolved resolved;
  ActorsFound actors = TRY(match_actors(view));
  InitiativesFound initiatives = TRY(match_initiatives(view));
  resolved.actors = actors.bodies;
  resolved.initiatives = initiatives.initiatives;
  resolved.compared = actors.pairs + initiatives.pairs;
  resolved.named = actors.names.size();
  resolved.doubtful = std::move(actors.doubtful);

  std::vector<SameAs> matches = std::move(actors.matches);
  matches.insert(matches.end(), std::make_move_iterator(initiatives.matches.begin()),
                 std::make_move_iterator(initiatives.matches.end()));
  const std::set<std::string> decided = decided_in(view);
  resolved.decided = decided.size();
  std::erase_if(matches,
                [&](const SameAs& match) { return decided.contains(match_id(match.a, match.b)); });
  for (const SameAs& match : matches) {
    ++(match.state == MatchState::accepted ? resolved.accepted : resolved.suggested);
  }
  const graph::Batch batch =
      changes_from(TRY(present_in(view)), wanted_of(std::move(matches), actors.names));
  resolved.changed = !batch.empty();
  if (!batch.empty()) TRY(graph.commit(batch));
  return resolved;
}

Status settle_after_removal(graph::Graph& graph, const graph::OnProgress& on_progress) {
  TRY(relink_after_removal(graph, on_progress));
  TRY(resolve(graph));
  return settle_inputs_after_removal(graph);
}

}  // namespace mangrove::ingest
