#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <cassert>
#include <cerrno>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "graph/topology/image.h"
#include "graph/topology/image_format.h"

namespace mangrove::graph {
namespace {

/// A file in the making: collects what is appended, packs it and sums it up section by section.
class Output {
 public:
  explicit Output(const std::filesystem::path& path)
      : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)),
        packer_(ZSTD_createCCtx(), ZSTD_freeCCtx),
        packed_(ZSTD_CStreamOutSize()) {
    if (packer_ == nullptr) throw std::bad_alloc();
    if (file_ < 0) fail();
    buffer_.reserve(kBuffer);
  }
  ~Output() {
    if (file_ >= 0) ::close(file_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  bool failed() const { return number_ != 0; }
  int error_number() const { return number_; }

  void begin_section() {
    XXH3_64bits_reset(&sum_);
    section_bytes_ = 0;
    stored_ = 0;
  }
  image::SectionHead end_section() {
    const std::uint64_t bytes = section_bytes_;
    constexpr std::array<char, 8> kZeros{};
    append(kZeros.data(), image::padded(bytes) - bytes);
    pack(buffer_.data(), buffer_.size(), ZSTD_e_end);
    buffer_.clear();
    return {bytes, stored_, XXH3_64bits_digest(&sum_)};
  }

  void append(const void* bytes, std::size_t size) {
    section_bytes_ += size;
    if (buffer_.size() + size > kBuffer) flush();
    if (size > kBuffer) return pack(bytes, size, ZSTD_e_continue);
    const char* const begin = static_cast<const char*>(bytes);
    buffer_.insert(buffer_.end(), begin, begin + size);
  }
  template <typename Number>
  void append(Number number) {
    append(&number, sizeof number);
  }

  /// Makes room for the header, which is written last.
  void skip(std::size_t bytes) {
    if (!failed() && ::lseek(file_, static_cast<off_t>(bytes), SEEK_SET) < 0) fail();
  }
  /// Writes the header, and waits until all is on the disk.
  void finish(const image::Header& header) {
    if (failed()) return;
    if (::pwrite(file_, &header, sizeof header, 0) != sizeof header || ::fsync(file_) != 0) fail();
  }

 private:
  static constexpr std::size_t kBuffer = std::size_t{1} << 20;

  void fail() { number_ = errno == 0 ? EIO : errno; }

  void flush() {
    pack(buffer_.data(), buffer_.size(), ZSTD_e_continue);
    buffer_.clear();
  }
  void pack(const void* bytes, std::size_t size, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{bytes, size, 0};
    for (bool done = false; !done;) {
      ZSTD_outBuffer out{packed_.data(), packed_.size(), 0};
      const std::size_t left = ZSTD_compressStream2(packer_.get(), &out, &in, directive);
      assert(!ZSTD_isError(left));  // Only for want of memory, or used wrongly.
      write(packed_.data(), out.pos);
      done = directive == ZSTD_e_end ? left == 0 : in.pos == in.size;
    }
  }
  void write(const char* bytes, std::size_t size) {
    XXH3_64bits_update(&sum_, bytes, size);
    stored_ += size;
    while (size > 0 && !failed()) {
      errno = 0;
      const ssize_t written = ::write(file_, bytes, size);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return fail();
      bytes += written;
      size -= static_cast<std::size_t>(written);
    }
  }

  int file_;
  int number_ = 0;
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> packer_;
  std::vector<char> packed_;
  std::vector<char> buffer_;
  std::uint64_t section_bytes_ = 0;
  std::uint64_t stored_ = 0;
  XXH3_state_t sum_;
};

bool sync_folder(const std::filesystem::path& folder) {
  const int file =
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = ::fsync(file) == 0;
  ::close(file);
  return synced;
}

}  // namespace

/// Writes one image. Has no more than one section's table in memory.
class ImageWriter {
 public:
  ImageWriter(Output& out, const ImageContent& content) : out_(out), content_(content) {
    header_.version = content.version;
    header_.fingerprint = content.fingerprint;
    header_.sizes = content.sizes;
    header_.node_limit = content.topology.node_limit();
    header_.relations = static_cast<std::uint32_t>(content.topology.relations().size());
    adjacencies_.push_back(&content.topology.records_);
    for (const auto& adjacency : content.topology.adjacencies_) {
      adjacencies_.push_back(adjacency.get());
    }
  }

  void write() {
    const Catalogue& catalogue = content_.catalogue;
    out_.skip(sizeof header_);
    write_numbering(image::names_texts, catalogue.names, content_.sizes.names);
    write_numbering(image::nodes_texts, catalogue.nodes, content_.sizes.nodes);
    write_numbering(image::sources_texts, catalogue.sources, content_.sizes.sources);
    section(image::records, [&] {
      for (std::uint32_t i = 0; i < content_.sizes.records; ++i)
        out_.append(catalogue.records[RecordNumber{i}]);
    });
    section(image::policies, [&] { write_policies(); });
    section(image::node_pages, [&] { write_node_pages(); });
    section(image::relations, [&] {
      for (const Relation relation : content_.topology.relations()) out_.append(relation.value);
    });
    section(image::directory, [&] {
      for (const Adjacency* adjacency : adjacencies_) write_directory(*adjacency);
    });
    section(image::pages, [&] { write_pages(); });
    section(image::chunk_heads, [&] { each_chunk([&](const auto& one) { write_head(one); }); });
    section(image::chunks, [&] {
      each_chunk([&](const LongRow::Chunk& chunk) {
        out_.append(chunk.bytes.get(), rows::load<std::uint32_t>(chunk.bytes.get()));
      });
    });
    header_.check = header_.expected_check();
    header_.checksum = header_.expected_checksum();
    out_.finish(header_);
  }

