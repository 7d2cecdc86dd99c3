#include "graph/notices.h"

#include <algorithm>
#include <iterator>

#include "graph/storage/bytes.h"

namespace mangrove::graph {
std::vector<PolicedStatement> policed_statements(
    NodeIndex subject, const StoredRecord& record, Policies& policies,
    const std::function<Policy(NodeIndex)>& guards_on) {
  std::vector<PolicedStatement> statements;
  const Policy whole = policies.both(record.policy, guards_on(subject));
  const auto add = [&](Policy policy, ByteWriter& bytes) {
    statements.push_back({bytes.take(), policy});
  };
  const auto add_properties = [&](Policy outer, std::string_view of,
                                  const std::vector<StoredProperty>& properties) {
    for (const StoredProperty& property : properties) {
      ByteWriter bytes;
      bytes.text(of);
      bytes.varint(property.name.value);
      bytes.varint(property.policy.value);
      bytes.raw(encode_value(property.value));
      add(policies.both(outer, property.policy), bytes);
    }
  };

  ByteWriter head;
  head.text(record.revision);
  head.byte('k');
  head.varint(record.kind.value);
  head.varint(record.policy.value);
  head.varint(record.guard.value);
  add(whole, head);
  add_properties(whole, "s", record.properties);
  for (const StoredMention& mention : record.mentions) {
    const Policy policy = policies.both(whole, guards_on(mention.node));
    ByteWriter bytes;
    bytes.byte('m');
    bytes.varint(mention.node.value);
    bytes.varint(mention.kind.value);
    bytes.varint(mention.guard.value);
    const std::string of(bytes.view());
    add(policy, bytes);
    add_properties(policy, of, mention.properties);
  }
  for (const StoredEdge& edge : record.edges) {
    const Policy ends = policies.both(guards_on(edge.from), guards_on(edge.to));
    const Policy policy = policies.both(policies.both(whole, edge.policy), ends);
    ByteWriter bytes;
    bytes.byte('e');
    bytes.varint(edge.from.value);
    bytes.varint(edge.relation.value);
    bytes.varint(edge.to.value);
    bytes.varint(edge.qualifier.value);
    bytes.varint(edge.policy.value);
    const std::string of(bytes.view());
    add(policy, bytes);
    add_properties(policy, of, edge.properties);
  }
  return statements;
}

std::vector<Notice> notices_between(std::vector<PolicedStatement> before,
                                    std::vector<PolicedStatement> after) {
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  std::vector<PolicedStatement> went;
  std::vector<PolicedStatement> came;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::back_inserter(went));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(came));
  std::vector<Notice> notices;
  auto now = came.cbegin();
  for (const PolicedStatement& then : went) {
    for (; now != came.cend() && now->statement < then.statement; ++now) {
      notices.push_back({kNobody, now->policy});
    }
    const bool moved = now != came.cend() && now->statement == then.statement;
    notices.push_back({then.policy, moved ? (now++)->policy : kNobody});
  }
  for (; now != came.cend(); ++now) notices.push_back({kNobody, now->policy});
  std::sort(notices.begin(), notices.end());
  notices.erase(std::unique(notices.begin(), notices.end()), notices.end());
  return notices;
}

}  // namespace mangrove::graph
