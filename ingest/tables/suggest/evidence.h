#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/tables/cell_values.h"
#include "ingest/tables/filters.h"
#include "ingest/tables/suggest/sample.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// What the values of a column are like. All shares are from 0 to 1, of the values that are there.
class Evidence {
 public:
  /// `ontology` must outlive this.
  explicit Evidence(const ontology::Ontology& ontology) : filters_(ontology) {}

  /// How many values mean something to a filter, such as `Place` or `sdg`: whole, or in parts
  /// between these separators.
  double understood(const SampleColumn& column, const std::string& filter,
                    const std::vector<std::string>& separators = {});
  /// The separators that stand between values in some cells of the column, likelier ones first.
  /// `careful`: only those that hardly stand inside of names and sentences.
  static std::vector<std::string> separators_in(const SampleColumn& column, bool careful);

  static double of_type(const SampleColumn& column, const CellForm& form);
  static double money(const SampleColumn& column);
  static double addresses(const SampleColumn& column);
  /// E-mail addresses and telephone numbers.
  static double contacts(const SampleColumn& column);
  static double years(const SampleColumn& column);
  /// Whether `5/6/2013` has the day first, as the values themselves tell; unsaid where they do not.
  static DayOrder day_order(const SampleColumn& column);
  /// `,` where numbers such as `1.234,5` say so; else 0.
  static char decimal(const SampleColumn& column);
  /// Every row has one, and no two the same.
  static bool is_unique(const SampleColumn& column);

 private:
  Filters filters_;
  std::map<std::string, Filter> known_;
};

}  // namespace mangrove::ingest
