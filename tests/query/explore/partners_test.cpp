#include "query/explore/partners.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;
using test::show;

TEST(Partners, AreAlikeWhereTheyWorkOnTheSameTargetInTheSamePlace) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> clinic -CONTRIBUTES_TO-> sdg:8.7   clinic -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> school -CONTRIBUTES_TO-> sdg:8.7   school -WORKS_IN-> place:GH
      org:c -TAKES_PART_IN/funding-> market -CONTRIBUTES_TO-> sdg:8.7   market -WORKS_IN-> place:NP
  )");
  EXPECT_EQ(show(partners(graph.context(), {.id = "org:a"})), "org:b   alike   why: sdg:8.7\n");
}

TEST(Partners, DoNotKnowEachOtherYet) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> clinic -CONTRIBUTES_TO-> sdg:8.7   clinic -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> school -CONTRIBUTES_TO-> sdg:8.7   school -WORKS_IN-> place:GH
      org:c -TAKES_PART_IN/funding-> school
      org:d -TAKES_PART_IN/funding-> school   org:d -TAKES_PART_IN/funding-> clinic
      org:b -MEMBER_OF-> org:a
  )");
  EXPECT_EQ(show(partners(graph.context(), {.id = "org:a"})), "org:c   alike   why: sdg:8.7\n");
}

TEST(Partners, AreComplementaryWhereTheyBringWhatTheAskerLacks) {
  const auto graph = draw(R"(
      org:a{name=Danida}  org:b{name=Free the Slaves}  place:GH{name=Ghana}
      sdg:8.7{code=8.7, label=End forced labour}  int:legal{label=Legal aid}
      org:a -TAKES_PART_IN/funding-> clinic -CONTRIBUTES_TO-> sdg:8.7   clinic -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> court -CONTRIBUTES_TO-> sdg:8.7    court -WORKS_IN-> place:GH
      clinic -USES-> int:health   court -USES-> int:health   court -USES-> int:legal
  )");
  const auto answer = partners(graph.context(), {.id = "org:a"});
  EXPECT_EQ(show(answer), "org:b   complementary   why: int:legal sdg:8.7\n");
  EXPECT_EQ(answer.value().items[0].reading,
            "Both work on 8.7 in Ghana; Free the Slaves also uses Legal aid, which Danida does "
            "not.");
  EXPECT_EQ(answer.value().items[0].why[1].text,
            "Both work on 8.7 (End forced labour) in Ghana (2 initiatives in all).");
  EXPECT_EQ(answer.value().items[0].why[0].text,
            "On the same ground it uses Legal aid, which Danida does not.");
}

TEST(Partners, OfAnotherTypeAreComplementaryOnCommonGround) {
  const auto graph = draw(R"(
      org:a{type=Government}  org:b{type=NGO}
      org:a -TAKES_PART_IN/funding-> clinic -ADDRESSES-> det:debt   clinic -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> court -ADDRESSES-> det:debt    court -WORKS_IN-> place:GH
  )");
  const auto answer = partners(graph.context(), {.id = "org:a"});
  EXPECT_EQ(show(answer), "org:b   complementary   why: det:debt org:b\n");
  EXPECT_EQ(answer.value().items[0].why[1].text, "It is of another type: NGO.");
  EXPECT_EQ(answer.value().items[0].why[1].weight, kOtherActorType);
}

TEST(Partners, AreIntroducedThroughTheShortestChain) {
  const auto graph = draw(R"(
      org:a{name=A} org:b{name=B} org:m{name=M} clinic{title=Clinic} tent{title=Tent}
      org:a -TAKES_PART_IN/funding-> clinic -CONTRIBUTES_TO-> sdg:8.7   clinic -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> court -CONTRIBUTES_TO-> sdg:8.7    court -WORKS_IN-> place:GH
      org:m -TAKES_PART_IN/funding-> tent   org:a -TAKES_PART_IN/implementing-> tent
      org:m -FUNDS/2020-> org:b
  )");
  const auto answer = partners(graph.context(), {.id = "org:a"});
  ASSERT_EQ(answer.value().items.size(), 1);
  const auto& introduction = answer.value().items[0].introduction;
  ASSERT_TRUE(introduction);
  ASSERT_EQ(introduction->steps.size(), 3);
  EXPECT_EQ(introduction->steps[0].text, "A takes part in Tent (implementing).");
  EXPECT_EQ(introduction->steps[1].text, "M takes part in Tent (funding).");
  EXPECT_EQ(introduction->steps[2].text, "M funds B (2020).");
}

