#include "ontology/check/rule_fit.h"

#include <algorithm>
#include <optional>
#include <set>

#include "ontology/grammar/derivation_rule.h"
#include "ontology/grammar/notation.h"
#include "ontology/nearest.h"

namespace mangrove::ontology {
namespace {

using Names = std::set<std::string, std::less<>>;

constexpr std::string_view kInitiative = "Initiative";
constexpr double kConfidenceMax = 0.9;

Names relation_names(const Schema& schema) {
  Names names;
  for (const RelationInfo& relation : schema.relations()) names.insert(relation.name);
  return names;
}

std::string joined(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "nothing" : text;
}

class RuleFit {
 public:
  RuleFit(const WrittenSubject& rule, const Schema& schema) : rule_(rule), schema_(schema) {}

  std::vector<Misfit> all() {
    const Said* path = only("path");
    path_known_ = path != nullptr;
    if (path_known_) follow(*path);
    const Said* kind = only("to_kind");
    if (kind != nullptr) check_end(*kind);
    if (const Said* derives = only("derives")) check_derived(*derives, kind);
    for (const Said* each : rule_.all("times")) check_property(*each, each->object.text);
    check_conditions();
    check_numbers();
    check_reads();
    return std::move(misfits_);
  }

 private:
  void note(std::size_t line, std::string text) { misfits_.push_back({line, std::move(text)}); }

  /// The one statement that a rule must have of this name.
  const Said* only(std::string_view name) {
    const auto all = rule_.all(name);
    if (all.empty() && !rule_.broken) {
      note(rule_.line, "a rule wants m:" + std::string(name));
    }
    for (std::size_t i = 1; i < all.size(); ++i) {
      note(all[i]->line, "m:" + std::string(name) + " is given twice");
    }
    return all.empty() ? nullptr : all.front();
  }

  void follow(const Said& said) {
    const auto path = parse_path(said.object.text);
    path_known_ = path.ok();
    if (!path.ok()) return note(said.line, path.error().message);
    ends_ = {std::string(kInitiative)};
    for (const DerivationRule::Step& step : path.value()) {
      const RelationInfo* relation = schema_.relation(step.relation);
      if (relation == nullptr) {
        note(said.line, "the path names a relation that is not there: " + step.relation +
                            did_you_mean(step.relation, relation_names(schema_)));
        path_known_ = false;
      }
      if (path_known_) take_step(said.line, *relation, step.backwards);
      if (!path_known_) return;
    }
  }

  void take_step(std::size_t line, const RelationInfo& relation, bool back) {
    Names next;
    for (const std::string& from : ends_) {
      for (const KindInfo& to : schema_.kinds()) {
        if (back ? relation.allows(to.name, from) : relation.allows(from, to.name)) {
          next.insert(to.name);
        }
      }
    }
    if (next.empty()) {
      note(line, std::string("the path cannot go on ") + (back ? "against " : "along ") +
                     relation.name + " from " + joined(ends_));
      path_known_ = false;
    }
    ends_ = std::move(next);
    properties_.insert(relation.properties.begin(), relation.properties.end());
  }

  void check_end(const Said& kind) {
    if (schema_.kind(kind.object.text) == nullptr) {
      Names kinds;
      for (const KindInfo& known : schema_.kinds()) kinds.insert(known.name);
      note(kind.line, "m:to_kind names a kind that is not there: " + kind.object.text +
                          did_you_mean(kind.object.text, kinds));
    } else if (path_known_ && !ends_.contains(kind.object.text)) {
      note(kind.line, "the path ends at " + joined(ends_) + ", never at a " + kind.object.text);
    }
  }

