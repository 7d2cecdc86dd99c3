#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "graph/base/json.h"
#include "graph/base/result.h"
#include "graph/progress.h"

namespace mangrove::graph {

// One process at a time has a graph open. What others want done with it, they ask of that process,
// through a socket in the graph's folder:
//
//   request  := one line of JSON, an object, at most kRequestBytesMax
//   answer   := lines of JSON:
//               {"progress": {"doing": …, "done": n, "of": n}}          any number of them
//               {"result": …}  or  {"error": {"code": n, "message": …}}   one, at the end
//
// Whoever may write to the folder as its owner may ask, and nobody else. One request is served at a
// time; those who come meanwhile wait.

inline constexpr std::size_t kRequestBytesMax = std::size_t{64} << 10;

/// What is done with a request. Told to stop by its progress, it ends as soon as it can.
using ControlHandler =
    std::function<Result<json::Value>(const json::Value& request, const OnProgress& on_progress)>;

/// Listens in the folder of a graph, for as long as it lives, in a thread of its own.
class ControlDoor {
 public:
  /// The folder is that of a graph which this process has open: what a killed process left of its
  /// own door is cleared away. Where no socket can be made, the log says so, and nobody can ask.
  ControlDoor(const std::filesystem::path& folder, ControlHandler handler);

  /// Tells the request under way to stop, and waits for it.
  ~ControlDoor();
  ControlDoor(const ControlDoor&) = delete;
  ControlDoor& operator=(const ControlDoor&) = delete;

 private:
  Status listen();
  void serve();
  void answer(int client);
  Result<json::Value> handle(int client);

  ControlHandler handler_;
  int folder_ = -1;  // Of the graph, held open: a path may be too long for a socket.
  int listener_ = -1;
  int ending_ = -1;  // Readable once this ends.
  std::atomic<bool> is_ending_{false};
  std::thread thread_;
};

/// Asks the process that has the graph in this folder open. Nothing where no process listens there.
/// Waits for as long as it takes. Errors: those that the other process gives; `io` where it went
/// away meanwhile.
Result<std::optional<json::Value>> ask_holder(const std::filesystem::path& folder,
                                              const json::Value& request,
                                              const OnProgress& on_progress);

}  // namespace mangrove::graph
