#include "ingest/inputs/run_memory.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "ingest/draft.h"
#include "ingest/fetch/remote_input.h"
#include "ingest/formats.h"
#include "ingest/inputs/retirement.h"

namespace mangrove::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOwnSources = "src:mangrove-";

std::string whole_path(const fs::path& path) {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(path, error);
  if (error) whole = fs::absolute(path, error);
  return whole.string();
}

/// Size and time of the last change of a file; nothing where it is not there.
std::optional<std::pair<std::uint64_t, std::int64_t>> state_of(const fs::path& path) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return std::pair{static_cast<std::uint64_t>(found.st_size),
                   std::int64_t{found.st_mtim.tv_sec} * kNanoseconds + found.st_mtim.tv_nsec};
}

/// All that a reading hangs on beside the bytes of the input.
std::string fingerprint_of(const Input& input, const WayOfReading& way) {
  std::string all = MANGROVE_VERSION;
  const auto add = [&all](const std::string& text) { all += '\0' + text; };
  add(way.format);
  add(way.mapping_text);
  for (const std::string& audience : way.audiences) add(audience);
  const auto beside = input.remote ? std::nullopt : state_of(mapping_place(input));
  if (beside) add(std::to_string(beside->first) + " " + std::to_string(beside->second));
  return ingest::fingerprint_of(all);
}

}  // namespace

std::optional<KnownInput> describe_input(const Input& input, const WayOfReading& way) {
  if (!input.remote && input.path == "-") return std::nullopt;
  KnownInput known;
  known.source = way.source;
  known.mapping = way.mapping.empty() ? std::string() : whole_path(way.mapping);
  known.sheet = input.sheet;
  known.name = input.name;
  known.format = way.format;
  known.audiences = way.audiences;
  known.read_by = fingerprint_of(input, way);
  if (input.remote) {
    known.location = input.remote->location().shown;
    known.on_web = true;
    known.has_secrets = input.remote->location().has_secrets;
    return known;
  }
  known.location = whole_path(input.path);
  if (const auto state = state_of(input.path)) std::tie(known.bytes, known.modified) = *state;
  return known;
}

Result<RunMemory> RunMemory::of(graph::Graph& graph, std::vector<Input>& inputs,
                                const WayOfReading& way, bool remembers) {
  RunMemory memory(graph);
  memory.retired_before_ = TRY(retired_records(graph));
  for (Input& input : inputs) {
    Reading& reading = memory.readings_.emplace_back();
    if (!remembers) continue;
    reading.now = describe_input(input, way);
    if (!reading.now) continue;
    reading.before = TRY(find_known(graph, reading.now->id()));
    if (!reading.before || !input.remote) continue;
    const bool read_alike = reading.before->read_by == reading.now->read_by;
    if (read_alike) input.remote->set_known(reading.before->validators);
  }
  return memory;
}

void RunMemory::note(std::size_t input, const graph::Record& record) {
  if (record.source.starts_with(kOwnSources)) return;
  Reading& reading = readings_[input];
  const RecordKey key = key_of(record.subject.id, record.source, record.part);
  if (holds(retired_before_, key)) seen_again_.push_back(key);
  reading.keys.push_back(key);
  if (!reading.now) return;
  if (!reading.sources.contains(record.source)) reading.sources.insert(record.source);
}

void RunMemory::note(std::size_t input, const Finding& finding) {
  Reading& reading = readings_[input];
  if (finding.action == Action::record_skipped) reading.all_readable = false;
  if (!reading.now) return;
  auto rule = std::find_if(reading.rules.begin(), reading.rules.end(),
                           [&](const RememberedRule& one) { return one.rule == finding.rule; });
  if (rule == reading.rules.end()) {
    rule = reading.rules.insert(rule, RememberedRule{finding.rule, 0, {}});
  }
  ++rule->count;
  if (rule->examples.size() >= kRememberedExamples) return;
  rule->examples.push_back({finding.line, finding.detail.substr(0, kDetailBytesMax)});
}

