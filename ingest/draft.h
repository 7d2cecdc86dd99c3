#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/batch.h"
#include "ingest/reader.h"
#include "ingest/report.h"

namespace mangrove::ingest {

/// Puts one Draft together, statement by statement. The same said twice is kept once, so a reader
/// can walk its record as it lies.
class DraftBuilder {
 public:
  DraftBuilder(std::string id, std::string kind);

  const std::string& subject() const { return draft_.record.subject.id; }
  graph::Record& record() { return draft_.record; }
  Draft& draft() { return draft_; }

  /// A property of the subject.
  void state(std::string_view property, graph::Value value);
  void state(std::string_view property, std::string_view text);

  /// That another node exists.
  void mention(const std::string& id, std::string_view kind);
  /// A property of a node that was mentioned.
  void state_of(const std::string& id, std::string_view property, graph::Value value);

  /// The edge of this key, made when it is new. Valid until the next edge is asked for.
  graph::EdgeStatement& edge(const std::string& from, std::string_view relation,
                             const std::string& to, std::string_view qualifier);
  /// From the subject.
  graph::EdgeStatement& edge_to(std::string_view relation, const std::string& to,
                                std::string_view qualifier) {
    return edge(subject(), relation, to, qualifier);
  }

  void count(const std::string& element, std::uint64_t number = 1) {
    draft_.elements[element] += number;
  }
  void found(std::uint64_t line, std::string_view rule, std::string detail, Action action);

  /// The finished step; the builder is empty then.
  Step take();

 private:
  bool is_new(std::size_t owner, std::string_view property, const graph::Value& value);

  Draft draft_;
  std::vector<Finding> findings_;
  std::unordered_map<std::string, std::size_t> mentions_;      // Id to place in the record.
  std::unordered_multimap<std::uint64_t, std::size_t> edges_;  // Hash of key to place.
  std::unordered_set<std::uint64_t> stated_;  // Hashes: 64 bits are plenty within one record.
};

/// Adds a property to an edge unless it says so already.
void state_on(graph::EdgeStatement& edge, std::string_view property, graph::Value value);
void state_on(graph::EdgeStatement& edge, std::string_view property, std::string_view text);

/// A short text that stays the same for the same bytes for ever: 16 hexadecimal digits of FNV-1a.
std::string fingerprint_of(std::string_view bytes);

/// The end of an id made of a name: readable, and different where the name had to be cut.
std::string name_slug(std::string_view name);

}  // namespace mangrove::ingest
