#include "graph/view.h"

#include <algorithm>
#include <tuple>

#include "graph/change_log.h"
#include "graph/node_builder.h"
#include "graph/snapshot.h"
#include "graph/stated_record.h"
#include "graph/storage/keys.h"
#include "graph/storage/records.h"

namespace mangrove::graph {
namespace {

Error missing_record(const Catalogue& catalogue, NodeIndex subject) {
  return {ErrorCode::corrupt, "the record of " + std::string(catalogue.node_id(subject)) +
                                  " is missing from the store; rebuild the graph from a backup"};
}

}  // namespace

View::View(std::shared_ptr<const Snapshot> snapshot, const Viewer& viewer)
    : snapshot_(std::move(snapshot)),
      outlook_(snapshot_->outlook_of(viewer)),
      topology_(&snapshot_->topology),
      sight_(&outlook_->sight) {}

Version View::version() const {
  return outlook_->version;
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
Kind View::kind_among_special(NodeIndex node) const {
  return kind_seen(*topology_, *snapshot_->catalogue, *sight_, node);
}
bool View::exists(NodeIndex node) const {
  return topology_->exists(node, *sight_);
}
std::uint32_t View::node_limit() const {
  return topology_->node_limit();
}

std::vector<NodeIndex> View::nodes_of_kind(Kind kind) const {
  std::vector<NodeIndex> nodes;
  for (std::uint32_t i = 0; i < node_limit(); ++i) {
    const NodeIndex node{i};
    if (exists(node) && this->kind(node) == kind) nodes.push_back(node);
  }
  return nodes;
}

Result<std::vector<Node>> View::read(std::span<const NodeIndex> nodes) const {
  const Catalogue& catalogue = *snapshot_->catalogue;
  std::vector<std::string> keys;
  std::vector<std::pair<std::size_t, RecordNumber>> places;  // Of records; mentions come last.
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!exists(nodes[i])) continue;
    topology_->records_about(nodes[i], [&](RecordNumber number, Policy policy) {
      if (!sight_->sees(policy)) return;
      const SourceIndex source = catalogue.records[number].source;
      keys.push_back(keys::record(nodes[i], source));
      places.emplace_back(i, number);
    });
  }
  for (const NodeIndex node : nodes) keys.push_back(keys::mention(node));

  const auto values = TRY(snapshot_->store->multi_get(keys));
  std::vector<NodeBuilder> builders(nodes.size(), NodeBuilder(catalogue, *sight_));
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto [at, number] = places[i];
    if (!values[i]) return missing_record(catalogue, nodes[at]);
    const RelationSet stating_more =
        TRY(builders[at].add_record(*values[i], catalogue.records[number].source));
    snapshot_->plain_edges->note(number, stating_more);
  }
  std::vector<Node> result;
  result.reserve(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& mentions = values[places.size() + i];
    if (mentions && exists(nodes[i])) TRY(builders[i].add_mentions(*mentions));
    result.push_back(TRY(builders[i].finish(nodes[i], kind(nodes[i]))));
  }
  return result;
}

Result<std::vector<std::shared_ptr<const Node>>> View::recall(
    std::span<const NodeIndex> nodes) const {
  std::vector<std::shared_ptr<const Node>> recalled(nodes.size());
  std::vector<NodeIndex> missing;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    recalled[i] = outlook_->recent_nodes.find(nodes[i]);
    if (recalled[i] != nullptr) continue;
    missing.push_back(nodes[i]);
    places.push_back(i);
  }
  if (missing.empty()) return recalled;
  auto read = TRY(this->read(missing));
  for (std::size_t i = 0; i < read.size(); ++i) {
    recalled[places[i]] = std::make_shared<const Node>(std::move(read[i]));
    outlook_->recent_nodes.keep(recalled[places[i]]);
  }
  return recalled;
}

const DerivedShelf& View::derived() const {
  return outlook_->derived;
}

Result<std::vector<std::vector<Record>>> View::records_about(
    std::span<const NodeIndex> nodes) const {
  const Catalogue& catalogue = *snapshot_->catalogue;
  std::vector<std::string> keys;
  std::vector<std::pair<std::size_t, RecordPlace>> places;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!exists(nodes[i])) continue;
    topology_->records_about(nodes[i], [&](RecordNumber number, Policy policy) {
      if (!sight_->sees(policy)) return;
      places.emplace_back(i, catalogue.records[number]);
      keys.push_back(keys::record(nodes[i], places.back().second.source));
    });
  }
  const auto values = TRY(snapshot_->store->multi_get(keys));
  const RecordTeller teller(catalogue, *sight_, [this](NodeIndex node) { return exists(node); });
  std::vector<std::vector<Record>> result(nodes.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& [at, place] = places[i];
    if (!values[i]) return missing_record(catalogue, nodes[at]);
    const StoredRecord stored = TRY(decode_record(*values[i]));
    if (sight_->sees(stored.policy)) result[at].push_back(teller.tell(stored, place));
  }
  for (std::vector<Record>& records : result) {
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) {
      return std::tie(a.source, a.part) < std::tie(b.source, b.part);
    });
  }
  return result;
}

