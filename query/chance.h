#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace mangrove::query {

/// ln n! of all numbers up to one: what probabilities are worked out of. Eight bytes a number; made
/// in O(most).
class LogFactorials {
 public:
  explicit LogFactorials(std::uint64_t most);
  LogFactorials() : LogFactorials(0) {}

  std::uint64_t most() const { return values_.size() - 1; }
  /// Of n at most `most()`.
  double operator()(std::uint64_t n) const { return values_[n]; }

 private:
  std::vector<double> values_;
};

/// The probability of `together` or more common members, when sets of `a` and `b` are drawn at
/// random from `all` (hypergeometric, one-sided). 1 where the numbers make no sense. Costs up to
/// min(a, b) steps, and far fewer for most. The factorials must reach to `all`.
double chance_of_at_least(const LogFactorials& factorials, std::uint64_t together, std::uint64_t a,
                          std::uint64_t b, std::uint64_t all);

/// p-values corrected for having asked so many times, in the order given: the share of findings
/// that are false, were all that are at most as improbable taken for findings (Benjamini and
/// Hochberg, 1995). `asked` is the number of all tests, of which those with a p-value of 1 may be
/// left out. O(n log n).
std::vector<double> corrected_for_many(std::span<const double> p_values, std::uint64_t asked);

}  // namespace mangrove::query
