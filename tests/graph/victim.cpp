// A process for tests that need another one: to be killed, to be refused, to hold a graph.
//
//   victim commit FOLDER STEPS...   as many writers as there are numbers, each with that many steps
//                                   of its lane (tests/support/lanes.h) behind it, commit until
//                                   they are killed; the graph is closed and opened again now and
//                                   then. Says "open", and for each step "step LANE STEP VERSION".
//   victim open FOLDER              opens the graph and closes it
//   victim hold FOLDER              opens the graph and keeps it open until it is killed
//   victim open-as-nobody FOLDER    as `open`, as a user without rights
//
// All say "open", or "error CODE MESSAGE" and end with 3.

#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "graph/base/log.h"
#include "graph/graph.h"
#include "tests/support/lanes.h"

namespace mangrove::tests {
namespace {

using graph::Graph;
using graph::Version;

constexpr int kStepsBetweenOpenings = 60;
constexpr std::uint64_t kChangesBetweenImages = 400;
constexpr Version kVersionsKept = 40;
constexpr std::uint32_t kStepsBetweenForgetting = 12;

/// A line that is written whole, whatever other threads say.
void say(const std::string& line) {
  const std::string whole = line + '\n';
  if (::write(STDOUT_FILENO, whole.data(), whole.size()) < 0) std::_Exit(4);
}

[[noreturn]] void fail(const Error& error) {
  say("error " + std::to_string(static_cast<int>(error.code)) + ' ' + error.message);
  std::_Exit(3);
}

std::unique_ptr<Graph> open(const std::filesystem::path& folder) {
  auto graph = Graph::open(folder, {.cache_bytes = 1,
                                    .text_properties = kLaneTexts,
                                    .changes_between_images = kChangesBetweenImages});
  if (!graph.ok()) fail(graph.error());
  say("open");
  return std::move(graph).value();
}

void work(Graph& graph, Lane& lane) {
  for (int i = 0; i < kStepsBetweenOpenings; ++i) {
    const auto version = take(graph, lane.next());
    if (!version.ok()) fail(version.error());
    say("step " + std::to_string(lane.number()) + ' ' + std::to_string(lane.steps()) + ' ' +
        std::to_string(version.value()));
    if (lane.number() != 1 || lane.steps() % kStepsBetweenForgetting != 0) continue;
    if (version.value() <= kVersionsKept) continue;
    const Status forgotten = graph.forget_before(version.value() - kVersionsKept);
    if (!forgotten.ok()) fail(forgotten.error());
  }
}

[[noreturn]] void commit(const std::filesystem::path& folder, std::vector<Lane> lanes) {
  while (true) {
    const auto graph = open(folder);
    std::vector<std::jthread> writers;
    for (Lane& lane : lanes) writers.emplace_back([&] { work(*graph, lane); });
  }
}

void become_nobody() {
  constexpr unsigned kNobody = 65534;
  if (::geteuid() != 0) return;
  if (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0) {
    std::_Exit(4);
  }
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 2) return 2;
  const std::string& what = arguments[0];
  const std::filesystem::path folder = arguments[1];
  if (what == "commit") {
    std::vector<Lane> lanes;
    for (unsigned number = 0; number + 2 < arguments.size(); ++number) {
      lanes.push_back(lane_of(number));
      lanes.back().skip_to(static_cast<std::uint32_t>(std::stoul(arguments[number + 2])));
    }
    commit(folder, std::move(lanes));
  }
  if (what == "open-as-nobody") become_nobody();
  const auto graph = open(folder);
  if (what == "hold") ::pause();
  return 0;
}

}  // namespace
}  // namespace mangrove::tests

int main(int count, char** arguments) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // Nobody else would end it.
  mangrove::log::set_level(mangrove::log::Level::error);
  return mangrove::tests::run({arguments + 1, arguments + count});
}
