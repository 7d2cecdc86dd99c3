#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"
#include "query/calendar.h"
#include "query/filter.h"
#include "query/judgements.h"

namespace mangrove::query {

/// By what places are compared.
enum class ProfileBy {
  automatic,     ///< Determinants where enough of them were judged here, else work.
  determinants,  ///< How determinants were judged.
  work,          ///< Which determinants the initiatives address.
};
std::string_view to_string(ProfileBy by);  ///< `auto`, `determinants`, `work`.

/// How one determinant stands in one place.
struct ProfileFeature {
  Brief node;                     ///< The determinant.
  std::optional<double> risk;     ///< Judged: gap 1, partial 1/2, asset 0; nothing: unknown.
  std::optional<Date> judged;     ///< When.
  std::uint64_t initiatives = 0;  ///< Here that address it.
  double share = 0;               ///< Of those here that address any.
};

/// Where a topic area, or the place as a whole, stands in the cycle.
struct ProfileStage {
  std::optional<Brief> topic;  ///< Nothing: as a whole.
  Brief stage;
  std::optional<Date> since;
};

/// What is known of a place for comparing it with others.
struct PlaceProfile {
  Brief place;
  std::string level;                 ///< `country`, `region`, …; empty where nobody says.
  std::vector<Brief> within;         ///< Places that it lies directly in, by id.
  std::uint64_t initiatives = 0;     ///< That work in it or within it.
  std::uint64_t addressing = 0;      ///< Of these, with any determinant.
  std::uint64_t judged = 0;          ///< Determinants with a known risk.
  std::uint64_t measures = 0;        ///< With an observation of this place.
  std::vector<ProfileStage> stages;  ///< As a whole first, then by id of the topic area.
};

struct ProfileQuestion {
  std::string place = {};
  Filter filter = {};    ///< Of the initiatives; its place is left out.
  Date as_of = today();  ///< What is dated later is left out.
  Page page = {};        ///< Of the features.
};

struct ProfileAnswer {
  PlaceProfile profile;
  std::size_t total = 0;
  std::vector<ProfileFeature> items;  ///< Determinants of which anything is known: the highest risk
                                      ///< first, unknown ones last, then by share, then by id.
};

/// One determinant in two places.
struct ComparedFeature {
  Brief node;
  std::optional<double> a;  ///< Risk or share, by what is compared.
  std::optional<double> b;
  std::optional<double> difference;  ///< |a - b|; nothing where one is unknown.
};

struct CompareQuestion {
  std::string a = {};
  std::string b = {};
  ProfileBy by = ProfileBy::automatic;
  Filter filter = {};
  Date as_of = today();
  Page page = {};
};

struct CompareAnswer {
  PlaceProfile a;
  PlaceProfile b;
  ProfileBy by = ProfileBy::work;  ///< What was compared; never automatic.
  std::optional<double> distance;  ///< Nothing where they share nothing to compare.
  std::uint64_t shared = 0;        ///< Determinants that are known in both.
  std::size_t total = 0;
  std::vector<ComparedFeature> items;  ///< The greatest difference first, unknown ones last; by id.
  std::vector<Reason> why;
};

struct SimilarQuestion {
  std::string place = {};
  ProfileBy by = ProfileBy::automatic;
  Filter filter = {};
  Date as_of = today();
  Page page = {};
};

/// What a comparable place did when it stood where this one stands now.
struct StageLesson {
  std::optional<Brief> topic;
  Brief stage;
  std::optional<Date> from;       ///< When it came to stand there.
  std::optional<Date> to;         ///< When it was judged to stand at another; nothing: not yet.
  std::optional<Brief> then;      ///< That other stage.
  std::uint64_t initiatives = 0;  ///< Here, on determinants of the topic area, in those years.
  std::vector<Brief> examples;    ///< The first kExamplesOfLesson by id.
  struct Changed {
    Brief determinant;
    std::string before;  ///< The status at its first judgement from `from` on,
    std::string after;   ///< and at its last one.
  };
  std::vector<Changed> changed;  ///< Determinants of the topic area whose status changed; by id.
};

/// That one took a practice over from the other.
struct Learned {
  Brief learner;
  Brief teacher;
  std::string changed;
  std::string result;
  std::string source;
};

struct SimilarPlace {
  Brief node;
  double distance = 0;
  double score = 0;                        ///< 1 - distance.
  std::uint64_t shared = 0;                ///< Determinants that are known in both.
  std::vector<ComparedFeature> differing;  ///< The first kDifferingMax that differ at all.
  std::vector<StageLesson> lessons;
  std::vector<Learned> learned;  ///< Between the two places, either way.
  std::vector<Reason> why;
};

struct SimilarAnswer {
  PlaceProfile profile;
  ProfileBy by = ProfileBy::work;
  std::uint64_t candidates = 0;  ///< Places of the same level.
  std::size_t total = 0;         ///< Those with anything to compare.
  std::vector<SimilarPlace> items;
};

inline constexpr std::uint64_t kJudgedLeast = 3;
inline constexpr std::size_t kDifferingMax = 5;
inline constexpr std::size_t kExamplesOfLesson = 3;

/// What is known of one place.
Result<ProfileAnswer> profile(const Context& context, const ProfileQuestion& question);

/// Two places beside each other, by the same formulas as `similar`, whatever their levels.
Result<CompareAnswer> compare(const Context& context, const CompareQuestion& question);

/// Places comparable with this one: of the same `level` (all without one, where it has none), near
/// in an agreed profile.
///
/// By **determinants**, over the n that have a known risk (the latest assessment: gap 1, partial
/// 1/2, asset 0) in both:
///
///     distance = (1/2 + sum |risk a - risk b|) / (n + 1)          n at least kJudgedLeast
///
/// as if one more determinant differed by a half, so that agreeing on many tells more than agreeing
/// on few. What is unknown in one of them is neither near nor far: it is left out.
///
/// By **work**, over all determinants, with the share of each in the initiatives of a place that
/// address any (those of 2 addressed determinants count half for each, so shares add up to 1):
///
///     distance = 1/2 sum |share a - share b|                       both with such an initiative
///
/// which is 0 for the same mix and 1 for nothing in common. Work is not need: it tells who faces
/// like tasks, and `by` says which of the two an answer rests on. Automatic takes determinants
/// where kJudgedLeast were judged in the place asked.
///
/// In the order of distance, then of `shared` (more first), then by id.
Result<SimilarAnswer> similar(const Context& context, const SimilarQuestion& question);

}  // namespace mangrove::query
