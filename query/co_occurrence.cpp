#include "query/co_occurrence.h"

#include <algorithm>
#include <utility>

#include "query/chance.h"

namespace mangrove::query {
namespace {

/// Counters of one pair, while pairs are counted.
struct Count {
  std::uint32_t n = 0;
  std::uint32_t said = 0;
  std::uint32_t by_text = 0;

  void add(Basis a, Basis b) {
    ++n;
    if (is_derived(a) || is_derived(b)) {
      by_text += a == Basis::text || b == Basis::text ? 1 : 0;
    } else {
      ++said;
    }
  }
};

Pairing pairing_of(std::uint16_t a, std::uint16_t b, const Count& count) {
  return {.a = a, .b = b, .n = count.n, .said = count.said, .is_by_text = count.by_text > 0};
}

}  // namespace

Result<CoOccurrence> CoOccurrence::make(const Context& context, PreparedFilter& filter,
                                        Contributions::Level level) {
  TRY(filter.know_facts(context));
  CoOccurrence made;
  made.contributions_ = TRY(Contributions::of(context, filter, level));
  const Contributions& all = *made.contributions_;
  made.initiatives_ = all.initiatives().size();
  made.counts_.resize(all.ends().size());
  if (!filter.narrows()) {
    for (std::uint16_t i = 0; i < made.counts_.size(); ++i) {
      made.counts_[i] = all.contributors(i).size();
    }
    return made;
  }
  made.admitted_.resize(all.initiatives().size());
  made.initiatives_ = 0;
  for (std::uint32_t place = 0; place < made.admitted_.size(); ++place) {
    if (!context.budget.step()) return context.budget.status().error();
    if (!filter.admits_ties(context, all.initiatives()[place])) continue;
    made.admitted_[place] = 1;
    ++made.initiatives_;
    for (const Contribution& each : all.of_initiative(place)) ++made.counts_[each.end];
  }
  return made;
}

Result<std::vector<Pairing>> CoOccurrence::with(const Context& context, std::uint16_t end) const {
  std::vector<Count> counts(counts_.size());
  for (const std::uint32_t place : contributions_->contributors(end)) {
    if (!admits(place)) continue;
    const auto all = contributions_->of_initiative(place);
    if (!context.budget.step(all.size())) return context.budget.status().error();
    const auto ours = std::find_if(all.begin(), all.end(),
                                   [&](const Contribution& each) { return each.end == end; });
    for (const Contribution& each : all) {
      if (each.end != end) counts[each.end].add(ours->basis, each.basis);
    }
  }
  std::vector<Pairing> pairs;
  for (std::uint16_t other = 0; other < counts.size(); ++other) {
    if (counts[other].n > 0) pairs.push_back(pairing_of(end, other, counts[other]));
  }
  const std::uint64_t in_use = ends_in_use();
  settle(pairs, in_use > 0 ? in_use - 1 : 0);
  return pairs;
}

Result<std::vector<Pairing>> CoOccurrence::all(const Context& context) const {
  const std::size_t size = counts_.size();
  std::vector<Count> counts(size * size);
  for (std::uint32_t place = 0; place < contributions_->initiatives().size(); ++place) {
    if (!admits(place)) continue;
    const auto ends = contributions_->of_initiative(place);
    if (!context.budget.step(ends.size())) return context.budget.status().error();
    for (std::size_t i = 0; i < ends.size(); ++i) {
      Count* const row = &counts[ends[i].end * size];
      for (std::size_t j = i + 1; j < ends.size(); ++j) {
        row[ends[j].end].add(ends[i].basis, ends[j].basis);
      }
    }
  }
  std::vector<Pairing> pairs;
  for (std::uint16_t a = 0; a < size; ++a) {
    for (std::uint16_t b = a; b < size; ++b) {
      if (counts[a * size + b].n > 0) pairs.push_back(pairing_of(a, b, counts[a * size + b]));
    }
  }
  const std::uint64_t in_use = ends_in_use();
  settle(pairs, in_use > 0 ? in_use * (in_use - 1) / 2 : 0);
  return pairs;
}

std::uint64_t CoOccurrence::ends_in_use() const {
  return static_cast<std::uint64_t>(
      std::count_if(counts_.begin(), counts_.end(), [](std::uint64_t each) { return each > 0; }));
}

void CoOccurrence::settle(std::vector<Pairing>& pairs, std::uint64_t tests) const {
  std::vector<double> p_values;
  p_values.reserve(pairs.size());
  for (Pairing& pair : pairs) {
    pair.expected = static_cast<double>(counts_[pair.a]) * static_cast<double>(counts_[pair.b]) /
                    static_cast<double>(initiatives_);
    pair.lift = static_cast<double>(pair.n) / pair.expected;
    pair.p_value = chance_of_at_least(contributions_->factorials(), pair.n, counts_[pair.a],
                                      counts_[pair.b], initiatives_);
    p_values.push_back(pair.p_value);
  }
  const std::vector<double> corrected = corrected_for_many(p_values, tests);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].q_value = corrected[i];
}

}  // namespace mangrove::query
