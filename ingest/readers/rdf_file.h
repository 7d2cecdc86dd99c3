#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/base/result.h"
#include "ingest/source.h"
#include "ontology/turtle.h"

namespace mangrove::ingest {

/// What one RDF file may hold.
inline constexpr std::size_t kTriplesMax = 2'000'000;
inline constexpr std::size_t kRdfBytesMax = std::size_t{512} << 20;

/// One statement about a subject. Names (of predicates, languages, datatypes) are shared.
struct RdfStatement {
  std::string_view predicate;
  std::string_view language;
  std::string_view datatype;
  std::string object;
  ontology::Term::Type type;
  std::uint32_t line;
};

struct RdfSubject {
  std::string name;  ///< The IRI, or `_:label` of a blank node.
  std::uint32_t line;
  std::vector<RdfStatement> statements;

  bool blank() const { return name.starts_with("_:"); }
};

/// The statements of one RDF file, by subject; subjects in the order in which the file first speaks
/// of them. Does not move, because its statements point into it.
class RdfFile {
 public:
  RdfFile() = default;
  RdfFile(const RdfFile&) = delete;
  RdfFile& operator=(const RdfFile&) = delete;

  /// Reads all of it; `file` is for messages. `too_large` past one of the bounds. Once only.
  Status read(ByteStream& bytes, std::string_view file);

  const std::vector<RdfSubject>& subjects() const { return subjects_; }
  /// The subject of this name, or null.
  const RdfSubject* find(const std::string& name) const;

 private:
  Status take(const ontology::Triple& triple, std::string_view file);
  std::string_view shared(const std::string& name);

  std::vector<RdfSubject> subjects_;
  std::unordered_map<std::string, std::size_t> index_;
  std::unordered_map<std::string, int> names_;  // Its keys stay where they are.
  std::size_t triples_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace mangrove::ingest
