#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/batch.h"
#include "ingest/linking/text_links.h"
#include "ontology/ontology.h"

/// What the bench of linking reads: published activities and what their publishers tagged, snippets
/// that people labelled, and what two people said of some activities.
namespace mangrove::bench {

inline constexpr std::size_t kGoals = 17;

/// A set of goals, by number less one.
using Goals = std::uint32_t;

inline constexpr Goals goal_bit(std::size_t number) {
  return Goals{1} << (number - 1);
}

/// Whether the set has the goal of this number less one.
inline constexpr bool has(Goals goals, std::size_t place) {
  return (goals >> place & 1) != 0;
}

/// The goal of `sdg:8` or `sdg:8.7`; 0 of anything else.
std::size_t goal_number(std::string_view id);

struct Activity {
  graph::Record record;
  std::string publisher;          ///< Bodies whose reference differs behind `_` only are one.
  Goals goals = 0;                ///< Tagged, by themselves or by a target.
  std::set<std::string> targets;  ///< Tagged.
  bool second_half = false;       ///< Half B: nothing was fitted to it.
};

/// All distinct activities of a folder; of an identifier that stands there twice the later one.
/// Tagged ones are halved by publisher: those with many tagged activities first, each to the half
/// with fewer so far, the first of two equal ones to A.
std::vector<Activity> read_activities(const std::filesystem::path& folder,
                                      const ontology::Ontology& ontology);

/// A text that people were asked of, whether it is about a goal.
struct Snippet {
  std::string text;
  std::size_t goal;
  bool is_about;
};
std::vector<Snippet> read_snippets(const std::filesystem::path& file);

/// What somebody who read an activity says that it is about.
struct Judgement {
  Goals main = 0;
  Goals also = 0;
  bool speaks_of_slavery = false;
};
/// By identifier of the activity.
std::map<std::string, Judgement> read_judgements(const std::filesystem::path& file);

/// The rows of a CSV file, by the names in its first one.
std::vector<std::map<std::string, std::string>> read_table(const std::filesystem::path& file);

}  // namespace mangrove::bench
