#include "ingest/identity/decisions.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "ingest/draft.h"
#include "ingest/identity/match.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kReasonBytesMax = 2000;
constexpr std::size_t kNameBytesMax = 200;
/// What the machine had said, kept in the decision so that taking it back brings it back.
constexpr std::array<std::string_view, 5> kMachine{"match", "state", "score", "reason",
                                                   "decided_by"};
constexpr std::string_view kBefore = "before_";

Date today() {
  namespace chrono = std::chrono;
  const chrono::year_month_day day(chrono::floor<chrono::days>(chrono::system_clock::now()));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

/// The record of a source with this part, as it stands; nothing where there is none.
Result<std::optional<graph::Record>> record_of(const graph::View& view, std::string_view source,
                                               const std::string& part) {
  const auto node = view.find(source);
  if (!node) return std::optional<graph::Record>();
  for (std::vector<graph::Record>& records : TRY(view.records_about(std::span(&*node, 1)))) {
    for (graph::Record& record : records) {
      if (record.source == source && record.part == part) {
        return std::optional<graph::Record>(std::move(record));
      }
    }
  }
  return std::optional<graph::Record>();
}

std::optional<graph::EdgeStatement> edge_with(const std::optional<graph::Record>& record,
                                              std::string_view id) {
  if (!record) return std::nullopt;
  for (const graph::EdgeStatement& edge : record->edges) {
    if (match_id(edge.from, edge.to) == id) return edge;
  }
  return std::nullopt;
}

Status check(const Decision& decision) {
  if (decision.state != DecisionState::withdrawn && trimmed(decision.reason).empty()) {
    return Error{ErrorCode::invalid_input, "reason: say why, for those who come after"};
  }
  if (decision.state != DecisionState::withdrawn && trimmed(decision.decided_by).empty()) {
    return Error{ErrorCode::invalid_input, "decided_by: say who decides"};
  }
  if (decision.reason.size() > kReasonBytesMax || decision.decided_by.size() > kNameBytesMax) {
    return Error{ErrorCode::invalid_input,
                 "reason: at most 2,000 bytes, and decided_by at most 200"};
  }
  if (!is_utf8(decision.reason) || !is_utf8(decision.decided_by)) {
    return Error{ErrorCode::invalid_input, "reason: reason and decided_by are UTF-8"};
  }
  return {};
}

/// What the machine had said, out of a decision; nothing where it had said nothing.
std::optional<graph::EdgeStatement> machine_in(const graph::EdgeStatement& decision) {
  graph::EdgeStatement machine{decision.from, "SAME_AS", decision.to, {}, {}, {}};
  for (const std::string_view name : kMachine) {
    const std::string kept = std::string(kBefore) + std::string(name);
    for (const graph::Property& property : decision.properties) {
      if (property.name == kept) machine.properties.push_back({std::string(name), property.value});
    }
  }
  machine.qualifier = graph::text_of(machine.properties, "state");
  if (machine.qualifier.empty()) return std::nullopt;
  return machine;
}

graph::EdgeStatement edge_for(const DecidedPair& pair, const Decision& decision,
                              const std::optional<graph::EdgeStatement>& machine) {
  const bool same = decision.state == DecisionState::accepted;
  graph::EdgeStatement edge{pair.a, same ? "SAME_AS" : "NOT_SAME_AS",
                            pair.b, std::string(to_string(decision.state)),
                            {},     {}};
  state_on(edge, "match", std::string_view(pair.id));
  state_on(edge, "state", to_string(decision.state));
  state_on(edge, "reason", std::string_view(decision.reason));
  state_on(edge, "decided_by", std::string_view(decision.decided_by));
  state_on(edge, "decided", graph::Value(today()));
  if (machine) {
    for (const graph::Property& property : machine->properties) {
      state_on(edge, std::string(kBefore) + property.name, property.value);
    }
  }
  return edge;
}

/// The record of the machine with this edge put in its place, or without it.
void put_machine(graph::Batch& batch, std::optional<graph::Record> record, const std::string& id,
                 const std::optional<graph::EdgeStatement>& edge) {
  if (!record && !edge) return;
  const std::string source(kIdentitySource);
  if (!record) record = record_of_matches(part_of_match(id));
  batch.remove(source, source, record->part);
  std::erase_if(record->edges, [&](const graph::EdgeStatement& each) {
    return match_id(each.from, each.to) == id;
  });
  if (edge) {
    const auto place = std::find_if(
        record->edges.begin(), record->edges.end(), [&](const graph::EdgeStatement& each) {
          return std::tie(edge->from, edge->to) < std::tie(each.from, each.to);
        });
    record->edges.insert(place, *edge);
  }
  if (!record->edges.empty()) batch.put(*std::move(record));
}

graph::Record steward_record(const std::string& id, graph::EdgeStatement edge) {
  graph::Record record;
  record.source = kStewardSource;
  record.part = id;
  record.subject = {std::string(kStewardSource), "Source", {}};
  record.subject.properties.push_back({"label", graph::Text{"Decisions of stewards", {}}});
  record.edges.push_back(std::move(edge));
  return record;
}

Result<DecidedPair> decide_over(graph::Graph& graph, const graph::View& view, DecidedPair pair,
                                const Decision& decision) {
  TRY(check(decision));
  const auto decided = TRY(record_of(view, kStewardSource, pair.id));
  auto machine_record = TRY(record_of(view, kIdentitySource, part_of_match(pair.id)));
  std::optional<graph::EdgeStatement> machine = edge_with(machine_record, pair.id);
  if (decided && !decided->edges.empty() && !machine) machine = machine_in(decided->edges.front());
  const std::string steward(kStewardSource);
  graph::Batch batch;
  if (decided) batch.remove(steward, steward, pair.id);
  if (decision.state == DecisionState::withdrawn) {
    if (!decided) {
      return Error{ErrorCode::not_found,
                   "nobody has decided over " + pair.id + ": there is nothing to take back"};
    }
    put_machine(batch, std::move(machine_record), pair.id, machine);
  } else {
    batch.put(steward_record(pair.id, edge_for(pair, decision, machine)));
    put_machine(batch, std::move(machine_record), pair.id, std::nullopt);
  }
  const graph::CommitReport report = TRY(graph.commit(batch));
  for (const graph::ChangeReport& change : report.changes) {
    if (change.outcome == graph::Outcome::refused) {
      return Error{ErrorCode::conflict, "the decision was refused: " + change.message};
    }
  }
  return pair;
}

}  // namespace

