#include "graph/text/postings.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <utility>

#include "graph/storage/bytes.h"

namespace mangrove::graph {
namespace {

constexpr std::uint32_t kBitsMax = 32;
using Numbers = std::array<std::uint32_t, kPostingBlock>;

std::size_t packed_size(std::uint32_t bits) {
  return kPostingBlock / 8 * bits;
}

std::uint32_t low_bits(std::uint32_t bits) {
  return bits >= kBitsMax ? ~0U : (1U << bits) - 1;
}

/// The number of bits that makes the numbers shortest, with those that do not fit written apart.
std::uint32_t best_bits(const Numbers& numbers) {
  std::array<std::uint32_t, kBitsMax + 1> by_width{};
  for (const std::uint32_t number : numbers) ++by_width[std::bit_width(number)];
  std::uint32_t best = kBitsMax;
  std::size_t best_size = packed_size(kBitsMax);
  std::uint32_t apart = 0;
  for (std::uint32_t bits = kBitsMax; bits-- > 0;) {
    apart += by_width[bits + 1];
    constexpr std::size_t kApartSize = 2;  // Nearly always.
    const std::size_t size = packed_size(bits) + apart * kApartSize;
    if (size >= best_size) continue;
    best = bits;
    best_size = size;
  }
  return best;
}

void pack(const Numbers& numbers, std::uint32_t bits, std::string& bytes) {
  std::uint64_t gathered = 0;
  std::uint32_t held = 0;
  for (const std::uint32_t number : numbers) {
    gathered |= std::uint64_t{number & low_bits(bits)} << held;
    held += bits;
    for (; held >= 8; held -= 8) {
      bytes.push_back(static_cast<char>(gathered));
      gathered >>= 8;
    }
  }
}

/// With the number of bits known, the compiler makes a few instructions of this. Eight numbers
/// begin at a whole byte.
template <std::uint32_t kBits>
void unpack(const char* bytes, Numbers& numbers) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << kBits) - 1;
  for (std::size_t i = 0; i < kPostingBlock; i += 8, bytes += kBits) {
    for (std::size_t j = 0; j < 8; ++j) {
      std::uint64_t chunk = 0;
      std::memcpy(&chunk, bytes + j * kBits / 8, sizeof chunk);
      numbers[i + j] = static_cast<std::uint32_t>(chunk >> (j * kBits % 8) & kMask);
    }
  }
}

using Unpack = void (*)(const char*, Numbers&);

template <std::uint32_t... kBits>
constexpr std::array<Unpack, sizeof...(kBits)> unpack_functions(
    std::integer_sequence<std::uint32_t, kBits...>) {
  return {&unpack<kBits>...};
}

/// By number of bits.
constexpr auto kUnpack =
    unpack_functions(std::make_integer_sequence<std::uint32_t, kBitsMax + 1>());

void add_exceptions(const Numbers& numbers, std::uint32_t bits, std::size_t base,
                    ByteWriter& writer) {
  if (bits >= kBitsMax) return;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::uint32_t high = numbers[i] >> bits;
    if (high == 0) continue;
    writer.byte(static_cast<std::uint8_t>(base + i));
    writer.varint(high);
  }
}

/// Both numbers of each posting as they are written; returns one past the last document.
std::uint32_t split(std::span<const Posting> postings, std::uint32_t next, Numbers& passed,
                    Numbers& counts) {
  for (std::size_t i = 0; i < postings.size(); ++i) {
    assert(postings[i].document >= next && postings[i].count > 0);
    passed[i] = postings[i].document - next;
    counts[i] = postings[i].count - 1;
    next = postings[i].document + 1;
  }
  return next;
}

}  // namespace

void encode_postings(std::span<const Posting> postings, std::string& bytes) {
  Numbers passed;
  Numbers counts;
  std::uint32_t next = 0;
  for (; postings.size() >= kPostingBlock; postings = postings.subspan(kPostingBlock)) {
    const std::uint32_t before = next;
    next = split(postings.first(kPostingBlock), next, passed, counts);
    const std::uint32_t document_bits = best_bits(passed);
    const std::uint32_t count_bits = best_bits(counts);
    ByteWriter exceptions;
    add_exceptions(passed, document_bits, 0, exceptions);
    add_exceptions(counts, count_bits, kPostingBlock, exceptions);
    ByteWriter head;
    head.byte(static_cast<std::uint8_t>(document_bits));
    head.byte(static_cast<std::uint8_t>(count_bits));
    head.varint(next - before);
    head.varint(exceptions.size());
    bytes += head.view();
    pack(passed, document_bits, bytes);
    pack(counts, count_bits, bytes);
    bytes += exceptions.view();
  }
  split(postings, next, passed, counts);
  ByteWriter rest;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    const bool more = counts[i] > 0;
    rest.varint(std::uint64_t{passed[i]} << 1 | (more ? 1U : 0U));
    if (more) rest.varint(counts[i] - 1);
  }
  bytes += rest.view();
}

