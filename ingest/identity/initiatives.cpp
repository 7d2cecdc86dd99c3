#include "ingest/identity/initiatives.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "ingest/draft.h"
#include "ingest/identity/names.h"

namespace mangrove::ingest {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::size_t kReadAtOnce = 5000;
constexpr std::size_t kWindow = 8;         // Of one title and start, so many before are looked at.
constexpr std::size_t kTitleWordsMin = 3;  // `Core support` is no title to know a project by.
constexpr double kTitlesAlike = 0.6;

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

/// What is kept of every initiative.
struct Brief {
  std::uint64_t key = 0;     // Of title and start; 0: not to be compared by them.
  std::uint64_t source = 0;  // Hash of the ids of its sources.
  NodeIndex node;

  friend bool operator<(const Brief& a, const Brief& b) {
    return a.key != b.key ? a.key < b.key : a.node.value < b.node.value;
  }
};

/// That one initiative says it is known elsewhere as another.
struct Link {
  NodeIndex from;
  NodeIndex to;
  bool third_party = false;
};

std::string date_in(const graph::Node& node, std::string_view actual, std::string_view planned) {
  const graph::Value* value = node.find(actual);
  if (value == nullptr) value = node.find(planned);
  return value == nullptr ? std::string() : graph::to_string(*value);
}

/// Its sources, but for our own: a match is between two publishers.
std::uint64_t publisher_of(const graph::Node& node) {
  std::string all;
  for (const std::string& source : node.sources) {
    if (source != kIdentitySource) all += source + '\n';
  }
  return hash_of(all);
}

class InitiativeMatcher {
 public:
  explicit InitiativeMatcher(const graph::View& view) : view_(view) {}

  Result<InitiativesFound> go() {
    TRY(read_all());
    find_third_party();
    pair_by_title();
    TRY(judge_all());
    return std::move(found_);
  }

 private:
  Status read_all() {
    const graph::Kind kind = view_.name("Initiative");
    if (kind == graph::kNoName) return {};
    const std::vector<NodeIndex> nodes = view_.nodes_of_kind(kind);
    found_.initiatives = nodes.size();
    briefs_.reserve(nodes.size());
    for (std::size_t at = 0; at < nodes.size(); at += kReadAtOnce) {
      const auto some = std::span(nodes).subspan(at, std::min(kReadAtOnce, nodes.size() - at));
      for (const graph::Node& node : TRY(view_.read(some))) {
        take(node);
        take_identifiers(node);
      }
    }
    return {};
  }

  void take(const graph::Node& node) {
    const std::string start = date_in(node, "start", "start_planned");
    const NameForm title = name_form(node.text("title"));
    if (start.empty() || title.core.size() < kTitleWordsMin) return;
    const std::uint64_t key = hash_of(title.key + '\n' + start);
    briefs_.push_back({key == 0 ? 1 : key, publisher_of(node), node.index});
  }

  void take_identifiers(const graph::Node& node) {
    for (const graph::StatedProperty& property : node.properties) {
      const auto* text = std::get_if<graph::Text>(&property.value);
      if (text == nullptr || property.name != "identifiers") continue;
      for (const std::string_view scheme : {"iati:", "360g:"}) {
        const auto other = view_.find(std::string(scheme) + text->text);
        if (other && *other != node.index) links_.push_back({node.index, *other, false});
      }
    }
  }

  void find_third_party() {
    const graph::Relation related = view_.name("RELATED_TO");
    const graph::Qualifier third_party = view_.name("third-party");
    const graph::Kind kind = view_.name("Initiative");
    if (related == graph::kNoName || third_party == graph::kNoName) return;
    const std::vector<NodeIndex> nodes = view_.nodes_of_kind(kind);
    view_.walk(nodes, related, Direction::out,
               [&](std::size_t position, const graph::Adjacent& edge) {
                 if (edge.qualifier != third_party || edge.node == nodes[position]) return;
                 links_.push_back({nodes[position], edge.node, true});
               });
  }

  void pair_by_title() {
    std::sort(briefs_.begin(), briefs_.end());
    for (std::size_t begin = 0, i = 0; i < briefs_.size(); ++i) {
      if (briefs_[i].key != briefs_[begin].key) begin = i;
      const std::size_t first = i - std::min(i - begin, kWindow);
      for (std::size_t other = first; other < i; ++other) {
        if (briefs_[other].source != briefs_[i].source)
          add_pair(briefs_[other].node, briefs_[i].node);
      }
    }
    for (const Link& link : links_) {
      Ground& ground = add_pair(link.from, link.to);
      (link.third_party ? ground.third_party : ground.identifier) = true;
    }
  }

  struct Ground {
    bool third_party = false;
    bool identifier = false;
  };
  Ground& add_pair(NodeIndex a, NodeIndex b) { return pairs_[std::minmax(a, b)]; }

  Status judge_all() {
    found_.pairs = pairs_.size();
    std::vector<std::pair<NodeIndex, NodeIndex>> some;
    for (const auto& [pair, ground] : pairs_) {
      some.push_back(pair);
      if (some.size() < kReadAtOnce) continue;
      TRY(judge(some));
      some.clear();
    }
    return judge(some);
  }

