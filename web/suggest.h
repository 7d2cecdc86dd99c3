#pragma once

#include <iosfwd>
#include <span>
#include <string>

namespace mangrove::web {

/// `mangrove suggest TEXT... | --file FILE | -`: what POST /suggest answers, over the graph in a
/// folder, by a server, or, where there is no graph, by the vocabularies in this program. Gives the
/// exit status: 0 done, 2 wrong usage, 3 could not be done.
int suggest_command(std::span<const std::string> words, std::istream& in, std::ostream& out,
                    std::ostream& errors);

}  // namespace mangrove::web
