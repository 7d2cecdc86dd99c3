#pragma once

#include <chrono>
#include <cstddef>

namespace mangrove::web {

/// Every bound of the server, each with a name. Tests shorten them.
struct ServerLimits {
  // The head of a request: request line and header fields.
  std::size_t head_bytes = std::size_t{16} << 10;
  std::size_t target_bytes = std::size_t{8} << 10;
  std::size_t fields = 100;

  // Its body.
  std::size_t body_bytes = std::size_t{1} << 20;
  std::size_t chunk_extension_bytes = 256;  ///< Of one chunk.

  // Bodies that go to the disk (BodyOnDisk).
  std::size_t uploads = 4;  ///< At once. Beyond, 503.
  std::size_t upload_bytes_per_second = std::size_t{16} << 10;

  // Answers that are told as they come about (Response::live).
  std::size_t live_responses = 64;  ///< At once. Beyond, 503.
  std::chrono::milliseconds live_period{250};
  std::chrono::milliseconds live_time{3'600'000};  ///< Then the client has to ask again.

  // The whole server.
  std::size_t connections = 1024;      ///< Beyond, 503.
  std::size_t waiting_requests = 256;  ///< Handed to a worker or waiting for one. Beyond, 503.

  // The clock. A head has a total time, so that one byte now and then does not keep it open.
  std::chrono::milliseconds head_time{10'000};
  std::chrono::milliseconds body_grace{10'000};  ///< Added to what the slowest rate needs.
  std::size_t body_bytes_per_second = 1024;
  std::chrono::milliseconds write_grace{30'000};
  std::size_t write_bytes_per_second = std::size_t{16} << 10;
  std::chrono::milliseconds idle_time{60'000};   ///< Between two requests.
  std::chrono::milliseconds linger_time{2'000};  ///< To hear out a client we have refused.
  std::chrono::milliseconds shutdown_time{10'000};
};

}  // namespace mangrove::web
