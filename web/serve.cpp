#include "web/serve.h"

#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <system_error>
#include <utility>
#include <vector>

#include "graph/base/json.h"
#include "graph/base/log.h"
#include "graph/cache_size.h"
#include "graph/folder.h"
#include "graph/graph.h"
#include "graph/requests.h"
#include "ingest/identity/resolve.h"
#include "ingest/ingest.h"
#include "ingest/inputs/requests.h"
#include "ingest/jobs/jobs.h"
#include "ontology/ontology.h"
#include "web/api/routes.h"
#include "web/ask.h"
#include "web/server/files.h"
#include "web/server/http_server.h"
#include "web/server/router.h"

namespace mangrove::web {

namespace {

constexpr int kDone = 0;
constexpr int kUsage = 2;
constexpr int kFailed = 3;

constexpr double kDeadlineSeconds = 5;
constexpr double kDeadlineSecondsMax = 3600;
constexpr std::size_t kCacheMegabytesMin = 8;
constexpr std::size_t kCacheMegabytesMax = 1'000'000;
constexpr std::uint64_t kUploadMegabytes = 4'096;
constexpr std::uint64_t kUploadMegabytesMax = 1'000'000;

struct ServeOptions {
  std::string graph = default_graph_folder();
  std::string listen = "127.0.0.1:8087";
  std::vector<std::string> hosts;
  bool decisions = false;
  bool uploads = false;
  std::uint64_t upload_megabytes = kUploadMegabytes;
  double deadline_seconds = kDeadlineSeconds;
  std::size_t cache_megabytes = graph::cache_bytes_for_serving() >> 20;
};

void describe(CLI::App& app, ServeOptions& options) {
  app.name("mangrove serve");
  app.description("Answer questions over HTTP, with pages for a browser, until SIGTERM or Ctrl-C.");
  app.add_option("--graph", options.graph, "folder of the graph; made where there is none")
      ->capture_default_str();
  app.add_option("--listen", options.listen, "ADDRESS:PORT; port 0 takes a free one")
      ->capture_default_str();
  app.add_option("--host", options.hosts,
                 "names under which others know this server, such as mangrove.example.org");
  app.add_flag(
      "--decisions", options.decisions,
      "take decisions over matches from whoever reaches this server; on an address of this "
      "machine alone they are always taken");
  app.add_flag("--uploads", options.uploads,
               "take files to be read into the graph from whoever reaches this server; on an "
               "address of this machine alone they are always taken");
  app.add_option("--upload-mb", options.upload_megabytes, "megabytes that one such file may have")
      ->check(CLI::Range(std::uint64_t{1}, kUploadMegabytesMax))
      ->capture_default_str();
  app.add_option("--deadline", options.deadline_seconds, "seconds that one question may take")
      ->check(CLI::Range(0.001, kDeadlineSecondsMax))
      ->capture_default_str();
  app.add_option("--cache-mb", options.cache_megabytes,
                 "megabytes of memory for what is read from and written to disk; usually a "
                 "sixteenth of this machine's, at most 1024")
      ->check(CLI::Range(kCacheMegabytesMin, kCacheMegabytesMax))
      ->capture_default_str();
  app.footer(
      "Examples:\n"
      "  mangrove serve\n"
      "  mangrove serve --graph /srv/mangrove --listen 0.0.0.0:8087 --host mangrove.example.org");
}

// The first search and the first count build what they need; nobody should wait for it.
Status warm(const graph::View& view) {
  TRY(view.best({.words = "mangrove"}, 1, nullptr));
  static_cast<void>(view.counts());
  return {};
}

// Connections and the files of the store come out of one allowance, of which shells give 1,024.
void allow_many_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  static_cast<void>(::setrlimit(RLIMIT_NOFILE, &files));  // With fewer, it takes fewer clients.
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address == "localhost";
}

Status serve(const ServeOptions& options, std::ostream& out) {
  allow_many_files();
  const auto listen = TRY(parse_listen_address(options.listen));
  const auto ontology = TRY(ontology::Ontology::load());
  const auto graph =
      TRY(graph::Graph::open(options.graph, {.create = true,
                                             .cache_bytes = options.cache_megabytes << 20,
                                             .text_properties = ontology::text_properties()}));
  const graph::GraphDoor door(std::filesystem::absolute(options.graph), *graph,
                              ingest::settle_after_removal, ingest::answer_request);
  TRY(ingest::load_ontology(*graph, ontology, [](std::uint64_t done, std::uint64_t of) {
    log::info("linking initiatives anew",
              {{"done", std::to_string(done)}, {"of", std::to_string(of)}});
  }));
  TRY(warm(graph->view()));

  const bool takes_decisions = options.decisions || is_loopback(listen.address);
  std::unique_ptr<ingest::Jobs> jobs;
  if (options.uploads || is_loopback(listen.address)) {
    jobs = TRY(ingest::Jobs::open(std::filesystem::absolute(options.graph) / graph::kUploadsFolder,
                                  *graph, ontology));
  }
  const api::Service service{.graph = *graph,
                             .ontology = ontology,
                             .deadline = std::chrono::duration_cast<std::chrono::milliseconds>(
                                 std::chrono::duration<double>(options.deadline_seconds)),
                             .decisions = takes_decisions ? graph.get() : nullptr,
                             .uploads = jobs.get(),
                             .upload_bytes_max = options.upload_megabytes << 20};
  const Files files(embedded_files());
  const Router router(api::routes(service),
                      [&files](const Request& request) { return files.answer(request); });
  ServerOptions server_options;
  server_options.address = listen.address;
  server_options.port = listen.port;
  server_options.host_names = options.hosts;
  server_options.plan_body = api::body_planner(service);
  const auto server = TRY(HttpServer::listen(
      server_options, [&router](const Request& request) { return router.answer(request); }));
  const ServerNote note = TRY(ServerNote::write(options.graph, server->url()));
  out << "Mangrove answers at " << server->url() << " (graph " << options.graph << ", version "
      << graph->view().version() << "); Ctrl-C ends it" << std::endl;
  Status ended = server->run();
  if (!ended.ok() && ended.error().code == ErrorCode::cancelled) {
    log::warning("server stopped", {{"but", ended.error().message}});
    return {};
  }
  return ended;
}

}  // namespace

int serve_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  ServeOptions options;
  CLI::App app;
  describe(app, options);
  try {
    // CLI11 takes the words from the back.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, errors) == 0 ? kDone : kUsage;
  }
  if (const auto listen = parse_listen_address(options.listen); !listen.ok()) {
    errors << "mangrove serve: --listen: " << listen.error().message << '\n';
    return kUsage;
  }
  const Status status = serve(options, out);
  if (status.ok()) return kDone;
  errors << "mangrove serve: " << status.error().message << '\n';
  return kFailed;
}

Result<ServerNote> ServerNote::write(const std::filesystem::path& folder, const std::string& url) {
  std::filesystem::path path = folder / graph::kServerFile;
  json::Writer writer;
  writer.begin_object();
  writer.member("url", url);
  writer.member("process", ::getpid());
  writer.end_object();
  std::ofstream file(path, std::ios::trunc);
  file << writer.take() << '\n' << std::flush;
  if (!file) return Error{ErrorCode::io, "could not write " + path.string()};
  return ServerNote(std::move(path));
}

ServerNote::ServerNote(ServerNote&& other) noexcept
    : file_(std::exchange(other.file_, std::filesystem::path{})) {}

ServerNote::~ServerNote() {
  if (file_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

}  // namespace mangrove::web
