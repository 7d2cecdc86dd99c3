#include "web/api/actors.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_introduction(json::Writer& writer,
                        const std::optional<query::Introduction>& introduction) {
  if (!introduction) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.member("hops", introduction->steps.size());
  writer.key("steps");
  write(writer, introduction->steps);
  writer.end_object();
}

void write_partner(json::Writer& writer, const query::Partner& partner) {
  writer.begin_object();
  write_members(writer, partner.node);
  writer.member("score", partner.score);
  writer.member("type", query::to_string(partner.type));
  writer.member("reading", partner.reading);
  writer.key("why");
  write(writer, partner.why);
  writer.key("introduction");
  write_introduction(writer, partner.introduction);
  writer.key("against");
  writer.begin_array();
  for (const std::string& sentence : partner.against) writer.string(sentence);
  writer.end_array();
  writer.end_object();
}

void write_totals(json::Writer& writer,
                  const std::optional<query::PartnersAnswer::Totals>& totals) {
  if (!totals) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.member("alike", totals->alike);
  writer.member("complementary", totals->complementary);
  writer.end_object();
}

}  // namespace

Asked<query::PartnersQuestion> parse_partners(Parameters& parameters) {
  Asked<query::PartnersQuestion> asked;
  asked.question.type =
      query::parse_partner_type(parameters.choice("type", {"both", "alike", "complementary"}));
  asked.question.id = parameters.id("id");
  asked.question.filter = parameters.filter();
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Asked<query::PartnersQuestion> parse_initiative_partners(Parameters& parameters) {
  Asked<query::PartnersQuestion> asked = parse_partners(parameters);
  asked.question.of_initiative = true;
  return asked;
}

Result<std::string> partners(const query::Context& context,
                             const Asked<query::PartnersQuestion>& asked) {
  const query::PartnersAnswer answer = TRY(query::partners(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("of");
  write(writer, answer.of);
  writer.member("total", answer.total);
  writer.key("totals");
  write_totals(writer, answer.totals);
  writer.key("items");
  writer.begin_array();
  for (const query::Partner& partner : answer.items) write_partner(writer, partner);
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
