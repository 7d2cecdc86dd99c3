#include "query/explore/progress.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "query/reading.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr std::array<std::string_view, 4> kLevels{"input", "output", "outcome", "impact"};

std::size_t place_of(std::string_view level) {
  return static_cast<std::size_t>(std::find(kLevels.begin(), kLevels.end(), level) -
                                  kLevels.begin());
}

/// A series while it is worked out.
struct Draft {
  const MeasureFacts* facts = nullptr;
  std::string level;
  std::vector<const Observed*> values;  // By time.
  std::size_t longest = 0;
};

/// The dated numbers of a series by method and unit.
std::map<std::pair<std::string, std::string>, std::vector<const Observed*>> lines_of(
    const Draft& draft) {
  std::map<std::pair<std::string, std::string>, std::vector<const Observed*>> lines;
  for (const Observed* each : draft.values) {
    if (!each->value || !each->time()) continue;
    const std::string& method = each->method.empty() ? draft.facts->method : each->method;
    const std::string& unit = each->unit.empty() ? draft.facts->unit : each->unit;
    lines[{method, unit}].push_back(each);
  }
  return lines;
}

/// The value of the first time, or of the last; nothing where that time has several.
template <typename At>
std::optional<double> value_at_end(At at, At end) {
  const Observed& first = **at;
  for (; at != end && (*at)->time() == first.time(); ++at) {
    if ((*at)->value != first.value) return std::nullopt;
  }
  return first.value;
}

ProgressLine line_of(const std::pair<std::string, std::string>& key,
                     const std::vector<const Observed*>& all, Better better) {
  ProgressLine line;
  line.method = key.first;
  line.unit = key.second;
  line.left_out = all.size() - std::min(all.size(), kPointsMax);
  const auto values = std::span(all).subspan(line.left_out);
  line.compares = values.front()->time() != values.back()->time();
  const auto before = value_at_end(values.begin(), values.end());
  const auto after = value_at_end(values.rbegin(), values.rend());
  if (line.compares && before && after) line.change = change_between(better, *before, *after);
  for (const Observed* each : values) {
    line.points.push_back({each->id, each->from, each->to, *each->value, each->source});
  }
  return line;
}

std::string number_in_words(double number) {
  return graph::to_string(graph::Value(number));
}

std::string_view direction_in_words(Better better) {
  switch (better) {
    case Better::up:
      return "more is better";
    case Better::down:
      return "less is better";
    case Better::ambiguous:
      return "more may be good or bad";
    case Better::unknown:
      break;
  }
  return "nothing says which way is better";
}

class ProgressFinder {
 public:
  ProgressFinder(const Context& context, const ProgressQuestion& question, NodeIndex of)
      : context_(context), question_(question), of_(of), reading_(context) {}

  Result<ProgressAnswer> answer() {
    observed_ = TRY(observations_of(context_, of_, question_.as_of));
    std::erase_if(observed_, [&](const Observed& each) { return !is_asked_for(each); });
    std::vector<NodeIndex> measures;
    for (const Observed& each : observed_) {
      if (measures.empty() || measures.back() != each.measure) measures.push_back(each.measure);
    }
    facts_ = TRY(measure_facts(context_, measures));
    TRY(list_series());
    ProgressAnswer answer;
    for (const Draft& draft : drafts_) ++answer.levels[draft.level];
    answer.total = drafts_.size();
    const std::size_t from = std::min(question_.page.offset, drafts_.size());
    const std::size_t to = std::min(from + question_.page.limit, drafts_.size());
    TRY(read_names(from, to));
    answer.of = reading_.brief(of_);
    for (std::size_t i = from; i < to; ++i) answer.items.push_back(series(drafts_[i]));
    return answer;
  }

 private:
  bool is_asked_for(const Observed& each) const {
    if (!question_.from && !question_.to) return true;
    const auto time = each.time();
    return time && !(question_.from && time->year < *question_.from) &&
           !(question_.to && time->year > *question_.to);
  }

