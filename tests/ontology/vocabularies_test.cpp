// That the shipped vocabularies are complete: nothing missing that people look for, in any of their
// languages.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ontology/ontology.h"
#include "ontology/turtle.h"

namespace mangrove::ontology {
namespace {

constexpr std::string_view kId = "urn:mangrove:id:";
constexpr std::string_view kOurs = "urn:mangrove:ns:";
constexpr std::array<std::string_view, 3> kLanguages{"en", "fr", "es"};

/// What the files say about one node: `level` -> texts, `BEARS_ON` -> ids.
struct Concept {
  std::string kind;
  std::map<std::string, std::vector<Term>, std::less<>> said;

  const std::vector<Term>& all(std::string_view name) const {
    static const std::vector<Term> kNothing;
    const auto found = said.find(name);
    return found == said.end() ? kNothing : found->second;
  }
  std::size_t in(std::string_view name, std::string_view language) const {
    const std::vector<Term>& texts = all(name);
    return static_cast<std::size_t>(std::ranges::count_if(
        texts, [&](const Term& each) { return each.language == language && !each.text.empty(); }));
  }
  std::string one(std::string_view name) const {
    const std::vector<Term>& texts = all(name);
    return texts.size() == 1 ? texts.front().text : "";
  }
};

std::string local(std::string_view iri) {
  for (const std::string_view base : {kId, kOurs}) {
    if (iri.starts_with(base)) return std::string(iri.substr(base.size()));
  }
  return std::string(iri.substr(iri.find_last_of("#/") + 1));
}

using Concepts = std::map<std::string, Concept>;

struct Shipped {
  Concepts concepts;
  Concepts edges;  ///< Those with properties, by a number of our own.
};

const Shipped& shipped() {
  static const Shipped kShipped = [] {
    Shipped found;
    const Result<Ontology> loaded = Ontology::load();
    for (const DataFile& file : loaded.value().vocabularies()) {
      const Status read = read_turtle(file.bytes, file.name, [&](const Triple& triple) -> Status {
        const std::string subject = triple.subject.type == Term::Type::blank
                                        ? std::string(file.name) + triple.subject.text
                                        : local(triple.subject.text);
        Concepts& side = triple.subject.type == Term::Type::blank ? found.edges : found.concepts;
        Term object = triple.object;
        if (object.type == Term::Type::iri) object.text = local(object.text);
        if (object.type == Term::Type::blank) object.text.insert(0, file.name);
        const std::string name = local(triple.predicate);
        if (name == "type") {
          side[subject].kind = object.text;
        } else {
          side[subject].said[name].push_back(std::move(object));
        }
        return {};
      });
      EXPECT_TRUE(read.ok()) << read.error().message;
    }
    return found;
  }();
  return kShipped;
}

Concepts of_kind(const std::set<std::string_view>& kinds) {
  Concepts some;
  for (const auto& [id, node] : shipped().concepts) {
    if (kinds.contains(node.kind)) some.emplace(id, node);
  }
  return some;
}

const std::set<std::string_view> kCatalogue{"Goal", "Target", "Indicator"};
const std::set<std::string_view> kOwn{
    "ActorType",        "Determinant",   "EvidenceGrade", "Form", "Group",    "InfluenceScore",
    "InterventionType", "ResponsePoint", "Stage",         "Term", "TopicArea"};
const std::set<std::string_view> kLookedFor{"Goal",  "Target", "Determinant", "InterventionType",
                                            "Group", "Form",   "Stage",       "ResponsePoint"};

TEST(Vocabularies, HaveAsManyNodesOfAKindAsTheFieldHas) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [id, node] : shipped().concepts) ++counts[node.kind];
  const std::map<std::string, std::size_t> expected{
      {"Goal", 17},          {"Target", 169}, {"Indicator", 232},   {"Determinant", 76},
      {"TopicArea", 14},     {"Stage", 5},    {"ResponsePoint", 5}, {"InterventionType", 30},
      {"Group", 28},         {"Form", 15},    {"ActorType", 26},    {"EvidenceGrade", 5},
      {"InfluenceScore", 7},
  };
  for (const auto& [kind, count] : expected) EXPECT_EQ(counts[kind], count) << kind;
}

