#include "ingest/tables/vocabulary_names.h"

#include <array>
#include <utility>

#include "graph/base/text.h"
#include "ontology/turtle.h"

namespace mangrove::ingest {
namespace {

struct NameProperty {
  std::string_view predicate;
  int rank;
};

constexpr int kId = 0;
constexpr std::array kNameProperties{
    NameProperty{"urn:mangrove:ns:iso3", 0},
    NameProperty{"urn:mangrove:ns:m49", 0},
    NameProperty{"http://www.w3.org/2004/02/skos/core#notation", 0},
    NameProperty{"urn:mangrove:ns:name", 1},
    NameProperty{"http://www.w3.org/2004/02/skos/core#prefLabel", 1},
    NameProperty{"urn:mangrove:ns:aliases", 2},
    NameProperty{"http://www.w3.org/2004/02/skos/core#altLabel", 3},
};

/// Without an article, as registers of countries write it: "the Gambia", "Gambie (la)".
std::string without_article(std::string name) {
  for (const std::string article : {"the", "la", "le", "les", "el", "los", "las", "l"}) {
    if (name.starts_with(article + " ")) return name.substr(article.size() + 1);
    if (name.ends_with(" " + article)) return name.substr(0, name.size() - article.size() - 1);
  }
  return name;
}

std::string key_of(std::string_view name) {
  return without_article(folded(name));
}

/// Numbers in codes lose zeros in front on their way through a spreadsheet: 004 -> 4.
std::string_view without_zeros(std::string_view code) {
  while (code.size() > 1 && code[0] == '0') code.remove_prefix(1);
  return code;
}

}  // namespace

Result<VocabularyNames> VocabularyNames::load(const ontology::Ontology& ontology,
                                              std::string_view kind) {
  VocabularyNames names;
  const auto take = [&](const ontology::Triple& triple) -> Status {
    if (!triple.subject.text.starts_with(ontology::kIdNamespace)) return {};
    const std::string id = triple.subject.text.substr(ontology::kIdNamespace.size());
    if (ontology.kind_of(id) != kind) return {};
    names.call(id, id, kId);
    names.call(id, std::string_view(id).substr(id.rfind(':') + 1), kId);
    for (const NameProperty& property : kNameProperties) {
      if (triple.predicate != property.predicate) continue;
      names.call(id, triple.object.text, property.rank);
      if (property.rank == 0) names.call(id, without_zeros(triple.object.text), property.rank + 1);
    }
    return {};
  };
  for (const ontology::DataFile& file : ontology.vocabularies()) {
    TRY(ontology::read_turtle(file.bytes, file.name, take));
  }
  return names;
}

std::optional<std::string> VocabularyNames::find(std::string_view name) const {
  const auto found = names_.find(key_of(name));
  return found == names_.end() ? std::nullopt : std::optional(found->second.id);
}

void VocabularyNames::call(const std::string& id, std::string_view name, int rank) {
  const std::string key = key_of(name);
  if (key.empty()) return;
  const auto [found, fresh] = names_.try_emplace(key, Named{id, rank});
  if (!fresh && rank < found->second.rank) found->second = {id, rank};
}

}  // namespace mangrove::ingest
