#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/ids.h"
#include "ontology/schema.h"
#include "query/answer.h"
#include "query/filter.h"
#include "web/server/problem.h"
#include "web/server/request.h"

namespace mangrove::web::api {

inline constexpr std::size_t kParametersMax = 50;     ///< In one query.
inline constexpr std::size_t kValueBytesMax = 1'000;  ///< Of one value; ids are not longer either.
inline constexpr std::size_t kListMax = 50;           ///< Values in one list.

/// What a cursor is bound to, beside the question.
struct Asker {
  graph::Version latest = 0;  ///< Of the graph, for this viewer.
  std::string viewer = {};    ///< Tells viewers apart.
};

/// Which rows of an answer are asked for.
struct Page {
  query::Page rows;
  graph::Version version = 0;  ///< The one that is asked for.
  std::uint64_t question = 0;  ///< Fingerprint of what is asked, for the cursor.

  /// The cursor of the page after this one; nothing where this is the last of `total` rows.
  std::optional<std::string> next(std::size_t total) const;
};

/// The parameters of one request: read by name and type, within bounds.
///
/// A call asks for each parameter it knows; what is wrong is remembered, and the call goes on with
/// the default, so that `errors()` names all faults at once: missing, wrong or repeated values, bad
/// escapes, and parameters that nobody asked for. An empty value counts as absent, as forms send
/// it.
///
///     Parameters parameters(request, schema, {view.version()});
///     const auto words = parameters.text("q");
///     const auto page = parameters.page(20);
///     if (auto errors = parameters.errors(); !errors.empty()) …
class Parameters {
 public:
  /// The request and the schema must outlive this.
  Parameters(const Request& request, const ontology::Schema& schema, Asker asker);

  /// The text of this parameter; empty where absent.
  std::string text(std::string_view name);

  /// The id of a node: from the path if the route names it so, else a query parameter that must be
  /// there.
  std::string id(std::string_view name);

  /// The ids of so many different nodes, given one by one under this name or separated by commas.
  /// The one parameter that may be repeated: ids that hold a comma must be.
  std::vector<std::string> ids(std::string_view name, std::size_t count);

  /// A word of the path that names no node, such as a vocabulary.
  std::string word(std::string_view name);

  /// Names of kinds or relations, separated by commas; those the schema does not have are refused.
  std::vector<std::string> kinds(std::string_view name = "kind");
  std::vector<std::string> relations(std::string_view name = "relation");
  /// What counts as a connection: reported, mapped, text, reviewed, separated by commas.
  std::vector<std::string> bases(std::string_view name = "basis");

  /// One of these words; the first where absent.
  std::string choice(std::string_view name, std::initializer_list<std::string_view> choices);
  /// The language of names: en, fr or es.
  std::string language();

  /// A whole number from `least` to `most`; `otherwise` where absent.
  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most,
                       std::int64_t otherwise);
  /// The version of the graph that is asked for; nothing for the latest.
  std::optional<graph::Version> version();

  /// A year with four digits.
  std::optional<int> year(std::string_view name);

  /// `limit`, up to `most`, and `cursor`.
  Page page(std::int64_t otherwise = 20, std::int64_t most = query::Page::kLimitMax);

  /// Which initiatives count, and which connections: place, target, determinant, sector, actor,
  /// status, from, to, basis.
  query::Filter filter();

  /// Notes a fault that only the call itself can see, such as two years in the wrong order.
  void refuse(std::string_view name, std::string detail);

  /// All that is wrong, once everything was asked for; empty when nothing is.
  std::vector<ParameterError> errors() const;

  /// Whether a node was asked for by its id.
  bool asks_for_node() const { return asks_for_node_; }

  /// The names asked for so far, in that order.
  const std::vector<std::string>& known() const { return known_; }

 private:
  void read_query(std::string_view query);
  void read_pair(std::string_view pair);
  /// The value given for this name, or null; from now on the name is known.
  const std::string* find(std::string_view name);
  /// The same, where the route names it so, of the path.
  const std::string* find_in_path(std::string_view name);
  std::vector<std::string> list(std::string_view name);
  std::vector<std::string> list_of(std::string_view name, const std::vector<std::string>& choices);
  std::uint64_t question() const;

  const Request& request_;
  const ontology::Schema& schema_;
  Asker asker_;
  std::vector<std::pair<std::string, std::string>> values_;    ///< Of the query, decoded, in order.
  std::vector<std::pair<std::string, std::string>> repeated_;  ///< Beyond the first of each name.
  std::vector<std::string> known_;
  bool asks_for_node_ = false;
  std::vector<ParameterError> errors_;
};

}  // namespace mangrove::web::api
