#include "graph/graph.h"

#include <algorithm>
#include <mutex>

#include "graph/base/log.h"
#include "graph/catalogue.h"
#include "graph/change_log.h"
#include "graph/commit.h"
#include "graph/folder.h"
#include "graph/snapshot.h"
#include "graph/storage/bytes.h"
#include "graph/storage/keys.h"
#include "graph/storage/records.h"
#include "graph/storage/rocksdb.h"

namespace mangrove::graph {
namespace {

/// How much of the catalogue is in the store.
struct Stored {
  std::uint32_t names = 1;  // The empty name is never stored.
  std::uint32_t nodes = 0;
  std::uint32_t sources = 0;
};

Error corrupt_key(std::string_view what) {
  return {ErrorCode::corrupt, "the store holds a damaged " + std::string(what)};
}

/// Checks the format, or writes it into an empty store.
Status check_format(storage::Storage& store) {
  const auto format = TRY(store.snapshot()->get(keys::kFormat));
  if (!format) {
    storage::WriteBatch first;
    first.put(std::string(keys::kFormat), keys::u32(keys::kFormatVersion));
    return store.commit(first);
  }
  const auto version = keys::read_u32(*format, 0);
  if (!version) return corrupt_key("format version");
  if (*version > keys::kFormatVersion) {
    return Error{ErrorCode::unsupported, "this graph has format " + std::to_string(*version) +
                                             ", which is newer than this program knows (" +
                                             std::to_string(keys::kFormatVersion) +
                                             "): use a newer mangrove"};
  }
  return {};
}

/// Reads one numbered table of texts into the numbering; numbers must come without gaps.
Status load_numbering(const storage::Snapshot& store, std::string_view prefix,
                      std::optional<std::uint32_t> (*number_of)(std::string_view, std::size_t),
                      Numbering& numbering) {
  bool whole = true;
  TRY(store.scan(prefix, prefix, [&](std::string_view key, std::string_view value) {
    const auto number = number_of(key, 1);
    whole = number && *number == numbering.size() && numbering.add(value) == *number;
    return whole;
  }));
  if (!whole) return corrupt_key("table of names");
  return {};
}

/// Notes one stored record in the topology changes of opening.
Status load_record(std::string_view key, std::string_view value, Catalogue& catalogue,
                   TopologyChanges& changes) {
  const auto subject_number = keys::read_u32(key, 1);
  const auto source_number = keys::read_u32(key, 5);
  if (!subject_number || !source_number) return corrupt_key("key of a record");
  const NodeIndex subject{*subject_number};
  const SourceIndex source{*source_number};
  const StoredRecord record = TRY(decode_record(value));
  const auto known = [&](NodeIndex node) { return node.value < catalogue.nodes.size(); };
  if (!known(subject) || source.value >= catalogue.sources.size()) {
    return corrupt_key("key of a record");
  }
  const RecordNumber number{catalogue.records.push_back({subject, source})};
  changes.nodes.push_back({subject, record.kind, 1});
  changes.subjects.push_back({subject, number, true});
  for (const StoredMention& mention : record.mentions) {
    if (!known(mention.node)) return corrupt_key("record");
    changes.nodes.push_back({mention.node, mention.kind, 1});
  }
  for (const StoredEdge& edge : record.edges) {
    if (!known(edge.from) || !known(edge.to)) return corrupt_key("record");
    changes.edges.push_back({edge.from, edge.relation, edge.to, edge.qualifier, number, true});
  }
  return {};
}

}  // namespace

struct Graph::State {
  std::unique_ptr<FolderLock> lock;  // Let go last.
  std::unique_ptr<storage::Storage> store;
  std::shared_ptr<Catalogue> catalogue = std::make_shared<Catalogue>();
  std::shared_ptr<TextSearch> text;

  std::mutex writing;  // One writer at a time; guards what follows.
  Stored stored;
  std::optional<Error> failure;  // Of an earlier commit: nothing more is written.

  mutable std::mutex publishing;  // Guards the pointer below, for the moment of copying it.
  std::shared_ptr<const Snapshot> latest;

  std::shared_ptr<const Snapshot> current() const {
    const std::lock_guard guard(publishing);
    return latest;
  }

  void publish(Version version, Topology topology) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->version = version;
    snapshot->catalogue = catalogue;
    snapshot->topology = std::move(topology);
    snapshot->store = store->snapshot();
    snapshot->text = text;
    const std::lock_guard guard(publishing);
    latest = std::move(snapshot);
  }

  Status load();
  void add_catalogue(storage::WriteBatch& writes) const;
  Status write(PreparedCommit& prepared, Version version);
};

