#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/value.h"
#include "query/answer.h"

namespace mangrove::query {

/// How sources are put in order.
enum class SourcesOrder { records, findings, name, retrieved };

struct SourcesQuestion {
  std::string words = {};  ///< In its name or id, whatever the case; empty: all.
  SourcesOrder order = SourcesOrder::records;
  Page page = {};
};

/// A data set that statements came from, and how well it is published: as it was when it was last
/// read and anything in it had changed.
struct SourceRow {
  std::string id;
  std::string name;
  std::string publisher;
  std::string licence;
  std::string url;
  std::string retrieved;                 ///< The day; empty where unknown.
  std::optional<std::uint64_t> records;  ///< That it states; nothing where nobody counted them.
  std::uint64_t retired = 0;             ///< Of these, that were gone when it was last read.
  std::uint64_t checked = 0;             ///< Records that were looked at for `findings`.
  std::map<std::string, std::uint64_t> findings;  ///< By rule of the report of ingest.
  std::uint64_t references_with = 0;              ///< Organisations named by a reference…
  std::uint64_t references_without = 0;           ///< …and by words only.
};

struct SourcesAnswer {
  std::size_t total = 0;
  std::vector<SourceRow> items;
};

/// All sources that have a node; by the order asked for, the most or latest first, then by id.
/// O(sources + what they say of themselves).
Result<SourcesAnswer> sources(const Context& context, const SourcesQuestion& question);

/// A record that broke a rule.
struct SourceExample {
  std::string rule;
  Brief record;
  std::string file;
  std::uint64_t line = 0;
};

struct SourceAnswer {
  SourceRow source;
  std::vector<SourceExample> examples;  ///< Of records that are still there, in order of the rules.
};

/// One source, by id or by what stands behind `src:`. `not_found` where there is none.
Result<SourceAnswer> source(const Context& context, const std::string& name);

}  // namespace mangrove::query
