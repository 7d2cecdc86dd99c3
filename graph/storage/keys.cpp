#include "graph/storage/keys.h"

namespace mangrove::graph::keys {
namespace {

void append_number(std::string& key, std::uint64_t number, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(number >> shift));
  }
}

std::string numbered(char table, std::uint64_t number, int bytes) {
  std::string key(1, table);
  append_number(key, number, bytes);
  return key;
}

std::optional<std::uint64_t> read_number(std::string_view key, std::size_t at, std::size_t bytes) {
  if (key.size() < at + bytes) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : key.substr(at, bytes)) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

std::optional<std::uint32_t> narrowed(std::optional<std::uint64_t> number) {
  if (!number) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

}  // namespace

std::string name(Name name) {
  return numbered('a', name.value, 2);
}

std::string audience(std::uint16_t number) {
  return numbered('u', number, 2);
}

std::string policy(Policy policy) {
  return numbered('p', policy.value, 2);
}

std::string source(SourceIndex source) {
  return numbered('s', source.value, 4);
}

std::string node(NodeIndex node) {
  return numbered('n', node.value, 4);
}

std::string record(NodeIndex subject, SourceIndex source) {
  std::string key = numbered('r', subject.value, 4);
  append_number(key, source.value, 4);
  return key;
}

std::string mention(NodeIndex node) {
  return numbered('m', node.value, 4);
}

std::string change(Version version) {
  return numbered('c', version, 8);
}

std::string quiet(Version version) {
  return numbered('q', version, 8);
}

std::string past(Version version, NodeIndex subject, SourceIndex source) {
  std::string key = past(version);
  append_number(key, subject.value, 4);
  append_number(key, source.value, 4);
  return key;
}

std::string past(Version version) {
  return numbered('h', version, 8);
}

std::string note(std::string_view name) {
  return std::string(kNotes) + std::string(name);
}

std::string u32(std::uint32_t number) {
  std::string bytes;
  append_number(bytes, number, 4);
  return bytes;
}

std::string u64(std::uint64_t number) {
  std::string bytes;
  append_number(bytes, number, 8);
  return bytes;
}

std::optional<std::uint32_t> read_u16(std::string_view key, std::size_t at) {
  return narrowed(read_number(key, at, 2));
}

std::optional<std::uint32_t> read_u32(std::string_view key, std::size_t at) {
  return narrowed(read_number(key, at, 4));
}

std::optional<std::uint64_t> read_u64(std::string_view key, std::size_t at) {
  return read_number(key, at, 8);
}

}  // namespace mangrove::graph::keys
