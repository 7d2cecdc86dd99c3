#include "web/api/suggest.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "graph/base/json.h"
#include "graph/storage/memory.h"
#include "ingest/ingest.h"
#include "tests/support/world.h"
#include "web/api/routes.h"
#include "web/server/router.h"

namespace mangrove::tests {
namespace {

class Suggest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    graph_ = graph::Graph::open(storage::make_memory_storage(),
                                {.text_properties = ontology::text_properties()})
                 .value();
    ASSERT_TRUE(ingest::load_ontology(*graph_, shipped_ontology()).ok());
  }
  static void TearDownTestSuite() { graph_.reset(); }

  static web::Response post(std::string body) {
    const web::api::Service service{.graph = *graph_, .ontology = shipped_ontology()};
    const web::Router router(web::api::routes(service));
    web::Request request;
    request.method = "POST";
    request.path = "/api/v1/suggest";
    request.body = std::move(body);
    return router.answer(request);
  }
  static json::Value answer(std::string body) {
    return json::parse(post(std::move(body)).body).value();
  }

  static std::unique_ptr<graph::Graph> graph_;
};

std::unique_ptr<graph::Graph> Suggest::graph_;

/// The suggestion of this concept, or null.
const json::Value* find(const json::Value& answer, std::string_view id) {
  for (const json::Value& item : *answer.find("items")->as_array()) {
    if (*item.find_string("id") == id) return &item;
  }
  return nullptr;
}

TEST_F(Suggest, TellsWhatATextSpeaksOfAndWhere) {
  const json::Value told = answer(
      R"({"title": "Cacao sin trabajo infantil", "text": "Schools near farms", "language": "es"})");
  const json::Value* const target = find(told, "sdg:8.7");
  ASSERT_NE(target, nullptr);
  EXPECT_EQ(*target->find_string("relation"), "CONTRIBUTES_TO");
  EXPECT_EQ(*target->find_string("kind"), "Target");
  EXPECT_NE(target->find_string("name")->find("trabajo infantil"), std::string::npos);
  EXPECT_TRUE(*target->find_boolean("link"));
  const json::Value& words = target->find("matched")->as_array()->front();
  EXPECT_EQ(*words.find_string("words"), "trabajo infantil");
  EXPECT_EQ(*words.find_string("in"), "title");
  EXPECT_EQ(words.find_integer("from"), 10);
  EXPECT_EQ(words.find_integer("to"), 26);
}

TEST_F(Suggest, NamesEveryConceptAndSaysWhichAreOnlyProposed) {
  const json::Value told = answer(R"({"text": "debt bondage, child labour and recruitment fees"})");
  const json::Value* const debt = find(told, "det:ind-debt");
  const json::Value* const target = find(told, "sdg:8.7");
  ASSERT_TRUE(debt != nullptr && target != nullptr);
  EXPECT_EQ(*debt->find_string("name"), "Debt and recruitment fees");
  EXPECT_EQ(*debt->find_string("status"), "proposed");
  EXPECT_EQ(*target->find_string("name"), "End forced labour, slavery, trafficking, child labour");
  EXPECT_EQ(target->find_string("status"), nullptr);
}

TEST_F(Suggest, LeavesOutWhatIsNotSureEnough) {
  EXPECT_TRUE(answer(R"({"text": "Roads"})").find("items")->as_array()->empty());
  const std::string all = R"({"text": "child labour in schools", "least": 0})";
  EXPECT_GT(answer(all).find("items")->as_array()->size(), 1u);
  const std::string one = R"({"text": "child labour in schools", "least": 0, "limit": 1})";
  EXPECT_EQ(answer(one).find("items")->as_array()->size(), 1u);
}

TEST_F(Suggest, SaysWhatIsWrongWithABody) {
  for (const char* body : {"", "[]", "{}", R"({"text": 4})", R"({"text": "a", "least": 2})",
                           R"({"text": "a", "limit": 0})", R"({"text": "a", "words": "b"})"}) {
    const web::Response response = post(body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_EQ(response.media_type, "application/problem+json") << body;
  }
}

}  // namespace
}  // namespace mangrove::tests
