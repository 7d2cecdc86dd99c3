#pragma once

#include <iostream>
#include <span>
#include <string>

namespace mangrove::ingest {

/// `mangrove ingest WORDS...`: loads files into a graph, shows how far it is, sums up. Gives the
/// exit status: 0 done, 1 done with something lost, 2 wrong usage, 3 could not be done.
int ingest_command(std::span<const std::string> words, std::ostream& out = std::cout,
                   std::ostream& errors = std::cerr);

/// `mangrove source inputs | refresh [NAME...] | report NAME | forget PLACE | list | show NAME |
/// remove NAME`: who states what, and where it was read from; the last three are
/// graph::source_command. Exit status 0, 1 (an input could not be read), 2 and 3 as above.
int source_command(std::span<const std::string> words, std::istream& in = std::cin,
                   std::ostream& out = std::cout, std::ostream& errors = std::cerr);

/// `mangrove review list | release ID [--by NAME] [--reason TEXT] | hold ID  [--graph DIR]
/// [--format table|json]`: records that are held because of their words. Exit status 0, 2 and 3 as
/// above.
int review_command(std::span<const std::string> words, std::ostream& out = std::cout,
                   std::ostream& errors = std::cerr);

}  // namespace mangrove::ingest
