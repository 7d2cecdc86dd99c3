#include "graph/text/words.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "graph/text/letters.h"

namespace mangrove::graph {
namespace {

constexpr std::size_t kKnownMax = std::size_t{1} << 17;
constexpr std::size_t kSlotsAtFirst = std::size_t{1} << 10;

/// For each byte: the lower-case form where it is an ASCII letter or digit, else 0.
constexpr std::array<char, 256> kLowerAscii = [] {
  std::array<char, 256> table{};
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = static_cast<char>(c);
  for (std::size_t c = 'a'; c <= 'z'; ++c) {
    table[c] = static_cast<char>(c);
    table[c - 'a' + 'A'] = static_cast<char>(c);
  }
  return table;
}();

char lower_ascii(char c) {
  return kLowerAscii[static_cast<unsigned char>(c)];
}

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

constexpr std::array<Gap, 128> kAsciiGaps = [] {
  std::array<Gap, 128> table{};
  for (const char c : std::string_view(",;:()[]{}\"/\\|*#=<>+~^")) {
    table[static_cast<unsigned char>(c)] = Gap::mark;
  }
  for (const char c : std::string_view(".!?")) table[static_cast<unsigned char>(c)] = Gap::sentence;
  return table;
}();

/// What the ASCII character at `at`, no letter or digit, makes of the gap that it stands in.
Gap ascii_gap(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char before = at > 0 ? text[at - 1] : ' ';
  if (c == '-') return before == ' ' || before == '\n' ? Gap::mark : Gap::space;
  if (c != '\n') return kAsciiGaps[static_cast<unsigned char>(c)];
  const bool empty_line = before == '\n' || (before == '\r' && at > 1 && text[at - 2] == '\n');
  return empty_line ? Gap::sentence : Gap::space;
}

Gap other_gap(UChar32 c) {
  constexpr UChar32 kApostrophe = 0x2019;
  constexpr UChar32 kHyphen = 0x2010;
  constexpr UChar32 kHardHyphen = 0x2011;
  if (c == kApostrophe || c == kHyphen || c == kHardHyphen) return Gap::space;
  if (c < 0 || u_isUWhiteSpace(c) != 0) return Gap::space;
  return u_hasBinaryProperty(c, UCHAR_S_TERM) != 0 ? Gap::sentence : Gap::mark;
}

/// The character at `at`, which moves behind it; negative where the bytes are not UTF-8.
UChar32 next_character(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int64_t>(at);
  UChar32 c = 0;
  U8_NEXT(bytes, i, static_cast<std::int64_t>(text.size()), c);
  at = static_cast<std::size_t>(i);
  return c;
}

Letter letter_at(std::string_view text, std::size_t& at) {
  const UChar32 c = next_character(text, at);
  return c < 0 ? Letter::none : letter_of(static_cast<char32_t>(c));
}

/// Bytes of an apostrophe that begins here; 0 where none does.
std::size_t apostrophe_at(std::string_view text, std::size_t at) {
  constexpr std::string_view kCurly = "\xE2\x80\x99";
  if (at >= text.size()) return 0;
  if (text[at] == '\'') return 1;
  return text.substr(at).starts_with(kCurly) ? kCurly.size() : 0;
}

std::size_t apostrophe_before(std::string_view text, std::size_t at) {
  if (at >= 1 && apostrophe_at(text, at - 1) == 1) return 1;
  if (at >= 3 && apostrophe_at(text, at - 3) == 3) return 3;
  return 0;
}

bool letter_follows(std::string_view text, std::size_t at) {
  return at < text.size() && letter_at(text, at) == Letter::word;
}

bool letter_precedes(std::string_view text, std::size_t at) {
  std::size_t from = at;
  while (from > 0 && at - from < 4) {
    --from;
    if ((static_cast<unsigned char>(text[from]) & 0xC0) != 0x80) return letter_follows(text, from);
  }
  return false;
}

/// Whether an apostrophe ties the stretch to another word.
bool is_tied(std::string_view text, std::size_t from, std::size_t to) {
  const std::size_t after = apostrophe_at(text, to);
  if (after > 0 && letter_follows(text, to + after)) return true;
  const std::size_t before = apostrophe_before(text, from);
  return before > 0 && letter_precedes(text, from - before);
}

std::uint32_t hash_of(std::string_view bytes, std::uint64_t seed) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
  std::uint64_t hash = (seed + 1) * kFactor ^ bytes.size();
  while (!bytes.empty()) {
    std::uint64_t chunk = 0;
    const std::size_t size = std::min(bytes.size(), sizeof chunk);
    std::memcpy(&chunk, bytes.data(), size);
    hash = (hash ^ chunk) * kFactor;
    hash ^= hash >> 32;
    bytes.remove_prefix(size);
  }
  return static_cast<std::uint32_t>(hash);
}

/// At most kWordBytesMax bytes, cut between characters.
std::string_view cut(std::string_view word) {
  if (word.size() <= WordReader::kWordBytesMax) return word;
  std::size_t size = WordReader::kWordBytesMax;
  while (size > 0 && (static_cast<unsigned char>(word[size]) & 0xC0) == 0x80) --size;
  return word.substr(0, size);
}

}  // namespace

