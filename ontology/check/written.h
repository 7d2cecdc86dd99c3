#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ontology/mistake.h"
#include "ontology/turtle.h"

namespace mangrove::ontology {

/// One statement as a file writes it.
struct Said {
  std::string predicate;  ///< Absolute IRI.
  Term object;
  std::size_t line;
};

/// What a file says about one subject.
struct WrittenSubject {
  Term term;
  std::size_t line;  ///< Where it is first spoken of.
  std::vector<Said> statements;
  bool broken = false;  ///< A syntax error cut it short, so that more may be meant.

  /// The public id; empty where the subject is none of ours.
  std::string_view id() const;
  /// What is said by this name of our namespace: `path` for m:path.
  std::vector<const Said*> all(std::string_view name) const;
};

/// A Turtle file as it is written, before it means anything.
struct WrittenFile {
  std::string name;
  std::vector<WrittenSubject> subjects;  ///< In the order in which the file first speaks of them.
  std::unordered_map<std::string, std::size_t> index;  ///< By `key_of`.
  std::vector<Mistake> syntax;
  std::string lost;  ///< The lines that were passed over because of syntax errors.

  const WrittenSubject* find(const Term& term) const;
};

/// Reads all of it. Behind a syntax error it goes on after the next line that ends a statement.
WrittenFile read_written(std::string_view text, std::string_view name);

/// What follows this namespace; empty where the IRI is not in it.
std::string_view behind(std::string_view iri, std::string_view space);

/// As files write it: `m:label`, `skos:prefLabel`, `sdg:8.7`, `<http://…>`.
std::string short_form(std::string_view iri);

inline constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
inline constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";
inline constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

}  // namespace mangrove::ontology
