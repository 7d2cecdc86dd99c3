#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"

namespace mangrove::query {

/// When every initiative runs, its status, and in which languages it has a title: what filters ask
/// of properties, for questions that count over all initiatives. Made once for a version and a
/// viewer, by reading all of them; 16 bytes a node.
class InitiativeFacts {
 public:
  struct Facts {
    std::int16_t from = 0;  ///< First year; 0 where nobody states it.
    std::int16_t to = 0;    ///< Last year; likewise.
    std::uint16_t status = 0;
    bool is_retired = false;
    std::uint64_t languages = 0;  ///< Bits, by number.
  };

  /// From the shelf of the view, made there if need be: reads all initiatives from the store once,
  /// about ten microseconds each. That is not cut short by the time a question has: what is read
  /// serves all that follow. It ends with `cancelled` where the caller has left.
  static Result<std::shared_ptr<const InitiativeFacts>> of(const Context& context);

  const Facts& about(graph::NodeIndex node) const {
    return node.value < facts_.size() ? facts_[node.value] : nothing_;
  }
  /// Whether the initiative has this status (folded), or is retired for `retired`.
  bool has_status(const Facts& facts, std::string_view status) const;
  bool has_title_in(const Facts& facts, std::string_view language) const;

 private:
  static Result<InitiativeFacts> make(const Context& context);
  Facts facts_of(const graph::Node& node);

  std::vector<Facts> facts_;  // By index of the node.
  std::vector<std::string> statuses_{""};
  std::vector<std::string> languages_;  // At most 64; further ones are not told apart.
  Facts nothing_;
};

}  // namespace mangrove::query
