#include "web/api/suggest.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/json.h"
#include "ingest/linking/suggest.h"
#include "query/answer.h"
#include "web/api/json.h"

namespace mangrove::web::api {
namespace {

constexpr std::size_t kTextBytesMax = std::size_t{1} << 19;
constexpr std::int64_t kLimitMax = 500;

/// The question, or what is wrong with the body.
class Body {
 public:
  explicit Body(const json::Value& body) : body_(body) {
    if (body_.as_object() != nullptr) {
      read();
    } else {
      fault("", "The body is no JSON object such as {\"text\": \"…\"}.");
    }
  }

  std::vector<ParameterError> faults() { return std::move(faults_); }
  const ingest::SuggestionQuestion& question() const { return question_; }

 private:
  void read() {
    for (const json::Member& member : *body_.as_object()) {
      static constexpr std::array<std::string_view, 5> kNames{"text", "title", "language", "least",
                                                              "limit"};
      if (std::find(kNames.begin(), kNames.end(), member.key) == kNames.end()) {
        fault(member.key, "is not known: there are text, title, language, least and limit");
      }
    }
    read_text("title", question_.title);
    read_text("text", question_.text);
    read_text("language", question_.language);
    if (faults_.empty() && question_.text.empty() && question_.title.empty()) {
      fault("text", "is missing");
    }
    read_least();
    read_limit();
  }
  void fault(std::string name, std::string what) {
    faults_.push_back({std::move(name), std::move(what)});
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
  void read_least() {
    const json::Value* const value = body_.find("least");
    if (value == nullptr) return;
    const auto number = value->as_number();
    if (!number || *number < 0 || *number > 1) return fault("least", "is no number from 0 to 1");
    question_.least = *number;
  }
  void read_limit() {
    const json::Value* const value = body_.find("limit");
    if (value == nullptr) return;
    const auto number = value->as_integer();
    if (!number || *number < 1 || *number > kLimitMax) {
      return fault("limit", "is no whole number from 1 to " + std::to_string(kLimitMax));
    }
    question_.limit = static_cast<std::size_t>(*number);
  }

  const json::Value& body_;
  ingest::SuggestionQuestion question_;
  std::vector<ParameterError> faults_;
};

/// What the graph tells of a suggested concept.
struct Named {
  std::string name;
  std::string status;  // Where nobody has confirmed the concept.
};

void write(json::Writer& writer, const ingest::Suggestion& suggestion, const Named& named) {
  writer.begin_object();
  writer.member("id", suggestion.id);
  writer.member("kind", suggestion.kind);
  writer.member("name", named.name);
  write_status(writer, "status", named.status);
  writer.member("relation", suggestion.relation);
  writer.member("confidence", suggestion.confidence);
  writer.member("link", suggestion.is_link);
  writer.key("matched");
  writer.begin_array();
  for (const ingest::Suggestion::Words& words : suggestion.matched) {
    writer.begin_object();
    writer.member("in", words.in);
    writer.key("from");
    writer.unsigned_integer(words.from);
    writer.key("to");
    writer.unsigned_integer(words.to);
    writer.member("words", words.words);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

/// The names of the concepts, in one round trip.
Result<std::vector<Named>> names_of(const graph::View& view, const ontology::Schema& schema,
                                    const std::vector<ingest::Suggestion>& suggestions,
                                    std::string_view language) {
  std::vector<graph::NodeIndex> nodes;
  for (const ingest::Suggestion& suggestion : suggestions) {
    const auto node = view.find(suggestion.id);
    if (node) nodes.push_back(*node);
  }
  const std::vector<graph::Node> read = TRY(view.read(nodes));
  std::vector<Named> names;
  auto next = read.begin();
  for (const ingest::Suggestion& suggestion : suggestions) {
    const bool is_there = next != read.end() && next->id == suggestion.id;
    const ontology::KindInfo* const kind = schema.kind(suggestion.kind);
    // A name of its own for each case: of both, `?:` would make a string that is gone at once.
    std::string_view property = "label";
    if (kind != nullptr) property = kind->name_property;
    Named named;
    if (is_there) {
      named.name = next->text(property, language);
      named.status = query::unconfirmed(next->text("status"));
      ++next;
    }
    names.push_back(std::move(named));
  }
  return names;
}

}  // namespace

Result<Response> suggest(const Service& service, const Request& request) {
  const auto parsed = json::parse(request.body);
  if (!parsed.ok()) return invalid_parameters({{"", parsed.error().message}}, request.path);
  Body body(parsed.value());
  if (auto faults = body.faults(); !faults.empty()) {
    return invalid_parameters(std::move(faults), request.path);
  }
  const ontology::Schema& schema = service.ontology.schema();
  const auto suggestions =
      ingest::suggest(TRY(service.vocabulary->of(service.graph, schema)), body.question());
  const graph::View view = service.graph.view(service.viewer);
  const std::string& language = body.question().language;
  const auto names = TRY(names_of(view, schema, suggestions, language.empty() ? "en" : language));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", view.version());
  writer.key("items");
  writer.begin_array();
  for (std::size_t i = 0; i < suggestions.size(); ++i) write(writer, suggestions[i], names[i]);
  writer.end_array();
  writer.end_object();
  return Response::json(writer.take());
}

}  // namespace mangrove::web::api