TEST(Partners, WithoutAChainHaveNoIntroduction) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> clinic -SERVES-> group:children
      org:b -TAKES_PART_IN/funding-> school -SERVES-> group:children
  )");
  const auto answer = partners(graph.context(), {.id = "org:a"});
  EXPECT_EQ(show(answer), "org:b   alike   why: group:children\n");
  EXPECT_FALSE(answer.value().items[0].introduction);
}

TEST(Partners, OfAnActorWithoutInitiativesAreNone) {
  const auto graph = draw("org:a -FUNDS-> org:b -TAKES_PART_IN/funding-> clinic");
  EXPECT_EQ(show(partners(graph.context(), {.id = "org:a"})), "");
  EXPECT_EQ(
      show(partners(graph.context(), {.id = "init:clinic"})),
      "error not_found: there is no Actor `init:clinic`; init:clinic is of kind Initiative\n");
}

TEST(Partners, ActAtTheNextPointForTheSameGroupInTheSamePlace) {
  const auto graph = draw(R"(
      response:1{order=1, label=Prevention}  response:2{order=2, label=Rescue}
      org:a{name=A}  group:c{label=Children}  place:GH{name=Ghana}  org:b{name=B}
      org:a -TAKES_PART_IN/funding-> school -SERVES-> group:c   school -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> rescue -SERVES-> group:c   rescue -WORKS_IN-> place:GH
      org:c -TAKES_PART_IN/funding-> other -SERVES-> group:c    other -WORKS_IN-> place:NP
      school -ACTS_AT-> response:1   rescue -ACTS_AT-> response:2   other -ACTS_AT-> response:2
  )");
  const auto answer = partners(graph.context(), {.id = "org:a"});
  ASSERT_EQ(answer.value().items.size(), 2);
  const Partner& next = answer.value().items[0];
  EXPECT_EQ(next.node.id, "org:b");
  EXPECT_EQ(next.type, PartnerType::complementary);
  EXPECT_EQ(std::count_if(next.why.begin(), next.why.end(),
                          [](const Reason& reason) {
                            return reason.text ==
                                   "It acts at the point Rescue in Ghana for Children, right after "
                                   "Prevention, where A acts (1 initiative in all).";
                          }),
            1);
  EXPECT_EQ(answer.value().items[1].type, PartnerType::alike) << "in another place it is no next";
}

TEST(Partners, WorkUpstreamOfWhatTheAskerWorksOn) {
  const auto graph = draw(R"(
      det:debt{label=Debt}  det:law{label=Weak law}  org:a{name=A}  place:GH{name=Ghana}  org:b{name=B}
      det:law -INFLUENCES-> det:debt
      org:a -TAKES_PART_IN/funding-> loans -ADDRESSES-> det:debt   loans -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> court -ADDRESSES-> det:law    court -WORKS_IN-> place:GH
      org:c -TAKES_PART_IN/funding-> bench -ADDRESSES-> det:law    bench -WORKS_IN-> place:NP
  )");
  const auto answer = partners(graph.context(), {.id = "org:a"});
  EXPECT_EQ(show(answer), "org:b   complementary   why: det:law\n");
  EXPECT_EQ(answer.value().items[0].reading,
            "B works on Weak law in Ghana, on which Debt depends, which A works on.");
  EXPECT_EQ(show(partners(graph.context(), {.id = "org:b"})), "") << "debt is downstream of law";
}

