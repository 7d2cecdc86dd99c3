#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mangrove::tests {

/// One response, read by a reader of our own, so that tests do not believe the code under test.
struct RawResponse {
  int status = 0;
  std::string head;                            ///< As received, with the empty line.
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string body;

  /// The field, or an empty text.
  std::string header(const std::string& lower_case_name) const;
};

/// A plain connection to a server on this machine, which sends what it is told, byte for byte.
class RawConnection {
 public:
  static constexpr std::chrono::milliseconds kPatience{10'000};

  explicit RawConnection(std::uint16_t port);
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  /// False when the server has closed.
  bool send(std::string_view bytes) const;
  /// Says that nothing more will be sent.
  void finish_sending() const;

  /// The next response; nothing when the server closes or is silent for too long.
  std::optional<RawResponse> read_response(bool has_body = true);
  /// Everything until the server closes; nothing when it does not in time.
  std::optional<std::string> read_until_closed(std::chrono::milliseconds patience = kPatience);
  bool is_closed_by_server(std::chrono::milliseconds patience = kPatience) {
    return read_until_closed(patience).has_value();
  }

 private:
  enum class Arrival { bytes, closed, silence };
  Arrival receive(std::chrono::milliseconds patience);

  int socket_ = -1;
  std::string buffer_;
};

/// The responses to these bytes, until the server closes or `count` have come.
std::vector<RawResponse> exchange(std::uint16_t port, std::string_view bytes,
                                  std::size_t count = 1);

}  // namespace mangrove::tests
