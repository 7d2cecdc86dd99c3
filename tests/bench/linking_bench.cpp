// How well, how surely and how fast texts are read for goals and targets: beside what publishers
// tagged, what people said of snippets and of a hundred activities, and a plain search for the
// names of the goals. All on publishers from whom no number was learnt.
//
//     linking_bench DATA [--fit]      DATA: the shared data; --fit: computes the numbers of
//                                     reading-goals.ttl anew, on half A

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "graph/storage/rocksdb.h"
#include "graph/text/words.h"
#include "ingest/ingest.h"
#include "ingest/linking/linker.h"
#include "ingest/linking/relink.h"
#include "tests/bench/linking/corpus.h"
#include "tests/bench/linking/scores.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::bench {
namespace {

using Clock = std::chrono::steady_clock;
using ingest::CompiledVocabulary;
using ingest::Passage;
using ingest::TextLink;
using ingest::TextLinker;

constexpr double kF1Goal = 0.55;
constexpr double kRatioGoal = 1.2;
constexpr double kRecallGoal = 0.5;
constexpr double kSpeedGoal = 30;    // MB of text a second.
constexpr double kShareGoal = 0.25;  // Of the time of an ingest.
constexpr std::size_t kFirst = 5;
constexpr std::size_t kPublisherLeast = 10;  // Activities, to count in a mean of publishers.
constexpr std::string_view kSlavery = "sdg:8.7";

double seconds_since(Clock::time_point from) {
  return std::chrono::duration<double>(Clock::now() - from).count();
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// What the reader makes of one text.
struct Opinion {
  Goals links = 0;
  bool slavery = false;
  std::array<double, kGoals> sureness{};                // 0 where nothing speaks of it.
  std::array<double, kGoals> raised{};                  // The log odds, after crowding.
  std::vector<std::pair<std::string, double>> targets;  // Surest first.
  std::map<std::string, double> raised_targets;
  std::vector<std::string> target_links;
};

/// A vocabulary, and one who reads by it.
class Judge {
 public:
  explicit Judge(std::shared_ptr<const CompiledVocabulary> vocabulary)
      : vocabulary_(std::move(vocabulary)), reader_(vocabulary_) {}

  const CompiledVocabulary& vocabulary() const { return *vocabulary_; }

  std::vector<Passage> passages(const Activity& activity) const {
    std::vector<Passage> all;
    for (const auto& [audience, passages] :
         ingest::passages_of(activity.record, vocabulary_->vocabulary.model)) {
      all.insert(all.end(), passages.begin(), passages.end());
    }
    return all;
  }

  std::vector<TextLink> read(std::span<const Passage> passages) {
    return reader_.read(passages, 0);
  }

  Opinion opinion(std::span<const Passage> passages) {
    const ingest::Vocabulary& vocabulary = vocabulary_->vocabulary;
    const std::vector<TextLink> links = read(passages);
    std::vector<double> crowding(vocabulary.scales.size(), 0);
    for (const TextLink& link : links) crowding[link.scale] += link.raised;
    Opinion opinion;
    for (const TextLink& link : links) {
      const ingest::Concept& about = vocabulary.concepts[link.concept_number];
      const std::size_t goal = goal_number(about.id);
      if (goal == 0) continue;
      const double raised =
          link.raised / std::max(1.0, crowding[link.scale] / vocabulary.scales[link.scale].room);
      if (about.id.find('.') == std::string::npos) {
        opinion.sureness[goal - 1] = link.confidence;
        opinion.raised[goal - 1] = raised;
        if (link.is_link) opinion.links |= goal_bit(goal);
      } else {
        opinion.targets.emplace_back(about.id, link.confidence);
        opinion.raised_targets[about.id] = raised;
        if (link.is_link) opinion.target_links.push_back(about.id);
        opinion.slavery = opinion.slavery || (link.is_link && about.id == kSlavery);
      }
    }
    return opinion;
  }

 private:
  std::shared_ptr<const CompiledVocabulary> vocabulary_;
  TextLinker reader_;
};

/// The built-in vocabularies in a graph of their own.
struct World {
  World() : ontology(ontology::Ontology::load().value()) {
    graph = graph::Graph::open(storage::make_memory_storage(),
                               {.text_properties = ontology::text_properties()})
                .value();
    if (!ingest::load_ontology(*graph, ontology).ok()) std::abort();
    vocabulary = ingest::vocabulary_of(*graph, ontology.schema()).value();
  }
  ontology::Ontology ontology;
  std::unique_ptr<graph::Graph> graph;
  std::shared_ptr<const CompiledVocabulary> vocabulary;
};

/// A plain search: an activity is about a goal where any content word of its name stands in it.
std::shared_ptr<const CompiledVocabulary> search_for_names(const World& world) {
  static const std::set<std::string, std::less<>> kNoContent{"and",  "for",  "the", "below", "les",
                                                             "des",  "pour", "aux", "los",   "las",
                                                             "para", "del",  "sur", "une"};
  ingest::Vocabulary search;
  search.model = world.vocabulary->vocabulary.model;
  const graph::View view = world.graph->view(graph::Viewer::everyone());
  const auto goals = view.read(view.nodes_of_kind(view.name("Goal"))).value();
  graph::WordReader words;
  for (const graph::Node& node : goals) {
    const auto number = static_cast<std::uint32_t>(search.concepts.size());
    search.concepts.push_back({node.id, "Goal", "CONTRIBUTES_TO", 0});
    for (const graph::StatedProperty& stated : node.properties) {
      const auto* const label = std::get_if<graph::Text>(&stated.value);
      if (stated.name != "label" || label == nullptr) continue;
      for (const graph::WordToken& word : words.read(label->text, label->language)) {
        if (word.end - word.begin < 3 || kNoContent.contains(word.form->surface)) continue;
        search.cues.push_back({word.form->surface, label->language});
        search.meanings.push_back({{number, 1}});
      }
    }
  }
  return std::make_shared<const CompiledVocabulary>(std::move(search));
}

void show(const char* name, const Tally& tally) {
  std::printf("%-44s precision %.3f  recall %.3f  F1 %.3f\n", name, tally.precision(),
              tally.recall(), tally.f1());
}

/// Every publisher counts by the root of what it tagged.
std::map<std::string, double> weights_of(const std::vector<const Activity*>& activities) {
  std::map<std::string, double> count;
  for (const Activity* activity : activities) ++count[activity->publisher];
  double all = 0;
  for (const auto& [publisher, number] : count) all += std::sqrt(number);
  std::map<std::string, double> weights;
  constexpr double kEffective = 600;  // As many activities as that, since they are much alike.
  for (const auto& [publisher, number] : count) {
    weights[publisher] = kEffective / (std::sqrt(number) * all);
  }
  return weights;
}

class LinkingBench {
 public:
  explicit LinkingBench(std::filesystem::path data)
      : data_(std::move(data)), judge_(world_.vocabulary), names_(search_for_names(world_)) {
    activities_ = read_activities(data_ / "iati/activities", world_.ontology);
    for (const Activity& activity : activities_) {
      opinions_.push_back(judge_.opinion(judge_.passages(activity)));
    }
    std::size_t tagged = 0;
    std::size_t second = 0;
    std::set<std::string> publishers;
    for (const Activity& activity : activities_) {
      if (activity.goals == 0) continue;
      ++tagged;
      second += activity.second_half ? 1 : 0;
      publishers.insert(activity.publisher);
    }
    std::printf("%zu activities; %zu with goals, of %zu publishers: %zu in half A, %zu in half B\n",
                activities_.size(), tagged, publishers.size(), tagged - second, second);
  }

  int run() {
    const bool goals = show_goals();
    const bool targets = show_targets();
    show_slavery();
    show_snippets();
    show_calibration();
    show_judgements();
    show_misses();
    const bool fast = show_speed();
    return goals && targets && fast ? 0 : 1;
  }

  void fit() {
    fit_goals(false, true);
    fit_targets();
  }

 private:
  // ---- Goals.

  bool show_goals() {
    std::printf("\n== Goals against tags. Numbers learnt on half A, so half B is unseen\n");
    std::array<GoalTallies, 2> ours;
    std::array<GoalTallies, 2> plain;
    for (std::size_t i = 0; i < activities_.size(); ++i) {
      if (activities_[i].goals == 0) continue;
      const std::size_t half = activities_[i].second_half ? 1 : 0;
      add(ours[half], opinions_[i].links, activities_[i].goals);
      add(plain[half], names_.opinion(names_.passages(activities_[i])).links, activities_[i].goals);
    }
    std::printf("half B:  goal  precision  recall     F1   tagged\n");
    for (std::size_t i = 0; i < kGoals; ++i) {
      const Tally& tally = ours[1][i];
      std::printf("%13zu %10.3f %7.3f %6.3f %8.0f\n", i + 1, tally.precision(), tally.recall(),
                  tally.f1(), tally.right + tally.missing);
    }
    const Tally unseen = sum(ours[1]);
    const Tally searched = sum(plain[1]);
    show("half B, micro", unseen);
    std::printf("%-44s F1 %.3f of goals, %.3f of publishers\n", "half B, mean", mean_f1(ours[1]),
                mean_of_publishers(true));
    show("half A, micro (learnt there)", sum(ours[0]));
    const Tally other_way = fit_goals(true, false);
    show("half A, micro, numbers learnt on half B", other_way);
    show("both halves unseen, micro",
         {unseen.right + other_way.right, unseen.wrong + other_way.wrong,
          unseen.missing + other_way.missing});
    show("names of the goals, any word: half B, micro", searched);
    show("names of the goals, any word: half A, micro", sum(plain[0]));
    const double ratio = unseen.f1() / searched.f1();
    std::printf("asked for: F1 at least %.2f (%.3f), %.1f times the names (%.2f)\n", kF1Goal,
                unseen.f1(), kRatioGoal, ratio);
    return unseen.f1() >= kF1Goal && ratio >= kRatioGoal;
  }

  double mean_of_publishers(bool second_half) const {
    std::map<std::string, std::pair<Tally, std::size_t>> of;
    for (std::size_t i = 0; i < activities_.size(); ++i) {
      if (activities_[i].goals == 0 || activities_[i].second_half != second_half) continue;
      auto& [tally, count] = of[activities_[i].publisher];
      ++count;
      for (std::size_t goal = 0; goal < kGoals; ++goal) {
        tally.add((opinions_[i].links >> goal & 1) != 0, (activities_[i].goals >> goal & 1) != 0);
      }
    }
    double sum = 0;
    double publishers = 0;
    for (const auto& [publisher, counted] : of) {
      if (counted.second < kPublisherLeast) continue;
      sum += counted.first.f1();
      ++publishers;
    }
    return publishers > 0 ? sum / publishers : 0;
  }

  std::vector<const Activity*> tagged_of(bool second_half, bool with_targets) const {
    std::vector<const Activity*> chosen;
    for (const Activity& activity : activities_) {
      if (activity.second_half != second_half || activity.goals == 0) continue;
      if (!with_targets || !activity.targets.empty()) chosen.push_back(&activity);
    }
    return chosen;
  }
  const Opinion& opinion_of(const Activity* activity) const {
    return opinions_[static_cast<std::size_t>(activity - activities_.data())];
  }

  /// Learns on one half and gives the micro average on the other.
  Tally fit_goals(bool on_second, bool tell) const {
    Regression regression({1e-3, 1e-3});
    const auto learnt_from = tagged_of(on_second, false);
    const auto weights = weights_of(learnt_from);
    for (const Activity* activity : learnt_from) {
      for (std::size_t goal = 0; goal < kGoals; ++goal) {
        const std::array<double, 2> inputs{1, opinion_of(activity).raised[goal]};
        regression.add(inputs, (activity->goals >> goal & 1) != 0, weights.at(activity->publisher));
      }
    }
    const std::vector<double> learnt = regression.fit();
    const auto sureness = [&](const Activity* activity, std::size_t goal) {
      const double raised = opinion_of(activity).raised[goal];
      const double log_odds = learnt[0] + learnt[1] * raised;
      return raised > 0 ? 1 / (1 + std::exp(-log_odds)) : 0;
    };
    std::vector<Answer> answers;
    for (const Activity* activity : learnt_from) {
      for (std::size_t goal = 0; goal < kGoals; ++goal) {
        answers.push_back({sureness(activity, goal), (activity->goals >> goal & 1) != 0,
                           weights.at(activity->publisher)});
      }
    }
    const Cut cut = best_cut(std::move(answers));
    if (tell) {
      std::printf("goals: bias %.2f, weight and room times %.3f, threshold %.3f\n", learnt[0],
                  learnt[1], cut.from);
    }
    Tally tally;
    for (const Activity* activity : tagged_of(!on_second, false)) {
      for (std::size_t goal = 0; goal < kGoals; ++goal) {
        tally.add(sureness(activity, goal) >= cut.from, (activity->goals >> goal & 1) != 0);
      }
    }
    return tally;
  }

  // ---- Targets.

  bool show_targets() const {
    std::printf("\n== Targets against tags\n");
    double best = 0;
    for (const bool second : {true, false}) {
      double found = 0;
      double all = 0;
      double sum = 0;
      double reachable = 0;
      std::map<std::string, std::pair<double, double>> of;
      Tally links;
      const auto chosen = tagged_of(second, true);
      for (const Activity* activity : chosen) {
        const Opinion& opinion = opinion_of(activity);
        double right = 0;
        for (std::size_t i = 0; i < std::min(kFirst, opinion.targets.size()); ++i) {
          right += activity->targets.contains(opinion.targets[i].first) ? 1 : 0;
        }
        const auto tagged = static_cast<double>(activity->targets.size());
        found += right;
        all += tagged;
        sum += right / tagged;
        reachable += std::min(tagged, static_cast<double>(kFirst));
        auto& [recalls, count] = of[activity->publisher];
        recalls += right / tagged;
        ++count;
        for (const std::string& id : opinion.target_links) {
          ++(activity->targets.contains(id) ? links.right : links.wrong);
        }
        links.missing += tagged;
      }
      links.missing -= links.right;
      double mean = 0;
      double publishers = 0;
      for (const auto& [publisher, counted] : of) {
        if (counted.second < static_cast<double>(kPublisherLeast)) continue;
        mean += counted.first / counted.second;
        ++publishers;
      }
      std::printf(
          "half %c, recall in the first %zu: %.3f of all (%.3f were the best possible), "
          "mean %.3f of %zu activities, %.3f of %.0f publishers\n",
          second ? 'B' : 'A', kFirst, found / all, reachable / all,
          sum / static_cast<double>(chosen.size()), chosen.size(), mean / publishers, publishers);
      show(second ? "half B, links, micro" : "half A, links, micro (learnt there)", links);
      if (second) best = found / all;
    }
    std::printf("asked for: at least %.1f of all in the first %zu (%.3f)\n", kRecallGoal, kFirst,
                best);
    return best >= kRecallGoal;
  }

  void fit_targets() const {
    const ingest::Vocabulary& vocabulary = judge_.vocabulary().vocabulary;
    std::vector<std::string> ids;
    for (const ingest::Scale& scale : vocabulary.scales) {
      if (scale.kind != "Target") continue;
      for (const std::uint32_t number : scale.concepts)
        ids.push_back(vocabulary.concepts[number].id);
    }
    Regression regression({1e-3, 1e-3, 1e-3});
    const auto learnt_from = tagged_of(false, true);
    const auto weights = weights_of(learnt_from);
    const auto raised_of = [&](const Activity* activity, std::size_t i) {
      const auto& raised = opinion_of(activity).raised_targets;
      const auto at = raised.find(ids[i]);
      return at == raised.end() ? 0.0 : at->second;
    };
    for (const Activity* activity : learnt_from) {
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::array<double, 3> inputs{1, raised_of(activity, i),
                                           opinion_of(activity).raised[goal_number(ids[i]) - 1]};
        regression.add(inputs, activity->targets.contains(ids[i]), weights.at(activity->publisher));
      }
    }
    const std::vector<double> learnt = regression.fit();
    std::vector<Answer> answers;
    for (const Activity* activity : learnt_from) {
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const double own = raised_of(activity, i);
        const double log_odds = learnt[0] + learnt[1] * own +
                                learnt[2] * opinion_of(activity).raised[goal_number(ids[i]) - 1] +
                                learnt[3 + i];
        answers.push_back({own > 0 ? 1 / (1 + std::exp(-log_odds)) : 0,
                           activity->targets.contains(ids[i]), weights.at(activity->publisher)});
      }
    }
    const Cut cut = best_cut(std::move(answers));
    std::printf("targets: bias %.2f, weight times %.3f, lift %.3f, threshold %.3f\n", learnt[0],
                learnt[1], learnt[2], cut.from);
  }