 private:
  template <typename Write>
  void section(std::uint32_t which, Write&& write) {
    out_.begin_section();
    write();
    header_.sections[which] = out_.end_section();
  }

  /// Three sections.
  void write_numbering(std::uint32_t first, const Numbering& numbering, std::uint32_t count) {
    section(first, [&] {
      for (std::uint32_t i = 0; i < count; ++i) {
        const std::string_view text = numbering.text(i);
        out_.append(text.data(), text.size());
      }
    });
    section(first + 1, [&] {
      std::uint64_t begin = 0;
      for (std::uint32_t i = 0; i < count; ++i) {
        out_.append(begin);
        begin += numbering.text(i).size();
      }
      out_.append(begin);
    });
    section(first + 2, [&] {
      const auto table = numbering.table_of(count);
      out_.append(table.data(), table.size() * sizeof table[0]);
    });
  }

  void write_policies() {
    const Policies& policies = content_.catalogue.policies;
    const auto audiences = policies.audiences();
    for (std::uint32_t i = 0; i < content_.sizes.audiences; ++i) {
      out_.append(static_cast<std::uint32_t>(audiences[i].size()));
      out_.append(audiences[i].data(), audiences[i].size());
    }
    for (std::uint32_t i = 1; i < content_.sizes.policies; ++i) {
      const auto sets = policies.sets(Policy{static_cast<std::uint16_t>(i)});
      out_.append(static_cast<std::uint32_t>(sets.size()));
      out_.append(sets.data(), sets.size() * sizeof(AudienceSet));
    }
  }

  void write_node_pages() {
    content_.topology.nodes_.pages_.visit([&](std::size_t number, const auto& page) {
      out_.append(static_cast<std::uint32_t>(number));
      out_.append(static_cast<std::uint32_t>(page->special.size()));
      out_.append(page->for_all.data(), sizeof page->for_all);
      out_.append(page->statements.data(), sizeof page->statements);
      out_.append(page->kinds.data(), sizeof page->kinds);
      for (const NodeTable::Special& special : page->special) {
        out_.append(special.slot);
        out_.append(std::uint16_t{special.is_guard});
        out_.append(special.kind.value);
        out_.append(special.policy.value);
        out_.append(special.count);
      }
    });
  }

  void write_directory(const Adjacency& adjacency) {
    std::vector<std::uint32_t> pages;
    std::vector<std::uint32_t> long_rows;
    adjacency.pages_.visit([&](std::size_t number, const rows::SharedBytes&) {
      pages.push_back(static_cast<std::uint32_t>(number));
    });
    adjacency.long_rows_.visit([&](std::size_t number, const auto& page) {
      for (const auto& row : page->rows) {
        std::size_t chunks = 0;
        for (const auto& group : row.row->groups()) chunks += group->chunks.size();
        const auto first = static_cast<std::uint32_t>(number << page::kOwnerBits);
        long_rows.push_back(first + row.slot);
        long_rows.push_back(static_cast<std::uint32_t>(chunks));
      }
    });
    out_.append(static_cast<std::uint32_t>(pages.size()));
    out_.append(static_cast<std::uint32_t>(long_rows.size() / 2));
    out_.append(pages.data(), pages.size() * sizeof pages[0]);
    out_.append(long_rows.data(), long_rows.size() * sizeof long_rows[0]);
  }

  void write_pages() {
    for (const Adjacency* adjacency : adjacencies_) {
      adjacency->pages_.visit([&](std::size_t, const rows::SharedBytes& page) {
        out_.append(page.get(), page::field(page.get(), page::kBytesAt));
      });
    }
  }

  template <typename Visit>
  void each_chunk(Visit&& visit) const {
    for (const Adjacency* adjacency : adjacencies_) {
      adjacency->long_rows_.visit([&](std::size_t, const auto& page) {
        for (const auto& row : page->rows) {
          for (const auto& group : row.row->groups()) {
            for (const LongRow::Chunk& chunk : group->chunks) visit(chunk);
          }
        }
      });
    }
  }

  void write_head(const LongRow::Chunk& chunk) {
    out_.append(chunk.first.node.value);
    out_.append(chunk.first.record.value);
    out_.append(chunk.first.qualifier.value);
    out_.append(chunk.first.policy.value);
    out_.append(chunk.last.value);
    out_.append(chunk.last_record.value);
    out_.append(chunk.entries);
    out_.append(chunk.distinct);
  }

  Output& out_;
  const ImageContent& content_;
  image::Header header_;
  std::vector<const Adjacency*> adjacencies_;
};

Status write_image(const std::filesystem::path& file, const ImageContent& content) {
  std::filesystem::path unfinished = file;
  unfinished += ".new";
  int number = 0;
  {
    Output out(unfinished);
    if (!out.failed()) ImageWriter(out, content).write();
    number = out.error_number();
  }
  if (number == 0 && ::rename(unfinished.c_str(), file.c_str()) != 0) number = errno;
  if (number == 0 && !sync_folder(file.parent_path())) number = errno;
  if (number == 0) return {};
  ::unlink(unfinished.c_str());
  return Error{ErrorCode::io, "writing " + file.string() + ": " + std::strerror(number)};
}

}  // namespace mangrove::graph
