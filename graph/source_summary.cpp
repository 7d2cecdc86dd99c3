#include "graph/source_summary.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <utility>

#include "graph/change_log.h"
#include "graph/storage/keys.h"
#include "graph/storage/records.h"

namespace mangrove::graph {
namespace {

constexpr std::size_t kChangesKept = 10;
constexpr std::uint32_t kNobody = UINT32_MAX;
constexpr std::uint32_t kSeveral = UINT32_MAX - 1;

/// The place of a source among the summaries: all parts of one data set are one source.
using Place = std::uint32_t;

class Summary {
 public:
  Summary(const Snapshot& snapshot, Version floor)
      : snapshot_(snapshot), catalogue_(*snapshot.catalogue), floor_(floor) {}

  Result<std::vector<SourceSummary>> make() {
    find_sources();
    TRY(read_records());
    count_nodes();
    for (const Relation relation : snapshot_.topology.relations()) count_edges(relation);
    TRY(read_log());
    std::erase_if(sources_, [](const SourceSummary& source) { return source.records == 0; });
    return std::move(sources_);
  }

 private:
  void find_sources() {
    std::map<std::string_view, std::vector<std::uint32_t>> by_id;
    for (std::uint32_t i = 0; i < snapshot_.sizes.sources; ++i) {
      by_id[catalogue_.source_id(SourceIndex{i})].push_back(i);
    }
    places_.resize(snapshot_.sizes.sources);
    for (const auto& [id, indexes] : by_id) {
      SourceSummary& source = sources_.emplace_back();
      source.id = id;
      for (const std::uint32_t index : indexes) {
        places_[index] = static_cast<Place>(sources_.size() - 1);
        const std::string_view part = catalogue_.source_part(SourceIndex{index});
        if (!part.empty()) source.parts.emplace_back(part);
      }
      std::sort(source.parts.begin(), source.parts.end());
    }
  }

  Status read_records() {
    Status status;
    TRY(snapshot_.store->scan(
        keys::kRecords, keys::kRecords, [&](std::string_view key, std::string_view value) {
          const auto subject = keys::read_u32(key, 1);
          const auto source = keys::read_u32(key, 5);
          const auto record = decode_record(value);
          if (!subject || !source || *source >= places_.size() || !record.ok()) {
            status =
                Error{ErrorCode::corrupt, "a record is damaged: see what `mangrove verify` says"};
            return false;
          }
          count_record(NodeIndex{*subject}, places_[*source], record.value());
          return true;
        }));
    return status;
  }

  void count_record(NodeIndex subject, Place place, const StoredRecord& record) {
    SourceSummary& source = sources_[place];
    ++source.records;
    ++source.kinds[std::string(catalogue_.name(record.kind))];
    stated_.push_back(std::uint64_t{subject.value} << 32 | place);
    for (const StoredMention& mention : record.mentions) {
      stated_.push_back(std::uint64_t{mention.node.value} << 32 | place);
    }
  }

  /// From who states which node, to who alone does.
  void count_nodes() {
    std::sort(stated_.begin(), stated_.end());
    stated_.erase(std::unique(stated_.begin(), stated_.end()), stated_.end());
    only_.assign(snapshot_.sizes.nodes, kNobody);
    for (const std::uint64_t statement : stated_) {
      const auto place = static_cast<Place>(statement & UINT32_MAX);
      std::uint32_t& only = only_[statement >> 32];
      only = only == kNobody ? place : kSeveral;
      ++sources_[place].nodes;
    }
    stated_ = {};
    for (const std::uint32_t only : only_) {
      if (only < kSeveral) ++sources_[only].nodes_alone;
    }
  }

  bool exists(NodeIndex node) const {
    return node.value < only_.size() && only_[node.value] != kNobody;
  }

  void count_edges(Relation relation) {
    const Adjacency* const rows = snapshot_.topology.adjacency(relation, Direction::out);
    if (rows == nullptr) return;
    std::vector<Place> stated_by;
    for (std::uint32_t i = 0; i < snapshot_.topology.node_limit(); ++i) {
      const NodeIndex from{i};
      if (!exists(from)) continue;
      Adjacent edge{};
      rows->visit(from, [&](const Adjacent& entry) {
        if (!exists(entry.node)) return;
        const bool same = entry.node == edge.node && entry.qualifier == edge.qualifier;
        if (!same) count_edge(from, edge.node, stated_by);
        edge = entry;
        stated_by.push_back(places_[catalogue_.records[entry.record].source.value]);
      });
      count_edge(from, edge.node, stated_by);
    }
  }