std::span<const Relation> View::relations() const {
  return outlook_->relations;
}

const NeighbourLists* View::neighbour_lists(Relation relation, Direction direction,
                                            const QualifierChoice& choice) const {
  return outlook_->neighbour_lists.find(relation, direction, choice);
}

void View::note_walked(Relation relation, Direction direction, const QualifierChoice& choice,
                       std::uint64_t edges) const {
  outlook_->neighbour_lists.note_walked(*topology_, *sight_, relation, direction, choice, edges);
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
  const auto is_plain = [&](const Edge& edge) {
    return snapshot_->plain_edges->are_plain(edge.record, edge.relation);
  };
  std::vector<RecordNumber> records;
  for (const Edge& edge : edges) {
    if (!is_plain(edge)) records.push_back(edge.record);
  }
  std::sort(records.begin(), records.end());
  records.erase(std::unique(records.begin(), records.end()), records.end());

  std::vector<std::string> keys;
  for (const RecordNumber record : records) {
    const RecordPlace place = catalogue.records[record];
    keys.push_back(keys::record(place.subject, place.source));
  }
  const auto values = TRY(snapshot_->store->multi_get(keys));
  std::vector<StoredRecord> decoded;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!values[i]) return missing_record(catalogue, catalogue.records[records[i]].subject);
    decoded.push_back(TRY(decode_record(*values[i])));
  }

  std::vector<EdgeStatementView> result(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto at = std::lower_bound(records.begin(), records.end(), edges[i].record);
    if (at == records.end() || *at != edges[i].record) {
      if (has_seen_ends(edges[i])) result[i].source = source_of(edges[i].record);
      continue;
    }
    const StoredRecord& record = decoded[static_cast<std::size_t>(at - records.begin())];
    if (has_seen_ends(edges[i]) && sight_->sees(record.policy)) {
      result[i] = stated_on(edges[i], record);
    }
  }
  return result;
}

bool View::has_seen_ends(const Edge& edge) const {
  return exists(edge.from) && exists(edge.to) &&
         exists(snapshot_->catalogue->records[edge.record].subject);
}

EdgeStatementView View::stated_on(const Edge& edge, const StoredRecord& record) const {
  EdgeStatementView stated;
  int times = 0;
  const auto key = [](const auto& of) {
    return std::tie(of.from, of.relation, of.to, of.qualifier);
  };
  // Sorted by this key first (settle_edges in commit.cpp).
  const auto first =
      std::partition_point(record.edges.begin(), record.edges.end(),
                           [&](const StoredEdge& candidate) { return key(candidate) < key(edge); });
  for (auto at = first; at != record.edges.end() && key(*at) == key(edge); ++at) {
    const StoredEdge& candidate = *at;
    if (!sight_->sees(candidate.policy)) continue;
    ++times;
    stated.source = source_of(edge.record);
    for (const StoredProperty& property : candidate.properties) {
      if (!sight_->sees(property.policy)) continue;
      stated.properties.push_back({std::string(text(property.name)), property.value});
    }
  }
  // Statements of one edge to different audiences stand in an order that hidden ones decide.
  if (times > 1) {
    std::sort(stated.properties.begin(), stated.properties.end(),
              [](const Property& a, const Property& b) {
                return std::pair(std::string_view(a.name), encode_value(a.value)) <
                       std::pair(std::string_view(b.name), encode_value(b.value));
              });
  }
  return stated;
}

NodeIndex View::subject_of(RecordNumber record) const {
  return snapshot_->catalogue->records[record].subject;
}

std::string_view View::source_of(RecordNumber record) const {
  const Catalogue& catalogue = *snapshot_->catalogue;
  return catalogue.source_id(catalogue.records[record].source);
}

bool View::stands_before(RecordNumber a, RecordNumber b) const {
  const Catalogue& catalogue = *snapshot_->catalogue;
  const RecordPlace first = catalogue.records[a];
  const RecordPlace second = catalogue.records[b];
  if (first.source != second.source) {
    return catalogue.sources.text(first.source.value) < catalogue.sources.text(second.source.value);
  }
  return first.subject != second.subject && id(first.subject) < id(second.subject);
}

