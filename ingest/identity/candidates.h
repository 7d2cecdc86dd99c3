#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ingest/identity/body.h"

namespace mangrove::ingest {

/// Positions of two bodies, the lower one first.
using CandidatePair = std::pair<std::uint32_t, std::uint32_t>;

/// In one block, a body is compared with so many before it.
inline constexpr std::size_t kBlockWindow = 16;
/// Words that so many bodies bear at most make a block.
inline constexpr std::size_t kRareWordBodies = 24;

/// Pairs of bodies that are worth a closer look, each once, in order. Two come together where they
/// share one of these: the words of a name in any order; a name but for one letter; a short form
/// and initials; the skeleton of a name; a rare word; a reference, or the digits of one; a web
/// site.
///
/// Never all pairs: in a block, each is paired with at most kBlockWindow others, so the number of
/// pairs is linear in the number of names. O(letters of all names · log).
std::vector<CandidatePair> candidate_pairs(std::span<const Body> bodies);

/// The digits of a reference without zeros before them, if there are at least five: what stays of a
/// number that was put under the prefix of another list. Empty otherwise.
std::string bare_digits(const NormalReference& reference);

}  // namespace mangrove::ingest
