#include "web/api/schema.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_names(json::Writer& writer, std::string_view key,
                 const std::vector<std::string>& names) {
  writer.key(key);
  writer.begin_array();
  for (const std::string& name : names) writer.string(name);
  writer.end_array();
}

void write_kind(json::Writer& writer, const ontology::KindInfo& kind, std::string_view language) {
  writer.begin_object();
  writer.member("name", kind.name);
  writer.member("prefix", kind.prefixes.empty() ? std::string{} : kind.prefixes.front());
  writer.member("label", kind.labels.in(language));
  writer.member("plural", kind.plural_labels.in(language));
  writer.member("definition", kind.definitions.in(language));
  writer.end_object();
}

void write_relation(json::Writer& writer, const ontology::RelationInfo& relation,
                    std::string_view language) {
  writer.begin_object();
  writer.member("name", relation.name);
  write_names(writer, "from", relation.from);
  write_names(writer, "to", relation.to);
  writer.member("label", relation.labels.in(language));
  writer.member("inverse_label", relation.inverse_labels.in(language));
  writer.member("definition", relation.definitions.in(language));
  writer.end_object();
}

}  // namespace

Asked<SchemaQuestion> parse_schema(Parameters& parameters) {
  Asked<SchemaQuestion> asked;
  asked.language = parameters.language();
  return asked;
}

Result<std::string> schema(const query::Context& context, const Asked<SchemaQuestion>& asked) {
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("kinds");
  writer.begin_array();
  for (const auto& kind : context.schema.kinds()) write_kind(writer, kind, asked.language);
  writer.end_array();
  writer.key("relations");
  writer.begin_array();
  for (const auto& relation : context.schema.relations()) {
    write_relation(writer, relation, asked.language);
  }
  writer.end_array();
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
