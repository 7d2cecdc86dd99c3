#include "graph/text/layer.h"

#include <algorithm>
#include <optional>
#include <span>

#include "graph/storage/keys.h"

namespace mangrove::graph {
namespace {

Error damaged_layer(std::string_view key) {
  const auto policy = keys::read_u16(key, kTextLayers.size());
  return {ErrorCode::corrupt, "the text index is damaged: the outline of the texts under policy " +
                                  std::to_string(policy.value_or(0))};
}

/// Whether the sizes can be those of a segment, so that nobody asks for memory without end.
bool is_sane(const SegmentOutline& outline) {
  constexpr std::uint64_t kDocumentMax = 10;
  constexpr std::uint64_t kWordMax = 4'096;
  constexpr std::uint64_t kPostingsMax = std::uint64_t{1} << 36;
  return outline.documents_size <= outline.documents * kDocumentMax &&
         outline.stems_size <= outline.stems * kWordMax &&
         outline.words_size <= outline.words * kWordMax && outline.postings_size <= kPostingsMax;
}

std::optional<TextLayer> decode_layer(std::string_view key, std::string_view bytes,
                                      std::vector<SegmentOutline>& outlines) {
  const auto policy = keys::read_u16(key, kTextLayers.size());
  if (!policy) return std::nullopt;
  ByteReader reader(bytes);
  TextLayer layer;
  layer.policy = Policy{static_cast<std::uint16_t>(*policy)};
  layer.documents = reader.varint();
  layer.length = reader.varint();
  while (reader.ok() && reader.left() > 0) outlines.push_back(decode_outline(reader));
  const bool all_sane = std::all_of(outlines.begin(), outlines.end(), is_sane);
  if (!reader.ok() || !all_sane) return std::nullopt;
  return layer;
}

}  // namespace

std::string encode_layer(const TextLayer& layer) {
  ByteWriter writer;
  writer.varint(layer.documents);
  writer.varint(layer.length);
  for (const auto& segment : layer.segments) encode_outline(segment->outline(), writer);
  return writer.take();
}

Result<std::vector<std::shared_ptr<const TextLayer>>> read_layers(const storage::Snapshot& store) {
  std::vector<std::pair<TextLayer, std::vector<SegmentOutline>>> outlined;
  Status status;
  TRY(store.scan(kTextLayers, {}, [&](std::string_view key, std::string_view value) {
    std::vector<SegmentOutline> outlines;
    auto layer = decode_layer(key, value, outlines);
    if (!layer) {
      status = damaged_layer(key);
      return false;
    }
    outlined.emplace_back(std::move(*layer), std::move(outlines));
    return true;
  }));
  TRY(std::move(status));

  std::vector<SegmentStretch> stretches;
  std::vector<Segment> small;
  for (const auto& [layer, outlines] : outlined) {
    for (const SegmentOutline& outline : outlines) {
      if (outline.size() <= Segment::kSmallBytes) small.emplace_back(outline);
    }
  }
  stretches.reserve(small.size());
  for (const Segment& segment : small) {
    stretches.push_back({&segment, 0, segment.outline().size()});
  }
  auto bytes = TRY(read_stretches(store, stretches));

  std::vector<std::shared_ptr<const TextLayer>> layers;
  std::size_t next = 0;
  for (auto& [layer, outlines] : outlined) {
    for (const SegmentOutline& outline : outlines) {
      layer.segments.push_back(
          outline.size() <= Segment::kSmallBytes
              ? std::make_shared<const Segment>(outline, std::move(bytes[next++]))
              : std::make_shared<const Segment>(outline));
    }
    layers.push_back(std::make_shared<const TextLayer>(std::move(layer)));
  }
  return layers;
}

namespace {

/// The keys of all pages that the stretches lie on, sorted, each once.
std::vector<std::string> page_keys(const std::vector<SegmentStretch>& stretches) {
  std::vector<std::string> keys;
  for (const auto& [segment, from, to] : stretches) {
    if (segment->in_memory()) continue;
    for (std::uint64_t page = from / kPageBytes; page * kPageBytes < to; ++page) {
      keys.push_back(page_key(segment->outline().number, static_cast<std::uint32_t>(page)));
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

using Page = std::optional<std::string>;

/// Puts a stretch together from its pages, of which `page` is the first.
Result<std::string> cut_out(const SegmentStretch& stretch, std::vector<Page>::const_iterator page) {
  const auto& [segment, from, to] = stretch;
  const SegmentOutline& outline = segment->outline();
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(to - from) + kPostingPadding);
  for (std::uint64_t begin = from / kPageBytes * kPageBytes; begin < to; begin += kPageBytes) {
    const std::uint64_t size = std::min<std::uint64_t>(kPageBytes, outline.size() - begin);
    if (!*page || (*page)->size() != size) {
      return damaged_segment(outline.number, "page " + std::to_string(begin / kPageBytes));
    }
    const std::uint64_t skipped = from > begin ? from - begin : 0;
    const std::uint64_t taken = std::min(size, to - begin) - skipped;
    bytes.append(**page, static_cast<std::size_t>(skipped), static_cast<std::size_t>(taken));
    ++page;
  }
  return bytes;
}

}  // namespace

Result<std::vector<std::string>> read_stretches(const storage::Snapshot& store,
                                                const std::vector<SegmentStretch>& stretches) {
  const std::vector<std::string> keys = page_keys(stretches);
  const std::vector<Page> pages = keys.empty() ? std::vector<Page>() : TRY(store.multi_get(keys));
  std::vector<std::string> result;
  result.reserve(stretches.size());
  for (const SegmentStretch& stretch : stretches) {
    const auto& [segment, from, to] = stretch;
    if (segment->in_memory()) {
      result.emplace_back(segment->bytes(from, to - from));
      continue;
    }
    // The pages of a segment stand next to each other.
    const std::string first =
        page_key(segment->outline().number, static_cast<std::uint32_t>(from / kPageBytes));
    const auto at = std::lower_bound(keys.begin(), keys.end(), first) - keys.begin();
    result.push_back(TRY(cut_out(stretch, pages.begin() + at)));
  }
  return result;
}

}  // namespace mangrove::graph
