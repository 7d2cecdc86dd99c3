#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "graph/catalogue.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

// The bytes of an image, little-endian:
//
//   image   = header section{…}                              a section is one Zstandard frame
//   header  = magic:8 format:4 check:4 version:8 fingerprint:8 sizes:4{6} node_limit:4 relations:4
//             (bytes:8 stored:8 checksum:8){sections} checksum:8
//
//   check     the low half of the checksum of what is before it: tells another format from a
//             damaged file
//   stored    how many bytes the frame has; unpacked it has `bytes`, and 0 to 7 zeros behind them
//   checksum  XXH3-64: of a frame, and of the header before it
//
// What the sections hold is said where they are listed. Pages and chunks lie there as they do in
// memory (see page.h and long_row.h), and a loaded image keeps all sections, unpacked.

namespace mangrove::graph::image {

inline constexpr std::array<char, 8> kMagic = {'M', 'G', 'I', 'M', 'A', 'G', 'E', '\n'};
inline constexpr std::uint32_t kFormat = 2;

enum Section : std::uint32_t {
  names_texts,   ///< One after the other.
  names_begins,  ///< 8 bytes for each text, and for the end.
  names_table,   ///< See numbering.cpp.
  nodes_texts,
  nodes_begins,
  nodes_table,
  sources_texts,
  sources_begins,
  sources_table,
  records,     ///< subject:4 source:4
  policies,    ///< (length:4 audience){…}, then but for the first (sets:4 set:8{…}){…}
  node_pages,  ///< number:4 specials:4 for_all statements kinds, special{…}
  relations,   ///< relation:2
  directory,   ///< Of the records, then of each relation out and in: pages:4 long_rows:4
               ///< page:4{…} (owner:4 chunks:4){…}
  pages,
  chunk_heads,  ///< node:4 record:4 qualifier:2 policy:2 last:4 last_record:4 entries:2
                ///< distinct:2
  chunks,
  kSections,
};

struct SectionHead {
  std::uint64_t bytes = 0;  ///< Without the zeros.
  std::uint64_t stored = 0;
  std::uint64_t checksum = 0;
};

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t format = kFormat;
  std::uint32_t check = 0;
  std::uint64_t version = 0;
  std::uint64_t fingerprint = 0;
  CatalogueSizes sizes;
  std::uint32_t node_limit = 0;
  std::uint32_t relations = 0;
  std::array<SectionHead, kSections> sections;
  std::uint64_t checksum = 0;

  std::uint32_t expected_check() const {
    return static_cast<std::uint32_t>(XXH3_64bits(this, offsetof(Header, check)));
  }
  std::uint64_t expected_checksum() const { return XXH3_64bits(this, offsetof(Header, checksum)); }
};
static_assert(sizeof(Header) == 72 + 24 * kSections && offsetof(Header, sections) == 64);

inline std::uint64_t padded(std::uint64_t bytes) {
  return (bytes + 7) & ~std::uint64_t{7};
}

}  // namespace mangrove::graph::image
