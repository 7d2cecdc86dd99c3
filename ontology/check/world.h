#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ontology/check/written.h"
#include "ontology/schema.h"

namespace mangrove::ontology {

/// Where something stands.
struct Place {
  std::string file;
  std::size_t line = 1;
};

/// What all files together say about one node.
struct KnownNode {
  std::string kind;
  Place place;                       ///< Where that kind is stated first.
  std::set<std::string> named_in;    ///< Languages of its name; an empty one where it has none.
  std::set<std::string> defined_in;  ///< Languages of its definition.
};

/// An edge as a file writes it, plain or with properties.
struct WrittenEdge {
  std::string from;      ///< Public id.
  std::string relation;  ///< Name, as written: it may be unknown.
  const Said* to;        ///< Null where m:to is missing.
  std::size_t line;
  std::vector<const Said*> properties;
};

/// Whether a name of our namespace is written like a kind or a relation, and whether like a
/// relation.
bool begins_with_capital(std::string_view name);
bool is_relation_name(std::string_view name);

/// The edges that a file states about one subject; `kind` is that of the subject. What SKOS calls
/// broader is an edge where the schema has a rule for it.
std::vector<WrittenEdge> edges_of(const WrittenSubject& subject, const WrittenFile& file,
                                  std::string_view kind, const Schema& schema);

/// The kind that a subject states itself to be of; empty where it states none that is known.
std::string_view stated_kind(const WrittenSubject& subject, const Schema& schema);

/// The predicate by which nodes of a kind are named: `m:name`, or `skos:prefLabel` as an IRI.
std::string name_predicate(const KindInfo& kind);

/// What is known when several files are taken together.
class World {
 public:
  explicit World(const Schema& schema) : schema_(schema) {}

  /// The file must outlive it.
  void add(const WrittenFile& file);

  const Schema& schema() const { return schema_; }
  const KnownNode* find(std::string_view id) const;
  /// As stated, else as the beginning of the id tells; empty where neither does.
  std::string_view kind_of(std::string_view id) const;
  /// Whether a line that a syntax error cost names the node, so that it may be stated there.
  bool may_have_lost(std::string_view id) const;
  /// Every name of a property that any file gives to a node, or that the schema lists.
  std::set<std::string, std::less<>> property_names() const;
  /// Ids of the nodes, for suggestions.
  std::set<std::string, std::less<>> ids() const;
  std::span<const WrittenFile* const> files() const { return files_; }

 private:
  const Schema& schema_;
  std::map<std::string, KnownNode, std::less<>> nodes_;
  std::vector<const WrittenFile*> files_;
};

}  // namespace mangrove::ontology
