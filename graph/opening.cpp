#include "graph/opening.h"

#include <algorithm>
#include <unordered_map>

#include "graph/base/log.h"
#include "graph/commit.h"
#include "graph/past.h"
#include "graph/storage/keys.h"
#include "graph/storage/records.h"
#include "graph/topology/image.h"

namespace mangrove::graph {
namespace {

/// Rebuilding the topology gathers that many edges before it makes pages of them.
constexpr std::size_t kEdgesAtOnce = 1'000'000;

Error damaged(std::string_view what) {
  return {ErrorCode::corrupt, "the store holds a damaged " + std::string(what)};
}

Result<Version> read_version(const storage::Snapshot& store, std::string_view key) {
  const auto bytes = TRY(store.get(key));
  if (!bytes) return Version{0};
  const auto number = keys::read_u64(*bytes, 0);
  if (!number) return damaged("version");
  return *number;
}

/// Reads the rest of a numbered table of texts into the numbering; numbers come without gaps.
Status load_numbering(const storage::Snapshot& store, std::string_view prefix,
                      const std::string& from,
                      std::optional<std::uint32_t> (*number_of)(std::string_view, std::size_t),
                      Numbering& numbering) {
  bool whole = true;
  TRY(store.scan(prefix, from, [&](std::string_view key, std::string_view value) {
    const auto number = number_of(key, 1);
    whole = number && *number == numbering.size() && numbering.add(value) == *number;
    return whole;
  }));
  if (!whole) return damaged("table of names");
  return {};
}

Status load_policies(const storage::Snapshot& store, Policies& policies) {
  bool whole = true;
  TRY(store.scan(keys::kAudiences, keys::kAudiences,
                 [&](std::string_view key, std::string_view name) {
                   const auto number = keys::read_u16(key, 1);
                   const auto added = policies.add_audience(name);
                   whole = number && added && *added == *number;
                   return whole;
                 }));
  if (!whole) return damaged("table of audiences");
  TRY(store.scan(
      keys::kPolicies, keys::kPolicies, [&](std::string_view key, std::string_view bytes) {
        std::vector<AudienceSet> sets;
        for (std::size_t at = 0; at < bytes.size(); at += 8) {
          sets.push_back(keys::read_u64(bytes, at).value_or(0));
        }
        const auto number = keys::read_u16(key, 1);
        whole =
            number && (*number < policies.size()
                           ? policies.sets(Policy{static_cast<std::uint16_t>(*number)}) == sets
                           : policies.restore(Policy{static_cast<std::uint16_t>(*number)}, sets));
        return whole;
      }));
  if (!whole) return damaged("table of policies");
  return {};
}

/// Builds the topology from all records.
class Rebuild {
 public:
  Rebuild(const storage::Snapshot& store, Catalogue& catalogue)
      : store_(store), catalogue_(catalogue) {}

  Result<Topology> topology() {
    if (catalogue_.policies.size() > 1) TRY(find_guards());
    TRY(for_each_record([&](NodeIndex subject, SourceIndex source, const StoredRecord& record) {
      const RecordNumber number = catalogue_.records.number_of({subject, source});
      const auto guard = guards_.find(subject.value);
      const Policy policy = guard == guards_.end()
                                ? record.policy
                                : catalogue_.policies.both(record.policy, guard->second);
      tally_.count({subject, source, number}, record, policy, true);
      if (tally_.topology.edges.size() >= kEdgesAtOnce) take_in();
    }));
    take_in();
    return std::move(topology_);
  }

 private:
  template <typename Visit>
  Status for_each_record(Visit&& visit) const {
    Status status;
    TRY(store_.scan(keys::kRecords, keys::kRecords,
                    [&](std::string_view key, std::string_view value) {
                      status = visit_record(key, value, visit);
                      return status.ok();
                    }));
    return status;
  }

  template <typename Visit>
  Status visit_record(std::string_view key, std::string_view value, Visit&& visit) const {
    const auto subject = keys::read_u32(key, 1);
    const auto source = keys::read_u32(key, 5);
    if (!subject || !source || *source >= catalogue_.sources.size()) return damaged("record key");
    const StoredRecord record = TRY(decode_record(value));
    const std::uint32_t nodes = catalogue_.nodes.size();
    bool known = *subject < nodes;
    for (const StoredMention& mention : record.mentions) known &= mention.node.value < nodes;
    for (const StoredEdge& edge : record.edges) {
      known &= edge.from.value < nodes && edge.to.value < nodes;
    }
    if (!known) return damaged("record");
    visit(NodeIndex{*subject}, SourceIndex{*source}, record);
    return {};
  }

  Status find_guards() {
    return for_each_record([&](NodeIndex subject, SourceIndex, const StoredRecord& record) {
      for_each_guard(subject, record, [&](NodeIndex node, Policy guard) {
        Policy& all = guards_[node.value];
        all = catalogue_.policies.both(all, guard);
      });
    });
  }

  void take_in() {
    topology_ = topology_.with(tally_.topology);
    tally_.topology = {};
  }

