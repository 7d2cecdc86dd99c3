#include "graph/text/segment.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "graph/storage/keys.h"

namespace mangrove::graph {
namespace {

/// Removing key by key is cheaper for the engine than removing a range, up to about here.
constexpr std::uint32_t kPagesRemovedOneByOne = 64;

/// Writes a text by what it shares with the one before, which it then becomes.
void write_front(ByteWriter& writer, std::string_view text, std::string& before) {
  const auto [here, there] = std::mismatch(text.begin(), text.end(), before.begin(), before.end());
  const auto shared = static_cast<std::size_t>(here - text.begin());
  writer.varint(shared);
  writer.text(text.substr(shared));
  before.resize(shared);
  before += text.substr(shared);
}

enum class Front : std::uint8_t { damaged, same, greater };

/// Reads what `write_front` wrote: texts ascend.
Front read_front(ByteReader& reader, std::string& text) {
  const std::uint64_t shared = reader.varint();
  const std::string_view rest = reader.text();
  if (!reader.ok() || shared > text.size()) return Front::damaged;
  const auto kept = static_cast<std::size_t>(shared);
  const bool longer = kept == text.size();
  if (rest.empty()) return longer ? Front::same : Front::damaged;
  if (!longer && static_cast<unsigned char>(rest[0]) <= static_cast<unsigned char>(text[kept])) {
    return Front::damaged;
  }
  text.resize(kept);
  text += rest;
  return Front::greater;
}

/// Counts are sums over texts; a sum of these cannot overflow.
constexpr std::int64_t kCountMax = std::int64_t{1} << 40;

bool is_count(std::int64_t number) {
  return number >= -kCountMax && number <= kCountMax;
}

}  // namespace

std::string layer_key(Policy policy) {
  std::string key(kTextLayers);
  key.push_back(static_cast<char>(policy.value >> 8));
  key.push_back(static_cast<char>(policy.value));
  return key;
}

std::string merging_key(std::uint64_t segment) {
  return std::string(kTextMerging) + keys::u64(segment);
}

std::string pages_prefix(std::uint64_t segment) {
  return std::string(kTextPages) + keys::u64(segment);
}

std::string page_key(std::uint64_t segment, std::uint32_t page) {
  return pages_prefix(segment) + keys::u32(page);
}

void encode_outline(const SegmentOutline& outline, ByteWriter& writer) {
  for (const std::uint64_t number :
       {outline.number, std::uint64_t{outline.documents}, std::uint64_t{outline.stems},
        std::uint64_t{outline.words}, outline.postings_size, outline.documents_size,
        outline.stems_size, outline.words_size}) {
    writer.varint(number);
  }
}

SegmentOutline decode_outline(ByteReader& reader) {
  SegmentOutline outline;
  outline.number = reader.varint();
  outline.documents = reader.varint32();
  outline.stems = reader.varint32();
  outline.words = reader.varint32();
  outline.postings_size = reader.varint();
  outline.documents_size = reader.varint();
  outline.stems_size = reader.varint();
  outline.words_size = reader.varint();
  return outline;
}

void put_pages(std::uint64_t segment, std::uint32_t first, std::string_view bytes,
               storage::WriteBatch& writes) {
  for (; !bytes.empty(); ++first) {
    const std::string_view page = bytes.substr(0, kPageBytes);
    writes.put(page_key(segment, first), std::string(page));
    bytes.remove_prefix(page.size());
  }
}

void remove_pages(const SegmentOutline& outline, storage::WriteBatch& writes) {
  if (outline.pages() > kPagesRemovedOneByOne) {
    writes.remove_prefix(pages_prefix(outline.number));
    return;
  }
  for (std::uint32_t page = 0; page < outline.pages(); ++page) {
    writes.remove(page_key(outline.number, page));
  }
}

void SegmentWriter::add_document(const SegmentDocument& document) {
  assert(document.node.value >= last_node_);
  documents_.varint(document.node.value - last_node_);
  documents_.varint(document.length);
  last_node_ = document.node.value + 1;
  ++outline_.documents;
}

void SegmentWriter::add_stem(std::string_view stem, std::span<const Posting> postings,
                             std::int64_t holders) {
  assert(outline_.stems == 0 || last_stem_ < stem);
  const std::size_t before = postings_.size();
  encode_postings(postings, postings_);
  const std::size_t size = postings_.size() - before;
  write_front(stems_, stem, last_stem_);
  stems_.varint(postings.size());
  stems_.signed_varint(holders - static_cast<std::int64_t>(postings.size()));
  stems_.varint(size);
  outline_.postings_size += size;
  ++outline_.stems;
}

void SegmentWriter::add_word(std::string_view surface, std::uint32_t stem, std::int64_t frequency) {
  assert(outline_.words == 0 || last_surface_ <= surface);
  write_front(words_, surface, last_surface_);
  words_.signed_varint(std::int64_t{stem} - std::int64_t{last_word_stem_});
  words_.signed_varint(frequency);
  last_word_stem_ = stem;
  ++outline_.words;
}

std::string SegmentWriter::take_pages() {
  const std::size_t whole = postings_.size() / kPageBytes * kPageBytes;
  std::string pages = postings_.substr(0, whole);
  postings_.erase(0, whole);
  return pages;
}

SegmentOutline SegmentWriter::finish(std::string& rest) {
  outline_.documents_size = documents_.size();
  outline_.stems_size = stems_.size();
  outline_.words_size = words_.size();
  rest = std::move(postings_);
  rest += documents_.view();
  rest += stems_.view();
  rest += words_.view();
  return outline_;
}

Result<std::vector<SegmentDocument>> read_documents(const SegmentOutline& outline,
                                                    std::string_view section) {
  ByteReader reader(section);
  std::vector<SegmentDocument> documents;
  if (outline.documents <= section.size()) documents.reserve(outline.documents);
  std::uint64_t next = 0;
  for (std::uint32_t i = 0; i < outline.documents && reader.ok(); ++i) {
    next += reader.varint32();
    documents.push_back({NodeIndex{static_cast<std::uint32_t>(next)}, reader.varint32()});
    ++next;
  }
  if (!reader.ok() || reader.left() > 0 || next > UINT32_MAX) {
    return damaged_segment(outline.number, "documents");
  }
  return documents;
}

bool StemReader::next() {
  if (left_ == 0 || !ok_) {
    ok_ = ok_ && reader_.left() == 0;
    return false;
  }
  --left_;
  offset_ += size_;
  const Front front = read_front(reader_, text_);
  postings_ = reader_.varint32();
  const std::int64_t more = reader_.signed_varint();
  size_ = reader_.varint();
  ok_ = front == Front::greater && reader_.ok() && is_count(more) &&
        size_ <= postings_size_ - offset_;
  holders_ = ok_ ? more + postings_ : 0;
  return ok_;
}

bool SurfaceReader::next() {
  if (left_ == 0 || !ok_) {
    ok_ = ok_ && reader_.left() == 0;
    return false;
  }
  --left_;
  const Front front = read_front(reader_, text_);
  const std::int64_t step = reader_.signed_varint();
  frequency_ = reader_.signed_varint();
  ok_ = front != Front::damaged && reader_.ok() && is_count(step) && is_count(frequency_) &&
        (front == Front::greater || step > 0);
  if (ok_) stem_ += step;
  ok_ = ok_ && stem_ >= 0 && stem_ < std::int64_t{stems_};
  return ok_;
}

Error damaged_segment(std::uint64_t number, std::string_view what) {
  return {ErrorCode::corrupt, "the text index is damaged: segment " + std::to_string(number) +
                                  ", " + std::string(what)};
}

}  // namespace mangrove::graph
