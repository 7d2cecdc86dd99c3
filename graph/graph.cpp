#include "graph/graph.h"

#include <algorithm>
#include <future>
#include <mutex>
#include <tuple>

#include "graph/base/log.h"
#include "graph/change_log.h"
#include "graph/commit.h"
#include "graph/folder.h"
#include "graph/opening.h"
#include "graph/past.h"
#include "graph/snapshot.h"
#include "graph/storage/keys.h"
#include "graph/storage/rocksdb.h"
#include "graph/topology/image.h"
#include "graph/upgrade.h"
#include "graph/upkeep.h"
#include "graph/write_queue.h"

namespace mangrove::graph {
namespace {

/// Below that many edges, a second thread costs more than it saves.
constexpr std::size_t kEdgesForSecondThread = 2'000;
/// Versions that are forgotten in one write.
constexpr Version kForgottenAtOnce = 4'096;
/// Records of a source that are removed in one commit.
constexpr std::size_t kRemovedAtOnce = 2'000;
constexpr std::size_t kNoteNameBytesMax = 1'000;

Error read_only(const Error& cause) {
  return {cause.code, "the graph is read-only since a write failed (" + cause.message +
                          "): mend the disk, then open it again"};
}

}  // namespace

class Graph::State {
 public:
  State(std::unique_ptr<FolderLock> lock, std::unique_ptr<storage::Storage> store,
        std::optional<std::filesystem::path> image, std::uint64_t changes_between_images)
      : lock_(std::move(lock)),
        store_(std::move(store)),
        image_(std::move(image)),
        changes_between_images_(changes_between_images),
        queue_([this](std::span<const Batch* const> batches) { return write(batches); }) {}

  ~State();

  Status open(SearchedProperties searched);

  std::shared_ptr<const Snapshot> latest() const {
    const std::lock_guard guard(publishing_);
    return latest_;
  }

  Result<CommitReport> commit(const Batch& batch) { return queue_.submit(batch); }
  Result<View> view_at(Version version, const Viewer& viewer);
  Status forget_before(Version version);
  Version floor() const { return latest()->floor; }
  Status change_notes(std::span<const NoteChange> changes);
  std::unique_lock<std::mutex> take_turn() { return std::unique_lock(long_work_); }
  Status writable() {
    const std::lock_guard writing(writing_);
    return failure_ ? Status(read_only(*failure_)) : Status();
  }
  void settle() {
    upkeep_->wake();
    upkeep_->wait_until_idle();
  }
  storage::Storage& store() { return *store_; }

 private:
  std::vector<Result<CommitReport>> write(std::span<const Batch* const> batches);
  Result<std::vector<CommitReport>> write_together(std::span<const Batch* const> batches);
  Status store_commit(PreparedCommit& prepared, const Snapshot& before, Version version,
                      const CatalogueSizes& sizes);
  void add_catalogue(storage::WriteBatch& writes, const CatalogueSizes& stored,
                     const CatalogueSizes& now) const;
  void publish(std::shared_ptr<Snapshot> next);
  std::shared_ptr<Snapshot> next_to(const Snapshot& before) const;
  Status committed(const Status& status);

  bool keep_up();
  bool join_texts();
  bool write_image_if_due(std::uint64_t changes_needed);

  std::unique_ptr<FolderLock> lock_;  // Let go last.
  std::unique_ptr<storage::Storage> store_;
  std::optional<std::filesystem::path> image_;
  std::uint64_t changes_between_images_;
  SearchedProperties searched_;

  std::mutex long_work_;  // Of floors above; taken before all others.
  std::mutex writing_;    // One writer at a time; guards the catalogue's growth and what follows.
  std::optional<Error> failure_;  // Of an earlier commit: nothing more is written.
  std::shared_ptr<QuietCommits> quiet_;

  Pasts pasts_;

  mutable std::mutex publishing_;  // Guards what follows, for the moment of copying it.
  std::shared_ptr<const Snapshot> latest_;
  Version image_version_ = 0;
  std::uint64_t changes_since_image_ = 0;

