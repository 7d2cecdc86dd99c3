#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/reader.h"
#include "ingest/source.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// One input, open and understood.
struct OpenedInput {
  std::string format;  ///< `iati`, `turtle`, `codelist`, `score-matrix`, `goal-dependence`,
                       ///< `jsonl`, `360giving`, `360giving-table`, `csv`, `xlsx`.
  std::unique_ptr<Reader> reader;
  const ByteStream* bytes;        ///< What the reader takes from; lives in the reader.
  bool identified = false;        ///< Whether its records have a source and identity across files.
  std::vector<Finding> findings;  ///< About the input as a whole; `file` is left empty.
};

/// What `--format` may say, besides `auto`.
std::vector<std::string> format_names();
/// Where a mapping may lie beside a table: `x.csv` or `x.csv.gz` -> `x.mapping.json`.
std::filesystem::path mapping_place(const Input& input);

/// Opens an input and finds out by its content what it is; its name only tells a table from other
/// text. `format` is `auto` or the only one to be accepted (`turtle` stands for code lists, too).
/// `mapping` is the text of a mapping file, or empty: then `x.csv`, `x.xlsx` and `x.json` look for
/// `x.mapping.json` beside them, and tables among our own mappings (open_table.h).
///
/// `unsupported`, with what it is instead ("JSON, not XML"), where it is of no such format.
/// `ontology` must outlive the reader.
Result<OpenedInput> open_reader(const Input& input, std::string_view format,
                                const std::string& mapping, const ontology::Ontology& ontology);

/// The same over any bytes.
Result<OpenedInput> open_reader(std::unique_ptr<ByteStream> bytes, const Input& input,
                                std::string_view format, const std::string& mapping,
                                const ontology::Ontology& ontology);

}  // namespace mangrove::ingest
