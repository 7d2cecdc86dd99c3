#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/base/json.h"
#include "ingest/tables/suggest/evidence.h"
#include "ingest/tables/suggest/header.h"
#include "ingest/tables/suggest/sample.h"

namespace mangrove::ingest {

/// A column, what it seems to mean, and how a mapping says so.
struct ColumnDraft {
  enum class Fate { understood, kept, left_out };

  const SampleColumn* column = nullptr;
  HeaderMeaning header;
  std::string meaning;  ///< As header and values agree on: `title`, `country`, …; empty: none.
  std::string why;
  Fate fate = Fate::kept;
  json::Value::Object written;  ///< The meaning in the mapping.
};

/// Settles the meaning of each column: the words of its header where its values bear them out, else
/// its values alone. Of two columns with one meaning both have it.
std::vector<ColumnDraft> settle_meanings(const Sample& sample, Evidence& evidence);

/// Writes the column as a part of a row that is of this kind. `all` tells of the other columns:
/// which one has the currency, the year.
void write_column(ColumnDraft& draft, const std::string& kind, const std::vector<ColumnDraft>& all);

/// The first column with this meaning, or null.
const ColumnDraft* column_meaning(const std::vector<ColumnDraft>& all, std::string_view meaning);

}  // namespace mangrove::ingest
