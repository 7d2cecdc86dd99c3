#pragma once

#include <iostream>
#include <span>
#include <string>

namespace mangrove::ontology {

/// `mangrove ontology check FILE...`: every mistake in Turtle vocabularies, with file and line.
/// Gives the exit status: 0 no errors, 1 mistakes were found, 2 wrong usage, 3 a file could not be
/// read.
int ontology_command(std::span<const std::string> words, std::ostream& out = std::cout,
                     std::ostream& errors = std::cerr);

}  // namespace mangrove::ontology
