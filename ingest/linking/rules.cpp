#include "ingest/linking/rules.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

namespace mangrove::ingest {
namespace {

/// More ways from one concept are not followed: some vocabularies are written by strangers.
constexpr std::size_t kReachesMax = 1000;
constexpr std::string_view kMapped = "mapped";
constexpr std::string_view kText = "text";

std::optional<double> number_of(const graph::Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  return std::nullopt;
}

/// The number of that name, where there is one that everybody may see.
std::optional<double> number_on(const graph::EdgeStatement& edge, std::string_view name) {
  std::optional<double> found;
  for (const graph::Property& property : edge.properties) {
    if (property.name != name || !property.audience.empty()) continue;
    if (found) return std::nullopt;
    found = number_of(property.value);
  }
  return found;
}

std::optional<double> number_on(const ConceptEdge& edge, std::string_view name) {
  const auto number = edge.numbers.find(name);
  return number == edge.numbers.end() ? std::nullopt : std::optional(number->second);
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

/// What the numbers of one more edge make of a way: its factor, and the conditions that hold.
/// False where one does not.
template <typename Edge>
bool pass(const DerivationRule& rule, const Edge& edge, double& factor, std::uint32_t& held) {
  for (std::size_t i = 0; i < rule.conditions.size(); ++i) {
    const auto number = number_on(edge, rule.conditions[i].property);
    if (!number) continue;
    if (!holds(rule.conditions[i], *number)) return false;
    held |= 1U << i;
  }
  for (const std::string& property : rule.times) {
    factor *= number_on(edge, property).value_or(1);
  }
  return true;
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

std::string key_of(const DerivationRule::Step& step, std::string_view node) {
  std::string key(step.backwards ? "^" : "");
  key += step.relation;
  key += ' ';
  key += node;
  return key;
}

}  // namespace

const std::vector<RuleReader::Reach>& RuleReader::reaches(std::size_t number, std::size_t step,
                                                          const std::string& from) {
  auto& known = reaches_[number][step];
  if (const auto at = known.find(from); at != known.end()) return at->second;
  const DerivationRule& rule = vocabulary_.rules[number];
  std::vector<Reach> found;
  const auto edges = vocabulary_.edges.find(key_of(rule.path[step], from));
  if (edges != vocabulary_.edges.end()) {
    for (const ConceptEdge& edge : edges->second) {
      Reach first{edge.to, " " + from, 1, 0};
      if (!pass(rule, edge, first.factor, first.held)) continue;
      if (step + 1 == rule.path.size()) {
        if (vocabulary_.kinds.at(edge.to) == rule.to_kind) found.push_back(std::move(first));
        continue;
      }
      for (const Reach& rest : reaches(number, step + 1, edge.to)) {
        if (found.size() == kReachesMax) break;
        found.push_back({rest.end, first.between + rest.between, first.factor * rest.factor,
                         first.held | rest.held});
      }
    }
  }
  return known.emplace(from, std::move(found)).first->second;
}

/// The conclusions of one record.
class RuleReader::Round {
 public:
  Round(RuleReader& reader, const graph::Record& record) : reader_(reader), record_(record) {
    for (const graph::EdgeStatement& edge : record.edges) {
      const std::string_view basis = basis_of(edge);
      if (basis == kMapped) continue;
      const double confidence = number_on(edge, "confidence").value_or(1);
      own_.push_back({edge.from, edge.relation, edge.to, basis, confidence, edge.audience, &edge});
      goes_further_ = goes_further_ || edge.from != record.subject.id;
    }
  }

  std::vector<Conclusion> make() {
    const auto& rules = reader_.vocabulary_.rules;
    for (std::size_t number = 0; number < rules.size(); ++number) {
      if (rules[number].stage != stage_) begin_stage(rules[number].stage);
      apply(number);
    }
    return grouped();
  }

 private:
  /// An edge of the record, or one that was concluded.
  struct Own {
    std::string_view from;
    std::string_view relation;
    std::string_view to;
    std::string_view basis;
    double confidence;
    std::vector<std::string> audience;
    const graph::EdgeStatement* edge;  // Null for one that was concluded.
  };
  struct Way {
    std::string between;
    double factor;
    std::uint32_t held;
    std::vector<std::string> audience;
    const Own* first;
  };
  struct Reason {
    std::string_view relation;
    std::string end;
    std::vector<std::string> audience;
    double confidence;
    std::string_view rule;
    std::string path;

    auto key() const { return std::tie(relation, end, audience); }
  };

  /// What earlier stages concluded can be read from now on.
  void begin_stage(std::int64_t stage) {
    stage_ = stage;
    concluded_ = grouped();
    std::erase_if(own_, [](const Own& own) { return own.edge == nullptr; });
    for (const Conclusion& one : concluded_) {
      own_.push_back({record_.subject.id, one.relation, one.to, kMapped, one.confidence,
                      one.audience, nullptr});
    }
  }

  void apply(std::size_t number) {
    const DerivationRule& rule = reader_.vocabulary_.rules[number];
    for_each_own(rule.path[0], record_.subject.id, [&](const Own& own, std::string_view far) {
      const bool is_read =
          std::find(rule.reads.begin(), rule.reads.end(), own.basis) != rule.reads.end();
      if (!is_read) return;
      Way way{{}, rule.confidence * own.confidence, 0, own.audience, &own};
      if (own.edge != nullptr && !pass(rule, *own.edge, way.factor, way.held)) return;
      go_on(number, 1, std::string(far), way);
    });
  }

  /// `visit(own, far)` for the edges that lead on from a node.
  template <typename Visit>
  void for_each_own(const DerivationRule::Step& step, std::string_view near, Visit&& visit) {
    for (const Own& own : own_) {
      if (own.relation != step.relation) continue;
      if ((step.backwards ? own.to : own.from) == near) {
        visit(own, step.backwards ? own.from : own.to);
      }
    }
  }

  void go_on(std::size_t number, std::size_t step, const std::string& at, const Way& way) {
    const DerivationRule& rule = reader_.vocabulary_.rules[number];
    if (step == rule.path.size()) {
      if (kind_of(at) == rule.to_kind) arrive(rule, at, way.between, way.factor, way.held, way);
      return;
    }
    for (const Reach& reach : reader_.reaches(number, step, at)) {
      arrive(rule, reach.end, way.between + reach.between, way.factor * reach.factor,
             way.held | reach.held, way);
    }
    if (!goes_further_) return;
    for_each_own(rule.path[step], at, [&](const Own& own, std::string_view far) {
      if (own.edge == nullptr) return;
      auto audience = both(way.audience, own.audience);
      if (!audience) return;
      Way next{way.between + " " + at, way.factor, way.held, *std::move(audience), way.first};
      if (!pass(rule, *own.edge, next.factor, next.held)) return;
      go_on(number, step + 1, std::string(far), next);
    });
  }

  void arrive(const DerivationRule& rule, const std::string& end, const std::string& between,
              double confidence, std::uint32_t held, const Way& way) {
    if (held != (1U << rule.conditions.size()) - 1) return;
    confidence = std::round(confidence * 1000) / 1000;
    if (confidence < rule.least || confidence <= 0 || is_said(rule, end, confidence, way)) return;
    reasons_.push_back({rule.derives, end, way.audience, confidence, rule.id, rule.id + between});
  }

  /// Whether it need not be concluded: somebody says so, or the words from which it would be
  /// concluded say so themselves.
  bool is_said(const DerivationRule& rule, std::string_view end, double confidence,
               const Way& way) const {
    return std::any_of(own_.begin(), own_.end(), [&](const Own& own) {
      if (own.edge == nullptr || own.relation != rule.derives || own.to != end ||
          own.from != record_.subject.id) {
        return false;
      }
      if (own.basis == kText) {
        return way.first->basis == kText && own.audience == way.audience &&
               own.confidence >= confidence;
      }
      return own.audience.empty() && (own.basis == "reported" || own.basis == "reviewed");
    });
  }

  std::string_view kind_of(std::string_view id) const {
    const auto known = reader_.vocabulary_.kinds.find(id);
    if (known != reader_.vocabulary_.kinds.end()) return known->second;
    for (const graph::NodeStatement& mention : record_.mentions) {
      if (mention.id == id) return mention.kind;
    }
    const ontology::KindInfo* const kind = reader_.schema_.kind_of_id(id);
    return kind == nullptr ? std::string_view() : std::string_view(kind->name);
  }

  std::vector<Conclusion> grouped() {
    std::sort(reasons_.begin(), reasons_.end(), [](const Reason& a, const Reason& b) {
      if (a.key() != b.key()) return a.key() < b.key();
      if (a.confidence != b.confidence) return a.confidence > b.confidence;
      return std::tie(a.rule, a.path) < std::tie(b.rule, b.path);
    });
    std::vector<Conclusion> conclusions;
    const Reason* last = nullptr;
    for (const Reason& reason : reasons_) {
      if (last == nullptr || last->key() != reason.key()) {
        conclusions.push_back({std::string(reason.relation),
                               reason.end,
                               reason.audience,
                               reason.confidence,
                               std::string(reason.rule),
                               {}});
      }
      last = &reason;
      std::vector<std::string>& paths = conclusions.back().paths;
      const bool told = std::find(paths.begin(), paths.end(), reason.path) != paths.end();
      if (!told && paths.size() < kWaysMax) paths.push_back(reason.path);
    }
    return conclusions;
  }

  RuleReader& reader_;
  const graph::Record& record_;
  std::int64_t stage_ = 0;
  std::vector<Own> own_;
  bool goes_further_ = false;  // Whether an edge of the record leads on from another node.
  std::vector<Conclusion> concluded_;
  std::vector<Reason> reasons_;
};

std::vector<Conclusion> RuleReader::conclude(const graph::Record& record) {
  return Round(*this, record).make();
}

}  // namespace mangrove::ingest
