#pragma once

#include <CLI/CLI.hpp>

#include "ingest/fetch/download.h"

namespace mangrove::ingest {

/// Adds `--allow-private-addresses`, `--max-download` and `--download-time`, which set the limits.
void describe_downloads(CLI::App& app, DownloadLimits& limits);

}  // namespace mangrove::ingest
