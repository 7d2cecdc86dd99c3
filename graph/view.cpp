#include "graph/view.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "graph/base/text.h"
#include "graph/snapshot.h"
#include "graph/storage/keys.h"
#include "graph/storage/records.h"

namespace mangrove::graph {
namespace {

/// One value of one property while a node is put together, and what decides its place.
struct Candidate {
  std::string name;
  Value value;
  std::string encoded;
  std::vector<std::string> sources;
  bool own = false;      // From a record with this node as its subject.
  std::string revision;  // The latest of the records that state it.
  std::uint64_t count = 0;
};

/// Puts one node together from the records about it and what others mention.
class NodeBuilder {
 public:
  explicit NodeBuilder(const Catalogue& catalogue) : catalogue_(catalogue) {}

  void add_record(const StoredRecord& record, SourceIndex source) {
    const std::string source_id(catalogue_.source_id(source));
    sources_.push_back(source_id);
    origins_.push_back(record.origin);
    for (const StoredProperty& property : record.properties) {
      add(property.name, encode_value(property.value), property.value, source_id, true,
          record.revision, 1);
    }
  }

  Status add_mentions(std::string_view bytes) {
    for (const MentionedValue& mention : TRY(decode_mentions(bytes))) {
      const std::string source_id(catalogue_.source_id(mention.source));
      sources_.push_back(source_id);
      add(mention.name, mention.value, TRY(decode_value(mention.value)), source_id, false, {},
          mention.count);
    }
    return {};
  }

  Node finish(NodeIndex index, Kind kind) {
    Node node;
    node.index = index;
    node.id = catalogue_.node_id(index);
    node.kind = catalogue_.name(kind);
    std::sort(candidates_.begin(), candidates_.end(), shown_before);
    for (Candidate& candidate : candidates_) {
      std::sort(candidate.sources.begin(), candidate.sources.end());
      node.properties.push_back(
          {std::move(candidate.name), std::move(candidate.value), std::move(candidate.sources)});
    }
    node.sources = settled(std::move(sources_));
    node.origins = settled(std::move(origins_));
    return node;
  }

 private:
  static bool shown_before(const Candidate& a, const Candidate& b) {
    if (a.name != b.name) return a.name < b.name;
    if (a.own != b.own) return a.own;
    if (a.revision != b.revision) return a.revision > b.revision;
    if (a.count != b.count) return a.count > b.count;
    return a.encoded < b.encoded;
  }

  static std::vector<std::string> settled(std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    std::erase(texts, std::string());
    return texts;
  }

  void add(Name name, std::string encoded, const Value& value, const std::string& source, bool own,
           const std::string& revision, std::uint64_t count) {
    const std::string_view text = catalogue_.name(name);
    auto at = std::find_if(candidates_.begin(), candidates_.end(), [&](const Candidate& known) {
      return known.name == text && known.encoded == encoded;
    });
    if (at == candidates_.end()) {
      candidates_.push_back({std::string(text), value, std::move(encoded), {}, false, {}, 0});
      at = candidates_.end() - 1;
    }
    at->own = at->own || own;
    at->revision = std::max(at->revision, revision);
    at->count += count;
    if (std::find(at->sources.begin(), at->sources.end(), source) == at->sources.end()) {
      at->sources.push_back(source);
    }
  }