const Counts& View::counts() const {
  std::call_once(outlook_->counted,
                 [&] { outlook_->counts = count_all(*topology_, *snapshot_->catalogue, *sight_); });
  return outlook_->counts;
}

Result<std::vector<Change>> View::changes_after(Version version, std::size_t limit) const {
  const Catalogue& catalogue = *snapshot_->catalogue;
  const auto is_seen = [&](const StoredRecordChange& record) {
    return notices_any(*sight_, record.notices);
  };
  // Who may not see a node today is not told its name for what happened earlier.
  const auto may_name = [&](NodeIndex node) {
    const auto special = topology_->nodes().special(node);
    return std::all_of(special.begin(), special.end(), [&](const NodeTable::Special& statement) {
      return !statement.is_guard || sight_->sees(statement.policy);
    });
  };
  std::vector<Change> changes;
  Status status;
  Version seen = version;
  const auto given_up = [&] {
    return Error{ErrorCode::not_found,
                 "the change log after version " + std::to_string(version) + " was given up"};
  };
  const Version from = stored_version(*snapshot_, version, *sight_) + 1;
  Version next = from;
  TRY(snapshot_->store->scan(
      keys::kChanges, keys::change(from), [&](std::string_view key, std::string_view value) {
        if (changes.size() == limit) return false;
        auto stored = decode_change(value);
        if (!stored.ok()) {
          status = stored.error();
          return false;
        }
        const auto number = keys::read_u64(key, 1);
        if (!number || *number > snapshot_->version) return false;
        if (*number != next++) {
          status = given_up();
          return false;
        }
        Change change{0, std::move(stored.value().time), {}};
        for (const StoredRecordChange& record : stored.value().records) {
          if (!is_seen(record) || !may_name(record.subject)) continue;
          change.records.push_back({std::string(catalogue.node_id(record.subject)),
                                    std::string(catalogue.source_id(record.source)),
                                    std::string(catalogue.source_part(record.source)),
                                    record.outcome});
        }
        const bool counts = notices_any(*sight_, notices_of(stored.value()));
        if (!counts) return true;
        change.version = ++seen;
        std::sort(change.records.begin(), change.records.end(),
                  [](const RecordChange& a, const RecordChange& b) {
                    return std::tie(a.subject, a.source, a.part) <
                           std::tie(b.subject, b.source, b.part);
                  });
        changes.push_back(std::move(change));
        return true;
      }));
  TRY(status);
  return changes;
}

void View::visit_records(
    const std::function<void(NodeIndex, std::string_view, std::string_view)>& visit) const {
  const Catalogue& catalogue = *snapshot_->catalogue;
  for (std::uint32_t i = 0; i < node_limit(); ++i) {
    const NodeIndex node{i};
    if (!exists(node)) continue;
    topology_->records_about(node, [&](RecordNumber number, Policy policy) {
      if (!sight_->sees(policy)) return;
      const SourceIndex of = catalogue.records[number].source;
      visit(node, catalogue.source_id(of), catalogue.source_part(of));
    });
  }
}

std::vector<View::RecordName> View::records_of(std::string_view source) const {
  std::vector<RecordName> records;
  visit_records([&](NodeIndex node, std::string_view of, std::string_view part) {
    if (of == source) records.push_back({std::string(id(node)), std::string(part)});
  });
  std::sort(records.begin(), records.end(), [](const RecordName& a, const RecordName& b) {
    return std::tie(a.subject, a.part) < std::tie(b.subject, b.part);
  });
  return records;
}

Status View::search(const TextQuestion& question,
                    const std::function<void(std::span<const Hit>)>& visit) const {
  return snapshot_->text->search(question, *snapshot_->store, *sight_, visit);
}

Result<std::vector<View::Hit>> View::best(const TextQuestion& question, std::size_t limit,
                                          const std::function<bool(NodeIndex)>& admits) const {
  const auto any = [](NodeIndex) { return true; };
  return snapshot_->text->best(question, *snapshot_->store, *sight_, limit,
                               admits ? admits : std::function<bool(NodeIndex)>(any),
                               [&](NodeIndex a, NodeIndex b) { return id(a) < id(b); });
}

Result<WordMatcher> View::matcher(const TextQuestion& question) const {
  return snapshot_->text->matcher(question, *snapshot_->store, *sight_);
}

}  // namespace mangrove::graph
