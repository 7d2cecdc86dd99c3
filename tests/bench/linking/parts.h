#pragma once

#include "tests/bench/linking/scores.h"
#include "tests/bench/linking/study.h"

/// The parts of the bench, in the order in which they are told. Each prints what it finds; those
/// that ask for a figure give back whether it was reached.
namespace mangrove::bench {

/// Goals against tags, beside a search for the names of the goals.
bool show_goals(Study& study);

/// Targets against tags.
bool show_targets(const Study& study);

/// Target 8.7, beside what was selected for its words.
void show_slavery(const Study& study);

/// Snippets that people labelled.
void show_snippets(Study& study);

/// Whether links are right as often as they are sure.
void show_calibration(const Study& study);

/// Who is right, publishers or the reader, by what two people say of a hundred activities.
void show_judgements(const Study& study);

/// The surest wrong links, and the tags that the reader missed most clearly.
void show_misses(Study& study);

/// Text a second, and the share of an ingest.
bool show_throughput(const Study& study);

/// Learns the numbers for goals on one half and gives the micro average on the other; prints the
/// numbers where it is to tell them.
Tally fit_goals(const Study& study, bool on_second, bool tell);

/// Learns the numbers for targets on half A and prints them.
void fit_targets(const Study& study);

}  // namespace mangrove::bench
