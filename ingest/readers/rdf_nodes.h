#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/readers/rdf_file.h"
#include "ingest/report.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// What no rule of the schema knows, counted by reason.
class LeftOut {
 public:
  void add(std::string reason, std::uint64_t line, std::uint64_t statements);
  /// One finding for each reason.
  std::vector<Finding> findings() const;

 private:
  struct Count {
    std::uint64_t line;  // Of the first one.
    std::uint64_t subjects = 0;
    std::uint64_t statements = 0;
  };
  std::map<std::string, Count> counts_;
};

/// A subject of an RDF file that speaks of a node.
struct RdfPart {
  const RdfSubject* subject;
  const ontology::IriRule* rule;   ///< Null where its IRI is one of ours.
  std::vector<std::string> codes;  ///< The notations that the rule makes ids of, in code order.
};

/// A node, and everything in the file that speaks of it.
struct RdfNode {
  std::string id;
  std::string kind;
  std::vector<RdfPart> parts;
};

/// Which subjects of an RDF file become which nodes: our own IRIs by what follows
/// `urn:mangrove:id:`, foreign ones by the IRI and type rules of the schema. Both must outlive it.
class RdfNodes {
 public:
  RdfNodes(const RdfFile& rdf, const ontology::Schema& schema, LeftOut& left_out);

  /// In the order in which the file first speaks of them.
  const std::vector<RdfNode>& nodes() const { return nodes_; }

  /// The public id that this IRI has; empty where it has none.
  std::string id_of(const std::string& iri) const;

  /// The kind of the node with this id, as far as the file or the id tells; else empty.
  std::string_view kind_of(const std::string& id) const;

  /// Subjects that should have become nodes and did not.
  const std::vector<Finding>& findings() const { return findings_; }

 private:
  void take(const RdfSubject& subject, LeftOut& left_out);
  std::string_view kind_of(const RdfSubject& subject, bool ours, std::string_view id) const;
  std::vector<std::string> codes_of(const std::string& iri, std::string_view datatype) const;

  const RdfFile& rdf_;
  const ontology::Schema& schema_;
  std::vector<RdfNode> nodes_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::vector<Finding> findings_;
};

}  // namespace mangrove::ingest
