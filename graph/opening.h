#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "graph/base/result.h"
#include "graph/snapshot.h"
#include "graph/storage/storage.h"
#include "graph/texts.h"

namespace mangrove::graph {

/// What opening a store gives: the latest version, and where its topology came from.
struct Opened {
  std::shared_ptr<Snapshot> snapshot;
  std::shared_ptr<QuietCommits> quiet;
  Version image_version = 0;  ///< Of the image that was good enough to read; 0: there was none.
};

/// Reads the state of a store whose format is the present one. The topology comes from the image
/// where that is of this store and whole, brought up to date by the change log; or else from all
/// records. `corrupt` where the store is damaged.
Result<Opened> open_state(storage::Storage& store,
                          const std::optional<std::filesystem::path>& image,
                          const SearchedProperties& searched);

/// Reads what the store numbered after the catalogue at hand was written.
Status load_catalogue(const storage::Snapshot& store, Catalogue& catalogue);

/// Puts the policies of these numbers into the writes, `to` left out.
void put_policies(const Policies& policies, std::uint32_t from, std::uint32_t to,
                  storage::WriteBatch& writes);

/// Stores the policies from this number on: those that reading the store made, and no commit.
/// Nothing that refers to them may be stored, or written to an image, before.
Status store_policies(storage::Storage& store, const Policies& policies, std::uint32_t from);

/// Tells one store's version from another store's version of the same number.
Result<std::uint64_t> fingerprint_of(const storage::Snapshot& store, Version version);

}  // namespace mangrove::graph
