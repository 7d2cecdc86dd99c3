#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "tests/bench/linking/corpus.h"

/// The figures by which a reader is judged.
namespace mangrove::bench {

/// Right, wrong and missing answers.
struct Tally {
  double right = 0;
  double wrong = 0;
  double missing = 0;

  void add(bool said, bool is_so, double weight = 1);
  double precision() const;
  double recall() const;
  double f1() const;
};

/// One tally for each goal.
using GoalTallies = std::array<Tally, kGoals>;

void add(GoalTallies& tallies, Goals said, Goals are_so);
Tally sum(const GoalTallies& tallies);  ///< For micro averages.
double mean_f1(const GoalTallies& tallies);

/// An answer that is this sure, and whether it is right.
struct Answer {
  double sureness;
  bool is_right;
  double weight = 1;
};

/// The chance that a right one is surer than a wrong one; equal ones count half.
double area_under_curve(std::vector<Answer> answers);

/// From which sureness on answers are to be given for the best F1, and that.
struct Cut {
  double from;
  double f1;
};
Cut best_cut(std::vector<Answer> answers);

/// Cohen's kappa of two who said yes or no to the same questions.
class Agreement {
 public:
  void add(bool first, bool second) { ++counts_[first ? 1 : 0][second ? 1 : 0]; }
  double kappa() const;

 private:
  std::array<std::array<double, 2>, 2> counts_{};
};

/// Logistic regression by Newton's method, with a penalty on the squares of coefficients.
class Regression {
 public:
  explicit Regression(std::vector<double> penalties);

  void add(std::span<const double> inputs, bool is_so, double weight);
  std::vector<double> fit() const;

 private:
  std::size_t size_;
  std::vector<double> penalties_;
  std::vector<double> inputs_;
  std::vector<double> outcomes_;
  std::vector<double> weights_;
};

}  // namespace mangrove::bench
