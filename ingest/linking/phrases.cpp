#include "ingest/linking/phrases.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "graph/text/letters.h"

namespace mangrove::ingest {
namespace {

/// No tag of a language, as can be told without asking Snowball: words keep their endings.
constexpr std::string_view kNoLanguage = "x";

/// How many small words may stand between two words of a phrase.
constexpr std::uint32_t kSmallWordsMax = 3;

std::string folded(std::string_view word) {
  return graph::folded_letters(graph::lowered(word));
}

/// Whether the letters at this place of the phrase are all capitals, and more than one.
bool in_capitals(std::u32string_view letters) {
  return letters.size() > 1 && std::all_of(letters.begin(), letters.end(),
                                           [](char32_t c) { return c >= U'A' && c <= U'Z'; });
}

/// Whether one is the plural of the other, or the same, in the ways of the Latin script.
bool same_but_for_number(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (!b.starts_with(a)) return false;
  const std::string_view ending = b.substr(a.size());
  return ending.empty() || ending == "s" || ending == "es" || ending == "x";
}

std::u32string code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    points.push_back(lead);
    for (++i; i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;) ++i;
  }
  return points;
}

/// The letters of a word of a text.
std::u32string written(std::string_view text, const graph::WordToken& word) {
  const auto pass = [&](std::size_t from, std::uint32_t letters) {
    for (; letters > 0; --letters) {
      for (++from; from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80;) {
        ++from;
      }
    }
    return from;
  };
  const std::size_t begin = pass(0, word.begin);
  return code_points(text.substr(begin, pass(begin, word.end - word.begin) - begin));
}

}  // namespace

PhraseBook::PhraseBook(std::vector<Cue> cues, std::span<const SmallWord> small_words)
    : cues_(std::move(cues)), conditions_(cues_.size()) {
  for (const Cue& cue : cues_) language(cue.language);
  for (const SmallWord& small : small_words) {
    for (Language& language : languages_) {
      if (language.tag == small.language) language.small_words.insert(folded(small.word));
    }
  }
  graph::WordReader reader;
  graph::Stemmer stemmer;
  for (std::uint32_t i = 0; i < cues_.size(); ++i) add(i, reader, stemmer);
  for (Language& language : languages_) tie(language);
}

PhraseBook::Language* PhraseBook::language(const std::string& tag) {
  const auto at = std::find_if(languages_.begin(), languages_.end(),
                               [&](const Language& language) { return language.tag == tag; });
  if (at != languages_.end()) return &*at;
  if (languages_.size() == kLanguagesMax) return nullptr;
  languages_.push_back({tag, {}, {}, {}, {Node{}}});
  return &languages_.back();
}

PhraseBook::Symbol PhraseBook::symbol(Language& language, std::string_view surface,
                                      graph::Stemmer& stemmer) {
  const std::string_view stem = stemmer.stem(surface, stemmer.language(language.tag));
  const auto number = static_cast<Symbol>(language.symbols.size() + 1);
  return language.symbols.try_emplace(std::string(stem), number).first->second;
}

void PhraseBook::add(std::uint32_t number, graph::WordReader& reader, graph::Stemmer& stemmer) {
  const Cue& cue = cues_[number];
  Language* const language = this->language(cue.language);
  if (language == nullptr) return;
  const std::u32string letters = code_points(cue.phrase);
  const auto words = reader.read(cue.phrase, kNoLanguage);
  const bool all_small = std::all_of(words.begin(), words.end(), [&](const auto& word) {
    return language->small_words.contains(word.form->surface);
  });
  if (words.empty() || all_small) return;
  Conditions& conditions = conditions_[number];
  State state = 0;
  for (const graph::WordToken& word : words) {
    const std::string& surface = word.form->surface;
    const auto written = std::u32string_view(letters).substr(word.begin, word.end - word.begin);
    if (cue.exact) conditions.exact.push_back({surface, in_capitals(written)});
    if (language->small_words.contains(surface)) {
      if (state == 0) ++conditions.lead;
      continue;
    }
    if (in_capitals(written)) {
      conditions.unstemmed.emplace_back(language->nodes[state].depth, surface);
    }
    const auto next = static_cast<State>(language->nodes.size());
    const auto [at, is_new] =
        language->steps.try_emplace(step_of(state, symbol(*language, surface, stemmer)), next);
    if (is_new) {
      Node node;
      node.depth = language->nodes[state].depth + 1;
      language->nodes.push_back(std::move(node));
    }
    state = at->second;
  }
  language->nodes[state].ending.push_back(number);
  if (language->nodes[state].depth == 1) {
    const auto word = std::find_if(words.begin(), words.end(), [&](const auto& each) {
      return !language->small_words.contains(each.form->surface);
    });
    conditions.single = word->form->surface;
  }
  const auto add_words = [&](const std::vector<std::string>& from, std::vector<Symbol>& to) {
    for (const std::string& word : from) to.push_back(symbol(*language, folded(word), stemmer));
  };
  // Cues that stand for one another share their conditions, and follow on each other.
  const Cue* const before = number == 0 ? nullptr : &cues_[number - 1];
  if (before != nullptr && before->language == cue.language && before->near == cue.near &&
      before->unless == cue.unless) {
    conditions.near = conditions_[number - 1].near;
    conditions.unless = conditions_[number - 1].unless;
    return;
  }
  add_words(cue.near, conditions.near);
  add_words(cue.unless, conditions.unless);
}

