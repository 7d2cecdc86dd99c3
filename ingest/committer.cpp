#include "ingest/committer.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <utility>

#include "ingest/pipeline.h"
#include "ingest/stop_watch.h"

namespace mangrove::ingest {
namespace {

constexpr std::string_view kSourcePart = "ingest";  // So that a source's own words about it stand.

std::uint64_t key_of(const graph::Record& record) {
  return std::hash<std::string>{}(record.subject.id + '\0' + record.source + '\0' + record.part);
}

Date today() {
  namespace chrono = std::chrono;
  const chrono::year_month_day day(chrono::floor<chrono::days>(chrono::system_clock::now()));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

graph::Text plain(std::string text) {
  return {std::move(text), {}};
}

}  // namespace

Status Committer::add(Draft draft, FileCounts& counts) {
  ++counts.records;
  for (const auto& [element, number] : draft.elements) counts.elements[element] += number;
  if (graph_ == nullptr) return {};
  SourceState* source = nullptr;
  // Nor must the number of a source's records tell of one that is held.
  const bool is_held = draft.record.audience != audiences_;
  if (!draft.verbatim && !is_held) {
    source = &sources_[draft.record.source];
    if (!draft.publisher.empty()) source->publisher = std::move(draft.publisher);
    if (draft.record.subject.id == draft.record.source) source->describes_itself = true;
  }
  pending_.push_back({&counts, source, draft.record.source, is_held, draft.record.subject.id,
                      draft.line, key_of(draft.record)});
  batch_bytes_ += weight_of(draft);
  batch_.put(std::move(draft.record));
  if (batch_.size() < kBatchRecords && batch_bytes_ < kBatchBytes) return {};
  return flush();
}

Status Committer::flush() {
  if (batch_.empty()) return {};
  const StopWatch watch;
  const graph::CommitReport done = TRY(graph_->commit(batch_));
  seconds_ += watch.seconds();
  for (std::size_t i = 0; i < pending_.size(); ++i) settle(pending_[i], done.changes[i]);
  pending_.clear();
  batch_ = {};
  batch_bytes_ = 0;
  return {};
}

void Committer::settle(const Pending& pending, const graph::ChangeReport& change) {
  FileCounts& counts = *pending.counts;
  SourceState unused;
  SourceState& source = pending.source == nullptr ? unused : *pending.source;
  const bool again = !stated_.insert(pending.key).second;
  if (!again && change.outcome != graph::Outcome::refused) ++source.seen;
  const auto found = [&](std::string_view rule, const std::string& detail, Action action) {
    report_.add({counts.file, pending.line, std::string(rule), pending.subject + detail, action,
                 pending.source_id, pending.held});
  };
  switch (change.outcome) {
    case graph::Outcome::added:
      ++counts.added;
      ++source.added;
      source.changed = true;
      break;
    case graph::Outcome::replaced:
      ++counts.replaced;
      source.changed = true;
      if (again) found("two-versions", ": this one took the other's place", Action::noted);
      break;
    case graph::Outcome::outdated:
      ++counts.outdated;
      found("older-version", ": " + change.message, Action::record_skipped);
      break;
    case graph::Outcome::refused:
      ++counts.refused;
      found("record-refused", ": " + change.message, Action::record_skipped);
      break;
    default:
      ++counts.unchanged;
  }
}

namespace {

/// What was found in the records of a source when it was last read, as properties of its node.
void state_quality(std::vector<graph::Property>& properties, const PublisherQuality& quality) {
  const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  properties.push_back({"quality_records", number(quality.records)});
  for (const auto& [rule, count] : quality.findings) {
    properties.push_back({"quality", graph::Structure{{{"rule", rule}, {"count", number(count)}}}});
  }
  for (const auto& [rule, examples] : quality.examples) {
    for (const QualityExample& example : examples) {
      const std::int64_t line = number(example.line);
      properties.push_back({"quality_example", graph::Structure{{{"rule", rule},
                                                                 {"record", example.record},
                                                                 {"file", example.file},
                                                                 {"line", line}}}});
    }
  }
  if (quality.references_with + quality.references_without == 0) return;
  properties.push_back({"references_with", number(quality.references_with)});
  properties.push_back({"references_without", number(quality.references_without)});
}

}  // namespace

Result<bool> Committer::describe(const std::string& id, const SourceState& state,
                                 graph::Batch& batch) const {
  // What a source says to some is described apart from what it says to everybody: a number must not
  // tell of records that are hidden.
  const graph::View view = graph_->view(graph::Viewer::of(audiences_));
  std::optional<graph::NodeIndex> known;
  if (audiences_.empty()) known = view.find(id);
  if (known && !state.changed) return false;
  std::int64_t records = static_cast<std::int64_t>(state.added);
  if (known) {
    const std::array<graph::NodeIndex, 1> one{*known};
    const std::vector<graph::Node> nodes = TRY(view.read(one));
    const graph::Value* before = nodes[0].find("records");
    if (before != nullptr && std::holds_alternative<std::int64_t>(*before)) {
      records += std::get<std::int64_t>(*before);
    }
  }
  // A run that was killed has added records without saying so here; the next one sees them again.
  records = std::max(records, static_cast<std::int64_t>(state.seen));
  graph::Record record;
  record.source = id;
  record.part = kSourcePart;
  for (const std::string& audience : audiences_) record.part += " " + audience;
  record.audience = audiences_;
  record.subject = {id, "Source", {}};
  std::vector<graph::Property>& properties = record.subject.properties;
  if (!state.describes_itself) {
    const std::string name = id.substr(std::string_view("src:").size());
    properties.push_back({"label", plain(state.publisher.empty() ? name : state.publisher)});
    if (!state.publisher.empty()) properties.push_back({"publisher", plain(state.publisher)});
  }
  properties.push_back({"retrieved", today()});
  properties.push_back({"records", records});
  const auto quality = report_.publishers().find(id);
  if (quality != report_.publishers().end()) state_quality(properties, quality->second);
  batch.put(std::move(record));
  return true;
}

Status Committer::describe_sources() {
  if (graph_ == nullptr) return {};
  graph::Batch batch;
  for (const auto& [id, state] : sources_) TRY(describe(id, state, batch));
  if (!batch.empty()) TRY(graph_->commit(batch));
  return {};
}

}  // namespace mangrove::ingest
