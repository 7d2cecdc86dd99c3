#pragma once

#include <optional>

#include "graph/base/date.h"
#include "graph/base/json.h"
#include "query/explore/assessments.h"
#include "query/explore/gaps.h"
#include "web/api/parameters.h"

/// What the answers about places have in common.
namespace mangrove::web::api {

/// `as_of`: the day as of which ages are told and later statements are left out; today where
/// absent.
Date as_of(Parameters& parameters);

/// `{id, kind, name, status, pole, date, years_old, by, source, note}`, or null.
void write(json::Writer& writer, const std::optional<query::LastAssessment>& assessment);

/// The node, or null.
void write_or_null(json::Writer& writer, std::string_view name,
                   const std::optional<query::Brief>& brief);

/// The members of an Assessment, of the object that is open.
void write_members(json::Writer& writer, const query::AssessmentBrief& assessment);

/// A date as text, or null.
void write_date(json::Writer& writer, std::string_view name, const std::optional<Date>& date);

}  // namespace mangrove::web::api
