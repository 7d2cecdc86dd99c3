#include "ingest/inputs/refresh.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <tuple>
#include <utility>

#include "ingest/fetch/remote_input.h"
#include "ingest/ingest.h"
#include "ingest/inputs/retirement.h"
#include "ingest/inputs/run_memory.h"

namespace mangrove::ingest {
namespace {

/// What a run is about: inputs that differ in it are read in runs of their own.
using Way = std::tuple<std::string, std::string, std::string, std::vector<std::string>>;

Way way_of(const KnownInput& input) {
  return {input.source, input.mapping, input.format, input.audiences};
}

bool is_meant(const KnownInput& input, const std::string& name) {
  std::error_code error;
  const auto path = std::filesystem::weakly_canonical(name, error);
  return input.sources.contains(name) || input.sources.contains("src:" + name) ||
         input.location == name || (!error && !input.on_web && input.location == path.string());
}

class Refresh {
 public:
  Refresh(graph::Graph& graph, const ontology::Ontology& ontology, const RefreshOptions& options)
      : graph_(graph), ontology_(ontology), options_(options) {}

  Result<std::vector<Refreshed>> run(std::vector<KnownInput> known) {
    for (KnownInput& input : known) refreshed_.push_back({std::move(input)});
    std::map<Way, std::vector<std::size_t>> by_way;
    for (std::size_t i = 0; i < refreshed_.size(); ++i) {
      by_way[way_of(refreshed_[i].input)].push_back(i);
    }
    for (const auto& [way, places] : by_way) TRY(read(places));
    TRY(graph_.change_notes(notes_));
    return std::move(refreshed_);
  }

 private:
  /// Reads those of these inputs, all of one way, that have changed.
  Status read(const std::vector<std::size_t>& places) {
    const KnownInput& first = refreshed_[places.front()].input;
    Options options;
    options.source = first.source;
    options.mapping = first.mapping;
    options.format = first.format;
    options.audiences = first.audiences;
    options.remember = true;
    options.downloads = options_.downloads;
    options.on_progress = [this](const Progress& progress) { tell(progress); };
    options.stop = [this] { return stopped() ? Stop::at_once : Stop::no; };
    const Result<std::string> mapping = read_mapping_file(first.mapping);
    if (!mapping.ok()) {
      for (const std::size_t place : places) note_failure(place, mapping.error().message);
      return {};
    }
    const WayOfReading way{options.source, options.mapping, mapping.value(), options.format,
                           options.audiences};
    std::vector<Input> inputs;
    std::vector<std::size_t> read_places;
    for (const std::size_t place : places) {
      std::optional<Input> input = wanted(place, way);
      if (!input) continue;
      inputs.push_back(*std::move(input));
      read_places.push_back(place);
    }
    if (inputs.empty()) return {};
    if (stopped()) return Error{ErrorCode::cancelled, "stopped; what was read until then stays"};
    const Report report = TRY(ingest::run(options, std::move(inputs), graph_, ontology_));
    for (std::size_t i = 0; i < read_places.size(); ++i) {
      TRY(take(refreshed_[read_places[i]], report.files()[i]));
    }
    return {};
  }

  /// The input, where it is to be read; nothing where it is unchanged or cannot be.
  std::optional<Input> wanted(std::size_t place, const WayOfReading& way) {
    const KnownInput& known = refreshed_[place].input;
    Input input{known.location, known.name, 0};
    input.sheet = known.sheet;
    if (known.on_web) {
      Result<Location> location = parse_location(known.location);
      if (known.has_secrets || !location.ok()) {
        note_failure(place,
                     "was read with a user, password or key, which is kept nowhere: read it with "
                     "mangrove ingest, and the whole address");
        return std::nullopt;
      }
      input.path.clear();
      input.remote = std::make_shared<RemoteInput>(std::move(location).value(), options_.downloads,
                                                   [this] { return stopped(); });
      input.remote->set_read_unchanged(options_.unchanged_too);
      return input;
    }
    std::error_code error;
    input.bytes = std::filesystem::file_size(known.location, error);
    if (error) {
      note_failure(place, "cannot be read: " + error.message());
      return std::nullopt;
    }
    const std::optional<KnownInput> now = describe_input(input, way);
    const bool unchanged = now && now->bytes == known.bytes && now->modified == known.modified &&
                           now->read_by == known.read_by;
    if (!unchanged || options_.unchanged_too) return input;
    note_unchanged(place);
    return std::nullopt;
  }

