#include "ingest/readers/rdf_file.h"

#include <optional>

namespace mangrove::ingest {
namespace {

std::string name_of(const ontology::Term& term) {
  return term.type == ontology::Term::Type::blank ? "_:" + term.text : term.text;
}

}  // namespace

Status RdfFile::read(ByteStream& bytes, std::string_view file) {
  std::optional<Error> broken;
  const auto source = [&bytes, &broken](char* buffer, std::size_t size) -> std::size_t {
    const Result<std::size_t> got = bytes.read(buffer, size);
    if (!got.ok()) {
      broken = got.error();
    }
    return got.ok() ? got.value() : 0;
  };
  const Status status = ontology::read_turtle(
      source, file, [&](const ontology::Triple& triple) { return take(triple, file); });
  return broken ? Status(*broken) : status;
}

Status RdfFile::take(const ontology::Triple& triple, std::string_view file) {
  const std::string subject = name_of(triple.subject);
  const auto [place, fresh] = index_.try_emplace(subject, subjects_.size());
  const auto line = static_cast<std::uint32_t>(triple.line);
  if (fresh) {
    subjects_.push_back({subject, line, {}});
    bytes_ += sizeof(RdfSubject) + 3 * subject.size();
  }
  subjects_[place->second].statements.push_back(
      {shared(triple.predicate), shared(triple.object.language), shared(triple.object.datatype),
       name_of(triple.object), triple.object.type, line});
  bytes_ += sizeof(RdfStatement) + triple.object.text.size();
  if (++triples_ > kTriplesMax || bytes_ > kRdfBytesMax) {
    return Error{ErrorCode::too_large,
                 std::string(file) + ":" + std::to_string(triple.line) +
                     ": more than 2 million statements or 512 MiB; RDF is held whole while it is "
                     "read, so split the file by subject"};
  }
  return {};
}

std::string_view RdfFile::shared(const std::string& name) {
  const auto [place, fresh] = names_.try_emplace(name, 0);
  bytes_ += fresh ? 2 * name.size() : 0;
  return place->first;
}

const RdfSubject* RdfFile::find(const std::string& name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &subjects_[found->second];
}

}  // namespace mangrove::ingest