TEST(Partners, OfAnInitiativeBringWhatNobodyInItIs) {
  const auto graph = draw(R"(
      org:a{type=Government}  org:b{type=NGO}  org:c{type=Academic}  org:d{type=NGO}
      org:a -TAKES_PART_IN/funding-> clinic -ADDRESSES-> det:debt   clinic -WORKS_IN-> place:GH
      org:d -TAKES_PART_IN/funding-> clinic
      org:b -TAKES_PART_IN/funding-> court -ADDRESSES-> det:debt    court -WORKS_IN-> place:GH
      org:c -TAKES_PART_IN/funding-> study -ADDRESSES-> det:debt    study -WORKS_IN-> place:GH
      org:a -TAKES_PART_IN/funding-> far -ADDRESSES-> det:law       far -WORKS_IN-> place:NP
      org:e -TAKES_PART_IN/funding-> near -ADDRESSES-> det:law      near -WORKS_IN-> place:NP
  )");
  const auto answer = partners(graph.context(), {.id = "clinic", .of_initiative = true});
  EXPECT_EQ(show(answer),
            "org:c   complementary   why: det:debt org:c\n"
            "org:b   alike   why: det:debt\n")
      << "an NGO is in it already; what a partner does elsewhere is no ground of the initiative";
  EXPECT_EQ(answer.value().of.id, "init:clinic");
  EXPECT_FALSE(partners(graph.context(), {.id = "org:a", .of_initiative = true}).ok());
}

TEST(Partners, ComeFromInitiativesThatTheFilterAdmits) {
  const auto graph = draw(R"(
      clinic{start=2018, status=implementation}  court{start=2001, end=2004, status=closed}
      school{start=2019, status=implementation}
      org:a -TAKES_PART_IN/funding-> clinic -ADDRESSES-> det:debt   clinic -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> court -ADDRESSES-> det:debt    court -WORKS_IN-> place:GH
      org:c -TAKES_PART_IN/funding-> school -ADDRESSES-> det:debt   school -WORKS_IN-> place:GH
  )");
  EXPECT_EQ(show(partners(graph.context(), {.id = "org:a", .filter = {.from = 2015}})),
            "org:c   alike   why: det:debt\n");
  EXPECT_EQ(
      show(partners(graph.context(), {.id = "org:a", .filter = {.status = "implementation"}})),
      "org:c   alike   why: det:debt\n");
}

TEST(Partners, AreTwoListsWhereAskedFor) {
  const auto graph = draw(R"(
      org:a{type=Government}  org:b{type=NGO}  org:c{type=Government}
      org:a -TAKES_PART_IN/funding-> clinic -ADDRESSES-> det:debt   clinic -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> court -ADDRESSES-> det:debt    court -WORKS_IN-> place:GH
      org:c -TAKES_PART_IN/funding-> court
  )");
  const auto ask = [&](PartnerType type) {
    return partners(graph.context(), {.id = "org:a", .type = type, .page = {1, 0}}).value();
  };
  const PartnersAnswer alike = ask(PartnerType::alike);
  ASSERT_EQ(alike.items.size(), 1);
  EXPECT_EQ(alike.items[0].node.id, "org:c");
  EXPECT_EQ(alike.total, 1);
  EXPECT_EQ(alike.totals->complementary, 1);
  EXPECT_EQ(ask(PartnerType::complementary).items[0].node.id, "org:b");
  EXPECT_FALSE(partners(graph.context(), {.id = "org:a"}).value().totals);
}

