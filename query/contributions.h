#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"
#include "query/chance.h"
#include "query/filter.h"

namespace mangrove::query {

/// What an initiative contributes to, and who says so at best.
struct Contribution {
  std::uint16_t end = 0;  ///< Number of the target or goal, in its table.
  Basis basis = Basis::reported;
};

/// Which initiatives contribute to which targets (or goals), as numbers one after the other: for
/// questions that count pairs over all initiatives. Made once for a version, a viewer and a choice
/// of bases; about 18 bytes an initiative and 6 a contribution.
class Contributions {
 public:
  enum class Level {
    targets,
    goals,  ///< Those that are stated, and those of the targets.
  };

  /// From the shelf of the view, made there if need be: O(contributions), touches no disk.
  static Result<std::shared_ptr<const Contributions>> of(const Context& context,
                                                         const PreparedFilter& filter, Level level);

  /// Targets or goals to which anything contributes, in the order of their codes.
  std::span<const graph::NodeIndex> ends() const { return ends_; }
  std::optional<std::uint16_t> number_of(graph::NodeIndex end) const;
  /// Initiatives that contribute to any of them, in order of index.
  std::span<const graph::NodeIndex> initiatives() const { return initiatives_; }
  /// What the initiative at this place contributes to, in the order of `ends`.
  std::span<const Contribution> of_initiative(std::uint32_t place) const {
    return {contributions_.data() + begins_[place], begins_[place + 1] - begins_[place]};
  }
  /// Places of the initiatives that contribute to this one, rising.
  std::span<const std::uint32_t> contributors(std::uint16_t end) const {
    return {contributors_.data() + ends_begin_[end], ends_begin_[end + 1u] - ends_begin_[end]};
  }

  /// Up to the number of initiatives.
  const LogFactorials& factorials() const { return factorials_; }

 private:
  Contributions() = default;
  static Result<Contributions> make(const Context& context, const PreparedFilter& filter,
                                    Level level);
  void index_ends();

  std::vector<graph::NodeIndex> ends_;
  std::vector<graph::NodeIndex> initiatives_;
  std::vector<std::uint32_t> begins_;  // In contributions_; one more than initiatives.
  std::vector<Contribution> contributions_;
  std::vector<std::uint32_t> ends_begin_;  // In contributors_; one more than ends.
  std::vector<std::uint32_t> contributors_;
  LogFactorials factorials_;
};

/// Whether `8.9` comes before `8.10` comes before `8.a`: goals and numbers as numbers, letters
/// after them. Ids, with their schemes.
bool code_before(std::string_view a, std::string_view b);

}  // namespace mangrove::query
