#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/identity/body.h"

namespace mangrove::ingest {

/// One reason for or against two records' being of one thing.
struct Evidence {
  std::string name;   ///< Stable: `same name`, `another place`, …; see the head of score.cpp.
  double weight = 0;  ///< 0 to 1; below 0: against.
};

/// What the machine makes of a pair. `accepted` only on the grounds of identity: the same
/// reference in a primary register, or a link between registers that a source published, and no
/// word against it. Everything else is for a person.
enum class MatchState : std::uint8_t { none, suggested, accepted };
std::string_view to_string(MatchState state);

struct Judgement {
  MatchState state = MatchState::none;
  double score = 0;  ///< 0 to 1, to two places.
  std::vector<Evidence> evidence;

  /// `same name, same country; against: other types`, for people.
  std::string reason() const;
};

/// From this score on, a pair is suggested.
inline constexpr double kSuggestedFrom = 0.5;

/// The score of the evidence: 1 - product of (1 - weight) of what speaks for it, times the product
/// of (1 - |weight|) of what speaks against it.
double score_of(std::span<const Evidence> evidence);

/// What the words of all names are worth; the bodies must outlive it.
class BodyScore {
 public:
  /// `places` are words of the names of countries, as `in_plain_latin` gives them.
  BodyScore(std::span<const Body> bodies, const ontology::WordSet& places);
  ~BodyScore();
  BodyScore(const BodyScore&) = delete;
  BodyScore& operator=(const BodyScore&) = delete;

  /// Whether the two are one. `together` says in how many initiatives both stand.
  Judgement judge(const Body& a, const Body& b, std::uint32_t together) const;

  /// How much two names are alike: the strongest evidence between them, and what speaks against it.
  std::vector<Evidence> compare(const NameForm& a, const NameForm& b) const;

  /// Whether one name is the other with words of a branch or unit of it, or a place, added.
  bool is_branch_of(const NameForm& branch, const NameForm& whole) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace mangrove::ingest
