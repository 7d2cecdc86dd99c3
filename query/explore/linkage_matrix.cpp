#include "query/explore/linkage_matrix.h"
#include "query/reading.h"

#include <utility>

namespace mangrove::query {

Result<LinkageMatrixAnswer> linkage_matrix(const Context& context,
                                           const LinkageMatrixQuestion& question) {
  PreparedFilter filter = TRY(PreparedFilter::prepare(context, question.filter));
  const CoOccurrence together = TRY(CoOccurrence::make(context, filter, question.level));
  LinkageMatrixAnswer answer;
  answer.with_any = together.initiatives();
  std::vector<Brief> names = TRY(briefs(context, together.contributions().ends()));
  for (std::uint16_t i = 0; i < names.size(); ++i) {
    answer.ends.push_back({std::move(names[i]), together.of(i)});
  }
  answer.pairs = TRY(together.all(context));
  return answer;
}

}  // namespace mangrove::query
