#include "ingest/inputs/retirement.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "ingest/inputs/key_notes.h"
#include "ingest/inputs/known_input.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kRecordsAtOnce = 1000;
constexpr std::string_view kOwnSources = "src:mangrove-";
constexpr std::string_view kSourceKind = "Source";
constexpr std::string_view kRetiredNotes = "retired";
constexpr std::string_view kCountPart = "retired";  // Of a source, for what is said of itself.

Date today() {
  namespace chrono = std::chrono;
  const chrono::year_month_day day(chrono::floor<chrono::days>(chrono::system_clock::now()));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

RecordKey key_of(const graph::Record& record) {
  return ingest::key_of(record.subject.id, record.source, record.part);
}

bool is_marked(const graph::Record& record) {
  const auto& properties = record.subject.properties;
  return std::any_of(properties.begin(), properties.end(), [](const graph::Property& property) {
    return property.name == kRetiredProperty;
  });
}

/// Nodes with a record of one of these keys.
std::vector<graph::NodeIndex> nodes_with(const graph::View& view, const RecordKeys& keys) {
  std::set<graph::NodeIndex> nodes;
  view.visit_records([&](graph::NodeIndex node, std::string_view source, std::string_view part) {
    if (source.starts_with(kOwnSources)) return;
    if (holds(keys, ingest::key_of(view.id(node), source, part))) nodes.insert(node);
  });
  return {nodes.begin(), nodes.end()};
}

/// Puts what `change` makes of each of these records in its place, some at a time; what it leaves
/// alone, it says no to. Gives the keys of those that were changed.
Result<RecordKeys> rewrite(graph::Graph& graph, const RecordKeys& keys,
                           const std::function<bool(graph::Record&)>& change) {
  RecordKeys rewritten;
  if (keys.empty()) return rewritten;
  const graph::View view = graph.view(graph::Viewer::steward());
  const std::vector<graph::NodeIndex> nodes = nodes_with(view, keys);
  for (std::size_t from = 0; from < nodes.size(); from += kRecordsAtOnce) {
    const std::size_t count = std::min(kRecordsAtOnce, nodes.size() - from);
    auto about = TRY(view.records_about(std::span(nodes).subspan(from, count)));
    graph::Batch batch;
    for (std::vector<graph::Record>& records : about) {
      for (graph::Record& record : records) {
        const RecordKey key = key_of(record);
        if (!holds(keys, key) || !change(record)) continue;
        rewritten.push_back(key);
        // In its place, not over it: what it said before must not pass for outdated when its source
        // says so again.
        batch.remove(record.subject.id, record.source, record.part);
        batch.put(std::move(record));
      }
    }
    if (!batch.empty()) TRY(graph.commit(batch));
  }
  settle(rewritten);
  return rewritten;
}

bool counts_retired(const graph::Record& record) {
  const auto& properties = record.subject.properties;
  return record.part.starts_with(kCountPart) && properties.size() == 1 &&
         properties[0].name == "records_retired";
}

using Counts = std::map<std::pair<std::string, std::string>, graph::Record>;

/// What is to stand on the nodes of sources: by source and part.
Result<Counts> counts_of(const graph::View& view, const RecordKeys& retired) {
  std::map<std::pair<std::string, std::vector<std::string>>, std::int64_t> numbers;
  const std::vector<graph::NodeIndex> nodes =
      retired.empty() ? std::vector<graph::NodeIndex>() : nodes_with(view, retired);
  for (std::size_t from = 0; from < nodes.size(); from += kRecordsAtOnce) {
    const std::size_t count = std::min(kRecordsAtOnce, nodes.size() - from);
    const auto about = TRY(view.records_about(std::span(nodes).subspan(from, count)));
    for (const std::vector<graph::Record>& records : about) {
      for (const graph::Record& record : records) {
        // A guard hides more than an audience can say.
        if (!record.subject.audience.empty() || !is_marked(record)) continue;
        if (holds(retired, key_of(record))) ++numbers[{record.source, record.audience}];
      }
    }
  }
  Counts counts;
  for (const auto& [whose, number] : numbers) {
    graph::Record record;
    record.source = whose.first;
    record.part = kCountPart;
    for (const std::string& audience : whose.second) record.part += " " + audience;
    record.audience = whose.second;
    record.subject = {record.source, std::string(kSourceKind), {{"records_retired", number}}};
    counts.emplace(std::pair(record.source, record.part), std::move(record));
  }
  return counts;
}

/// What stands there now.
Result<Counts> counts_in(const graph::View& view) {
  std::vector<graph::NodeIndex> nodes;
  view.visit_records([&](graph::NodeIndex node, std::string_view source, std::string_view part) {
    if (view.id(node) == source && part.starts_with(kCountPart)) nodes.push_back(node);
  });
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  Counts counts;
  for (std::vector<graph::Record>& records : TRY(view.records_about(nodes))) {
    for (graph::Record& record : records) {
      if (record.subject.id != record.source || !counts_retired(record)) continue;
      std::pair key(record.source, record.part);
      counts.emplace(std::move(key), std::move(record));
    }
  }
  return counts;
}

/// Tells on the nodes of sources how many of their records are retired.
Status count_on_sources(graph::Graph& graph, const RecordKeys& retired) {
  const graph::View view = graph.view(graph::Viewer::steward());
  const Counts before = TRY(counts_in(view));
  Counts now = TRY(counts_of(view, retired));
  graph::Batch batch;
  for (const auto& [key, record] : before) {
    const auto same = now.find(key);
    if (same != now.end() && same->second.subject.properties == record.subject.properties) {
      now.erase(same);
    } else {
      // Undated: a number that was said once would pass for outdated when it is said again.
      batch.remove(key.first, key.first, key.second);
    }
  }
  for (auto& [key, record] : now) batch.put(std::move(record));
  if (!batch.empty()) TRY(graph.commit(batch));
  return {};
}

Status remember_retired(graph::Graph& graph, const RecordKeys& keys, std::size_t before) {
  std::vector<graph::NoteChange> notes;
  note_keys(kRetiredNotes, keys, before, notes);
  return graph.change_notes(notes);
}

Status forget_gone_records(graph::Graph& graph, const graph::View& view) {
  const RecordKeys retired = TRY(retired_records(graph));
  if (retired.empty()) return {};
  RecordKeys present;
  view.visit_records([&](graph::NodeIndex node, std::string_view source, std::string_view part) {
    const RecordKey key = ingest::key_of(view.id(node), source, part);
    if (holds(retired, key)) present.push_back(key);
  });
  settle(present);
  return remember_retired(graph, present, retired.size());
}

Status forget_gone_inputs(graph::Graph& graph, const graph::View& view) {
  std::set<std::string, std::less<>> present;
  view.visit_records([&](graph::NodeIndex, std::string_view source, std::string_view) {
    if (!present.contains(source)) present.emplace(source);
  });
  const auto is_gone = [&](const std::string& source) { return !present.contains(source); };
  std::vector<graph::NoteChange> notes;
  for (KnownInput& input : TRY(known_inputs(graph))) {
    if (std::none_of(input.sources.begin(), input.sources.end(), is_gone)) continue;
    if (std::all_of(input.sources.begin(), input.sources.end(), is_gone)) {
      TRY(forget_input(graph, input.id(), notes));
      continue;
    }
    std::erase_if(input.sources, is_gone);
    input.read_by.clear();
    remember(input, notes);
  }
  return graph.change_notes(notes);
}

}  // namespace

