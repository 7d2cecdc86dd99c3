#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "graph/ids.h"
#include "graph/view.h"

namespace mangrove::query {

/// A node with what it is ranked by.
struct Ranked {
  double score = 0;
  graph::NodeIndex node;
};

/// Keeps the best of many: highest score first, equal scores in the order of public ids. Costs one
/// comparison for most of those that are not among them.
class Best {
 public:
  Best(const graph::View& view, std::size_t wanted) : view_(view), wanted_(wanted) {
    rows_.reserve(2 * wanted_ + 1);
  }

  void offer(Ranked row) {
    if (wanted_ == 0 || (full_ && !before(row, worst_))) return;
    rows_.push_back(row);
    if (rows_.size() >= 2 * wanted_ + 1) prune();
  }

  std::vector<Ranked> take() && {
    std::sort(rows_.begin(), rows_.end(), Before{*this});
    if (rows_.size() > wanted_) rows_.resize(wanted_);
    return std::move(rows_);
  }

 private:
  bool before(const Ranked& a, const Ranked& b) const {
    if (a.score != b.score) return a.score > b.score;
    return a.node != b.node && view_.id(a.node) < view_.id(b.node);
  }
  void prune() {
    const auto last = rows_.begin() + static_cast<std::ptrdiff_t>(wanted_) - 1;
    std::nth_element(rows_.begin(), last, rows_.end(), Before{*this});
    rows_.resize(wanted_);
    worst_ = rows_.back();
    full_ = true;
  }

  struct Before {
    const Best& best;
    bool operator()(const Ranked& a, const Ranked& b) const { return best.before(a, b); }
  };

  const graph::View& view_;
  std::size_t wanted_;
  std::vector<Ranked> rows_;
  Ranked worst_;
  bool full_ = false;
};

}  // namespace mangrove::query
