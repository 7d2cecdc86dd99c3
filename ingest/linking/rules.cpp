#include "ingest/linking/rules.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace mangrove::ingest {
namespace {

constexpr std::size_t kPathsMax = 20;
constexpr std::string_view kMapped = "mapped";

using Numbers = std::map<std::string, double, std::less<>>;

std::optional<double> number_of(const graph::Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  return std::nullopt;
}

/// The numbers that stand on an edge once.
Numbers numbers_on(const graph::EdgeStatement& edge) {
  Numbers numbers;
  for (const graph::Property& property : edge.properties) {
    if (!property.audience.empty()) continue;
    const auto number = number_of(property.value);
    if (number) numbers.emplace(property.name, *number);
  }
  return numbers;
}

std::string_view basis_of(const graph::EdgeStatement& edge) {
  const std::string_view basis = graph::text_of(edge.properties, "basis");
  return basis.empty() ? std::string_view("reported") : basis;
}

bool holds(const RuleCondition& condition, double number) {
  using Comparison = RuleCondition::Comparison;
  switch (condition.comparison) {
    case Comparison::equal:
      return number == condition.number;
    case Comparison::less:
      return number < condition.number;
    case Comparison::at_most:
      return number <= condition.number;
    case Comparison::more:
      return number > condition.number;
    case Comparison::at_least:
      return number >= condition.number;
  }
  return false;
}

/// Those who may see both; nothing where nobody may.
std::optional<std::vector<std::string>> both(const std::vector<std::string>& a,
                                             const std::vector<std::string>& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  std::vector<std::string> common;
  for (const std::string& name : a) {
    if (std::find(b.begin(), b.end(), name) != b.end()) common.push_back(name);
  }
  if (common.empty()) return std::nullopt;
  return common;
}

/// A step over an edge of the record.
struct OwnEdge {
  std::string_view to;
  const graph::EdgeStatement* edge;  // Null for one that was concluded.
  std::string_view basis;
  Numbers numbers;
  std::vector<std::string> audience;
};

/// How far a path is.
struct Way {
  std::vector<std::string_view> nodes;  // Between the subject and the end.
  Numbers numbers;                      // Of all its edges.
  std::vector<std::string> audience;
};

class Concluding {
 public:
  Concluding(const graph::Record& record, const Vocabulary& vocabulary,
             const ontology::Schema& schema)
      : record_(record), vocabulary_(vocabulary), schema_(schema) {
    for (const graph::EdgeStatement& edge : record.edges) {
      if (basis_of(edge) == kMapped) continue;
      add_own(edge.from, edge.relation, false, edge.to, edge);
      add_own(edge.to, edge.relation, true, edge.from, edge);
    }
    for (const graph::NodeStatement& mention : record.mentions) kinds_[mention.id] = mention.kind;
  }

  std::vector<Conclusion> make() {
    for (const DerivationRule& rule : vocabulary_.rules) {
      if (rule.stage != stage_) begin_stage(rule.stage);
      apply(rule);
    }
    std::vector<Conclusion> conclusions;
    for (auto& [key, ways] : made_) {
      std::sort(ways.begin(), ways.end(), [](const Reason& a, const Reason& b) {
        if (a.confidence != b.confidence) return a.confidence > b.confidence;
        return std::tie(a.rule, a.path) < std::tie(b.rule, b.path);
      });
      const auto& [relation, to, audience] = key;
      Conclusion conclusion{relation, to, audience, ways[0].confidence, ways[0].rule, {}};
      for (const Reason& way : ways) {
        if (conclusion.paths.size() == kPathsMax) break;
        const bool told = std::find(conclusion.paths.begin(), conclusion.paths.end(), way.path) !=
                          conclusion.paths.end();
        if (!told) conclusion.paths.push_back(way.path);
      }
      conclusions.push_back(std::move(conclusion));
    }
    return conclusions;
  }

 private:
  struct Reason {
    double confidence;
    std::string rule;
    std::string path;
  };

  static std::string key_of(std::string_view node, std::string_view relation, bool backwards) {
    std::string key(backwards ? "^" : "");
    key += relation;
    key += ' ';
    key += node;
    return key;
  }

  void add_own(std::string_view near, std::string_view relation, bool backwards,
               std::string_view far, const graph::EdgeStatement& edge) {
    own_[key_of(near, relation, backwards)].push_back(
        {far, &edge, basis_of(edge), numbers_on(edge), edge.audience});
  }

