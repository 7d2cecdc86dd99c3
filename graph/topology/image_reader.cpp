#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/topology/image.h"
#include "graph/topology/image_format.h"

namespace mangrove::graph {
namespace {

using Bytes = std::span<const std::uint8_t>;

Error corrupt(const std::filesystem::path& file, std::string_view what) {
  return {ErrorCode::corrupt, file.string() + " is damaged: " + std::string(what)};
}

/// The sections, unpacked, in memory of their own.
struct Unpacked {
  std::shared_ptr<const std::uint8_t> owner;
  std::array<Bytes, image::kSections> sections;
};

/// Memory for all sections; in large pages where the system has them, since all of it is walked.
std::shared_ptr<std::uint8_t> memory_for(std::size_t bytes) {
  constexpr std::size_t kLargePage = std::size_t{1} << 21;
  const std::size_t rounding = bytes < 4 * kLargePage ? 64 : kLargePage;
  const std::size_t rounded = (bytes + rounding) / rounding * rounding;
  auto* const memory = static_cast<std::uint8_t*>(std::aligned_alloc(rounding, rounded));
  if (memory == nullptr) throw std::bad_alloc();
  if (rounding == kLargePage) ::madvise(memory, rounded, MADV_HUGEPAGE);
  return {memory, std::free};
}

class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& path)
      : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), read_(kBuffer) {}
  ~InputFile() {
    if (file_ >= 0) ::close(file_);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  Result<image::Header> header() {
    if (file_ < 0 && errno == ENOENT) {
      return Error{ErrorCode::not_found, "there is no " + path_.string()};
    }
    struct stat status {};
    if (file_ < 0 || ::fstat(file_, &status) != 0) return failure();
    left_ = static_cast<std::uint64_t>(status.st_size);
    image::Header header;
    TRY(read(&header, sizeof header));
    if (header.magic != image::kMagic) return corrupt(path_, "it does not begin like an image");
    if (header.check != header.expected_check()) return corrupt(path_, "its first bytes");
    if (header.format != image::kFormat) {
      return Error{ErrorCode::unsupported, path_.string() + " has format " +
                                               std::to_string(header.format) + ", not " +
                                               std::to_string(image::kFormat)};
    }
    if (header.checksum != header.expected_checksum()) return corrupt(path_, "its header");
    return header;
  }

  /// All sections, each as it was written.
  Result<Unpacked> sections(const image::Header& header) {
    std::uint64_t bytes = 0;
    for (const image::SectionHead& head : header.sections) bytes += image::padded(head.bytes);
    const auto memory = memory_for(bytes);
    Unpacked unpacked{memory, {}};
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < image::kSections; ++i) {
      const image::SectionHead& head = header.sections[i];
      const std::span whole(memory.get() + at, image::padded(head.bytes));
      if (!TRY(unpack(head, whole))) return corrupt(path_, "its part " + std::to_string(i));
      unpacked.sections[i] = whole.first(head.bytes);
      at += whole.size();
    }
    if (left_ != 0) return corrupt(path_, "it is too long");
    return unpacked;
  }

 private:
  static constexpr std::size_t kBuffer = std::size_t{1} << 20;

  Status read(void* into, std::size_t bytes) {
    if (bytes > left_) return corrupt(path_, "it is cut short");
    for (std::size_t at = 0; at < bytes;) {
      const ssize_t got = ::read(file_, static_cast<char*>(into) + at, bytes - at);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return failure();
      if (got == 0) return corrupt(path_, "it is cut short");
      at += static_cast<std::size_t>(got);
    }
    left_ -= bytes;
    return {};
  }

  /// Whether the frame is what was written, and fills this memory.
  Result<bool> unpack(const image::SectionHead& head, std::span<std::uint8_t> into) {
    XXH3_state_t sum;
    XXH3_64bits_reset(&sum);
    ZSTD_DCtx_reset(unpacker_.get(), ZSTD_reset_session_only);
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    bool ended = false;
    for (std::uint64_t stored = head.stored; stored > 0;) {
      const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(stored, kBuffer));
      TRY(read(read_.data(), some));
      stored -= some;
      XXH3_64bits_update(&sum, read_.data(), some);
      for (ZSTD_inBuffer in{read_.data(), some, 0}; in.pos < in.size;) {
        const std::size_t before = in.pos + out.pos;
        const std::size_t hint = ZSTD_decompressStream(unpacker_.get(), &out, &in);
        if (ZSTD_isError(hint) || in.pos + out.pos == before) return false;
        ended = hint == 0;
      }
    }
    return ended && out.pos == out.size && XXH3_64bits_digest(&sum) == head.checksum;
  }

  Error failure() const {
    return {ErrorCode::io, "reading " + path_.string() + ": " + std::strerror(errno)};
  }

  const std::filesystem::path& path_;
  int file_;
  std::uint64_t left_ = 0;  // Bytes of the file that were not read yet.
  std::vector<std::uint8_t> read_;
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> unpacker_{ZSTD_createDCtx(), ZSTD_freeDCtx};
};