Result<RecordKeys> retired_records(const graph::Graph& graph) {
  return noted_keys(graph, kRetiredNotes);
}

Result<RecordKeys> retire(graph::Graph& graph, const RecordKeys& keys) {
  if (keys.empty()) return keys;
  const RecordKeys before = TRY(retired_records(graph));
  // Noted first: a mark that nobody knows of would never go; a note without its mark does no harm.
  TRY(remember_retired(graph, together(before, keys), before.size()));
  RecordKeys retired = TRY(rewrite(graph, keys, [](graph::Record& record) {
    if (record.subject.kind == kSourceKind || is_marked(record)) return false;
    record.subject.properties.push_back({std::string(kRetiredProperty), today()});
    return true;
  }));
  const RecordKeys after = together(before, retired);
  TRY(remember_retired(graph, after, before.size() + keys.size()));
  if (!retired.empty()) TRY(count_on_sources(graph, after));
  return retired;
}

Result<RecordKeys> bring_back(graph::Graph& graph, const RecordKeys& keys) {
  const RecordKeys before = TRY(retired_records(graph));
  const RecordKeys rest = without(before, keys);
  const RecordKeys returned = without(before, rest);
  TRY(rewrite(graph, returned, [](graph::Record& record) {
    return std::erase_if(record.subject.properties, [](const graph::Property& property) {
             return property.name == kRetiredProperty;
           }) > 0;
  }));
  if (returned.empty()) return returned;
  TRY(remember_retired(graph, rest, before.size()));
  TRY(count_on_sources(graph, rest));
  return returned;
}

Status settle_inputs_after_removal(graph::Graph& graph) {
  const graph::View view = graph.view(graph::Viewer::steward());
  TRY(forget_gone_records(graph, view));
  return forget_gone_inputs(graph, view);
}

}  // namespace mangrove::ingest