WordReader::WordReader() : slots_(kSlotsAtFirst) {}
WordReader::~WordReader() = default;

std::span<const WordToken> WordReader::read(std::string_view text, std::string_view language) {
  language_ = stemmer_.language(language);
  gap_ = Gap::sentence;
  written_.clear();
  unread_.clear();
  std::uint32_t point = 0;
  for (std::size_t at = 0; at < text.size();) {
    const bool ascii = is_ascii(text[at]);
    if (ascii && lower_ascii(text[at]) == 0) {
      gap_ = std::max(gap_, ascii_gap(text, at));
      ++at;
      ++point;
    } else if (!ascii || !read_ascii_word(text, at, point)) {
      read_other(text, at, point);
    }
  }
  look_up_all();
  return tokens_;
}

/// Most words are plain ASCII. False, with nothing read, where this one is not.
bool WordReader::read_ascii_word(std::string_view text, std::size_t& at, std::uint32_t& point) {
  std::array<char, kWordBytesMax> word;
  std::size_t size = 0;
  std::size_t end = at;
  for (; end < text.size(); ++end) {
    const char lower = lower_ascii(text[end]);
    if (lower == 0) break;
    if (size < word.size()) word[size++] = lower;
  }
  if (end < text.size() && !is_ascii(text[end])) return false;
  const auto length = static_cast<std::uint32_t>(end - at);
  if (length > 1 || !is_tied(text, at, end)) {
    add({word.data(), size}, true, point, point + length);
  }
  at = end;
  point += length;
  return true;
}

/// Reads one stretch of letters of the same sort, or passes over one character.
void WordReader::read_other(std::string_view text, std::size_t& at, std::uint32_t& point) {
  Stretch stretch{at, at, point, point};
  const UChar32 first = next_character(text, stretch.to);
  const Letter sort = first < 0 ? Letter::none : letter_of(static_cast<char32_t>(first));
  ++stretch.end;
  if (sort == Letter::word || sort == Letter::dictionary) {
    while (stretch.to < text.size()) {
      std::size_t next = stretch.to;
      const Letter letter = letter_at(text, next);
      if (letter != sort && letter != Letter::invisible) break;
      stretch.to = next;
      ++stretch.end;
    }
    if (sort == Letter::word) {
      add_word(text, stretch);
    } else {
      add_by_dictionary(text, stretch);
    }
  } else {
    gap_ = std::max(gap_, other_gap(first));
  }
  at = stretch.to;
  point = stretch.end;
}

void WordReader::add_word(std::string_view text, const Stretch& word) {
  if (word.end - word.begin == 1 && is_tied(text, word.from, word.to)) return;
  std::string written(cut(text.substr(word.from, word.to - word.from)));
  const bool ascii = std::all_of(written.begin(), written.end(), is_ascii);
  if (ascii) std::transform(written.begin(), written.end(), written.begin(), lower_ascii);
  add(written, ascii, word.begin, word.end);
}

