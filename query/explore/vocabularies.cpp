#include "query/explore/vocabularies.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/base/text.h"
#include "query/reading.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;
using ontology::ArrangementInfo;
using ontology::VocabularyInfo;

constexpr std::string_view kInitiative = "Initiative";
constexpr std::string_view kTerm = "Term";
constexpr double kLast = std::numeric_limits<double>::infinity();

/// A concept with those who describe it.
struct Described {
  NodeIndex node;
  std::vector<std::string> sources;  ///< Sorted.
};

/// Of these nodes those that some source describes in a record of its own.
Result<std::vector<Described>> described(const Context& context, std::vector<NodeIndex> nodes) {
  if (!context.budget.read(nodes.size())) return context.budget.status().error();
  const auto records = TRY(context.view.records_about(nodes));
  std::vector<Described> all;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (records[i].empty()) continue;
    std::set<std::string> sources;
    for (const graph::Record& record : records[i]) sources.insert(record.source);
    all.push_back({nodes[i], {sources.begin(), sources.end()}});
  }
  return all;
}

/// All nodes of these kinds, in one go over the graph.
std::vector<NodeIndex> nodes_of_kinds(const Context& context,
                                      const std::vector<std::string>& names) {
  const graph::View& view = context.view;
  std::vector<graph::Kind> kinds;
  for (const std::string& name : names) kinds.push_back(view.name(name));
  std::vector<NodeIndex> nodes;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
    const NodeIndex node{i};
    if (!view.exists(node)) continue;
    if (std::find(kinds.begin(), kinds.end(), view.kind(node)) != kinds.end()) {
      nodes.push_back(node);
    }
  }
  context.budget.step(view.node_limit());
  return nodes;
}

Result<std::vector<VocabularySource>> sources_of(const Context& context,
                                                 const std::set<std::string>& ids) {
  Reading reading(context);
  for (const std::string& id : ids) {
    if (const auto node = context.view.find(id)) reading.want_whole(*node);
  }
  TRY(reading.load());
  std::vector<VocabularySource> sources;
  for (const std::string& id : ids) {
    VocabularySource& source = sources.emplace_back();
    source.id = id;
    source.name = id;
    const auto node = context.view.find(id);
    if (!node) continue;
    source.name = reading.name(*node);
    source.version = reading.node(*node).text("version");
    source.licence = reading.node(*node).text("licence");
  }
  return sources;
}

std::string_view kind_name(const Context& context, NodeIndex node) {
  return context.view.text(context.view.kind(node));
}

bool contains(const std::vector<std::string>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

/// The texts of all values of a property.
std::vector<std::string> values_of(const graph::Node& node, std::string_view property) {
  std::vector<std::string> values;
  for (const graph::StatedProperty& stated : node.properties) {
    if (stated.name != property) continue;
    std::string value = graph::to_string(stated.value);
    if (!contains(values, value)) values.push_back(std::move(value));
  }
  return values;
}

double number_of(const graph::Node& node, std::string_view property) {
  const graph::Value* value = property.empty() ? nullptr : node.find(property);
  if (value == nullptr) return kLast;
  if (const auto* whole = std::get_if<std::int64_t>(value)) return static_cast<double>(*whole);
  const auto* number = std::get_if<double>(value);
  return number == nullptr ? kLast : *number;
}

std::string code_of(const graph::Node& node) {
  const graph::Value* code = node.find("code");
  return code == nullptr ? std::string() : graph::to_string(*code);
}

std::string definition_of(const Context& context, const graph::Node& node) {
  // What an official file says of goals and sectors stands in properties of its own.
  for (const std::string_view property : {"definition", "official_description", "official"}) {
    const std::string_view text = node.text(property, context.language);
    if (!text.empty()) return std::string(text);
  }
  return {};
}

/// Takes the next run of digits, or the next other letter, off the front.
std::pair<bool, std::string_view> take_part(std::string_view& code) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t size = 0;
  while (size < code.size() && is_digit(code[size])) ++size;
  const bool number = size > 0;
  std::string_view part = code.substr(0, std::max<std::size_t>(size, 1));
  code.remove_prefix(part.size());
  while (number && part.size() > 1 && part[0] == '0') part.remove_prefix(1);
  return {number, part};
}

