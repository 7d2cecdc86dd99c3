#pragma once

#include <cmath>
#include <cstdint>

namespace mangrove::query {

/// A sum of money of one currency, exact to the hundredth of its unit: the same in whatever order
/// it is added up.
class MoneySum {
 public:
  /// Nobody has more, in any currency: an amount beyond it is a mistake.
  static constexpr double kCredible = 1e16;

  static bool is_credible(double amount) {
    return std::isfinite(amount) && std::fabs(amount) <= kCredible;
  }

  /// Adds what is credible; its hundredth is rounded.
  void add(double amount) { hundredths_ += static_cast<Wide>(std::round(amount * 100)); }
  void add(const MoneySum& other) { hundredths_ += other.hundredths_; }

  double amount() const { return static_cast<double>(hundredths_) / 100; }

  friend MoneySum operator-(const MoneySum& a, const MoneySum& b) {
    MoneySum difference = a;
    difference.hundredths_ -= b.hundredths_;
    return difference;
  }
  friend bool operator==(const MoneySum& a, const MoneySum& b) {
    return a.hundredths_ == b.hundredths_;
  }
  friend bool operator<(const MoneySum& a, const MoneySum& b) {
    return a.hundredths_ < b.hundredths_;
  }

 private:
  __extension__ using Wide = __int128;

  Wide hundredths_ = 0;
};

}  // namespace mangrove::query
