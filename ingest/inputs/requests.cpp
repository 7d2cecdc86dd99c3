#include "ingest/inputs/requests.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "graph/control.h"
#include "ingest/inputs/known_input.h"
#include "ingest/inputs/refresh.h"
#include "ingest/review.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {
namespace {

using Object = json::Value::Object;
using Array = json::Value::Array;

std::string text_in(const json::Value& request, std::string_view name) {
  const std::string* const text = request.find_string(name);
  return text == nullptr ? std::string() : *text;
}

std::vector<std::string> names_in(const json::Value& request) {
  std::vector<std::string> names;
  const json::Value* const found = request.find("names");
  if (found == nullptr || found->as_array() == nullptr) return names;
  for (const json::Value& name : *found->as_array()) {
    if (name.as_string() != nullptr) names.push_back(*name.as_string());
  }
  return names;
}

DownloadLimits limits_in(const json::Value& request) {
  DownloadLimits limits;
  limits.allow_private_addresses = request.find_boolean("allow_private_addresses").value_or(false);
  if (const auto bytes = request.find_integer("download_bytes"); bytes && *bytes > 0) {
    limits.bytes = static_cast<std::uint64_t>(*bytes);
  }
  if (const auto seconds = request.find_integer("download_seconds"); seconds && *seconds > 0) {
    limits.total = std::chrono::seconds(*seconds);
  }
  return limits;
}

std::string_view name_of(Refreshed::Outcome outcome) {
  switch (outcome) {
    case Refreshed::Outcome::read:
      return "read";
    case Refreshed::Outcome::failed:
      return "failed";
    default:
      return "unchanged";
  }
}

Array to_json(const std::vector<KnownInput>& inputs) {
  Array array;
  for (const KnownInput& input : inputs) array.push_back(ingest::to_json(input));
  return array;
}

Result<json::Value> refreshed(graph::Graph& graph, const json::Value& request,
                              const graph::OnProgress& on_progress) {
  const auto ontology = TRY(ontology::Ontology::load());
  const RefreshOptions options{names_in(request),
                               request.find_boolean("unchanged_too").value_or(false),
                               limits_in(request), on_progress};
  Array inputs;
  for (const Refreshed& one : TRY(refresh(graph, ontology, options))) {
    Object object = *ingest::to_json(one.input).as_object();
    object.push_back({"outcome", name_of(one.outcome)});
    object.push_back({"why", one.problem});
    inputs.emplace_back(std::move(object));
  }
  return json::Value(Object{{"inputs", std::move(inputs)}});
}

}  // namespace

std::optional<Result<json::Value>> answer_request(graph::Graph& graph, const json::Value& request,
                                                  const graph::OnProgress& on_progress) {
  const std::string what = text_in(request, "do");
  if (what == "input-refresh") return refreshed(graph, request, on_progress);
  if (what == "input-list") {
    const auto inputs = inputs_named(graph, names_in(request));
    if (!inputs.ok()) return Result<json::Value>(inputs.error());
    return Result<json::Value>(Object{{"inputs", to_json(inputs.value())}});
  }
  if (what == "input-forget") {
    const auto forgotten = forget(graph, text_in(request, "place"));
    if (!forgotten.ok()) return Result<json::Value>(forgotten.error());
    return Result<json::Value>(Object{{"inputs", to_json(forgotten.value().inputs)},
                                      {"retired", forgotten.value().retired}});
  }
  return review_request(graph, request, on_progress);
}

Result<json::Value> carry_out_for_inputs(const std::filesystem::path& folder,
                                         const json::Value& request,
                                         const graph::OnProgress& on_progress) {
  if (auto answer = TRY(graph::ask_holder(folder, request, on_progress))) {
    return *std::move(answer);
  }
  graph::Options options;
  options.create = false;
  options.text_properties = ontology::text_properties();
  const auto graph = TRY(graph::Graph::open(folder, std::move(options)));
  auto answer = answer_request(*graph, request, on_progress);
  if (answer) return *std::move(answer);
  return Error{ErrorCode::invalid_input, "there is no such request"};
}

}  // namespace mangrove::ingest
