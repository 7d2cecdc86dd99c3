#include "ingest/linking/relink.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "ingest/linking/linker.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {
namespace {

/// The node that remembers which vocabulary linked the graph.
constexpr std::string_view kLinkingSource = "src:mangrove-linking";
constexpr std::size_t kNodesAtOnce = 1000;

Result<std::string> last_fingerprint(const graph::View& view) {
  const auto node = view.find(kLinkingSource);
  if (!node) return std::string();
  const std::array<graph::NodeIndex, 1> one{*node};
  const auto nodes = TRY(view.read(one));
  return std::string(nodes[0].text("fingerprint"));
}

Status remember(graph::Graph& graph, const std::string& fingerprint) {
  graph::Record record;
  record.source = kLinkingSource;
  record.subject = {std::string(kLinkingSource), "Source", {}};
  const auto state = [&](std::string name, std::string text) {
    record.subject.properties.push_back({std::move(name), graph::Text{std::move(text), {}}});
  };
  state("label", "Mangrove linking");
  state("publisher", "Mangrove");
  state("fingerprint", fingerprint);
  graph::Batch batch;
  // A vocabulary may come back to what it was: then this, undated, would pass for outdated.
  batch.remove(std::string(kLinkingSource), std::string(kLinkingSource));
  batch.put(std::move(record));
  TRY(graph.commit(batch));
  return {};
}

/// Nodes of the kinds that relations are read from.
std::vector<graph::NodeIndex> nodes_read(const graph::View& view, const ontology::Schema& schema) {
  std::vector<graph::NodeIndex> nodes;
  for (const std::string& name : kinds_read(schema)) {
    const graph::Kind kind = view.name(name);
    if (kind == graph::kNoName) continue;
    const std::vector<graph::NodeIndex> some = view.nodes_of_kind(kind);
    nodes.insert(nodes.end(), some.begin(), some.end());
  }
  return nodes;
}

Status link_anew(graph::Graph& graph, const graph::View& view,
                 std::span<const graph::NodeIndex> nodes, Linker& linker) {
  graph::Batch batch;
  for (std::vector<graph::Record>& records : TRY(view.records_about(nodes))) {
    for (graph::Record& record : records) {
      const std::vector<std::string> audience = record.audience;
      linker.link(record);
      // Held, released and held again: undated, it would pass for outdated.
      if (record.audience != audience) {
        batch.remove(record.subject.id, record.source, record.part);
      }
      batch.put(std::move(record));
    }
  }
  TRY(graph.commit(batch));
  return {};
}

}  // namespace

Result<std::shared_ptr<const CompiledVocabulary>> vocabulary_of(const graph::Graph& graph,
                                                                const ontology::Schema& schema) {
  const graph::View all = graph.view(graph::Viewer::steward());
  std::set<std::string, std::less<>> releases;
  for (const graph::NodeIndex node : all.nodes_of_kind(all.name("Release"))) {
    releases.emplace(all.id(node));
  }
  return std::shared_ptr<const CompiledVocabulary>(std::make_shared<CompiledVocabulary>(
      TRY(read_vocabulary(graph.view(graph::Viewer::everyone()), schema)), std::move(releases)));
}

Result<Relinked> relink(graph::Graph& graph, const ontology::Schema& schema,
                        const CompiledVocabulary* linked_by, const RelinkProgress& progress) {
  const graph::View view = graph.view(graph::Viewer::steward());
  const auto vocabulary = TRY(vocabulary_of(graph, schema));
  const std::string& wanted = vocabulary->vocabulary.fingerprint;
  const std::string last = TRY(last_fingerprint(view));
  const bool is_new = linked_by == nullptr || (linked_by->vocabulary.fingerprint == wanted &&
                                               linked_by->released == vocabulary->released);
  Relinked relinked{0, vocabulary->vocabulary.faults};
  if (last == wanted && is_new) return relinked;

  const std::vector<graph::NodeIndex> nodes = nodes_read(view, schema);
  std::uint64_t& done = relinked.nodes;
  Linker linker(vocabulary, schema);
  while (done < nodes.size()) {
    const auto some = std::span(nodes).subspan(done, std::min(kNodesAtOnce, nodes.size() - done));
    TRY(link_anew(graph, view, some, linker));
    done += some.size();
    if (progress) progress(done, nodes.size());
  }
  TRY(remember(graph, wanted));
  return relinked;
}

Status relink_nodes(graph::Graph& graph, const ontology::Schema& schema,
                    std::span<const graph::NodeIndex> nodes) {
  Linker linker(TRY(vocabulary_of(graph, schema)), schema);
  return link_anew(graph, graph.view(graph::Viewer::steward()), nodes, linker);
}

Status relink_after_removal(graph::Graph& graph, const graph::OnProgress& on_progress) {
  const auto ontology = TRY(ontology::Ontology::load());
  TRY(relink(graph, ontology.schema(), nullptr, [&](std::uint64_t done, std::uint64_t of) {
    if (on_progress) on_progress({"linking initiatives anew", done, of});
  }));
  return {};
}

}  // namespace mangrove::ingest
