#include "graph/record_faults.h"

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "graph/base/text.h"

namespace mangrove::graph {
namespace {

constexpr std::size_t kIdBytesMax = 1000;
constexpr std::size_t kNameBytesMax = 200;

/// Whether all of it is ASCII without control characters, as ids nearly always are. Eight bytes at
/// a time: of eight added to or taken from at once, none carries over while all are below 0x80.
bool is_plain(std::string_view id) {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  constexpr std::uint64_t kHighBits = kEach * 0x80;
  const auto are_plain = [](std::uint64_t eight) {
    const std::uint64_t from_space = (eight | kHighBits) - kEach * 0x20;  // High bit: not below.
    const std::uint64_t past_tilde = eight + kEach;                       // High bit: above 0x7E.
    return ((eight | past_tilde | ~from_space) & kHighBits) == 0;
  };
  const char* at = id.data();
  std::size_t left = id.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, 8);
    if (!are_plain(eight)) return false;
  }
  std::uint64_t rest = kEach * 0x20;
  std::memcpy(&rest, at, left);
  return are_plain(rest);
}

std::optional<std::string> fault_of_id(std::string_view id) {
  if (!id.empty() && id.size() <= kIdBytesMax && is_plain(id)) return std::nullopt;
  if (id.empty()) return "an id is empty";
  const std::string shown(id.substr(0, 80));
  if (id.size() > kIdBytesMax) return "the id " + shown + "… is longer than 1,000 bytes";
  if (!is_utf8(id)) return "an id is not UTF-8";
  for (const char c : id) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      return "the id " + shown + " holds a control character";
    }
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_name(std::string_view name, std::string_view what) {
  if (name.empty()) return std::string(what) + " has no name";
  if (name.size() > kNameBytesMax) return "the name of " + std::string(what) + " is too long";
  return std::nullopt;
}

std::optional<std::string> fault_of_audience(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (auto fault = fault_of_name(name, "an audience")) return fault;
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_properties(const std::vector<Property>& properties) {
  for (const Property& property : properties) {
    if (auto fault = fault_of_audience(property.audience)) return fault;
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_node(const NodeStatement& node) {
  if (auto fault = fault_of_id(node.id)) return fault;
  if (auto fault = fault_of_name(node.kind, "a kind")) return fault;
  if (auto fault = fault_of_audience(node.audience)) return fault;
  return fault_of_properties(node.properties);
}

std::optional<std::string> fault_of_edge(const EdgeStatement& edge) {
  if (auto fault = fault_of_id(edge.from)) return fault;
  if (auto fault = fault_of_id(edge.to)) return fault;
  if (auto fault = fault_of_name(edge.relation, "a relation")) return fault;
  if (edge.qualifier.size() > kNameBytesMax) return "a qualifier is too long";
  if (auto fault = fault_of_audience(edge.audience)) return fault;
  return fault_of_properties(edge.properties);
}

}  // namespace

std::optional<std::string> fault_of(const Record& record) {
  if (auto fault = fault_of_id(record.source)) return "source: " + *fault;
  if (auto fault = fault_of_audience(record.audience)) return fault;
  if (auto fault = fault_of_node(record.subject)) return fault;
  for (const NodeStatement& mention : record.mentions) {
    if (auto fault = fault_of_node(mention)) return fault;
  }
  for (const EdgeStatement& edge : record.edges) {
    if (auto fault = fault_of_edge(edge)) return fault;
  }
  return std::nullopt;
}

std::size_t names_in(const Record& record) {
  std::size_t count = 1 + record.subject.properties.size();
  for (const NodeStatement& mention : record.mentions) count += 1 + mention.properties.size();
  for (const EdgeStatement& edge : record.edges) count += 2 + edge.properties.size();
  return count;
}

}  // namespace mangrove::graph
