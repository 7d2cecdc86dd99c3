#include "ingest/linking/vocabulary.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "ingest/draft.h"
#include "ingest/linking/node_values.h"
#include "ontology/grammar/notation.h"
#include "ontology/grammar/word_classes.h"

namespace mangrove::ingest {
namespace {

/// What a node says of itself as a rule.
ontology::WrittenRule written_rule(const graph::Node& node) {
  ontology::WrittenRule rule;
  rule.id = node.id;
  rule.path = text_at(node, "path");
  rule.to_kind = text_at(node, "to_kind");
  rule.derives = text_at(node, "derives");
  rule.where = words_at(node, "where");
  rule.reads = words_at(node, "reads");
  rule.confidence = number_at(node, "confidence");
  rule.times = words_at(node, "times");
  rule.least = number_at(node, "least");
  rule.stage = number_at(node, "stage");
  return rule;
}

/// Puts a vocabulary together.
class Making {
 public:
  Making(const graph::View& view, const ontology::Schema& schema) : view_(view), schema_(schema) {}

  Result<Vocabulary> make() {
    reading_rules_ = TRY(nodes_of("ReadingRule"));
    for (const graph::Node& node : reading_rules_) take_word_classes(node);
    for (const graph::Node& node : reading_rules_) take_reading_rule(node);
    note_spoken_of();
    for (const ontology::RelationInfo& relation : schema_.relations()) {
      if (!relation.read_from_text) continue;
      for (const std::string& kind : relation.to) TRY(take_concepts(kind, relation.name));
    }
    take_scales();
    take_phrases_of_rules();
    for (const graph::Node& node : TRY(nodes_of("Rule"))) take_rule(node);
    std::sort(made_.rules.begin(), made_.rules.end(),
              [](const DerivationRule& a, const DerivationRule& b) {
                return std::tie(a.stage, a.id) < std::tie(b.stage, b.id);
              });
    TRY(take_edges());
    made_.fingerprint = fingerprint_of(written_);
    return std::move(made_);
  }

 private:
  /// Sorted by id: node indexes tell the order of loading.
  Result<std::vector<graph::Node>> nodes_of(std::string_view kind) {
    const graph::Kind number = view_.name(kind);
    if (number == graph::kNoName) return std::vector<graph::Node>();
    const std::vector<graph::NodeIndex> indexes = view_.nodes_of_kind(number);
    std::vector<graph::Node> nodes = TRY(view_.read(indexes));
    std::sort(nodes.begin(), nodes.end(),
              [](const graph::Node& a, const graph::Node& b) { return a.id < b.id; });
    return nodes;
  }

  void fault(const std::string& id, std::string_view what) {
    made_.faults.push_back(id + ": " + std::string(what));
  }
  void write(std::string_view text) {
    written_ += text;
    written_ += '\n';
  }

  void take_word_classes(const graph::Node& node) {
    for (const graph::Text& text : texts_of(node, "word_class")) {
      const Status added = classes_.add(ontology::main_language(text.language), text.text);
      if (!added.ok()) fault(node.id, added.error().message);
      write("class " + text.language + " " + text.text);
    }
  }

  void take_reading_rule(const graph::Node& node) {
    write(node.id);
    if (node.find("of_kind") != nullptr) return;  // A scale.
    ReadingModel& model = made_.model;
    const auto take_number = [&](std::string_view property, double& into) {
      if (const auto number = number_at(node, property)) {
        into = *number;
        write(std::string(property) + "=" + std::to_string(*number));
      }
    };
    take_number("bias", model.bias);
    take_number("keyword_weight", model.keyword_weight);
    take_number("threshold", model.threshold);
    for (const std::string& field : words_at(node, "field")) {
      const auto factor = ontology::parse_word_and_number(field, "PROPERTY NUMBER");
      if (!factor.ok()) {
        fault(node.id, factor.error().message);
        continue;
      }
      model.fields.insert_or_assign(factor.value().word, factor.value().number);
      write(field);
    }
    for (const graph::Text& word : texts_of(node, "small_word")) {
      model.small_words.push_back({word.text, ontology::main_language(word.language)});
      write(word.language + " " + word.text);
    }
    for (const graph::Text& text : texts_of(node, "false_friend")) take_cue(node.id, text, 0, {});
    for (const graph::Text& text : texts_of(node, "exclusion")) {
      for (ontology::WrittenCue& written : cues_of(node.id, text, 0)) {
        made_.exclusions.push_back(std::move(written.cue));
      }
      write("exclusion " + text.language + " " + text.text);
    }
  }

