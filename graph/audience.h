#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"

namespace mangrove::graph {

// Who may see what.
//
// An audience is a name, such as "partners". A statement names the audiences that may see it; one
// that names none is public. Where a statement stands inside another (a property inside a record),
// a viewer must be allowed to see both: so what is stored with a statement is a policy, a number
// for one or more sets of audiences, of each of which the viewer must be in at least one.

/// A set of audiences, as bits of their numbers.
using AudienceSet = std::uint64_t;

inline constexpr std::size_t kAudiencesMax = 64;
/// How many policies records may bring. The rest of their numbers is for what comes of putting
/// policies together.
inline constexpr std::size_t kStatedPoliciesMax = 50'000;

/// The number of a condition in `Policies`. kPublic is met by everybody.
using Policy = StrongNumber<struct PolicyTag, std::uint16_t>;
inline constexpr Policy kPublic{0};
/// Stands for no policy at all, where there is nothing to see; never given away.
inline constexpr Policy kNobody{UINT16_MAX};

/// Who asks. Made from names, since a viewer does not depend on a graph.
class Viewer {
 public:
  /// Sees what is public, and nothing else.
  static Viewer everyone() { return Viewer({}, false); }
  /// Sees all there is. For whoever keeps the graph, and for tools that copy or check it.
  static Viewer steward() { return Viewer({}, true); }
  /// Sees what is public, and what these audiences may see. A name that the graph has never heard
  /// of opens nothing.
  static Viewer of(std::vector<std::string> audiences) {
    return Viewer(std::move(audiences), false);
  }

  bool is_steward() const { return is_steward_; }
  std::span<const std::string> audiences() const { return audiences_; }

 private:
  Viewer(std::vector<std::string> audiences, bool is_steward)
      : audiences_(std::move(audiences)), is_steward_(is_steward) {}

  std::vector<std::string> audiences_;
  bool is_steward_;
};

/// What one viewer sees of the policies of one version: a table of bits, looked at for every
/// statement. A policy that it does not know is hidden.
class Sight {
 public:
  /// Sees only what is public.
  Sight() = default;
  Sight(std::vector<bool> seen, bool everything);

  bool sees(Policy policy) const {
    if (policy == kPublic || everything_) return true;
    return policy.value < seen_.size() && seen_[policy.value];
  }
  bool sees_everything() const { return everything_; }
  /// Whether nothing but what is public is seen, so that callers may take a shorter way.
  bool only_public() const { return only_public_; }

  friend auto operator<=>(const Sight&, const Sight&) = default;

 private:
  std::vector<bool> seen_;  // By policy.
  bool everything_ = false;
  bool only_public_ = true;
};

/// A viewer, and how many policies there are: while both are the same, so is what is seen.
struct ViewerKey {
  AudienceSet audiences = 0;
  bool is_steward = false;
  std::uint32_t policies = 0;

  friend auto operator<=>(const ViewerKey&, const ViewerKey&) = default;
};

/// The audiences and policies of a graph. Only grows, so all versions share one. Many may read
/// while others add.
class Policies {
 public:
  Policies();

  /// The number of the audience; new if need be. Nothing once there are kAudiencesMax.
  std::optional<std::uint8_t> add_audience(std::string_view name);
  std::optional<std::uint8_t> find_audience(std::string_view name) const;
  std::vector<std::string> audiences() const;

  /// The policy of a statement that these audiences may see. The empty set is seen by nobody but a
  /// steward.
  Policy of(AudienceSet audiences) { return both(kPublic, audiences); }
  /// What it takes to see a statement inside another.
  Policy both(Policy outer, Policy inner);
  Policy both(Policy outer, AudienceSet inner);
  /// Whether `of` needs no new number.
  bool knows(AudienceSet audiences) const;
  /// What it takes to see one of two statements at least.
  Policy either(Policy a, Policy b);

  /// The sets of which a viewer must be in one each, sorted; empty for kPublic.
  std::vector<AudienceSet> sets(Policy policy) const;
  /// Takes in a stored policy. False unless it comes under the next number.
  bool restore(Policy policy, std::vector<AudienceSet> sets);

  std::uint32_t size() const;

  /// O(audiences).
  ViewerKey key_of(const Viewer& viewer) const;
  /// O(policies).
  Sight sight_of(const ViewerKey& key) const;
  Sight sight_of(const Viewer& viewer) const { return sight_of(key_of(viewer)); }

 private:
  Policy number_of(std::vector<AudienceSet> sets);

  mutable std::mutex mutex_;
  std::vector<std::string> audiences_;
  std::vector<std::vector<AudienceSet>> sets_;  // By policy.
  std::map<std::vector<AudienceSet>, Policy> numbers_;
};

}  // namespace mangrove::graph