  // ---- Target 8.7, and texts that people labelled.

  void show_slavery() const {
    std::printf("\n== Target 8.7 (no number of it was learnt here)\n");
    std::set<std::string> selected;
    for (const Activity& activity :
         read_activities(data_ / "iati/activities/selection", world_.ontology)) {
      selected.insert(activity.record.subject.id);
    }
    std::size_t by_text = 0;
    std::size_t found = 0;
    std::size_t tagged = 0;
    std::size_t both = 0;
    std::size_t linked = 0;
    for (std::size_t i = 0; i < activities_.size(); ++i) {
      const bool is_tagged = activities_[i].targets.contains(std::string(kSlavery));
      const bool is_linked = opinions_[i].slavery;
      linked += is_linked ? 1 : 0;
      tagged += is_tagged ? 1 : 0;
      both += is_tagged && is_linked ? 1 : 0;
      if (is_tagged || !selected.contains(activities_[i].record.subject.id)) continue;
      ++by_text;
      found += is_linked ? 1 : 0;
    }
    std::printf(
        "selected for their words: %zu of %zu linked; tagged 8.7: %zu of %zu linked; links "
        "in all: %zu of %zu activities\n",
        found, by_text, both, tagged, linked, activities_.size());
  }

  void show_snippets() {
    const auto snippets = read_snippets(data_ / "labelled-text/sdg-benchmark-ids-0-9.csv");
    if (snippets.empty()) return;
    std::printf("\n== Snippets that people labelled (OSDG): is it about this goal?\n");
    Tally ours;
    Tally plain;
    std::vector<Answer> answers;
    for (const Snippet& snippet : snippets) {
      const std::vector<Passage> text{{"description", snippet.text, "en"}};
      const Opinion opinion = judge_.opinion(text);
      ours.add((opinion.links & goal_bit(snippet.goal)) != 0, snippet.is_about);
      plain.add((names_.opinion(text).links & goal_bit(snippet.goal)) != 0, snippet.is_about);
      answers.push_back({opinion.sureness[snippet.goal - 1], snippet.is_about});
    }
    show("reader", ours);
    show("names of the goals, any word", plain);
    std::printf("reader: area under the curve %.3f, of %zu snippets\n",
                area_under_curve(std::move(answers)), snippets.size());
  }

