#include "ontology/ontology.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "ontology/identity_rules.h"
#include "ontology/turtle.h"

namespace mangrove::ontology {
namespace {

constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::array<std::string_view, 2> kSchemaFiles{"schema.ttl", "mappings/codelists.ttl"};

bool is_schema(const DataFile& file) {
  return std::ranges::find(kSchemaFiles, file.name) != kSchemaFiles.end();
}

/// 64-bit FNV-1a: not a secret, only the same for the same bytes on every machine.
class Fingerprint {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes) {
      add_byte(static_cast<std::uint8_t>(c));
    }
    // The length too, so that moving a byte from one file to the next is a change.
    for (std::uint64_t size = bytes.size(), i = 0; i < 8; ++i, size >>= 8U) {
      add_byte(static_cast<std::uint8_t>(size & 0xFFU));
    }
  }

  std::string hexadecimal() const {
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash_));
    return {text.data(), 16};
  }

 private:
  void add_byte(std::uint8_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }

  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace

Result<Ontology> Ontology::load() {
  return load(data_files());
}

Result<Ontology> Ontology::load(std::span<const DataFile> files) {
  Ontology ontology;
  Fingerprint fingerprint;
  for (const DataFile& file : files) {
    fingerprint.add(file.name);
    fingerprint.add(file.bytes);
    if (is_schema(file)) {
      TRY(ontology.schema_.add(file.bytes, file.name));
    } else if (!is_identity_file(file)) {
      ontology.vocabularies_.push_back(file);
    }
  }
  TRY(read_identity_rules(files));
  for (const DataFile& file : ontology.vocabularies_) {
    TRY(ontology.note_kinds(file));
  }
  ontology.fingerprint_ = fingerprint.hexadecimal();
  return ontology;
}

Status Ontology::note_kinds(const DataFile& file) {
  return read_turtle(file.bytes, file.name, [&](const Triple& triple) -> Status {
    const std::string_view subject = triple.subject.text;
    const std::string_view type = triple.object.text;
    if (triple.predicate != kRdfType || !subject.starts_with(kIdNamespace)) {
      return {};
    }
    const KindInfo* kind = type.starts_with(kNameNamespace)
                               ? schema_.kind(type.substr(kNameNamespace.size()))
                               : nullptr;
    const std::string id(subject.substr(kIdNamespace.size()));
    const std::string place = std::string(file.name) + ":" + std::to_string(triple.line) + ": ";
    if (kind == nullptr) {
      return Error{
          ErrorCode::invalid_input,
          place + id + " is of a kind that the schema does not know: " + std::string(type)};
    }
    const auto [known, fresh] = kinds_.try_emplace(id, kind->name);
    if (!fresh && known->second != kind->name) {
      return Error{ErrorCode::invalid_input, place + id + " is a " + kind->name + " here and a " +
                                                 known->second + " elsewhere"};
    }
    return {};
  });
}

std::string_view Ontology::kind_of(std::string_view id) const {
  const auto found = kinds_.find(id);
  return found == kinds_.end() ? std::string_view() : found->second;
}

std::vector<graph::TextProperty> text_properties() {
  return {{"title", 3}, {"name", 3},    {"label", 3},       {"aliases", 2},    {"keywords", 2},
          {"code", 2},  {"summary", 1}, {"description", 1}, {"definition", 1}, {"official", 1}};
}

}  // namespace mangrove::ontology