  const Catalogue& catalogue_;
  std::vector<Candidate> candidates_;
  std::vector<std::string> sources_;
  std::vector<std::string> origins_;
};

Error missing_record(const Catalogue& catalogue, NodeIndex subject) {
  return {ErrorCode::corrupt, "the record of " + std::string(catalogue.node_id(subject)) +
                                  " is missing from the store; rebuild the graph from a backup"};
}

/// What an id begins with: one or two short lower-case words, each with its colon.
std::string scheme_of(std::string_view id) {
  constexpr std::size_t kWordMax = 8;
  const auto word_end = [&](std::size_t from) {
    std::size_t at = from;
    while (at < id.size() && at - from <= kWordMax &&
           ((id[at] >= 'a' && id[at] <= 'z') || (id[at] >= '0' && id[at] <= '9'))) {
      ++at;
    }
    return at < id.size() && at > from && id[at] == ':' ? at : from;
  };
  const std::size_t first = word_end(0);
  if (first == 0) return {};
  const std::size_t second = word_end(first + 1);
  return std::string(id.substr(0, second > first + 1 ? second : first));
}

/// Different edges of one relation with both ends there; equal edges of several records count once.
std::uint64_t count_edges(const Topology& topology, Relation relation) {
  const Adjacency* adjacency = topology.adjacency(relation, Direction::out);
  std::uint64_t count = 0;
  for (std::uint32_t i = 0; adjacency != nullptr && i < topology.node_limit(); ++i) {
    if (!topology.exists(NodeIndex{i})) continue;
    const AdjacencyRow row = adjacency->row(NodeIndex{i});
    for (std::uint32_t at = 0; at < row.size; ++at) {
      const bool again = at > 0 && row.nodes[at] == row.nodes[at - 1] &&
                         row.qualifiers[at] == row.qualifiers[at - 1];
      if (!again && topology.exists(NodeIndex{row.nodes[at]})) ++count;
    }
  }
  return count;
}

}  // namespace

std::string_view Node::text(std::string_view name, std::string_view language) const {
  std::string_view english;
  std::string_view first;
  for (const StatedProperty& property : properties) {
    if (property.name != name) continue;
    const auto* text = std::get_if<Text>(&property.value);
    if (text == nullptr) continue;
    if (text->language == language) return text->text;
    if (english.empty() && text->language == "en") english = text->text;
    if (first.empty()) first = text->text;
  }
  return english.empty() ? first : english;
}

const Value* Node::find(std::string_view name) const {
  for (const StatedProperty& property : properties) {
    if (property.name == name) return &property.value;
  }
  return nullptr;
}

View::View(std::shared_ptr<const Snapshot> snapshot)
    : snapshot_(std::move(snapshot)), topology_(&snapshot_->topology) {}

Version View::version() const {
  return snapshot_->version;
}

Name View::name(std::string_view text) const {
  const auto number = snapshot_->catalogue->names.find(text);
  return number ? Name{static_cast<std::uint16_t>(*number)} : kNoName;
}

std::string_view View::text(Name name) const {
  return snapshot_->catalogue->name(name);
}

std::optional<NodeIndex> View::find(std::string_view id) const {
  const auto number = snapshot_->catalogue->nodes.find(id);
  if (!number || !exists(NodeIndex{*number})) return std::nullopt;
  return NodeIndex{*number};
}

std::string_view View::id(NodeIndex node) const {
  return snapshot_->catalogue->node_id(node);
}
Kind View::kind(NodeIndex node) const {
  return topology_->kind(node);
}
bool View::exists(NodeIndex node) const {
  return topology_->exists(node);
}
std::uint32_t View::node_limit() const {
  return topology_->node_limit();
}

std::vector<NodeIndex> View::nodes_of_kind(Kind kind) const {
  std::vector<NodeIndex> nodes;
  for (std::uint32_t i = 0; i < node_limit(); ++i) {
    const NodeIndex node{i};
    if (exists(node) && topology_->kind(node) == kind) nodes.push_back(node);
  }
  return nodes;
}

Result<std::vector<Node>> View::read(std::span<const NodeIndex> nodes) const {
  const Catalogue& catalogue = *snapshot_->catalogue;
  std::vector<std::string> keys;
  std::vector<std::pair<std::size_t, SourceIndex>> places;  // Of records; mentions come last.
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const AdjacencyRow row = topology_->records_about(nodes[i]);
    for (std::uint32_t at = 0; at < row.size; ++at) {
      const SourceIndex source = catalogue.records[row.records[at]].source;
      keys.push_back(keys::record(nodes[i], source));
      places.emplace_back(i, source);
    }
  }
  for (const NodeIndex node : nodes) keys.push_back(keys::mention(node));

  const auto values = TRY(snapshot_->store->multi_get(keys));
  std::vector<NodeBuilder> builders(nodes.size(), NodeBuilder(catalogue));
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto [at, source] = places[i];
    if (!values[i]) return missing_record(catalogue, nodes[at]);
    builders[at].add_record(TRY(decode_record(*values[i])), source);
  }
  std::vector<Node> result;
  result.reserve(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& mentions = values[places.size() + i];
    if (mentions) TRY(builders[i].add_mentions(*mentions));
    result.push_back(builders[i].finish(nodes[i], topology_->kind(nodes[i])));
  }
  return result;
}

