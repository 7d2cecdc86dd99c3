#include "ingest/identity/actors.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "graph/base/text.h"
#include "ingest/identity/candidates.h"
#include "ingest/identity/score.h"

namespace mangrove::ingest {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::size_t kReadAtOnce = 5000;
constexpr std::string_view kReferenceScheme = "org:";
constexpr std::string_view kNameScheme = "org:name:";
/// So many unalike names under one id, and it is no name for one body.
constexpr std::size_t kUnalikeNames = 6;
/// Two bodies under one id have each been named so by a source of its own.
constexpr double kAlike = 0.3;
/// Beyond so many initiatives, nobody looks whether two bodies meet in one.
constexpr std::uint32_t kInitiativesMax = 20'000;

/// One name as it is stated.
struct StatedName {
  graph::Text text;
  NameForm form;
  std::uint64_t count = 0;  // Without what identity itself states.
  bool own = false;
};

/// What was read of one actor.
struct Actor {
  Body body;
  std::vector<StatedName> names;
  bool named_by_us = false;
};

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (url.starts_with("www.")) url.remove_prefix(4);
  return std::string(url);
}

void add_reference(Body& body, std::string_view text, bool own) {
  NormalReference reference = normal_reference(text);
  if (reference.collective || is_no_identity(reference.text)) return;
  const bool known =
      std::any_of(body.references.begin(), body.references.end(),
                  [&](const BodyReference& each) { return each.reference.text == reference.text; });
  if (known) return;
  if (const std::string country = jurisdiction_of(reference.text); !country.empty()) {
    body.countries.insert(country);
  }
  body.references.push_back({std::move(reference), own});
}

/// Whether a source states two numbers of one register for it.
bool has_two_numbers(const Body& body) {
  for (const BodyReference& a : body.references) {
    for (const BodyReference& b : body.references) {
      if (a.reference.list == b.reference.list && a.reference.text != b.reference.text &&
          a.reference.identifies()) {
        return true;
      }
    }
  }
  return false;
}

Actor read_actor(const graph::Node& node) {
  Actor actor;
  Body& body = actor.body;
  body.id = node.id;
  body.node = node.index;
  const std::string_view id = node.id;
  if (id.starts_with(kReferenceScheme) && !id.starts_with(kNameScheme)) {
    add_reference(body, id.substr(kReferenceScheme.size()), true);
  }
  for (const graph::StatedProperty& property : node.properties) {
    const auto* text = std::get_if<graph::Text>(&property.value);
    if (text == nullptr) continue;
    if (property.name == "name" || property.name == "aliases") {
      const bool ours = std::find(property.sources.begin(), property.sources.end(),
                                  kIdentitySource) != property.sources.end();
      actor.named_by_us = actor.named_by_us || ours;
      if (ours && property.sources.size() == 1) continue;
      NameForm form = name_form(text->text);
      if (form.empty()) continue;
      if (body.names.size() < kNamesCompared) body.names.push_back(form);
      if (property.name == "name") {
        actor.names.push_back(
            {*text, std::move(form), property.count - (ours ? 1 : 0), property.own && !ours});
      }
    } else if (property.name == "identifiers") {
      add_reference(body, text->text, false);
    } else if (property.name == "type" && body.type.empty()) {
      body.type = text->text;
    } else if (property.name == "homepage" && body.host.empty()) {
      body.host = host_of(text->text);
    }
  }
  body.doubtful = has_two_numbers(body);
  return actor;
}

/// Reads what identity is settled by, and the countries in which actors are based.
Result<std::vector<Actor>> read_actors(const graph::View& view) {
  std::vector<Actor> actors;
  const graph::Kind kind = view.name("Actor");
  if (kind == graph::kNoName) return actors;
  const std::vector<NodeIndex> nodes = view.nodes_of_kind(kind);
  const graph::Relation based_in = view.name("BASED_IN");
  constexpr std::string_view kCountry = "place:";
  for (std::size_t at = 0; at < nodes.size(); at += kReadAtOnce) {
    const auto some = std::span(nodes).subspan(at, std::min(kReadAtOnce, nodes.size() - at));
    const std::size_t before = actors.size();
    for (const graph::Node& node : TRY(view.read(some))) actors.push_back(read_actor(node));
    view.walk(some, based_in, Direction::out,
              [&](std::size_t position, const graph::Adjacent& edge) {
                const std::string_view id = view.id(edge.node);
                if (id.size() == kCountry.size() + 2) {
                  actors[before + position].body.countries.emplace(id.substr(kCountry.size()));
                }
              });
  }
  std::sort(actors.begin(), actors.end(),
            [](const Actor& a, const Actor& b) { return a.body.id < b.body.id; });
  return actors;
}