  Status take_concepts(const std::string& kind, const std::string& relation) {
    for (const graph::Node& node : TRY(nodes_of(kind))) {
      const auto number = static_cast<std::uint32_t>(made_.concepts.size());
      const double bias = number_at(node, "bias").value_or(made_.model.bias);
      const bool apart = is_true_at(node, "apart");
      made_.concepts.push_back({node.id, kind, relation, bias, std::nullopt, apart});
      write(node.id + " " + relation + " " + std::to_string(bias) + (apart ? " apart" : ""));
      numbers_.emplace(node.id, number);
      std::vector<graph::Text> cues = texts_of(node, "cues");
      if (cues.empty() && !scaled_.contains(node.id)) cues = texts_of(node, "keywords");
      for (const graph::Text& text : cues) {
        take_cue(node.id, text, made_.model.keyword_weight, Meaning{number, 0});
      }
    }
    return {};
  }

  /// Which concepts rules speak of, by rule.
  void note_spoken_of() {
    std::vector<graph::NodeIndex> indexes;
    for (const graph::Node& node : reading_rules_) indexes.push_back(node.index);
    spoken_of_.resize(indexes.size());
    view_.walk(indexes, view_.name("SPEAKS_OF"), graph::Direction::out,
               [&](std::size_t position, const graph::Adjacent& adjacent) {
                 std::string id(view_.id(adjacent.node));
                 if (reading_rules_[position].find("scale") != nullptr) scaled_.insert(id);
                 spoken_of_[position].insert(std::move(id));
               });
  }

  void take_scales() {
    for (const graph::Node& node : reading_rules_) {
      if (node.find("of_kind") == nullptr) continue;
      Scale scale{text_at(node, "scale"), text_at(node, "of_kind")};
      const auto take_number = [&](std::string_view property, double& into) {
        into = number_at(node, property).value_or(into);
        write(std::string(property) + "=" + std::to_string(into));
      };
      write(scale.name + " " + scale.kind);
      scale.bias = made_.model.bias;
      scale.threshold = made_.model.threshold;
      take_number("bias", scale.bias);
      take_number("threshold", scale.threshold);
      take_number("room", scale.room);
      take_lift(node, scale);
      made_.scales.push_back(std::move(scale));
    }
  }

  void take_lift(const graph::Node& node, Scale& scale) {
    const std::string text = text_at(node, "lift");
    if (text.empty()) return;
    write(text);
    const auto lift = ontology::parse_word_and_number(text, "RELATION NUMBER");
    if (!lift.ok()) return fault(node.id, lift.error().message);
    scale.lift = lift.value().number;
    note_above(scale.kind, lift.value().word);
  }

  /// Where the relation leads from the concepts of a kind.
  void note_above(const std::string& kind, const std::string& relation) {
    const auto nodes = view_.nodes_of_kind(view_.name(kind));
    view_.walk(nodes, view_.name(relation), graph::Direction::out,
               [&](std::size_t position, const graph::Adjacent& adjacent) {
                 const auto from = numbers_.find(std::string(view_.id(nodes[position])));
                 const auto to = numbers_.find(std::string(view_.id(adjacent.node)));
                 if (from == numbers_.end() || to == numbers_.end()) return;
                 auto& above = made_.concepts[from->second].above;
                 if (!above || to->second < *above) above = to->second;
               });
  }

  /// By which phrases of the rule are weighed for the concept.
  std::uint32_t scale_of(const graph::Node& rule, std::uint32_t concept_number) {
    const std::string name = text_at(rule, "scale");
    if (name.empty()) return 0;
    const std::string& kind = made_.concepts[concept_number].kind;
    for (std::uint32_t i = 1; i < made_.scales.size(); ++i) {
      Scale& scale = made_.scales[i];
      if (scale.name != name || scale.kind != kind) continue;
      const bool is_new = std::find(scale.concepts.begin(), scale.concepts.end(), concept_number) ==
                          scale.concepts.end();
      if (is_new) scale.concepts.push_back(concept_number);
      return i;
    }
    fault(rule.id, "there is no scale '" + name + "' of " + kind);
    return 0;
  }

  void take_phrases_of_rules() {
    for (std::size_t i = 0; i < reading_rules_.size(); ++i) {
      const graph::Node& node = reading_rules_[i];
      for (const std::string& id : spoken_of_[i]) {
        const auto number = numbers_.find(id);
        if (number == numbers_.end()) {
          fault(node.id, "no text is read for " + id);
          continue;
        }
        const std::uint32_t scale = scale_of(node, number->second);
        write(node.id + " " + id + " " + std::to_string(scale));
        const double weight = number_at(node, "weight").value_or(made_.model.keyword_weight);
        for (const graph::Text& text : texts_of(node, "cue")) {
          take_cue(node.id, text, weight, Meaning{number->second, 0, scale}, &node);
        }
      }
    }
  }