  WriteQueue queue_;
  std::unique_ptr<Upkeep> upkeep_;  // Ends first: it uses all of the above.
};

Status Graph::State::open(SearchedProperties searched) {
  TRY(bring_to_present_format(*store_));
  searched_ = TRY(bring_to_searched_properties(*store_, std::move(searched)));
  Opened opened = TRY(open_state(*store_, image_, searched_));
  quiet_ = std::move(opened.quiet);
  image_version_ = opened.image_version;
  latest_ = std::move(opened.snapshot);
  upkeep_ = std::make_unique<Upkeep>([this] { return keep_up(); });
  upkeep_->wake();
  return {};
}

Graph::State::~State() {
  upkeep_.reset();
  if (latest_ != nullptr) write_image_if_due(0);
}

/// Everything that was numbered since the last commit that reached the store.
void Graph::State::add_catalogue(storage::WriteBatch& writes, const CatalogueSizes& stored,
                                 const CatalogueSizes& now) const {
  const Catalogue& catalogue = *latest_->catalogue;
  for (std::uint32_t i = std::max(stored.names, 1u); i < now.names; ++i) {
    const Name name{static_cast<std::uint16_t>(i)};  // The empty name is never stored.
    writes.put(keys::name(name), std::string(catalogue.name(name)));
  }
  for (std::uint32_t i = stored.nodes; i < now.nodes; ++i) {
    writes.put(keys::node(NodeIndex{i}), std::string(catalogue.node_id(NodeIndex{i})));
  }
  for (std::uint32_t i = stored.sources; i < now.sources; ++i) {
    writes.put(keys::source(SourceIndex{i}), std::string(catalogue.sources.text(i)));
  }
  if (now.audiences > stored.audiences) {
    const auto audiences = catalogue.policies.audiences();
    for (std::uint32_t i = stored.audiences; i < now.audiences; ++i) {
      writes.put(keys::audience(static_cast<std::uint16_t>(i)), audiences[i]);
    }
  }
  put_policies(catalogue.policies, stored.policies, now.policies, writes);
}

/// After a failed write, what the store holds is not known: the graph stays as it was and takes
/// nothing more. A disk that was too full to begin with has changed nothing.
Status Graph::State::committed(const Status& status) {
  if (status.ok() || status.error().code == ErrorCode::no_space) return status;
  failure_ = status.error();
  log::error("the graph is read-only now", {{"cause", status.error().message}});
  return status;
}

std::shared_ptr<Snapshot> Graph::State::next_to(const Snapshot& before) const {
  auto next = std::make_shared<Snapshot>();
  next->version = before.version;
  next->catalogue = before.catalogue;
  next->sizes = before.sizes;
  next->topology = before.topology;
  next->store = before.store;
  next->text = before.text;
  next->quiet = before.quiet;
  next->quiet_count = before.quiet_count;
  next->floor = before.floor;
  next->plain_edges = before.plain_edges;
  return next;
}

void Graph::State::publish(std::shared_ptr<Snapshot> next) {
  next->store = store_->snapshot();
  const std::lock_guard guard(publishing_);
  latest_ = std::move(next);
}

Status Graph::State::store_commit(PreparedCommit& prepared, const Snapshot& before, Version version,
                                  const CatalogueSizes& sizes) {
  storage::WriteBatch& writes = prepared.writes;
  add_catalogue(writes, before.sizes, sizes);
  for (PreparedCommit::Past& past : prepared.past) {
    writes.put(keys::past(version, past.subject, past.source), std::move(past.bytes));
  }
  writes.put(std::string(keys::kVersion), keys::u64(version));
  prepared.change.time = current_time();
  prepared.change.mark = drawn_mark();
  writes.put(keys::change(version), encode_change(prepared.change));
  const std::vector<Notice> notices = notices_of(prepared.change);
  const bool quiet = !all_notice(notices);
  if (quiet) writes.put(keys::quiet(version), encode_notices(notices));
  TRY(committed(store_->commit(writes)));
  if (quiet) quiet_->add({version, notices});
  return {};
}

Result<std::vector<CommitReport>> Graph::State::write_together(
    std::span<const Batch* const> batches) {
  const std::lock_guard writing(writing_);
  if (failure_) return read_only(*failure_);
  const auto before = latest();

  CommitBuilder builder(*before->catalogue, before->topology, *before->store, searched_);
  TRY(builder.prefetch(batches));
  std::vector<CommitReport> reports;
  for (const Batch* batch : batches) {
    CommitReport& report = reports.emplace_back(CommitReport{before->version, {}});
    report.changes.reserve(batch->size());
    for (const auto& change : batch->changes()) {
      report.changes.push_back(
          TRY(std::visit([&](const auto& one) { return builder.apply(one); }, change)));
    }
  }
  PreparedCommit prepared = TRY(builder.finish());
  if (prepared.change.records.empty()) return reports;

  auto next = next_to(*before);
  next->version = before->version + 1;
  next->text = TRY(before->text->with(prepared.texts, prepared.writes));
  // The disk and the topology do not wait for each other.
  const auto grow = [&] { return before->topology.with(prepared.topology); };
  const bool apart = prepared.topology.edges.size() >= kEdgesForSecondThread;
  auto topology = std::async(apart ? std::launch::async : std::launch::deferred, grow);
  next->sizes = before->catalogue->sizes();
  const Status stored = store_commit(prepared, *before, next->version, next->sizes);
  next->topology = topology.get();
  TRY(stored);
  next->quiet_count = quiet_->size();
  if (before->has_heirs()) {
    next->inherit(*before, prepared.touched(), prepared.records_changed());
  } else {
    next->plain_edges = std::make_shared<const PlainEdges>(next->sizes.records);
  }
  publish(std::move(next));
  {
    const std::lock_guard guard(publishing_);
    changes_since_image_ += prepared.change.records.size();
  }
  upkeep_->wake();
  for (CommitReport& report : reports) {
    const bool changed =
        std::any_of(report.changes.begin(), report.changes.end(), [](const ChangeReport& change) {
          return change.outcome == Outcome::added || change.outcome == Outcome::replaced ||
                 change.outcome == Outcome::removed;
        });
    if (changed) report.version = before->version + 1;
  }
  return reports;
}

std::vector<Result<CommitReport>> Graph::State::write(std::span<const Batch* const> batches) {
  auto reports = write_together(batches);
  std::vector<Result<CommitReport>> answers;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    if (reports.ok()) {
      answers.emplace_back(std::move(reports.value()[i]));
    } else {
      answers.emplace_back(reports.error());
    }
  }
  return answers;
}

