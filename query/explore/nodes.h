#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"

namespace mangrove::query {

/// A data set, as far as a reader needs it to judge a statement.
struct SourceBrief {
  std::string id;
  std::string name;
  std::string publisher;  ///< Empty where not stated; so are the rest.
  std::string licence;
  std::string url;
  std::string retrieved;
  std::string note;
};

struct Degree {
  std::uint32_t in = 0;
  std::uint32_t out = 0;
};

/// Another record of the same thing.
struct SameRecord {
  Brief node;
  std::vector<std::string> names;    ///< By which it is known there, the one to show first.
  std::vector<std::string> sources;  ///< Ids of those who state something of it.
};

struct NodeAnswer {
  Brief node;
  std::vector<graph::StatedProperty> properties;  ///< As `graph::Node` orders them.
  std::vector<SourceBrief> sources;
  std::map<std::string, Degree>
      degree;  ///< Connections by relation, as neighbours() lists them; only where there are any.
  std::vector<SameRecord> same;  ///< Also known as: see query/same.h.
};

/// One node with all that is stated about it, who states it, and how much it is connected, over
/// connections of these bases (none: of all).
Result<NodeAnswer> node(const Context& context, std::string_view id,
                        const std::vector<std::string>& bases = {});

/// What is known about these sources, in the order asked.
Result<std::vector<SourceBrief>> source_briefs(const Context& context,
                                               std::span<const std::string> ids);

}  // namespace mangrove::query
