#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/audience.h"
#include "graph/base/result.h"
#include "graph/batch.h"
#include "graph/storage/storage.h"
#include "graph/texts.h"
#include "graph/view.h"

namespace mangrove::graph {

struct Options {
  bool create = true;                               ///< Make the folder if there is no graph yet.
  std::size_t cache_bytes = std::size_t{64} << 20;  ///< For what is read from and written to disk.
  /// For a process that loads much and ends: commits cost less, closing costs more.
  bool bulk_load = false;
  SearchedProperties text_properties{};  ///< What `View::search` looks into.
  /// Where the topology is kept between one opening and the next; for a graph over a store of the
  /// caller's. Without it, each opening reads all records.
  std::optional<std::filesystem::path> image{};
  /// After that many changed records a new image is written beside the commits.
  std::uint64_t changes_between_images = 200'000;
};

/// A note that is to be written, or to go.
struct NoteChange {
  std::string name;                  ///< 1 to 1,000 bytes.
  std::optional<std::string> bytes;  ///< Nothing: there is to be none.
};

/// A property graph on an ordered key-value store.
///
///     auto graph = TRY(Graph::open("folder", {}));
///     Batch batch;
///     batch.put({.source = "src:a", .subject = {"x:1", "Thing"},
///                .edges = {{"x:1", "KNOWS", "x:2"}}});
///     TRY(graph->commit(batch));          // durable now
///     const View view = graph->view();    // this version, for as long as it is held
///
/// Safe to use from many threads: readers never wait for a writer, and writers who come at the same
/// time share one write to the disk. One process opens a folder at a time.
class Graph {
 public:
  /// Opens the graph in this folder, or makes one. A graph of an older format is upgraded. Errors:
  /// `not_found` where there is none and none is to be made; `conflict` where the folder holds
  /// something else, or another process has it open; `unsupported` where its format is newer than
  /// this program; `corrupt` where it is damaged; `io` where the disk refuses.
  static Result<std::unique_ptr<Graph>> open(const std::filesystem::path& folder, Options options);

  /// Opens a graph over any store, such as one in memory.
  static Result<std::unique_ptr<Graph>> open(std::unique_ptr<storage::Storage> store,
                                             Options options);

  /// Finishes what is under way, and leaves an image for the next opening.
  ~Graph();
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  /// The latest version, as this viewer may see it.
  View view(const Viewer& viewer = Viewer::everyone()) const;

  /// An older version, counted as `View::version` counts for this viewer. What is hidden from the
  /// viewer today is hidden in the past too. `not_found` where that version is not there yet, or
  /// its past was forgotten. O(what changed since).
  Result<View> view_at(Version version, const Viewer& viewer = Viewer::everyone()) const;

  /// Takes in the batch, all or nothing; when it returns, the batch is on disk and visible to new
  /// views. Records that contradict the graph are refused one by one, with a reason, and do not
  /// stop the others. A batch that changes nothing makes no version; batches of writers who came at
  /// the same time may share one. Errors: `no_space` where the disk is too full (nothing was
  /// written; try again once there is space); `io` where a write failed: the graph is read-only
  /// from then on, until it is opened again. O(size of the batch + pages touched).
  Result<CommitReport> commit(const Batch& batch);

  /// Takes out all that this source states; what others state too stays. In commits of some
  /// thousand records each; interrupted, it can be called again. Returns how many records went.
  /// `progress` hears of records removed, and of all to remove, after each commit.
  Result<std::uint64_t> remove_source(
      std::string_view source,
      const std::function<void(std::uint64_t, std::uint64_t)>& progress = nullptr);

  /// Gives up reading versions before this one (counted as a steward does), and the change log up
  /// to it. Nothing that can be read at later versions goes.
  Status forget_before(Version version);

  /// The note of this name; nothing where there is none. Notes are what floors above remember of
  /// this one graph beside all that is stated in it, such as when a file was read. No view shows
  /// them, no export has them, and they belong to no version; backups have them.
  Result<std::optional<std::string>> note(std::string_view name) const;
  /// The names of all notes that begin so, sorted. O(notes that begin so).
  Result<std::vector<std::string>> notes(std::string_view beginning) const;
  /// Writes and takes out notes, all or none; on disk when it returns. Errors: as for `commit`, and
  /// `invalid_input` for a name that cannot be one.
  Status change_notes(std::span<const NoteChange> changes);

  /// Work that reads and commits in turn for long, such as an ingest, has the graph to itself
  /// against others of its kind for as long as it holds this; waits until it can. Readers and
  /// single commits go on.
  std::unique_lock<std::mutex> take_turn();

  /// The oldest version that `view_at` can read, as a steward counts.
  Version oldest_version() const;

  /// Whether commits are refused since a write failed; the reason why, or success.
  Status writable() const;

  /// Waits until the work beside the commits (joining parts of the text index, writing the image)
  /// is done. For tests and measurements.
  void settle();

  /// All that the latest version consists of, hidden or not: for checking and describing it.
  std::shared_ptr<const Snapshot> latest() const;

  /// The store below, for copying and checking it as a whole.
  storage::Storage& store();

 private:
  class State;
  explicit Graph(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mangrove::graph
