#include "tests/support/checked_vocabulary.h"

#include "ontology/check.h"

namespace mangrove::tests {

using ontology::DataFile;
using ontology::Mistake;
using ontology::Ontology;

const std::string_view kHead = R"(@prefix m: <urn:mangrove:ns:> .
@prefix src: <urn:mangrove:id:src:> . @prefix det: <urn:mangrove:id:det:> .
@prefix sdg: <urn:mangrove:id:sdg:> . @prefix topic: <urn:mangrove:id:topic:> .
@prefix place: <urn:mangrove:id:place:> . @prefix rule: <urn:mangrove:id:rule:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix reading: <urn:mangrove:id:reading:> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
src:t a m:Source ; skos:prefLabel "T"@en , "T"@fr , "T"@es .

)";

const Ontology& built_in() {
  static const Result<Ontology> loaded = Ontology::load();
  return loaded.value();
}

std::string shown(const std::vector<Mistake>& mistakes) {
  std::string text;
  for (const Mistake& mistake : mistakes) {
    text += mistake.file + ":" + std::to_string(mistake.line) +
            (mistake.severity == Mistake::Severity::error ? " error " : " warning ") +
            mistake.text + "\n";
  }
  return text;
}

std::string check_whole(const std::string& text) {
  const std::vector<DataFile> files{{"v", text}};
  return shown(ontology::check_vocabularies(files, built_in()));
}

std::string check(const std::string& body) {
  return check_whole(std::string(kHead) + body);
}

}  // namespace mangrove::tests
