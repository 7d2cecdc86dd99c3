#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "graph/base/budget.h"
#include "graph/base/result.h"
#include "graph/graph.h"
#include "ingest/jobs/jobs.h"
#include "ingest/linking/suggest.h"
#include "ontology/ontology.h"
#include "query/answer.h"
#include "web/api/parameters.h"
#include "web/server/problem.h"
#include "web/server/request.h"
#include "web/server/response.h"

/// How a call answers: its parameters are parsed, its question is asked, its answer is written.
namespace mangrove::web::api {

/// What questions are asked of.
struct Service {
  const graph::Graph& graph;
  const ontology::Ontology& ontology;
  std::chrono::milliseconds deadline{5'000};  ///< For one question, from when it was received.
  /// Tells the answers of this process from those of another, whose graph may be another one.
  std::int64_t edition = std::chrono::system_clock::now().time_since_epoch().count();
  /// Who asks: what this viewer may not see, no answer tells of.
  graph::Viewer viewer = graph::Viewer::everyone();
  /// Where decisions of people are written; null: none are taken.
  graph::Graph* decisions = nullptr;
  /// Where files that are sent wait to be read; null: none are taken.
  ingest::Jobs* uploads = nullptr;
  std::uint64_t upload_bytes_max = std::uint64_t{4} << 30;   ///< Of one file.
  std::uint64_t bytes_kept_free = std::uint64_t{512} << 20;  ///< On the disk of the uploads.
  /// By which texts are read.
  std::shared_ptr<ingest::VocabularyAtHand> vocabulary =
      std::make_shared<ingest::VocabularyAtHand>();
};

/// Tells viewers apart: the names of their audiences, sorted.
std::string viewer_in_words(const graph::Viewer& viewer);

/// What a request asks, in the words of the query folder; and how it wants the answer.
template <typename Question>
struct Asked {
  Question question;
  std::string language = "en";
  Page page;  ///< For lists.
};

/// The entity tag of the answer to this request. Equal requests of one viewer have equal answers as
/// long as the latest version is the same, so it need not be computed from the answer. That holds
/// for older versions too, which show what may be seen today. Tags end with the day (UTC), since
/// some answers tell how old things are.
std::string entity_tag(const Service& service, graph::Version latest, const Request& request);

/// 304, where If-None-Match says that the client has the answer with this tag, compressed or not.
std::optional<Response> not_modified(const Request& request, std::string_view tag);

/// 200 with this JSON text, named by this tag.
Response json_response(std::string tag, std::string body);

/// What the client gets for an error of the question. One that names a parameter (`place: there is
/// no Place …`) is told like any other wrong parameter; a node that is not there, with advice.
Result<Response> explained(Error error, const Parameters& parameters, const Request& request);

/// Answers one request: `parse` reads the parameters, `ask` gives the JSON text. Parameters that
/// are wrong are 400 with each of them named; a version that is not there is 404; a client that has
/// the answer gets 304 without asking.
template <typename Question>
Result<Response> answer(const Service& service, const Request& request,
                        Asked<Question> (*parse)(Parameters&),
                        Result<std::string> (*ask)(const query::Context&, const Asked<Question>&)) {
  const graph::View latest = service.graph.view(service.viewer);
  const ontology::Schema& schema = service.ontology.schema();
  Parameters parameters(request, schema, {latest.version(), viewer_in_words(service.viewer)});
  const Asked<Question> asked = parse(parameters);
  const std::optional<graph::Version> version = parameters.version();
  if (auto errors = parameters.errors(); !errors.empty()) {
    return invalid_parameters(std::move(errors), request.path);
  }
  const graph::View view = version ? TRY(service.graph.view_at(*version, service.viewer)) : latest;
  std::string tag = entity_tag(service, latest.version(), request);
  if (auto unchanged = not_modified(request, tag)) return std::move(*unchanged);
  Budget budget({.deadline = request.received + service.deadline, .abandoned = request.has_left});
  auto body =
      ask({.view = view, .schema = schema, .budget = budget, .language = asked.language}, asked);
  if (!body.ok()) return explained(body.error(), parameters, request);
  return json_response(std::move(tag), std::move(body).value());
}

}  // namespace mangrove::web::api