/// Words of the names of countries, but for those that other names have too.
Result<ontology::WordSet> place_words(const graph::View& view) {
  static const ontology::WordSet kCommon{
      "united",  "states",   "republic",      "democratic", "islands",   "island",
      "new",     "central",  "people",        "peoples",    "of",        "and",
      "the",     "saint",    "south",         "north",      "west",      "east",
      "coast",   "kingdom",  "city",          "federation", "state",     "union",
      "minor",   "outlying", "plurinational", "bolivarian", "territory", "ocean",
      "african", "french",   "arab",          "sea",        "world",     "former"};
  ontology::WordSet words;
  const graph::Kind kind = view.name("Place");
  if (kind == graph::kNoName) return words;
  constexpr std::size_t kCountryId = 8;  // `place:GH`
  std::vector<NodeIndex> countries;
  for (const NodeIndex node : view.nodes_of_kind(kind)) {
    if (view.id(node).size() == kCountryId) countries.push_back(node);
  }
  for (const graph::Node& node : TRY(view.read(countries))) {
    for (const graph::StatedProperty& property : node.properties) {
      const auto* text = std::get_if<graph::Text>(&property.value);
      if (text == nullptr || (property.name != "name" && property.name != "label")) continue;
      constexpr std::size_t kWordMin = 4;
      for (const std::string& word : name_form(text->text).core) {
        if (word.size() >= kWordMin && !kCommon.contains(word)) words.insert(word);
      }
    }
  }
  return words;
}

/// Marks ids that stand for several bodies: names of them that have nothing in common.
void find_doubtful(std::vector<Actor>& actors, const BodyScore& score, ActorsFound& found) {
  for (Actor& actor : actors) {
    std::vector<NameForm>& names = actor.body.names;
    if (names.size() < 2 || actor.body.id.starts_with(kNameScheme)) continue;
    // Names that are like none before them.
    std::vector<const NameForm*> unalike;
    for (const NameForm& name : names) {
      const bool alone = std::all_of(unalike.begin(), unalike.end(), [&](const NameForm* other) {
        return score_of(score.compare(name, *other)) < kAlike &&
               !score.is_branch_of(name, *other) && !score.is_branch_of(*other, name);
      });
      if (alone) unalike.push_back(&name);
    }
    if (unalike.size() < 2) continue;
    std::string named;
    for (const StatedName& name : actor.names) {
      constexpr std::size_t kShown = 160;
      if (named.size() < kShown) named += (named.empty() ? "" : "; ") + name.text.text;
    }
    found.doubtful.push_back(actor.body.id + ": " + named);
    if (unalike.size() >= kUnalikeNames || unalike.size() * 2 > names.size()) {
      actor.body.doubtful = true;
    }
    // With so many names, what it is called most is what it is compared by.
    constexpr std::size_t kStrayFrom = 3;
    if (unalike.size() < kStrayFrom) continue;
    const NameForm main = names.front();
    std::erase_if(names, [&](const NameForm& name) {
      return name.key != main.key && score_of(score.compare(name, main)) < kAlike &&
             !score.is_branch_of(name, main);
    });
  }
}

