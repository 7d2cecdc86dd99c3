#pragma once

#include <span>
#include <string_view>

namespace mangrove::ingest {

/// A file of `ingest/mappings/`, as it is built into the binary.
struct MappingFile {
  std::string_view name;  ///< `iom-activity.mapping.json`, `words.json`
  std::string_view bytes;
};

std::span<const MappingFile> mapping_files();

}  // namespace mangrove::ingest
