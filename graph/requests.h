#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

#include "graph/base/json.h"
#include "graph/base/result.h"
#include "graph/control.h"
#include "graph/graph.h"
#include "graph/progress.h"

namespace mangrove::graph {

// What a person asks of a graph as a whole: the same in the process that has it open and through
// its door, so both are asked and answered in JSON.
//
//   {"do": "backup", "folder": …, "keep": n}   {"number", "time", "version", "bytes", "format"}
//   {"do": "verify"}                           {"version", "clean", "found", "checked", "findings"}
//   {"do": "source-list"}                      {"version", "sources": [summary…]}
//   {"do": "source-show", "name": …}           {"version", "source": summary, "properties"}
//   {"do": "source-remove", "name": …}         {"version", "source": summary, "removed": n}
//   {"do": "log", "after": n, "limit": n}      {"version", "oldest", "changes"}
//   {"do": "export", "file": …, "audiences"}   {"version", "records"}
//
// `after` may be missing: then the latest changes are told. Without `audiences` all there is is
// exported, with them what everybody and these may see. Paths are absolute.

/// What must follow once a source is gone: what was concluded from its statements, say, has to go
/// too. The graph itself knows nothing of that.
using FollowUp = std::function<Status(Graph&, const OnProgress&)>;

/// What folders above this one can be asked besides: nothing for a request that they do not know
/// either.
using MoreRequests = std::function<std::optional<Result<json::Value>>(Graph&, const json::Value&,
                                                                      const OnProgress&)>;

/// Does what the request says with the graph in this folder, which this process has open. Errors:
/// `invalid_input` for a request that is none of those above, and what the deed itself gives.
Result<json::Value> carry_out(Graph& graph, const std::filesystem::path& folder,
                              const json::Value& request, const OnProgress& on_progress,
                              const FollowUp& follow_up = nullptr,
                              const MoreRequests& more = nullptr);

/// The same with a graph that some process may have open: that process is asked, or else this one
/// opens it. A closed graph is backed up and verified without opening it first.
Result<json::Value> carry_out(const std::filesystem::path& folder, const json::Value& request,
                              const OnProgress& on_progress, const FollowUp& follow_up = nullptr);

/// A door to an open graph, for other processes. The graph must outlive it.
class GraphDoor {
 public:
  GraphDoor(const std::filesystem::path& folder, Graph& graph, FollowUp follow_up = nullptr,
            MoreRequests more = nullptr)
      : door_(folder, [&graph, folder, follow_up = std::move(follow_up), more = std::move(more)](
                          const json::Value& request, const OnProgress& tell) {
          return carry_out(graph, folder, request, tell, follow_up, more);
        }) {}

 private:
  ControlDoor door_;
};

}  // namespace mangrove::graph
