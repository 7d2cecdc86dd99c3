#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>

#include "graph/topology/image.h"
#include "graph/topology/image_format.h"

namespace mangrove::graph {
namespace {

using Bytes = std::span<const std::uint8_t>;

Error corrupt(const std::filesystem::path& file, std::string_view what) {
  return {ErrorCode::corrupt, file.string() + " is damaged: " + std::string(what)};
}

/// The file's bytes, in memory of their own: a file that somebody cuts short later does no harm.
struct Loaded {
  std::shared_ptr<const std::uint8_t> owner;
  Bytes bytes;
};

/// Memory for the file; in large pages where the system has them, since all of it is walked.
std::shared_ptr<std::uint8_t> memory_for(std::size_t bytes) {
  constexpr std::size_t kLargePage = std::size_t{1} << 21;
  const std::size_t rounding = bytes < 4 * kLargePage ? 64 : kLargePage;
  const std::size_t rounded = (bytes + rounding - 1) / rounding * rounding;
  auto* const memory = static_cast<std::uint8_t*>(std::aligned_alloc(rounding, rounded));
  if (memory == nullptr) throw std::bad_alloc();
  if (rounding == kLargePage) ::madvise(memory, rounded, MADV_HUGEPAGE);
  return {memory, std::free};
}

class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& path)
      : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~InputFile() {
    if (file_ >= 0) ::close(file_);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  Result<Loaded> load() const {
    if (file_ < 0 && errno == ENOENT) {
      return Error{ErrorCode::not_found, "there is no " + path_.string()};
    }
    struct stat status {};
    if (file_ < 0 || ::fstat(file_, &status) != 0) return failure();
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size < sizeof(image::Header)) return corrupt(path_, "it is cut short");
    const auto memory = memory_for(size);
    for (std::size_t at = 0; at < size;) {
      const ssize_t got = ::read(file_, memory.get() + at, size - at);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return failure();
      if (got == 0) return corrupt(path_, "it is cut short");
      at += static_cast<std::size_t>(got);
    }
    return Loaded{memory, {memory.get(), size}};
  }

 private:
  Error failure() const {
    return {ErrorCode::io, "reading " + path_.string() + ": " + std::strerror(errno)};
  }

  const std::filesystem::path& path_;
  int file_;
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

/// Makes catalogue and topology out of the bytes of a file.
class ImageReader {
 public:
  ImageReader(const std::filesystem::path& file, Loaded loaded)
      : file_(file), loaded_(std::move(loaded)) {}

  Result<LoadedImage> read() {
    TRY(check());
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
  /// That every byte is as it was written.
  Status check() {
    std::memcpy(&header_, loaded_.bytes.data(), sizeof header_);
    if (header_.magic != image::kMagic) return corrupt(file_, "it does not begin like an image");
    if (header_.check != header_.expected_check()) return corrupt(file_, "its first bytes");
    if (header_.format != image::kFormat) {
      return Error{ErrorCode::unsupported, file_.string() + " has format " +
                                               std::to_string(header_.format) + ", not " +
                                               std::to_string(image::kFormat)};
    }
    if (header_.checksum != header_.expected_checksum()) return corrupt(file_, "its header");
    std::uint64_t at = sizeof header_;
    for (std::size_t i = 0; i < image::kSections; ++i) {
      const auto& [bytes, checksum] = header_.sections[i];
      const std::uint64_t left = loaded_.bytes.size() - at;
      if (bytes > left || image::padded(bytes) > left) return corrupt(file_, "it is cut short");
      sections_[i] = loaded_.bytes.subspan(at, bytes);
      if (XXH3_64bits(sections_[i].data(), image::padded(bytes)) != checksum) {
        return corrupt(file_, "its part " + std::to_string(i));
      }
      at += image::padded(bytes);
    }
    if (at != loaded_.bytes.size()) return corrupt(file_, "it is too long");
    return {};
  }

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
    return Numbering::Frozen{loaded_.owner,
                             {reinterpret_cast<const char*>(texts.data()), texts.size()},
                             *begins,
                             *table};
  }

  std::shared_ptr<Catalogue> read_catalogue() const {
    auto names = numbering(image::names_texts, header_.sizes.names);
    auto nodes = numbering(image::nodes_texts, header_.sizes.nodes);
    auto sources = numbering(image::sources_texts, header_.sizes.sources);
    const auto records = numbers<RecordPlace>(image::records, header_.sizes.records);
    if (!names || !nodes || !sources || !records) return nullptr;
    return std::make_shared<Catalogue>(std::move(*names), std::move(*nodes), std::move(*sources),
                                       AppendOnly<RecordPlace>(loaded_.owner, *records));
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

  /// A part of the file that keeps the whole.
  rows::SharedBytes shared(Bytes bytes) const { return {loaded_.owner, bytes.data()}; }

  const std::filesystem::path& file_;
  Loaded loaded_;
  image::Header header_;
  std::array<Bytes, image::kSections> sections_;
  LongRow::Writer writer_;
};

Result<LoadedImage> read_image(const std::filesystem::path& file) {
  return ImageReader(file, TRY(InputFile(file).load())).read();
}

}  // namespace mangrove::graph
