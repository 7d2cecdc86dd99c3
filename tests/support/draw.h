#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/budget.h"
#include "graph/batch.h"
#include "graph/graph.h"
#include "graph/view.h"
#include "ontology/ontology.h"
#include "query/answer.h"
#include "query/explore/linkages.h"
#include "query/explore/neighbours.h"
#include "query/explore/overlaps.h"
#include "query/explore/partners.h"
#include "query/explore/paths.h"
#include "query/explore/search.h"
#include "query/explore/subgraph.h"

/// Small graphs, drawn where they are used:
///
///     const auto graph = draw(R"(
///         helpline{start=2019, title=A helpline}
///         helpline -CONTRIBUTES_TO-> sdg:8.7 -PART_OF-> sdg:8
///         org:ilo  -TAKES_PART_IN/funding-> helpline
///         source src:other
///         shelter  -ADDRESSES/text{confidence=0.4}-> det:ind-debt
///     )");
///     EXPECT_EQ(show(overlaps(graph.context(), {.id = "helpline"})), "…");
///
/// A name without a scheme is an initiative, `init:NAME`. Behind the relation stands the qualifier;
/// in braces stand properties: whole and decimal numbers, dates (YYYY-MM-DD, and years of `start`
/// and `end`), true and false, else English text; `label@fr=…` is French. `kind` settles the kind,
/// which else follows from the id. A line `source src:NAME` says who states what follows; at first
/// src:test. A `#` begins a comment.
namespace mangrove::test {

/// The ontology that is built in, loaded once.
const ontology::Ontology& shipped_ontology();

/// A graph in memory, and one view of it to ask.
class Drawn {
 public:
  explicit Drawn(const std::vector<graph::Record>& records);

  const graph::View& view() const { return view_; }
  graph::Graph& graph() { return *graph_; }
  /// To ask with; without bounds, unless `limits` sets them.
  query::Context context(std::string language = "en") const;
  void limit(Budget::Limits limits) { budget_ = std::make_unique<Budget>(limits); }

 private:
  std::unique_ptr<graph::Graph> graph_;
  graph::View view_;
  std::unique_ptr<Budget> budget_ = std::make_unique<Budget>();
};

/// Throws std::invalid_argument with the place where the drawing cannot be read.
Drawn draw(std::string_view drawing);
/// The records that a drawing stands for.
std::vector<graph::Record> records_of(std::string_view drawing);

/// Answers as text, one row a line; `error CODE: message` where there is none. Ids stand without
/// `init:`.
std::string show(const Result<query::OverlapsAnswer>& answer);
std::string show(const Result<query::PartnersAnswer>& answer);
std::string show(const Result<query::PathsAnswer>& answer);
std::string show(const Result<query::NeighboursAnswer>& answer);
std::string show(const Result<query::LinkagesAnswer>& answer);
std::string show(const Result<query::SearchAnswer>& answer);
std::string show(const Result<query::SubgraphAnswer>& answer);

}  // namespace mangrove::test