/// Takes numbers and bytes off the front of a section. What was asked for beyond its end is zeros,
/// and is remembered.
class Input {
 public:
  explicit Input(Bytes bytes) : left_(bytes) {}

  /// Whether all that was asked for was there, and nothing is left.
  bool done() const { return whole_ && left_.empty(); }
  bool whole() const { return whole_; }

  Bytes take(std::size_t bytes) {
    if (bytes > left_.size()) {
      whole_ = false;
      left_ = {};
      return {};
    }
    const Bytes taken = left_.first(bytes);
    left_ = left_.subspan(bytes);
    return taken;
  }
  template <typename Number>
  Number number() {
    const Bytes bytes = take(sizeof(Number));
    return bytes.empty() ? Number{} : rows::load<Number>(bytes.data());
  }
  template <typename Number>
  std::span<const Number> numbers(std::size_t count) {
    const Bytes bytes = count <= left_.size() / sizeof(Number) ? take(count * sizeof(Number))
                                                               : take(left_.size() + 1);
    return {reinterpret_cast<const Number*>(bytes.data()), bytes.size() / sizeof(Number)};
  }
  /// A piece that itself says, at `at`, how many bytes it has.
  Bytes take_sized(std::size_t at) {
    if (left_.size() < at + sizeof(std::uint32_t)) return take(left_.size() + 1);
    return take(rows::load<std::uint32_t>(left_.data() + at));
  }

 private:
  Bytes left_;
  bool whole_ = true;
};

}  // namespace

/// Makes catalogue and topology out of the sections of a file.
class ImageReader {
 public:
  ImageReader(const std::filesystem::path& file, const image::Header& header, Unpacked unpacked)
      : file_(file),
        header_(header),
        owner_(std::move(unpacked.owner)),
        sections_(unpacked.sections) {}

  Result<LoadedImage> read() {
    LoadedImage image{header_.version, header_.fingerprint, read_catalogue(), {}};
    if (image.catalogue == nullptr || !read_policies(image.catalogue->policies)) {
      return corrupt(file_, "the catalogue does not fit together");
    }
    if (!read_nodes(image.topology.nodes_) || !read_relations(image.topology) ||
        !read_adjacencies(image.topology)) {
      return corrupt(file_, "the topology does not fit together");
    }
    return image;
  }

 private:
  template <typename Number>
  std::optional<std::span<const Number>> numbers(std::uint32_t section, std::size_t count) const {
    Input input(sections_[section]);
    const auto numbers = input.numbers<Number>(count);
    if (!input.done()) return std::nullopt;
    return numbers;
  }

  /// Three sections.
  std::optional<Numbering::Frozen> numbering(std::uint32_t first, std::uint32_t count) const {
    const Bytes texts = sections_[first];
    const auto begins = numbers<std::uint64_t>(first + 1, std::size_t{count} + 1);
    const std::size_t slots = sections_[first + 2].size() / sizeof(std::uint32_t);
    const auto table = numbers<std::uint32_t>(first + 2, slots);
    if (!begins || begins->back() != texts.size()) return std::nullopt;
    if (!table || !std::has_single_bit(slots) || slots <= count) return std::nullopt;
    return Numbering::Frozen{
        owner_, {reinterpret_cast<const char*>(texts.data()), texts.size()}, *begins, *table};
  }

  std::shared_ptr<Catalogue> read_catalogue() const {
    auto names = numbering(image::names_texts, header_.sizes.names);
    auto nodes = numbering(image::nodes_texts, header_.sizes.nodes);
    auto sources = numbering(image::sources_texts, header_.sizes.sources);
    const auto records = numbers<RecordPlace>(image::records, header_.sizes.records);
    if (!names || !nodes || !sources || !records) return nullptr;
    return std::make_shared<Catalogue>(std::move(*names), std::move(*nodes), std::move(*sources),
                                       AppendOnly<RecordPlace>(owner_, *records));
  }

  bool read_policies(Policies& policies) const {
    Input input(sections_[image::policies]);
    for (std::uint32_t i = 0; i < header_.sizes.audiences && input.whole(); ++i) {
      const Bytes name = input.take(input.number<std::uint32_t>());
      const std::string text(name.begin(), name.end());
      if (policies.add_audience(text) != i) return false;
    }
    for (std::uint32_t i = 1; i < header_.sizes.policies && input.whole(); ++i) {
      std::vector<AudienceSet> sets;
      for (auto count = input.number<std::uint32_t>(); count > 0 && input.whole(); --count) {
        sets.push_back(input.number<AudienceSet>());
      }
      if (!policies.restore(Policy{static_cast<std::uint16_t>(i)}, std::move(sets))) return false;
    }
    return input.done();
  }

