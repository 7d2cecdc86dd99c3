#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "graph/requests.h"

// The commands that look after a graph as a whole. Each takes the words behind its name and gives
// the exit status: 0 done, 1 done and something is wrong (damage was found), 2 wrong usage, 3 could
// not be done. Where another process has the graph open, they work through it.
namespace mangrove::graph {

/// `mangrove backup DIR [--keep N] [--list | --check] [--graph DIR] [--format table|json]`
int backup_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors);

/// `mangrove restore DIR [--backup N] [--graph DIR] [--format table|json]`
int restore_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors);

/// `mangrove verify [--repair] [--graph DIR] [--format text|json]`
int verify_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors);

/// `mangrove source list | show NAME | remove NAME [--yes]  [--graph DIR] [--format table|json]`.
/// Reads the answer to its question from `in`. After a source was removed, `follow_up` (requests.h)
/// is done.
int source_command(std::span<const std::string> words, std::istream& in, std::ostream& out,
                   std::ostream& errors, const FollowUp& follow_up = nullptr);

/// `mangrove export [--output FILE] [--public] [--audience NAME]... [--graph DIR]`
int export_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors);

/// `mangrove log [--after N] [--limit N] [--verbose] [--graph DIR] [--format table|json]`
int log_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors);

}  // namespace mangrove::graph