  void check_derived(const Said& derives, const Said* kind) {
    const RelationInfo* relation = schema_.relation(derives.object.text);
    if (relation == nullptr) {
      note(derives.line, "m:derives names a relation that is not there: " + derives.object.text +
                             did_you_mean(derives.object.text, relation_names(schema_)));
      return;
    }
    if (kind != nullptr && !relation->allows(kInitiative, kind->object.text)) {
      note(derives.line,
           relation->name + " does not go from an Initiative to a " + kind->object.text);
    }
    for (const char* property : {"basis", "confidence", "rule", "path"}) {
      if (std::ranges::find(relation->properties, property) == relation->properties.end()) {
        note(derives.line, relation->name + " cannot be derived: it has no `" + property + "`");
      }
    }
  }

  void check_property(const Said& said, const std::string& property) {
    const std::size_t count = properties_.count(property);
    if (!path_known_ || count == 1) return;
    const Names known(properties_.begin(), properties_.end());
    note(said.line, count == 0 ? "no relation of the path has a property `" + property + "`" +
                                     did_you_mean(property, known)
                               : "several relations of the path have a property `" + property +
                                     "`, so it is not clear which is meant");
  }

  void check_conditions() {
    const auto all = rule_.all("where");
    for (const Said* each : all) {
      const auto condition = parse_condition(each->object.text);
      if (condition.ok()) {
        check_property(*each, condition.value().property);
      } else {
        note(each->line, condition.error().message);
      }
    }
    if (all.size() > kRuleConditionsMax) {
      note(all[kRuleConditionsMax]->line,
           "a rule has at most " + std::to_string(kRuleConditionsMax) + " conditions");
    }
  }

  /// The number of a statement that a rule has once; nothing, with a misfit, outside its bounds.
  std::optional<double> number(std::string_view name, double least, double most,
                               std::string_view bounds) {
    const Said* said = only(name);
    if (said == nullptr) return std::nullopt;
    const std::optional<double> value = number_in(said->object.text);
    const bool quoted = said->object.datatype.empty();
    if (!quoted && value && *value >= least && *value <= most) return value;
    note(said->line, "m:" + std::string(name) + " wants a number " + std::string(bounds) +
                         (quoted ? " without quotes" : "") + ", not \"" + said->object.text + "\"");
    return std::nullopt;
  }

  void check_numbers() {
    constexpr double kJustAboveZero = 1e-9;
    const auto confidence = number("confidence", kJustAboveZero, kConfidenceMax - kJustAboveZero,
                                   "above 0 and below 0.9");
    const auto least = number("least", 0, 1, "from 0 to 1");
    if (confidence && least && *confidence < *least) {
      note(rule_.all("least").front()->line,
           "m:least is above m:confidence, so that the rule concludes nothing");
    }
    stage_ = number("stage", 1, 9, "from 1 to 9");
    if (stage_ && *stage_ != static_cast<int>(*stage_)) {
      note(rule_.all("stage").front()->line, "m:stage wants a whole number");
    }
  }

  void check_reads() {
    const Names kBases{"mapped", "reported", "reviewed", "text"};
    const auto all = rule_.all("reads");
    if (all.empty() && !rule_.broken) note(rule_.line, "a rule wants m:reads");
    for (const Said* each : all) {
      const std::string& basis = each->object.text;
      if (!kBases.contains(basis)) {
        note(each->line, "m:reads is " + joined(kBases) + ", not \"" + basis + "\"");
      } else if (basis == "mapped" && stage_ && *stage_ <= 1) {
        note(each->line, "a rule of stage 1 has no lower stage to read \"mapped\" edges of");
      }
    }
  }

  const WrittenSubject& rule_;
  const Schema& schema_;
  std::vector<Misfit> misfits_;
  Names ends_;                             // Kinds at which the path can stand.
  std::multiset<std::string> properties_;  // Of all its relations.
  bool path_known_ = true;
  std::optional<double> stage_;
};

}  // namespace

std::vector<Misfit> misfits_of(const WrittenSubject& rule, const Schema& schema) {
  return RuleFit(rule, schema).all();
}

}  // namespace mangrove::ontology
