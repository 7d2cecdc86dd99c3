// How well, how surely and how fast texts are read for goals and targets: beside what publishers
// tagged, what people said of snippets and of a hundred activities, and a plain search for the
// names of the goals. All on publishers from whom no number was learnt.
//
//     linking_bench DATA [--fit]      DATA: the shared data; --fit: computes the numbers of
//                                     reading-goals.ttl anew, on half A

#include <cstdio>
#include <cstring>
#include <filesystem>

#include "tests/bench/linking/parts.h"

namespace mangrove::bench {
namespace {

/// Whether all that was asked for was reached.
bool run(Study& study) {
  const bool goals = show_goals(study);
  const bool targets = show_targets(study);
  show_slavery(study);
  show_snippets(study);
  show_calibration(study);
  show_judgements(study);
  show_misses(study);
  const bool fast = show_throughput(study);
  return goals && targets && fast;
}

}  // namespace
}  // namespace mangrove::bench

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: linking_bench DATA [--fit]\n");
    return 2;
  }
  const std::filesystem::path data = arguments[1];
  if (!std::filesystem::is_directory(data / "iati/activities")) {
    std::printf("skipped: there is no published data in %s\n", data.c_str());
    return 0;
  }
  mangrove::bench::Study study(data);
  if (count > 2 && std::strcmp(arguments[2], "--fit") == 0) {
    mangrove::bench::fit_goals(study, false, true);
    mangrove::bench::fit_targets(study);
    return 0;
  }
  return mangrove::bench::run(study) ? 0 : 1;
}