/// What a vocabulary is made of, in the order of its tree, and what is tied to it.
class VocabularyTeller {
 public:
  VocabularyTeller(const Context& context, const VocabularyInfo& info, const PreparedFilter& filter,
                   std::vector<Described> all)
      : context_(context),
        info_(info),
        filter_(filter),
        all_(std::move(all)),
        relations_(context),
        reading_(context) {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      nodes_.push_back(all_[i].node);
      places_.emplace(all_[i].node, i);
    }
  }

  Result<VocabularyAnswer> answer(const Page& page) {
    TRY(read());
    TRY(find_parents());
    lay_flat();
    TRY(find_initiatives());
    TRY(count_links());
    VocabularyAnswer answer{&info_, {}, arrangements(), order_.size(), {}};
    std::set<std::string> sources;
    for (const Described& each : all_) sources.insert(each.sources.begin(), each.sources.end());
    answer.sources = TRY(sources_of(context_, sources));
    const std::size_t from = std::min(page.offset, order_.size());
    const std::size_t to = std::min(from + page.limit, order_.size());
    for (std::size_t i = from; i < to; ++i) answer.items.push_back(concept_at(order_[i]));
    return answer;
  }

 private:
  using Place = std::size_t;  ///< Of a concept in `all_`.

  /// What a concept is ordered by among those of one parent.
  struct Rank {
    std::size_t kind;
    double order;
    std::string code;
    std::string name;
    std::string_view id;
  };
  struct Tied {
    NodeIndex initiative;
    bool reported;

    bool operator<(const Tied& other) const {
      // The reported one first, so that it is the one that stays.
      return std::tuple(initiative, other.reported) < std::tuple(other.initiative, reported);
    }
  };

  Status read() {
    for (const NodeIndex node : nodes_) reading_.want_whole(node);
    const bool has_words = std::any_of(info_.arrangements.begin(), info_.arrangements.end(),
                                       [](const auto& each) { return !each.property.empty(); });
    if (has_words) terms_ = nodes_of_kinds(context_, {std::string(kTerm)});
    for (const NodeIndex term : terms_) reading_.want_whole(term);
    return reading_.load();
  }

  std::optional<Place> place_of(NodeIndex node) const {
    const auto found = places_.find(node);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }

  Status find_parents() {
    parents_.resize(all_.size());
    const PreparedFilter whole = TRY(PreparedFilter::prepare(context_, {}));
    for (const std::string& name : info_.parent_relations) {
      const KnownRelation* const known = relations_.find(name);
      if (known == nullptr) continue;
      TRY(walk_once(context_, whole, nodes_, known->relation, Direction::out,
                    [&](Place child, NodeIndex node) {
                      const auto parent = place_of(node);
                      if (parent && *parent != child) parents_[child].push_back(*parent);
                    }));
    }
    for (Place child = 0; child < all_.size() && !info_.parent_property.empty(); ++child) {
      const std::string_view id = context_.view.id(nodes_[child]);
      const std::string scheme(id.substr(0, id.rfind(':') + 1));
      for (const std::string& value :
           values_of(reading_.node(nodes_[child]), info_.parent_property)) {
        const auto node = context_.view.find(scheme + value);
        const auto parent = node ? place_of(*node) : std::nullopt;
        if (parent && *parent != child) parents_[child].push_back(*parent);
      }
    }
    return {};
  }

  Rank rank_of(Place place) const {
    const graph::Node& node = reading_.node(nodes_[place]);
    const auto kind = std::find(info_.kinds.begin(), info_.kinds.end(), node.kind);
    return {static_cast<std::size_t>(kind - info_.kinds.begin()),
            number_of(node, info_.order_property), code_of(node),
            folded(reading_.name(nodes_[place])), context_.view.id(nodes_[place])};
  }

  static bool stands_before(const Rank& a, const Rank& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    if (a.order != b.order) return a.order < b.order;
    if (a.code.empty() != b.code.empty()) return b.code.empty();
    if (is_code_before(a.code, b.code) || is_code_before(b.code, a.code)) {
      return is_code_before(a.code, b.code);
    }
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  }

  /// Puts concepts, and the parents of each, in the order of the tree.
  void lay_flat() {
    std::vector<Rank> ranks;
    for (Place place = 0; place < all_.size(); ++place) ranks.push_back(rank_of(place));
    const auto before = [&](Place a, Place b) { return stands_before(ranks[a], ranks[b]); };
    std::vector<Place> sorted(all_.size());
    for (Place place = 0; place < sorted.size(); ++place) sorted[place] = place;
    std::sort(sorted.begin(), sorted.end(), before);

    children_.resize(all_.size());
    for (const Place place : sorted) {
      auto& parents = parents_[place];
      std::sort(parents.begin(), parents.end(), before);
      parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
      for (const Place parent : parents) children_[parent].push_back(place);
    }
    depths_.assign(all_.size(), kNotYet);
    for (const Place place : sorted) {
      if (parents_[place].empty()) lay_below(place);
    }
    for (const Place place : sorted) lay_below(place);  // What is left runs in circles.
  }

  /// The concept and all below it that stand nowhere yet.
  void lay_below(Place root) {
    std::vector<std::pair<Place, std::size_t>> open{{root, 0}};
    while (!open.empty()) {
      const auto [place, depth] = open.back();
      open.pop_back();
      if (depths_[place] != kNotYet) continue;
      depths_[place] = depth;
      order_.push_back(place);
      for (auto child = children_[place].rbegin(); child != children_[place].rend(); ++child) {
        open.emplace_back(*child, depth + 1);
      }
    }
  }

  /// For each concept the initiatives that are tied to it, each once.
  Status find_initiatives() {
    tied_.resize(all_.size());
    const graph::Kind initiative = context_.view.name(kInitiative);
    for (const Ground& ground : common_ground(relations_)) {
      TRY(walk(context_, filter_, nodes_, ground.relation.relation, ground.back(),
               [&](Place place, const Adjacent& edge) {
                 if (context_.view.kind(edge.node) != initiative) return;
                 const bool reported = basis_of(context_, edge.qualifier) == Basis::reported;
                 tied_[place].push_back({edge.node, reported});
               }));
    }
    for (auto& tied : tied_) {
      std::sort(tied.begin(), tied.end());
      tied.erase(
          std::unique(tied.begin(), tied.end(),
                      [](const Tied& a, const Tied& b) { return a.initiative == b.initiative; }),
          tied.end());
    }
    return {};
  }

  InitiativeCounts counts_of(Place place) const {
    InitiativeCounts counts;
    counts.total = tied_[place].size();
    for (const Tied& each : tied_[place]) counts.reported += each.reported ? 1 : 0;
    counts.with_narrower = children_[place].empty() ? counts.total : tied_below(place);
    return counts;
  }

  std::uint64_t tied_below(Place root) const {
    Scratch<std::uint8_t> initiatives(context_.view.node_limit());
    std::vector<bool> met(all_.size());
    std::vector<Place> open{root};
    while (!open.empty()) {
      const Place place = open.back();
      open.pop_back();
      if (met[place]) continue;
      met[place] = true;
      for (const Tied& each : tied_[place]) initiatives.touch(each.initiative) = 1;
      open.insert(open.end(), children_[place].begin(), children_[place].end());
    }
    return initiatives.touched().size();
  }

  Status count_links() {
    links_.resize(all_.size());
    for (const KnownRelation& known : relations_.all()) {
      if (known.info != nullptr && known.info->connection) continue;
      const bool in_tree = contains(info_.parent_relations, known.name);
      for (const Direction direction : {Direction::in, Direction::out}) {
        TRY(walk_once(context_, filter_, nodes_, known.relation, direction,
                      [&](Place place, NodeIndex node) {
                        if (in_tree && place_of(node)) return;
                        Degree& degree = links_[place][std::string(known.name)];
                        ++(direction == Direction::in ? degree.in : degree.out);
                      }));
      }
    }
    return {};
  }

  std::vector<std::string> values_in(const ArrangementInfo& arrangement, Place place) const {
    if (!arrangement.property.empty()) {
      return values_of(reading_.node(nodes_[place]), arrangement.property);
    }
    std::vector<std::string> values;
    for (const Place parent : parents_[place]) {
      if (kind_name(context_, nodes_[parent]) != arrangement.parent_kind) continue;
      values.emplace_back(context_.view.id(nodes_[parent]));
    }
    return values;
  }

  /// What a term says of this value of this property: its place and its name.
  std::pair<double, std::string> words_for(std::string_view property,
                                           const std::string& value) const {
    std::pair<double, std::string> words{kLast, value};
    std::string_view first;  // Of several terms, that with the first id.
    for (const NodeIndex node : terms_) {
      const graph::Node& term = reading_.node(node);
      if (!contains(values_of(term, "property"), property)) continue;
      if (!contains(values_of(term, "word"), value)) continue;
      if (!first.empty() && first < term.id) continue;
      first = term.id;
      words = {number_of(term, "order"), reading_.name(node)};
    }
    return words;
  }

  std::vector<Arrangement> arrangements() const {
    std::vector<Arrangement> all;
    for (const ArrangementInfo& info : info_.arrangements) {
      std::map<std::string, std::uint64_t> counts;
      for (Place place = 0; place < all_.size(); ++place) {
        for (const std::string& value : values_in(info, place)) ++counts[value];
      }
      all.push_back({&info, info.property.empty() ? parents_counted(info, counts)
                                                  : words_counted(info, counts)});
    }
    return all;
  }

  std::vector<ArrangementValue> words_counted(
      const ArrangementInfo& info, const std::map<std::string, std::uint64_t>& counts) const {
    std::vector<std::pair<double, ArrangementValue>> ordered;
    for (const auto& [value, concepts] : counts) {
      auto [order, label] = words_for(info.property, value);
      ordered.push_back({order, {value, std::move(label), concepts}});
    }
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<ArrangementValue> values;
    for (auto& [order, value] : ordered) values.push_back(std::move(value));
    return values;
  }

  /// Those without anything under them too: a gap is worth seeing.
  std::vector<ArrangementValue> parents_counted(
      const ArrangementInfo& info, const std::map<std::string, std::uint64_t>& counts) const {
    std::vector<ArrangementValue> values;
    for (const Place place : order_) {
      if (kind_name(context_, nodes_[place]) != info.parent_kind) continue;
      std::string id(context_.view.id(nodes_[place]));
      const auto found = counts.find(id);
      values.push_back(
          {std::move(id), reading_.name(nodes_[place]), found == counts.end() ? 0 : found->second});
    }
    return values;
  }

  Concept concept_at(Place place) const {
    const graph::Node& node = reading_.node(nodes_[place]);
    Concept row;
    row.node = brief_of(context_, node);
    row.code = code_of(node);
    row.definition = definition_of(context_, node);
    row.status = node.text("status");
    row.depth = depths_[place];
    for (const Place parent : parents_[place]) {
      row.parents.emplace_back(context_.view.id(nodes_[parent]));
    }
    for (const ArrangementInfo& info : info_.arrangements) {
      auto values = values_in(info, place);
      if (!values.empty()) row.arranged[info.name()] = std::move(values);
    }
    row.initiatives = counts_of(place);
    row.links = links_[place];
    row.sources = all_[place].sources;
    return row;
  }

  static constexpr std::size_t kNotYet = SIZE_MAX;

  const Context& context_;
  const VocabularyInfo& info_;
  const PreparedFilter& filter_;
  std::vector<Described> all_;
  Relations relations_;
  Reading reading_;
  std::vector<NodeIndex> nodes_;  // As `all_`; so the next ones.
  std::unordered_map<NodeIndex, Place> places_;
  std::vector<std::vector<Place>> parents_;
  std::vector<std::vector<Place>> children_;
  std::vector<std::size_t> depths_;
  std::vector<std::vector<Tied>> tied_;
  std::vector<std::map<std::string, Degree>> links_;
  std::vector<Place> order_;  // Of the tree.
  std::vector<NodeIndex> terms_;
};

}  // namespace

