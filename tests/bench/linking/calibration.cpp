#include <array>
#include <cstdio>

#include "tests/bench/linking/parts.h"

namespace mangrove::bench {
namespace {

/// Of the links of one band of confidence: how many there are, and how many are right.
struct Band {
  double count = 0;
  double sureness = 0;  // Summed.
  double tagged = 0;
  double asked = 0;  // Of a judge.
  double said = 0;   // By the judge, of those.
};

/// By confidence, from the first number of a band to the next one.
constexpr std::array<double, 10> kBounds{0, .1, .15, .2, .25, .3, .4, .5, .7, 1};
using Bands = std::array<Band, kBounds.size() - 1>;

Band* band_of(Bands& bands, double sureness) {
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (sureness >= kBounds[i] && sureness < kBounds[i + 1]) return &bands[i];
  }
  return nullptr;
}

/// `judgement` is null where nobody was asked of the activity.
void add(Bands& bands, const Activity& activity, const Opinion& opinion,
         const Judgement* judgement) {
  for (std::size_t goal = 0; goal < kGoals; ++goal) {
    const double sureness = opinion.sureness[goal];
    Band* const band = sureness == 0 ? nullptr : band_of(bands, sureness);
    if (band == nullptr) continue;
    if (activity.goals != 0 && activity.second_half) {
      ++band->count;
      band->sureness += sureness;
      band->tagged += has(activity.goals, goal) ? 1 : 0;
    }
    if (judgement == nullptr) continue;
    ++band->asked;
    band->said += has(judgement->main | judgement->also, goal) ? 1 : 0;
  }
}

}  // namespace

void show_calibration(const Study& study) {
  std::printf(
      "\n== Confidence of goals: as often as that, is it tagged (half B), do people say it "
      "(the judged ones)?\n");
  std::printf("confidence    goals    mean   tagged   judged   said\n");
  const auto judged = read_judgements(judgements_of(1));
  Bands bands;
  for (std::size_t i = 0; i < study.activities.size(); ++i) {
    const auto found = judged.find(plain_id(study.activities[i]));
    add(bands, study.activities[i], study.opinions[i],
        found == judged.end() ? nullptr : &found->second);
  }
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const auto& [count, sureness, tagged, asked, said] = bands[i];
    if (count == 0) continue;
    std::printf("%.2f - %.2f %8.0f %7.3f %8.3f %8.0f %6.3f\n", kBounds[i], kBounds[i + 1], count,
                sureness / count, tagged / count, asked, asked > 0 ? said / asked : 0);
  }
}

}  // namespace mangrove::bench
