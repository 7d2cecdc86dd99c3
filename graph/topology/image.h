#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "graph/base/result.h"
#include "graph/catalogue.h"
#include "graph/ids.h"
#include "graph/topology/topology.h"

namespace mangrove::graph {

// The image: catalogue and topology of one version as one file, which opens without being taken
// apart. All that is in it is in the store too: an image may be deleted, and one that cannot be
// read is made again.

/// What goes into an image.
struct ImageContent {
  Version version;
  std::uint64_t fingerprint;   ///< Whatever the caller wants to find again.
  const Catalogue& catalogue;  ///< May be growing.
  CatalogueSizes sizes;        ///< So much of it belongs to the version.
  const Topology& topology;
};

/// What came out of one.
struct LoadedImage {
  Version version;
  std::uint64_t fingerprint;
  std::shared_ptr<Catalogue> catalogue;
  Topology topology;
};

/// Writes the image in place of the one that may be there: one or the other is there at any moment,
/// whole. `io` where the disk refuses. May run beside commits.
Status write_image(const std::filesystem::path& file, const ImageContent& content);

/// Reads an image. `not_found` where there is none, `corrupt` where a single bit is not as it was
/// written, `unsupported` for one of another format, `io` where the disk refuses.
Result<LoadedImage> read_image(const std::filesystem::path& file);

}  // namespace mangrove::graph
