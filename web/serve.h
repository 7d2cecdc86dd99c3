#pragma once

#include <filesystem>
#include <iosfwd>
#include <span>
#include <string>
#include <utility>

#include "graph/base/result.h"

namespace mangrove::web {

/// `mangrove serve`: answers over HTTP until SIGTERM or SIGINT. Opens the graph (and makes it, with
/// our ontology in it, where there is none), builds the index of words, tells the address in one
/// line, and finishes the requests under way before it ends. Gives the exit status: 0 done, 2 wrong
/// usage, 3 could not be done.
int serve_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors);

/// A small file in the folder of a graph which says who serves it, `{"url": …, "process": …}`, so
/// that another process that finds the graph taken can name the server. There while this lives.
class ServerNote {
 public:
  static Result<ServerNote> write(const std::filesystem::path& folder, const std::string& url);
  ~ServerNote();
  ServerNote(ServerNote&& other) noexcept;
  ServerNote& operator=(ServerNote&&) = delete;

 private:
  explicit ServerNote(std::filesystem::path file) : file_(std::move(file)) {}
  std::filesystem::path file_;  ///< Empty once moved from.
};

}  // namespace mangrove::web
