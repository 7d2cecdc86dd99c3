#pragma once

#include <iosfwd>
#include <span>
#include <string>

namespace mangrove::web {

/// `mangrove matches list [NODE] | accept|refuse|withdraw MATCH or NODE NODE`: what GET and POST
/// /matches answer, over the graph in a folder or by a server. Gives the exit status: 0 done, 2
/// wrong usage, 3 could not be done.
int matches_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors);

}  // namespace mangrove::web