  Status list_series() {
    std::set<NodeIndex> wanted;
    TRY(want_measured("target", question_.target, "Target", wanted));
    TRY(want_measured("determinant", question_.determinant, "Determinant", wanted));
    std::unordered_map<NodeIndex, const MeasureFacts*> by_measure;
    for (const MeasureFacts& facts : facts_) {
      if (measures_all(facts, wanted)) by_measure[facts.node] = &facts;
    }
    std::map<std::pair<std::string_view, std::string>, Draft> series;
    for (const Observed& each : observed_) {
      const auto facts = by_measure.find(each.measure);
      if (facts == by_measure.end()) continue;
      const std::string& level =
          each.result_level.empty() ? facts->second->result_level : each.result_level;
      Draft& draft = series[{context_.view.id(each.measure), level}];
      draft.facts = facts->second;
      draft.level = level;
      draft.values.push_back(&each);
    }
    for (auto& [key, draft] : series) {
      for (const auto& [line, values] : lines_of(draft)) {
        draft.longest = std::max(draft.longest, values.size());
      }
      drafts_.push_back(std::move(draft));
    }
    std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
      const std::size_t level_of_a = place_of(a.level);
      const std::size_t level_of_b = place_of(b.level);
      return level_of_a != level_of_b ? level_of_a < level_of_b : a.longest > b.longest;
    });
    return {};
  }

  Status want_measured(std::string_view field, const std::string& words, std::string_view kind,
                       std::set<NodeIndex>& wanted) const {
    if (words.empty()) return {};
    const auto found = find_node(context_, words, kind);
    if (!found.ok()) {
      return Error{ErrorCode::invalid_input, std::string(field) + ": " + found.error().message};
    }
    wanted.insert(found.value());
    return {};
  }

  static bool measures_all(const MeasureFacts& facts, const std::set<NodeIndex>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](NodeIndex node) {
      return std::any_of(facts.measured.begin(), facts.measured.end(),
                         [&](const Measured& each) { return each.node == node; });
    });
  }

  Status read_names(std::size_t from, std::size_t to) {
    reading_.want(of_);
    for (std::size_t i = from; i < to; ++i) {
      reading_.want(drafts_[i].facts->node);
      for (const Measured& each : drafts_[i].facts->measured) reading_.want(each.node);
    }
    return reading_.load();
  }

  ProgressSeries series(const Draft& draft) const {
    ProgressSeries series;
    series.measure = reading_.brief(draft.facts->node);
    series.result_level = draft.level;
    series.better = draft.facts->better;
    series.score = static_cast<double>(draft.longest);
    for (const Measured& each : draft.facts->measured) {
      series.measures.push_back({reading_.brief(each.node), each.proxy});
    }
    for (const auto& [key, values] : lines_of(draft)) {
      series.lines.push_back(line_of(key, values, draft.facts->better));
    }
    std::stable_sort(series.lines.begin(), series.lines.end(),
                     [](const ProgressLine& a, const ProgressLine& b) {
                       return a.points.size() + a.left_out > b.points.size() + b.left_out;
                     });
    for (const Observed* each : draft.values) {
      if (each->value) continue;
      series.written.push_back({each->id, each->from, each->to, each->written, each->source});
    }
    if (series.written.size() > kPointsMax) {
      series.written.erase(series.written.begin(),
                           series.written.end() - static_cast<std::ptrdiff_t>(kPointsMax));
    }
    series.why.push_back(reason(draft, series));
    return series;
  }

  Reason reason(const Draft& draft, const ProgressSeries& series) const {
    Reason reason;
    reason.node = series.measure;
    reason.relation = "ON";
    reason.weight = series.score;
    reason.source = draft.values.front()->source;
    reason.text = line_in_words(series);
    std::vector<std::string> proxies;
    for (const ProgressSeries::Of& each : series.measures) {
      if (each.proxy) proxies.push_back(each.node.name);
    }
    if (!proxies.empty()) reason.text += " It tells of " + listed(proxies) + " only indirectly.";
    if (series.lines.size() > 1) {
      reason.text += " " + std::to_string(series.lines.size()) +
                     " methods or units are kept apart: no line joins them.";
    }
    return reason;
  }

  std::string line_in_words(const ProgressSeries& series) const {
    const std::string& name = series.measure.name;
    if (series.lines.empty()) return name + " has no dated number for " + reading_.name(of_) + ".";
    const ProgressLine& line = series.lines.front();
    const auto told = [](const ProgressPoint& point) {
      return number_in_words(point.value) + " (" + to_string(point.to ? *point.to : *point.from) +
             ")";
    };
    if (!line.compares) {
      return name + " was " + told(line.points.back()) + "; one time tells of no change.";
    }
    std::string text =
        name + " went from " + told(line.points.front()) + " to " + told(line.points.back());
    if (!line.method.empty()) text += " by the method " + line.method;
    switch (line.change) {
      case Change::better:
      case Change::worse:
        return text + ": " + std::string(to_string(line.change)) + ", since " +
               std::string(direction_in_words(series.better)) + ".";
      case Change::same:
        return text + ": unchanged.";
      case Change::unclear:
        break;
    }
    if (series.better == Better::up || series.better == Better::down) {
      return text + ", with several values of one time: what changed is unclear.";
    }
    return text + "; " + std::string(direction_in_words(series.better)) + ".";
  }

  const Context& context_;
  const ProgressQuestion& question_;
  NodeIndex of_;
  Reading reading_;
  std::vector<Observed> observed_;
  std::vector<MeasureFacts> facts_;
  std::vector<Draft> drafts_;
};

}  // namespace

Result<ProgressAnswer> progress(const Context& context, const ProgressQuestion& question) {
  if (question.from && question.to && *question.from > *question.to) {
    return Error{ErrorCode::invalid_input, "from: the first year is after the last one"};
  }
  const NodeIndex of = TRY(find_node(context, question.id, question.kind));
  return ProgressFinder(context, question, of).answer();
}

}  // namespace mangrove::query