/// Sets where each state falls back to, from the shortest on.
void PhraseBook::tie(Language& language) {
  struct Step {
    State from;
    Symbol symbol;
    State to;
  };
  std::vector<Step> steps;
  for (const auto& [key, to] : language.steps) {
    steps.push_back({static_cast<State>(key >> 32), static_cast<Symbol>(key), to});
  }
  std::sort(steps.begin(), steps.end(), [&](const Step& a, const Step& b) {
    return language.nodes[a.to].depth < language.nodes[b.to].depth;
  });
  for (const Step& step : steps) {
    if (step.from == 0) continue;
    State back = language.nodes[step.from].fallback;
    auto next = language.steps.find(step_of(back, step.symbol));
    while (next == language.steps.end() && back != 0) {
      back = language.nodes[back].fallback;
      next = language.steps.find(step_of(back, step.symbol));
    }
    Node& node = language.nodes[step.to];
    node.fallback = next == language.steps.end() ? 0 : next->second;
    const Node& shorter = language.nodes[node.fallback];
    node.shorter = shorter.ending.empty() ? shorter.shorter : node.fallback;
  }
}

PhraseReader::PhraseReader(std::shared_ptr<const PhraseBook> book)
    : book_(std::move(book)), round_(reader_.begin_count()), runs_(book_->languages_.size()) {
  for (const PhraseBook::Language& language : book_->languages_) {
    stemmer_languages_.push_back(stemmer_.language(language.tag));
  }
}

PhraseReader::Reading PhraseReader::read(std::string_view text) {
  if (reader_.forget_many()) known_.clear();
  text_ = text;
  words_ = reader_.read(text, kNoLanguage);
  numbers_.clear();
  found_.clear();
  for (const graph::WordToken& word : words_) numbers_.push_back(word_of(word));
  std::uint8_t running = 0;  // Languages that are inside a phrase.
  for (std::uint32_t place = 0; place < words_.size(); ++place) {
    const Word& word = known_[numbers_[place]];
    if (words_[place].gap != graph::Gap::space) running = 0;
    for (std::uint32_t left = running | word.of; left != 0; left &= left - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(left));
      const auto bit = static_cast<std::uint8_t>(1u << i);
      Run& run = runs_[i];
      const bool runs = (running & bit) != 0;
      if (!runs) run.begin();
      const bool passes = runs && (word.small & bit) != 0 &&
                          place - run.met.back() <= kSmallWordsMax && !leads_on(i, word.symbols[i]);
      if (!passes) step(i, place, word.symbols[i]);
      running = static_cast<std::uint8_t>(run.state != 0 ? running | bit : running & ~bit);
    }
  }
  return {words_, found_};
}

std::uint32_t PhraseReader::word_of(const graph::WordToken& token) {
  if (token.mark->count != round_) {
    token.mark->count = round_;
    token.mark->place = static_cast<std::uint32_t>(known_.size());
    learn(token.form->surface);
  }
  return token.mark->place;
}

