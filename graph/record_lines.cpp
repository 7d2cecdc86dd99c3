#include "graph/record_lines.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "graph/base/json.h"
#include "graph/record_json.h"

namespace mangrove::graph {
namespace {

constexpr std::string_view kHeader = "{\"mangrove\":\"records\",\"format\":1}\n";
constexpr std::size_t kNodesAtOnce = 1000;

std::vector<NodeIndex> nodes_by_id(const View& view) {
  std::vector<NodeIndex> nodes;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
    if (view.exists(NodeIndex{i})) nodes.push_back(NodeIndex{i});
  }
  std::sort(nodes.begin(), nodes.end(),
            [&view](NodeIndex a, NodeIndex b) { return view.id(a) < view.id(b); });
  return nodes;
}

Error refused(const std::filesystem::path& file) {
  const int number = errno;
  return {number == ENOSPC ? ErrorCode::no_space : ErrorCode::io,
          file.string() + ": " + std::strerror(number)};
}

/// A file that comes into its place once it is whole.
class WholeFile {
 public:
  explicit WholeFile(const std::filesystem::path& place)
      : place_(place), unfinished_(place.string() + ".unfinished") {}
  ~WholeFile() {
    if (file_ == nullptr) return;
    std::fclose(file_);
    static_cast<void>(std::remove(unfinished_.c_str()));
  }
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  Status open() {
    file_ = std::fopen(unfinished_.c_str(), "wbe");
    return file_ == nullptr ? Status(refused(unfinished_)) : Status();
  }

  Status add(std::string_view bytes) {
    const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size();
    return written ? Status() : Status(refused(unfinished_));
  }

  Status finish() {
    if (std::fflush(file_) != 0 || ::fsync(::fileno(file_)) != 0) return refused(unfinished_);
    if (std::rename(unfinished_.c_str(), place_.c_str()) != 0) return refused(place_);
    std::fclose(file_);
    file_ = nullptr;
    return {};
  }

 private:
  std::filesystem::path place_;
  std::filesystem::path unfinished_;
  std::FILE* file_ = nullptr;
};

}  // namespace

Result<std::uint64_t> write_record_lines(const View& view, const TakeLines& take,
                                         const OnProgress& progress) {
  const std::vector<NodeIndex> nodes = nodes_by_id(view);
  TRY(take(kHeader));
  std::uint64_t count = 0;
  json::Writer writer;
  for (std::size_t done = 0; done < nodes.size(); done += kNodesAtOnce) {
    const std::size_t some = std::min(kNodesAtOnce, nodes.size() - done);
    std::string lines;
    for (const auto& records : TRY(view.records_about(std::span(nodes).subspan(done, some)))) {
      for (const Record& record : records) {
        write_record(writer, record);
        lines += writer.take() + '\n';
        ++count;
      }
    }
    TRY(take(lines));
    if (progress && !progress({"writing nodes", done + some, nodes.size()})) {
      return Error{ErrorCode::cancelled, "stopped; nothing was written"};
    }
  }
  return count;
}

Result<std::uint64_t> write_record_file(const View& view, const std::filesystem::path& file,
                                        const OnProgress& progress) {
  WholeFile whole(file);
  TRY(whole.open());
  const std::uint64_t count = TRY(write_record_lines(
      view, [&whole](std::string_view lines) { return whole.add(lines); }, progress));
  TRY(whole.finish());
  return count;
}

}  // namespace mangrove::graph
