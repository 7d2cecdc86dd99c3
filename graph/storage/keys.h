#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/audience.h"
#include "graph/ids.h"

namespace mangrove::graph::keys {

// The key layout. Big-endian numbers, so that the order of bytes is the order of numbers.
//
//   format   := 'f'                                  -> u32be, kFormatVersion
//   version  := 'v'                                  -> u64be, the latest commit
//   floor    := 'k'                                  -> u64be, the oldest version that can be read
//   name     := 'a' number:u16be                     -> the interned text
//   audience := 'u' number:u16be                     -> its name
//   policy   := 'p' number:u16be                     -> u64be*, the sets of audiences
//   source   := 's' index:u32be                      -> id NUL part
//   node     := 'n' node:u32be                       -> the public id
//   record   := 'r' subject:u32be source:u32be       -> record, see records.h
//   mention  := 'm' node:u32be                       -> mentions, see records.h
//   change   := 'c' version:u64be                    -> change, see change_log.h
//   quiet    := 'q' version:u64be                    -> notices, see change_log.h
//   past     := 'h' version:u64be subject:u32be source:u32be
//                                                    -> record, as it was before that version
//   text     := 't' …                                -> see text/segment.h
//   searched := 'x'                                  -> the properties that text is made of
//   note     := 'o' name                             -> bytes, see Graph::note
//
// Do not reorder or reuse: graphs on disk depend on it. Raise kFormatVersion instead.
//
// Format 1 had no audiences, no past, no text, and a change log of subjects alone: see upgrade.h.
inline constexpr std::uint32_t kFormatVersion = 3;

inline constexpr std::string_view kFormat = "f";
inline constexpr std::string_view kVersion = "v";
inline constexpr std::string_view kFloor = "k";
inline constexpr std::string_view kNames = "a";
inline constexpr std::string_view kAudiences = "u";
inline constexpr std::string_view kPolicies = "p";
inline constexpr std::string_view kSources = "s";
inline constexpr std::string_view kNodes = "n";
inline constexpr std::string_view kRecords = "r";
inline constexpr std::string_view kMentions = "m";
inline constexpr std::string_view kChanges = "c";
inline constexpr std::string_view kQuiet = "q";
inline constexpr std::string_view kPast = "h";
inline constexpr std::string_view kText = "t";
inline constexpr std::string_view kSearched = "x";
inline constexpr std::string_view kNotes = "o";

std::string name(Name name);
std::string audience(std::uint16_t number);
std::string policy(Policy policy);
std::string source(SourceIndex source);
std::string node(NodeIndex node);
std::string record(NodeIndex subject, SourceIndex source);
std::string mention(NodeIndex node);
std::string change(Version version);
std::string quiet(Version version);
std::string past(Version version, NodeIndex subject, SourceIndex source);
/// What the keys of all records before this version begin with.
std::string past(Version version);
std::string note(std::string_view name);

std::string u32(std::uint32_t number);
std::string u64(std::uint64_t number);

/// The number that a key holds at this byte; nothing where the key is too short.
std::optional<std::uint32_t> read_u16(std::string_view key, std::size_t at);
std::optional<std::uint32_t> read_u32(std::string_view key, std::size_t at);
std::optional<std::uint64_t> read_u64(std::string_view key, std::size_t at);

}  // namespace mangrove::graph::keys
