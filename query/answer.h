#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/budget.h"
#include "graph/base/result.h"
#include "graph/value.h"
#include "graph/view.h"
#include "ontology/schema.h"

/// Questions to a view of the graph, and their answers: rows with a score and the reasons for it.
///
/// Every question is one function `Result<XAnswer> x(const Context&, const XQuestion&)` in
/// query/explore/. It never changes anything, may run on many threads at once over one view, and
/// returns: not_found where a node that was asked for is not there; invalid_input where a filter or
/// a bound makes no sense; cancelled where the budget is used up; io or corrupt from the store.
namespace mangrove::query {

/// What every question is asked with. The things referred to must outlive the call.
struct Context {
  const graph::View& view;
  const ontology::Schema& schema;
  Budget& budget;
  std::string language = "en";  ///< Of names and labels. Sentences are in English.
};

/// Which part of a list is wanted: `limit` rows after the first `offset`. An answer tells how many
/// rows there are in all (`total`), so a caller knows whether there is a next page.
struct Page {
  static constexpr std::size_t kLimitMax = 200;
  static constexpr std::size_t kOffsetMax = 1'000'000;

  std::size_t limit = 20;  ///< 1..kLimitMax.
  std::size_t offset = 0;  ///< At most kOffsetMax.
};

/// Enough of a node to name it and link to it.
struct Brief {
  std::string id;
  std::string kind;
  std::string name;         ///< In the language asked for; the id where it has no name.
  std::string status = {};  ///< `proposed`, `unverified` where nobody has confirmed it; `retired`
                            ///< where its sources no longer have it; else empty.

  friend bool operator==(const Brief&, const Brief&) = default;
};

/// Who says so; the names are public.
enum class Basis : std::uint8_t { reported, mapped, text, reviewed };
std::string_view to_string(Basis basis);
std::optional<Basis> parse_basis(std::string_view name);

/// A derived connection that a reason rests on: where to look for its words or its rule.
struct DerivedTie {
  Brief from;            ///< The node that states it, such as an initiative.
  std::string relation;  ///< Leads away from `from`.
  std::string to;        ///< Id of the other end.
  Basis basis = Basis::text;
};

/// Whether no person said it.
bool is_derived(Basis basis);

/// One reason for the rank of a row.
struct Reason {
  Brief node;            ///< What the reason speaks of, such as the shared target.
  std::string relation;  ///< The relation that ties the row to it; empty where none does.
  double weight = 0;     ///< What it adds to the score.
  Basis basis = Basis::reported;
  std::string source;  ///< Id of the Source that states it; empty where it was computed.
  std::string text;    ///< One English sentence.
  std::vector<DerivedTie> rests_on = {};  ///< Only where the basis is derived.
};

/// One hop between two nodes, in the order of travel.
struct Step {
  Brief from;
  Brief to;
  std::string relation;
  graph::Direction direction = graph::Direction::out;  ///< out: stated from `from` to `to`.
  std::vector<graph::Property> properties;
  Basis basis = Basis::reported;
  std::string source;
  std::string text;
};

/// Years, both ends included; an end that nobody states is nothing.
struct Years {
  std::optional<int> from;
  std::optional<int> to;

  friend bool operator==(const Years&, const Years&) = default;
};

/// A node with this public id. Accepts what people write for one: `8.7`, `SDG 08.07` and
/// `Target 8.7.` for `sdg:8.7`; a reference without its scheme (`GB-CHC-1049160`) where a node of
/// some scheme has it. With `kind`, the node must be of it: any other is not_found, since that is
/// what was asked for.
Result<graph::NodeIndex> find_node(const Context& context, std::string_view text,
                                   std::string_view kind = {});

/// `8.7` for everything that people write for it (`SDG 08.07`, `Target 8.7.`, `ODD 16.A`); nothing
/// for what is no code of a goal, target or indicator.
std::optional<std::string> sdg_code(std::string_view text);

/// The status of what nobody has confirmed: `proposed`, `unverified`; empty for any other.
std::string_view unconfirmed(std::string_view status);

/// Whether all who state something of the node had it once, and have it no longer: each of them
/// states the property `retired` beside. What Mangrove itself says of it does not count.
bool is_retired(const graph::Node& node);

/// The display name of a node that was read.
std::string name_of(const Context& context, const graph::Node& node);
/// Brief of a node that was read.
Brief brief_of(const Context& context, const graph::Node& node);

}  // namespace mangrove::query
