#include "query/chance.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace mangrove::query {
namespace {

/// Terms that no longer show in a sum.
constexpr double kNegligible = 1e-17;

double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

/// Sets of a and b of N, and the chance that they have exactly n in common.
struct Draw {
  double a;
  double b;
  double all;

  double chance_of(double n) const {
    return std::exp(log_choose(a, n) + log_choose(all - a, b - n) - log_choose(all, b));
  }
  /// How much more likely one more is.
  double growth(double n) const { return (a - n) * (b - n) / ((n + 1) * (all - a - b + n + 1)); }
};

/// From n upwards, where the terms fall.
double upper_tail(const Draw& draw, double n, double most) {
  double term = draw.chance_of(n);
  double chance = term;
  for (; n < most && term > chance * kNegligible; ++n) {
    term *= draw.growth(n);
    chance += term;
  }
  return chance;
}

/// From n downwards, where the terms fall.
double lower_tail(const Draw& draw, double n, double least) {
  double term = draw.chance_of(n);
  double chance = term;
  for (; n > least && term > chance * kNegligible; --n) {
    term /= draw.growth(n - 1);
    chance += term;
  }
  return chance;
}

}  // namespace

double chance_of_at_least(std::uint64_t together, std::uint64_t a, std::uint64_t b,
                          std::uint64_t all) {
  if (together == 0 || a > all || b > all) return 1;
  const std::uint64_t least = a + b > all ? a + b - all : 0;
  const std::uint64_t most = std::min(a, b);
  if (together <= least) return 1;
  if (together > most) return 0;
  const Draw draw{static_cast<double>(a), static_cast<double>(b), static_cast<double>(all)};
  const auto n = static_cast<double>(together);
  // Each side is summed where its terms fall from the first on, so that few of them are needed.
  const double chance = n > draw.a * draw.b / draw.all
                            ? upper_tail(draw, n, static_cast<double>(most))
                            : 1 - lower_tail(draw, n - 1, static_cast<double>(least));
  return std::clamp(chance, 0.0, 1.0);
}

std::vector<double> corrected_for_many(std::span<const double> p_values, std::uint64_t asked) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return p_values[a] > p_values[b]; });
  std::vector<double> corrected(p_values.size());
  double least = 1;
  std::size_t rank = p_values.size();
  for (const std::size_t each : order) {
    least =
        std::min(least, p_values[each] * static_cast<double>(asked) / static_cast<double>(rank));
    corrected[each] = least;
    --rank;
  }
  return corrected;
}

}  // namespace mangrove::query
