#include "graph/base/log.h"

#include <gtest/gtest.h>

namespace mangrove::log {
namespace {

constexpr std::chrono::system_clock::time_point kTime{std::chrono::seconds{1'795'366'800}};

TEST(Log, WritesTimeLevelEventAndFields) {
  EXPECT_EQ(line(kTime, Level::info, "server listening", {{"address", "127.0.0.1:8087"}}),
            "2026-11-22T17:00:00Z info server listening address=127.0.0.1:8087");
}

TEST(Log, QuotesValuesThatWouldReadAsSeveral) {
  EXPECT_EQ(line(kTime, Level::warning, "refused", {{"why", "a = \"b\""}, {"n", 3}, {"none", ""}}),
            "2026-11-22T17:00:00Z warning refused why=\"a = \\\"b\\\"\" n=3 none=\"\"");
}

TEST(Log, KeepsALineOneLineWhateverCameIn) {
  EXPECT_EQ(line(kTime, Level::error, "bad\nevent", {{"why", "x\r\nforged\x7f"}}),
            "2026-11-22T17:00:00Z error bad\\x0aevent why=\"x\\x0d\\x0aforged\\x7f\"");
}

}  // namespace
}  // namespace mangrove::log
