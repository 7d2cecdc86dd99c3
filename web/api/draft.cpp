#include "web/api/draft.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/json.h"
#include "ingest/linking/suggest.h"
#include "query/explore/overlaps.h"
#include "query/reading.h"
#include "web/api/json.h"
#include "web/api/overlaps_json.h"

namespace mangrove::web::api {
namespace {

constexpr std::size_t kTextBytesMax = std::size_t{1} << 19;
constexpr std::size_t kListMax = 50;
constexpr int kYearLeast = 1900;
constexpr int kYearMost = 2999;

/// A member of the body that names ends, and what a draft is tied to them by.
struct NamedTie {
  std::string_view member;
  std::string_view relation;
  std::string_view kind;  ///< Empty: a target or a goal.
};
constexpr std::array<NamedTie, 4> kNamedTies{{{"place", "WORKS_IN", "Place"},
                                              {"target", "CONTRIBUTES_TO", {}},
                                              {"determinant", "ADDRESSES", "Determinant"},
                                              {"group", "SERVES", "Group"}}};

/// The draft in the caller's words, or what is wrong with the body.
class Body {
 public:
  Body(const query::Context& context, const json::Value& body) : context_(context), body_(body) {
    if (body_.as_object() == nullptr) {
      fault("", "The body is no JSON object such as {\"title\": \"…\", \"place\": \"GH\"}.");
      return;
    }
    refuse_strangers();
    read_text("title", words_.title);
    read_text("text", words_.text);
    draft_.title = words_.title;
    for (const NamedTie& tie : kNamedTies) read_ends(tie);
    read_year("from", draft_.years.from);
    read_year("to", draft_.years.to);
    if (draft_.years.from && draft_.years.to && *draft_.years.from > *draft_.years.to) {
      fault("to", "is before from");
    }
    if (faults_.empty() && words_.text.empty() && words_.title.empty() && draft_.ties.empty()) {
      fault("text",
            "is missing; a title, a place, a target, a determinant or a group would do too");
    }
  }

  std::vector<ParameterError> faults() { return std::move(faults_); }
  const ingest::SuggestionQuestion& words() const { return words_; }
  query::DraftOverlapsQuestion draft() { return std::move(draft_); }

 private:
  void fault(std::string name, std::string what) {
    faults_.push_back({std::move(name), std::move(what)});
  }

  void refuse_strangers() {
    static constexpr std::array<std::string_view, 8> kNames{
        "title", "text", "place", "target", "determinant", "group", "from", "to"};
    for (const json::Member& member : *body_.as_object()) {
      if (std::find(kNames.begin(), kNames.end(), member.key) != kNames.end()) continue;
      fault(member.key,
            "is not known: there are title, text, place, target, determinant, group, from and to");
    }
  }

  void read_text(std::string_view name, std::string& into) {
    const json::Value* const value = body_.find(name);
    if (value == nullptr) return;
    if (value->as_string() == nullptr) return fault(std::string(name), "is no text");
    if (value->as_string()->size() > kTextBytesMax) {
      return fault(std::string(name), "is longer than 512 KiB");
    }
    into = *value->as_string();
  }

  /// One id, or a list of them.
  void read_ends(const NamedTie& tie) {
    const json::Value* const value = body_.find(tie.member);
    if (value == nullptr) return;
    if (value->as_string() != nullptr) return add_end(tie, *value->as_string());
    if (value->as_array() == nullptr || value->as_array()->size() > kListMax) {
      return fault(std::string(tie.member), "is no id, and no list of at most 50 ids");
    }
    for (const json::Value& each : *value->as_array()) {
      if (each.as_string() == nullptr) {
        return fault(std::string(tie.member), "is no id, and no list of at most 50 ids");
      }
      add_end(tie, *each.as_string());
    }
  }

  void add_end(const NamedTie& tie, const std::string& text) {
    if (text.empty()) return;
    if (text.size() > kValueBytesMax)
      return fault(std::string(tie.member), "is too long for an id");
    auto node = query::find_node(context_, text, tie.kind.empty() ? "Target" : tie.kind);
    if (!node.ok() && tie.kind.empty()) {
      auto goal = query::find_node(context_, text, "Goal");
      if (goal.ok()) node = std::move(goal);
    }
    if (!node.ok()) return fault(std::string(tie.member), node.error().message);
    draft_.ties.push_back({std::string(tie.relation), std::string(context_.view.id(node.value())),
                           query::Basis::reported});
  }

