#include "graph/storage/keys.h"

namespace mangrove::graph::keys {
namespace {

void append_number(std::string& key, std::uint64_t number, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(number >> shift));
  }
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
  std::string key = "a";
  append_number(key, name.value, 2);
  return key;
}

std::string source(SourceIndex source) {
  std::string key = "s";
  append_number(key, source.value, 4);
  return key;
}

std::string node(NodeIndex node) {
  std::string key = "n";
  append_number(key, node.value, 4);
  return key;
}

std::string record(NodeIndex subject, SourceIndex source) {
  std::string key = "r";
  append_number(key, subject.value, 4);
  append_number(key, source.value, 4);
  return key;
}

std::string mention(NodeIndex node) {
  std::string key = "m";
  append_number(key, node.value, 4);
  return key;
}

std::string change(Version version) {
  std::string key = "c";
  append_number(key, version, 8);
  return key;
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
