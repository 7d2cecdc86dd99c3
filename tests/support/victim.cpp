#include "tests/support/victim.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

extern char** environ;  // NOLINT: POSIX leaves its declaration to us.

namespace mangrove::tests {

using std::chrono::microseconds;
using std::chrono::steady_clock;

Victim::Victim(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), MANGROVE_VICTIM);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);

  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  const int failed =
      ::posix_spawn(&process_, MANGROVE_VICTIM, &actions, nullptr, pointers.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  output_ = ends[0];
  if (failed != 0) {
    process_ = -1;
    throw std::runtime_error(std::string("cannot start ") + MANGROVE_VICTIM);
  }
}

Victim::~Victim() {
  kill();
  ::close(output_);
}

void Victim::kill() {
  if (process_ == -1) return;
  ::kill(process_, SIGKILL);
  wait();
}

int Victim::wait() {
  if (process_ == -1) return exit_code_;
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
  process_ = -1;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return exit_code_;
}

/// Takes in what it says next. False at the end, or when the time is over.
bool Victim::fill(steady_clock::time_point until) {
  const auto left = std::max(until - steady_clock::now(), steady_clock::duration(0));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
  const timespec patience{seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
  pollfd waiting{output_, POLLIN, 0};
  const int ready = ::ppoll(&waiting, 1, &patience, nullptr);
  if (ready <= 0) return ready < 0 && errno == EINTR;
  std::array<char, 4096> bytes{};
  const ssize_t count = ::read(output_, bytes.data(), bytes.size());
  if (count <= 0) return false;
  unread_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

bool Victim::read_line(std::string& line, microseconds patience) {
  const auto until = steady_clock::now() + patience;
  std::size_t end = 0;
  while ((end = unread_.find('\n')) == std::string::npos) {
    if (!fill(until)) return false;
  }
  line = unread_.substr(0, end);
  unread_.erase(0, end + 1);
  return true;
}

void Victim::leave_alone(microseconds time) {
  const auto until = steady_clock::now() + time;
  // It must not have to wait for somebody to listen.
  while (fill(until)) continue;
}

}  // namespace mangrove::tests
