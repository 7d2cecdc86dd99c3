#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "ingest/byte_stream.h"

namespace mangrove::ingest {

/// One file to be read.
struct Input {
  std::filesystem::path path;  ///< `-` for standard input.
  std::string name;            ///< As shown in reports: below the folder that was asked for; UTF-8.
  std::uint64_t bytes = 0;     ///< On disk; 0 where unknown.
  std::string sheet{};         ///< Of a workbook; empty: the one that is meant without a name.
};

/// The files behind what a user typed: a file, a folder (read whole, in order of names; hidden
/// files, mapping files, notes in Markdown and graphs left out; one inside it that cannot be opened
/// comes as an input that cannot), or `-`. `not_found` names what is not there.
Result<std::vector<Input>> find_inputs(const std::vector<std::string>& arguments);

/// Opens one, unpacking it by its first bytes, not by its name.
Result<std::unique_ptr<ByteStream>> open_input(const Input& input);

}  // namespace mangrove::ingest