  // ---- How sure.

  void show_calibration() const {
    std::printf(
        "\n== Confidence of goals: as often as that, is it tagged (half B), do people say it "
        "(the judged ones)?\n");
    std::printf("confidence    goals    mean   tagged   judged   said\n");
    constexpr std::array<double, 10> kBands{0, .1, .15, .2, .25, .3, .4, .5, .7, 1};
    const auto judged = read_judgements(judgements(1));
    for (std::size_t band = 0; band + 1 < kBands.size(); ++band) {
      double count = 0;
      double sureness = 0;
      double tagged = 0;
      double asked = 0;
      double said = 0;
      for (std::size_t i = 0; i < activities_.size(); ++i) {
        const auto judgement = judged.find(plain_id(activities_[i]));
        const bool counts = activities_[i].goals != 0 && activities_[i].second_half;
        for (std::size_t goal = 0; goal < kGoals; ++goal) {
          const double sure = opinions_[i].sureness[goal];
          if (sure == 0 || sure < kBands[band] || sure >= kBands[band + 1]) continue;
          if (counts) {
            ++count;
            sureness += sure;
            tagged += static_cast<double>(activities_[i].goals >> goal & 1);
          }
          if (judgement == judged.end()) continue;
          const Goals goals = judgement->second.main | judgement->second.also;
          ++asked;
          said += static_cast<double>(goals >> goal & 1);
        }
      }
      if (count == 0) continue;
      std::printf("%.2f - %.2f %8.0f %7.3f %8.3f %8.0f %6.3f\n", kBands[band], kBands[band + 1],
                  count, sureness / count, tagged / count, asked, asked > 0 ? said / asked : 0);
    }
  }