Result<View> Graph::State::view_at(Version version, const Viewer& viewer) {
  const auto now = latest();
  const auto outlook = now->outlook_of(viewer);
  if (version == outlook->version) return View(now, viewer);
  if (version > outlook->version) {
    return Error{ErrorCode::not_found, "there is no version " + std::to_string(version) +
                                           " yet: the latest is " +
                                           std::to_string(outlook->version)};
  }
  const Version stored = stored_version(*now, version, outlook->sight);
  if (stored < now->floor) {
    return Error{ErrorCode::not_found,
                 "version " + std::to_string(version) + " can no longer be read: the oldest is " +
                     std::to_string(seen_version(*now, now->floor, outlook->sight))};
  }
  return View(TRY(pasts_.at(*now, stored, searched_)), viewer);
}

Status Graph::State::forget_before(Version version) {
  const std::lock_guard writing(writing_);
  if (failure_) return read_only(*failure_);
  const auto now = latest();
  const Version floor_after = std::min(version, now->version);
  for (Version floor = now->floor; floor < floor_after;) {
    const Version next_floor = std::min(floor_after, floor + kForgottenAtOnce);
    storage::WriteBatch writes;
    while (floor < next_floor) {
      writes.remove_prefix(keys::past(++floor));
      // The latest entry tells this store from others.
      if (floor < now->version) writes.remove(keys::change(floor));
    }
    writes.put(std::string(keys::kFloor), keys::u64(floor));
    TRY(committed(store_->commit(writes)));
    auto next = next_to(*now);
    next->take_over(*now);
    next->floor = floor;
    publish(std::move(next));
  }
  pasts_.forget();
  return {};
}

Status Graph::State::change_notes(std::span<const NoteChange> changes) {
  storage::WriteBatch writes;
  for (const NoteChange& change : changes) {
    if (change.name.empty() || change.name.size() > kNoteNameBytesMax) {
      return Error{ErrorCode::invalid_input, "a note has a name of 1 to 1,000 bytes"};
    }
    if (change.bytes) writes.put(keys::note(change.name), *change.bytes);
    if (!change.bytes) writes.remove(keys::note(change.name));
  }
  if (writes.writes.empty()) return {};
  const std::lock_guard writing(writing_);
  if (failure_) return read_only(*failure_);
  return committed(store_->commit(writes));
}

bool Graph::State::keep_up() {
  if (join_texts()) return true;
  write_image_if_due(changes_between_images_);
  return false;
}

/// Joins some parts of the text index; says whether there may be more.
bool Graph::State::join_texts() {
  const auto now = latest();
  auto merge = now->text->merge_due();
  if (!merge) return false;
  const auto commit = [this](const storage::WriteBatch& writes) -> Status {
    const std::lock_guard writing(writing_);
    if (failure_) return read_only(*failure_);
    return committed(store_->commit(writes));
  };
  const Status run = merge->run(*now->store, commit);
  if (!run.ok()) {
    log::warning("joining parts of the text index failed", {{"cause", run.error().message}});
    return false;
  }
  const std::lock_guard writing(writing_);
  if (failure_) return false;
  const auto before = latest();
  storage::WriteBatch writes;
  auto text = before->text->with_merged(*merge, writes);
  if (!committed(store_->commit(writes)).ok()) return false;
  if (text == nullptr) return true;
  auto next = next_to(*before);
  next->take_over(*before);
  next->text = std::move(text);
  publish(std::move(next));
  return true;
}

