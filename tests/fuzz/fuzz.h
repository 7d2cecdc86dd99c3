#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "ingest/byte_stream.h"
#include "ingest/reader.h"
#include "ingest/tables/open_table.h"
#include "ontology/ontology.h"

/// What the fuzzers share: any bytes must be read to an end or to an error, whatever they are.
namespace mangrove::fuzz {

inline const ontology::Ontology& ontology() {
  static const ontology::Ontology kOntology = ontology::Ontology::load().value();
  return kOntology;
}

inline std::string_view kind_of(const std::string& id) {
  return ontology().kind_of(id);
}

inline std::unique_ptr<ingest::ByteStream> stream_of(const std::uint8_t* data, std::size_t size) {
  return ingest::from_memory(std::string(reinterpret_cast<const char*>(data), size));
}

/// Reads to the end. What a reader promises of every draft is held here.
inline int read_all(ingest::Reader& reader) {
  while (true) {
    const Result<std::optional<ingest::Step>> step = reader.next();
    if (!step.ok()) return step.error().message.empty() ? std::abort(), 0 : 0;
    if (!step.value()) return 0;
    const bool nothing = !step.value()->draft && step.value()->findings.empty();
    const bool nameless = step.value()->draft && step.value()->draft->record.subject.id.empty();
    if (nothing || nameless) std::abort();
    for (const ingest::Finding& finding : step.value()->findings) {
      if (finding.rule.empty()) std::abort();
    }
  }
}

inline int read_all(const Result<std::unique_ptr<ingest::Reader>>& reader) {
  return reader.ok() ? read_all(*reader.value()) : 0;
}

/// A table as it comes in: by this mapping, or by what its titles say where there is none.
inline int read_table(std::unique_ptr<ingest::Table> table, const std::string& mapping) {
  const auto opened = ingest::open_table(std::move(table), "x", mapping, ontology());
  return opened.ok() ? read_all(*opened.value().reader) : 0;
}

}  // namespace mangrove::fuzz

/// What libFuzzer calls with each input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
