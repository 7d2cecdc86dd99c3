#pragma once

#include <iosfwd>
#include <span>
#include <string>

namespace mangrove::web {

/// `mangrove assess list | add | revise ID`: what GET and POST /assessments answer, over the graph
/// in a folder or by a server. Gives the exit status: 0 done, 2 wrong usage, 3 could not be done.
int assess_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors);

}  // namespace mangrove::web
