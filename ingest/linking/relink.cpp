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
constexpr std::size_t kInitiativesAtOnce = 1000;

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

std::vector<graph::NodeIndex> initiatives_of(const graph::View& view) {
  const graph::Kind kind = view.name("Initiative");
  return kind == graph::kNoName ? std::vector<graph::NodeIndex>() : view.nodes_of_kind(kind);
}

}  // namespace

Result<std::shared_ptr<const CompiledVocabulary>> vocabulary_of(const graph::Graph& graph,
                                                                const ontology::Schema& schema) {
  return std::shared_ptr<const CompiledVocabulary>(std::make_shared<CompiledVocabulary>(
      TRY(read_vocabulary(graph.view(graph::Viewer::everyone()), schema))));
}

Result<Relinked> relink(graph::Graph& graph, const ontology::Schema& schema,
                        const CompiledVocabulary* linked_by, const RelinkProgress& progress) {
  const graph::View view = graph.view(graph::Viewer::steward());
  const auto vocabulary = TRY(vocabulary_of(graph, schema));
  const std::string& wanted = vocabulary->vocabulary.fingerprint;
  const std::string last = TRY(last_fingerprint(view));
  const bool is_new = linked_by == nullptr || linked_by->vocabulary.fingerprint == wanted;
  Relinked relinked{0, vocabulary->vocabulary.faults};
  if (last == wanted && is_new) return relinked;

  const std::vector<graph::NodeIndex> initiatives = initiatives_of(view);
  std::uint64_t& done = relinked.initiatives;
  Linker linker(vocabulary, schema);
  while (done < initiatives.size()) {
    const auto some = std::span(initiatives)
                          .subspan(done, std::min(kInitiativesAtOnce, initiatives.size() - done));
    graph::Batch batch;
    for (std::vector<graph::Record>& records : TRY(view.records_about(some))) {
      for (graph::Record& record : records) {
        linker.link(record);
        batch.put(std::move(record));
      }
    }
    TRY(graph.commit(batch));
    done += some.size();
    if (progress) progress(done, initiatives.size());
  }
  TRY(remember(graph, wanted));
  return relinked;
}

Status relink_after_removal(graph::Graph& graph, const graph::OnProgress& on_progress) {
  const auto ontology = TRY(ontology::Ontology::load());
  TRY(relink(graph, ontology.schema(), nullptr, [&](std::uint64_t done, std::uint64_t of) {
    if (on_progress) on_progress({"linking initiatives anew", done, of});
  }));
  return {};
}

}  // namespace mangrove::ingest
