#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/date.h"
#include "graph/base/result.h"
#include "graph/ids.h"
#include "query/answer.h"

namespace mangrove::query {

/// Which way a measure gets better.
enum class Better { unknown, up, down, ambiguous };
std::string_view to_string(Better better);

/// What a change of values means, going by what the measure says of better.
enum class Change {
  unclear,  ///< The measure does not say which way is better, or says that it cannot be told.
  better,
  worse,
  same,
};
std::string_view to_string(Change change);
Change change_between(Better better, double before, double after);

/// One Observation of a place or initiative, as it was read.
struct Observed {
  graph::NodeIndex node;
  std::string id;
  graph::NodeIndex measure;
  std::optional<Date> from;  ///< The time that the value is of; either may be missing.
  std::optional<Date> to;
  std::optional<double> value;  ///< Nothing where it is written otherwise, as `<5`.
  std::string written;          ///< As text, whether a number or not.
  std::string unit;
  std::string method;
  std::string result_level;  ///< Only where the observation itself says it.
  std::string source;        ///< The first of those that state it.

  /// When it is of: the end of its time, else the beginning.
  std::optional<Date> time() const { return to ? to : from; }
};

/// A concept that a measure tells of.
struct Measured {
  graph::NodeIndex node;  ///< A target or determinant.
  bool proxy = false;     ///< Only indirectly: no statement says otherwise.
};

/// What a measure says of itself.
struct MeasureFacts {
  graph::NodeIndex node;
  Better better = Better::unknown;  ///< Ambiguous where its sources disagree.
  std::string unit;
  std::string method;
  std::string result_level;        ///< `input`, `output`, `outcome`, `impact`; or empty.
  std::vector<Measured> measured;  ///< By id.
};

/// All observations of a node up to a day, by id of the measure, then by time, then by id; those
/// without any time are last. One round trip to the store.
Result<std::vector<Observed>> observations_of(const Context& context, graph::NodeIndex of,
                                              const Date& until);

/// The facts of these measures, in the order asked. One round trip to the store, and one more for
/// what is stated on the edges.
Result<std::vector<MeasureFacts>> measure_facts(const Context& context,
                                                std::span<const graph::NodeIndex> measures);

/// The last two values of one measure that can be compared: of the same method and unit, the second
/// later than the first. Nothing where there are none, or where one time has different values.
struct LastChange {
  const Observed* before;
  const Observed* after;
};
std::optional<LastChange> last_change(std::span<const Observed> of_one_measure);

}  // namespace mangrove::query
