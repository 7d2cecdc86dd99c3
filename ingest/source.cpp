#include "ingest/source.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "graph/base/text.h"
#include "ingest/fetch/location.h"
#include "ingest/fetch/remote_input.h"
#include "ingest/unpack.h"

namespace mangrove::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMappingBytesMax = std::size_t{1} << 20;

bool is_left_out(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with('.') || name.ends_with(".mapping.json") || name.ends_with(".md");
}

/// Hidden ones, and graphs, which may lie beside what they were made of.
bool is_folder_left_out(const fs::path& path) {
  constexpr const char* kGraphMarker = "mangrove-graph";  // As graph/folder.h has it.
  std::error_code ignored;
  return path.filename().string().starts_with('.') || fs::exists(path / kGraphMarker, ignored);
}

Input input_at(const fs::path& path, std::string name) {
  std::error_code ignored;
  const std::uintmax_t size = fs::file_size(path, ignored);
  if (!is_utf8(name)) {
    std::replace_if(
        name.begin(), name.end(), [](char c) { return (c & 0x80) != 0; }, '?');
  }
  return {path, std::move(name), ignored ? 0 : static_cast<std::uint64_t>(size)};
}

Status add_folder(const fs::path& folder, std::vector<Input>& inputs) {
  std::error_code error;
  std::vector<fs::path> files;
  fs::recursive_directory_iterator walk(folder, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    if (walk->is_directory(error)) {
      const bool left_out = is_folder_left_out(walk->path());
      const bool closed = ::access(walk->path().c_str(), R_OK | X_OK) != 0;
      if (left_out || closed) walk.disable_recursion_pending();
      // Opening a closed one tells why, and the others go on.
      if (closed && !left_out) files.push_back(walk->path());
    } else if (walk->is_regular_file(error) && !is_left_out(walk->path())) {
      files.push_back(walk->path());
    }
  }
  if (error) return Error{ErrorCode::io, folder.string() + ": " + error.message()};
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    inputs.push_back(input_at(file, file.lexically_relative(folder).generic_string()));
  }
  return {};
}

}  // namespace

Result<std::vector<Input>> find_inputs(const std::vector<std::string>& arguments,
                                       const DownloadLimits& limits,
                                       const std::function<bool()>& stop) {
  std::vector<Input> inputs;
  for (const std::string& argument : arguments) {
    std::error_code ignored;
    if (argument == "-") {
      inputs.push_back({"-", "standard-input", 0});
    } else if (is_location(argument)) {
      Location location = TRY(parse_location(argument));
      Input& input = inputs.emplace_back();
      input.name = location.name;
      input.remote = std::make_shared<RemoteInput>(std::move(location), limits, stop);
    } else if (fs::is_directory(argument, ignored)) {
      TRY(add_folder(argument, inputs));
    } else if (fs::exists(argument, ignored)) {
      inputs.push_back(input_at(argument, fs::path(argument).filename().string()));
    } else {
      return Error{ErrorCode::not_found, argument + ": there is no such file or folder"};
    }
  }
  return inputs;
}

Result<std::unique_ptr<ByteStream>> open_input(const Input& input) {
  const auto named = [&input](const Error& error) {
    return Error{error.code, input.name + ": " + error.message};
  };
  Result<std::unique_ptr<ByteStream>> file =
      input.remote ? input.remote->open() : open_file(input.path);
  if (!file.ok()) return named(file.error());
  Result<std::unique_ptr<ByteStream>> stream = unpacked(std::move(file).value());
  if (!stream.ok()) return named(stream.error());
  return stream;
}

Result<std::string> read_mapping_file(const std::string& path) {
  if (path.empty()) return std::string();
  const std::unique_ptr<ByteStream> bytes = TRY(open_input({path, path, 0}));
  std::string text = TRY(read_up_to(*bytes, kMappingBytesMax));
  if (text.empty()) return Error{ErrorCode::invalid_input, path + ": the mapping file is empty"};
  return text;
}

}  // namespace mangrove::ingest
