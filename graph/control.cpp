#include "graph/control.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "graph/base/log.h"
#include "graph/folder.h"

namespace mangrove::graph {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kRequestTime{5};
/// A client that does not read is given up after that long.
constexpr std::chrono::seconds kWriteTime{5};
constexpr json::Limits kAnswerLimits{
    .bytes = std::size_t{256} << 20, .depth = 64, .values = 20'000'000};

/// A descriptor, closed in the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return number_; }

 private:
  int number_;
};

Error io_error(std::string_view doing) {
  return {ErrorCode::io, std::string(doing) + ": " + std::strerror(errno)};
}

int open_folder(const std::filesystem::path& folder) {
  return ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/// The socket in an open folder: an address that is short, however long the folder's path.
sockaddr_un address_in(int folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(folder) + '/' + kControlFile;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

int new_socket() {
  return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

/// Whether the one at the other end is who this process runs as, or root.
bool is_own(int client) {
  ucred who{};
  socklen_t size = sizeof who;
  if (::getsockopt(client, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return false;
  return who.uid == ::geteuid() || who.uid == 0;
}

/// Waits until there is something to read; false once `ending` is readable, or at the deadline.
bool wait_for_bytes(int from, int ending, std::optional<Clock::time_point> deadline) {
  for (;;) {
    int timeout = -1;
    if (deadline) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now());
      timeout = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
    }
    std::array<pollfd, 2> waiting{{{from, POLLIN, 0}, {ending, POLLIN, 0}}};
    const int ready = ::poll(waiting.data(), waiting.size(), timeout);
    if (ready < 0 && errno == EINTR) continue;
    return ready > 0 && waiting[0].revents != 0 && waiting[1].revents == 0;
  }
}

Result<std::string> read_request(int client, int ending) {
  const auto deadline = Clock::now() + kRequestTime;
  std::string request;
  std::array<char, 4096> buffer{};
  while (request.find('\n') == std::string::npos) {
    if (!wait_for_bytes(client, ending, deadline)) {
      return Error{ErrorCode::cancelled, "no request came in time"};
    }
    const ssize_t count = ::recv(client, buffer.data(), buffer.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Error{ErrorCode::invalid_input, "the request has no end"};
    request.append(buffer.data(), static_cast<std::size_t>(count));
    if (request.size() > kRequestBytesMax) {
      return Error{ErrorCode::too_large, "the request is too long"};
    }
  }
  request.resize(request.find('\n'));
  return request;
}

/// False where the other end is gone, or does not read.
bool send_line(int to, std::string line) {
  line += '\n';
  std::string_view left = line;
  while (!left.empty()) {
    const ssize_t count = ::send(to, left.data(), left.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    left.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string progress_line(const Progress& progress) {
  json::Writer writer;
  writer.begin_object();
  writer.key("progress");
  writer.begin_object();
  writer.member("doing", progress.doing);
  writer.member("done", progress.done);
  writer.member("of", progress.of);
  writer.end_object();
  writer.end_object();
  return writer.take();
}

std::string result_line(const Result<json::Value>& result) {
  json::Writer writer;
  writer.begin_object();
  if (result.ok()) {
    writer.key("result");
    writer.value(result.value());
  } else {
    writer.key("error");
    writer.begin_object();
    writer.member("code", static_cast<int>(result.error().code));
    writer.member("message", result.error().message);
    writer.end_object();
  }
  writer.end_object();
  return writer.take();
}

/// Whether the other end has hung up.
bool is_gone(int client) {
  pollfd waiting{client, POLLRDHUP, 0};
  return ::poll(&waiting, 1, 0) > 0 && (waiting.revents & (POLLHUP | POLLERR)) != 0;
}

/// Reads lines from a socket.
class LineReader {
 public:
  explicit LineReader(int from) : from_(from) {}

  /// Nothing at the end, or after an error.
  std::optional<std::string> next() {
    std::size_t end = bytes_.find('\n', looked_at_);
    while (end == std::string::npos) {
      looked_at_ = bytes_.size();
      std::array<char, 65536> buffer{};
      const ssize_t count = ::recv(from_, buffer.data(), buffer.size(), 0);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0 || bytes_.size() > kAnswerLimits.bytes) return std::nullopt;
      bytes_.append(buffer.data(), static_cast<std::size_t>(count));
      end = bytes_.find('\n', looked_at_);
    }
    std::string line = bytes_.substr(0, end);
    bytes_.erase(0, end + 1);
    looked_at_ = 0;
    return line;
  }

 private:
  int from_;
  std::string bytes_;
  std::size_t looked_at_ = 0;
};

Error error_in(const json::Value& value) {
  const std::string* const message = value.find_string("message");
  const auto code = value.find_integer("code").value_or(-1);
  const bool known = code >= 0 && code <= static_cast<std::int64_t>(ErrorCode::cancelled);
  return {known ? static_cast<ErrorCode>(code) : ErrorCode::io,
          message != nullptr ? *message : "it could not be done"};
}

Progress progress_in(const json::Value& value) {
  const auto number = [&](std::string_view name) {
    return static_cast<std::uint64_t>(
        std::max<std::int64_t>(value.find_integer(name).value_or(0), 0));
  };
  const std::string* const doing = value.find_string("doing");
  return {doing != nullptr ? *doing : std::string(), number("done"), number("of")};
}

}  // namespace

ControlDoor::ControlDoor(const std::filesystem::path& folder, ControlHandler handler)
    : handler_(std::move(handler)),
      folder_(open_folder(folder)),
      ending_(::eventfd(0, EFD_CLOEXEC)) {
  const Status listening = listen();
  if (!listening.ok()) {
    log::warning("other processes cannot ask for backups of this graph while it is open",
                 {{"cause", listening.error().message}});
    return;
  }
  thread_ = std::thread([this] { serve(); });
}

ControlDoor::~ControlDoor() {
  is_ending_ = true;
  const std::uint64_t one = 1;
  if (thread_.joinable()) {
    // An eventfd that was never written to takes this.
    while (::write(ending_, &one, sizeof one) < 0 && errno == EINTR) {
    }
    thread_.join();
    ::unlinkat(folder_, kControlFile, 0);
  }
  for (const int descriptor : {listener_, folder_, ending_}) {
    if (descriptor >= 0) ::close(descriptor);
  }
}

Status ControlDoor::listen() {
  if (folder_ < 0) return io_error("opening the folder");
  if (ending_ < 0) return io_error("making a signal");
  listener_ = new_socket();
  if (listener_ < 0) return io_error("making a socket");
  ::unlinkat(folder_, kControlFile, 0);
  const sockaddr_un address = address_in(folder_);
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return io_error("making the socket in the folder");
  }
  // Nobody can connect before it listens.
  constexpr int kWaitingMax = 8;
  if (::chmod(address.sun_path, S_IRUSR | S_IWUSR) != 0 || ::listen(listener_, kWaitingMax) != 0) {
    return io_error("listening in the folder");
  }
  return {};
}

void ControlDoor::serve() {
  constexpr std::chrono::milliseconds kPause{100};
  while (wait_for_bytes(listener_, ending_, std::nullopt)) {
    const Descriptor client(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    // With too many files open, there may be fewer in a moment.
    if (client.get() < 0) std::this_thread::sleep_for(kPause);
    if (client.get() >= 0 && is_own(client.get())) answer(client.get());
  }
}

void ControlDoor::answer(int client) {
  timeval limit{};
  limit.tv_sec = kWriteTime.count();
  ::setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  static_cast<void>(send_line(client, result_line(handle(client))));
}

Result<json::Value> ControlDoor::handle(int client) {
  const std::string line = TRY(read_request(client, ending_));
  const json::Value request = TRY(json::parse(line));
  const OnProgress tell = [&](const Progress& progress) {
    return !is_ending_ && !is_gone(client) && send_line(client, progress_line(progress));
  };
  try {
    return handler_(request, tell);
  } catch (const std::exception& exception) {
    // A request too big for the memory at hand must not end the process.
    return Error{ErrorCode::io, exception.what()};
  }
}

Result<std::optional<json::Value>> ask_holder(const std::filesystem::path& folder,
                                              const json::Value& request,
                                              const OnProgress& on_progress) {
  const std::optional<json::Value> nobody;
  const Descriptor opened(open_folder(folder));
  const Descriptor socket(new_socket());
  if (opened.get() < 0 || socket.get() < 0) return nobody;
  const sockaddr_un address = address_in(opened.get());
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return nobody;
  }
  json::Writer writer;
  writer.value(request);
  LineReader lines(socket.get());
  if (send_line(socket.get(), writer.take())) {
    while (const auto line = lines.next()) {
      const json::Value value = TRY(json::parse(*line, kAnswerLimits));
      if (const auto* result = value.find("result")) return std::optional(*result);
      if (const auto* error = value.find("error")) return error_in(*error);
      const auto* progress = value.find("progress");
      if (progress == nullptr || !on_progress) continue;
      if (!on_progress(progress_in(*progress))) {
        return Error{ErrorCode::cancelled, "stopped"};
      }
    }
  }
  return Error{ErrorCode::io, "the process that has the graph in " + folder.string() +
                                  " open went away in the middle"};
}

}  // namespace mangrove::graph
