#pragma once

#include <memory>
#include <string>

#include "ingest/byte_stream.h"
#include "ingest/reader.h"
#include "ontology/ontology.h"

/// Lists of evidence, as reference managers write them. What a document becomes is said in
/// reference.h and in `ingest/README.md`.
namespace mangrove::ingest {

/// BibTeX and biblatex, with their `@string`, `crossref` and TeX accents. Held whole while it is
/// read.
std::unique_ptr<Reader> make_bibtex_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                           const ontology::Ontology& ontology);

/// RIS: a line a field, `TY  - RPRT` to `ER  - `. Held whole while it is read.
std::unique_ptr<Reader> make_ris_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                        const ontology::Ontology& ontology);

/// CSL-JSON: a list of items, one item, items one behind the other, or a list that is the member
/// `list` of an object.
std::unique_ptr<Reader> make_csl_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                        const std::string& list,
                                        const ontology::Ontology& ontology);

/// Whether a text begins like one of these.
bool looks_like_bibtex(std::string_view head);
bool looks_like_ris(std::string_view head);
bool looks_like_csl(std::string_view head);
/// The member of the outermost object that holds the items; empty where none does.
std::string csl_list_in(std::string_view head);

}  // namespace mangrove::ingest