void WordReader::add_by_dictionary(std::string_view text, const Stretch& stretch) {
  UErrorCode status = U_ZERO_ERROR;
  if (dictionary_ == nullptr) {
    dictionary_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    assert(U_SUCCESS(status));
  }
  const std::string_view bytes = text.substr(stretch.from, stretch.to - stretch.from);
  const auto letters = icu::UnicodeString::fromUTF8(
      icu::StringPiece(bytes.data(), static_cast<std::int32_t>(bytes.size())));
  dictionary_->setText(letters);
  std::uint32_t point = stretch.begin;
  std::int32_t from = dictionary_->first();
  for (std::int32_t to = dictionary_->next(); to != icu::BreakIterator::DONE;
       to = dictionary_->next()) {
    const auto length = static_cast<std::uint32_t>(letters.countChar32(from, to - from));
    std::string word;
    letters.tempSubStringBetween(from, to).toUTF8String(word);
    add(cut(word), false, point, point + length);
    point += length;
    from = to;
  }
}

void WordReader::add(std::string_view written, bool ascii, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t hash = hash_of(written, language_);
  __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  unread_.push_back(
      {written_.size(), static_cast<std::uint32_t>(written.size()), hash, begin, end, gap_, ascii});
  gap_ = Gap::space;
  written_ += written;
}

std::string_view WordReader::written(const Unread& word) const {
  return std::string_view(written_).substr(word.from, word.size);
}

/// The words lie all over the memory: those to come are fetched while one is looked up.
void WordReader::look_up_all() {
  constexpr std::size_t kAhead = 8;
  tokens_.clear();
  for (std::size_t i = 0; i < unread_.size(); ++i) {
    if (i + kAhead < unread_.size()) __builtin_prefetch(likely(unread_[i + kAhead].hash));
    Known& word = known(unread_[i]);
    if (word.form == nullptr) continue;
    tokens_.push_back({word.form, &word.mark, unread_[i].begin, unread_[i].end, unread_[i].gap});
  }
}

const WordReader::Known* WordReader::likely(std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].known != 0 && slots_[slot].hash != hash) slot = (slot + 1) & mask;
  return slots_[slot].known == 0 ? nullptr : &known_[slots_[slot].known - 1];
}

WordReader::Known& WordReader::known(const Unread& word) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = word.hash & mask; slots_[slot].known != 0; slot = (slot + 1) & mask) {
    if (slots_[slot].hash != word.hash) continue;
    Known& known = known_[slots_[slot].known - 1];
    if (known.language == language_ && known.written == written(word)) return known;
  }
  return learn(word);
}

WordReader::Known& WordReader::learn(const Unread& word) {
  const std::string as_written(written(word));
  const std::string lower = word.ascii ? as_written : lowered(as_written);
  std::string stem(stemmer_.stem(lower, language_));
  if (!word.ascii) stem = folded_letters(stem);
  const std::string surface = word.ascii ? lower : folded_letters(lower);
  known_.push_back({as_written, form_of(surface, stem.empty() ? surface : stem), {}, language_});
  if (known_.size() * 2 > slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = word.hash & mask;
  while (slots_[slot].known != 0) slot = (slot + 1) & mask;
  slots_[slot] = {word.hash, static_cast<std::uint32_t>(known_.size())};
  return known_.back();
}

WordForm* WordReader::form_of(const std::string& surface, const std::string& stem) {
  if (surface.empty()) return nullptr;
  auto known_stem = stem_by_text_.find(stem);
  if (known_stem == stem_by_text_.end()) {
    StemForm& added = stems_.emplace_back(StemForm{stem});
    known_stem = stem_by_text_.emplace(added.text, &added).first;
  }
  StemForm* const stem_form = known_stem->second;
  const auto known_form = form_by_texts_.find({surface, stem_form});
  if (known_form != form_by_texts_.end()) return known_form->second;
  WordForm& added = forms_.emplace_back(WordForm{surface, stem_form});
  form_by_texts_.emplace(std::pair(std::string_view(added.surface), stem_form), &added);
  return &added;
}

void WordReader::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (const Slot& known : slots_) {
    if (known.known == 0) continue;
    std::size_t slot = known.hash & mask;
    while (larger[slot].known != 0) slot = (slot + 1) & mask;
    larger[slot] = known;
  }
  slots_ = std::move(larger);
}

bool WordReader::forget_many() {
  if (known_.size() < kKnownMax) return false;
  known_.clear();
  form_by_texts_.clear();
  stem_by_text_.clear();
  forms_.clear();
  stems_.clear();
  slots_.assign(kSlotsAtFirst, {});
  return true;
}

}  // namespace mangrove::graph
