#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "graph/command.h"
#include "graph/commands/answer.h"
#include "graph/commands/arguments.h"
#include "graph/commands/terminal.h"
#include "graph/requests.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDescription =
    R"(Write the graph out as JSON Lines: what each source states about each thing, one record a line,
sorted, with who may see it. "mangrove ingest" of the file makes the same graph elsewhere.)";

constexpr const char* kExamples =
    R"(Examples:
  mangrove export --output mangrove.jsonl
  mangrove export --public | gzip > for-the-web.jsonl.gz
  mangrove export --audience partners --output for-partners.jsonl
  mangrove export | jq -r 'select(.kind == "Initiative") | .id'

All there is, unless --public or --audience say for whom; then what they may not see is left out.
Works beside a running server. Equal graphs give equal bytes.
Exit status: 0 done, 2 wrong usage, 3 could not be done.)";

struct Arguments {
  CommonArguments common;
  std::string output;
  std::vector<std::string> audiences;
  bool only_public = false;
};

/// A file for what goes to standard output, which another process may write; it goes with this.
class PassingFile {
 public:
  PassingFile() {
    std::string name = (fs::temp_directory_path() / "mangrove-export-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    if (file < 0) return;
    ::close(file);
    path_ = name;
  }
  ~PassingFile() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Status copy(const fs::path& file, std::ostream& out) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> bytes(std::fopen(file.c_str(), "rbe"),
                                                              std::fclose);
  if (bytes == nullptr) return Error{ErrorCode::io, "cannot read " + file.string()};
  std::vector<char> some(std::size_t{1} << 20);
  while (const std::size_t count = std::fread(some.data(), 1, some.size(), bytes.get())) {
    if (!out.write(some.data(), static_cast<std::streamsize>(count))) {
      return Error{ErrorCode::io, "standard output takes no more"};
    }
  }
  return {};
}

json::Value request_of(const Arguments& arguments, const fs::path& file) {
  json::Value::Array audiences;
  for (const std::string& name : arguments.audiences) audiences.emplace_back(name);
  json::Value::Object request{{"do", "export"}, {"file", file.string()}};
  if (arguments.only_public || !audiences.empty()) {
    request.push_back({"audiences", std::move(audiences)});
  }
  return request;
}

}  // namespace

int export_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  CLI::App app(kDescription, "mangrove export");
  Arguments arguments;
  app.footer(kExamples);
  describe(app, arguments.common, {"jsonl"});
  app.add_option("--output", arguments.output, "Write into this file, not to standard output")
      ->type_name("FILE");
  app.add_flag("--public", arguments.only_public, "Only what everybody may see");
  app.add_option("--audience", arguments.audiences, "What everybody and this audience may see")
      ->type_name("NAME");
  if (const auto status = parse(app, words, out, errors)) return *status;
  const PassingFile passing;
  const fs::path file = arguments.output.empty() ? passing.path() : fs::absolute(arguments.output);
  if (file.empty()) {
    return failed(app, {ErrorCode::io, "no temporary file can be made; use --output"}, errors);
  }
  Result<json::Value> answer = [&] {
    ProgressLine line(errors);
    return carry_out(fs::absolute(arguments.common.graph), request_of(arguments, file),
                     line.listener());
  }();
  if (!answer.ok()) return failed(app, answer.error(), errors);
  if (arguments.output.empty()) {
    if (const Status copied = copy(file, out); !copied.ok()) {
      return failed(app, copied.error(), errors);
    }
  } else {
    errors << count_of(number_in(answer.value(), "records"), "record", "records") << " in "
           << safe(arguments.output) << " (version " << number_in(answer.value(), "version")
           << ")\n";
  }
  return kDone;
}

}  // namespace mangrove::graph
