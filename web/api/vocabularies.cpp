#include "web/api/vocabularies.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_texts(json::Writer& writer, std::string_view name,
                 const std::vector<std::string>& texts) {
  writer.key(name);
  writer.begin_array();
  for (const std::string& text : texts) writer.string(text);
  writer.end_array();
}

void write_sources(json::Writer& writer, const std::vector<query::VocabularySource>& sources) {
  writer.key("sources");
  writer.begin_array();
  for (const query::VocabularySource& source : sources) {
    writer.begin_object();
    writer.member("id", source.id);
    writer.member("name", source.name);
    write_or_null(writer, "version", source.version);
    write_or_null(writer, "licence", source.licence);
    writer.end_object();
  }
  writer.end_array();
}

void write_head(json::Writer& writer, const ontology::VocabularyInfo& info,
                std::string_view language) {
  writer.member("name", info.name);
  writer.member("label", info.labels.in(language));
  writer.member("definition", info.definitions.in(language));
  write_texts(writer, "kinds", info.kinds);
}

void write_summary(json::Writer& writer, const query::VocabularySummary& summary,
                   std::string_view language) {
  writer.begin_object();
  write_head(writer, *summary.info, language);
  writer.member("concepts", summary.concepts);
  write_sources(writer, summary.sources);
  writer.key("arranged_by");
  writer.begin_array();
  for (const ontology::ArrangementInfo& info : summary.info->arrangements) {
    writer.begin_object();
    writer.member("name", info.name());
    writer.member("label", info.labels.in(language));
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

void write_arrangement(json::Writer& writer, const query::Arrangement& arrangement,
                       std::string_view language) {
  writer.begin_object();
  writer.member("name", arrangement.info->name());
  writer.member("label", arrangement.info->labels.in(language));
  writer.key("values");
  writer.begin_array();
  for (const query::ArrangementValue& value : arrangement.values) {
    writer.begin_object();
    writer.member("value", value.value);
    writer.member("label", value.label);
    writer.member("concepts", value.concepts);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

void write_concept(json::Writer& writer, const query::Concept& row) {
  writer.begin_object();
  write_name(writer, row.node);
  write_or_null(writer, "code", row.code);
  write_or_null(writer, "definition", row.definition);
  write_or_null(writer, "status", row.status);
  writer.member("depth", row.depth);
  write_texts(writer, "parents", row.parents);
  writer.key("arranged");
  writer.begin_object();
  for (const auto& [name, values] : row.arranged) write_texts(writer, name, values);
  writer.end_object();
  writer.key("initiatives");
  writer.begin_object();
  writer.member("total", row.initiatives.total);
  writer.member("reported", row.initiatives.reported);
  writer.member("with_narrower", row.initiatives.with_narrower);
  writer.end_object();
  writer.key("links");
  write(writer, row.links);
  write_texts(writer, "sources", row.sources);
  writer.end_object();
}

}  // namespace

Asked<VocabulariesQuestion> parse_vocabularies(Parameters& parameters) {
  Asked<VocabulariesQuestion> asked;
  asked.language = parameters.language();
  return asked;
}

Result<std::string> vocabularies(const query::Context& context,
                                 const Asked<VocabulariesQuestion>& asked) {
  const auto answer = TRY(query::vocabularies(context));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("items");
  writer.begin_array();
  for (const query::VocabularySummary& summary : answer) {
    write_summary(writer, summary, asked.language);
  }
  writer.end_array();
  writer.end_object();
  return writer.take();
}

Asked<query::VocabularyQuestion> parse_vocabulary(Parameters& parameters) {
  constexpr std::int64_t kMost = query::VocabularyQuestion::kConceptsMax;
  Asked<query::VocabularyQuestion> asked;
  asked.question.name = parameters.word("name");
  asked.question.bases = parameters.bases();
  asked.language = parameters.language();
  asked.page = parameters.page(kMost, kMost);
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> vocabulary(const query::Context& context,
                               const Asked<query::VocabularyQuestion>& asked) {
  const query::VocabularyAnswer answer = TRY(query::vocabulary(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  write_head(writer, *answer.info, asked.language);
  write_sources(writer, answer.sources);
  writer.key("arranged_by");
  writer.begin_array();
  for (const query::Arrangement& each : answer.arrangements) {
    write_arrangement(writer, each, asked.language);
  }
  writer.end_array();
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::Concept& row : answer.items) write_concept(writer, row);
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
