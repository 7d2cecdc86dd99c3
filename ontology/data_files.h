#pragma once

#include <span>
#include <string_view>

namespace mangrove::ontology {

/// One data file of the ontology, as it lies in the binary.
struct DataFile {
  std::string_view name;  ///< `vocabularies/sdg.ttl`
  std::string_view bytes;
};

/// All of them, in the order in which CMakeLists.txt names them. Defined by the build.
std::span<const DataFile> data_files();

}  // namespace mangrove::ontology
