#include "ingest/fetch/options.h"

#include <chrono>
#include <cstdint>

namespace mangrove::ingest {

void describe_downloads(CLI::App& app, DownloadLimits& limits) {
  constexpr std::uint64_t kSecondsMax = 604'800;
  app.add_flag("--allow-private-addresses", limits.allow_private_addresses,
               "Also fetch from this machine and private networks");
  app.add_option("--max-download", limits.bytes,
                 "The most that one download may bring, such as 500MB; unpacked by the transfer, "
                 "not by .gz")
      ->transform(CLI::AsSizeValue(false))
      ->type_name("SIZE")
      ->default_str("2GB");
  app.add_option_function<std::uint64_t>(
         "--download-time",
         [&limits](const std::uint64_t& seconds) { limits.total = std::chrono::seconds(seconds); },
         "The most seconds that one download may take")
      ->check(CLI::Range(std::uint64_t{1}, kSecondsMax))
      ->type_name("SECONDS")
      ->default_str("3600");
}

}  // namespace mangrove::ingest
