#include "ingest/review.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "graph/control.h"
#include "ingest/linking/linker.h"
#include "ingest/linking/relink.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {
namespace {

using Object = json::Value::Object;
using Array = json::Value::Array;

constexpr std::string_view kReviewersSource = "src:reviewers";
constexpr std::string_view kReleaseKind = "Release";

Date today() {
  namespace chrono = std::chrono;
  const chrono::year_month_day day(chrono::floor<chrono::days>(chrono::system_clock::now()));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

graph::Property plain(std::string name, std::string text) {
  return {std::move(name), graph::Text{std::move(text), {}}};
}

/// Nodes at the near ends of relations that hold.
std::vector<graph::NodeIndex> nodes_held(const graph::View& view, const ontology::Schema& schema) {
  std::set<graph::NodeIndex> nodes;
  for (const ontology::RelationInfo& relation : schema.relations()) {
    if (relation.holds_for.empty()) continue;
    for (const std::string& kind : relation.to) {
      const graph::Kind known = view.name(kind);
      if (known == graph::kNoName) continue;
      view.walk(view.nodes_of_kind(known), view.name(relation.name), graph::Direction::in,
                [&](std::size_t, const graph::Adjacent& from) { nodes.insert(from.node); });
    }
  }
  return {nodes.begin(), nodes.end()};
}

/// Why the record is held; nothing for one that is not.
std::vector<HeldFor> reasons_of(const graph::Record& record, const ontology::Schema& schema) {
  std::vector<HeldFor> reasons;
  for (const graph::EdgeStatement& edge : record.edges) {
    const ontology::RelationInfo* const relation = schema.relation(edge.relation);
    if (!edge.derived || relation == nullptr || relation->holds_for.empty()) continue;
    if (record.audience != std::vector{relation->holds_for}) continue;
    HeldFor held{edge.to, {}, {}, std::string(graph::text_of(edge.properties, "release"))};
    for (const graph::Property& property : edge.properties) {
      if (property.name == "matched") held.words.push_back(graph::to_string(property.value));
    }
    reasons.push_back(std::move(held));
  }
  return reasons;
}

Status add_labels(const graph::View& view, std::vector<HeldRecord>& records) {
  for (HeldRecord& record : records) {
    for (HeldFor& held : record.reasons) {
      const auto node = view.find(held.reason);
      if (!node) continue;
      const std::array<graph::NodeIndex, 1> one{*node};
      held.label = TRY(view.read(one))[0].text("label");
    }
  }
  return {};
}

std::string name_of(const graph::Record& record, const ontology::Schema& schema) {
  const ontology::KindInfo* const kind = schema.kind(record.subject.kind);
  return kind == nullptr
             ? std::string()
             : std::string(graph::text_of(record.subject.properties, kind->name_property));
}

Status link_subject(graph::Graph& graph, const ontology::Schema& schema, std::string_view subject) {
  const auto node = graph.view(graph::Viewer::steward()).find(subject);
  if (!node) return {};
  const std::array<graph::NodeIndex, 1> one{*node};
  return relink_nodes(graph, schema, one);
}

graph::Record release_record(const HeldRecord& held, const HeldFor& reason,
                             const Decision& decision, const std::string& holder) {
  graph::Record record;
  record.source = kReviewersSource;
  record.audience = {holder};
  record.subject = {reason.release, std::string(kReleaseKind), {}};
  auto& properties = record.subject.properties;
  properties.push_back(plain("label", held.name.empty() ? held.id : held.name));
  properties.push_back(plain("about", held.id));
  for (const std::string& words : reason.words) properties.push_back(plain("matched", words));
  if (!decision.by.empty()) properties.push_back(plain("decided_by", decision.by));
  if (!decision.reason.empty()) properties.push_back(plain("reason", decision.reason));
  properties.push_back({"date", today()});
  return record;
}

/// The audience that relations to this reason hold for.
std::string holder_of(const std::string& kind, const ontology::Schema& schema) {
  for (const ontology::RelationInfo& relation : schema.relations()) {
    if (!relation.holds_for.empty() && relation.allows(kind, {})) return relation.holds_for;
  }
  return {};
}

Result<std::vector<HeldRecord>> held_about(const graph::Graph& graph,
                                           const ontology::Schema& schema,
                                           std::string_view subject) {
  std::vector<HeldRecord> records = TRY(held_records(graph, schema));
  std::erase_if(records, [&](const HeldRecord& record) { return record.id != subject; });
  return records;
}

/// Releases of the subject that the graph holds.
Result<std::vector<std::string>> releases_of(const graph::View& view, std::string_view subject) {
  const std::vector<graph::NodeIndex> nodes = view.nodes_of_kind(view.name(kReleaseKind));
  std::vector<std::string> ids;
  for (const graph::Node& node : TRY(view.read(nodes))) {
    if (node.text("about") == subject) ids.push_back(node.id);
  }
  return ids;
}

Object to_json(const HeldRecord& record) {
  Array reasons;
  for (const HeldFor& held : record.reasons) {
    Array words;
    for (const std::string& some : held.words) words.emplace_back(some);
    reasons.emplace_back(
        Object{{"id", held.reason}, {"label", held.label}, {"words", std::move(words)}});
  }
  return {{"id", record.id},         {"kind", record.kind},     {"name", record.name},
          {"source", record.source}, {"origin", record.origin}, {"reasons", std::move(reasons)}};
}

std::string text_in(const json::Value& request, std::string_view name) {
  const std::string* const text = request.find_string(name);
  return text == nullptr ? std::string() : *text;
}

Result<json::Value> reviewed(graph::Graph& graph, const json::Value& request,
                             const std::string& what) {
  const auto ontology = TRY(ontology::Ontology::load());
  if (what == "review-list") {
    Array records;
    for (const HeldRecord& record : TRY(held_records(graph, ontology.schema()))) {
      records.emplace_back(to_json(record));
    }
    return json::Value(Object{{"records", std::move(records)}});
  }
  const std::string id = text_in(request, "id");
  if (what == "review-release") {
    const Decision decision{text_in(request, "by"), text_in(request, "reason")};
    const std::size_t count = TRY(release(graph, ontology.schema(), id, decision));
    return json::Value(Object{{"released", count}});
  }
  const std::size_t count = TRY(withdraw_release(graph, ontology.schema(), id));
  return json::Value(Object{{"withdrawn", count}});
}

}  // namespace

Result<std::vector<HeldRecord>> held_records(const graph::Graph& graph,
                                             const ontology::Schema& schema) {
  const graph::View view = graph.view(graph::Viewer::steward());
  std::vector<HeldRecord> held;
  for (const auto& records : TRY(view.records_about(nodes_held(view, schema)))) {
    for (const graph::Record& record : records) {
      std::vector<HeldFor> reasons = reasons_of(record, schema);
      if (reasons.empty()) continue;
      held.push_back({record.subject.id, record.subject.kind, name_of(record, schema),
                      record.source, record.origin, std::move(reasons)});
    }
  }
  std::sort(held.begin(), held.end(), [](const HeldRecord& a, const HeldRecord& b) {
    return std::tie(a.id, a.source, a.origin) < std::tie(b.id, b.source, b.origin);
  });
  TRY(add_labels(view, held));
  return held;
}

Result<std::size_t> release(graph::Graph& graph, const ontology::Schema& schema,
                            std::string_view subject, const Decision& decision) {
  const std::vector<HeldRecord> held = TRY(held_about(graph, schema, subject));
  if (held.empty()) {
    return Error{ErrorCode::not_found, "no record about " + std::string(subject) + " is held"};
  }
  graph::Batch batch;
  for (const HeldRecord& record : held) {
    for (const HeldFor& reason : record.reasons) {
      batch.put(release_record(record, reason, decision, holder_of(record.kind, schema)));
    }
  }
  TRY(graph.commit(batch));
  TRY(link_subject(graph, schema, subject));
  return held.size();
}

Result<std::size_t> withdraw_release(graph::Graph& graph, const ontology::Schema& schema,
                                     std::string_view subject) {
  const std::vector<std::string> releases =
      TRY(releases_of(graph.view(graph::Viewer::steward()), subject));
  if (releases.empty()) {
    return Error{ErrorCode::not_found, "nothing about " + std::string(subject) + " was released"};
  }
  graph::Batch batch;
  for (const std::string& id : releases) batch.remove(id, std::string(kReviewersSource));
  TRY(graph.commit(batch));
  TRY(link_subject(graph, schema, subject));
  return releases.size();
}

std::optional<Result<json::Value>> review_request(graph::Graph& graph, const json::Value& request,
                                                  const graph::OnProgress& /*on_progress*/) {
  const std::string what = text_in(request, "do");
  if (what != "review-list" && what != "review-release" && what != "review-hold") {
    return std::nullopt;
  }
  return reviewed(graph, request, what);
}

Result<json::Value> carry_out_review(const std::filesystem::path& folder,
                                     const json::Value& request) {
  if (auto answer = TRY(graph::ask_holder(folder, request, nullptr))) return *std::move(answer);
  graph::Options options;
  options.create = false;
  options.text_properties = ontology::text_properties();
  const auto graph = TRY(graph::Graph::open(folder, std::move(options)));
  auto answer = review_request(*graph, request);
  if (answer) return *std::move(answer);
  return Error{ErrorCode::invalid_input, "there is no such request"};
}

}  // namespace mangrove::ingest