TEST(Partners, AreToldWhatSpeaksAgainstThem) {
  const auto graph = draw(R"(
      place:accra -WITHIN-> place:GH  org:a{name=A}  org:b{status=unverified}
      old{start=2001, end=2005}  new{start=2015}
      org:a -TAKES_PART_IN/funding-> new -ADDRESSES/text-> det:debt  new -WORKS_IN-> place:accra
      new -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> old -ADDRESSES/reported-> det:debt  old -WORKS_IN-> place:GH
      org:c -TAKES_PART_IN/funding-> sure -SERVES/reported-> group:c
      org:a -TAKES_PART_IN/funding-> new -SERVES/reported-> group:c
      org:m -MEMBER_OF-> org:c  org:m -MEMBER_OF-> org:a
  )");
  const auto answer = partners(graph.context(), {.id = "org:a"}).value();
  ASSERT_EQ(answer.items.size(), 2);
  for (const Partner& partner : answer.items) {
    if (partner.node.id == "org:c") {
      EXPECT_TRUE(partner.against.empty());
      continue;
    }
    EXPECT_EQ(
        partner.against,
        (std::vector<std::string>{
            "Nobody has confirmed it: it is unverified.",
            "What they have in common was not done in the same years, going by the initiatives "
            "that these reasons rest on.",
            "They meet only in places that contain those where A works.",
            "All of it is read out of texts or follows from rules; nothing is reported of both.",
            "Nobody is known who could introduce the two, within 6 hops."}));
  }
}

// --- Against a naive version ------------------------------------------------------------------

double weight_of(const std::string& relation) {
  return test::shipped_ontology().schema().relation(relation)->weight;
}

/// Scores straight from the definition, over sets.
class NaivePartners {
 public:
  using Dependence = std::set<std::pair<std::string, std::string>>;
  static constexpr int kPoints = 3;

  NaivePartners(const test::RandomWorld& world, std::string self, Dependence dependence = {})
      : world_(world), self_(std::move(self)), dependence_(std::move(dependence)) {
    for (const std::string& initiative : world.initiatives()) {
      for (const char* subject : {"CONTRIBUTES_TO", "ADDRESSES", "SERVES"}) {
        for (const std::string& end : world.ends(initiative, subject)) {
          for (const std::string& place : world.ends(initiative, "WORKS_IN")) {
            pairs_[{subject, end + " " + place}].insert(initiative);
          }
        }
      }
      for (const char* shared : {"SERVES", "IN_SECTOR"}) {
        for (const std::string& end : world.ends(initiative, shared)) {
          shared_[{shared, end}].insert(initiative);
        }
      }
    }
    for (const auto& [pair, initiatives] : pairs_) {
      if (has(self_, initiatives)) ground_.insert(initiatives.begin(), initiatives.end());
    }
  }

  /// Nothing for those who know each other already.
  std::map<std::string, double> scores() const {
    std::map<std::string, double> result;
    for (const std::string& actor : world_.actors()) {
      if (actor == self_ || knows(actor)) continue;
      const double score = std::max(alike(actor), complementary(actor));
      if (score > 0) result[actor] = score;
    }
    return result;
  }

 private:
  using Initiatives = std::set<std::string>;
  using Feature = std::pair<std::string, std::string>;

  bool has(const std::string& actor, const Initiatives& initiatives) const {
    const auto own = world_.ends(actor, "TAKES_PART_IN");
    return std::any_of(own.begin(), own.end(),
                       [&](const std::string& each) { return initiatives.contains(each); });
  }

  bool knows(const std::string& actor) const {
    for (const bool out : {true, false}) {
      if (world_.ends(self_, "FUNDS", out).contains(actor)) return true;
    }
    return has(actor, world_.ends(self_, "TAKES_PART_IN"));
  }

  static double worth(double weight, std::size_t sharers) {
    return weight / std::log(2.0 + static_cast<double>(sharers));
  }

  double pairs(const std::string& actor, bool groups) const {
    double sum = 0;
    for (const auto& [pair, initiatives] : pairs_) {
      if (pair.first == "SERVES" && !groups) continue;
      if (!has(self_, initiatives) || !has(actor, initiatives)) continue;
      sum += worth(weight_of(pair.first) * weight_of("WORKS_IN"), initiatives.size());
    }
    return sum;
  }

  double alike(const std::string& actor) const {
    double sum = pairs(actor, false);
    for (const auto& [feature, initiatives] : shared_) {
      if (!has(self_, initiatives) || !has(actor, initiatives)) continue;
      sum += worth(weight_of(feature.first), initiatives.size());
    }
    return sum;
  }

