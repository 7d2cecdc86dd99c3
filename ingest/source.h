#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "ingest/byte_stream.h"
#include "ingest/fetch/download.h"

namespace mangrove::ingest {

class RemoteInput;

/// One file to be read.
struct Input {
  std::filesystem::path path;  ///< `-` for standard input; empty for what is on the web.
  std::string name;            ///< As shown in reports: below the folder that was asked for; UTF-8.
  std::uint64_t bytes = 0;     ///< On disk; 0 where unknown.
  std::string sheet{};         ///< Of a workbook; empty: the one that is meant without a name.
  std::shared_ptr<RemoteInput> remote{};  ///< On the web: fetched when it is opened.
};

/// The files behind what a user typed: a file, a folder (read whole, in order of names; hidden
/// files, mapping files, notes in Markdown and graphs left out; one inside it that cannot be opened
/// comes as an input that cannot), an address on the web (not asked yet), or `-`. `not_found` names
/// what is not there, `invalid_input` what is no address that can be fetched. Downloads keep to
/// `limits`, and end when `stop` says so.
Result<std::vector<Input>> find_inputs(const std::vector<std::string>& arguments,
                                       const DownloadLimits& limits = {},
                                       const std::function<bool()>& stop = nullptr);

/// Opens one, unpacking it by its first bytes, not by its name.
Result<std::unique_ptr<ByteStream>> open_input(const Input& input);

/// The text of a mapping file; empty where the path is. `invalid_input` where there is none in it.
Result<std::string> read_mapping_file(const std::string& path);

}  // namespace mangrove::ingest
