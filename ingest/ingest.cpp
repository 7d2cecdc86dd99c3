#include "ingest/ingest.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>
#include <utility>

#include "ingest/committer.h"
#include "ingest/fetch/remote_input.h"
#include "ingest/formats.h"
#include "ingest/identity/match.h"
#include "ingest/identity/resolve.h"
#include "ingest/inputs/run_memory.h"
#include "ingest/pipeline.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/source.h"
#include "ingest/stop_watch.h"
#include "ingest/unpack.h"

namespace mangrove::ingest {
namespace {

constexpr std::string_view kOntologySource = "src:mangrove-ontology";

/// `folder/x.csv.gz` -> `x`.
std::string stem_of(const std::string& name) {
  const std::filesystem::path path = without_packing(std::filesystem::path(name).filename());
  std::string stem = iati::clean(path.stem().string());
  constexpr std::size_t kBytesMax = 200;
  if (stem.size() > kBytesMax) stem.resize(kBytesMax);
  return stem.empty() ? std::string("unnamed") : stem;
}

/// Settles whose record it is. Records of formats that know no identity across files are told apart
/// by their file, unless the source is the file.
void name_source(graph::Record& record, const std::string& wanted, const std::string& stem,
                 bool identified) {
  const bool named = !wanted.empty() || !record.source.empty();
  if (!wanted.empty()) record.source = "src:" + wanted;
  if (record.source.empty()) record.source = "src:" + stem;
  if (identified || !named) return;
  record.part = record.part.empty() ? stem : stem + "/" + record.part;
}

/// Whether the graph holds the vocabularies of exactly this version.
Result<bool> has_ontology(const graph::View& view, const ontology::Ontology& ontology) {
  const std::optional<graph::NodeIndex> node = view.find(kOntologySource);
  if (!node) return false;
  const std::array<graph::NodeIndex, 1> one{*node};
  const std::vector<graph::Node> nodes = TRY(view.read(one));
  return nodes[0].text("fingerprint") == ontology.fingerprint();
}

Status load_vocabulary(const ontology::DataFile& file, const ontology::Ontology& ontology,
                       Committer& committer, FileCounts& counts) {
  const Input input{std::string(file.name), std::string(file.name), file.bytes.size()};
  const OpenedInput opened =
      TRY(open_reader(from_memory(std::string(file.bytes)), input, "turtle", {}, ontology));
  while (std::optional<Step> step = TRY(opened.reader->next())) {
    if (!step->draft) continue;
    name_source(step->draft->record, {}, stem_of(input.name), opened.identified);
    TRY(committer.add(std::move(*step->draft), counts));
  }
  return {};
}

Status mark_ontology(graph::Graph& graph, const ontology::Ontology& ontology) {
  graph::Record record;
  record.source = kOntologySource;
  record.subject = {std::string(kOntologySource), "Source", {}};
  const auto state = [&record](std::string name, std::string text) {
    record.subject.properties.push_back({std::move(name), graph::Text{std::move(text), {}}});
  };
  state("label", "Mangrove ontology");
  state("publisher", "Mangrove");
  state("licence", "Apache-2.0");
  state("fingerprint", ontology.fingerprint());
  graph::Batch batch;
  batch.put(std::move(record));
  TRY(graph.commit(batch));
  return {};
}

std::size_t threads_of(const Options& options) {
  if (options.threads > 0) return options.threads;
  return std::max(std::thread::hardware_concurrency(), 1U);
}

/// One run: what is read ahead goes to the committer and into the report.
class Run {
 public:
  /// `memory` is null where there is no graph.
  Run(const Options& options, std::vector<Input> inputs, graph::Graph* graph, RunMemory* memory)
      : options_(options),
        inputs_(std::move(inputs)),
        memory_(memory),
        committer_(graph, report_, options.audiences) {
    for (const Input& input : inputs_) {
      progress_.bytes += input.bytes;
      counts_.emplace_back().file = input.name;
      counts_.back().bytes = input.bytes;
    }
    progress_.files = inputs_.size();
    report_.set_dry_run(graph == nullptr);
  }

