#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/calendar.h"
#include "query/observations.h"

namespace mangrove::query {

struct ProgressQuestion {
  std::string id = {};      ///< Of a place or an initiative.
  std::string kind = {};    ///< Which of the two it must be: `Place`, `Initiative`; empty: either.
  std::string target = {};  ///< Only measures of this target.
  std::string determinant = {};  ///< Only measures of this determinant.
  std::optional<int> from = {};  ///< Only values of this year or later,
  std::optional<int> to = {};    ///< or of this one or earlier.
  Date as_of = today();          ///< Values of a later day are left out.
  Page page = {};
};

/// One value.
struct ProgressPoint {
  std::string id;  ///< Of the observation.
  std::optional<Date> from;
  std::optional<Date> to;
  double value = 0;
  std::string source;
};

/// Values that may be compared with each other: of one measure, method and unit, by time.
struct ProgressLine {
  std::string method;  ///< Empty where none is stated.
  std::string unit;
  std::vector<ProgressPoint> points;  ///< At least one; the latest kPointsMax.
  std::uint64_t left_out = 0;         ///< Earlier ones.
  Change change = Change::unclear;    ///< From the first point to the last, where it `compares`.
  bool compares = false;              ///< Whether first and last are of different times.
};

/// A value that is not written as a number, such as `<5`: told, never drawn.
struct WrittenValue {
  std::string id;
  std::optional<Date> from;
  std::optional<Date> to;
  std::string written;
  std::string source;
};

/// One measure of the place or initiative.
struct ProgressSeries {
  Brief measure;
  std::string result_level;  ///< `input`, `output`, `outcome`, `impact`; empty where nobody says.
  Better better = Better::unknown;
  double score = 0;
  struct Of {
    Brief node;
    bool proxy = false;
  };
  std::vector<Of> measures;           ///< Targets and determinants that it tells of, by id.
  std::vector<ProgressLine> lines;    ///< The longest first, then by method and unit.
  std::vector<WrittenValue> written;  ///< By time; the latest kPointsMax.
  std::vector<Reason> why;            ///< How the longest line runs; its weight is the score.
};

struct ProgressAnswer {
  Brief of;
  std::map<std::string, std::uint64_t> levels;  ///< Series by result level; "" where nobody says.
  std::size_t total = 0;
  std::vector<ProgressSeries> items;
};

inline constexpr std::size_t kPointsMax = 500;

/// What was measured of a place or an initiative over time.
///
/// A series is one measure at one result level (what the observation says of it, else its measure).
/// Within a series, values of one method and one unit make a line; no line joins two methods or two
/// units, and nothing is interpolated. Undated values are no points. The change of a line is told
/// from its first to its last value, as `better` of the measure has it: ambiguous and unknown ones
/// give `unclear`, and so does a first or last time of which there are several values.
///
/// In the order of levels (input, output, outcome, impact, not said), then by
/// score = points of the longest line, then by id of the measure.
Result<ProgressAnswer> progress(const Context& context, const ProgressQuestion& question);

}  // namespace mangrove::query