/// The name to show where branches are named as often as the whole: see `ChosenName`.
std::optional<ChosenName> choose_name(const Actor& actor, const BodyScore& score,
                                      const ontology::WordSet& places) {
  const std::vector<StatedName>& names = actor.names;
  const bool registered =
      std::any_of(names.begin(), names.end(), [](const StatedName& each) { return each.own; });
  if (names.size() < 2 || registered) return std::nullopt;
  const auto extra_tells = [&](const NameForm& branch, const NameForm& whole) {
    return std::any_of(branch.core.begin(), branch.core.end(), [&](const std::string& word) {
      if (std::find(whole.core.begin(), whole.core.end(), word) != whole.core.end()) return false;
      const ontology::IdentityRules& rules = ontology::identity_rules();
      return places.contains(word) || rules.has(ontology::NameUse::branch, word) ||
             rules.has(ontology::NameUse::unit, word);
    });
  };
  const auto extensions = [&](const StatedName& whole) {
    return std::count_if(names.begin(), names.end(), [&](const StatedName& each) {
      return score.is_branch_of(each.form, whole.form);
    });
  };
  const auto is_branch = [&](const StatedName& name) {
    return std::any_of(names.begin(), names.end(), [&](const StatedName& whole) {
      return whole.form.core.size() >= 2 && score.is_branch_of(name.form, whole.form) &&
             (extra_tells(name.form, whole.form) || extensions(whole) >= 2);
    });
  };
  const StatedName* best = nullptr;
  std::uint64_t most_of_branches = 0;
  for (const StatedName& name : names) {
    if (is_branch(name)) {
      most_of_branches = std::max(most_of_branches, name.count);
    } else if (best == nullptr || name.count > best->count ||
               (name.count == best->count && name.text < best->text)) {
      best = &name;
    }
  }
  if (best == nullptr || most_of_branches < best->count || most_of_branches == 0) {
    return std::nullopt;
  }
  return ChosenName{actor.body.id, best->text.text, best->text.language};
}

/// In how many initiatives both take part, as far as that is quickly told.
class Together {
 public:
  explicit Together(const graph::View& view) : view_(view), relation_(view.name("TAKES_PART_IN")) {}

  std::uint32_t operator()(NodeIndex a, NodeIndex b) {
    if (relation_ == graph::kNoName) return 0;
    const std::vector<NodeIndex>& of_a = initiatives(a);
    if (of_a.empty()) return 0;
    const std::vector<NodeIndex>& of_b = initiatives(b);
    std::uint32_t common = 0;
    for (auto x = of_a.begin(), y = of_b.begin(); x != of_a.end() && y != of_b.end();) {
      if (*x == *y) ++common;
      if (*x < *y) {
        ++x;
      } else {
        ++y;
      }
    }
    return common;
  }

 private:
  const std::vector<NodeIndex>& initiatives(NodeIndex actor) {
    const auto [place, is_new] = known_.try_emplace(actor.value);
    if (!is_new) return place->second;
    std::vector<NodeIndex>& all = place->second;
    view_.walk(std::span(&actor, 1), relation_, Direction::out,
               [&](std::size_t, const graph::Adjacent& edge) {
                 if (all.size() < kInitiativesMax) all.push_back(edge.node);
               });
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (all.size() >= kInitiativesMax) all.clear();
    return all;
  }

  const graph::View& view_;
  graph::Relation relation_;
  std::map<std::uint32_t, std::vector<NodeIndex>> known_;
};

}  // namespace

Result<ActorsFound> match_actors(const graph::View& view) {
  ActorsFound found;
  std::vector<Actor> actors = TRY(read_actors(view));
  found.bodies = actors.size();
  const ontology::WordSet places = TRY(place_words(view));
  std::vector<Body> bodies;
  bodies.reserve(actors.size());
  for (const Actor& actor : actors) bodies.push_back(actor.body);
  find_doubtful(actors, BodyScore(bodies, places), found);
  for (std::size_t i = 0; i < actors.size(); ++i) {
    bodies[i].doubtful = actors[i].body.doubtful;
    bodies[i].names = actors[i].body.names;
  }
  const BodyScore score(bodies, places);
  for (const Actor& actor : actors) {
    if (auto name = choose_name(actor, score, places)) found.names.push_back(*std::move(name));
  }
  Together together(view);
  const std::vector<CandidatePair> pairs = candidate_pairs(bodies);
  found.pairs = pairs.size();
  for (const auto& [first, second] : pairs) {
    const Body& a = bodies[first];
    const Body& b = bodies[second];
    Judgement judgement = score.judge(a, b, 0);
    if (judgement.state == MatchState::none) continue;
    if (const std::uint32_t common = together(a.node, b.node); common > 0) {
      judgement = score.judge(a, b, common);
      if (judgement.state == MatchState::none) continue;
    }
    found.matches.push_back({a.id, b.id, judgement.state, judgement.score, judgement.reason()});
  }
  return found;
}

}  // namespace mangrove::ingest
