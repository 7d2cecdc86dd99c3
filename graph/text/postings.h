#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mangrove::graph {

// The bytes of a list of postings
//
//   list      := block* rest                   a block for every 128 postings
//   block     := document_bits:u8 count_bits:u8 span:varint exceptions_size:varint
//                documents counts exceptions
//   documents := 128 numbers of document_bits bits, least first: the documents passed over since
//                the posting before
//   counts    := 128 numbers of count_bits bits: the count, less one
//   exceptions:= (place:u8 high:varint)*       bits that did not fit, of the document at `place`,
//                                              or of the count at `place` - 128
//   rest      := (passed << 1 | more:varint  count - 2:varint if more)*
//
// `span` is how far the last document of the block is from the last before the block: whoever looks
// for few documents passes over blocks by it.

/// A document of a segment that holds a term, and how often, weighted.
struct Posting {
  std::uint32_t document;
  std::uint32_t count;  ///< Above 0.

  friend auto operator<=>(const Posting&, const Posting&) = default;
};

/// Appends the list. Documents ascend.
void encode_postings(std::span<const Posting> postings, std::string& bytes);

/// How many readable bytes must follow the list that a PostingReader reads.
inline constexpr std::size_t kPostingPadding = 8;

inline constexpr std::size_t kPostingBlock = 128;

/// Postings that were read together: those at places [begin, end).
struct PostingBlock {
  std::array<std::uint32_t, kPostingBlock> documents;
  std::array<std::uint32_t, kPostingBlock> counts;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool empty() const { return begin == end; }
};

/// Reads a list, a block at a time. Small, so that many lists can be read side by side. Of bytes
/// that are no such list it makes nothing that is not below the limit, and says so.
class PostingReader {
 public:
  /// `count` postings of documents below `limit`. The bytes stay with the caller.
  PostingReader(std::string_view bytes, std::uint32_t count, std::uint32_t limit)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()), left_(count), limit_(limit) {}

  /// Reads on, as far as documents are below `until`; false where there are none.
  bool next(PostingBlock& block, std::uint32_t until);
  bool next(PostingBlock& block) { return next(block, limit_); }

  /// Passes over documents before this one.
  void pass_before(std::uint32_t document) { from_ = std::max(from_, document); }
  /// Reads the block that the document is in, if the list has it, and stays before it: documents
  /// may be asked for that are not before this one. False at the end of the list.
  bool find(PostingBlock& block, std::uint32_t document);

  /// False where the bytes are no such list. All reads end then.
  bool ok() const { return ok_; }

 private:
  struct Head {
    std::uint32_t document_bits;
    std::uint32_t count_bits;
    std::uint32_t span;
    const char* packed;
    const char* exceptions;
    const char* end;
  };
  bool read_head(Head& head);
  /// Goes to the block that `from_` may be in.
  bool pass_blocks(Head& head);
  bool read_block(const Head& head, PostingBlock& block);
  bool apply_exceptions(const Head& head, PostingBlock& block) const;
  bool next_of_rest(PostingBlock& block, std::uint32_t until);
  bool fail();

  const char* at_;
  const char* end_;
  std::uint32_t left_;  // Postings from `at_` on.
  std::uint32_t limit_;
  std::uint32_t next_ = 0;  // One past the last document before `at_`.
  std::uint32_t from_ = 0;  // Documents before it were read, or are passed over.
  bool ok_ = true;
};

}  // namespace mangrove::graph