  /// What earlier stages concluded can be read from now on.
  void begin_stage(std::int64_t stage) {
    stage_ = stage;
    for (const auto& [key, ways] : made_) {
      const auto& [relation, to, audience] = key;
      const auto surest = std::max_element(
          ways.begin(), ways.end(),
          [](const Reason& a, const Reason& b) { return a.confidence < b.confidence; });
      own_[key_of(record_.subject.id, relation, false)].push_back(
          {to, nullptr, kMapped, {{"confidence", surest->confidence}}, audience});
    }
  }

  void apply(const DerivationRule& rule) {
    const auto& first = rule.path[0];
    const auto edges = own_.find(key_of(record_.subject.id, first.relation, first.backwards));
    if (edges == own_.end()) return;
    // By index: what is concluded meanwhile is of this stage, and not read by it.
    for (const OwnEdge& edge : edges->second) {
      const bool read =
          std::find(rule.reads.begin(), rule.reads.end(), edge.basis) != rule.reads.end();
      if (!read) continue;
      const auto confidence = edge.numbers.find("confidence");
      const double start =
          rule.confidence * (confidence == edge.numbers.end() ? 1 : confidence->second);
      Way way{{}, edge.numbers, edge.audience};
      go_on(rule, 1, edge.to, std::move(way), start);
    }
  }

  void go_on(const DerivationRule& rule, std::size_t step, std::string_view at, Way way,
             double start) {
    if (step == rule.path.size()) return arrive(rule, at, way, start);
    way.nodes.push_back(at);
    const std::string key = key_of(at, rule.path[step].relation, rule.path[step].backwards);
    if (const auto concepts = vocabulary_.edges.find(key); concepts != vocabulary_.edges.end()) {
      for (const ConceptEdge& edge : concepts->second) {
        Way next = way;
        next.numbers.insert(edge.numbers.begin(), edge.numbers.end());
        go_on(rule, step + 1, edge.to, std::move(next), start);
      }
    }
    const auto own = own_.find(key);
    if (own == own_.end()) return;
    for (const OwnEdge& edge : own->second) {
      const auto audience = both(way.audience, edge.audience);
      if (!audience) continue;
      Way next = way;
      next.audience = *audience;
      next.numbers.insert(edge.numbers.begin(), edge.numbers.end());
      go_on(rule, step + 1, edge.to, std::move(next), start);
    }
  }

  void arrive(const DerivationRule& rule, std::string_view end, const Way& way, double start) {
    if (kind_of(end) != rule.to_kind) return;
    for (const RuleCondition& condition : rule.conditions) {
      const auto number = way.numbers.find(condition.property);
      if (number == way.numbers.end() || !holds(condition, number->second)) return;
    }
    double confidence = start;
    for (const std::string& property : rule.times) {
      const auto number = way.numbers.find(property);
      if (number != way.numbers.end()) confidence *= number->second;
    }
    confidence = std::round(confidence * 1000) / 1000;
    if (confidence < rule.least || confidence <= 0 || is_stated(rule.derives, end)) return;
    std::string path = rule.id;
    for (const std::string_view node : way.nodes) path += " " + std::string(node);
    made_[{rule.derives, std::string(end), way.audience}].push_back(
        {confidence, rule.id, std::move(path)});
  }

  /// Whether somebody said so, so that nothing need be concluded.
  bool is_stated(std::string_view relation, std::string_view end) const {
    const auto edges = own_.find(key_of(record_.subject.id, relation, false));
    return edges != own_.end() &&
           std::any_of(edges->second.begin(), edges->second.end(), [&](const OwnEdge& edge) {
             return edge.to == end && edge.audience.empty() &&
                    (edge.basis == "reported" || edge.basis == "reviewed");
           });
  }

  std::string_view kind_of(std::string_view id) const {
    const auto known = vocabulary_.kinds.find(id);
    if (known != vocabulary_.kinds.end()) return known->second;
    const auto mentioned = kinds_.find(std::string(id));
    if (mentioned != kinds_.end()) return mentioned->second;
    const ontology::KindInfo* const kind = schema_.kind_of_id(id);
    return kind == nullptr ? std::string_view() : std::string_view(kind->name);
  }

  const graph::Record& record_;
  const Vocabulary& vocabulary_;
  const ontology::Schema& schema_;
  std::int64_t stage_ = 0;
  std::unordered_map<std::string, std::vector<OwnEdge>> own_;  // As `Vocabulary::edges`.
  std::unordered_map<std::string, std::string_view> kinds_;
  std::map<std::tuple<std::string, std::string, std::vector<std::string>>, std::vector<Reason>>
      made_;
};

}  // namespace

std::vector<Conclusion> conclude(const graph::Record& record, const Vocabulary& vocabulary,
                                 const ontology::Schema& schema) {
  return Concluding(record, vocabulary, schema).make();
}

}  // namespace mangrove::ingest
