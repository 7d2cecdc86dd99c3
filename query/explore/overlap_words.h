#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "query/answer.h"
#include "query/filter.h"
#include "query/reading.h"
#include "query/side.h"

namespace mangrove::query {

/// What two bodies whose initiatives overlap may do about it.
enum class Course {
  coordinate,  ///< Go on apart, and know of each other.
  differ,      ///< Go on apart: they share less than it seems. Learn from each other.
  merge,       ///< Look whether the two are, or should be, one.
};
std::string_view to_string(Course course);

/// What the graph knows that speaks for each course; sentences, the most telling first. It decides
/// nothing: people do.
///
///     merge       one title in two data sets; stated parent or child; a body takes part in both on
///                 one subject (target, goal or determinant) in one place, not in other years
///     coordinate  one subject in one place, not in other years; one title in one data set; a body
///                 that knows both, or that none does; means (types of intervention, response
///                 points) that only one has, on shared ground
///     differ      never in the same year; no place or no subject in common, where both name some;
///                 other groups; all subjects in common only read out of texts; nothing rare in
///                 common (kRareMax)
///
/// `most` is merge where something speaks for it and nothing for differing; else coordinate where
/// they are on one subject in one place, not in other years; else differ.
struct Advice {
  Course most = Course::coordinate;
  std::string reading;  ///< `Coordinate: both …`.
  std::vector<std::string> coordinate;
  std::vector<std::string> differ;
  std::vector<std::string> merge;
};

/// What more initiatives than this have is not rare.
inline constexpr std::size_t kRareMax = 200;

/// Two that overlap, to be put in words. The things pointed at must outlive it.
struct OverlapPair {
  const Side* mine = nullptr;
  const Side* theirs = nullptr;
  std::vector<SharedEnd> shared;  ///< As Sides::shared has it.
  std::optional<Years> years;     ///< In which both run.
  bool never = false;             ///< They surely never ran in the same year.
};

/// Puts overlaps in words. First `want` all pairs, then load the reading, then ask.
class OverlapWords {
 public:
  /// All must outlive it. `draft` is the title of sides that are drafts.
  OverlapWords(const Context& context, const PreparedFilter& filter, Sides& sides, Reading& reading,
               std::string draft)
      : context_(context),
        filter_(filter),
        sides_(sides),
        reading_(reading),
        draft_(std::move(draft)) {}

  /// Notes what must be read for the pair.
  void want(const OverlapPair& pair);

  /// Why it ranks where it does; the weights are those of sharing times `factor`.
  std::vector<Reason> reasons(const OverlapPair& pair, double factor) const;
  /// The whole in one sentence.
  Result<std::string> reading(const OverlapPair& pair) const;
  Result<Advice> advice(const OverlapPair& pair);

 private:
  struct Subjects;

  bool is(const SharedEnd& shared, std::string_view relation) const;
  Reason reason(const OverlapPair& pair, const SharedEnd& shared, double factor) const;
  Brief brief(const Side& side) const;
  std::string name(const Side& side) const;
  std::string title(const Side& side) const;
  std::vector<std::string> clauses(const std::vector<SharedEnd>& shared) const;
  std::vector<std::string> partners(const std::vector<SharedEnd>& shared) const;
  std::vector<std::string> named(const std::vector<SharedEnd>& shared,
                                 std::span<const std::string_view> relations) const;
  std::vector<graph::NodeIndex> only(const Side& side, const Side& other,
                                     std::string_view relation) const;
  bool names_any(const Side& side, std::span<const std::string_view> relations) const;
  std::string ends_named(const std::vector<graph::NodeIndex>& ends) const;
  Result<std::set<std::string>> stated(const OverlapPair& pair) const;
  bool is_twin(const OverlapPair& pair) const;
  Status speak_for_merging(const OverlapPair& pair, Advice& advice) const;
  void speak_for_coordinating(const OverlapPair& pair, Advice& advice);
  void speak_for_differing(const OverlapPair& pair, Advice& advice);

  const Context& context_;
  const PreparedFilter& filter_;
  Sides& sides_;
  Reading& reading_;
  std::string draft_;
};

/// Years in which both run; `never` is set where they surely do not.
std::optional<Years> years_in_common(const Years& a, const Years& b, bool& never);

}  // namespace mangrove::query