  Result<Report> go(const std::string& mapping, const ontology::Ontology& ontology,
                    std::shared_ptr<const CompiledVocabulary> vocabulary) {
    ReadAhead pieces(inputs_, options_.format, mapping, ontology, std::move(vocabulary),
                     threads_of(options_) - 1);
    while (std::optional<Piece> piece = pieces.next()) {
      if (!TRY(goes_on())) break;
      TRY(take(std::move(*piece)));
    }
    TRY(committer_.flush());
    if (memory_ != nullptr) TRY(memory_->settle(inputs_, counts_));
    TRY(committer_.describe_sources());
    for (FileCounts& counts : counts_) report_.add(std::move(counts));
    report_.set_seconds(watch_.seconds());
    const ReadAheadTimes times = pieces.times();
    report_.add_stage("reading", times.reading);
    report_.add_stage("linking", times.linking);
    report_.add_stage("committing", committer_.seconds());
    return std::move(report_);
  }

  void tell_stage(std::string stage) {
    progress_.stage = std::move(stage);
    progress_.seconds = watch_.seconds();
    if (options_.on_progress) options_.on_progress(progress_);
  }

 private:
  /// Whether there is more to read, by who asked for it.
  Result<bool> goes_on() {
    const Stop stop = options_.stop ? options_.stop() : Stop::no;
    if (stop == Stop::no) return true;
    if (stop == Stop::at_once) {
      return Error{ErrorCode::cancelled, "stopped; what was committed until then stays"};
    }
    report_.set_stopped();
    return false;
  }

  Status take(Piece piece) {
    FileCounts& counts = counts_[piece.input];
    counts.format = piece.format;
    for (Step& step : piece.steps) TRY(take_step(std::move(step), piece, counts));
    if (piece.last) take_end(piece, counts);
    tell(piece, counts);
    return {};
  }

  void take_end(const Piece& piece, FileCounts& counts) {
    const Input& input = inputs_[piece.input];
    if (memory_ != nullptr) memory_->end(piece.input, input, piece.failure);
    if (input.remote) {
      counts.bytes = input.remote->bytes();
      counts.not_read = input.remote->is_unchanged();
    }
    if (piece.failure && !counts.not_read) note_failure(*piece.failure, counts);
  }

  Status take_step(Step step, const Piece& piece, FileCounts& counts) {
    std::string source;
    if (step.draft) {
      TRY(settle_source(*step.draft, piece, counts));
      source = step.draft->record.source;
      // What a source says to some only is not counted in what is said of it to all.
      const bool held = step.draft->record.audience != options_.audiences;
      for (Finding& finding : step.findings) {
        finding.file = counts.file;
        finding.held = held;
      }
      if (!held) report_.add_record(*step.draft, step.findings);
    }
    for (Finding& finding : step.findings) {
      if (finding.action == Action::record_skipped) {
        ++counts.skipped;
        if (!step.draft) ++counts.records;
      }
      if (finding.action == Action::left_out) ++counts.elements[finding.rule];
      finding.file = counts.file;
      finding.publisher = source;
      if (memory_ != nullptr) memory_->note(piece.input, finding);
      report_.add(std::move(finding));
    }
    if (step.draft && memory_ != nullptr) memory_->note(piece.input, step.draft->record);
    return step.draft ? committer_.add(std::move(*step.draft), counts) : Status();
  }

  /// Whose statement it is, and who may see it.
  Status settle_source(Draft& draft, const Piece& piece, FileCounts& counts) {
    if (draft.verbatim) {
      if (options_.source.empty() && options_.audiences.empty()) return {};
      return Error{ErrorCode::invalid_input,
                   counts.file +
                       " is an export, in which each record says whose statement it is "
                       "and who may see it: leave out --source and --audience"};
    }
    name_source(draft.record, options_.source, stem_of(counts.file), piece.identified);
    if (options_.audiences.empty()) {
      note_if_held(draft, counts);
    } else {
      draft.record.audience = options_.audiences;
    }
    return {};
  }

  /// What the linker holds for review is told, lest anybody wonders where it is.
  void note_if_held(const Draft& draft, FileCounts& counts) {
    if (draft.record.audience.empty()) return;
    ++counts.elements["held for review"];
    report_.add({counts.file, draft.line, "held-for-review", draft.record.subject.id, Action::held,
                 draft.record.source, true});
  }

  void note_failure(const Error& failure, FileCounts& counts) {
    counts.complete = false;
    const bool known = !counts.format.empty() || failure.code != ErrorCode::unsupported;
    report_.add({counts.file, line_in(failure.message, counts.file),
                 known ? "file-broken" : "not-this-format", failure.message, Action::rest_skipped});
  }

  /// The line that a message such as `x.xml:12: …` names; 0 where it names none.
  static std::uint64_t line_in(const std::string& message, const std::string& file) {
    if (!message.starts_with(file + ":")) return 0;
    std::uint64_t line = 0;
    for (std::size_t i = file.size() + 1; i < message.size(); ++i) {
      if (message[i] < '0' || message[i] > '9') break;
      line = line * 10 + static_cast<std::uint64_t>(message[i] - '0');
    }
    return line;
  }

