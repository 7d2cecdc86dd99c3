#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/ids.h"

namespace mangrove::graph::keys {

// The key layout. Big-endian numbers, so that the order of bytes is the order of numbers.
//
//   format  := 'f'                                  -> u32be, kFormatVersion
//   version := 'v'                                  -> u64be, the latest commit
//   name    := 'a' number:u16be                     -> the interned text
//   source  := 's' index:u32be                      -> id:text part:text
//   node    := 'n' node:u32be                       -> the public id
//   record  := 'r' subject:u32be source:u32be       -> record, see records.h
//   mention := 'm' node:u32be                       -> mentions, see records.h
//   change  := 'c' version:u64be                    -> change, see change_log.h
//
// Do not reorder or reuse: graphs on disk depend on it. Raise kFormatVersion instead.
inline constexpr std::uint32_t kFormatVersion = 1;

inline constexpr std::string_view kFormat = "f";
inline constexpr std::string_view kVersion = "v";
inline constexpr std::string_view kNames = "a";
inline constexpr std::string_view kSources = "s";
inline constexpr std::string_view kNodes = "n";
inline constexpr std::string_view kRecords = "r";
inline constexpr std::string_view kChanges = "c";

std::string name(Name name);
std::string source(SourceIndex source);
std::string node(NodeIndex node);
std::string record(NodeIndex subject, SourceIndex source);
std::string mention(NodeIndex node);
std::string change(Version version);

std::string u32(std::uint32_t number);
std::string u64(std::uint64_t number);

/// The number that a key holds at this byte; nothing where the key is too short.
std::optional<std::uint32_t> read_u16(std::string_view key, std::size_t at);
std::optional<std::uint32_t> read_u32(std::string_view key, std::size_t at);
std::optional<std::uint64_t> read_u64(std::string_view key, std::size_t at);

}  // namespace mangrove::graph::keys