bool PostingReader::fail() {
  ok_ = false;
  left_ = 0;
  return false;
}

bool PostingReader::next(PostingBlock& block, std::uint32_t until) {
  block.begin = block.end = 0;
  if (left_ == 0 || from_ >= until) return false;
  Head head;
  if (!pass_blocks(head)) return left_ > 0 && next_of_rest(block, until);
  if (!read_block(head, block)) return false;
  const auto* const documents = block.documents.data();
  block.begin = static_cast<std::uint32_t>(
      std::lower_bound(documents, documents + kPostingBlock, from_) - documents);
  if (documents[kPostingBlock - 1] < until) {
    block.end = kPostingBlock;
    at_ = head.end;
    next_ += head.span;
    left_ -= static_cast<std::uint32_t>(kPostingBlock);
    from_ = next_;
    return true;
  }
  // The block goes on beyond, and is read again then.
  block.end = static_cast<std::uint32_t>(
      std::lower_bound(documents + block.begin, documents + kPostingBlock, until) - documents);
  from_ = until;
  return !block.empty();
}

bool PostingReader::find(PostingBlock& block, std::uint32_t document) {
  pass_before(document);
  block.begin = block.end = 0;
  Head head;
  if (left_ > 0 && pass_blocks(head)) {
    if (!read_block(head, block)) return false;
    block.end = kPostingBlock;
    return true;
  }
  if (left_ == 0) return false;
  PostingReader rest = *this;
  rest.from_ = 0;
  const bool found = rest.next_of_rest(block, limit_);
  if (!rest.ok_) return fail();
  return found;
}

/// False where there is no such block, but perhaps a rest.
bool PostingReader::pass_blocks(Head& head) {
  while (left_ >= kPostingBlock) {
    if (!read_head(head)) return false;
    if (next_ + head.span > from_) return true;
    next_ += head.span;
    at_ = head.end;
    left_ -= static_cast<std::uint32_t>(kPostingBlock);
  }
  return false;
}

bool PostingReader::read_head(Head& head) {
  ByteReader reader({at_, static_cast<std::size_t>(end_ - at_)});
  head.document_bits = reader.byte();
  head.count_bits = reader.byte();
  head.span = reader.varint32();
  const std::uint64_t exceptions_size = reader.count();
  if (!reader.ok() || head.document_bits > kBitsMax || head.count_bits > kBitsMax) return fail();
  const std::size_t packed = packed_size(head.document_bits) + packed_size(head.count_bits);
  if (packed + exceptions_size > reader.left() || head.span > limit_ - next_) return fail();
  head.packed = end_ - reader.left();
  head.exceptions = head.packed + packed;
  head.end = head.exceptions + exceptions_size;
  return true;
}

bool PostingReader::read_block(const Head& head, PostingBlock& block) {
  kUnpack[head.document_bits](head.packed, block.documents);
  kUnpack[head.count_bits](head.packed + packed_size(head.document_bits), block.counts);
  if (head.exceptions != head.end && !apply_exceptions(head, block)) return fail();
  std::uint64_t next = next_;
  for (std::uint32_t& document : block.documents) {
    next += std::uint64_t{document} + 1;
    document = static_cast<std::uint32_t>(next - 1);
  }
  for (std::uint32_t& count : block.counts) ++count;
  // They ascend, so if the last is where it should be then all are below the limit.
  return next == std::uint64_t{next_} + head.span || fail();
}

bool PostingReader::apply_exceptions(const Head& head, PostingBlock& block) const {
  ByteReader reader({head.exceptions, static_cast<std::size_t>(head.end - head.exceptions)});
  while (reader.left() > 0) {
    const std::uint8_t place = reader.byte();
    const std::uint32_t high = reader.varint32();
    const bool is_count = place >= kPostingBlock;
    const std::uint32_t bits = is_count ? head.count_bits : head.document_bits;
    if (bits >= kBitsMax) return false;
    (is_count ? block.counts : block.documents)[place % kPostingBlock] |= high << bits;
  }
  return reader.ok();
}

bool PostingReader::next_of_rest(PostingBlock& block, std::uint32_t until) {
  ByteReader reader({at_, static_cast<std::size_t>(end_ - at_)});
  while (left_ > 0) {
    const std::uint64_t passed = reader.varint();
    const std::uint64_t document = next_ + (passed >> 1);
    const std::uint32_t count = (passed & 1) == 0 ? 1 : reader.varint32() + 2;
    if (!reader.ok() || document >= limit_) return fail();
    if (document >= until) break;
    next_ = static_cast<std::uint32_t>(document) + 1;
    at_ = end_ - reader.left();
    --left_;
    if (document < from_) continue;
    block.documents[block.end] = static_cast<std::uint32_t>(document);
    block.counts[block.end++] = count;
  }
  from_ = std::max(from_, until);
  return !block.empty();
}

}  // namespace mangrove::graph
