#include "graph/verify.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "graph/folder.h"
#include "graph/opening.h"
#include "graph/snapshot.h"
#include "graph/storage/keys.h"
#include "graph/storage/rocksdb.h"
#include "graph/stored_texts.h"
#include "graph/text/rebuild.h"
#include "graph/topology/image.h"
#include "graph/upgrade.h"
#include "graph/verify/findings.h"
#include "graph/verify/history.h"
#include "graph/verify/memory.h"
#include "graph/verify/recount.h"
#include "graph/verify/tables.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;

/// Goes through one graph, from the files up.
class Verification {
 public:
  explicit Verification(const VerifyOptions& options)
      : findings_(options.findings_max), meter_(options.on_progress) {}

  void add(const Error& damage, const std::string& where) {
    findings_.add(damage.message, [&] { return where; });
  }

  Status check_files(const storage::Storage& store) {
    meter_.begin("reading files", 0);
    const auto checked = storage::check_rocksdb(store);
    if (!checked.ok()) {
      if (checked.error().code != ErrorCode::corrupt) return checked.error();
      add(checked.error(), "the files of the store");
      return {};
    }
    report_.checked["files"] += checked.value().files;
    report_.checked["bytes"] += checked.value().bytes;
    for (const auto& damage : checked.value().damage) {
      findings_.add(damage.problem, [&] { return "file " + damage.file; });
    }
    return {};
  }

  Status check_image(const fs::path& file) {
    meter_.begin("reading the image of the topology", 0);
    const auto image = read_image(file);
    if (image.ok()) {
      ++report_.checked["files"];
    } else if (image.error().code == ErrorCode::corrupt) {
      findings_.add(
          image.error().message, [&] { return "file " + file.string(); }, Remedy::nothing);
    } else if (image.error().code == ErrorCode::io) {
      return image.error();
    }
    return {};
  }

  /// `state` is what an open graph holds in memory at the version of the store; or null.
  Status check_store(const storage::Snapshot& store, const Snapshot* state) {
    Tables tables;
    TRY(check_tables(store, tables, findings_, meter_));
    report_.version = tables.version;
    if (state != nullptr && tables.are_good) compare_memory(*state, store, tables, findings_);
    TRY(check_records(store, tables, state));
    return check_texts(store, tables);
  }

  bool has_findings() const { return findings_.count() > 0; }

  VerifyReport take() {
    report_.found = findings_.count();
    report_.findings = findings_.take();
    return std::move(report_);
  }

 private:
  Status check_records(const storage::Snapshot& store, Tables& tables, const Snapshot* state) {
    const std::uint64_t found_before = findings_.count();
    Recount recount(store, tables, findings_, meter_);
    TRY(recount.read_records());
    const auto history =
        TRY(check_history(store, tables, findings_, meter_,
                          [&](const StoredRecordChange& change) { recount.note_change(change); }));
    // A log of which something is wrong, or forgotten, leads nowhere.
    if (tables.floor == 0 && findings_.count() == found_before) recount.compare_with_log();
    TRY(recount.check_mentions());
    if (state != nullptr && recount.counts_are_good()) TRY(recount.check_topology(*state));
    report_.checked["nodes"] = tables.nodes;
    report_.checked["records"] = recount.counts().records;
    report_.checked["edges"] = recount.counts().edges;
    report_.checked["mentions"] = recount.counts().mentions;
    report_.checked["log entries"] = history.entries;
    report_.checked["past records"] = history.past;
    counts_are_good_ = recount.counts_are_good();
    return {};
  }

