#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/audience.h"
#include "graph/catalogue.h"
#include "graph/ids.h"
#include "graph/storage/records.h"
#include "graph/topology/topology.h"
#include "graph/verify/findings.h"

namespace mangrove::graph {

/// One thing that is kept about a node because a record states it. The same thing is the same fact
/// wherever it is found, whatever number its record or its condition has there.
struct Fact {
  enum class What : std::uint8_t { statement, guard, record, edge_out, edge_in, mention };

  What what;
  NodeIndex node;          ///< Where it is kept: in whose row, or list of mentions.
  Name name{};             ///< The kind, the relation or the property.
  NodeIndex other{};       ///< The other end of the edge.
  Qualifier qualifier{};   ///< Of the edge.
  NodeIndex subject{};     ///< Of the record; nothing for statements, guards and mentions.
  SourceIndex source{};    ///< Of the record; nothing for statements and guards.
  std::uint64_t policy{};  ///< What stands for who may see it.
  std::uint64_t value{};   ///< What stands for the value that is mentioned.

  friend auto operator<=>(const Fact&, const Fact&) = default;
};

/// Well spread over 64 bits, so that sums of different facts differ.
std::uint64_t hash_of(const Fact& fact);

/// "x:1 KNOWS x:2, as the record of x:1 by src:a states".
std::string in_words(const Fact& fact, const Wording& wording);

/// Gives equal numbers to conditions of the same sets of audiences, in whichever table they stand.
class PolicyHashes {
 public:
  explicit PolicyHashes(const Policies& policies) : policies_(policies) {}

  /// The policy must be in the table.
  std::uint64_t of(Policy policy);

 private:
  const Policies& policies_;
  std::vector<std::uint64_t> known_;
};

/// The edges of a record as they must be kept: each once under a policy, though the record may
/// state it for several. `policy` is the record's, with the guards on its subject; each edge has
/// its own then.
std::vector<StoredEdge> edges_to_keep(const StoredRecord& record, Policy policy,
                                      Policies& policies);

/// Calls `visit(const Fact&)` for all that must be kept because of a record. `policy` is the
/// record's, with the guards on its subject.
template <typename Visit>
void for_each_fact(NodeIndex subject, SourceIndex source, const StoredRecord& record, Policy policy,
                   Policies& policies, PolicyHashes& hashes, Visit&& visit) {
  const std::uint64_t seen_by = hashes.of(policy);
  const auto state = [&](NodeIndex node, Kind kind, Policy guard) {
    visit(Fact{.what = Fact::What::statement, .node = node, .name = kind, .policy = seen_by});
    if (guard == kPublic) return;
    visit(Fact{.what = Fact::What::guard, .node = node, .policy = hashes.of(guard)});
  };
  state(subject, record.kind, record.guard);
  visit(Fact{.what = Fact::What::record,
             .node = subject,
             .subject = subject,
             .source = source,
             .policy = seen_by});
  for (const StoredMention& mention : record.mentions) {
    state(mention.node, mention.kind, mention.guard);
    for (const StoredProperty& property : mention.properties) {
      visit(Fact{.what = Fact::What::mention,
                 .node = mention.node,
                 .name = property.name,
                 .source = source,
                 .policy = hashes.of(policies.both(policy, property.policy)),
                 .value = hash_of_content(encode_value(property.value))});
    }
  }
  for (const StoredEdge& edge : edges_to_keep(record, policy, policies)) {
    Fact fact{.what = Fact::What::edge_out,
              .node = edge.from,
              .name = edge.relation,
              .other = edge.to,
              .qualifier = edge.qualifier,
              .subject = subject,
              .source = source,
              .policy = hashes.of(edge.policy)};
    visit(fact);
    fact.what = Fact::What::edge_in;
    std::swap(fact.node, fact.other);
    visit(fact);
  }
}

/// Calls `visit(const Fact&, count)` for all that a list of mentions of a node holds. Its policies
/// must be in the table.
template <typename Visit>
void for_each_mention(NodeIndex node, const std::vector<MentionedValue>& mentions,
                      PolicyHashes& hashes, Visit&& visit) {
  for (const MentionedValue& mention : mentions) {
    visit(Fact{.what = Fact::What::mention,
               .node = node,
               .name = mention.name,
               .source = mention.source,
               .policy = hashes.of(mention.policy),
               .value = hash_of_content(mention.value)},
          mention.count);
  }
}

}  // namespace mangrove::graph
