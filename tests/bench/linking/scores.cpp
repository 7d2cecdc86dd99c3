#include "tests/bench/linking/scores.h"

#include <algorithm>
#include <cmath>

namespace mangrove::bench {
namespace {

double part(double of, double all) {
  return all > 0 ? of / all : 0;
}

/// Solves `matrix * x = right` in place, by elimination.
std::vector<double> solve(std::vector<double> matrix, std::vector<double> right) {
  const std::size_t size = right.size();
  for (std::size_t i = 0; i < size; ++i) {
    std::size_t pivot = i;
    for (std::size_t row = i + 1; row < size; ++row) {
      if (std::abs(matrix[row * size + i]) > std::abs(matrix[pivot * size + i])) pivot = row;
    }
    for (std::size_t k = 0; k < size; ++k)
      std::swap(matrix[i * size + k], matrix[pivot * size + k]);
    std::swap(right[i], right[pivot]);
    if (matrix[i * size + i] == 0) continue;
    for (std::size_t row = i + 1; row < size; ++row) {
      const double factor = matrix[row * size + i] / matrix[i * size + i];
      if (factor == 0) continue;
      for (std::size_t k = i; k < size; ++k)
        matrix[row * size + k] -= factor * matrix[i * size + k];
      right[row] -= factor * right[i];
    }
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) right[i] -= matrix[i * size + k] * right[k];
    right[i] = matrix[i * size + i] == 0 ? 0 : right[i] / matrix[i * size + i];
  }
  return right;
}

}  // namespace

void Tally::add(bool said, bool is_so, double weight) {
  if (said && is_so) right += weight;
  if (said && !is_so) wrong += weight;
  if (!said && is_so) missing += weight;
}

double Tally::precision() const {
  return part(right, right + wrong);
}

double Tally::recall() const {
  return part(right, right + missing);
}

double Tally::f1() const {
  return part(2 * right, 2 * right + wrong + missing);
}

void add(GoalTallies& tallies, Goals said, Goals are_so) {
  for (std::size_t i = 0; i < kGoals; ++i) {
    tallies[i].add((said >> i & 1) != 0, (are_so >> i & 1) != 0);
  }
}

Tally sum(const GoalTallies& tallies) {
  Tally all;
  for (const Tally& tally : tallies) {
    all.right += tally.right;
    all.wrong += tally.wrong;
    all.missing += tally.missing;
  }
  return all;
}

double mean_f1(const GoalTallies& tallies) {
  double sum = 0;
  for (const Tally& tally : tallies) sum += tally.f1();
  return sum / static_cast<double>(kGoals);
}

double area_under_curve(std::vector<Answer> answers) {
  std::sort(answers.begin(), answers.end(),
            [](const Answer& a, const Answer& b) { return a.sureness < b.sureness; });
  double wrong_before = 0;
  double right_before = 0;
  double won = 0;
  for (std::size_t i = 0; i < answers.size();) {
    double right = 0;
    double wrong = 0;
    const double sureness = answers[i].sureness;
    for (; i < answers.size() && answers[i].sureness == sureness; ++i) {
      ++(answers[i].is_right ? right : wrong);
    }
    won += right * (wrong_before + wrong / 2);
    right_before += right;
    wrong_before += wrong;
  }
  return part(won, right_before * wrong_before);
}

Cut best_cut(std::vector<Answer> answers) {
  std::sort(answers.begin(), answers.end(),
            [](const Answer& a, const Answer& b) { return a.sureness > b.sureness; });
  double all_right = 0;
  for (const Answer& answer : answers) all_right += answer.is_right ? answer.weight : 0;
  Cut best{1, 0};
  double right = 0;
  double said = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    right += answers[i].is_right ? answers[i].weight : 0;
    said += answers[i].weight;
    if (i + 1 < answers.size() && answers[i + 1].sureness == answers[i].sureness) continue;
    const double f1 = part(2 * right, said + all_right);
    if (f1 > best.f1) best = {answers[i].sureness, f1};
  }
  return best;
}

double Agreement::kappa() const {
  const double all = counts_[0][0] + counts_[0][1] + counts_[1][0] + counts_[1][1];
  const double same = part(counts_[0][0] + counts_[1][1], all);
  const double first = part(counts_[1][0] + counts_[1][1], all);
  const double second = part(counts_[0][1] + counts_[1][1], all);
  const double by_chance = first * second + (1 - first) * (1 - second);
  return part(same - by_chance, 1 - by_chance);
}

Regression::Regression(std::vector<double> penalties)
    : size_(penalties.size()), penalties_(std::move(penalties)) {}

void Regression::add(std::span<const double> inputs, bool is_so, double weight) {
  inputs_.insert(inputs_.end(), inputs.begin(), inputs.end());
  outcomes_.push_back(is_so ? 1 : 0);
  weights_.push_back(weight);
}

std::vector<double> Regression::fit() const {
  constexpr int kRoundsMax = 40;
  std::vector<double> result(size_, 0);
  std::vector<std::size_t> used;
  for (int round = 0; round < kRoundsMax; ++round) {
    std::vector<double> slope(size_);
    std::vector<double> bend(size_ * size_);
    for (std::size_t i = 0; i < size_; ++i) {
      slope[i] = penalties_[i] * result[i];
      bend[i * size_ + i] = penalties_[i];
    }
    for (std::size_t row = 0; row < outcomes_.size(); ++row) {
      const double* const x = &inputs_[row * size_];
      double log_odds = 0;
      used.clear();
      for (std::size_t i = 0; i < size_; ++i) {
        if (x[i] == 0) continue;
        used.push_back(i);
        log_odds += result[i] * x[i];
      }
      const double chance = 1 / (1 + std::exp(-log_odds));
      const double miss = weights_[row] * (chance - outcomes_[row]);
      const double sway = weights_[row] * chance * (1 - chance);
      for (const std::size_t i : used) {
        slope[i] += miss * x[i];
        for (const std::size_t k : used) bend[i * size_ + k] += sway * x[i] * x[k];
      }
    }
    const std::vector<double> step = solve(std::move(bend), std::move(slope));
    double largest = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      result[i] -= step[i];
      largest = std::max(largest, std::abs(step[i]));
    }
    if (largest < 1e-6) break;
  }
  return result;
}

}  // namespace mangrove::bench