  bool read_nodes(NodeTable& nodes) const {
    Input input(sections_[image::node_pages]);
    while (input.whole() && !input.done()) {
      const auto number = input.number<std::uint32_t>();
      const auto specials = input.number<std::uint32_t>();
      auto page = std::make_shared<NodeTable::Page>();
      const auto copy_to = [&](auto& column) {
        const Bytes bytes = input.take(sizeof column);
        if (!bytes.empty()) std::memcpy(column.data(), bytes.data(), bytes.size());
      };
      copy_to(page->for_all);
      copy_to(page->statements);
      copy_to(page->kinds);
      for (std::uint32_t i = 0; i < specials && input.whole(); ++i) {
        NodeTable::Special special{};
        special.slot = input.number<std::uint16_t>();
        special.is_guard = input.number<std::uint16_t>() != 0;
        special.kind.value = input.number<std::uint16_t>();
        special.policy.value = input.number<std::uint16_t>();
        special.count = input.number<std::uint32_t>();
        page->special.push_back(special);
      }
      nodes.pages_.set(number, std::move(page));
    }
    nodes.limit_ = header_.node_limit;
    return input.done();
  }

  bool read_relations(Topology& topology) const {
    Input input(sections_[image::relations]);
    if (header_.relations == 0) return input.done();
    auto relations = std::make_shared<Topology::Relations>();
    for (std::uint32_t i = 0; i < header_.relations && input.whole(); ++i) {
      relations->add(Relation{input.number<std::uint16_t>()});
    }
    topology.relations_ = std::move(relations);
    return input.done() && topology.relations().size() == header_.relations;
  }

  bool read_adjacencies(Topology& topology) {
    Input directory(sections_[image::directory]);
    Input pages(sections_[image::pages]);
    Input heads(sections_[image::chunk_heads]);
    Input chunks(sections_[image::chunks]);
    const auto read = [&](Adjacency& adjacency) {
      return read_adjacency(adjacency, directory, pages, heads, chunks);
    };
    if (!read(topology.records_)) return false;
    for (std::size_t i = 0; i < header_.relations * std::size_t{2}; ++i) {
      auto adjacency = std::make_shared<Adjacency>();
      if (!read(*adjacency)) return false;
      topology.adjacencies_.push_back(std::move(adjacency));
    }
    return directory.done() && pages.done() && heads.done() && chunks.done();
  }

  bool read_adjacency(Adjacency& adjacency, Input& directory, Input& pages, Input& heads,
                      Input& chunks) {
    const auto page_count = directory.number<std::uint32_t>();
    const auto long_count = directory.number<std::uint32_t>();
    for (const std::uint32_t number : directory.numbers<std::uint32_t>(page_count)) {
      const Bytes page = pages.take_sized(page::kBytesAt);
      if (page.size() < page::kLabelsAt) return false;
      adjacency.pages_.set(number, shared(page));
    }
    std::shared_ptr<Adjacency::LongRows> long_rows;
    std::uint32_t number = 0;
    for (std::uint32_t i = 0; i < long_count && directory.whole(); ++i) {
      const auto owner = directory.number<std::uint32_t>();
      const auto row = read_long_row(directory.number<std::uint32_t>(), heads, chunks);
      if (row == nullptr) return false;
      if (long_rows == nullptr || owner >> page::kOwnerBits != number) {
        number = owner >> page::kOwnerBits;
        long_rows = std::make_shared<Adjacency::LongRows>();
        adjacency.long_rows_.set(number, long_rows);
      }
      long_rows->rows.push_back({owner & (page::kOwners - 1), row});
    }
    return directory.whole();
  }

  /// Null where it does not fit together.
  std::shared_ptr<const LongRow> read_long_row(std::uint32_t count, Input& heads, Input& chunks) {
    std::vector<LongRow::Chunk> all;
    for (std::uint32_t i = 0; i < count && heads.whole(); ++i) {
      LongRow::Chunk chunk{};
      chunk.first.node.value = heads.number<std::uint32_t>();
      chunk.first.record.value = heads.number<std::uint32_t>();
      chunk.first.qualifier.value = heads.number<std::uint16_t>();
      chunk.first.policy.value = heads.number<std::uint16_t>();
      chunk.last.value = heads.number<std::uint32_t>();
      chunk.last_record.value = heads.number<std::uint32_t>();
      chunk.entries = heads.number<std::uint16_t>();
      chunk.distinct = heads.number<std::uint16_t>();
      const Bytes bytes = chunks.take_sized(0);
      if (bytes.size() < LongRow::kLabelsAt) return nullptr;
      chunk.bytes = shared(bytes);
      all.push_back(std::move(chunk));
    }
    return all.empty() || !heads.whole() ? nullptr : writer_.row_of(all);
  }

  /// A part of a section that keeps all of them.
  rows::SharedBytes shared(Bytes bytes) const { return {owner_, bytes.data()}; }

  const std::filesystem::path& file_;
  image::Header header_;
  std::shared_ptr<const std::uint8_t> owner_;
  std::array<Bytes, image::kSections> sections_;
  LongRow::Writer writer_;
};

Result<LoadedImage> read_image(const std::filesystem::path& file) {
  InputFile input(file);
  const image::Header header = TRY(input.header());
  return ImageReader(file, header, TRY(input.sections(header))).read();
}

}  // namespace mangrove::graph
