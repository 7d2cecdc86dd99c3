#include "graph/upgrade.h"

#include "graph/base/log.h"
#include "graph/change_log.h"
#include "graph/opening.h"
#include "graph/storage/bytes.h"
#include "graph/storage/keys.h"
#include "graph/stored_texts.h"
#include "graph/text/rebuild.h"

namespace mangrove::graph {
namespace {

Error damaged(std::string_view what) {
  return {ErrorCode::corrupt, "the store holds a damaged " + std::string(what)};
}

/// An entry of the change log of format 1: time:text count:varint subject:varint*
Result<std::string> change_from_format_1(std::string_view bytes) {
  ByteReader in(bytes);
  StoredChange change;
  change.time = in.text();
  const std::uint64_t count = in.count();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    change.records.push_back(
        {NodeIndex{in.varint32()}, SourceIndex{0}, Outcome::replaced, {{kNobody, kPublic}}});
  }
  if (!in.ok() || in.left() != 0) return damaged("entry of the change log");
  return encode_change(change);
}

/// Format 2 has a change log that tells sources, and a text index. Nothing before the upgrade can
/// be read as it was, since format 1 kept no past.
Status upgrade_from_format_1(storage::Storage& store) {
  const auto snapshot = store.snapshot();
  storage::WriteBatch writes;
  Status status;
  TRY(snapshot->scan(keys::kChanges, keys::kChanges,
                     [&](std::string_view key, std::string_view value) {
                       auto change = change_from_format_1(value);
                       if (!change.ok()) {
                         status = change.error();
                         return false;
                       }
                       writes.put(std::string(key), std::move(change).value());
                       return true;
                     }));
  TRY(status);
  if (auto version = TRY(snapshot->get(keys::kVersion))) {
    writes.put(std::string(keys::kFloor), std::move(*version));
  }
  writes.put(std::string(keys::kFormat), keys::u32(2));
  return store.commit(writes);
}

/// Format 3 knows derived edges; what format 2 wrote, it reads as it is.
Status upgrade_from_format_2(storage::Storage& store) {
  storage::WriteBatch writes;
  writes.put(std::string(keys::kFormat), keys::u32(3));
  return store.commit(writes);
}

std::string encode_searched(const SearchedProperties& searched) {
  ByteWriter out;
  out.varint(searched.size());
  for (const TextProperty& property : searched) {
    out.text(property.name);
    out.number(property.weight);
  }
  return out.take();
}

Result<SearchedProperties> decode_searched(std::string_view bytes) {
  ByteReader in(bytes);
  SearchedProperties searched;
  const std::uint64_t count = in.count();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    std::string name(in.text());
    searched.push_back({std::move(name), in.number()});
  }
  if (!in.ok() || in.left() != 0) return damaged("list of searched properties");
  return searched;
}

}  // namespace

Result<std::uint32_t> stored_format(const storage::Snapshot& store) {
  const auto bytes = TRY(store.get(keys::kFormat));
  if (!bytes) {
    if (TRY(store.get(keys::kVersion))) return damaged("format version");
    return std::uint32_t{0};
  }
  const auto number = keys::read_u32(*bytes, 0);
  if (!number || *number == 0) return damaged("format version");
  return *number;
}

Result<SearchedProperties> stored_searched_properties(const storage::Snapshot& store) {
  const auto bytes = TRY(store.get(keys::kSearched));
  return bytes ? decode_searched(*bytes) : SearchedProperties();
}

Status bring_to_present_format(storage::Storage& store) {
  const std::uint32_t format = TRY(stored_format(*store.snapshot()));
  if (format == 0) {
    storage::WriteBatch first;
    first.put(std::string(keys::kFormat), keys::u32(keys::kFormatVersion));
    return store.commit(first);
  }
  if (format > keys::kFormatVersion) {
    return Error{ErrorCode::unsupported, "this graph has format " + std::to_string(format) +
                                             ", which is newer than this program knows (" +
                                             std::to_string(keys::kFormatVersion) +
                                             "): use a newer mangrove"};
  }
  if (format == keys::kFormatVersion) return {};
  log::info("upgrading the graph", {{"from_format", std::to_string(format)},
                                    {"to_format", std::to_string(keys::kFormatVersion)}});
  if (format == 1) TRY(upgrade_from_format_1(store));
  return upgrade_from_format_2(store);
}

Status remake_text_index(storage::Storage& store, const SearchedProperties& searched) {
  const auto snapshot = store.snapshot();
  Catalogue catalogue;
  TRY(load_catalogue(*snapshot, catalogue));
  std::uint32_t policies = catalogue.policies.size();
  const auto each_text = [&](const auto& visit) {
    return for_each_text(*snapshot, catalogue, searched,
                         [&](std::span<const NodeTexts> texts) -> Status {
                           // Of texts that nobody searched, no commit has stored the policies.
                           TRY(store_policies(store, catalogue.policies, policies));
                           policies = catalogue.policies.size();
                           return visit(texts);
                         });
  };
  TRY(rebuild_text_index(store, settings_of(searched), each_text));
  return {};
}

Result<SearchedProperties> bring_to_searched_properties(storage::Storage& store,
                                                        SearchedProperties searched) {
  const auto snapshot = store.snapshot();
  const SearchedProperties standing = TRY(stored_searched_properties(*snapshot));
  if (searched.empty()) searched = standing;

  if (!TRY(TextIndex::open(*snapshot, settings_of(searched)))->is_complete()) {
    if (TRY(snapshot->get(keys::kVersion))) log::info("making the text index anew");
    TRY(remake_text_index(store, searched));
  }
  if (encode_searched(searched) != encode_searched(standing)) {
    storage::WriteBatch writes;
    writes.put(std::string(keys::kSearched), encode_searched(searched));
    TRY(store.commit(writes));
  }
  return searched;
}

}  // namespace mangrove::graph
