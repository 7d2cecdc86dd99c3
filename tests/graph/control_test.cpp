#include "graph/control.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "graph/folder.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

using json::Value;

Result<Value> echo(const Value& request, const OnProgress& /*tell*/) {
  return Value(Value::Object{{"heard", request}});
}

Value request(const char* what) {
  return Value::Object{{"do", what}};
}

/// Sends bytes to a door as they are; gives what comes back until the door hangs up.
std::string send_raw(const std::filesystem::path& folder, const std::string& bytes) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = (folder / kControlFile).string();
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) break;
    sent += static_cast<std::size_t>(count);
  }
  ::shutdown(socket, SHUT_WR);
  std::string answer;
  char buffer[4096];
  for (ssize_t count = 0; (count = ::recv(socket, buffer, sizeof buffer, 0)) > 0;) {
    answer.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(socket);
  return answer;
}

TEST(ControlDoor, AnswersWhatItIsAsked) {
  const tests::TemporaryFolder folder;
  const ControlDoor door(folder.path(), echo);
  for (int i = 0; i < 3; ++i) {
    const auto answer = ask_holder(folder.path(), request("sing"), nullptr).value();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(*answer->find("heard")->find_string("do"), "sing");
  }
}

TEST(ControlDoor, IsNotThereWhereNobodyListens) {
  const tests::TemporaryFolder folder;
  EXPECT_FALSE(ask_holder(folder.path(), request("sing"), nullptr).value().has_value());
  EXPECT_FALSE(ask_holder(folder.path() / "none", request("sing"), nullptr).value().has_value());
}

TEST(ControlDoor, PassesErrorsAndProgressOn) {
  const tests::TemporaryFolder folder;
  const ControlDoor door(folder.path(), [](const Value&, const OnProgress& tell) -> Result<Value> {
    for (std::uint64_t i = 1; i <= 3; ++i) tell({"counting", i, 3});
    return Error{ErrorCode::no_space, "the disk is full"};
  });
  std::vector<std::uint64_t> heard;
  const auto answer = ask_holder(folder.path(), request("fail"), [&](const Progress& progress) {
    EXPECT_EQ(progress.doing, "counting");
    heard.push_back(progress.done);
    return true;
  });
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::no_space);
  EXPECT_EQ(answer.error().message, "the disk is full");
  EXPECT_EQ(heard, (std::vector<std::uint64_t>{1, 2, 3}));
}

TEST(ControlDoor, WorksInAFolderWhosePathIsTooLongForASocket) {
  const tests::TemporaryFolder temporary;
  std::filesystem::path folder = temporary.path();
  for (int i = 0; i < 4; ++i) folder /= std::string(60, 'x');
  std::filesystem::create_directories(folder);
  const ControlDoor door(folder, echo);
  EXPECT_TRUE(ask_holder(folder, request("sing"), nullptr).value().has_value());
}

TEST(ControlDoor, IsOpenToItsOwnerOnly) {
  const tests::TemporaryFolder folder;
  const ControlDoor door(folder.path(), echo);
  struct stat about {};
  ASSERT_EQ(::stat((folder.path() / kControlFile).c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST(ControlDoor, TakesThePlaceOfOneThatAKilledProcessLeft) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / kControlFile;
  {
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    file.string().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(socket);  // The file stays, as after a kill.
  }
  ASSERT_TRUE(std::filesystem::exists(file));
  EXPECT_FALSE(ask_holder(folder.path(), request("sing"), nullptr).value().has_value());
  {
    const ControlDoor door(folder.path(), echo);
    EXPECT_TRUE(ask_holder(folder.path(), request("sing"), nullptr).value().has_value());
  }
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(ControlDoor, IsLeftOutWhereNoSocketCanBeMade) {
  const tests::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / kControlFile / "in the way");
  const ControlDoor door(folder.path(), echo);
  EXPECT_FALSE(ask_holder(folder.path(), request("sing"), nullptr).value().has_value());
  EXPECT_TRUE(std::filesystem::exists(folder.path() / kControlFile / "in the way"));
}

TEST(ControlDoor, RefusesWhatIsNoRequestAndServesTheNext) {
  const tests::TemporaryFolder folder;
  std::atomic<int> handled = 0;
  const ControlDoor door(folder.path(), [&](const Value&, const OnProgress&) -> Result<Value> {
    ++handled;
    return Value(true);
  });
  const std::vector<std::string> nonsense{"",
                                          "\n",
                                          "no json\n",
                                          "{\"do\": 1",
                                          std::string(kRequestBytesMax * 4, 'x'),
                                          std::string(10'000, '[') + "\n",
                                          std::string(1, '\0') + "\n"};
  for (const std::string& bytes : nonsense) {
    EXPECT_NE(send_raw(folder.path(), bytes).find("\"error\""), std::string::npos)
        << bytes.substr(0, 20);
  }
  EXPECT_EQ(handled, 0);
  EXPECT_TRUE(ask_holder(folder.path(), request("sing"), nullptr).value().has_value());
}

TEST(ControlDoor, OutlivesAHandlerThatThrows) {
  const tests::TemporaryFolder folder;
  const ControlDoor door(folder.path(), [](const Value&, const OnProgress&) -> Result<Value> {
    throw std::bad_alloc();
  });
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(ask_holder(folder.path(), request("sing"), nullptr).error().code, ErrorCode::io);
  }
}

TEST(ControlDoor, ServesOneAtATimeAndKeepsTheOthersWaiting) {
  const tests::TemporaryFolder folder;
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  const ControlDoor door(folder.path(), [&](const Value&, const OnProgress&) -> Result<Value> {
    most = std::max(most.load(), ++inside);
    std::this_thread::yield();
    --inside;
    return Value(true);
  });
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 12; ++i) {
    clients.emplace_back([&] {
      const auto answer = ask_holder(folder.path(), request("sing"), nullptr);
      if (answer.ok() && answer.value()) ++answered;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(answered, 12);
  EXPECT_EQ(most, 1);
}

TEST(ControlDoor, TellsTheHandlerToStopWhenNobodyWaitsForTheAnswer) {
  const tests::TemporaryFolder folder;
  std::atomic<bool> stopped = false;
  const ControlDoor door(folder.path(), [&](const Value&, const OnProgress& tell) -> Result<Value> {
    while (tell({"counting", 1, 0})) std::this_thread::yield();
    stopped = true;
    return Error{ErrorCode::cancelled, "stopped"};
  });
  const auto answer = ask_holder(folder.path(), request("long"), [](const Progress&) {
    return false;  // As by Ctrl-C.
  });
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
  while (!stopped) std::this_thread::yield();
}

TEST(ControlDoor, ThatClosesTellsTheHandlerToStop) {
  const tests::TemporaryFolder folder;
  std::atomic<bool> begun = false;
  auto door = std::make_unique<ControlDoor>(
      folder.path(), [&](const Value&, const OnProgress& tell) -> Result<Value> {
        while (tell({"counting", 1, 0})) {
          begun = true;
          std::this_thread::yield();
        }
        return Error{ErrorCode::cancelled, "the process ends"};
      });
  std::thread client([&] {
    const auto answer = ask_holder(folder.path(), request("long"), nullptr);
    EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
  });
  while (!begun) std::this_thread::yield();
  door.reset();
  client.join();
}

}  // namespace
}  // namespace mangrove::graph
