#pragma once

#include <string>

#include "ingest/report.h"

/// A report as a page shows it and as a publisher gets it: by rule, with counts and the first
/// examples. Bounded, whatever was read; findings about records that only reviewers may see are
/// counted, and give no example.
namespace mangrove::ingest {

/// How many examples of one rule are told.
inline constexpr std::size_t kExamplesMax = 25;
/// How many files are told, the first ones; and publishers, those with most findings.
inline constexpr std::size_t kFilesToldMax = 100;
inline constexpr std::size_t kPublishersToldMax = 200;

/// JSON: `{dry_run, stopped, seconds, totals, identity, rules:[{rule, topic, explanation, count,
/// examples:[{file, line, action, detail, publisher}]}], files, publishers}`; rules with most
/// findings first.
std::string brief_json(const Report& report);

/// The same as a table, a row an example, or one without where a rule has none:
/// `rule,what it asks,how often,publisher,file,line,what was done,what was found`.
std::string brief_csv(const Report& report);

}  // namespace mangrove::ingest
