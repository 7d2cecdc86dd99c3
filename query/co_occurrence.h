#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/base/result.h"
#include "query/answer.h"
#include "query/contributions.h"
#include "query/filter.h"

namespace mangrove::query {

/// Two targets (or goals) that initiatives contribute to together, against expectation.
struct Pairing {
  std::uint16_t a = 0;  ///< Numbers in Contributions::ends.
  std::uint16_t b = 0;
  std::uint64_t n = 0;      ///< Initiatives that contribute to both.
  std::uint64_t said = 0;   ///< Of these, those of which people say both; the rest is derived.
  bool is_by_text = false;  ///< Whether any of them goes by the wording.
  double expected = 0;      ///< n(a) * n(b) / N, were the two independent.
  double lift = 0;          ///< n / expected.
  double p_value = 1;       ///< That chance alone gives n or more (query/chance.h).
  double q_value = 1;       ///< The p-value, corrected for all pairs asked about together.
};

/// Counts what initiatives contribute to together, over those that a filter admits.
class CoOccurrence {
 public:
  /// O(contributions) the first time for a version; then O(initiatives) where the filter narrows,
  /// else nearly nothing. The filter must outlive it.
  static Result<CoOccurrence> make(const Context& context, PreparedFilter& filter,
                                   Contributions::Level level);

  const Contributions& contributions() const { return *contributions_; }
  /// N: admitted initiatives that contribute to anything.
  std::uint64_t initiatives() const { return initiatives_; }
  /// n(a): those that contribute to this one.
  std::uint64_t of(std::uint16_t end) const { return counts_[end]; }
  bool admits(std::uint32_t place) const { return admitted_.empty() || admitted_[place] != 0; }

  /// All that occur together with this one, by number: `a` is the one asked. Corrected for as many
  /// tests as there are others. O(contributions of its initiatives).
  Result<std::vector<Pairing>> with(const Context& context, std::uint16_t end) const;
  /// All pairs that occur together, a < b, by a and then b. Corrected for as many tests as there
  /// are pairs. O(sum over initiatives of the square of what each contributes to).
  Result<std::vector<Pairing>> all(const Context& context) const;

 private:
  CoOccurrence() = default;
  void settle(std::vector<Pairing>& pairs, std::uint64_t tests) const;
  /// Ends with any admitted initiative.
  std::uint64_t ends_in_use() const;

  std::shared_ptr<const Contributions> contributions_;
  std::vector<std::uint8_t> admitted_;  // By place; empty where all are.
  std::vector<std::uint64_t> counts_;   // By number of the end.
  std::uint64_t initiatives_ = 0;
};

}  // namespace mangrove::query