  Status judge(const std::vector<std::pair<NodeIndex, NodeIndex>>& pairs) {
    std::vector<NodeIndex> nodes;
    for (const auto& [a, b] : pairs) {
      nodes.push_back(a);
      nodes.push_back(b);
    }
    const std::vector<graph::Node> read = TRY(view_.read(nodes));
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      judge(read[2 * i], read[2 * i + 1], pairs_.at(pairs[i]));
    }
    return {};
  }

  void judge(const graph::Node& a, const graph::Node& b, const Ground& ground) {
    if (a.kind != "Initiative" || b.kind != "Initiative") return;
    std::vector<Evidence> evidence;
    const auto add = [&](bool holds, std::string_view name, double weight) {
      if (holds) evidence.push_back({std::string(name), weight});
    };
    const NameForm title_a = name_form(a.text("title"));
    const NameForm title_b = name_form(b.text("title"));
    const bool same_title = !title_a.empty() && title_a.key == title_b.key;
    const bool like_title = same_title || likeness(title_a.whole, title_b.whole) >= kTitlesAlike;
    const std::string start_a = date_in(a, "start", "start_planned");
    const std::string start_b = date_in(b, "start", "start_planned");
    const std::string end_a = date_in(a, "end", "end_planned");
    const std::string end_b = date_in(b, "end", "end_planned");
    const bool same_start = !start_a.empty() && start_a == start_b;
    const bool apart = (!end_a.empty() && !start_b.empty() && end_a < start_b) ||
                       (!end_b.empty() && !start_a.empty() && end_b < start_a);
    add(ground.identifier, "other identifier", 0.9);
    add(ground.third_party, "report of a third party", 0.9);
    add(same_title, "same title", 0.45);
    add(!same_title && like_title, "like title", 0.3);
    add(same_start, "same start", 0.2);
    add(!end_a.empty() && end_a == end_b, "same end", 0.15);
    const double places = shared(a.index, b.index, "WORKS_IN", Direction::out);
    const double actors = shared(a.index, b.index, "TAKES_PART_IN", Direction::in);
    add(places > 0, "same places", 0.25 * places);
    add(places == 0, "other places", -0.5);
    add(actors > 0, "same participants", 0.5 * actors);
    add(actors == 0, "other participants", -0.3);
    add(apart, "never at one time", -0.6);
    add((ground.identifier || ground.third_party) && !like_title && !same_start,
        "neither title nor start alike", -0.35);
    const bool parts = related_as_parts(a.index, b.index);
    add(parts, "one is part of the other", -0.8);

    SameAs match{std::min(a.id, b.id), std::max(a.id, b.id), MatchState::none, 0, {}};
    const Judgement judgement{MatchState::none, score_of(evidence), std::move(evidence)};
    match.score = judgement.score;
    match.reason = judgement.reason();
    const bool linked = ground.identifier || ground.third_party;
    if (linked && !apart && !parts && (like_title || same_start)) {
      match.state = MatchState::accepted;
    } else if (match.score >= kSuggestedFrom &&
               (linked || (places != 0 && (actors > 0 || places > 0)))) {
      match.state = MatchState::suggested;
    }
    if (match.state != MatchState::none) found_.matches.push_back(std::move(match));
  }

  /// The part of the neighbours of the one with fewer that the other has too; -1 where either has
  /// none, so that nothing is known.
  double shared(NodeIndex a, NodeIndex b, std::string_view relation_name,
                Direction direction) const {
    const graph::Relation relation = view_.name(relation_name);
    if (relation == graph::kNoName) return -1;
    std::array<std::set<NodeIndex>, 2> ends;
    const std::array<NodeIndex, 2> both{a, b};
    view_.walk(both, relation, direction, [&](std::size_t position, const graph::Adjacent& edge) {
      ends[position].insert(edge.node);
    });
    const std::size_t fewer = std::min(ends[0].size(), ends[1].size());
    if (fewer == 0) return -1;
    const auto common = std::count_if(ends[0].begin(), ends[0].end(),
                                      [&](NodeIndex end) { return ends[1].contains(end); });
    return static_cast<double>(common) / static_cast<double>(fewer);
  }

  /// Parent and child, or siblings: parts of one programme, which often bear its title.
  bool related_as_parts(NodeIndex a, NodeIndex b) const {
    const graph::Relation related = view_.name("RELATED_TO");
    if (related == graph::kNoName) return false;
    bool parts = false;
    const std::array<NodeIndex, 2> both{a, b};
    view_.walk(both, related, Direction::out,
               [&](std::size_t position, const graph::Adjacent& edge) {
                 const std::string_view type = view_.text(edge.qualifier);
                 const bool is_part = type == "parent" || type == "child" || type == "sibling";
                 if (is_part && edge.node == both[1 - position]) parts = true;
               });
    return parts;
  }

  const graph::View& view_;
  InitiativesFound found_;
  std::vector<Brief> briefs_;
  std::vector<Link> links_;
  std::map<std::pair<NodeIndex, NodeIndex>, Ground> pairs_;
};

}  // namespace

Result<InitiativesFound> match_initiatives(const graph::View& view) {
  return InitiativeMatcher(view).go();
}

}  // namespace mangrove::ingest
