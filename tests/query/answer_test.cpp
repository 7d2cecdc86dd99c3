#include "query/answer.h"

#include <gtest/gtest.h>

#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

std::string code(std::string_view text) {
  return sdg_code(text).value_or("none");
}

TEST(SdgCode, AcceptsWhatPeopleWrite) {
  EXPECT_EQ(code("8.7"), "8.7");
  EXPECT_EQ(code("08.07"), "8.7");
  EXPECT_EQ(code(" SDG 8.7 "), "8.7");
  EXPECT_EQ(code("Target 8.7."), "8.7");
  EXPECT_EQ(code("sdg target: 8.7"), "8.7");
  EXPECT_EQ(code("ODD 16.A"), "16.a");
  EXPECT_EQ(code("8.10"), "8.10");
  EXPECT_EQ(code("goal 8"), "8");
  EXPECT_EQ(code("8.7.1"), "8.7.1");
  EXPECT_EQ(code("16.b.1"), "16.b.1");
}

TEST(SdgCode, RefusesWhatIsNoCode) {
  for (const std::string_view text : {"", "sdg", "18.1", "0.1", "8.7.1.2", "8.", "child labour",
                                      "8.7 labour", "2020", "8..7", "8.7ab", "GB-1"}) {
    EXPECT_EQ(code(text), text == "8." ? "8" : "none") << text;
  }
}

TEST(FindNode, TakesIdsCodesAndReferencesWithoutAScheme) {
  const auto graph = test::draw(R"(
      org:GB-CHC-1049160 -TAKES_PART_IN/funding-> iati:GB-CHC-1049160-P1
      iati:GB-CHC-1049160-P1 -CONTRIBUTES_TO-> sdg:8.7
      iati:GB-CHC-1049160-P1 -WORKS_IN-> place:GH
  )");
  const auto found = [&](std::string_view text, std::string_view kind = {}) {
    const auto node = find_node(graph.context(), text, kind);
    return node.ok() ? std::string(graph.view().id(node.value())) : node.error().message;
  };
  EXPECT_EQ(found("sdg:8.7"), "sdg:8.7");
  EXPECT_EQ(found("SDG 8.7"), "sdg:8.7");
  EXPECT_EQ(found("GB-CHC-1049160"), "org:GB-CHC-1049160");
  EXPECT_EQ(found("GB-CHC-1049160-P1"), "iati:GB-CHC-1049160-P1");
  EXPECT_EQ(found("gh"), "place:GH");
  EXPECT_EQ(found("nobody"), "there is no node `nobody`");
  EXPECT_EQ(found("8.7", "Initiative"), "there is no Initiative `8.7`; sdg:8.7 is of kind Target");
}

TEST(Names, ComeInTheLanguageAskedForElseEnglishElseAny) {
  const auto graph = test::draw(R"(
      det:debt{label=Debt, label@fr=Dettes}  det:land{label@es=Tierra}  det:bare -PART_OF-> topic:x
  )");
  const auto name = [&](std::string_view id, const std::string& language) {
    const Context context = graph.context(language);
    const graph::NodeIndex node = find_node(context, id).value();
    return briefs(context, std::span(&node, 1)).value().front().name;
  };
  EXPECT_EQ(name("det:debt", "fr"), "Dettes");
  EXPECT_EQ(name("det:debt", "es"), "Debt");
  EXPECT_EQ(name("det:land", "fr"), "Tierra");
  EXPECT_EQ(name("det:bare", "en"), "det:bare");
}

TEST(Status, WhatAllItsSourcesMissIsRetired) {
  const auto graph = test::draw(R"(
      gone{title=Gone, retired=2024-05-01}
      kept{title=Kept, retired=2024-05-01}
      there{title=There}
      source src:other
      kept{title=Kept by another}
      there -RELATED_TO-> gone
  )");
  const auto status = [&](std::string_view id) {
    const Context context = graph.context();
    const graph::NodeIndex node = find_node(context, id).value();
    return briefs(context, std::span(&node, 1)).value().front().status;
  };
  EXPECT_EQ(status("init:gone"), "retired");  // That another speaks of it in passing says nothing.
  EXPECT_EQ(status("init:kept"), "");
  EXPECT_EQ(status("init:there"), "");
}

}  // namespace
}  // namespace mangrove::query
