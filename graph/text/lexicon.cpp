#include "graph/text/lexicon.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "graph/text/spelling.h"

namespace mangrove::graph {
namespace {

constexpr std::size_t kSlotsAtFirst = std::size_t{1} << 8;

std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
}

}  // namespace

TextTable::TextTable() : ends_(1), slots_(kSlotsAtFirst) {}

std::size_t TextTable::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].number != 0; at = (at + 1) & mask) {
    if (slots_[at].hash == hash && (*this)[slots_[at].number - 1] == text) break;
  }
  return at;
}

std::uint32_t TextTable::find(std::string_view text) const {
  const std::uint32_t number = slots_[slot_of(text, hash_of(text))].number;
  return number == 0 ? kNone : number - 1;
}

std::uint32_t TextTable::add(std::string_view text) {
  const std::uint32_t hash = hash_of(text);
  Slot& slot = slots_[slot_of(text, hash)];
  if (slot.number != 0) return slot.number - 1;
  bytes_ += text;
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  slot = {hash, size()};
  if (std::size_t{size()} * 3 > slots_.size() * 2) resize_slots(slots_.size() * 2);
  return size() - 1;
}

void TextTable::reserve(std::size_t texts) {
  if (texts * 3 > slots_.size() * 2) resize_slots(std::bit_ceil(texts * 3 / 2 + 1));
}

void TextTable::resize_slots(std::size_t slots) {
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots));
  const std::size_t mask = slots - 1;
  for (const Slot& slot : before) {
    if (slot.number == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

std::size_t TextTable::memory_bytes() const {
  return bytes_.capacity() + ends_.capacity() * sizeof(std::uint32_t) +
         slots_.capacity() * sizeof(Slot);
}

std::uint32_t Lexicon::add_surface(std::string_view surface) {
  const std::uint32_t number = surfaces.add(surface);
  if (number == signatures.size()) {
    const std::u32string letters = code_points(surface);
    signatures.push_back(letters_in(letters));
    lengths.push_back(static_cast<std::uint8_t>(std::min<std::size_t>(letters.size(), UINT8_MAX)));
  }
  return number;
}

void Lexicon::for_each_near(std::string_view word, std::size_t distance,
                            const std::function<void(std::uint32_t, std::size_t)>& visit) const {
  const std::u32string letters = code_points(word);
  const std::uint32_t signature = letters_in(letters);
  const SpellingPattern pattern(letters);
  for (std::uint32_t number = 0; number < signatures.size(); ++number) {
    const std::size_t length = lengths[number];
    if (length > letters.size() + distance || length + distance < letters.size()) continue;
    // To change a letter is to lose one and to gain one.
    const auto differing = static_cast<std::size_t>(std::popcount(signature ^ signatures[number]));
    if (differing > 2 * distance) continue;
    const std::size_t found = pattern.distance(code_points(surfaces[number]));
    if (found <= distance) visit(number, found);
  }
}

std::size_t Lexicon::memory_bytes() const {
  return surfaces.memory_bytes() + stems.memory_bytes() + lengths.capacity() +
         signatures.capacity() * sizeof(std::uint32_t);
}

}  // namespace mangrove::graph
