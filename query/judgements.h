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

/// Whether something is needed, as far as is known. What is unknown is never taken for fine.
enum class Need { unknown, none, present };
std::string_view to_string(Need need);  ///< `unknown`, `none`, `present`.

/// One Assessment of a place, as it was read.
struct Judgement {
  graph::NodeIndex node;
  std::string id;
  /// What was judged: a determinant, topic area, target, response point or group. Of a stage that
  /// the place has reached, the topic area, or nothing where it is reached as a whole.
  std::optional<graph::NodeIndex> on;
  std::optional<graph::NodeIndex> stage;  ///< Only where a stage was judged.
  std::string status;                     ///< `gap`, `partial`, `asset`, `unknown`; or empty.
  std::string pole;                       ///< `risk`, `protective`; or empty.
  std::optional<Date> date;               ///< Of the judgement, not of its record.
  std::string note;
  std::string by;                         ///< The free name of who judged; or empty.
  std::vector<graph::NodeIndex> authors;  ///< Actors that judged, by id.
  std::string source;                     ///< The first of those that state it.
  std::vector<graph::NodeIndex> revises;  ///< Earlier wordings of it, by id.
  bool revised = false;                   ///< Whether a later one takes its place.
};

/// Gap and partial are a need, asset is none, unknown is unknown; where no status is given, the
/// risk pole is a need and the protective pole none.
Need need_of(const Judgement& judgement);

/// All assessments of a place up to a day, newest first; of one date those that see a need first,
/// then those that see none, then by id; undated ones last. With those that were revised, which
/// count for nothing but the history. One round trip to the store.
Result<std::vector<Judgement>> judgements_of(const Context& context, graph::NodeIndex place,
                                             const Date& until);

/// The same of assessments that are known.
Result<std::vector<Judgement>> read_judgements(const Context& context,
                                               std::span<const graph::NodeIndex> assessments,
                                               const Date& until);

/// The first that counts (not revised) on this concept, which is the latest; null for none.
/// Judgements of stages do not count here.
const Judgement* latest_on(const std::vector<Judgement>& judgements, graph::NodeIndex subject);

/// `assessed as a gap on 2024-05-01 by Amal`, to stand behind a name.
std::string in_words(const Judgement& judgement);

}  // namespace mangrove::query
