#include "query/chance.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace mangrove::query {
namespace {

/// Terms that no longer show in a sum.
constexpr double kNegligible = 1e-17;

/// Sets of a and b of N, and the chance that they have exactly n in common.
struct Draw {
  const LogFactorials& factorials;
  std::uint64_t size_a;
  std::uint64_t size_b;
  std::uint64_t size_all;
  double a = static_cast<double>(size_a);
  double b = static_cast<double>(size_b);
  double all = static_cast<double>(size_all);

  double log_choose(std::uint64_t n, std::uint64_t k) const {
    return factorials(n) - factorials(k) - factorials(n - k);
  }
  double chance_of(std::uint64_t n) const {
    return std::exp(log_choose(size_a, n) + log_choose(size_all - size_a, size_b - n) -
                    log_choose(size_all, size_b));
  }
  /// How much more likely one more is.
  double growth(double n) const { return (a - n) * (b - n) / ((n + 1) * (all - a - b + n + 1)); }
};

/// From n upwards, where the terms fall.
double upper_tail(const Draw& draw, std::uint64_t from, std::uint64_t most) {
  double term = draw.chance_of(from);
  double chance = term;
  const auto last = static_cast<double>(most);
  for (auto n = static_cast<double>(from); n < last && term > chance * kNegligible; ++n) {
    term *= draw.growth(n);
    chance += term;
  }
  return chance;
}

/// From n downwards, where the terms fall.
double lower_tail(const Draw& draw, std::uint64_t from, std::uint64_t least) {
  double term = draw.chance_of(from);
  double chance = term;
  const auto last = static_cast<double>(least);
  for (auto n = static_cast<double>(from); n > last && term > chance * kNegligible; --n) {
    term /= draw.growth(n - 1);
    chance += term;
  }
  return chance;
}

}  // namespace

LogFactorials::LogFactorials(std::uint64_t most) {
  values_.reserve(most + 1);
  long double sum = 0;
  values_.push_back(0);
  for (std::uint64_t n = 1; n <= most; ++n) {
    sum += std::log(static_cast<long double>(n));
    values_.push_back(static_cast<double>(sum));
  }
}

double chance_of_at_least(const LogFactorials& factorials, std::uint64_t together, std::uint64_t a,
                          std::uint64_t b, std::uint64_t all) {
  if (together == 0 || a > all || b > all) return 1;
  const std::uint64_t least = a + b > all ? a + b - all : 0;
  const std::uint64_t most = std::min(a, b);
  if (together <= least) return 1;
  if (together > most) return 0;
  assert(all <= factorials.most());
  const Draw draw{factorials, a, b, all};
  // Each side is summed where its terms fall from the first on, so that few of them are needed.
  const double chance = static_cast<double>(together) > draw.a * draw.b / draw.all
                            ? upper_tail(draw, together, most)
                            : 1 - lower_tail(draw, together - 1, least);
  return std::clamp(chance, 0.0, 1.0);
}

std::vector<double> corrected_for_many(std::span<const double> p_values, std::uint64_t asked) {
  struct Place {
    double p_value;
    std::size_t at;
  };
  std::vector<Place> order;
  order.reserve(p_values.size());
  for (std::size_t i = 0; i < p_values.size(); ++i) order.push_back({p_values[i], i});
  std::sort(order.begin(), order.end(),
            [](const Place& a, const Place& b) { return a.p_value > b.p_value; });
  std::vector<double> corrected(p_values.size());
  double least = 1;
  std::size_t rank = p_values.size();
  for (const Place& each : order) {
    least = std::min(least, each.p_value * static_cast<double>(asked) / static_cast<double>(rank));
    corrected[each.at] = least;
    --rank;
  }
  return corrected;
}

}  // namespace mangrove::query