  /// The cues of a text; none, with a fault, where it cannot be understood.
  std::vector<ontology::WrittenCue> cues_of(const std::string& id, const graph::Text& text,
                                            double weight, const graph::Node* rule = nullptr) {
    const std::string language = ontology::main_language(text.language);
    auto parsed = ontology::parse_cues(text.text, language, weight, classes_);
    if (!parsed.ok()) {
      fault(id, parsed.error().message);
      return {};
    }
    std::vector<ontology::WrittenCue> cues = std::move(parsed).value();
    if (rule == nullptr) return cues;
    Cue& first = cues.front().cue;
    add_conditions(*rule, first);
    for (std::size_t i = 1; i < cues.size(); ++i) {
      cues[i].cue.near = first.near;
      cues[i].cue.unless = first.unless;
      cues[i].cue.within = first.within;
    }
    return cues;
  }

  /// `meaning`, but for its weight, is what the cue speaks of; none of a false friend.
  void take_cue(const std::string& id, const graph::Text& text, double weight,
                std::optional<Meaning> meaning, const graph::Node* rule = nullptr) {
    write(text.language + " " + text.text + " " + std::to_string(weight));
    std::string conditions;
    for (ontology::WrittenCue& written : cues_of(id, text, weight, rule)) {
      auto& [cue, parsed_weight] = written;
      if (conditions.empty()) {
        conditions = made_.scales[meaning ? meaning->scale : 0].name + " " + conditions_of(cue);
      }
      const auto [at, is_new] = cue_numbers_.try_emplace(
          conditions + (cue.exact ? "=" : " ") + cue.phrase, made_.cues.size());
      if (is_new) {
        made_.cues.push_back(std::move(cue));
        made_.meanings.emplace_back();
      }
      if (!meaning) continue;
      meaning->weight = parsed_weight;
      made_.meanings[at->second].push_back(*meaning);
    }
  }

  /// The same for cues that differ in their phrases only.
  std::string conditions_of(const Cue& cue) {
    std::string written = cue.language + " " + std::to_string(cue.within);
    for (const auto* words : {&cue.near, &cue.unless}) {
      written += ';';
      for (const std::string& word : *words) written += word + '|';
    }
    const auto number = condition_numbers_.try_emplace(written, condition_numbers_.size());
    return std::to_string(number.first->second);
  }

  /// The words that all cues of a rule need near them, or shun.
  void add_conditions(const graph::Node& rule, Cue& cue) {
    const auto add = [&](std::string_view property, std::vector<std::string>& words) {
      for (const graph::Text& text : texts_of(rule, property)) {
        if (ontology::main_language(text.language) != cue.language) continue;
        auto meant = classes_.words(cue.language, text.text);
        if (!meant.ok()) {
          fault(rule.id, meant.error().message);
          continue;
        }
        words.insert(words.end(), meant.value().begin(), meant.value().end());
      }
    };
    add("near", cue.near);
    add("unless", cue.unless);
    const auto within = number_at(rule, "within");
    if (within) cue.within = static_cast<std::uint32_t>(std::clamp(*within, 1.0, 50.0));
    for (const auto* words : {&cue.near, &cue.unless}) {
      for (const std::string& word : *words) write(word);
    }
    write(std::to_string(cue.within));
  }

  void take_rule(const graph::Node& node) {
    auto rule = ontology::parse_rule(written_rule(node));
    if (!rule.ok()) return fault(node.id, rule.error().message);
    write(node.id);
    for (const char* property : {"path", "to_kind", "derives", "where", "reads", "times"}) {
      for (const std::string& word : words_at(node, property)) write(word);
    }
    write(std::to_string(rule.value().confidence) + " " + std::to_string(rule.value().least) + " " +
          std::to_string(rule.value().stage));
    made_.rules.push_back(std::move(rule).value());
  }

  Status take_edges() {
    RuleEdges found = TRY(read_rule_edges(made_.rules, view_, schema_));
    for (const auto& [key, edges] : found.edges) {
      for (const ConceptEdge& edge : edges) {
        write(key + " " + edge.to);
        for (const auto& [name, value] : edge.numbers) write(name + "=" + std::to_string(value));
      }
    }
    made_.edges = std::move(found.edges);
    made_.kinds = std::move(found.kinds);
    return {};
  }

  const graph::View& view_;
  const ontology::Schema& schema_;
  Vocabulary made_;
  ontology::WordClasses classes_;
  std::vector<graph::Node> reading_rules_;
  std::vector<std::set<std::string>> spoken_of_;  // By reading rule.
  std::set<std::string, std::less<>> scaled_;     // Of those, the ones that a scale weighs.
  std::map<std::string, std::uint32_t> numbers_;  // Of concepts, by id.
  std::map<std::string, std::size_t> cue_numbers_;
  std::map<std::string, std::size_t> condition_numbers_;
  std::string written_;  // All that the fingerprint is of.
};

}  // namespace

Result<Vocabulary> read_vocabulary(const graph::View& view, const ontology::Schema& schema) {
  return Making(view, schema).make();
}

}  // namespace mangrove::ingest
