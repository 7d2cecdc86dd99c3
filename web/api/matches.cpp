#include "web/api/matches.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "graph/base/json.h"
#include "ingest/identity/decisions.h"
#include "ingest/identity/match.h"
#include "web/api/json.h"

namespace mangrove::web::api {
namespace {

void write_row(json::Writer& writer, const query::MatchRow& row) {
  writer.begin_object();
  write_or_null(writer, "id", row.id);
  writer.member("kind", row.a.kind);
  writer.member("state", row.state);
  writer.key("score");
  if (row.score) {
    writer.number(*row.score);
  } else {
    writer.null();
  }
  writer.key("a");
  write(writer, row.a);
  writer.key("b");
  write(writer, row.b);
  write_or_null(writer, "reason", row.reason);
  write_or_null(writer, "decided_by", row.decided_by);
  write_or_null(writer, "decided", row.decided);
  write_or_null(writer, "source", row.source);
  writer.end_object();
}

/// What a body asks for.
struct Asking {
  ingest::Decision decision;
  std::string a;  ///< Two nodes, where the machine may never have put them together; or empty.
  std::string b;
};

/// The decision, or what is wrong with the body.
Asking read_decision(const json::Value& body, std::vector<ParameterError>& faults) {
  Asking asking;
  ingest::Decision& decision = asking.decision;
  if (body.as_object() == nullptr) {
    faults.push_back({"", "The body is no JSON object such as {\"state\": \"accepted\", …}."});
    return asking;
  }
  for (const json::Member& member : *body.as_object()) {
    constexpr std::array<std::string_view, 5> kNames{"state", "reason", "decided_by", "a", "b"};
    if (std::find(kNames.begin(), kNames.end(), member.key) == kNames.end()) {
      faults.push_back({member.key, "is not known: there are state, reason, decided_by, a and b"});
    } else if (member.value.as_string() == nullptr) {
      faults.push_back({member.key, "is no text"});
    }
  }
  const auto text = [&](std::string_view name) {
    const std::string* const value = body.find_string(name);
    return value == nullptr ? std::string() : *value;
  };
  const auto state = ingest::parse_decision(text("state"));
  if (!state) faults.push_back({"state", "is accepted, refused or withdrawn"});
  decision.state = state.value_or(ingest::DecisionState::withdrawn);
  decision.reason = text("reason");
  decision.decided_by = text("decided_by");
  asking.a = text("a");
  asking.b = text("b");
  if (asking.a.empty() != asking.b.empty()) faults.push_back({"a", "a and b come together"});
  return asking;
}

bool is_sent_as_json(const Request& request) {
  const std::string* const type = request.header("Content-Type");
  return type != nullptr && type->starts_with("application/json");
}

}  // namespace

Asked<query::MatchesQuestion> parse_matches(Parameters& parameters) {
  Asked<query::MatchesQuestion> asked;
  asked.question.id = parameters.text("node");
  const std::string state = parameters.choice("state", {"any", "suggested", "accepted", "refused"});
  if (state != "any") asked.question.state = state;
  const std::string kind = parameters.choice("kind", {"any", "Actor", "Initiative"});
  if (kind != "any") asked.question.kind = kind;
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> matches(const query::Context& context,
                            const Asked<query::MatchesQuestion>& asked) {
  const query::MatchesAnswer answer = TRY(query::matches(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::MatchRow& row : answer.items) write_row(writer, row);
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

Result<Response> decide_match(const Service& service, const Request& request) {
  if (service.decisions == nullptr) {
    return to_response({.status = 403,
                        .code = "forbidden",
                        .detail = "This server takes no decisions: it listens to more than its "
                                  "own machine, and was started without --decisions."},
                       request.path);
  }
  if (!is_sent_as_json(request)) {
    return to_response({.status = 415,
                        .code = "unsupported_media_type",
                        .detail = "Send the decision as application/json."},
                       request.path);
  }
  const auto parsed = json::parse(request.body);
  if (!parsed.ok()) return invalid_parameters({{"", parsed.error().message}}, request.path);
  std::vector<ParameterError> faults;
  const Asking asking = read_decision(parsed.value(), faults);
  const ingest::Decision& decision = asking.decision;
  const std::string& id = request.path_parameter("id");
  if (!asking.a.empty() && ingest::match_id(asking.a, asking.b) != id) {
    faults.push_back({"id", "is not what the match of a and b is called"});
  }
  if (!faults.empty()) return invalid_parameters(std::move(faults), request.path);
  const auto decided =
      TRY(asking.a.empty() ? ingest::decide(*service.decisions, id, decision)
                           : ingest::decide(*service.decisions, asking.a, asking.b, decision));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", service.graph.view(service.viewer).version());
  writer.member("id", decided.id);
  writer.member("state", ingest::to_string(decision.state));
  writer.member("a", decided.a);
  writer.member("b", decided.b);
  writer.end_object();
  return Response::json(writer.take());
}

}  // namespace mangrove::web::api
