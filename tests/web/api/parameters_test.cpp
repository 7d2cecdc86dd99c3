#include "web/api/parameters.h"

#include <gtest/gtest.h>

#include "ontology/ontology.h"
#include "web/api/cursor.h"

namespace mangrove::web::api {
namespace {

const ontology::Schema& schema() {
  static const ontology::Ontology loaded = ontology::Ontology::load().value();
  return loaded.schema();
}

Request request(std::string query, std::string path = "/api/v1/search") {
  Request request;
  request.path = std::move(path);
  request.query = std::move(query);
  return request;
}

// All that is wrong, a line each: `limit: 'x' is not …`.
std::string show(const std::vector<ParameterError>& errors) {
  std::string text;
  for (const auto& [parameter, detail] : errors) {
    text.append(parameter).append(": ").append(detail).append("\n");
  }
  return text;
}

// What is wrong with a search for this.
std::string faults_of_search(const std::string& query, graph::Version version = 1) {
  const Request asked = request(query);
  Parameters parameters(asked, schema(), {version});
  parameters.text("q");
  parameters.kinds();
  parameters.language();
  parameters.page();
  return show(parameters.errors());
}

TEST(Parameters, AreDecodedOnce) {
  const Request asked = request("q=child+labour%20%26%20caf%C3%A9%2B%2525&kind=Initiative,Actor");
  Parameters parameters(asked, schema(), {1});
  EXPECT_EQ(parameters.text("q"), "child labour & café+%25");
  EXPECT_EQ(parameters.kinds(), (std::vector<std::string>{"Initiative", "Actor"}));
  EXPECT_EQ(show(parameters.errors()), "");
}

TEST(Parameters, AbsentAndEmptyOnesTakeTheDefault) {
  const Request asked = request("q=&limit=&lang=&&kind=");
  Parameters parameters(asked, schema(), {1});
  EXPECT_EQ(parameters.text("q"), "");
  EXPECT_EQ(parameters.page(50).rows.limit, 50U);
  EXPECT_EQ(parameters.language(), "en");
  EXPECT_TRUE(parameters.kinds().empty());
  EXPECT_EQ(show(parameters.errors()), "");
}

TEST(Parameters, AnUnknownOneIsNamedWithTheKnownOnes) {
  EXPECT_EQ(faults_of_search("q=a&colour=red"),
            "colour: is not known here; known are: q, kind, lang, limit, version, cursor\n");
}

TEST(Parameters, AllFaultsAreToldAtOnce) {
  EXPECT_EQ(
      faults_of_search("limit=0&lang=xx&kind=Person&q=a&q=b"),
      "q: is given more than once; separate several values by commas\n"
      "kind: 'Person' is not one of: " +
          [] {
            std::string names;
            for (const auto& kind : schema().kinds()) {
              names += (names.empty() ? "" : ", ") + kind.name;
            }
            return names;
          }() +
          "\n"
          "lang: 'xx' is not one of: en, fr, es\n"
          "limit: '0' is not a whole number from 1 to 200\n");
}

TEST(Parameters, NumbersAreWholeAndWithinBounds) {
  for (const char* value : {"0", "201", "-1", "+5", "5.0", "1e1", "0x10", "5 ", "five",
                            "99999999999999999999", "%D9%A3"}) {
    EXPECT_NE(faults_of_search(std::string("limit=") + value), "") << value;
  }
  EXPECT_EQ(faults_of_search("limit=1"), "");
  EXPECT_EQ(faults_of_search("limit=200"), "");
}

TEST(Parameters, BadEscapesAndBytesAreRefused) {
  for (const char* value : {"%", "%4", "%zz", "%00", "%0A", "%FF", "%C0%AF", "%ED%A0%80"}) {
    const std::string faults = faults_of_search(std::string("q=") + value);
    EXPECT_TRUE(faults.starts_with("q: ")) << value << " -> " << faults;
    EXPECT_NE(faults_of_search(std::string(value) + "=1"), "") << value;
  }
}

TEST(Parameters, HaveBounds) {
  EXPECT_EQ(faults_of_search("q=" + std::string(kValueBytesMax, 'a')), "");
  EXPECT_NE(faults_of_search("q=" + std::string(kValueBytesMax + 1, 'a')), "");
  std::string many;
  for (std::size_t i = 0; i <= kParametersMax; ++i) many += "&p" + std::to_string(i) + "=1";
  EXPECT_NE(faults_of_search(many).find("more than 50 parameters"), std::string::npos);
  std::string list = "kind=Actor";
  for (std::size_t i = 0; i < kListMax; ++i) list += ",Actor";
  EXPECT_NE(faults_of_search(list).find("more than 50 values"), std::string::npos);
}

TEST(Parameters, AMissingIdIsToldOnce) {
  const Request asked = request("from=%zz");
  Parameters parameters(asked, schema(), {1});
  parameters.id("from");
  parameters.id("to");
  const auto errors = parameters.errors();
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].parameter, "from");
  EXPECT_NE(errors[0].detail.find("hexadecimal"), std::string::npos);
  EXPECT_EQ(errors[1].parameter, "to");
  EXPECT_NE(errors[1].detail.find("is missing"), std::string::npos);
}

TEST(Parameters, YearsStandInOrder) {
  const Request asked = request("from=2021&to=2020");
  Parameters parameters(asked, schema(), {1});
  const query::Filter filter = parameters.filter();
  EXPECT_EQ(filter.from, 2021);
  EXPECT_EQ(show(parameters.errors()), "to: is before from\n");
}

// The cursor that the first page of ten gives, asked with this query.
std::string cursor_of(const std::string& query, graph::Version version) {
  const Request asked = request(query);
  Parameters parameters(asked, schema(), {version});
  return parameters.page(10).next(100).value();
}

TEST(Cursors, LeadToTheNextPageOfTheSameQuestion) {
  const Request asked = request("limit=5&kind=Actor&q=a&cursor=" + cursor_of("q=a&kind=Actor", 4));
  Parameters parameters(asked, schema(), {4});
  parameters.text("q");
  parameters.kinds();
  const Page page = parameters.page();
  EXPECT_EQ(show(parameters.errors()), "");
  EXPECT_EQ(page.rows.offset, 10U);
  EXPECT_EQ(page.rows.limit, 5U);
}

TEST(Cursors, OfAnotherQuestionOrVersionAreRefused) {
  const std::string cursor = cursor_of("q=a", 4);
  EXPECT_EQ(faults_of_search("q=a&cursor=" + cursor, 4), "");
  EXPECT_EQ(faults_of_search("q=b&cursor=" + cursor, 4),
            "cursor: belongs to another question; ask for the first page without a cursor\n");
  EXPECT_EQ(
      faults_of_search("q=a&cursor=" + cursor, 5),
      "cursor: is of version 4 of the graph, which is now at version 5; ask for the first page "
      "again, without a cursor\n");
  EXPECT_NE(faults_of_search("q=a&cursor=abc", 4), "");
}

TEST(Cursors, EndWithTheList) {
  const Request asked = request("q=a");
  Parameters parameters(asked, schema(), {1});
  const Page page = parameters.page(20);
  EXPECT_FALSE(page.next(0).has_value());
  EXPECT_FALSE(page.next(20).has_value());
  EXPECT_TRUE(page.next(21).has_value());
}

}  // namespace
}  // namespace mangrove::web::api
