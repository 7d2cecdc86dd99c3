#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/json.h"
#include "graph/ids.h"
#include "graph/value.h"
#include "query/answer.h"
#include "query/explore/nodes.h"

/// The parts that several answers are made of, as JSON. Names and shapes are those of openapi.json.
namespace mangrove::web::api {

/// `id`, `kind`, `name`, and `status` where nobody has confirmed it, as members of the object that
/// is open.
void write_members(json::Writer& writer, const query::Brief& brief);
/// The same without the status.
void write_name(json::Writer& writer, const query::Brief& brief);
/// The status under this name, unless it is empty.
void write_status(json::Writer& writer, std::string_view name, std::string_view status);
/// The same, as an object.
void write(json::Writer& writer, const query::Brief& brief);
void write(json::Writer& writer, const std::vector<query::Brief>& briefs);

void write(json::Writer& writer, const std::vector<query::Reason>& reasons);
void write(json::Writer& writer, const std::vector<query::Step>& steps);
/// `{from, to}`, or null.
void write(json::Writer& writer, const std::optional<query::Years>& years);
/// By name.
void write(json::Writer& writer, const std::map<std::string, std::uint64_t>& numbers);
void write(json::Writer& writer, const std::map<std::string, query::Degree>& degrees);

/// The value of a property: a string, number, boolean, date as a string, or flat object.
void write(json::Writer& writer, const graph::Value& value);
/// What is stated on an edge: `{role: "funding"}`; several values of one name are an array.
void write(json::Writer& writer, const std::vector<graph::Property>& properties);

/// The text, or null where it is empty.
void write_or_null(json::Writer& writer, std::string_view name, std::string_view text);

/// `out` or `in`.
std::string_view to_string(graph::Direction direction);

}  // namespace mangrove::web::api
