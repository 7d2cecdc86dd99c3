#include "web/api/assessments.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "graph/base/json.h"
#include "ingest/assessments.h"
#include "web/api/json.h"
#include "web/api/places_json.h"

namespace mangrove::web::api {
namespace {

/// A field of the body, and where it goes.
struct Field {
  std::string_view name;
  std::string ingest::AssessmentDraft::*value;
  std::string_view kind;  // Where it names a node: also as people write it, such as `GH`.
  bool is_node = false;
};

const std::array<Field, 9>& fields() {
  using Draft = ingest::AssessmentDraft;
  static const std::array<Field, 9> all{{{"place", &Draft::place, "Place", true},
                                         {"on", &Draft::on, {}, true},
                                         {"stage", &Draft::stage, "Stage", true},
                                         {"status", &Draft::status, {}},
                                         {"pole", &Draft::pole, {}},
                                         {"date", &Draft::date, {}},
                                         {"by", &Draft::by, {}},
                                         {"actor", &Draft::actor, "Actor", true},
                                         {"note", &Draft::note, {}}}};
  return all;
}

/// What the body says, with ids as the graph has them; what is no field, or no text, is a fault.
ingest::AssessmentDraft read_draft(const query::Context& context, const json::Value& body,
                                   std::vector<ParameterError>& faults) {
  ingest::AssessmentDraft draft;
  if (body.as_object() == nullptr) {
    faults.push_back({"", "The body is no JSON object such as {\"place\": \"place:GH\", …}."});
    return draft;
  }
  for (const json::Member& member : *body.as_object()) {
    const auto field = std::find_if(fields().begin(), fields().end(),
                                    [&](const Field& each) { return each.name == member.key; });
    if (field == fields().end()) {
      faults.push_back({member.key,
                        "is not known: there are place, on, stage, status, pole, date, by, actor "
                        "and note"});
    } else if (member.value.is_null()) {
      continue;
    } else if (member.value.as_string() == nullptr) {
      faults.push_back({member.key, "is no text"});
    } else {
      std::string& value = draft.*(field->value);
      value = *member.value.as_string();
      if (!field->is_node || value.empty()) continue;
      const auto node = query::find_node(context, value, field->kind);
      if (node.ok()) value = context.view.id(node.value());
    }
  }
  return draft;
}

Response refused(int status, std::string code, std::string detail, const Request& request,
                 std::vector<ParameterError> errors = {}) {
  return to_response({.status = status,
                      .code = std::move(code),
                      .detail = std::move(detail),
                      .errors = std::move(errors)},
                     request.path);
}

Response invalid_fields(std::vector<ParameterError> faults, const Request& request) {
  return refused(422, "invalid_input", "The assessment cannot be recorded as it is.", request,
                 std::move(faults));
}

/// Reads the body and hands the draft on; `id` names what is revised, else it is empty.
Result<Response> take(const Service& service, const Request& request, const std::string& id) {
  if (service.decisions == nullptr) {
    return refused(403, "forbidden",
                   "This server takes no assessments: it listens to more than its own machine, and "
                   "was started without --decisions.",
                   request);
  }
  const std::string* const type = request.header("Content-Type");
  if (type == nullptr || !type->starts_with("application/json")) {
    return refused(415, "unsupported_media_type", "Send the assessment as application/json.",
                   request);
  }
  const auto parsed = json::parse(request.body);
  if (!parsed.ok()) return invalid_parameters({{"", parsed.error().message}}, request.path);
  const graph::View view = service.graph.view(service.viewer);
  Budget budget({.deadline = request.received + service.deadline});
  std::vector<ParameterError> faults;
  const ingest::AssessmentDraft draft =
      read_draft({.view = view, .schema = service.ontology.schema(), .budget = budget},
                 parsed.value(), faults);
  if (!faults.empty()) return invalid_fields(std::move(faults), request);
  const ingest::AssessmentOutcome outcome =
      id.empty() ? TRY(ingest::assess(*service.decisions, view, draft))
                 : TRY(ingest::revise(*service.decisions, id, service.viewer, draft));
  for (const ingest::FieldFault& fault : outcome.faults) {
    faults.push_back({fault.field, fault.detail});
  }
  if (!faults.empty()) return invalid_fields(std::move(faults), request);
  json::Writer writer;
  writer.begin_object();
  writer.member("version", service.graph.view(service.viewer).version());
  writer.member("id", outcome.id);
  writer.member("added", outcome.added);
  writer.member("revises", id.empty() ? std::optional<std::string>() : std::optional(id));
  writer.end_object();
  Response response = Response::json(writer.take());
  if (outcome.added) response.status = 201;
  return response;
}

}  // namespace

Asked<query::AssessmentsQuestion> parse_assessments(Parameters& parameters) {
  Asked<query::AssessmentsQuestion> asked;
  asked.question.place = parameters.text("place");
  asked.question.on = parameters.text("on");
  asked.question.actor = parameters.text("actor");
  asked.question.as_of = as_of(parameters);
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> assessments(const query::Context& context,
                                const Asked<query::AssessmentsQuestion>& asked) {
  const query::AssessmentsAnswer answer = TRY(query::assessments(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("as_of", to_string(asked.question.as_of));
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::AssessmentRow& row : answer.items) {
    writer.begin_object();
    write_members(writer, row.latest);
    writer.key("history");
    writer.begin_array();
    for (const query::AssessmentBrief& each : row.history) {
      writer.begin_object();
      write_members(writer, each);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  }
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

Result<Response> add_assessment(const Service& service, const Request& request) {
  return take(service, request, {});
}

Result<Response> revise_assessment(const Service& service, const Request& request) {
  return take(service, request, request.path_parameter("id"));
}

}  // namespace mangrove::web::api