  void read_year(std::string_view name, std::optional<int>& into) {
    const json::Value* const value = body_.find(name);
    if (value == nullptr) return;
    const auto number = value->as_integer();
    if (!number || *number < kYearLeast || *number > kYearMost) {
      return fault(std::string(name), "is no year from 1900 to 2999");
    }
    into = static_cast<int>(*number);
  }

  const query::Context& context_;
  const json::Value& body_;
  ingest::SuggestionQuestion words_;
  query::DraftOverlapsQuestion draft_;
  std::vector<ParameterError> faults_;
};

/// What the words of the draft say, as far as ingest would make links of it.
Status add_what_words_say(const Service& service, const ingest::SuggestionQuestion& words,
                          query::DraftOverlapsQuestion& draft) {
  if (words.title.empty() && words.text.empty()) return {};
  const auto suggestions =
      ingest::suggest(TRY(service.vocabulary->of(service.graph, service.ontology.schema())), words);
  for (const ingest::Suggestion& suggestion : suggestions) {
    if (!suggestion.is_link) continue;
    draft.ties.push_back({suggestion.relation, suggestion.id, query::Basis::text});
  }
  return {};
}

/// What the draft was taken to be tied to: only what this viewer may see.
Status write_ties(json::Writer& writer, const query::Context& context,
                  const std::vector<query::DraftTie>& ties) {
  std::vector<graph::NodeIndex> ends;
  std::vector<const query::DraftTie*> known;
  std::set<std::pair<std::string_view, std::string_view>> written;
  for (const query::DraftTie& tie : ties) {
    const auto end = context.view.find(tie.id);
    if (!end || !written.emplace(tie.relation, tie.id).second) continue;
    ends.push_back(*end);
    known.push_back(&tie);
  }
  const auto named = TRY(query::briefs(context, ends));
  writer.begin_array();
  for (std::size_t i = 0; i < named.size(); ++i) {
    writer.begin_object();
    write_members(writer, named[i]);
    writer.member("relation", known[i]->relation);
    writer.member("basis", query::to_string(known[i]->basis));
    writer.end_object();
  }
  writer.end_array();
  return {};
}

Result<std::string> answer_in_json(const query::Context& context,
                                   const query::DraftOverlapsQuestion& draft) {
  const query::OverlapsAnswer answer = TRY(query::overlaps_of_draft(context, draft));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("title", draft.title);
  writer.key("ties");
  TRY(write_ties(writer, context, draft.ties));
  writer.member("total", answer.total);
  write_overlaps(writer, answer);
  writer.end_object();
  return writer.take();
}

}  // namespace

Result<Response> overlaps_of_draft(const Service& service, const Request& request) {
  const graph::View view = service.graph.view(service.viewer);
  const ontology::Schema& schema = service.ontology.schema();
  Parameters parameters(request, schema, {view.version(), viewer_in_words(service.viewer)});
  const query::Filter filter = parameters.filter();
  const std::string language = parameters.language();
  const auto limit = parameters.integer("limit", 1, query::Page::kLimitMax, 20);
  if (auto errors = parameters.errors(); !errors.empty()) {
    return invalid_parameters(std::move(errors), request.path);
  }
  const auto parsed = json::parse(request.body);
  if (!parsed.ok()) return invalid_parameters({{"", parsed.error().message}}, request.path);
  Budget budget({.deadline = request.received + service.deadline, .abandoned = request.has_left});
  const query::Context context{
      .view = view, .schema = schema, .budget = budget, .language = language};
  Body body(context, parsed.value());
  if (auto faults = body.faults(); !faults.empty()) {
    return invalid_parameters(std::move(faults), request.path);
  }
  query::DraftOverlapsQuestion draft = body.draft();
  draft.filter = filter;
  draft.page.limit = static_cast<std::size_t>(limit);
  TRY(add_what_words_say(service, body.words(), draft));
  auto text = answer_in_json(context, draft);
  if (!text.ok()) return explained(text.error(), parameters, request);
  return Response::json(std::move(text).value());
}

}  // namespace mangrove::web::api