std::span<const Relation> View::relations() const {
  return topology_->relations();
}

std::uint32_t View::degree(NodeIndex node, Relation relation, Direction direction) const {
  std::uint32_t count = 0;
  NodeIndex last{UINT32_MAX};
  walk(std::span(&node, 1), relation, direction, [&](std::size_t, const Adjacent& adjacent) {
    if (adjacent.node != last) ++count;
    last = adjacent.node;
  });
  return count;
}

Result<std::vector<EdgeStatementView>> View::read_edges(std::span<const Edge> edges) const {
  const Catalogue& catalogue = *snapshot_->catalogue;
  std::vector<RecordNumber> records;
  for (const Edge& edge : edges) records.push_back(edge.record);
  std::sort(records.begin(), records.end());
  records.erase(std::unique(records.begin(), records.end()), records.end());

  std::vector<std::string> keys;
  for (const RecordNumber record : records) {
    const RecordPlace place = catalogue.records[record.value];
    keys.push_back(keys::record(place.subject, place.source));
  }
  const auto values = TRY(snapshot_->store->multi_get(keys));
  std::vector<StoredRecord> decoded;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!values[i]) return missing_record(catalogue, catalogue.records[records[i].value].subject);
    decoded.push_back(TRY(decode_record(*values[i])));
  }

  std::vector<EdgeStatementView> result;
  result.reserve(edges.size());
  for (const Edge& edge : edges) {
    const auto at = std::lower_bound(records.begin(), records.end(), edge.record);
    const StoredRecord& record = decoded[static_cast<std::size_t>(at - records.begin())];
    EdgeStatementView stated;
    stated.source = source_of(edge.record);
    stated.origin = record.origin;
    for (const StoredEdge& candidate : record.edges) {
      if (std::tie(candidate.from, candidate.relation, candidate.to, candidate.qualifier) !=
          std::tie(edge.from, edge.relation, edge.to, edge.qualifier)) {
        continue;
      }
      for (const StoredProperty& property : candidate.properties) {
        stated.properties.push_back({std::string(text(property.name)), property.value});
      }
    }
    result.push_back(std::move(stated));
  }
  return result;
}

std::string_view View::source_of(RecordNumber record) const {
  const Catalogue& catalogue = *snapshot_->catalogue;
  return catalogue.source_id(catalogue.records[record.value].source);
}

const Counts& View::counts() const {
  std::call_once(snapshot_->counted, [&] {
    Counts& counts = snapshot_->counts;
    std::map<Kind, std::uint64_t> by_kind;
    for (std::uint32_t i = 0; i < node_limit(); ++i) {
      const NodeIndex node{i};
      if (!exists(node)) continue;
      ++by_kind[topology_->kind(node)];
      ++counts.schemes[scheme_of(id(node))];
    }
    for (const auto& [kind, count] : by_kind) counts.nodes[std::string(text(kind))] = count;
    for (const Relation relation : topology_->relations()) {
      const std::uint64_t count = count_edges(*topology_, relation);
      if (count > 0) counts.edges[std::string(text(relation))] = count;
    }
  });
  return snapshot_->counts;
}

Result<std::vector<View::Hit>> View::search(std::string_view words) const {
  const auto index = TRY(snapshot_->text->index_of(*this));
  std::vector<Hit> hits;
  for (const TextIndex::Hit& hit : index->search(index->expand(query_words(words)))) {
    hits.push_back({hit.node, hit.score});
  }
  return hits;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> View::marks(std::string_view words,
                                                                 std::string_view text) const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> marks;
  const auto index = snapshot_->text->index_of(*this);
  if (!index.ok()) return marks;
  std::vector<std::string> terms;
  for (const auto& expansions : index.value()->expand(query_words(words))) {
    for (const Expansion& expansion : expansions) terms.push_back(expansion.term);
  }
  std::sort(terms.begin(), terms.end());
  for (const Word& word : words_of(text)) {
    if (std::binary_search(terms.begin(), terms.end(), word.folded)) {
      marks.emplace_back(word.begin, word.end);
    }
  }
  return marks;
}

}  // namespace mangrove::graph