  void tell(const Piece& piece, const FileCounts& counts) {
    progress_.file = counts.file;
    progress_.records += piece.steps.size();
    progress_.bytes_done = finished_bytes_ + piece.consumed;
    if (piece.last) {
      ++progress_.files_done;
      finished_bytes_ += counts.bytes;
    }
    tell_stage("reading");
  }

  const Options& options_;
  std::vector<Input> inputs_;
  RunMemory* memory_;
  Report report_;
  Committer committer_;
  std::vector<FileCounts> counts_;  // By input. Does not grow, for the committer points into it.
  Progress progress_;
  std::uint64_t finished_bytes_ = 0;
  StopWatch watch_;
};

/// Who is who, where anything is new.
Status settle_identity(graph::Graph& graph, Report& report) {
  const FileCounts counts = report.totals();
  const bool anything_new = counts.added + counts.replaced > 0;
  if (!anything_new && graph.view().find(kIdentitySource)) return {};
  const Resolved resolved = TRY(resolve(graph));
  report.set_identity({resolved.actors, resolved.initiatives, resolved.compared, resolved.accepted,
                       resolved.suggested, resolved.decided, resolved.named});
  for (const std::string& shared : resolved.doubtful) {
    report.add(Finding{"the graph", 0, "reference-shared", shared, Action::noted});
  }
  return {};
}

Result<std::vector<Input>> inputs_of(const Options& options) {
  std::vector<Input> inputs = TRY(find_inputs(options.inputs, options.downloads));
  for (Input& input : inputs) input.sheet = options.sheet;
  return inputs;
}

Result<Report> run_on(const Options& options, std::vector<Input> inputs, graph::Graph* graph,
                      const ontology::Ontology& ontology) {
  const std::string mapping = TRY(read_mapping_file(options.mapping));
  if (graph == nullptr) {
    return Run(options, std::move(inputs), nullptr, nullptr).go(mapping, ontology, nullptr);
  }
  const auto turn = graph->take_turn();
  TRY(load_ontology(*graph, ontology, options.on_relink));
  const auto vocabulary = TRY(vocabulary_of(*graph, ontology.schema()));
  const WayOfReading way{options.source, options.mapping, mapping, options.format,
                         options.audiences};
  RunMemory memory = TRY(RunMemory::of(*graph, inputs, way, options.remember));
  Run all(options, std::move(inputs), graph, &memory);
  Report report = TRY(all.go(mapping, ontology, vocabulary));
  const Relinked relinked =
      TRY(relink(*graph, ontology.schema(), vocabulary.get(), options.on_relink));
  for (const std::string& fault : relinked.faults) {
    report.add(
        Finding{"the vocabularies of the graph", 0, "linking-rule", fault, Action::value_skipped});
  }
  all.tell_stage("identity");
  const StopWatch watch;
  TRY(settle_identity(*graph, report));
  report.add_stage("identity", watch.seconds());
  return report;
}

}  // namespace

namespace {

Status load_vocabularies(graph::Graph& graph, const ontology::Ontology& ontology) {
  if (TRY(has_ontology(graph.view(), ontology))) return {};
  Report report;
  FileCounts counts;
  Committer committer(&graph, report, {});
  for (const ontology::DataFile& file : ontology.vocabularies()) {
    TRY(load_vocabulary(file, ontology, committer, counts));
  }
  TRY(committer.flush());
  return mark_ontology(graph, ontology);
}

}  // namespace

Status load_ontology(graph::Graph& graph, const ontology::Ontology& ontology,
                     const RelinkProgress& progress) {
  TRY(load_vocabularies(graph, ontology));
  TRY(relink(graph, ontology.schema(), nullptr, progress));
  return {};
}

Result<Report> run(const Options& options, graph::Graph& graph,
                   const ontology::Ontology& ontology) {
  return run_on(options, TRY(inputs_of(options)), &graph, ontology);
}

Result<Report> run(const Options& options, std::vector<Input> inputs, graph::Graph& graph,
                   const ontology::Ontology& ontology) {
  return run_on(options, std::move(inputs), &graph, ontology);
}

Result<Report> check(const Options& options, const ontology::Ontology& ontology) {
  return run_on(options, TRY(inputs_of(options)), nullptr, ontology);
}

}  // namespace mangrove::ingest
