#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "graph/audience.h"
#include "graph/change_log.h"
#include "graph/storage/records.h"

namespace mangrove::graph {

/// One thing that a record states, and who may see it in the end: the policies of all that it
/// stands in, and the guards on all nodes that it names.
struct PolicedStatement {
  std::string statement;  ///< Bytes that are equal for equal statements.
  Policy policy;

  friend auto operator<=>(const PolicedStatement&, const PolicedStatement&) = default;
};

/// All that the record states. `guards_on` tells what it takes to pass the guards on a node.
std::vector<PolicedStatement> policed_statements(NodeIndex subject, const StoredRecord& record,
                                                 Policies& policies,
                                                 const std::function<Policy(NodeIndex)>& guards_on);

/// The policies of all that the record states, each once, sorted: what can be noticed when the
/// whole record comes or goes.
std::vector<Policy> stated_policies(NodeIndex subject, const StoredRecord& record,
                                    Policies& policies,
                                    const std::function<Policy(NodeIndex)>& guards_on);

/// What can be noticed of statements that come, go, or come under another policy; sorted.
std::vector<Notice> notices_between(std::vector<PolicedStatement> before,
                                    std::vector<PolicedStatement> after);

}  // namespace mangrove::graph
