#include "ontology/check/reading.h"

#include <array>

#include "ontology/check/cues.h"
#include "ontology/grammar/notation.h"
#include "ontology/nearest.h"

namespace mangrove::ontology {
namespace {

using Names = std::set<std::string, std::less<>>;

constexpr std::string_view kInitiative = "Initiative";
constexpr std::string_view kReadingRule = "ReadingRule";

constexpr std::array<std::string_view, 9> kOnce{
    "bias", "keyword_weight", "lift", "of_kind", "room", "scale", "threshold", "weight", "within"};
/// What a rule says of its own cues.
constexpr std::array<std::string_view, 4> kOfCues{"near", "unless", "weight", "within"};
/// What belongs to a scale, and what has no meaning there.
constexpr std::array<std::string_view, 2> kOfScales{"lift", "room"};
constexpr std::array<std::string_view, 5> kNotOfScales{"exclusion", "false_friend", "field",
                                                       "keyword_weight", "small_word"};

std::string joined(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// What texts an initiative has: its properties, and those that the schema does not list.
Names texts_of_initiatives(const Schema& schema) {
  Names names{"document", "notes", "objectives", "results", "target_groups"};
  if (const KindInfo* kind = schema.kind(kInitiative)) {
    names.insert(kind->properties.begin(), kind->properties.end());
  }
  return names;
}

/// Looks at one file.
class ReadingCheck {
 public:
  ReadingCheck(const WrittenFile& file, const World& world, const ReadingWorld& reading,
               Findings& findings)
      : file_(file),
        world_(world),
        reading_(reading),
        findings_(findings),
        cues_(reading, findings),
        texts_(texts_of_initiatives(world.schema())) {}

  void run() {
    for (const WrittenSubject& subject : file_.subjects) {
      if (subject.id().empty()) continue;
      const std::string_view kind = world_.kind_of(subject.id());
      if (kind == kReadingRule) {
        check_rule(subject);
      } else {
        check_concept(subject, kind);
      }
    }
  }

 private:
  static std::string named(const WrittenSubject& subject, std::string_view property) {
    return std::string(subject.id()) + ": m:" + std::string(property);
  }

  // ---- Concepts.

  void check_concept(const WrittenSubject& subject, std::string_view kind) {
    for (const Said* said : subject.all("cue")) {
      findings_.error(said->line,
                      named(subject, "cue") + " belongs to reading rules; a concept has m:cues");
    }
    const auto cues = subject.all("cues");
    if (!reading_.kinds_read().contains(kind)) {
      if (cues.empty()) return;
      findings_.warning(cues.front()->line, named(subject, "cues") + ": no text is read for a " +
                                                std::string(kind) + ", but for " +
                                                joined(reading_.kinds_read()));
      return;
    }
    for (const Said* said : cues) {
      if (cues_.check_text(named(subject, "cues"), *said)) {
        cues_.check_cue(named(subject, "cues"), *said, true);
      }
    }
    for (const Said& said : subject.statements) {
      if (behind(said.predicate, kSkos) != "altLabel" || said.object.text.empty()) continue;
      cues_.check_cue(std::string(subject.id()) + ": skos:altLabel", said, true);
    }
  }

  // ---- Rules.

  void check_rule(const WrittenSubject& subject) {
    for (const std::string_view property : kOnce) {
      const auto all = subject.all(property);
      for (std::size_t i = 1; i < all.size(); ++i) {
        findings_.error(all[i]->line, named(subject, property) + " is given twice");
      }
    }
    for (const Said* said : subject.all("cues")) {
      findings_.error(said->line,
                      named(subject, "cues") + " belongs to concepts; a reading rule has m:cue");
    }
    check_texts(subject);
    check_fields(subject);
    if (reading_.rule(subject.id()).is_scale) {
      check_scale(subject);
    } else {
      check_no_scale(subject);
    }
    check_cues_speak(subject);
  }

  void check_texts(const WrittenSubject& subject) {
    const auto each = [&](std::string_view property, auto&& check) {
      for (const Said* said : subject.all(property)) {
        if (cues_.check_text(named(subject, property), *said)) {
          check(named(subject, property), *said);
        }
      }
    };
    const auto weighed = [&](const auto& at, const Said& said) { cues_.check_cue(at, said, true); };
    const auto plain = [&](const auto& at, const Said& said) { cues_.check_cue(at, said, false); };
    const auto word = [&](const auto& at, const Said& said) { cues_.check_condition(at, said); };
    each("cue", weighed);
    each("false_friend", plain);
    each("exclusion", plain);
    each("near", word);
    each("unless", word);
    each("word_class", [&](const auto& at, const Said& said) { cues_.check_word_class(at, said); });
    each("small_word", [&](const auto& at, const Said& said) { cues_.check_small_word(at, said); });
  }

  void check_fields(const WrittenSubject& subject) {
    Names seen;
    for (const Said* said : subject.all("field")) {
      const auto field = parse_word_and_number(said->object.text, "PROPERTY NUMBER");
      if (!field.ok()) {
        findings_.error(said->line, named(subject, "field") + " " + field.error().message);
        continue;
      }
      const std::string& name = field.value().word;
      const std::string shown = named(subject, "field") + " '" + said->object.text + "': ";
      if (field.value().number < 0) findings_.error(said->line, shown + "the number is below 0");
      if (!seen.insert(name).second) findings_.error(said->line, shown + name + " is there twice");
      if (!texts_.contains(name)) {
        findings_.warning(said->line, shown + "no initiative that we know of has a text `" + name +
                                          "`" + did_you_mean(name, texts_));
      }
    }
  }

  void check_scale(const WrittenSubject& subject) {
    for (const std::string_view property : kNotOfScales) {
      for (const Said* said : subject.all(property)) {
        findings_.error(said->line, named(subject, property) +
                                        " is not read in a scale, which m:of_kind makes this; "
                                        "state it in a rule of its own");
      }
    }
    for (const Said* kind : subject.all("of_kind")) {
      if (!reading_.kinds_read().contains(kind->object.text)) {
        findings_.error(kind->line, named(subject, "of_kind") + ": no text is read for `" +
                                        kind->object.text + "`, but for " +
                                        joined(reading_.kinds_read()) +
                                        did_you_mean(kind->object.text, reading_.kinds_read()));
      }
      if (subject.all("scale").empty() && !subject.broken) {
        findings_.error(kind->line, named(subject, "of_kind") + " wants m:scale, the scale's name");
      }
      for (const Said* lift : subject.all("lift")) check_lift(subject, *lift, kind->object.text);
    }
  }

  void check_lift(const WrittenSubject& subject, const Said& said, const std::string& kind) {
    const auto lift = parse_word_and_number(said.object.text, "RELATION NUMBER");
    if (!lift.ok()) {
      return findings_.error(said.line, named(subject, "lift") + " " + lift.error().message);
    }
    const std::string shown = named(subject, "lift") + " '" + said.object.text + "': ";
    const std::string& name = lift.value().word;
    const RelationInfo* relation = world_.schema().relation(name);
    if (relation == nullptr) {
      Names names;
      for (const RelationInfo& known : world_.schema().relations()) names.insert(known.name);
      findings_.error(said.line,
                      shown + "there is no relation " + name + did_you_mean(name, names));
    } else if (!leads_on(*relation, kind)) {
      findings_.error(said.line, shown + name + " does not lead from a " + kind +
                                     " to anything that texts are read for");
    }
    if (lift.value().number < 0 || lift.value().number > 1) {
      findings_.error(said.line, shown + "the number is a part, from 0 to 1");
    }
  }

  bool leads_on(const RelationInfo& relation, const std::string& kind) const {
    for (const std::string& to : reading_.kinds_read()) {
      if (relation.allows(kind, to)) return true;
    }
    return false;
  }

  void check_no_scale(const WrittenSubject& subject) {
    for (const std::string_view property : kOfScales) {
      for (const Said* said : subject.all(property)) {
        findings_.error(said->line,
                        named(subject, property) + " belongs to a scale, which says m:of_kind");
      }
    }
    std::set<std::string_view> kinds;
    for (const std::string& id : reading_.rule(subject.id()).speaks_of) {
      kinds.insert(world_.kind_of(id));
    }
    for (const Said* said : subject.all("scale")) {
      for (const std::string_view kind : kinds) {
        const Names scales = reading_.scales_of(kind);
        if (kind.empty() || scales.contains(said->object.text)) continue;
        findings_.error(said->line, named(subject, "scale") + ": there is no scale `" +
                                        said->object.text + "` of " + std::string(kind) +
                                        did_you_mean(said->object.text, scales));
      }
    }
  }

  /// That cues, what they speak of, and what is said of them go together.
  void check_cues_speak(const WrittenSubject& subject) {
    const ReadingWorld::Rule& rule = reading_.rule(subject.id());
    const auto cues = subject.all("cue");
    const auto spoken_of = subject.all("SPEAKS_OF");
    if (subject.broken) return;
    if (rule.speaks_of.empty() && !cues.empty()) {
      findings_.error(cues.front()->line,
                      named(subject, "cue") + " speaks of nothing; write m:SPEAKS_OF ID");
    }
    if (rule.has_cues) return check_condition_languages(subject);
    if (!spoken_of.empty()) {
      findings_.warning(spoken_of.front()->line,
                        named(subject, "SPEAKS_OF") + " says nothing without an m:cue");
    }
    for (const std::string_view property : kOfCues) {
      const auto all = subject.all(property);
      if (all.empty()) continue;
      findings_.warning(all.front()->line,
                        named(subject, property) + " says nothing without an m:cue");
    }
  }

  /// Conditions count for cues of their own language.
  void check_condition_languages(const WrittenSubject& subject) {
    Names languages;
    for (const Said* cue : subject.all("cue"))
      languages.insert(main_language(cue->object.language));
    if (languages.empty()) return;
    Names told;
    for (const std::string_view property : {"near", "unless"}) {
      for (const Said* said : subject.all(property)) {
        const std::string language = main_language(said->object.language);
        if (language.empty() || languages.contains(language)) continue;
        if (!told.insert(language).second) continue;
        findings_.warning(said->line, named(subject, property) + ": the rule has no m:cue in `" +
                                          language + "`, so that the word says nothing");
      }
    }
  }

  const WrittenFile& file_;
  const World& world_;
  const ReadingWorld& reading_;
  Findings& findings_;
  CueCheck cues_;
  const Names texts_;
};

}  // namespace

void check_reading(const WrittenFile& file, const World& world, const ReadingWorld& reading,
                   Findings& findings) {
  ReadingCheck(file, world, reading, findings).run();
}

}  // namespace mangrove::ontology
