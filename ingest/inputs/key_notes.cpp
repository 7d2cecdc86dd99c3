#include "ingest/inputs/key_notes.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

namespace mangrove::ingest {
namespace {

constexpr std::size_t kKeysInNote = std::size_t{1} << 16;

std::string name_of(std::string_view name, std::size_t number) {
  std::array<char, 24> digits{};
  std::snprintf(digits.data(), digits.size(), "/%08zu", number);
  return std::string(name) + digits.data();
}

std::size_t notes_for(std::size_t keys) {
  return (keys + kKeysInNote - 1) / kKeysInNote;
}

}  // namespace

Result<RecordKeys> noted_keys(const graph::Graph& graph, std::string_view name) {
  RecordKeys keys;
  const std::vector<std::string> names = TRY(graph.notes(std::string(name) + "/"));
  for (const std::string& one : names) {
    const std::string bytes = TRY(graph.note(one)).value_or(std::string());
    for (std::size_t at = 0; at + sizeof(RecordKey) <= bytes.size(); at += sizeof(RecordKey)) {
      RecordKey key = 0;
      for (std::size_t i = sizeof(RecordKey); i > 0; --i) {
        key = key << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
      }
      keys.push_back(key);
    }
  }
  return keys;
}

void note_keys(std::string_view name, const RecordKeys& keys, std::size_t before,
               std::vector<graph::NoteChange>& notes) {
  for (std::size_t from = 0; from < keys.size(); from += kKeysInNote) {
    std::string bytes;
    for (std::size_t i = from; i < std::min(from + kKeysInNote, keys.size()); ++i) {
      for (unsigned shift = 0; shift < 64; shift += 8) {
        bytes += static_cast<char>(keys[i] >> shift);
      }
    }
    notes.push_back({name_of(name, from / kKeysInNote), std::move(bytes)});
  }
  for (std::size_t i = notes_for(keys.size()); i < notes_for(before); ++i) {
    notes.push_back({name_of(name, i), std::nullopt});
  }
}

}  // namespace mangrove::ingest