void RunMemory::end(std::size_t input, const Input& what, const std::optional<Error>& failure) {
  Reading& reading = readings_[input];
  reading.ended = failure ? Ended::broken : Ended::whole;
  const bool unchanged = what.remote && what.remote->is_unchanged();
  if (unchanged) reading.ended = Ended::unchanged;
  if (failure && !unchanged) reading.problem = failure->message;
  if (!what.remote) return;
  // What may have been broken off is taken as it came, and nothing concluded from what it lacks.
  if (!what.remote->is_end_certain()) reading.all_readable = false;
}

/// What a reading that is not whole did not find may be there all the same.
Status RunMemory::compare_with_before(Reading& reading) const {
  ingest::settle(reading.keys);
  if (!reading.before) return {};
  const RecordKeys before = TRY(records_in(*graph_, reading.before->id()));
  reading.keys_before = before.size();
  if (reading.ended == Ended::whole && reading.all_readable) {
    reading.gone = without(before, reading.keys);
  } else {
    reading.keys = together(before, reading.keys);
  }
  return {};
}

Result<RecordKeys> RunMemory::stated_by_nobody() const {
  RecordKeys gone;
  std::set<std::string> here;
  for (const Reading& reading : readings_) {
    gone = together(gone, reading.gone);
    if (reading.now) here.insert(reading.now->id());
  }
  for (const Reading& reading : readings_) {
    if (!gone.empty()) gone = without(gone, reading.keys);
  }
  if (gone.empty()) return gone;
  const std::vector<std::string> ids = TRY(known_ids(*graph_));
  for (const std::string& id : ids) {
    if (here.contains(id)) continue;
    gone = without(gone, TRY(records_in(*graph_, id)));
    if (gone.empty()) break;
  }
  return gone;
}

KnownInput RunMemory::outcome_of(const Reading& reading, const Input& input,
                                 const FileCounts& counts) const {
  const bool nothing_read =
      reading.ended == Ended::unchanged || (reading.ended == Ended::broken && counts.records == 0);
  KnownInput known = nothing_read && reading.before ? *reading.before : *reading.now;
  known.checked = moment();
  known.problem = reading.problem;
  if (reading.ended == Ended::unchanged) return known;
  if (reading.ended == Ended::broken) known.read_by.clear();  // To be read again, unchanged or not.
  if (nothing_read) return known;
  known.read = known.checked;
  known.format_found = counts.format;
  known.sources = reading.sources;
  if (reading.before)
    known.sources.insert(reading.before->sources.begin(), reading.before->sources.end());
  if (input.remote) {
    known.validators = input.remote->validators();
    known.bytes = input.remote->bytes();
  }
  known.records = counts.records;
  known.added = counts.added;
  known.replaced = counts.replaced;
  known.unchanged = counts.unchanged;
  known.outdated = counts.outdated;
  known.skipped = counts.skipped;
  known.refused = counts.refused;
  known.retired = counts.retired;
  known.returned = counts.returned;
  known.rules = reading.rules;
  return known;
}

Status RunMemory::settle(const std::vector<Input>& inputs, std::vector<FileCounts>& counts) {
  for (Reading& reading : readings_) TRY(compare_with_before(reading));
  const RecordKeys gone = TRY(stated_by_nobody());
  const RecordKeys retired = TRY(retire(*graph_, gone));
  ingest::settle(seen_again_);
  const RecordKeys returned = TRY(bring_back(*graph_, seen_again_));
  const auto of_these = [](const RecordKeys& keys, const RecordKeys& these) {
    return static_cast<std::uint64_t>(std::count_if(
        these.begin(), these.end(), [&keys](RecordKey key) { return holds(keys, key); }));
  };
  for (std::size_t i = 0; i < readings_.size(); ++i) {
    const Reading& reading = readings_[i];
    counts[i].retired = of_these(reading.gone, retired);
    if (reading.ended != Ended::unchanged) counts[i].returned = of_these(reading.keys, returned);
    if (!reading.now || reading.ended == Ended::no) continue;
    std::vector<graph::NoteChange> notes;
    const KnownInput known = outcome_of(reading, inputs[i], counts[i]);
    remember(known, notes);
    remember_records(known.id(), reading.keys, reading.keys_before, notes);
    TRY(graph_->change_notes(notes));
  }
  return {};
}

}  // namespace mangrove::ingest
