#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ontology/check/written.h"
#include "ontology/schema.h"

namespace mangrove::ontology {

/// What does not fit, and where.
struct Misfit {
  std::size_t line;
  std::string text;
};

/// Whether a derivation rule (the grammar is at the head of `rules/initiatives.ttl`) can be
/// applied: its path leads from an initiative to the kind it names, the relation it derives may go
/// there and can say how it came about, and its conditions and numbers belong to one relation of
/// the path.
std::vector<Misfit> misfits_of(const WrittenSubject& rule, const Schema& schema);

}  // namespace mangrove::ontology
