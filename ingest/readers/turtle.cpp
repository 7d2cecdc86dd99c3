#include "ingest/readers/turtle.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "ingest/readers/rdf_file.h"
#include "ingest/readers/rdf_nodes.h"
#include "ingest/readers/statements.h"

namespace mangrove::ingest {
namespace {

/// Of most properties there is one wording in each language; of these there are many.
bool is_list(std::string_view property) {
  static constexpr std::array<std::string_view, 9> kLists{
      "keywords",   "cues",         "cue",       "near",      "unless",
      "small_word", "false_friend", "exclusion", "word_class"};
  return std::find(kLists.begin(), kLists.end(), property) != kLists.end();
}

using ontology::kIdNamespace;
using ontology::kNameNamespace;
using ontology::Term;

constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";
constexpr std::size_t kQualifierBytesMax = 200;  // Qualifiers are few and short: a role, a basis.

/// What follows the prefix; empty where the text does not begin with it.
std::string_view behind(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view();
}

/// What SKOS means on our own nodes.
std::string_view property_of_skos(std::string_view predicate) {
  static const std::map<std::string_view, std::string_view> properties{
      {"prefLabel", "label"},
      {"notation", "code"},
      {"definition", "definition"},
      {"altLabel", "keywords"},
  };
  const auto found = properties.find(behind(predicate, kSkos));
  return found == properties.end() ? std::string_view() : found->second;
}

ValueType type_of(std::string_view datatype) {
  static const std::map<std::string_view, ValueType> types{
      {"integer", ValueType::integer},
      {"int", ValueType::integer},
      {"long", ValueType::integer},
      {"short", ValueType::integer},
      {"nonNegativeInteger", ValueType::integer},
      {"positiveInteger", ValueType::integer},
      {"decimal", ValueType::number},
      {"double", ValueType::number},
      {"float", ValueType::number},
      {"boolean", ValueType::boolean},
      {"date", ValueType::date},
      {"dateTime", ValueType::date},
      {"gYear", ValueType::date},
      {"gYearMonth", ValueType::date},
  };
  const auto found = types.find(behind(datatype, kXsd));
  return found == types.end() ? ValueType::text : found->second;
}

/// What an RDF file says about one node, said in the terms of the schema.
class Translation {
 public:
  Translation(const RdfFile& rdf, const RdfNodes& nodes, const ontology::Schema& schema,
              LeftOut& left_out, std::set<std::string>& used, std::string_view source)
      : rdf_(rdf),
        nodes_(nodes),
        schema_(schema),
        left_out_(left_out),
        used_(used),
        source_(source) {}

  Step translate(const RdfNode& node) {
    draft_.record.subject = {node.id, node.kind, {}};
    for (const RdfPart& part : node.parts) {
      take_codes(part);
      for (const RdfStatement& statement : part.subject->statements) {
        take(statement, part);
      }
    }
    tell_apart(draft_.record.edges);
    ++draft_.elements[node.kind];
    for (const graph::EdgeStatement& edge : draft_.record.edges) {
      ++draft_.elements[edge.relation];
    }
    step_.draft = std::move(draft_);
    return std::move(step_);
  }

 private:
  graph::NodeStatement& subject() { return draft_.record.subject; }

  void find(const RdfStatement& statement, std::string rule, std::string detail, Action action) {
    step_.findings.push_back(
        {"", statement.line, std::move(rule), subject().id + ": " + std::move(detail), action});
  }

  void take_codes(const RdfPart& part) {
    for (std::size_t i = 0; i < part.codes.size(); ++i) {
      const std::string& property = i == 0 ? code_property_ : part.rule->other_codes_property;
      if (!property.empty()) {
        subject().properties.push_back({property, graph::Text{part.codes[i], {}}});
      }
    }
  }

  void take(const RdfStatement& statement, const RdfPart& part) {
    const std::string_view ours = behind(statement.predicate, kNameNamespace);
    if (statement.predicate == kRdfType) {
      return;
    }
    if (ours == "edge") {
      take_edge(statement);
    } else if (!ours.empty() && ours.front() >= 'A' && ours.front() <= 'Z') {
      add_edge(statement, ours, statement, {}, {});
    } else if (!ours.empty()) {
      take_value(std::string(ours), statement, {});
    } else if (part.rule == nullptr && !property_of_skos(statement.predicate).empty()) {
      take_value(std::string(property_of_skos(statement.predicate)), statement, {});
    } else {
      take_foreign(statement, part);
    }
  }

