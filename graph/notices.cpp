#include "graph/notices.h"

#include <algorithm>
#include <iterator>

#include "graph/storage/bytes.h"

namespace mangrove::graph {
namespace {

/// Calls `visit(policy, describe)` for all that the record states, where `describe(bytes)` writes
/// what the statement is.
template <typename Visit>
void for_each_statement(NodeIndex subject, const StoredRecord& record, Policies& policies,
                        const std::function<Policy(NodeIndex)>& guards_on, Visit&& visit) {
  const Policy whole = policies.both(record.policy, guards_on(subject));
  const auto visit_properties = [&](Policy outer, const auto& describe_owner,
                                    const std::vector<StoredProperty>& properties) {
    for (const StoredProperty& property : properties) {
      visit(policies.both(outer, property.policy), [&](ByteWriter& bytes) {
        ByteWriter owner;
        describe_owner(owner);
        bytes.text(owner.view());
        bytes.varint(property.name.value);
        bytes.varint(property.policy.value);
        bytes.raw(encode_value(property.value));
      });
    }
  };

  visit(whole, [&](ByteWriter& bytes) {
    bytes.text(record.revision);
    bytes.byte('k');
    bytes.varint(record.kind.value);
    bytes.varint(record.policy.value);
    bytes.varint(record.guard.value);
  });
  const auto describe_subject = [](ByteWriter& bytes) { bytes.byte('s'); };
  visit_properties(whole, describe_subject, record.properties);
  for (const StoredMention& mention : record.mentions) {
    const Policy policy = policies.both(whole, guards_on(mention.node));
    const auto describe = [&mention](ByteWriter& bytes) {
      bytes.byte('m');
      bytes.varint(mention.node.value);
      bytes.varint(mention.kind.value);
      bytes.varint(mention.guard.value);
    };
    visit(policy, describe);
    visit_properties(policy, describe, mention.properties);
  }
  for (const StoredEdge& edge : record.edges) {
    const Policy ends = policies.both(guards_on(edge.from), guards_on(edge.to));
    const Policy policy = policies.both(policies.both(whole, edge.policy), ends);
    const auto describe = [&edge](ByteWriter& bytes) {
      bytes.byte('e');
      bytes.varint(edge.from.value);
      bytes.varint(edge.relation.value);
      bytes.varint(edge.to.value);
      bytes.varint(edge.qualifier.value);
      bytes.varint(edge.policy.value);
    };
    visit(policy, describe);
    visit_properties(policy, describe, edge.properties);
  }
}

}  // namespace

std::vector<PolicedStatement> policed_statements(
    NodeIndex subject, const StoredRecord& record, Policies& policies,
    const std::function<Policy(NodeIndex)>& guards_on) {
  std::vector<PolicedStatement> statements;
  for_each_statement(subject, record, policies, guards_on,
                     [&](Policy policy, const auto& describe) {
                       ByteWriter bytes;
                       describe(bytes);
                       statements.push_back({bytes.take(), policy});
                     });
  return statements;
}

std::vector<Policy> stated_policies(NodeIndex subject, const StoredRecord& record,
                                    Policies& policies,
                                    const std::function<Policy(NodeIndex)>& guards_on) {
  std::vector<Policy> stated;
  for_each_statement(subject, record, policies, guards_on, [&](Policy policy, const auto&) {
    if (stated.empty() || stated.back() != policy) stated.push_back(policy);
  });
  std::sort(stated.begin(), stated.end());
  stated.erase(std::unique(stated.begin(), stated.end()), stated.end());
  return stated;
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
