#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "graph/base/result.h"

namespace mangrove::ontology {

/// One end of a triple.
struct Term {
  enum class Type { iri, blank, literal };
  Type type = Type::iri;
  std::string text;      ///< Absolute IRI, blank node label, or the literal's text.
  std::string language;  ///< Literals: BCP 47 in lower case, or empty.
  std::string datatype;  ///< Literals: absolute IRI, or empty for plain text.
};

struct Triple {
  Term subject;
  std::string predicate;  ///< Absolute IRI.
  Term object;
  std::size_t line;  ///< Where it ends, counted from 1.
};

/// Reads Turtle (or N-Triples, which is a part of it), a bounded piece at a time, and hands on
/// each triple in the order of the text. `read(buffer, size)` fills the buffer and returns how
/// much, 0 at the end. `name` stands in messages: `determinants.ttl:12: …`. The first syntax error
/// ends it, as does an error of the visitor.
Status read_turtle(const std::function<std::size_t(char*, std::size_t)>& read,
                   std::string_view name, const std::function<Status(const Triple&)>& visit);

/// The same over text in memory.
Status read_turtle(std::string_view text, std::string_view name,
                   const std::function<Status(const Triple&)>& visit);

}  // namespace mangrove::ontology