Status Graph::State::load() {
  TRY(check_format(*store));
  const auto snapshot = store->snapshot();
  TRY(load_numbering(*snapshot, keys::kNames, keys::read_u16, catalogue->names));
  TRY(load_numbering(*snapshot, keys::kNodes, keys::read_u32, catalogue->nodes));
  TRY(load_numbering(*snapshot, keys::kSources, keys::read_u32, catalogue->sources));
  stored = {catalogue->names.size(), catalogue->nodes.size(), catalogue->sources.size()};

  TopologyChanges changes;
  Status status;
  TRY(snapshot->scan(keys::kRecords, keys::kRecords,
                     [&](std::string_view key, std::string_view value) {
                       status = load_record(key, value, *catalogue, changes);
                       return status.ok();
                     }));
  TRY(status);

  Version version = 0;
  if (const auto bytes = TRY(snapshot->get(keys::kVersion))) {
    const auto number = keys::read_u64(*bytes, 0);
    if (!number) return corrupt_key("version");
    version = *number;
  }
  publish(version, Topology{}.with(changes));
  return {};
}

/// Everything that was numbered since the last commit that reached the store.
void Graph::State::add_catalogue(storage::WriteBatch& writes) const {
  for (std::uint32_t i = stored.names; i < catalogue->names.size(); ++i) {
    const Name name{static_cast<std::uint16_t>(i)};
    writes.put(keys::name(name), std::string(catalogue->name(name)));
  }
  for (std::uint32_t i = stored.nodes; i < catalogue->nodes.size(); ++i) {
    writes.put(keys::node(NodeIndex{i}), std::string(catalogue->node_id(NodeIndex{i})));
  }
  for (std::uint32_t i = stored.sources; i < catalogue->sources.size(); ++i) {
    writes.put(keys::source(SourceIndex{i}), std::string(catalogue->sources.text(i)));
  }
}

Status Graph::State::write(PreparedCommit& prepared, Version version) {
  add_catalogue(prepared.writes);
  prepared.writes.put(std::string(keys::kVersion), keys::u64(version));
  prepared.writes.put(keys::change(version), encode_change({current_time(), prepared.subjects}));
  Status written = store->commit(prepared.writes);
  if (!written.ok()) {
    failure = Error{written.error().code, "the graph is read-only since a write failed (" +
                                              written.error().message +
                                              "): mend the disk, then open it again"};
    return written;
  }
  stored = {catalogue->names.size(), catalogue->nodes.size(), catalogue->sources.size()};
  return {};
}

Graph::Graph(std::unique_ptr<State> state) : state_(std::move(state)) {}
Graph::~Graph() = default;

Result<std::unique_ptr<Graph>> Graph::open(const std::filesystem::path& folder, Options options) {
  auto lock = TRY(FolderLock::take(folder, options.create));
  auto store = TRY(storage::open_rocksdb(
      lock->store_folder(), {.create = lock->is_new(), .cache_bytes = options.cache_bytes}));
  auto graph = TRY(open(std::move(store), std::move(options)));
  TRY(lock->mark_as_graph());
  graph->state_->lock = std::move(lock);
  return graph;
}

Result<std::unique_ptr<Graph>> Graph::open(std::unique_ptr<storage::Storage> store,
                                           Options options) {
  auto state = std::make_unique<State>();
  state->store = std::move(store);
  state->text = std::make_shared<TextSearch>(std::move(options.text_properties));
  TRY(state->load());
  return std::unique_ptr<Graph>(new Graph(std::move(state)));
}

View Graph::view() const {
  return View(state_->current());
}

Result<CommitReport> Graph::commit(const Batch& batch) {
  const std::lock_guard writing(state_->writing);
  if (state_->failure) return *state_->failure;
  const auto before = state_->current();

  CommitBuilder builder(*state_->catalogue, before->topology, *before->store);
  TRY(builder.prefetch(batch));
  CommitReport report{before->version, {}};
  report.changes.reserve(batch.size());
  for (const auto& change : batch.changes()) {
    report.changes.push_back(
        TRY(std::visit([&](const auto& one) { return builder.apply(one); }, change)));
  }
  PreparedCommit prepared = TRY(builder.finish());
  if (prepared.subjects.empty()) return report;

  report.version = before->version + 1;
  TRY(state_->write(prepared, report.version));
  state_->text->note_commit(report.version, prepared.touched);
  state_->publish(report.version, before->topology.with(prepared.topology));
  return report;
}

Result<std::vector<Change>> Graph::changes_after(Version version, std::size_t limit) const {
  const auto snapshot = state_->current();
  std::vector<Change> changes;
  Status status;
  TRY(snapshot->store->scan(
      keys::kChanges, keys::change(version + 1), [&](std::string_view key, std::string_view value) {
        if (changes.size() == limit) return false;
        auto stored = decode_change(value);
        const auto number = keys::read_u64(key, 1);
        if (!stored.ok() || !number) {
          status = stored.ok() ? Status(corrupt_key("change log")) : Status(stored.error());
          return false;
        }
        Change change{*number, std::move(stored.value().time), {}};
        for (const NodeIndex subject : stored.value().subjects) {
          change.subjects.emplace_back(snapshot->catalogue->node_id(subject));
        }
        std::sort(change.subjects.begin(), change.subjects.end());
        changes.push_back(std::move(change));
        return true;
      }));
  TRY(status);
  return changes;
}

}  // namespace mangrove::graph