/// Writes an image of the latest version where enough changed since the last.
bool Graph::State::write_image_if_due(std::uint64_t changes_needed) {
  if (!image_) return false;
  std::shared_ptr<const Snapshot> now;
  {
    const std::lock_guard guard(publishing_);
    now = latest_;
    if (now->version == image_version_ || changes_since_image_ < changes_needed) return false;
    changes_since_image_ = 0;
  }
  const auto fingerprint = fingerprint_of(*now->store, now->version);
  const Status written = fingerprint.ok()
                             ? write_image(*image_, {now->version, fingerprint.value(),
                                                     *now->catalogue, now->sizes, now->topology})
                             : Status(fingerprint.error());
  if (!written.ok()) {
    log::warning("the image of the topology was not written: the next opening takes longer",
                 {{"cause", written.error().message}});
    return false;
  }
  const std::lock_guard guard(publishing_);
  image_version_ = now->version;
  return true;
}

Graph::Graph(std::unique_ptr<State> state) : state_(std::move(state)) {}
Graph::~Graph() = default;

Result<std::unique_ptr<Graph>> Graph::open(const std::filesystem::path& folder, Options options) {
  auto lock = TRY(FolderLock::take(folder, options.create));
  storage::RocksdbOptions engine;
  engine.create = lock->is_new();
  engine.cache_bytes = options.cache_bytes;
  engine.bulk_load = options.bulk_load;
  auto store = TRY(storage::open_rocksdb(lock->store_folder(), engine));
  FolderLock& held = *lock;
  auto state = std::make_unique<State>(std::move(lock), std::move(store), held.image_file(),
                                       options.changes_between_images);
  TRY(state->open(std::move(options.text_properties)));
  TRY(held.mark_as_graph());
  return std::unique_ptr<Graph>(new Graph(std::move(state)));
}

Result<std::unique_ptr<Graph>> Graph::open(std::unique_ptr<storage::Storage> store,
                                           Options options) {
  auto state = std::make_unique<State>(nullptr, std::move(store), std::move(options.image),
                                       options.changes_between_images);
  TRY(state->open(std::move(options.text_properties)));
  return std::unique_ptr<Graph>(new Graph(std::move(state)));
}

View Graph::view(const Viewer& viewer) const {
  return View(state_->latest(), viewer);
}

Result<View> Graph::view_at(Version version, const Viewer& viewer) const {
  return state_->view_at(version, viewer);
}

Result<CommitReport> Graph::commit(const Batch& batch) {
  return state_->commit(batch);
}

Result<std::uint64_t> Graph::remove_source(
    std::string_view source, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const auto records = view(Viewer::steward()).records_of(source);
  std::uint64_t removed = 0;
  for (std::size_t from = 0; from < records.size(); from += kRemovedAtOnce) {
    Batch batch;
    for (std::size_t i = from; i < std::min(from + kRemovedAtOnce, records.size()); ++i) {
      batch.remove(records[i].subject, std::string(source), records[i].part);
    }
    const CommitReport report = TRY(commit(batch));
    removed += static_cast<std::uint64_t>(std::count_if(
        report.changes.begin(), report.changes.end(),
        [](const ChangeReport& change) { return change.outcome == Outcome::removed; }));
    if (progress) progress(removed, records.size());
  }
  return removed;
}

Status Graph::forget_before(Version version) {
  return state_->forget_before(version);
}

Result<std::optional<std::string>> Graph::note(std::string_view name) const {
  return state_->store().snapshot()->get(keys::note(name));
}

Result<std::vector<std::string>> Graph::notes(std::string_view beginning) const {
  std::vector<std::string> names;
  const auto take = [&names](std::string_view key, std::string_view) {
    names.emplace_back(key.substr(keys::kNotes.size()));
    return true;
  };
  TRY(state_->store().snapshot()->scan(keys::note(beginning), {}, take));
  return names;
}

Status Graph::change_notes(std::span<const NoteChange> changes) {
  return state_->change_notes(changes);
}

std::unique_lock<std::mutex> Graph::take_turn() {
  return state_->take_turn();
}

Version Graph::oldest_version() const {
  return state_->floor();
}

Status Graph::writable() const {
  return state_->writable();
}

void Graph::settle() {
  state_->settle();
}

std::shared_ptr<const Snapshot> Graph::latest() const {
  return state_->latest();
}

storage::Storage& Graph::store() {
  return state_->store();
}

}  // namespace mangrove::graph
