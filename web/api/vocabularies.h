#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/vocabularies.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// What GET /vocabularies asks: nothing in particular.
struct VocabulariesQuestion {};

/// GET /vocabularies: which there are, how many concepts each has, and who describes them.
Asked<VocabulariesQuestion> parse_vocabularies(Parameters& parameters);
Result<std::string> vocabularies(const query::Context& context,
                                 const Asked<VocabulariesQuestion>& asked);

/// GET /vocabularies/{name}?basis=: the concepts of one as a tree, with what is tied to each.
Asked<query::VocabularyQuestion> parse_vocabulary(Parameters& parameters);
Result<std::string> vocabulary(const query::Context& context,
                               const Asked<query::VocabularyQuestion>& asked);

}  // namespace mangrove::web::api