TEST(Vocabularies, GiveEveryGoalItsTargets) {
  constexpr std::array<std::size_t, 17> kTargets{7,  8,  13, 10, 9,  8,  5,  12, 8,
                                                 10, 10, 11, 5,  10, 12, 12, 19};
  std::map<std::string, std::size_t> counts;
  for (const auto& [id, target] : of_kind({"Target"})) {
    const std::string goal = target.one("PART_OF");
    EXPECT_EQ(id.substr(0, id.find('.')), goal) << id;
    EXPECT_EQ("sdg:" + target.one("notation"), id);
    ++counts[goal];
  }
  for (std::size_t goal = 1; goal <= kTargets.size(); ++goal) {
    EXPECT_EQ(counts["sdg:" + std::to_string(goal)], kTargets[goal - 1]) << goal;
  }
}

TEST(Vocabularies, TellWhatCurrenciesWereWorthOnceForEachYear) {
  const Concepts currencies = of_kind({"Currency"});
  for (const auto& [id, currency] : currencies) {
    const std::string code = currency.one("notation");
    EXPECT_EQ("currency:" + code, id);
    for (const std::string_view language : kLanguages) {
      EXPECT_EQ(currency.in("prefLabel", language), 1u) << id;
    }
    std::set<std::string> years;
    for (const Term& rate : currency.all("per_dollar")) {
      ASSERT_EQ(rate.text.find(' '), 4u) << id << " " << rate.text;
      EXPECT_GT(std::stod(rate.text.substr(5)), 0) << id << " " << rate.text;
      EXPECT_TRUE(years.insert(rate.text.substr(0, 4)).second) << id << " " << rate.text;
    }
    EXPECT_EQ(years.empty(), code == "USD") << id;
    if (years.empty()) continue;  // From its first to its last year without a gap.
    const int span = std::stoi(*years.rbegin()) - std::stoi(*years.begin()) + 1;
    EXPECT_EQ(static_cast<std::size_t>(span), years.size()) << id;
  }
  for (const char* const code : {"EUR", "GBP", "CAD", "AUD", "SEK", "NOK", "DKK", "CHF", "JPY",
                                 "GHS", "KES", "UGX", "INR", "BDT", "NPR", "XOF", "BRL"}) {
    EXPECT_TRUE(currencies.contains("currency:" + std::string(code))) << code;
  }
}

TEST(Vocabularies, NameEveryIndicatorOnceAndAllItsPlaces) {
  std::set<std::string> codes;
  std::size_t places = 0;
  std::size_t shared = 0;
  for (const auto& [id, indicator] : of_kind({"Indicator"})) {
    std::set<std::string> own{indicator.one("notation")};
    EXPECT_EQ("sdg:" + *own.begin(), id);
    for (const Term& code : indicator.all("also_coded")) own.insert(code.text);
    std::set<std::string> from_codes;
    for (const std::string& code : own) {
      EXPECT_TRUE(codes.insert(code).second) << code;
      from_codes.insert("sdg:" + code.substr(0, code.rfind('.')));
    }
    std::set<std::string> targets;
    for (const Term& target : indicator.all("MEASURES")) targets.insert(target.text);
    EXPECT_EQ(targets, from_codes) << id;
    places += own.size();
    shared += own.size() > 1 ? 1 : 0;

    const std::string custodian = indicator.one("custodian_status");
    EXPECT_TRUE(custodian == "confirmed" || custodian == "unverified") << id;
    EXPECT_TRUE(custodian == "unverified" || !indicator.all("custodian").empty()) << id;
    EXPECT_FALSE(indicator.all("tier").empty()) << id;
  }
  EXPECT_EQ(places, 244U);
  EXPECT_EQ(shared, 9U);
}

TEST(Vocabularies, SayWhichWayTheMeasuresNearSlaveryGetBetter) {
  std::map<std::string, std::string> better;
  for (const auto& [id, indicator] : of_kind({"Indicator"})) {
    const std::string direction = indicator.one("better");
    if (!direction.empty()) better[id] = direction;
  }
  EXPECT_EQ(better.size(), 24U);
  EXPECT_EQ(better["sdg:8.7.1"], "down");
  EXPECT_EQ(better["sdg:16.2.2"], "ambiguous");
  EXPECT_EQ(better["sdg:16.9.1"], "up");
}

