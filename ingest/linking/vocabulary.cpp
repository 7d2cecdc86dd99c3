#include "ingest/linking/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <span>
#include <tuple>

#include "ingest/draft.h"
#include "ingest/linking/word_classes.h"

namespace mangrove::ingest {
namespace {

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> number_of(const graph::Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  return std::nullopt;
}

std::string main_language(std::string_view tag) {
  return std::string(tag.substr(0, tag.find('-')));
}

/// All texts of a property, sorted so that equal vocabularies read the same.
std::vector<graph::Text> texts_of(const graph::Node& node, std::string_view property) {
  std::vector<graph::Text> texts;
  for (const graph::StatedProperty& stated : node.properties) {
    if (stated.name != property) continue;
    if (const auto* text = std::get_if<graph::Text>(&stated.value)) texts.push_back(*text);
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::optional<double> number_at(const graph::Node& node, std::string_view property) {
  const graph::Value* const value = node.find(property);
  return value == nullptr ? std::nullopt : number_of(*value);
}

std::string text_at(const graph::Node& node, std::string_view property) {
  return std::string(node.text(property));
}

bool is_true_at(const graph::Node& node, std::string_view property) {
  const graph::Value* const value = node.find(property);
  const bool* const truth = value == nullptr ? nullptr : std::get_if<bool>(value);
  return truth != nullptr && *truth;
}

std::vector<std::string> words_at(const graph::Node& node, std::string_view property) {
  std::vector<std::string> words;
  for (const graph::Text& text : texts_of(node, property)) words.push_back(text.text);
  return words;
}

Result<RuleCondition> parse_condition(const std::string& text) {
  using Comparison = RuleCondition::Comparison;
  static const std::map<std::string_view, Comparison> kComparisons{{"=", Comparison::equal},
                                                                   {"<", Comparison::less},
                                                                   {"<=", Comparison::at_most},
                                                                   {">", Comparison::more},
                                                                   {">=", Comparison::at_least}};
  const auto parts = split(text, ' ');
  const auto number = parts.size() == 3 ? number_in(parts[2]) : std::nullopt;
  const auto comparison = parts.size() == 3 ? kComparisons.find(parts[1]) : kComparisons.end();
  if (!number || comparison == kComparisons.end()) {
    return Error{ErrorCode::invalid_input, "'" + text + "' is no condition: PROPERTY >= NUMBER"};
  }
  return RuleCondition{std::string(parts[0]), comparison->second, *number};
}

Result<DerivationRule> parse_rule(const graph::Node& node) {
  DerivationRule rule;
  rule.id = node.id;
  const std::string path = text_at(node, "path");
  for (std::string_view step : split(path, ' ')) {
    const bool backwards = step.starts_with('^');
    if (backwards) step.remove_prefix(1);
    if (step.empty()) return Error{ErrorCode::invalid_input, "its path is no list of relations"};
    rule.path.push_back({std::string(step), backwards});
  }
  constexpr std::size_t kStepsMax = 4;
  constexpr std::size_t kConditionsMax = 16;
  rule.to_kind = text_at(node, "to_kind");
  rule.derives = text_at(node, "derives");
  const auto confidence = number_at(node, "confidence");
  if (rule.to_kind.empty() || rule.derives.empty() || !confidence || rule.path.size() > kStepsMax) {
    return Error{ErrorCode::invalid_input,
                 "a rule has a path of one to four relations, to_kind, derives and confidence"};
  }
  rule.confidence = *confidence;
  rule.times = words_at(node, "times");
  rule.reads = words_at(node, "reads");
  if (rule.reads.empty()) rule.reads.emplace_back("reported");
  rule.least = number_at(node, "least").value_or(0);
  rule.stage = static_cast<std::int64_t>(number_at(node, "stage").value_or(1));
  for (const std::string& text : words_at(node, "where")) {
    rule.conditions.push_back(TRY(parse_condition(text)));
  }
  if (rule.conditions.size() > kConditionsMax) {
    return Error{ErrorCode::invalid_input, "a rule has at most 16 conditions"};
  }
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
      const Status added = classes_.add(main_language(text.language), text.text);
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
      const auto parts = split(field, ' ');
      const auto factor = parts.size() == 2 ? number_in(parts[1]) : std::nullopt;
      if (!factor) {
        fault(node.id, "'" + field + "' is no field: PROPERTY NUMBER");
        continue;
      }
      model.fields.insert_or_assign(std::string(parts[0]), *factor);
      write(field);
    }
    for (const graph::Text& word : texts_of(node, "small_word")) {
      model.small_words.push_back({word.text, main_language(word.language)});
      write(word.language + " " + word.text);
    }
    for (const graph::Text& text : texts_of(node, "false_friend")) take_cue(node.id, text, 0, {});
    for (const graph::Text& text : texts_of(node, "exclusion")) {
      for (WrittenCue& written : cues_of(node.id, text, 0)) {
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
      const std::string lift = text_at(node, "lift");
      if (!lift.empty()) {
        const auto [relation, part] = word_and_number(node, lift);
        scale.lift = part;
        note_above(scale.kind, relation);
      }
      made_.scales.push_back(std::move(scale));
    }
  }

  /// The parts of "WORD NUMBER".
  std::pair<std::string, double> word_and_number(const graph::Node& node, const std::string& text) {
    const auto parts = split(text, ' ');
    const auto number = parts.size() == 2 ? number_in(parts[1]) : std::nullopt;
    if (!number) fault(node.id, "'" + text + "' is no word and number");
    write(text);
    return {std::string(parts[0]), number.value_or(0)};
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

  /// A text stands for several cues where it has alternatives; they differ in their phrases only.
  std::vector<WrittenCue> cues_of(const std::string& id, const graph::Text& text, double weight,
                                  const graph::Node* rule = nullptr) {
    const std::string language = main_language(text.language);
    const std::string_view whole = text.text;
    const std::size_t end = std::min(whole.find(';'), whole.size());
    std::vector<WrittenCue> cues;
    const auto phrases = classes_.written_out(language, whole.substr(0, end));
    const auto conditions = classes_.in_lists(language, whole.substr(end));
    if (!phrases.ok() || !conditions.ok()) {
      fault(id, (phrases.ok() ? conditions.error() : phrases.error()).message);
      return cues;
    }
    for (const std::string& phrase : phrases.value()) {
      auto written =
          parse_cue(cues.empty() ? phrase + conditions.value() : phrase, language, weight);
      if (!written.ok()) {
        fault(id, written.error().message);
        return cues;
      }
      WrittenCue& cue = cues.emplace_back(std::move(written).value());
      if (cues.size() > 1) {
        const WrittenCue& first = cues.front();
        cue.weight = first.weight;
        cue.cue.near = first.cue.near;
        cue.cue.unless = first.cue.unless;
        cue.cue.within = first.cue.within;
      } else if (rule != nullptr) {
        add_conditions(*rule, cue.cue);
      }
    }
    return cues;
  }

  /// `meaning`, but for its weight, is what the cue speaks of; none of a false friend.
  void take_cue(const std::string& id, const graph::Text& text, double weight,
                std::optional<Meaning> meaning, const graph::Node* rule = nullptr) {
    write(text.language + " " + text.text + " " + std::to_string(weight));
    std::string conditions;
    for (WrittenCue& written : cues_of(id, text, weight, rule)) {
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
        if (main_language(text.language) != cue.language) continue;
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
    auto rule = parse_rule(node);
    if (!rule.ok()) return fault(node.id, rule.error().message);
    write(node.id);
    for (const char* property : {"path", "to_kind", "derives", "where", "reads", "times"}) {
      for (const std::string& word : words_at(node, property)) write(word);
    }
    write(std::to_string(rule.value().confidence) + " " + std::to_string(rule.value().least) + " " +
          std::to_string(rule.value().stage));
    made_.rules.push_back(std::move(rule).value());
  }

  /// The edges of all steps but the first, which is the initiative's own.
  Status take_edges() {
    std::set<std::pair<std::string, bool>> steps;
    for (const DerivationRule& rule : made_.rules) {
      for (std::size_t i = 1; i < rule.path.size(); ++i) {
        steps.emplace(rule.path[i].relation, rule.path[i].backwards);
      }
    }
    for (const auto& [relation, backwards] : steps) TRY(take_edges_of(relation, backwards));
    for (auto& [key, edges] : made_.edges) {
      std::sort(edges.begin(), edges.end(), [](const ConceptEdge& a, const ConceptEdge& b) {
        return std::tie(a.to, a.numbers) < std::tie(b.to, b.numbers);
      });
      for (const ConceptEdge& edge : edges) {
        write(key + " " + edge.to);
        for (const auto& [name, value] : edge.numbers) write(name + "=" + std::to_string(value));
      }
    }
    return {};
  }

  Status take_edges_of(const std::string& relation, bool backwards) {
    const ontology::RelationInfo* const info = schema_.relation(relation);
    const graph::Relation number = view_.name(relation);
    if (info == nullptr || number == graph::kNoName) return {};
    std::vector<graph::NodeIndex> nodes;
    for (const std::string& kind : backwards ? info->to : info->from) {
      if (is_data(kind)) continue;
      for (const graph::NodeIndex node : view_.nodes_of_kind(view_.name(kind)))
        nodes.push_back(node);
    }
    std::vector<graph::Edge> edges;
    view_.walk(
        nodes, number, backwards ? graph::Direction::in : graph::Direction::out,
        [&](std::size_t position, const graph::Adjacent& adjacent) {
          const graph::NodeIndex near = nodes[position];
          edges.push_back({backwards ? adjacent.node : near, number,
                           backwards ? near : adjacent.node, adjacent.qualifier, adjacent.record});
        });
    const auto stated = TRY(view_.read_edges(edges));
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const graph::NodeIndex near = backwards ? edges[i].to : edges[i].from;
      const graph::NodeIndex far = backwards ? edges[i].from : edges[i].to;
      ConceptEdge edge{std::string(view_.id(far)), {}};
      made_.kinds.emplace(edge.to, view_.text(view_.kind(far)));
      for (const graph::Property& property : stated[i].properties) {
        const auto value = number_of(property.value);
        if (value) edge.numbers.emplace(property.name, *value);
      }
      made_.edges[(backwards ? "^" : "") + relation + " " + std::string(view_.id(near))].push_back(
          std::move(edge));
    }
    return {};
  }

  /// Kinds of which there are as many as there are data; what rules need of those, records state.
  static bool is_data(std::string_view kind) {
    return kind == "Initiative" || kind == "Observation" || kind == "Actor" || kind == "Evidence" ||
           kind == "Assessment";
  }

  const graph::View& view_;
  const ontology::Schema& schema_;
  Vocabulary made_;
  WordClasses classes_;
  std::vector<graph::Node> reading_rules_;
  std::vector<std::set<std::string>> spoken_of_;  // By reading rule.
  std::set<std::string, std::less<>> scaled_;     // Of those, the ones that a scale weighs.
  std::map<std::string, std::uint32_t> numbers_;  // Of concepts, by id.
  std::map<std::string, std::size_t> cue_numbers_;
  std::map<std::string, std::size_t> condition_numbers_;
  std::string written_;  // All that the fingerprint is of.
};

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Result<WrittenCue> parse_cue(std::string_view text, std::string_view language, double weight) {
  const auto parts = split(text, ';');
  const bool exact = parts[0].starts_with('=');
  WrittenCue written{{std::string(trimmed(parts[0].substr(exact ? 1 : 0))), std::string(language)},
                     weight};
  written.cue.exact = exact;
  const auto wrong = [&](std::string_view what) {
    return Error{ErrorCode::invalid_input, "'" + std::string(text) + "': " + std::string(what)};
  };
  if (written.cue.phrase.empty()) return wrong("there is no phrase");
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t space = parts[i].find(' ');
    const std::string_view word = parts[i].substr(0, space);
    if (space == std::string_view::npos) return wrong("a part without a value");
    const std::string_view value = trimmed(parts[i].substr(space));
    if (word == "weight") {
      const auto number = number_in(value);
      if (!number) return wrong("the weight is no number");
      written.weight = *number;
    } else if (word == "near" || word == "unless") {
      for (const std::string_view one : split(value, '|')) {
        (word == "near" ? written.cue.near : written.cue.unless).emplace_back(one);
      }
    } else {
      return wrong("a part is neither weight, near nor unless");
    }
  }
  return written;
}

Result<Vocabulary> read_vocabulary(const graph::View& view, const ontology::Schema& schema) {
  return Making(view, schema).make();
}

}  // namespace mangrove::ingest
