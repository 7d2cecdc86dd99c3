#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/linking/corpus.h"
#include "tests/bench/linking/judge.h"
#include "tests/bench/linking/scores.h"

/// What all parts of the bench look at.
namespace mangrove::bench {

/// Activities, to count in a mean of publishers.
inline constexpr std::size_t kPublisherLeast = 10;

/// The published activities, the readers, and what ours makes of each activity.
struct Study {
  /// Reads all activities below `data`, and prints how many there are.
  explicit Study(std::filesystem::path data);

  /// The tagged activities of one half; those with tagged targets only, where it says so.
  std::vector<const Activity*> tagged_of(bool second_half, bool with_targets) const;
  const Opinion& opinion_of(const Activity* activity) const {
    return opinions[static_cast<std::size_t>(activity - activities.data())];
  }

  std::filesystem::path data;
  World world;
  Judge judge;
  Judge names;  ///< The plain search.
  std::vector<Activity> activities;
  std::vector<Opinion> opinions;  ///< By activity.
};

/// Prints precision, recall and F1, behind a name.
void show(const std::string& name, const Tally& tally);

/// What the first or second judge said of a hundred activities.
std::filesystem::path judgements_of(int judge);

/// An activity, as judgements name it.
std::string plain_id(const Activity& activity);

}  // namespace mangrove::bench