  Status check_texts(const storage::Snapshot& store, const Tables& tables) {
    if (!counts_are_good_) return {};
    const auto searched = stored_searched_properties(store);
    if (!searched.ok()) {
      add(searched.error(), "the list of searched properties");
      return {};
    }
    Catalogue catalogue;
    TRY(load_catalogue(store, catalogue));
    meter_.begin("comparing the text index", tables.nodes);
    bool conditions_stored = true;
    const auto each = [&](const auto& visit) {
      return for_each_text(store, catalogue, searched.value(),
                           [&](std::span<const NodeTexts> texts) -> Status {
                             for (const NodeTexts& node : texts) {
                               for (const StatedText& text : node.texts) {
                                 conditions_stored = conditions_stored && tables.knows(text.policy);
                               }
                               report_.checked["texts"] += node.texts.size();
                             }
                             if (!texts.empty() && !meter_.reach(texts.back().node.value)) {
                               return Error{ErrorCode::cancelled, "the check was stopped"};
                             }
                             return visit(texts);
                           });
    };
    const auto faults = check_text_index(store, settings_of(searched.value()), each);
    if (!faults.ok()) {
      if (faults.error().code == ErrorCode::cancelled) return faults.error();
      findings_.add(
          faults.error().message, [] { return std::string("the text index"); }, Remedy::repair);
      return {};
    }
    for (const std::string& fault : faults.value()) {
      // "text index, policy 3: the postings of 'cocoa': missing"
      const std::size_t end = std::min(fault.find(": "), fault.size());
      const std::string_view what = std::string_view(fault).substr(std::min(end + 2, fault.size()));
      findings_.add(
          what, [&] { return "the " + fault.substr(0, end); }, Remedy::repair);
    }
    if (!conditions_stored) {
      findings_.add(
          "texts are kept under a condition that is not stored",
          [] { return std::string("the text index"); }, Remedy::repair);
    }
    return {};
  }

  Findings findings_;
  Meter meter_;
  VerifyReport report_;
  bool counts_are_good_ = false;
};

/// An error that is damage becomes a finding; others end the check.
Status note_damage(Verification& verification, const Error& error, const fs::path& folder) {
  if (error.code != ErrorCode::corrupt) return error;
  verification.add(error, "folder " + folder.string());
  return {};
}

/// What lies in the files of a folder that nobody has open.
Status check_closed_files(Verification& verification, const FolderLock& lock) {
  TRY(verification.check_image(lock.image_file()));
  const auto store = TRY(storage::open_rocksdb(lock.store_folder(), {}));
  return verification.check_files(*store);
}

/// The store alone, for a graph that cannot be opened.
Status check_closed_store(Verification& verification, const FolderLock& lock) {
  const auto store = TRY(storage::open_rocksdb(lock.store_folder(), {}));
  return verification.check_store(*store->snapshot(), nullptr);
}

}  // namespace

Result<VerifyReport> verify(Graph& graph, const VerifyOptions& options) {
  Verification verification(options);
  if (!options.folder.empty()) {
    TRY(verification.check_files(graph.store()));
    TRY(verification.check_image(options.folder / kImageFile));
  }
  const auto state = graph.latest();
  TRY(verification.check_store(*state->store, state.get()));
  return verification.take();
}

Result<VerifyReport> verify_folder(const fs::path& folder, const VerifyOptions& options) {
  Verification verification(options);
  {
    const auto lock = FolderLock::take(folder, false);
    if (!lock.ok()) {
      TRY(note_damage(verification, lock.error(), folder));
      return verification.take();
    }
    const Status checked = check_closed_files(verification, *lock.value());
    if (!checked.ok()) TRY(note_damage(verification, checked.error(), folder));
  }
  const auto graph = Graph::open(folder, {.create = false});
  if (graph.ok()) {
    const auto state = graph.value()->latest();
    TRY(verification.check_store(*state->store, state.get()));
    return verification.take();
  }
  if (graph.error().code != ErrorCode::corrupt) return graph.error();
  const auto lock = TRY(FolderLock::take(folder, false));
  const Status checked = check_closed_store(verification, *lock);
  if (!checked.ok()) TRY(note_damage(verification, checked.error(), folder));
  // What keeps it from being opened is told by the findings, if there are any.
  if (!verification.has_findings()) TRY(note_damage(verification, graph.error(), folder));
  return verification.take();
}

Status repair_folder(const fs::path& folder) {
  const auto lock = TRY(FolderLock::take(folder, false));
  const auto store = TRY(storage::open_rocksdb(lock->store_folder(), {}));
  const auto snapshot = store->snapshot();
  if (TRY(stored_format(*snapshot)) != keys::kFormatVersion) {
    return Error{ErrorCode::unsupported, "the graph in " + folder.string() +
                                             " is not of the format of this program: open it "
                                             "once, as with `mangrove stats`"};
  }
  const auto searched = TRY(stored_searched_properties(*snapshot));
  TRY(remake_text_index(*store, searched));
  std::error_code error;
  fs::remove(lock->image_file(), error);
  if (error) return Error{ErrorCode::io, "removing the image: " + error.message()};
  return {};
}

}  // namespace mangrove::graph