  const storage::Snapshot& store_;
  Catalogue& catalogue_;
  std::unordered_map<std::uint32_t, Policy> guards_;
  Tally tally_{catalogue_.policies, Tally::Mentions::left_out};
  Topology topology_;
};

/// The image, if it is one of this store that the change log can bring up to date.
Result<std::optional<LoadedImage>> usable_image(const std::filesystem::path& file,
                                                const storage::Snapshot& store, Version version,
                                                Version floor) {
  auto image = read_image(file);
  if (!image.ok()) {
    if (image.error().code != ErrorCode::not_found) {
      log::warning("the image of the topology is not used: " + image.error().message);
    }
    return std::optional<LoadedImage>();
  }
  LoadedImage& loaded = image.value();
  if (loaded.version > version || loaded.version < floor ||
      loaded.fingerprint != TRY(fingerprint_of(store, loaded.version))) {
    log::info("the image of the topology is not of this graph's past: reading all records");
    return std::optional<LoadedImage>();
  }
  return std::optional<LoadedImage>(std::move(loaded));
}

Status bring_up_to_date(const storage::Snapshot& store, Version from, Catalogue& catalogue,
                        Topology& topology) {
  const SearchedProperties none;
  CommitBuilder builder(catalogue, topology, store, none, CommitBuilder::Purpose::topology);
  for (ChangedSince& changed : TRY(changed_since(store, from))) {
    TRY(builder.set(changed.subject, changed.source, std::move(changed.then),
                    std::move(changed.now)));
  }
  topology = topology.with(TRY(builder.finish()).topology);
  return {};
}

Result<std::shared_ptr<QuietCommits>> load_quiet(const storage::Snapshot& store) {
  auto quiet = std::make_shared<QuietCommits>();
  Status status;
  TRY(store.scan(keys::kQuiet, keys::kQuiet, [&](std::string_view key, std::string_view value) {
    const auto version = keys::read_u64(key, 1);
    auto notices = decode_notices(value);
    if (!version || !notices.ok()) {
      status = damaged("list of quiet commits");
      return false;
    }
    quiet->add({*version, std::move(notices).value()});
    return true;
  }));
  TRY(status);
  return quiet;
}

}  // namespace

Status load_catalogue(const storage::Snapshot& store, Catalogue& catalogue) {
  TRY(load_numbering(store, keys::kNames,
                     keys::name(Name{static_cast<std::uint16_t>(catalogue.names.size())}),
                     keys::read_u16, catalogue.names));
  TRY(load_numbering(store, keys::kNodes, keys::node(NodeIndex{catalogue.nodes.size()}),
                     keys::read_u32, catalogue.nodes));
  TRY(load_numbering(store, keys::kSources, keys::source(SourceIndex{catalogue.sources.size()}),
                     keys::read_u32, catalogue.sources));
  return load_policies(store, catalogue.policies);
}

void put_policies(const Policies& policies, std::uint32_t from, std::uint32_t to,
                  storage::WriteBatch& writes) {
  for (std::uint32_t i = std::max(from, 1u); i < to; ++i) {  // kPublic is never stored.
    const Policy policy{static_cast<std::uint16_t>(i)};
    std::string sets;
    for (const AudienceSet set : policies.sets(policy)) sets += keys::u64(set);
    writes.put(keys::policy(policy), std::move(sets));
  }
}

Status store_policies(storage::Storage& store, const Policies& policies, std::uint32_t from) {
  storage::WriteBatch writes;
  put_policies(policies, from, policies.size(), writes);
  return writes.writes.empty() ? Status() : store.commit(writes);
}

Result<std::uint64_t> fingerprint_of(const storage::Snapshot& store, Version version) {
  if (version == 0) return std::uint64_t{0};
  const auto change = TRY(store.get(keys::change(version)));
  return change ? hash_of_content(*change) : std::uint64_t{0};
}

Result<Opened> open_state(storage::Storage& store,
                          const std::optional<std::filesystem::path>& image,
                          const SearchedProperties& searched) {
  Opened opened;
  auto snapshot = std::make_shared<Snapshot>();
  const auto before = store.snapshot();
  const storage::Snapshot& stored = *before;
  snapshot->version = TRY(read_version(stored, keys::kVersion));
  snapshot->floor = TRY(read_version(stored, keys::kFloor));

  std::optional<LoadedImage> loaded;
  if (image) loaded = TRY(usable_image(*image, stored, snapshot->version, snapshot->floor));
  if (loaded) {
    snapshot->catalogue = std::move(loaded->catalogue);
    snapshot->topology = std::move(loaded->topology);
    opened.image_version = loaded->version;
  } else {
    snapshot->catalogue = std::make_shared<Catalogue>();
  }
  TRY(load_catalogue(stored, *snapshot->catalogue));
  const std::uint32_t policies_stored = snapshot->catalogue->policies.size();
  if (!loaded) {
    snapshot->topology = TRY(Rebuild(stored, *snapshot->catalogue).topology());
  } else if (loaded->version != snapshot->version) {
    TRY(bring_up_to_date(stored, loaded->version, *snapshot->catalogue, snapshot->topology));
  }
  TRY(store_policies(store, snapshot->catalogue->policies, policies_stored));
  snapshot->sizes = snapshot->catalogue->sizes();
  snapshot->plain_edges = std::make_shared<const PlainEdges>(snapshot->sizes.records);
  snapshot->text = TRY(TextIndex::open(stored, settings_of(searched)));
  opened.quiet = TRY(load_quiet(stored));
  snapshot->quiet = opened.quiet;
  snapshot->quiet_count = opened.quiet->size();
  snapshot->store = store.snapshot();
  opened.snapshot = std::move(snapshot);
  return opened;
}

}  // namespace mangrove::graph
