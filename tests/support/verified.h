#pragma once

#include <gtest/gtest.h>

#include "graph/verify.h"

namespace mangrove::tests {

/// Whether the check could be made, and found nothing; says what it found.
inline testing::AssertionResult is_clean(const Result<graph::VerifyReport>& report) {
  if (!report.ok()) return testing::AssertionFailure() << report.error().message;
  if (report.value().is_clean()) return testing::AssertionSuccess();
  auto failure = testing::AssertionFailure();
  for (const graph::Finding& finding : report.value().findings) {
    failure << finding.where << ": " << finding.what << '\n';
  }
  return failure;
}

}  // namespace mangrove::tests
