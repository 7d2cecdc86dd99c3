#pragma once

#include <string>
#include <string_view>

#include "graph/base/result.h"

namespace mangrove::ingest {

/// Where something lies on the web, and how to speak of it.
struct Location {
  std::string url;    ///< As it was given, with all secrets in it: for the request, nothing else.
  std::string shown;  ///< Without user, password and fragment, and with `***` for the values of
                      ///< parameters that are keys by their name or look: what may be kept.
  std::string name;   ///< `www.example.org/data/activities.xml`: for reports and origins.
  std::string host;
  bool has_secrets = false;  ///< `shown` is not enough to fetch it.
};

/// Whether an argument means something on the web, or at least wants to: `scheme://…`.
bool is_location(std::string_view argument);

/// Takes an http or https address apart. `invalid_input`, without the secrets in it, where it is
/// none, or is longer than 8,000 bytes.
Result<Location> parse_location(const std::string& url);

}  // namespace mangrove::ingest
