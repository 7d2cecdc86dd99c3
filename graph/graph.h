#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/batch.h"
#include "graph/storage/storage.h"
#include "graph/view.h"

namespace mangrove::graph {

/// A property whose words can be searched, and how much a word counts in it.
struct TextProperty {
  std::string name;
  double weight;
};

struct Options {
  bool create = true;                               ///< Make the folder if there is no graph yet.
  std::size_t cache_bytes = std::size_t{64} << 20;  ///< For blocks read from disk.
  std::vector<TextProperty> text_properties{};      ///< What `View::search` looks into.
};

/// One entry of the change log.
struct Change {
  Version version;
  std::string time;                   ///< UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  std::vector<std::string> subjects;  ///< Whose records were added, replaced or removed; sorted.
};

/// A property graph on an ordered key-value store.
///
///     auto graph = TRY(Graph::open("folder", {}));
///     Batch batch;
///     batch.put({.source = "src:a", .subject = {"x:1", "Thing", {}}, .edges = {{"x:1", "KNOWS",
///     "x:2"}}}); TRY(graph->commit(batch));                       // durable now const View view =
///     graph->view();                 // this version, for as long as it is held
///
/// Safe to use from many threads: readers never wait for a writer, writers take turns. One process
/// opens a folder at a time.
class Graph {
 public:
  /// Opens the graph in this folder, or makes one. Refuses a folder of something else, a graph of
  /// a newer format, and one that another process holds.
  static Result<std::unique_ptr<Graph>> open(const std::filesystem::path& folder, Options options);

  /// Opens a graph over any store, such as one in memory.
  static Result<std::unique_ptr<Graph>> open(std::unique_ptr<storage::Storage> store,
                                             Options options);

  ~Graph();
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  /// The latest version.
  View view() const;

  /// Takes in the batch, all or nothing; when it returns, the batch is on disk and visible to new
  /// views. Records that contradict the graph are refused one by one, with a reason, and do not
  /// stop the others. A batch that changes nothing makes no version. O(size of the batch + pages
  /// touched).
  Result<CommitReport> commit(const Batch& batch);

  /// What changed after this version, oldest first, at most `limit` entries.
  Result<std::vector<Change>> changes_after(Version version, std::size_t limit) const;

 private:
  struct State;
  explicit Graph(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mangrove::graph
