#include "tests/bench/linking/corpus.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "ingest/formats.h"
#include "ingest/source.h"

namespace mangrove::bench {
namespace {

constexpr std::string_view kGoalPrefix = "sdg:";

void take_tags(Activity& activity) {
  for (const graph::EdgeStatement& edge : activity.record.edges) {
    const bool is_tag = edge.relation == "CONTRIBUTES_TO" && edge.qualifier == "reported" &&
                        edge.from == activity.record.subject.id;
    const std::size_t goal = is_tag ? goal_number(edge.to) : 0;
    if (goal == 0) continue;
    activity.goals |= goal_bit(goal);
    if (edge.to.find('.') != std::string::npos) activity.targets.insert(edge.to);
  }
}

void halve(std::vector<Activity>& activities) {
  std::map<std::string, std::size_t> tagged;
  for (const Activity& activity : activities) {
    if (activity.goals != 0) ++tagged[activity.publisher];
  }
  std::vector<std::pair<std::string, std::size_t>> publishers(tagged.begin(), tagged.end());
  std::stable_sort(publishers.begin(), publishers.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::size_t in_first = 0;
  std::size_t in_second = 0;
  std::set<std::string> second;
  for (const auto& [publisher, count] : publishers) {
    const bool to_first = in_first <= in_second;
    (to_first ? in_first : in_second) += count;
    if (!to_first) second.insert(publisher);
  }
  for (Activity& activity : activities) activity.second_half = second.contains(activity.publisher);
}

Goals goals_in(const std::string& numbers) {
  std::istringstream in(numbers);
  Goals goals = 0;
  for (std::size_t number = 0; in >> number;) {
    if (number >= 1 && number <= kGoals) goals |= goal_bit(number);
  }
  return goals;
}

}  // namespace

std::size_t goal_number(std::string_view id) {
  if (!id.starts_with(kGoalPrefix)) return 0;
  std::size_t number = 0;
  for (const char c : id.substr(kGoalPrefix.size())) {
    if (c == '.') break;
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return number <= kGoals ? number : 0;
}

std::vector<Activity> read_activities(const std::filesystem::path& folder,
                                      const ontology::Ontology& ontology) {
  std::vector<Activity> activities;
  std::map<std::string, std::size_t> places;
  const auto inputs = ingest::find_inputs({folder.string()}).value();
  for (const ingest::Input& input : inputs) {
    auto opened = ingest::open_reader(input, "iati", {}, ontology);
    if (!opened.ok()) continue;
    while (true) {
      auto step = opened.value().reader->next();
      if (!step.ok() || !step.value()) break;
      if (!step.value()->draft) continue;
      Activity activity{std::move(step.value()->draft->record), {}, 0, {}, false};
      const std::string& id = activity.record.subject.id;
      if (activity.record.subject.kind != "Initiative") continue;
      activity.publisher = activity.record.source.substr(0, activity.record.source.find('_'));
      take_tags(activity);
      const auto [at, is_new] = places.try_emplace(id, activities.size());
      if (is_new) {
        activities.push_back(std::move(activity));
      } else {
        activities[at->second] = std::move(activity);
      }
    }
  }
  halve(activities);
  return activities;
}

std::vector<std::map<std::string, std::string>> read_table(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<std::vector<std::string>> rows(1);
  rows[0].emplace_back();
  bool quoted = false;
  for (char c = 0; in.get(c);) {
    std::string& cell = rows.back().back();
    if (c == '"') {
      const bool twice = quoted && in.peek() == '"';
      if (twice) cell += static_cast<char>(in.get());
      if (!twice) quoted = !quoted;
    } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
      cell += c;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\n') {
      rows.push_back({std::string()});
    }
  }
  std::vector<std::map<std::string, std::string>> table;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() < rows[0].size()) continue;
    auto& row = table.emplace_back();
    for (std::size_t k = 0; k < rows[0].size(); ++k) row.emplace(rows[0][k], rows[i][k]);
  }
  return table;
}

std::vector<Snippet> read_snippets(const std::filesystem::path& file) {
  std::vector<Snippet> snippets;
  for (const auto& row : read_table(file)) {
    const std::size_t goal = goal_number("sdg:" + row.at("sdg"));
    if (goal != 0) snippets.push_back({row.at("text"), goal, row.at("label") == "True"});
  }
  return snippets;
}

std::map<std::string, Judgement> read_judgements(const std::filesystem::path& file) {
  std::map<std::string, Judgement> judgements;
  for (const auto& row : read_table(file)) {
    judgements[row.at("activity")] = {goals_in(row.at("main")), goals_in(row.at("also")),
                                      row.at("speaks_of_8_7") == "yes"};
  }
  return judgements;
}

}  // namespace mangrove::bench