std::optional<DecisionState> parse_decision(std::string_view word) {
  if (word == "accepted") return DecisionState::accepted;
  if (word == "refused") return DecisionState::refused;
  if (word == "withdrawn") return DecisionState::withdrawn;
  return std::nullopt;
}

std::string_view to_string(DecisionState state) {
  switch (state) {
    case DecisionState::accepted:
      return "accepted";
    case DecisionState::refused:
      return "refused";
    case DecisionState::withdrawn:
      break;
  }
  return "withdrawn";
}

Result<DecidedPair> decide(graph::Graph& graph, std::string_view id, const Decision& decision) {
  const graph::View view = graph.view(graph::Viewer::steward());
  DecidedPair pair{std::string(id), {}, {}};
  auto edge = edge_with(TRY(record_of(view, kStewardSource, pair.id)), id);
  if (!edge) edge = edge_with(TRY(record_of(view, kIdentitySource, part_of_match(pair.id))), id);
  if (!edge) {
    return Error{ErrorCode::not_found, "there is no match '" + pair.id.substr(0, 40) + "'"};
  }
  pair.a = edge->from;
  pair.b = edge->to;
  return decide_over(graph, view, std::move(pair), decision);
}

Result<DecidedPair> decide(graph::Graph& graph, std::string_view a, std::string_view b,
                           const Decision& decision) {
  const graph::View view = graph.view(graph::Viewer::steward());
  std::array<std::string_view, 2> kinds;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::string_view id = i == 0 ? a : b;
    const auto node = view.find(id);
    if (!node) {
      return Error{ErrorCode::not_found,
                   "there is no node '" + std::string(id.substr(0, 200)) + "'"};
    }
    kinds[i] = view.text(view.kind(*node));
  }
  if (a == b || kinds[0] != kinds[1] || (kinds[0] != "Actor" && kinds[0] != "Initiative")) {
    return Error{ErrorCode::invalid_input, "two actors or two initiatives can be one; these are " +
                                               std::string(kinds[0]) + " and " +
                                               std::string(kinds[1])};
  }
  const auto [first, second] = std::minmax(a, b);
  return decide_over(graph, view,
                     {match_id(first, second), std::string(first), std::string(second)}, decision);
}

}  // namespace mangrove::ingest
