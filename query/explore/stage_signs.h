#pragma once

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "query/answer.h"
#include "query/calendar.h"
#include "query/explore/cycle.h"
#include "query/filter.h"
#include "query/judgements.h"
#include "query/observations.h"
#include "query/surroundings.h"

namespace mangrove::query {

/// What the graph tells of the evidence for stages of one place; see the header of cycle.h. Reads
/// once what all topic areas share. The things referred to must outlive it.
class StageSigns {
 public:
  StageSigns(const Context& context, const PreparedFilter& everything,
             const Surroundings& surroundings, const std::vector<Judgement>& judgements,
             const Date& as_of);

  /// What is looked at.
  struct Scope {
    std::optional<graph::NodeIndex> topic;
    std::vector<graph::NodeIndex> determinants;  ///< Sorted by index.
  };
  /// What was found.
  struct Finding {
    SignState state = SignState::judge;
    std::vector<graph::NodeIndex> found;  ///< The first kFoundMax by id.
    std::string why;
  };
  Result<Finding> look_for(std::string_view sign, const Scope& scope);

 private:
  Status load();
  Finding assessment(const Scope& scope) const;
  Result<Finding> convenor(const Scope& scope) const;
  Result<Finding> initiative(const Scope& scope) const;
  Result<Finding> reach(const Scope& scope) const;
  Finding two_measurements(const Scope& scope) const;
  Result<Finding> evaluation() const;
  std::vector<graph::NodeIndex> needed(const Scope& scope) const;
  Result<std::vector<graph::NodeIndex>> initiatives_on(
      std::span<const graph::NodeIndex> determinants) const;
  Result<bool> is_reached(graph::NodeIndex determinant) const;
  Finding found(std::vector<graph::NodeIndex> nodes, std::string what) const;

  const Context& context_;
  const PreparedFilter& everything_;
  const Surroundings& surroundings_;
  const std::vector<Judgement>& judgements_;
  const Date as_of_;
  bool is_loaded_ = false;
  std::vector<graph::NodeIndex> here_;  // Initiatives, sorted by index.
  std::vector<Observed> observed_;
  std::vector<MeasureFacts> measures_;
};

}  // namespace mangrove::query
