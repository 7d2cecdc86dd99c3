#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/batch.h"
#include "ingest/report.h"

namespace mangrove::ingest {

/// One record of a source in the graph's terms.
struct Draft {
  graph::Record record;    ///< `source` empty: the pipeline names it (after the file).
  bool verbatim = false;   ///< Whose statement it is, and who may see it, is all in the record.
  std::string publisher;   ///< Who publishes it, where the record says so; for the Source node.
  std::uint64_t line = 0;  ///< Where it begins.
  std::map<std::string, std::uint64_t> elements;  ///< Counted in it, for the report.
};

/// What one step of a reader gave.
struct Step {
  std::optional<Draft> draft;  ///< Nothing where the record could not be read; a finding says why.
  std::vector<Finding> findings;  ///< `file` is filled in by the pipeline.
};

/// Reads one input record by record, holding at most one record in memory.
class Reader {
 public:
  virtual ~Reader() = default;

  /// The next step; nothing at the end of the input. After a bad record the reader stands at the
  /// next one, so the caller goes on; an Error means that the rest of the input cannot be read, and
  /// its message names the line.
  virtual Result<std::optional<Step>> next() = 0;
};

}  // namespace mangrove::ingest
