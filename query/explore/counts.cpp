#include "query/explore/counts.h"

namespace mangrove::query {

Result<CountsAnswer> counts(const Context& context) {
  CountsAnswer answer{context.view.counts(), 0};
  const auto sources = answer.counts.nodes.find("Source");
  if (sources != answer.counts.nodes.end()) answer.sources = sources->second;
  return answer;
}

}  // namespace mangrove::query
