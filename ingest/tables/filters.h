#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "graph/base/result.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// What makes something else of a text: a slug, a code's word, an id.
struct Filter {
  /// Nothing where the text means nothing to it.
  std::function<std::optional<std::string>(std::string_view text)> of;
  bool closed = false;  ///< Knows some texts and no others, as a list of names does.
};

/// The filters that a mapping may name behind a bar, `{column|filter}`:
///
///     slug              readable and safe: `Café Ltd.` -> `cafe-ltd`
///     fingerprint       16 hexadecimal digits, always the same for the same text
///     sdg               a goal or target, however written: `SDG 8.7` -> `8.7`
///     document          the end of a document's id, of its address: `url:example.org:0f3c…`
///     role, organisation-type, activity-status, activity-scope
///                       words for the codes of IATI: `1` -> `funding`
///     Actor             the id of an organisation: `org:REF` of a reference, `org:name:SLUG` of a
///                       name; nothing for `N/A` and the like
///     Place, Sector, Group, Form, ... (any kind that our vocabularies have nodes of)
///                       the id of the node of that name, code or id: `Ghana` -> `place:GH`
///     any name under "codes" of the mapping
class Filters {
 public:
  /// `ontology` must outlive the filters and what they gave.
  explicit Filters(const ontology::Ontology& ontology) : ontology_(ontology) {}

  /// Adds a list of codes of the mapping's own; goes before ours of the same name.
  void add(const std::string& name, std::map<std::string, std::string> codes);

  /// `not_found` names those that there are.
  Result<Filter> find(const std::string& name);

 private:
  const ontology::Ontology& ontology_;
  std::map<std::string, Filter> known_;  // Added ones, and kinds that were loaded.
};

}  // namespace mangrove::ingest
