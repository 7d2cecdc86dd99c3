#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/audience.h"
#include "graph/base/result.h"
#include "graph/ids.h"
#include "graph/storage/bytes.h"
#include "graph/storage/storage.h"
#include "graph/text/postings.h"

namespace mangrove::graph {

// How the text index lies in the store
//
// The texts under one policy make a layer: an index of its own, of (node, policy) documents. A
// layer is a row of segments, oldest first. A change writes a new segment; what an older one says
// of a document that a newer one lists does not count any more.
//
//   settings := 't' 'f'                              -> text, see TextIndex::open
//   layer    := 't' 'm' policy:u16be                 -> documents:varint length:varint outline*
//   merging  := 't' 'j' segment:u64be                -> nothing: the segment is being written
//   page     := 't' 's' segment:u64be page:u32be     -> kPageBytes bytes of the segment, or the
//   rest
//
//   outline   := number documents stems words postings_size documents_size stems_size words_size,
//                varints all
//   segment   := posting_list* documents stem* word*    (sizes in the outline)
//   documents := (passed:varint length:varint)*         nodes, ascending; a length of 0: no words
//   stem      := begin:front postings:varint holders:signed size:varint     ascending by text
//   word      := begin:front stem:signed frequency:signed       ascending by surface, then by stem
//   front     := shared:varint text                     the first bytes are those of the one before
//
// `postings` of a stem is the length of its list here; `holders`, how many documents more than that
// hold it by this segment: fewer, where documents of older segments lost it. `stem` of a word is
// the place of its stem, less that of the word before; `frequency`, how much more often the word is
// written as this surface, weighted. The sums of holders and of frequencies over the segments of a
// layer are exact.
//
// Do not reorder or reuse: graphs on disk depend on it. Raise kTextFormat instead: an index of
// another format is built anew.
inline constexpr std::uint32_t kTextFormat = 1;

inline constexpr std::string_view kTextKeys = "t";
inline constexpr std::string_view kTextSettings = "tf";
inline constexpr std::string_view kTextLayers = "tm";
inline constexpr std::string_view kTextMerging = "tj";
inline constexpr std::string_view kTextPages = "ts";

inline constexpr std::size_t kPageBytes = std::size_t{16} << 10;

std::string layer_key(Policy policy);
std::string merging_key(std::uint64_t segment);
std::string pages_prefix(std::uint64_t segment);
std::string page_key(std::uint64_t segment, std::uint32_t page);

/// What must be known of a segment to find one's way in it.
struct SegmentOutline {
  std::uint64_t number = 0;
  std::uint32_t documents = 0;  ///< Listed, with and without words.
  std::uint32_t stems = 0;
  std::uint32_t words = 0;
  std::uint64_t postings_size = 0;
  std::uint64_t documents_size = 0;
  std::uint64_t stems_size = 0;
  std::uint64_t words_size = 0;

  std::uint64_t size() const { return postings_size + documents_size + stems_size + words_size; }
  std::uint32_t pages() const {
    return static_cast<std::uint32_t>((size() + kPageBytes - 1) / kPageBytes);
  }
};

void encode_outline(const SegmentOutline& outline, ByteWriter& writer);
SegmentOutline decode_outline(ByteReader& reader);

/// Puts the pages of these bytes, of which the first is page number `first`.
void put_pages(std::uint64_t segment, std::uint32_t first, std::string_view bytes,
               storage::WriteBatch& writes);
/// Removes all pages of a segment.
void remove_pages(const SegmentOutline& outline, storage::WriteBatch& writes);

struct SegmentDocument {
  NodeIndex node;
  std::uint32_t length;  ///< Words in it, weighted; 0: it has none any more.
};

/// Writes a segment. First all stems, with their postings; documents and words in between or after.
class SegmentWriter {
 public:
  void add_document(const SegmentDocument& document);

  /// In order of their texts. `holders` as in the layout.
  void add_stem(std::string_view stem, std::span<const Posting> postings, std::int64_t holders);
  /// In order of surface, then of stem; `stem` is its place among the stems.
  void add_word(std::string_view surface, std::uint32_t stem, std::int64_t frequency);

  /// Bytes of postings that were not taken yet.
  std::size_t unfinished() const { return postings_.size(); }
  /// Takes the whole pages out that are finished: for segments that are too big for memory.
  std::string take_pages();
  /// Ends the segment. `rest` becomes what was not taken.
  SegmentOutline finish(std::string& rest);

 private:
  SegmentOutline outline_;
  std::string postings_;  // Those not taken.
  ByteWriter documents_;
  ByteWriter stems_;
  ByteWriter words_;
  std::uint32_t last_node_ = 0;  // One past.
  std::string last_stem_;
  std::string last_surface_;
  std::uint32_t last_word_stem_ = 0;
};

/// Reads the documents of a segment. Error: `corrupt`.
Result<std::vector<SegmentDocument>> read_documents(const SegmentOutline& outline,
                                                    std::string_view section);

/// Reads the stems of a segment, in order of their texts.
class StemReader {
 public:
  StemReader(const SegmentOutline& outline, std::string_view section)
      : reader_(section), left_(outline.stems), postings_size_(outline.postings_size) {}

  /// Goes to the next one; false at the end, and where the bytes are damaged.
  bool next();
  bool ok() const { return ok_; }

  std::string_view text() const { return text_; }       ///< Valid until the next call.
  std::uint32_t postings() const { return postings_; }  ///< In its list.
  std::int64_t holders() const { return holders_; }
  std::uint64_t offset() const { return offset_; }  ///< Of its list in the segment.
  std::uint64_t size() const { return size_; }      ///< Of its list, in bytes.

 private:
  ByteReader reader_;
  std::uint32_t left_;
  std::uint64_t postings_size_;
  bool ok_ = true;
  std::string text_;
  std::uint32_t postings_ = 0;
  std::int64_t holders_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t size_ = 0;
};

/// Reads the words of a segment, in order of surface, then of stem.
class SurfaceReader {
 public:
  SurfaceReader(const SegmentOutline& outline, std::string_view section)
      : reader_(section), left_(outline.words), stems_(outline.stems) {}

  bool next();
  bool ok() const { return ok_; }

  std::string_view text() const { return text_; }  ///< Valid until the next call.
  std::uint32_t stem() const { return static_cast<std::uint32_t>(stem_); }  ///< Its place.
  std::int64_t frequency() const { return frequency_; }

 private:
  ByteReader reader_;
  std::uint32_t left_;
  std::uint32_t stems_;
  bool ok_ = true;
  std::string text_;
  std::int64_t stem_ = 0;
  std::int64_t frequency_ = 0;
};

/// The error of a segment that does not hold what it should.
Error damaged_segment(std::uint64_t number, std::string_view what);

}  // namespace mangrove::graph
