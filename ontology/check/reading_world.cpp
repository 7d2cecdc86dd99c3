#include "ontology/check/reading_world.h"

#include <algorithm>

#include "ontology/grammar/cue.h"
#include "ontology/grammar/notation.h"

namespace mangrove::ontology {
namespace {

constexpr std::string_view kReadingRule = "ReadingRule";

bool is_cue_or_condition(std::string_view name) {
  return name == "cue" || name == "cues" || name == "near" || name == "unless" ||
         name == "false_friend" || name == "exclusion";
}

std::pair<std::string, std::string> key_of(const Said& word_class) {
  const auto parsed = WordClasses::parse(word_class.object.text);
  return {main_language(word_class.object.language),
          parsed.ok() ? parsed.value().name : std::string()};
}

}  // namespace

ReadingWorld::ReadingWorld(const World& world) : world_(world) {
  for (const RelationInfo& relation : world.schema().relations()) {
    if (relation.read_from_text) kinds_read_.insert(relation.to.begin(), relation.to.end());
  }
  graph::WordReader reader;
  for (const WrittenFile* file : world.files()) {
    for (const WrittenSubject& subject : file->subjects) {
      const std::string_view kind = world.kind_of(subject.id());
      for (const Said& said : subject.statements) {
        const std::string_view name = behind(said.predicate, kNameNamespace);
        const bool is_keyword = behind(said.predicate, kSkos) == "altLabel";
        if (is_cue_or_condition(name) || is_keyword) {
          used_classes_.merge(classes_named_in(said.object.text));
        }
        if (name == "cue" || name == "cues" || (is_keyword && kinds_read_.contains(kind))) {
          take_language(said);
        }
        if (kind != kReadingRule) continue;
        if (name == "word_class") take_word_class(*file, said);
        if (name == "small_word") take_small_word(said, reader);
      }
      if (kind == kReadingRule) take(*file, subject, kind);
    }
  }
}

void ReadingWorld::take(const WrittenFile& file, const WrittenSubject& subject,
                        std::string_view kind) {
  Rule& rule = rules_[std::string(subject.id())];
  if (!subject.all("cue").empty()) rule.has_cues = true;
  if (!subject.all("of_kind").empty()) rule.is_scale = true;
  for (const WrittenEdge& edge : edges_of(subject, file, kind, world_.schema())) {
    if (edge.relation != "SPEAKS_OF" || edge.to == nullptr) continue;
    rule.speaks_of.emplace(behind(edge.to->object.text, kIdNamespace));
  }
  take_scale(subject);
}

void ReadingWorld::take_word_class(const WrittenFile& file, const Said& said) {
  // What is wrong with it is said where the file is checked.
  if (!classes_.add(main_language(said.object.language), said.object.text).ok()) return;
  class_places_.try_emplace(key_of(said), FirstWritten{&said, {file.name, said.line}});
}

void ReadingWorld::take_scale(const WrittenSubject& subject) {
  for (const Said* kind : subject.all("of_kind")) {
    for (const Said* name : subject.all("scale")) {
      scales_[kind->object.text].insert(name->object.text);
    }
  }
}

void ReadingWorld::take_language(const Said& cue) {
  std::string language = main_language(cue.object.language);
  if (!language.empty() && std::ranges::find(languages_, language) == languages_.end()) {
    languages_.push_back(std::move(language));
  }
}

void ReadingWorld::take_small_word(const Said& said, graph::WordReader& reader) {
  const std::string language = main_language(said.object.language);
  for (const graph::WordToken& word : reader.read(said.object.text, language)) {
    small_words_[language].insert(word.form->surface);
  }
}

const ReadingWorld::Rule& ReadingWorld::rule(std::string_view id) const {
  const auto found = rules_.find(id);
  return found == rules_.end() ? none_ : found->second;
}

const Place* ReadingWorld::written_before(const Said& word_class) const {
  const auto first = class_places_.find(key_of(word_class));
  if (first == class_places_.end() || first->second.said == &word_class) return nullptr;
  return &first->second.place;
}

std::set<std::string, std::less<>> ReadingWorld::scales_of(std::string_view kind) const {
  const auto found = scales_.find(kind);
  return found == scales_.end() ? std::set<std::string, std::less<>>() : found->second;
}

bool ReadingWorld::is_one_too_many(const std::string& language) const {
  const auto place = std::ranges::find(languages_, language) - languages_.begin();
  return place != std::ssize(languages_) && static_cast<std::size_t>(place) >= kCueLanguagesMax;
}

bool ReadingWorld::is_small(std::string_view language, const std::string& surface) const {
  const auto words = small_words_.find(language);
  return words != small_words_.end() && words->second.contains(surface);
}

}  // namespace mangrove::ontology