  /// Groups that the asker serves in a place: those there who act at the point after one of its
  /// points, and not at one of its points.
  double next_points(const std::string& actor) const {
    double sum = 0;
    for (const auto& [pair, initiatives] : pairs_) {
      if (pair.first != "SERVES" || !has(self_, initiatives)) continue;
      std::set<std::string> ours;
      std::map<std::string, Initiatives> acting;
      for (const std::string& initiative : initiatives) {
        const bool own = world_.ends(self_, "TAKES_PART_IN").contains(initiative);
        for (const std::string& point : world_.ends(initiative, "ACTS_AT")) {
          if (own) ours.insert(point);
          acting[point].insert(initiative);
        }
      }
      for (int order = 1; order < kPoints; ++order) {
        const std::string next = "response:" + std::to_string(order + 1);
        if (!ours.contains("response:" + std::to_string(order)) || ours.contains(next)) continue;
        if (!has(actor, acting[next])) continue;
        sum += worth(weight_of("ACTS_AT") * weight_of("WORKS_IN"), acting[next].size());
      }
    }
    return sum;
  }

  double upstream(const std::string& actor) const {
    std::set<std::string> own;
    for (const std::string& initiative : world_.ends(self_, "TAKES_PART_IN")) {
      own.merge(world_.ends(initiative, "ADDRESSES"));
    }
    std::set<std::pair<std::string, std::string>> wanted;
    for (const auto& [pair, initiatives] : pairs_) {
      if (pair.first == "SERVES" || !has(self_, initiatives)) continue;
      const std::string subject = pair.second.substr(0, pair.second.find(' '));
      const std::string place = pair.second.substr(pair.second.find(' ') + 1);
      for (const auto& [from, to] : dependence_) {
        if (to == subject && !own.contains(from)) wanted.insert({from, place});
      }
    }
    double sum = 0;
    for (const auto& [determinant, place] : wanted) {
      const auto found = pairs_.find({"ADDRESSES", determinant + " " + place});
      if (found == pairs_.end() || !has(actor, found->second)) continue;
      sum += worth(weight_of("ADDRESSES") * weight_of("WORKS_IN"), found->second.size());
    }
    return sum;
  }

  double complementary(const std::string& actor) const {
    const double common = pairs(actor, true);
    const double before = upstream(actor);
    double lacking = next_points(actor);
    for (const char* relation : {"USES", "ACTS_AT"}) {
      std::set<std::string> own;
      for (const std::string& initiative : world_.ends(self_, "TAKES_PART_IN")) {
        own.merge(world_.ends(initiative, relation));
      }
      std::map<std::string, Initiatives> offered;
      for (const std::string& initiative : ground_) {
        for (const std::string& end : world_.ends(initiative, relation)) {
          if (!own.contains(end)) offered[end].insert(initiative);
        }
      }
      for (const auto& [end, initiatives] : offered) {
        if (has(actor, initiatives)) lacking += worth(weight_of(relation), initiatives.size());
      }
    }
    if (common == 0 && before == 0) return 0;
    return lacking > 0 || before > 0 ? common + lacking + before : 0;
  }

  const test::RandomWorld& world_;
  std::string self_;
  Dependence dependence_;
  std::map<Feature, Initiatives> pairs_;
  std::map<Feature, Initiatives> shared_;
  Initiatives ground_;
};

/// The records of the world, with an order of response points and what depends on what.
std::vector<graph::Record> with_order_and_dependence(const test::RandomWorld& world,
                                                     std::uint32_t seed,
                                                     NaivePartners::Dependence& dependence) {
  std::mt19937 random(seed);
  auto records = world.records();
  const auto nodes = world.nodes();
  std::vector<std::string> subjects;
  for (const std::string& id : nodes) {
    if (id.starts_with("det:") || id.starts_with("sdg:")) subjects.push_back(id);
  }
  for (graph::Record& record : records) {
    const std::string id = record.subject.id;
    if (id.starts_with("response:")) {
      record.subject.properties.push_back(
          {"order", static_cast<std::int64_t>(std::stoi(id.substr(id.find(':') + 1)))});
    }
    if (!id.starts_with("det:")) continue;
    for (const std::string& subject : subjects) {
      if (subject == id || random() % 4 != 0) continue;
      const bool bears = subject.starts_with("sdg:") && random() % 2 == 0;
      record.edges.push_back({id, bears ? "BEARS_ON" : "INFLUENCES", subject, {}, {}});
      dependence.insert({id, subject});
    }
  }
  return records;
}