  Status take(Refreshed& refreshed, const FileCounts& counts) {
    refreshed.counts = counts;
    std::optional<KnownInput> now = TRY(find_known(graph_, refreshed.input.id()));
    if (now) refreshed.input = *std::move(now);
    refreshed.problem = counts.not_read ? std::string() : refreshed.input.problem;
    refreshed.outcome = !refreshed.problem.empty() ? Refreshed::Outcome::failed
                        : counts.not_read          ? Refreshed::Outcome::unchanged
                                                   : Refreshed::Outcome::read;
    return {};
  }

  void note_failure(std::size_t place, const std::string& why) {
    refreshed_[place].outcome = Refreshed::Outcome::failed;
    refreshed_[place].problem = why;
    note(refreshed_[place].input, why);
  }

  void note_unchanged(std::size_t place) { note(refreshed_[place].input, {}); }

  void note(KnownInput& input, const std::string& problem) {
    input.problem = problem;
    input.checked = moment();
    remember(input, notes_);
  }

  void tell(const Progress& progress) {
    const bool go_on =
        !options_.on_progress || options_.on_progress({progress.stage + " " + progress.file,
                                                       progress.bytes_done, progress.bytes});
    if (!go_on) stopped_ = true;
  }

  bool stopped() const { return stopped_; }

  graph::Graph& graph_;
  const ontology::Ontology& ontology_;
  const RefreshOptions& options_;
  std::vector<Refreshed> refreshed_;
  std::vector<graph::NoteChange> notes_;  // Of inputs that were not opened.
  std::atomic<bool> stopped_{false};
};

}  // namespace

Result<std::vector<KnownInput>> inputs_named(const graph::Graph& graph,
                                             const std::vector<std::string>& names) {
  std::vector<KnownInput> known = TRY(known_inputs(graph));
  if (names.empty()) return known;
  for (const std::string& name : names) {
    const bool found = std::any_of(known.begin(), known.end(), [&name](const KnownInput& input) {
      return is_meant(input, name);
    });
    if (!found) {
      return Error{ErrorCode::not_found,
                   "the graph remembers no input of '" + name +
                       "', as a source or a place; mangrove source inputs lists all"};
    }
  }
  std::erase_if(known, [&names](const KnownInput& input) {
    return std::none_of(names.begin(), names.end(),
                        [&input](const std::string& name) { return is_meant(input, name); });
  });
  return known;
}

Result<std::vector<Refreshed>> refresh(graph::Graph& graph, const ontology::Ontology& ontology,
                                       const RefreshOptions& options) {
  std::vector<KnownInput> known = TRY(inputs_named(graph, options.names));
  return Refresh(graph, ontology, options).run(std::move(known));
}

Result<Forgotten> forget(graph::Graph& graph, const std::string& location) {
  const auto turn = graph.take_turn();
  Forgotten forgotten;
  RecordKeys gone;
  std::vector<KnownInput> known = TRY(inputs_named(graph, {location}));
  for (KnownInput& input : known) {
    const bool by_source =
        input.sources.contains(location) || input.sources.contains("src:" + location);
    if (by_source) {
      return Error{ErrorCode::invalid_input,
                   "'" + location +
                       "' is a source, not the place of an input; mangrove source "
                       "remove takes out all that a source states"};
    }
    gone = together(gone, TRY(records_in(graph, input.id())));
    forgotten.inputs.push_back(std::move(input));
  }
  std::vector<graph::NoteChange> notes;
  for (const KnownInput& input : forgotten.inputs) TRY(forget_input(graph, input.id(), notes));
  const std::vector<std::string> ids = TRY(known_ids(graph));
  for (const std::string& id : ids) {
    const bool is_forgotten =
        std::any_of(forgotten.inputs.begin(), forgotten.inputs.end(),
                    [&id](const KnownInput& input) { return input.id() == id; });
    if (!is_forgotten) gone = without(gone, TRY(records_in(graph, id)));
  }
  forgotten.retired = TRY(retire(graph, gone)).size();
  TRY(graph.change_notes(notes));
  return forgotten;
}

}  // namespace mangrove::ingest