TEST(Vocabularies, SpeakThreeLanguagesAndSayHowSureTheyAre) {
  const std::set<std::string_view> statuses{"confirmed", "proposed", "unverified"};
  std::set<std::string_view> kinds = kOwn;
  kinds.insert(kCatalogue.begin(), kCatalogue.end());
  for (const auto& [id, node] : of_kind(kinds)) {
    EXPECT_TRUE(statuses.contains(node.one("status"))) << id;
    for (const std::string_view language : kLanguages) {
      EXPECT_EQ(node.in("prefLabel", language), 1U) << id << ' ' << language;
      EXPECT_EQ(node.in("definition", language), kOwn.contains(node.kind) ? 1U : 0U)
          << id << ' ' << language;
    }
  }
}

TEST(Vocabularies, CanBeFoundInTextsOfThreeLanguages) {
  constexpr std::size_t kEnough = 3;
  for (const auto& [id, node] : of_kind(kLookedFor)) {
    for (const std::string_view language : kLanguages) {
      EXPECT_GE(node.in("altLabel", language), kEnough) << id << ' ' << language;
    }
    std::set<std::string> texts;
    for (const Term& text : node.all("altLabel")) {
      EXPECT_TRUE(texts.insert(text.text + "@" + text.language).second) << id << ' ' << text.text;
    }
  }
}

TEST(Vocabularies, CanBeFoundInPortugueseAndArabicWhereSlaveryItselfIsMeant) {
  Concepts core = of_kind({"Form"});
  core["sdg:8.7"] = shipped().concepts.at("sdg:8.7");
  for (const auto& [id, node] : core) {
    EXPECT_GE(node.in("altLabel", "pt"), 3U) << id;
    EXPECT_GE(node.in("altLabel", "ar"), 3U) << id;
  }
}

TEST(Vocabularies, GiveEveryDeterminantALevelATopicAndTwoPoles) {
  std::map<std::string, std::size_t> levels;
  for (const auto& [id, determinant] : of_kind({"Determinant"})) {
    ++levels[determinant.one("level")];
    EXPECT_TRUE(determinant.one("PART_OF").starts_with("topic:")) << id;
    for (const std::string_view language : kLanguages) {
      EXPECT_EQ(determinant.in("risk_pole", language), 1U) << id << ' ' << language;
      EXPECT_EQ(determinant.in("protective_pole", language), 1U) << id << ' ' << language;
    }
  }
  EXPECT_EQ(levels,
            (std::map<std::string, std::size_t>{
                {"individual", 17}, {"household", 6}, {"community", 25}, {"structural", 28}}));
}

TEST(Vocabularies, ExplainEveryWordThatTheyUseAsAValue) {
  std::map<std::string, std::set<std::string>> explained;
  for (const auto& [id, term] : of_kind({"Term"})) {
    EXPECT_TRUE(explained[term.one("property")].insert(term.one("word")).second) << id;
  }
  for (const auto& [id, node] : shipped().concepts) {
    for (const std::string_view property :
         {"approach", "mechanism", "gsi", "standing", "tier", "better"}) {
      for (const Term& value : node.all(property)) {
        EXPECT_TRUE(explained[std::string(property)].contains(value.text))
            << id << ' ' << value.text;
      }
    }
  }
  EXPECT_EQ(explained["role"].size(), 13U);
}

TEST(Vocabularies, NeverPassOffAPlaceholderScoreAsEvidence) {
  std::set<std::string> scale;
  for (const auto& [id, score] : of_kind({"InfluenceScore"})) scale.insert(score.one("score"));
  EXPECT_EQ(scale, (std::set<std::string>{"-1", "-2", "-3", "0", "1", "2", "3"}));
  std::size_t scored = 0;
  std::size_t negative = 0;
  for (const auto& [id, edge] : shipped().edges) {
    if (edge.one("relation") != "INFLUENCES") continue;
    const std::string status = edge.one("status");
    EXPECT_TRUE(status == "proposed" || status == "unverified") << id;
    EXPECT_TRUE(edge.all("evidence").empty()) << id;
    const std::string score = edge.one("score");
    if (score.empty()) continue;
    EXPECT_TRUE(scale.contains(score)) << id;
    ++scored;
    if (score.starts_with('-')) {
      ++negative;
      EXPECT_EQ(status, "unverified") << id;
    }
  }
  EXPECT_EQ(scored, 45U);
  EXPECT_EQ(negative, 5U);
}

}  // namespace
}  // namespace mangrove::ontology