TEST(Partners, EqualANaiveVersionOnRandomGraphs) {
  int compared = 0;
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 25, .actors = 20});
    NaivePartners::Dependence dependence;
    const test::Drawn graph(with_order_and_dependence(world, seed, dependence));
    for (const std::string& self : world.actors()) {
      const auto answer = partners(graph.context(), {.id = self, .filter = {}, .page = {200, 0}});
      ASSERT_TRUE(answer.ok()) << answer.error().message;
      const auto expected = NaivePartners(world, self, dependence).scores();
      ASSERT_EQ(answer.value().items.size(), expected.size()) << "seed " << seed << " " << self;
      for (const Partner& partner : answer.value().items) {
        ASSERT_NEAR(partner.score, expected.at(partner.node.id), 1e-9)
            << "seed " << seed << " " << self << " " << partner.node.id;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 1'000);
}

TEST(Partners, AreIntroducedAsShortlyAsAnyPathCouldBe) {
  for (std::uint32_t seed = 0; seed < 12; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 30, .actors = 30});
    const test::Drawn graph(world.records());
    for (const std::string& self : world.actors()) {
      const auto answer = partners(graph.context(), {.id = self});
      ASSERT_TRUE(answer.ok());
      for (const Partner& partner : answer.value().items) {
        const auto path = paths(graph.context(), {.from = self,
                                                  .to = partner.node.id,
                                                  .max_hops = kIntroductionHops,
                                                  .k = 1,
                                                  .relations = {"TAKES_PART_IN", "FUNDS"}});
        ASSERT_TRUE(path.ok());
        ASSERT_EQ(partner.introduction.has_value(), !path.value().items.empty());
        if (!partner.introduction) continue;
        const auto& steps = partner.introduction->steps;
        ASSERT_EQ(steps.size(), path.value().items[0].steps.size());
        EXPECT_EQ(steps.front().from.id, self);
        EXPECT_EQ(steps.back().to.id, partner.node.id);
        for (std::size_t i = 1; i < steps.size(); ++i) {
          EXPECT_EQ(steps[i].from.id, steps[i - 1].to.id);
        }
      }
    }
  }
}

TEST(Partners, ComeWithTheBestScoreFirst) {
  const test::RandomWorld world(3, {.initiatives = 120, .actors = 80});
  const test::Drawn graph(world.records());
  const auto answer = partners(graph.context(), {.id = "org:1", .filter = {}, .page = {200, 0}});
  for (std::size_t i = 1; i < answer.value().items.size(); ++i) {
    EXPECT_GE(answer.value().items[i - 1].score, answer.value().items[i].score);
  }
}

TEST(Partners, SayWhatIsDerivedOnEitherSide) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/reporting-> mine     mine -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/reporting-> theirs   theirs -WORKS_IN-> place:GH
      mine{title=Ours}   mine -ADDRESSES/text-> det:debt   theirs -ADDRESSES/reported-> det:debt
  )");
  const auto answer = partners(graph.context(), {.id = "org:a"});
  ASSERT_EQ(answer.value().items.size(), 1);
  const Reason& reason = answer.value().items[0].why.front();
  EXPECT_EQ(reason.basis, Basis::text);  // They report it; that we do so is only read.
  ASSERT_EQ(reason.rests_on.size(), 1);
  EXPECT_EQ(reason.rests_on[0].from.id, "init:mine");
  EXPECT_EQ(reason.rests_on[0].from.name, "Ours");
  EXPECT_EQ(reason.rests_on[0].to, "det:debt");
  const auto reported =
      partners(graph.context(), {.id = "org:a", .filter = {.bases = {"reported"}}});
  EXPECT_TRUE(reported.value().items.empty());
}

}  // namespace
}  // namespace mangrove::query