void PhraseReader::learn(const std::string& surface) {
  Word word;
  for (std::size_t i = 0; i < book_->languages_.size(); ++i) {
    const PhraseBook::Language& language = book_->languages_[i];
    const auto symbol =
        language.symbols.find(std::string(stemmer_.stem(surface, stemmer_languages_[i])));
    const auto bit = static_cast<std::uint8_t>(1u << i);
    if (symbol != language.symbols.end()) {
      word.symbols[i] = symbol->second;
      word.of |= bit;
    }
    if (language.small_words.contains(surface)) word.small |= bit;
  }
  known_.push_back(word);
}

/// Whether a phrase that has begun has this word next. A small word may have the stem of another:
/// "para" that of "paro".
bool PhraseReader::leads_on(std::size_t language, PhraseBook::Symbol symbol) const {
  return symbol != 0 && book_->languages_[language].steps.contains(
                            PhraseBook::step_of(runs_[language].state, symbol));
}

void PhraseReader::step(std::size_t language, std::uint32_t place, PhraseBook::Symbol symbol) {
  Run& run = runs_[language];
  if (symbol == 0) return run.begin();
  const PhraseBook::Language& of = book_->languages_[language];
  auto next = of.steps.find(PhraseBook::step_of(run.state, symbol));
  while (next == of.steps.end() && run.state != 0) {
    run.state = of.nodes[run.state].fallback;
    next = of.steps.find(PhraseBook::step_of(run.state, symbol));
  }
  if (next == of.steps.end()) return run.begin();
  run.state = next->second;
  run.met.push_back(place);
  find_ending(language);
}

void PhraseReader::find_ending(std::size_t language) {
  const PhraseBook::Language& of = book_->languages_[language];
  const Run& run = runs_[language];
  for (PhraseBook::State at = run.state; at != 0; at = of.nodes[at].shorter) {
    const PhraseBook::Node& node = of.nodes[at];
    const auto places = std::span(run.met).last(node.depth);
    for (const std::uint32_t cue : node.ending) {
      if (holds(cue, language, places)) found_.push_back({cue, places.front(), places.back()});
    }
  }
}

bool PhraseReader::holds(std::uint32_t cue, std::size_t language,
                         std::span<const std::uint32_t> places) const {
  const PhraseBook::Conditions& conditions = book_->conditions_[cue];
  for (const auto& [at, surface] : conditions.unstemmed) {
    if (words_[places[at]].form->surface != surface) return false;
  }
  if (!conditions.single.empty() &&
      !same_but_for_number(conditions.single, words_[places[0]].form->surface)) {
    return false;
  }
  if (!conditions.exact.empty() && !stands_exactly(conditions, places.front())) return false;
  const std::uint32_t within = book_->cues_[cue].within;
  if (!conditions.near.empty() && !stands_near(language, conditions.near, within, places)) {
    return false;
  }
  return conditions.unless.empty() || !stands_near(language, conditions.unless, within, places);
}

/// Whether the words of an exact cue stand so where the first of its words that is not small does.
bool PhraseReader::stands_exactly(const PhraseBook::Conditions& conditions,
                                  std::uint32_t first) const {
  const std::size_t length = conditions.exact.size();
  if (first < conditions.lead || first - conditions.lead + length > words_.size()) return false;
  const auto words = words_.subspan(first - conditions.lead, length);
  for (std::size_t i = 0; i < length; ++i) {
    if (words[i].form->surface != conditions.exact[i].surface) return false;
    if (i > 0 && words[i].gap != graph::Gap::space) return false;
    if (conditions.exact[i].in_capitals && !in_capitals(written(text_, words[i]))) return false;
  }
  return true;
}

bool PhraseReader::stands_near(std::size_t language, std::span<const PhraseBook::Symbol> symbols,
                               std::uint32_t within, std::span<const std::uint32_t> places) const {
  const auto is_one = [&](std::uint32_t place) {
    const PhraseBook::Symbol symbol = known_[numbers_[place]].symbols[language];
    return symbol != 0 && std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
  };
  const auto ends_sentence = [&](std::uint32_t place) {
    return words_[place].gap == graph::Gap::sentence;
  };
  std::uint32_t left = within;
  for (std::uint32_t place = places.front(); place > 0 && left > 0; --left) {
    if (ends_sentence(place)) break;
    if (is_one(--place)) return true;
  }
  left = within;
  for (std::uint32_t place = places.back() + 1; place < words_.size() && left > 0;
       ++place, --left) {
    if (ends_sentence(place)) break;
    if (is_one(place)) return true;
  }
  return false;
}

}  // namespace mangrove::ingest
