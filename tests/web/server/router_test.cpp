#include "web/server/router.h"

#include <gtest/gtest.h>

#include <string>

#include "web/server/percent.h"

namespace mangrove::web {
namespace {

/// A handler that shows which route it is and what it was given.
RouteHandler tells(std::string name) {
  return [name = std::move(name)](const Request& request) -> Result<Response> {
    std::string text = name;
    for (const auto& [key, value] : request.path_parameters) text += ' ' + key + '=' + value;
    return Response::json(text);
  };
}

const Router& router() {
  static const Router instance({
      {"GET", "/api/v1/nodes/{id}", tells("node")},
      {"GET", "/api/v1/nodes/{id}/neighbours", tells("neighbours")},
      {"GET", "/api/v1/nodes/all", tells("all")},
      {"GET", "/api/v1/{what}/all", tells("all of")},
      {"GET", "/api/v1/a/{x}/b/{y}", tells("two")},
      {"POST", "/api/v1/query", tells("query")},
      {"GET", "/api/v1/broken",
       [](const Request&) -> Result<Response> {
         return Error{ErrorCode::not_found, "no node \"sdg:99\""};
       }},
  });
  return instance;
}

std::string asked(const std::string& method, const std::string& path) {
  Request request;
  request.method = method;
  request.path = path;
  const Response response = router().answer(request);
  if (response.status == 200) return response.body;
  const std::string* allow = response.header("Allow");
  return std::to_string(response.status) + (allow ? ' ' + *allow : "");
}

TEST(Router, FindsTheRouteAndDecodesItsParameters) {
  EXPECT_EQ(asked("GET", "/api/v1/nodes/sdg:8.7"), "node id=sdg:8.7");
  EXPECT_EQ(asked("GET", "/api/v1/nodes/iati%3AGB-1%2F2%20x/neighbours"),
            "neighbours id=iati:GB-1/2 x");
  EXPECT_EQ(asked("GET", "/api/v1/nodes/C%C3%B4te+x"), "node id=C\u00f4te+x");
  EXPECT_EQ(asked("GET", "/api/v1/a/1/b/2"), "two x=1 y=2");
}

TEST(Router, PrefersLiteralsFromLeftToRight) {
  EXPECT_EQ(asked("GET", "/api/v1/nodes/all"), "all");
  EXPECT_EQ(asked("GET", "/api/v1/actors/all"), "all of what=actors");
}

TEST(Router, DoesNotKnowOtherPaths) {
  for (const char* path :
       {"/", "/api/v1", "/api/v1/nodes", "/api/v1/nodes/", "/api/v1/nodes/a/b",
        "/api/v1/nodes/sdg:8.7/", "//api/v1/nodes/a", "/api/v1/nodes//neighbours",
        "/API/v1/nodes/a", "/api/v1/../v1/nodes/a"}) {
    EXPECT_EQ(asked("GET", path), "404") << path;
  }
}

TEST(Router, RefusesPathsThatDoNotDecode) {
  for (const char* path :
       {"/api/v1/nodes/%", "/api/v1/nodes/%4", "/api/v1/nodes/%zz", "/api/v1/nodes/a%00b",
        "/api/v1/nodes/%0A", "/api/v1/nodes/%FF", "/api/v1/nodes/%ED%A0%80", "/%C0%AF"}) {
    EXPECT_EQ(asked("GET", path), "400") << path;
  }
}

TEST(Router, SaysWhichMethodsAnAddressTakes) {
  EXPECT_EQ(asked("DELETE", "/api/v1/nodes/a"), "405 GET, HEAD, OPTIONS");
  EXPECT_EQ(asked("GET", "/api/v1/query"), "405 OPTIONS, POST");
  EXPECT_EQ(asked("OPTIONS", "/api/v1/query"), "204 OPTIONS, POST");
  EXPECT_EQ(asked("OPTIONS", "*"), "204 DELETE, GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(asked("OPTIONS", "/nowhere"), "404");
}

TEST(Router, AnswersHeadWhereverItAnswersGet) {
  EXPECT_EQ(asked("HEAD", "/api/v1/nodes/a"), "node id=a");
  EXPECT_EQ(asked("HEAD", "/api/v1/query"), "405 OPTIONS, POST");
}

TEST(Router, MakesAProblemOfAnError) {
  Request request;
  request.path = "/api/v1/broken";
  const Response response = router().answer(request);
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.media_type, "application/problem+json");
  EXPECT_NE(response.body.find("no node \\\"sdg:99\\\""), std::string::npos);
}

TEST(Router, GivesUnknownPathsToTheOther) {
  const Router with_files({{"GET", "/api", tells("api")}}, tells("file"));
  EXPECT_EQ(with_files.answer({.path = "/api"}).body, "api");
  EXPECT_EQ(with_files.answer({.path = "/index.html"}).body, "file");
  EXPECT_EQ(with_files.answer({.method = "POST", .path = "/api"}).status, 405);
}

TEST(Router, ShowsItsTable) {
  ASSERT_EQ(router().routes().size(), 7U);
  EXPECT_EQ(router().routes()[1].method, "GET");
  EXPECT_EQ(router().routes()[1].pattern, "/api/v1/nodes/{id}/neighbours");
}

TEST(Percent, DecodesWhatItEncodes) {
  std::string all = "\u00e9\u20ac\U0001F600";
  for (char c = 0x20; c < 0x7F; ++c) all += c;
  EXPECT_EQ(percent_decode(percent_encode(all)).value(), all);
  EXPECT_EQ(percent_encode("a/b c"), "a%2Fb%20c");
}

TEST(Percent, ReadsAPlusAsASpaceOnlyWhenAsked) {
  EXPECT_EQ(percent_decode("a+b%2B").value(), "a+b+");
  EXPECT_EQ(percent_decode("a+b%2B", Plus::space).value(), "a b+");
}

}  // namespace
}  // namespace mangrove::web
