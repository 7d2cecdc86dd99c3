#include "ingest/fetch/location.h"

#include <gtest/gtest.h>

namespace mangrove::ingest {
namespace {

std::string shown(const std::string& url) {
  const Result<Location> location = parse_location(url);
  if (!location.ok()) return location.error().message;
  return location.value().shown + (location.value().has_secrets ? " (secrets)" : "");
}

TEST(Location, IsShownWithoutWhatOpensIt) {
  EXPECT_EQ(shown("https://www.example.org/a/b.xml"), "https://www.example.org/a/b.xml");
  EXPECT_EQ(shown("https://ada:hunter2@example.org:8443/a.xml"),
            "https://example.org:8443/a.xml (secrets)");
  EXPECT_EQ(shown("https://hunter2@example.org/a.xml#part"), "https://example.org/a.xml (secrets)");
  EXPECT_EQ(shown("http://example.org/a?api_key=hunter2&country=GH"),
            "http://example.org/a?api_key=***&country=GH (secrets)");
  EXPECT_EQ(
      shown("http://example.org/a?X-Amz-Signature=ab12&x-amz-credential=c&AccessToken=d"),
      "http://example.org/a?X-Amz-Signature=***&x-amz-credential=***&AccessToken=*** (secrets)");
  EXPECT_EQ(shown("http://example.org/a?sub=q9ZkP2mX7vB4nR8tL1wY"),
            "http://example.org/a?sub=*** (secrets)");
  EXPECT_EQ(shown("http://example.org/a?0123456789abcdef0123456789abcdef"),
            "http://example.org/a?*** (secrets)");
}

TEST(Location, WhatNamesADataSetIsNoSecret) {
  for (const std::string url :
       {"https://data.example.org/dataset/6f1b1ac4-9d2b-4b1f-8d0e-0a1b2c3d4e5f/download/x.csv",
        "https://example.org/x?resource_id=6f1b1ac4-9d2b-4b1f-8d0e-0a1b2c3d4e5f",
        "https://example.org/x?keyword=child%20labour&country_code=GH&sort=start-date",
        "https://example.org/annual-report-on-modern-slavery-2024.xml"}) {
    EXPECT_EQ(shown(url), url);
  }
}

TEST(Location, ItsNameHasNoQuery) {
  EXPECT_EQ(parse_location("https://u:p@Example.org:81/a/b.xml?key=c").value().name,
            "example.org/a/b.xml");
  EXPECT_EQ(parse_location("https://example.org").value().name, "example.org");
}

TEST(Location, OnlyTheWebIsFetched) {
  EXPECT_EQ(shown("file:///etc/passwd"),
            "the web address begins with file://; only http and https are fetched");
  for (const std::string url :
       {"ftp://example.org/a", "gopher://127.0.0.1:6379/_x", "http://", "http://exa mple.org/",
        "http://example.org/\nHost: x", "://x", "http://example.org:99999/"}) {
    EXPECT_EQ(parse_location(url).ok() ? "" : "refused", "refused") << url;
  }
  EXPECT_FALSE(parse_location("http://example.org/" + std::string(9'000, 'x')).ok());
  EXPECT_EQ(shown("ftp://ada:hunter2@example.org/").find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace mangrove::ingest
