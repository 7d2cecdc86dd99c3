#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/audience.h"
#include "graph/base/result.h"
#include "graph/ids.h"
#include "graph/plain_edges.h"
#include "graph/value.h"

namespace mangrove::graph {

// How a record lies in the store. Names and nodes are numbers; `text` and `varint` as in bytes.h.
//
//   record     := revision:text origin:text superseded derived? content
//   superseded := count:varint hash:fixed64*           earlier contents, oldest first
//                 16 is added to the count where derived edges follow
//   derived    := edges, then count:varint (place:varint policy:varint)* of those that are not
//                 public: each edge after its properties
//   content    := kind:varint properties
//                 count:varint (node:varint kind:varint properties)*       mentions
//                 edges audiences?
//   edges      := count:varint (from:varint relation:varint to:varint qualifier:varint properties)*
//   audiences  := record:varint guard:varint count:varint (place:varint policy:varint)*
//                 only where something is not public. A place counts what stands in the content, in
//                 order and from 0: each property, each mention after its properties (its guard),
//                 each edge after its properties.
//   properties := count:varint (name:varint value)*
//   value      := 0 | 1                                                    false, true
//               | 2 signed varint | 3 number:fixed64                       integer, other number
//               | 4 year:varint month:byte day:byte
//               | 5 language:text text
//               | 6 count:varint (name:text value)*                        structure; no 6 inside
//               | 7 text                                                   text without language
//
//   mentions   := count:varint (source:varint name:varint count:varint value:text)*
//                 (place:varint policy:varint)*      those that are not public; places from 0
//                 of one node, sorted

struct StoredProperty {
  Name name;
  Value value;
  Policy policy = kPublic;
};

struct StoredMention {
  NodeIndex node;
  Kind kind;
  std::vector<StoredProperty> properties;
  Policy guard = kPublic;
};

struct StoredEdge {
  NodeIndex from;
  Relation relation;
  NodeIndex to;
  Qualifier qualifier;
  std::vector<StoredProperty> properties;
  Policy policy = kPublic;
  bool derived = false;
};

/// What one source states about one subject, and what was concluded from it, with names and nodes
/// as numbers.
struct StoredRecord {
  std::string revision;
  std::string origin;
  std::vector<std::uint64_t> superseded;  ///< Hashes of contents that this one replaced.
  Kind kind;
  std::vector<StoredProperty> properties;
  std::vector<StoredMention> mentions;
  std::vector<StoredEdge> edges;  ///< Sorted by all but properties and `derived`.
  Policy policy = kPublic;        ///< Of the whole record; what stands inside narrows it further.
  Policy guard = kPublic;         ///< On the subject.
};

/// How many earlier contents a record remembers.
inline constexpr std::size_t kSupersededMax = 8;

/// The part in which the source says something (not when or where it said so).
std::string encode_content(const StoredRecord& record);
/// What was concluded from that; empty where nothing was.
std::string encode_derived(const StoredRecord& record);
/// `content` is that of the record, so that it is encoded once.
std::string encode_record(const StoredRecord& record, std::string_view content);

/// `corrupt` where the bytes are no record.
Result<StoredRecord> decode_record(std::string_view bytes);

/// What a record says of its subject alone, for whoever only shows that: views into its bytes.
struct RecordAboutSubject {
  struct Property {
    Name name;
    std::string_view value;  ///< Encoded, so that equal values are equal bytes.
    Policy policy = kPublic;
  };
  std::string_view revision;
  std::string_view origin;
  std::vector<Property> properties;
  Policy policy = kPublic;  ///< Of the whole record.
  RelationSet stating_more;  ///< Relations whose edges state properties, or who may see them.
};
/// Passes over mentions and edges. `corrupt` as above.
Result<RecordAboutSubject> decode_about_subject(std::string_view bytes);

/// The parts inside encoded bytes, for comparing; `corrupt` as above.
struct RecordParts {
  std::string_view content;
  std::string_view derived;
};
Result<RecordParts> parts_of(std::string_view bytes);

std::uint64_t hash_of_content(std::string_view content);

/// One value that records of one source state about a node in passing.
struct MentionedValue {
  SourceIndex source;
  Name name;
  std::string_view value;   ///< Encoded, so that equal values are equal bytes. Kept by others.
  std::uint64_t count;      ///< How many records state it; above 0.
  Policy policy = kPublic;  ///< The record's included.
};

std::string encode_value(const Value& value);
Result<Value> decode_value(std::string_view bytes);

std::string encode_mentions(const std::vector<MentionedValue>& mentions);
/// The values lie in `bytes`.
Result<std::vector<MentionedValue>> decode_mentions(std::string_view bytes);

}  // namespace mangrove::graph