  void take_foreign(const RdfStatement& statement, const RdfPart& part) {
    const std::string_view skos = behind(statement.predicate, kSkos);
    if (part.rule != nullptr && skos == "prefLabel") {
      const std::string& property = part.rule->label_property;
      take_value(property.empty() ? "label" : property, statement, {});
      return;
    }
    if (part.rule != nullptr && skos == "notation" && !part.rule->id_notation.empty() &&
        statement.datatype == part.rule->id_notation) {
      return;  // Taken already, as a code.
    }
    const auto* rule = schema_.predicate_rule(statement.predicate, subject().kind);
    if (rule == nullptr) {
      left_out_.add("the predicate <" + std::string(statement.predicate) + ">" +
                        (skos == "notation" && !statement.datatype.empty()
                             ? " of the datatype <" + std::string(statement.datatype) + ">"
                             : ""),
                    statement.line, 1);
    } else if (rule->relation.empty()) {
      take_value(rule->property, statement, rule->cut_prefix);
    } else {
      add_edge(statement, rule->relation, statement, {}, {});
    }
  }

  /// A literal with its type and language; an IRI as text, its public id where it has one.
  std::optional<graph::Value> value_of(const RdfStatement& statement, std::string_view cut_prefix) {
    std::string_view text = statement.object;
    if (statement.type == Term::Type::blank) {
      find(statement, "turtle-value", "a blank node cannot be a value", Action::value_skipped);
      return std::nullopt;
    }
    if (statement.type == Term::Type::iri && text.starts_with(kIdNamespace)) {
      text = behind(text, kIdNamespace);
    }
    if (!cut_prefix.empty() && text.starts_with(cut_prefix)) {
      text = behind(text, cut_prefix);
    }
    if (auto value = parse_value(text, type_of(statement.datatype), statement.language)) {
      return value;
    }
    find(statement, "turtle-value",
         "`" + std::string(text) + "` is not a value of <" + std::string(statement.datatype) + ">",
         Action::value_kept_as_text);
    return graph::Text{std::string(trimmed(text)), {}};
  }

  void take_value(std::string property, const RdfStatement& statement,
                  std::string_view cut_prefix) {
    std::optional<graph::Value> value = value_of(statement, cut_prefix);
    if (!value) {
      return;
    }
    if (!statement.language.empty() && !is_list(property) &&
        has_wording(property, statement.language)) {
      find(statement, "label-twice",
           "two texts for `" + property + "` in the language " + std::string(statement.language) +
               "; the first one stays",
           Action::value_skipped);
      return;
    }
    subject().properties.push_back({std::move(property), std::move(*value)});
  }

  bool has_wording(std::string_view property, std::string_view language) {
    return std::ranges::any_of(subject().properties, [&](const graph::Property& known) {
      const auto* text = std::get_if<graph::Text>(&known.value);
      return known.name == property && text != nullptr && text->language == language;
    });
  }

  /// `m:edge [ m:relation m:BEARS_ON ; m:to sdg:8.10 ; m:weight 0.5 ]`
  void take_edge(const RdfStatement& statement) {
    const RdfSubject* inner = rdf_.find(statement.object);
    if (statement.type != Term::Type::blank || inner == nullptr) {
      find(statement, "turtle-edge", "m:edge wants [ m:relation ... ; m:to ... ]",
           Action::value_skipped);
      return;
    }
    used_.insert(statement.object);
    std::string_view relation;
    const RdfStatement* to = nullptr;
    std::optional<std::string> qualifier;
    std::vector<graph::Property> properties;
    for (const RdfStatement& part : inner->statements) {
      const std::string_view name = behind(part.predicate, kNameNamespace);
      if (name == "relation") {
        relation = behind(part.object, kNameNamespace);
      } else if (name == "to") {
        to = &part;
      } else if (name == "qualifier" && part.object.size() <= kQualifierBytesMax) {
        qualifier = part.object;
      } else if (name.empty()) {
        left_out_.add("the predicate <" + std::string(part.predicate) + "> of an m:edge", part.line,
                      1);
      } else if (auto value = value_of(part, {})) {
        properties.push_back({std::string(name), std::move(*value)});
      }
    }
    if (to == nullptr) {
      find(statement, "turtle-edge", "m:edge without m:to", Action::value_skipped);
      return;
    }
    add_edge(statement, relation, *to, std::move(properties), qualifier);
  }

