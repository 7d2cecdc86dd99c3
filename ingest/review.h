#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/json.h"
#include "graph/base/result.h"
#include "graph/graph.h"
#include "graph/progress.h"
#include "ontology/schema.h"

/// Records that are held because of their words (linking/linker.h), and letting them go.
///
/// A release is a node of its own, `release:…`, seen by reviewers: it names the record's subject
/// and the words that were read, so that it counts when the same is ingested again, and no longer
/// counts once the text says something else. Taken back, everything is as before.
namespace mangrove::ingest {

/// Why one record is held.
struct HeldFor {
  std::string reason;  ///< Id, `review:refuge`.
  std::string label;
  std::vector<std::string> words;  ///< With their places: "safe house (title 12-22)".
  std::string release;             ///< Id of the node that lets it go.
};

/// A record that is held.
struct HeldRecord {
  std::string id;  ///< Of its subject.
  std::string kind;
  std::string name;
  std::string source;
  std::string origin;
  std::vector<HeldFor> reasons;
};

/// All of them, sorted by id and source.
Result<std::vector<HeldRecord>> held_records(const graph::Graph& graph,
                                             const ontology::Schema& schema);

/// Who decided, and why; shown with the release.
struct Decision {
  std::string by;
  std::string reason;
};

/// Lets all records about the subject go. Gives how many there were. `not_found` where none is
/// held.
Result<std::size_t> release(graph::Graph& graph, const ontology::Schema& schema,
                            std::string_view subject, const Decision& decision);

/// Takes back all releases of the subject. Gives how many there were. `not_found` for none.
Result<std::size_t> withdraw_release(graph::Graph& graph, const ontology::Schema& schema,
                                     std::string_view subject);

/// The same for other processes, as graph::MoreRequests:
///
///   {"do": "review-list"}                          {"records": [{"id", "kind", "name", "source",
///                                                    "origin", "reasons": […]}]}
///   {"do": "review-release", "id", "by", "reason"}  {"released": n}
///   {"do": "review-hold", "id"}                    {"withdrawn": n}
std::optional<Result<json::Value>> review_request(graph::Graph& graph, const json::Value& request,
                                                  const graph::OnProgress& on_progress = nullptr);

/// With a graph that another process may have open: then that one is asked.
Result<json::Value> carry_out_review(const std::filesystem::path& folder,
                                     const json::Value& request);

}  // namespace mangrove::ingest