bool is_code_before(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const auto [a_number, a_part] = take_part(a);
    const auto [b_number, b_part] = take_part(b);
    if (a_number != b_number) return a_number;
    if (a_number && a_part.size() != b_part.size()) return a_part.size() < b_part.size();
    if (a_part != b_part) return a_part < b_part;
  }
  return a.empty() && !b.empty();
}

Result<std::vector<VocabularySummary>> vocabularies(const Context& context) {
  std::vector<std::string> kinds;
  for (const VocabularyInfo& info : context.schema.vocabularies()) {
    kinds.insert(kinds.end(), info.kinds.begin(), info.kinds.end());
  }
  const auto all = TRY(described(context, nodes_of_kinds(context, kinds)));
  std::vector<VocabularySummary> answer;
  for (const VocabularyInfo& info : context.schema.vocabularies()) {
    VocabularySummary& summary = answer.emplace_back(VocabularySummary{&info, 0, {}});
    std::set<std::string> sources;
    for (const Described& each : all) {
      if (!contains(info.kinds, kind_name(context, each.node))) continue;
      ++summary.concepts;
      sources.insert(each.sources.begin(), each.sources.end());
    }
    summary.sources = TRY(sources_of(context, sources));
  }
  return answer;
}

Result<VocabularyAnswer> vocabulary(const Context& context, const VocabularyQuestion& question) {
  const VocabularyInfo* const info = context.schema.vocabulary(question.name);
  if (info == nullptr) {
    std::string names;
    for (const VocabularyInfo& each : context.schema.vocabularies()) {
      names += (names.empty() ? "" : ", ") + each.name;
    }
    return Error{ErrorCode::not_found, "there is no vocabulary `" + question.name.substr(0, 200) +
                                           "`; there are: " + names};
  }
  const PreparedFilter filter = TRY(PreparedFilter::prepare(context, {.bases = question.bases}));
  auto all = TRY(described(context, nodes_of_kinds(context, info->kinds)));
  return VocabularyTeller(context, *info, filter, std::move(all)).answer(question.page);
}

}  // namespace mangrove::query