  void add_edge(const RdfStatement& statement, std::string_view relation, const RdfStatement& to,
                std::vector<graph::Property> properties,
                const std::optional<std::string>& qualifier) {
    const ontology::RelationInfo* info = schema_.relation(relation);
    if (info == nullptr) {
      find(statement, "relation-unknown",
           "the schema knows no relation `" + std::string(relation) + "`", Action::value_skipped);
      return;
    }
    std::string id = to.type == Term::Type::iri ? nodes_.id_of(to.object) : std::string();
    if (id.empty()) {
      find(statement, "relation-end",
           "`" + to.object + "`, the end of " + info->name + ", has no id that we know",
           Action::value_skipped);
      return;
    }
    if (!info->allows(subject().kind, nodes_.kind_of(id))) {
      find(statement, "relation-end",
           info->name + " does not go from a " + subject().kind + " to " + id + ", a " +
               std::string(nodes_.kind_of(id)),
           Action::value_skipped);
      return;
    }
    draft_.record.edges.push_back(
        make_edge(*info, subject().id, std::move(id), std::move(properties), source_));
    if (qualifier) {
      draft_.record.edges.back().qualifier = *qualifier;
    }
  }

  const std::string code_property_ = "code";
  const RdfFile& rdf_;
  const RdfNodes& nodes_;
  const ontology::Schema& schema_;
  LeftOut& left_out_;
  std::set<std::string>& used_;
  std::string_view source_;
  Draft draft_;
  Step step_;
};

class TurtleReader final : public Reader {
 public:
  TurtleReader(std::unique_ptr<ByteStream> bytes, std::string file, const ontology::Schema& schema)
      : bytes_(std::move(bytes)), file_(std::move(file)), schema_(schema) {}

  Result<std::optional<Step>> next() override {
    if (!nodes_) {
      TRY(rdf_.read(*bytes_, file_));
      nodes_.emplace(rdf_, schema_, left_out_);
      find_source();
    }
    if (position_ > nodes_->nodes().size()) {
      return std::optional<Step>();
    }
    Step step;
    if (position_ < nodes_->nodes().size()) {
      step = translate(nodes_->nodes()[position_]);
    }
    if (++position_ >= nodes_->nodes().size()) {
      add_last_findings(step);
      position_ = nodes_->nodes().size() + 1;
    }
    return step.draft || !step.findings.empty() ? std::optional(std::move(step)) : std::nullopt;
  }

 private:
  /// The first node of the kind Source is the source of all.
  void find_source() {
    for (const RdfNode& node : nodes_->nodes()) {
      if (node.kind != "Source") {
        continue;
      }
      source_ = node.id;
      for (const RdfStatement& statement : node.parts.front().subject->statements) {
        if (behind(statement.predicate, kNameNamespace) == "publisher") {
          publisher_ = statement.object;
        }
      }
      return;
    }
  }

  Step translate(const RdfNode& node) {
    Step step = Translation(rdf_, *nodes_, schema_, left_out_, used_, source_).translate(node);
    Draft& draft = *step.draft;
    draft.line = node.parts.front().subject->line;
    draft.publisher = publisher_;
    draft.record.source = source_;
    draft.record.origin = file_ + ":" + std::to_string(draft.line);
    return step;
  }

  /// What concerns the whole file is said with its last node, when all is counted.
  void add_last_findings(Step& step) {
    for (const RdfSubject& subject : rdf_.subjects()) {
      if (subject.blank() && !used_.contains(subject.name)) {
        left_out_.add("blank nodes that are no m:edge", subject.line, subject.statements.size());
      }
    }
    for (auto findings : {nodes_->findings(), left_out_.findings()}) {
      std::ranges::move(findings, std::back_inserter(step.findings));
    }
  }

  std::unique_ptr<ByteStream> bytes_;
  const std::string file_;
  const ontology::Schema& schema_;
  RdfFile rdf_;
  LeftOut left_out_;
  std::optional<RdfNodes> nodes_;
  std::set<std::string> used_;  // Blank nodes that became edges.
  std::string source_;
  std::string publisher_;
  std::size_t position_ = 0;
};

}  // namespace

std::unique_ptr<Reader> make_turtle_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                           const ontology::Schema& schema) {
  return std::make_unique<TurtleReader>(std::move(bytes), std::move(file), schema);
}

}  // namespace mangrove::ingest