  void count_edge(NodeIndex from, NodeIndex to, std::vector<Place>& stated_by) {
    if (stated_by.empty()) return;
    std::sort(stated_by.begin(), stated_by.end());
    stated_by.erase(std::unique(stated_by.begin(), stated_by.end()), stated_by.end());
    // It goes with whoever alone states it, or one of its ends.
    const std::uint32_t alone = stated_by.size() == 1 ? stated_by.front() : kSeveral;
    std::array<std::uint32_t, 3> needed{alone, only_[from.value], only_[to.value]};
    std::sort(needed.begin(), needed.end());
    const auto end = std::unique(needed.begin(), needed.end());
    for (auto at = needed.begin(); at != end; ++at) {
      if (*at < kSeveral) ++sources_[*at].edges_going;
    }
    for (const Place place : stated_by) {
      ++sources_[place].edges;
      if (std::find(needed.begin(), end, place) == end) ++sources_[place].edges_staying;
    }
    stated_by.clear();
  }

  Status read_log() {
    Status status;
    TRY(snapshot_.store->scan(keys::kChanges, keys::change(floor_ + 1),
                              [&](std::string_view key, std::string_view value) {
                                const auto version = keys::read_u64(key, 1);
                                const auto change = decode_change(value);
                                if (!version || !change.ok()) {
                                  status = Error{
                                      ErrorCode::corrupt,
                                      "the change log is damaged: see what `mangrove verify` says"};
                                  return false;
                                }
                                if (*version <= snapshot_.version)
                                  note_changes(*version, change.value());
                                return true;
                              }));
    return status;
  }

  void note_changes(Version version, const StoredChange& change) {
    for (const StoredRecordChange& record : change.records) {
      if (record.source.value >= places_.size()) continue;
      auto& changes = sources_[places_[record.source.value]].changes;
      if (changes.empty() || changes.back().version != version) {
        if (changes.size() == kChangesKept) changes.erase(changes.begin());
        changes.push_back({version, change.time, 0, 0, 0});
      }
      SourceSummary::Change& last = changes.back();
      if (record.outcome == Outcome::added) ++last.added;
      if (record.outcome == Outcome::replaced) ++last.replaced;
      if (record.outcome == Outcome::removed) ++last.removed;
    }
  }

  const Snapshot& snapshot_;
  const Catalogue& catalogue_;
  Version floor_;
  std::vector<SourceSummary> sources_;
  std::vector<Place> places_;          // By source index.
  std::vector<std::uint64_t> stated_;  // Node and place.
  std::vector<std::uint32_t> only_;    // By node: a place, kNobody or kSeveral.
};

/// How many letters must be added, taken out or changed.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string_view without_scheme(std::string_view id) {
  const std::size_t colon = id.find(':');
  return colon == std::string_view::npos ? id : id.substr(colon + 1);
}

std::string nearest_names(const std::vector<SourceSummary>& sources, std::string_view name) {
  constexpr std::size_t kNamed = 3;
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const SourceSummary& source : sources) {
    const std::size_t far = std::min(distance(source.id, name),
                                     distance(without_scheme(source.id), without_scheme(name)));
    near.emplace_back(far, source.id);
  }
  std::sort(near.begin(), near.end());
  std::string text;
  for (std::size_t i = 0; i < std::min(kNamed, near.size()); ++i) {
    text += (i == 0 ? "" : ", ") + std::string(near[i].second);
  }
  return text;
}

}  // namespace

Result<std::vector<SourceSummary>> summarise_sources(const Snapshot& snapshot, Version floor) {
  return Summary(snapshot, floor).make();
}

Result<SourceSummary> find_source(const std::vector<SourceSummary>& sources,
                                  std::string_view name) {
  const auto is_it = [&](const SourceSummary& source) { return source.id == name; };
  const auto is_named_so = [&](const SourceSummary& source) {
    return without_scheme(source.id) == name;
  };
  auto found = std::find_if(sources.begin(), sources.end(), is_it);
  if (found == sources.end()) found = std::find_if(sources.begin(), sources.end(), is_named_so);
  if (found != sources.end()) return *found;
  const std::string near = nearest_names(sources, name);
  return Error{ErrorCode::not_found,
               "there is no source '" + std::string(name) + "'" +
                   (near.empty() ? ": the graph has none" : "; the nearest names are: " + near)};
}

}  // namespace mangrove::graph
