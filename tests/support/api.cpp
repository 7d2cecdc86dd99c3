#include "tests/support/api.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "web/server/client.h"

namespace mangrove::tests {

RunningApi::RunningApi(std::unique_ptr<graph::Graph> graph, std::chrono::milliseconds deadline)
    : graph_(std::move(graph)),
      service_{.graph = *graph_, .ontology = shipped_ontology(), .deadline = deadline},
      router_(web::api::routes(service_)),
      server_([this](const web::Request& request) { return router_.answer(request); }) {}

web::Response RunningApi::get(const std::string& target, std::vector<web::Header> headers) const {
  return web::fetch(server_.url() + target, {.headers = std::move(headers)}).value();
}

json::Value RunningApi::ok(const std::string& target) const {
  const web::Response response = get(target);
  EXPECT_EQ(response.status, 200) << target << "\n" << response.body;
  EXPECT_EQ(response.media_type, "application/json") << target;
  EXPECT_NE(response.header("ETag"), nullptr) << target;
  const auto value = json::parse(response.body);
  EXPECT_TRUE(value.ok()) << response.body;
  return response.status == 200 && value.ok() ? value.value() : json::Value();
}

json::Value RunningApi::problem(const std::string& target, int status) const {
  const web::Response response = get(target);
  EXPECT_EQ(response.status, status) << target << "\n" << response.body;
  EXPECT_EQ(response.media_type, "application/problem+json") << target;
  const auto value = json::parse(response.body);
  EXPECT_TRUE(value.ok()) << response.body;
  if (!value.ok()) return {};
  for (const char* member : {"type", "title", "detail", "instance", "code"}) {
    EXPECT_NE(value.value().find_string(member), nullptr) << member << " in " << response.body;
  }
  EXPECT_EQ(value.value().find_integer("status"), status);
  return value.value();
}

std::string at(const json::Value& value, std::string_view path) {
  const json::Value* here = &value;
  while (here != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view key = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    if (const auto* array = here->as_array()) {
      std::size_t position = 0;
      std::from_chars(key.data(), key.data() + key.size(), position);
      here = position < array->size() ? &(*array)[position] : nullptr;
    } else {
      here = here->find(key);
    }
  }
  if (here == nullptr) return "-";
  if (const std::string* text = here->as_string()) return *text;
  json::Writer writer;
  writer.value(*here);
  return writer.take();
}

}  // namespace mangrove::tests
