#include "graph/requests.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/backup.h"
#include "graph/record_lines.h"
#include "graph/snapshot.h"
#include "graph/source_summary.h"
#include "graph/verify.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;
using Object = json::Value::Object;
using Array = json::Value::Array;

constexpr std::int64_t kLogLimit = 20;
constexpr std::int64_t kLogLimitMax = 10'000;

Error not_understood(std::string_view what) {
  return {ErrorCode::invalid_input, "the request has no " + std::string(what)};
}

Result<std::string> text_in(const json::Value& request, std::string_view name) {
  const std::string* const text = request.find_string(name);
  if (text == nullptr || text->empty()) return not_understood(name);
  return *text;
}

Result<Object> backup_result(const Result<Backup>& result) {
  const Backup backup = TRY(result);
  return Object{{"number", backup.number},
                {"time", backup.time},
                {"version", backup.version},
                {"bytes", backup.bytes},
                {"format", backup.format}};
}

Result<Object> verify_result(const Result<VerifyReport>& result) {
  const VerifyReport report = TRY(result);
  Object checked;
  for (const auto& [what, count] : report.checked) checked.push_back({what, count});
  Array findings;
  for (const Finding& finding : report.findings) {
    findings.emplace_back(Object{{"what", finding.what},
                                 {"where", finding.where},
                                 {"remedy", finding.remedy},
                                 {"repairable", finding.repairable}});
  }
  return Object{{"version", report.version},
                {"clean", report.is_clean()},
                {"found", report.found},
                {"checked", std::move(checked)},
                {"findings", std::move(findings)}};
}

Object to_json(const SourceSummary& source) {
  Object kinds;
  for (const auto& [kind, count] : source.kinds) kinds.push_back({kind, count});
  Array parts;
  for (const std::string& part : source.parts) parts.emplace_back(part);
  Array changes;
  for (const SourceSummary::Change& change : source.changes) {
    changes.emplace_back(Object{{"version", change.version},
                                {"time", change.time},
                                {"added", change.added},
                                {"replaced", change.replaced},
                                {"removed", change.removed}});
  }
  return {{"id", source.id},
          {"records", source.records},
          {"nodes", source.nodes},
          {"nodes_alone", source.nodes_alone},
          {"edges", source.edges},
          {"edges_going", source.edges_going},
          {"edges_staying", source.edges_staying},
          {"kinds", std::move(kinds)},
          {"parts", std::move(parts)},
          {"changes", std::move(changes)}};
}

Result<std::vector<SourceSummary>> sources_of(const Graph& graph) {
  return summarise_sources(*graph.latest(), graph.oldest_version());
}

Result<SourceSummary> source_in(const Graph& graph, const json::Value& request) {
  const std::string name = TRY(text_in(request, "name"));
  const auto sources = TRY(sources_of(graph));
  return find_source(sources, name);
}

Result<Object> list_sources(const Graph& graph) {
  const Version version = graph.view(Viewer::steward()).version();
  Array sources;
  for (const SourceSummary& source : TRY(sources_of(graph))) sources.emplace_back(to_json(source));
  return Object{{"version", version}, {"sources", std::move(sources)}};
}

/// What is stated about the source's own node, where there is one.
Result<Object> properties_of(const View& view, std::string_view id) {
  Object properties;
  const auto index = view.find(id);
  if (!index) return properties;
  const auto nodes = TRY(view.read(std::span(&*index, 1)));
  for (const StatedProperty& property : nodes.front().properties) {
    const bool is_first = properties.empty() || properties.back().key != property.name;
    if (is_first) properties.push_back({property.name, to_string(property.value)});
  }
  return properties;
}

Result<Object> show_source(const Graph& graph, const json::Value& request) {
  const SourceSummary source = TRY(source_in(graph, request));
  const View view = graph.view(Viewer::steward());
  return Object{{"version", view.version()},
                {"source", to_json(source)},
                {"properties", TRY(properties_of(view, source.id))}};
}

Result<Object> remove_source(Graph& graph, const json::Value& request,
                             const OnProgress& on_progress, const FollowUp& follow_up) {
  const SourceSummary source = TRY(source_in(graph, request));
  const std::uint64_t removed =
      TRY(graph.remove_source(source.id, [&](std::uint64_t done, std::uint64_t of) {
        if (on_progress) on_progress({"removing records", done, of});
      }));
  if (follow_up) TRY(follow_up(graph, on_progress));
  return Object{{"version", graph.view(Viewer::steward()).version()},
                {"source", to_json(source)},
                {"removed", removed}};
}