  /// What the first or second judge said.
  static std::filesystem::path judgements(int judge) {
    return std::filesystem::path(MANGROVE_SOURCE) / "tests/bench" /
           ("linking_judgements_" + std::to_string(judge) + ".csv");
  }
  static std::string plain_id(const Activity& activity) {
    return activity.record.subject.id.substr(std::string_view("iati:").size());
  }

  // ---- Who is right: what two people say of a hundred activities.

  void show_judgements() const {
    const auto first = read_judgements(judgements(1));
    const auto second = read_judgements(judgements(2));
    if (first.empty() || second.empty()) return;
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < activities_.size(); ++i) {
      places[plain_id(activities_[i])] = i;
    }
    Agreement on_main;
    Agreement on_any;
    Agreement on_slavery;
    std::array<std::array<Tally, 2>, 5> tallies{};
    std::array<Tally, 2> slavery{};
    std::size_t count = 0;
    for (const auto& [id, one] : first) {
      const auto other = second.find(id);
      const auto place = places.find(id);
      if (other == second.end() || place == places.end()) continue;
      ++count;
      const Judgement& two = other->second;
      on_slavery.add(one.speaks_of_slavery, two.speaks_of_slavery);
      const Activity& activity = activities_[place->second];
      const Opinion& opinion = opinions_[place->second];
      const bool slavery_is_so = one.speaks_of_slavery && two.speaks_of_slavery;
      slavery[0].add(activity.targets.contains(std::string(kSlavery)), slavery_is_so);
      slavery[1].add(opinion.slavery, slavery_is_so);
      const std::array<Goals, 5> are_so{
          one.main | one.also, two.main | two.also, (one.main | one.also) & (two.main | two.also),
          one.main & two.main, one.main | one.also | two.main | two.also};
      for (std::size_t goal = 0; goal < kGoals; ++goal) {
        const auto has = [&](Goals goals) { return (goals >> goal & 1) != 0; };
        on_main.add(has(one.main), has(two.main));
        on_any.add(has(one.main | one.also), has(two.main | two.also));
        for (std::size_t i = 0; i < are_so.size(); ++i) {
          tallies[i][0].add(has(activity.goals), has(are_so[i]));
          tallies[i][1].add(has(opinion.links), has(are_so[i]));
        }
      }
    }
    std::printf(
        "\n== Who is right: two judges read %zu activities. Their agreement (Cohen's kappa): "
        "main goals %.2f, main or also %.2f, 8.7 %.2f\n",
        count, on_main.kappa(), on_any.kappa(), on_slavery.kappa());
    constexpr std::array<const char*, 5> kNames{"judge 1, main or also", "judge 2, main or also",
                                                "what both say, main or also",
                                                "what both say, main", "what either says"};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      show((std::string("tags against ") + kNames[i]).c_str(), tallies[i][0]);
      show((std::string("reader against ") + kNames[i]).c_str(), tallies[i][1]);
    }
    if (slavery[0].right + slavery[0].missing == 0) {
      std::printf("8.7: by neither judge's reading does any of them speak of it; linked: %.0f\n",
                  slavery[1].wrong);
    } else {
      show("8.7: tags against what both say", slavery[0]);
      show("8.7: reader against what both say", slavery[1]);
    }
  }

  // ---- Misses.

  void show_misses() {
    constexpr std::size_t kShown = 8;
    struct Miss {
      double sureness;
      std::size_t activity;
      std::size_t goal;
    };
    std::vector<Miss> wrong;
    std::vector<Miss> missing;
    for (std::size_t i = 0; i < activities_.size(); ++i) {
      if (activities_[i].goals == 0 || !activities_[i].second_half) continue;
      for (std::size_t goal = 0; goal < kGoals; ++goal) {
        const bool linked = (opinions_[i].links >> goal & 1) != 0;
        const bool tagged = (activities_[i].goals >> goal & 1) != 0;
        if (linked && !tagged) wrong.push_back({-opinions_[i].sureness[goal], i, goal + 1});
        if (tagged && !linked) missing.push_back({opinions_[i].sureness[goal], i, goal + 1});
      }
    }
    const auto tell = [&](const char* what, std::vector<Miss>& misses) {
      std::stable_sort(misses.begin(), misses.end(),
                       [](const Miss& a, const Miss& b) { return a.sureness < b.sureness; });
      std::printf("\n== %s\n", what);
      std::map<std::pair<std::string, std::size_t>, std::size_t> shown;
      std::size_t count = 0;
      for (const Miss& miss : misses) {
        const Activity& activity = activities_[miss.activity];
        if (++shown[{activity.publisher, miss.goal}] > 1 || count == kShown) continue;
        ++count;
        std::printf("%s  goal %zu  %.2f %s\n", activity.record.subject.id.c_str(), miss.goal,
                    std::abs(miss.sureness), words_for(activity, miss.goal).c_str());
      }
    };
    tell("Worst misses in half B: sure, but not tagged", wrong);
    tell("Worst misses in half B: tagged, but not spoken of", missing);
  }

  std::string words_for(const Activity& activity, std::size_t goal) {
    const std::vector<Passage> passages = judge_.passages(activity);
    std::string words;
    for (const TextLink& link : judge_.read(passages)) {
      const std::string& id = judge_.vocabulary().vocabulary.concepts[link.concept_number].id;
      if (goal_number(id) != goal || id.find('.') != std::string::npos) continue;
      for (const ingest::Match& match : link.matches) {
        words += (words.empty() ? "by: " : ", ") +
                 std::string(ingest::words_of(match, passages[match.passage].text));
      }
    }
    return words;
  }

  // ---- Speed.

  bool show_speed() {
    std::printf("\n== Speed\n");
    std::vector<std::vector<Passage>> texts;
    double bytes = 0;
    for (const Activity& activity : activities_) {
      auto& passages = texts.emplace_back();
      for (const Passage& passage : judge_.passages(activity)) {
        if (passage.field != "title" && passage.field != "description") continue;
        passages.push_back(passage);
        bytes += static_cast<double>(passage.text.size());
      }
    }
    const auto rate = [&](auto&& read) {
      const double from = processor_seconds();
      for (const auto& passages : texts) read(passages);
      return bytes / 1e6 / (processor_seconds() - from);
    };
    // The best of some rounds counts, since other programs may run beside this one.
    constexpr int kRounds = 3;
    std::size_t links = 0;
    double first = 0;
    double best = 0;
    for (int i = 0; i < kRounds; ++i) {
      TextLinker reader(world_.vocabulary);  // To whom every word is new.
      links = 0;
      const auto read_links = [&](const std::vector<Passage>& passages) {
        links += reader.links(passages).size();
      };
      first = std::max(first, rate(read_links));
      best = std::max(best, rate(read_links));
    }
    graph::WordReader cutter;
    std::size_t words = 0;
    const auto cut = [&](const std::vector<Passage>& passages) {
      for (const Passage& passage : passages) words += cutter.read(passage.text, "x").size();
    };
    rate(cut);
    double cutting = 0;
    for (int i = 0; i < kRounds; ++i) cutting = std::max(cutting, rate(cut));
    std::printf(
        "titles and descriptions, %.1f MB, %zu words, %zu links: first time, every word "
        "new: %.1f MB/s; again: %.1f MB/s; only cut into words: %.1f MB/s (%.1f times)\n",
        bytes / 1e6, words / (kRounds + 1), links / 2, first, best, cutting, cutting / best);
    const double share = show_share();
    std::printf("asked for: at least %.0f MB/s (%.1f), at most %.2f of ingest (%.2f)\n", kSpeedGoal,
                first, kShareGoal, share);
    return first >= kSpeedGoal && share <= kShareGoal;
  }

  /// Which part of the processor time of an ingest of the same files is reading for links.
  double show_share() {
    const auto linking_from = processor_seconds();
    TextLinker reader(world_.vocabulary);
    std::size_t links = 0;
    for (const Activity& activity : activities_)
      links += reader.links(judge_.passages(activity)).size();
    const double reading = processor_seconds() - linking_from;
    const tests::TemporaryFolder folder;
    const auto graph =
        graph::Graph::open(storage::open_rocksdb(folder.path() / "graph", {.create = true}).value(),
                           {.text_properties = ontology::text_properties()})
            .value();
    if (!ingest::load_ontology(*graph, world_.ontology).ok()) std::abort();
    ingest::Options options;
    options.inputs = {(data_ / "iati/activities").string()};
    const double from = processor_seconds();
    const auto began = Clock::now();
    if (!ingest::run(options, *graph, world_.ontology).ok()) std::abort();
    const double ingesting = processor_seconds() - from;
    std::printf(
        "ingest of the same files: %.2f s of processor, %.2f s; reading for links %.2f s, "
        "%.0f us an activity\n",
        ingesting, seconds_since(began), reading,
        reading * 1e6 / static_cast<double>(activities_.size()));
    return reading / ingesting;
  }

  std::filesystem::path data_;
  World world_;
  Judge judge_;
  Judge names_;
  std::vector<Activity> activities_;
  std::vector<Opinion> opinions_;
};

}  // namespace
}  // namespace mangrove::bench

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: linking_bench DATA [--fit]\n");
    return 2;
  }
  const std::filesystem::path data = arguments[1];
  if (!std::filesystem::is_directory(data / "iati/activities")) {
    std::printf("skipped: there is no published data in %s\n", data.c_str());
    return 0;
  }
  mangrove::bench::LinkingBench bench(data);
  if (count > 2 && std::strcmp(arguments[2], "--fit") == 0) {
    bench.fit();
    return 0;
  }
  return bench.run();
}
