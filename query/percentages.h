#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"

namespace mangrove::query {

/// Which part of the work of initiatives goes to what, as `percentage` says on the edges of one
/// relation that leads away from them (WORKS_IN, CONTRIBUTES_TO).
class Percentages {
 public:
  /// From the shelf of the view, made there if need be: reads what is stated on all edges of the
  /// relation, about a microsecond for each where it is known that nothing is, else ten.
  static Result<std::shared_ptr<const Percentages>> of(const Context& context,
                                                       std::string_view relation);

  /// Above 0 up to 100; nothing where nobody says. Of several statements, the largest.
  std::optional<double> find(graph::NodeIndex initiative, graph::NodeIndex end) const;

 private:
  struct Part {
    graph::NodeIndex initiative;
    graph::NodeIndex end;
    double percentage = 0;
  };
  static Result<Percentages> make(const Context& context, std::string_view relation);

  std::vector<Part> parts_;  // In order of index, of the initiative first.
};

}  // namespace mangrove::query