Object to_json(const Change& change) {
  Array records;
  for (const RecordChange& record : change.records) {
    const std::string_view outcome = record.outcome == Outcome::added     ? "added"
                                     : record.outcome == Outcome::removed ? "removed"
                                                                          : "replaced";
    records.emplace_back(Object{{"subject", record.subject},
                                {"source", record.source},
                                {"part", record.part},
                                {"outcome", outcome}});
  }
  return {{"version", change.version}, {"time", change.time}, {"records", std::move(records)}};
}

Result<Object> read_log(const Graph& graph, const json::Value& request) {
  const View view = graph.view(Viewer::steward());
  const Version oldest = graph.oldest_version();
  const auto limit = static_cast<std::uint64_t>(
      std::clamp(request.find_integer("limit").value_or(kLogLimit), std::int64_t{1}, kLogLimitMax));
  const Version latest = view.version() - std::min(view.version(), limit);
  const auto asked = request.find_integer("after");
  const Version after = asked ? static_cast<Version>(std::max(*asked, std::int64_t{0})) : latest;
  Array changes;
  for (const Change& change : TRY(view.changes_after(std::max(after, oldest), limit))) {
    changes.emplace_back(to_json(change));
  }
  return Object{{"version", view.version()}, {"oldest", oldest}, {"changes", std::move(changes)}};
}

Result<Viewer> viewer_in(const json::Value& request) {
  const json::Value* const audiences = request.find("audiences");
  if (audiences == nullptr) return Viewer::steward();
  if (audiences->as_array() == nullptr) return not_understood("audiences");
  std::vector<std::string> names;
  for (const json::Value& name : *audiences->as_array()) {
    if (name.as_string() == nullptr) return not_understood("audiences");
    names.push_back(*name.as_string());
  }
  return Viewer::of(std::move(names));
}

Result<Object> export_records(const Graph& graph, const json::Value& request,
                              const OnProgress& on_progress) {
  const std::string file = TRY(text_in(request, "file"));
  const View view = graph.view(TRY(viewer_in(request)));
  const std::uint64_t records = TRY(write_record_file(view, file, on_progress));
  return Object{{"version", view.version()}, {"records", records}};
}

BackupSettings settings_in(const json::Value& request, const OnProgress& on_progress) {
  const auto keep = std::max(request.find_integer("keep").value_or(0), std::int64_t{0});
  return {.keep = static_cast<std::size_t>(keep), .on_progress = on_progress};
}

Result<Object> carried_out(Graph& graph, const fs::path& folder, const json::Value& request,
                           const OnProgress& on_progress, const FollowUp& follow_up) {
  const std::string what = TRY(text_in(request, "do"));
  if (what == "backup") {
    const std::string into = TRY(text_in(request, "folder"));
    return backup_result(back_up(graph.store(), into, settings_in(request, on_progress)));
  }
  if (what == "verify") {
    return verify_result(verify(graph, {.folder = folder, .on_progress = on_progress}));
  }
  if (what == "source-list") return list_sources(graph);
  if (what == "source-show") return show_source(graph, request);
  if (what == "source-remove") return remove_source(graph, request, on_progress, follow_up);
  if (what == "log") return read_log(graph, request);
  if (what == "export") return export_records(graph, request, on_progress);
  return Error{ErrorCode::invalid_input, "there is no request '" + what + "'"};
}

Result<Object> carried_out_closed(const fs::path& folder, const json::Value& request,
                                  const OnProgress& on_progress, const FollowUp& follow_up) {
  const std::string what = TRY(text_in(request, "do"));
  if (what == "backup") {
    const std::string into = TRY(text_in(request, "folder"));
    return backup_result(back_up_folder(folder, into, settings_in(request, on_progress)));
  }
  if (what == "verify") return verify_result(verify_folder(folder, {.on_progress = on_progress}));
  const auto graph = TRY(Graph::open(folder, {.create = false}));
  return carried_out(*graph, folder, request, on_progress, follow_up);
}

}  // namespace

Result<json::Value> carry_out(Graph& graph, const fs::path& folder, const json::Value& request,
                              const OnProgress& on_progress, const FollowUp& follow_up,
                              const MoreRequests& more) {
  if (more) {
    if (auto answer = more(graph, request, on_progress)) return *std::move(answer);
  }
  auto result = TRY(carried_out(graph, folder, request, on_progress, follow_up));
  return json::Value(std::move(result));
}

Result<json::Value> carry_out(const fs::path& folder, const json::Value& request,
                              const OnProgress& on_progress, const FollowUp& follow_up) {
  if (auto answer = TRY(ask_holder(folder, request, on_progress))) return *std::move(answer);
  auto result = TRY(carried_out_closed(folder, request, on_progress, follow_up));
  return json::Value(std::move(result));
}

}  // namespace mangrove::graph
