#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>

namespace mangrove::tests {

/// For tests that fork: a child has none of its parent's threads, so one whose engine waits for
/// them waits for ever. In a process that has more than one thread, because tests before this one
/// left some, the test runs in a process of its own, and its outcome is this one's: then false, and
/// there is nothing more to do.
inline bool has_own_process() {
  const auto threads = std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
  if (threads == 1) return true;
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string command = "'" + program + "' --gtest_brief=1 --gtest_filter='" +
                              test->test_suite_name() + "." + test->name() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  return false;
}

}  // namespace mangrove::tests
