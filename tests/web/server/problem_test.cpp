#include "web/server/problem.h"

#include <gtest/gtest.h>

#include <string>

namespace mangrove::web {
namespace {

TEST(Problem, IsADocumentOfRfc9457) {
  const Response response =
      problem({ErrorCode::not_found, "There is no node \"sdg:99\"."}, "/api/v1/nodes/sdg:99");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.media_type, "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"urn:mangrove:problem:not_found","title":"Not Found","status":404,)"
            R"("detail":"There is no node \"sdg:99\".","instance":"/api/v1/nodes/sdg:99",)"
            R"("code":"not_found"})");
}

TEST(Problem, GivesEachKindOfErrorItsStatus) {
  const auto status = [](ErrorCode code) { return problem({code, "why"}, "/").status; };
  EXPECT_EQ(status(ErrorCode::invalid_input), 400);
  EXPECT_EQ(status(ErrorCode::not_found), 404);
  EXPECT_EQ(status(ErrorCode::conflict), 409);
  EXPECT_EQ(status(ErrorCode::too_large), 413);
  EXPECT_EQ(status(ErrorCode::unsupported), 501);
  EXPECT_EQ(status(ErrorCode::cancelled), 503);
  EXPECT_EQ(status(ErrorCode::corrupt), 500);
  EXPECT_EQ(status(ErrorCode::io), 500);
}

TEST(Problem, NeverTellsAPathOfTheMachine) {
  for (const ErrorCode code : {ErrorCode::io, ErrorCode::corrupt}) {
    const Response response = problem({code, "/var/lib/mangrove/000012.sst: bad block"}, "/a");
    EXPECT_EQ(response.body.find("/var"), std::string::npos) << response.body;
    EXPECT_EQ(response.body.find("sst"), std::string::npos) << response.body;
  }
}

TEST(Problem, AsksToTryAgainWhenThatMayHelp) {
  const Response busy = problem({ErrorCode::cancelled, "out of time"}, "/");
  ASSERT_NE(busy.header("retry-after"), nullptr);
  EXPECT_EQ(*busy.header("retry-after"), "1");
  EXPECT_EQ(problem({ErrorCode::conflict, "x"}, "/").header("Retry-After"), nullptr);
}

TEST(Problem, NamesEachParameterAtFault) {
  const Response response =
      invalid_parameters({{"limit", "must be 1 to 200"}, {"place", "is not known"}}, "/search");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find(R"("detail":"limit: must be 1 to 200; place: is not known")"),
            std::string::npos);
  EXPECT_NE(response.body.find(R"("errors":[{"parameter":"limit","detail":"must be 1 to 200"},)"
                               R"({"parameter":"place","detail":"is not known"}])"),
            std::string::npos)
      << response.body;
}

TEST(Problem, OfNoParameterInParticularIsJustTold) {
  const Response response = invalid_parameters({{"", "too many"}}, "/search");
  EXPECT_NE(response.body.find(R"("detail":"too many",)"), std::string::npos) << response.body;
}

TEST(Problem, StaysJsonWhateverWasAsked) {
  const Response response = problem({ErrorCode::invalid_input, "\xFF\"\n"}, "/\xC0\"");
  EXPECT_NE(response.body.find("\xEF\xBF\xBD\\\"\\n"), std::string::npos) << response.body;
}

}  // namespace
}  // namespace mangrove::web
