#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "graph/base/result.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// The nodes of one kind in our vocabularies, by what people call them: their id, with or without
/// its prefix, their codes (`GH`, `GHA`, `288`), their names in every language, and other words for
/// them. Case, accents and punctuation make no difference.
class VocabularyNames {
 public:
  static Result<VocabularyNames> load(const ontology::Ontology& ontology, std::string_view kind);

  /// The id, such as `place:GH`; nothing where no node is called so.
  std::optional<std::string> find(std::string_view name) const;

 private:
  void call(const std::string& id, std::string_view name, int rank);

  struct Named {
    std::string id;
    int rank = 0;  // Of two nodes with one name, that of the lower rank has it.
  };
  std::map<std::string, Named, std::less<>> names_;
};

}  // namespace mangrove::ingest
