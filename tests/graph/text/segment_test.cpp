#include "graph/text/segment.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace mangrove::graph {
namespace {

/// What is in a segment.
struct Content {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> documents;
  std::map<std::string, std::pair<std::vector<Posting>, std::int64_t>> stems;
  std::map<std::pair<std::string, std::uint32_t>, std::int64_t> words;

  friend bool operator==(const Content&, const Content&) = default;
};

Content draw(std::mt19937& random) {
  Content content;
  std::uint32_t node = 0;
  for (std::uint32_t i = 0; i < 50; ++i) {
    node += 1 + static_cast<std::uint32_t>(random() % 1000);
    content.documents.emplace_back(node, random() % 300);
  }
  std::set<std::string> stems;
  while (stems.size() < 40) {
    std::string stem(1 + random() % 4, 'a');
    for (char& c : stem) c = static_cast<char>(random() % 8 == 0 ? 0xC3 : 'a' + random() % 3);
    stems.insert(stem);
  }
  std::uint32_t place = 0;
  for (const std::string& stem : stems) {
    auto& [postings, holders] = content.stems[stem];
    for (std::uint32_t document = 0; document < 50; ++document) {
      if (random() % 10 == 0) {
        postings.push_back({document, 1 + static_cast<std::uint32_t>(random() % 5)});
      }
    }
    holders = static_cast<std::int64_t>(random() % 20) - 10;
    content.words[{stem, place}] = static_cast<std::int64_t>(random() % 9) - 4;
    content.words[{stem + "s", place}] = 7;
    if (place > 0) content.words[{stem, place - 1}] = 1;
    ++place;
  }
  return content;
}

SegmentOutline write(const Content& content, std::string& bytes) {
  SegmentWriter writer;
  for (const auto& [node, length] : content.documents) {
    writer.add_document({NodeIndex{node}, length});
  }
  for (const auto& [stem, entry] : content.stems) {
    writer.add_stem(stem, entry.first, entry.second);
  }
  for (const auto& [word, frequency] : content.words) {
    writer.add_word(word.first, word.second, frequency);
  }
  return writer.finish(bytes);
}

/// Nothing where the bytes are damaged.
std::optional<Content> read(const SegmentOutline& outline, std::string bytes) {
  bytes.append(kPostingPadding, '\0');
  const auto section = [&](std::uint64_t from, std::uint64_t size) {
    return std::string_view(bytes).substr(static_cast<std::size_t>(from),
                                          static_cast<std::size_t>(size));
  };
  Content content;
  const auto documents =
      read_documents(outline, section(outline.postings_size, outline.documents_size));
  if (!documents.ok()) return std::nullopt;
  for (const SegmentDocument& document : documents.value()) {
    content.documents.emplace_back(document.node.value, document.length);
  }
  const std::uint64_t stems_from = outline.postings_size + outline.documents_size;
  StemReader stem(outline, section(stems_from, outline.stems_size));
  while (stem.next()) {
    auto& [postings, holders] = content.stems[std::string(stem.text())];
    holders = stem.holders();
    PostingReader reader(section(stem.offset(), stem.size()), stem.postings(), outline.documents);
    PostingBlock block;
    while (reader.next(block)) {
      for (std::uint32_t i = block.begin; i < block.end; ++i) {
        postings.push_back({block.documents[i], block.counts[i]});
      }
    }
    if (!reader.ok()) return std::nullopt;
  }
  SurfaceReader word(outline, section(stems_from + outline.stems_size, outline.words_size));
  while (word.next()) {
    content.words[{std::string(word.text()), word.stem()}] = word.frequency();
  }
  if (!stem.ok() || !word.ok()) return std::nullopt;
  return content;
}

TEST(Segment, ReadsAsItWasWritten) {
  std::mt19937 random(1);
  for (int i = 0; i < 50; ++i) {
    const Content content = draw(random);
    std::string bytes;
    const SegmentOutline outline = write(content, bytes);
    EXPECT_EQ(bytes.size(), outline.size());
    EXPECT_EQ(read(outline, bytes), content);
  }
}

TEST(Segment, TheOutlineReadsAsItWasWritten) {
  const SegmentOutline outline{1ULL << 40, 2, 3, 4, 5'000'000'000, 6, 7, 8};
  ByteWriter writer;
  encode_outline(outline, writer);
  ByteReader reader(writer.view());
  const SegmentOutline read = decode_outline(reader);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(read.number, outline.number);
  EXPECT_EQ(read.size(), outline.size());
  EXPECT_EQ(read.pages(), outline.pages());
}

TEST(Segment, DamagedBytesAreFoundOrReadAsSomething) {
  std::mt19937 random(2);
  int found = 0;
  for (int i = 0; i < 2000; ++i) {
    const Content content = draw(random);
    std::string bytes;
    const SegmentOutline outline = write(content, bytes);
    for (std::size_t change = 1 + random() % 3; change > 0; --change) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    found += read(outline, bytes).has_value() ? 0 : 1;
  }
  EXPECT_GT(found, 500);
}

TEST(Segment, TakenPagesAndTheRestAreTheWhole) {
  std::mt19937 random(3);
  SegmentWriter whole;
  SegmentWriter paged;
  std::string taken;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    std::vector<Posting> postings;
    for (std::uint32_t document = 0; document < 100; ++document) {
      if (random() % 3 == 0) postings.push_back({document, 1 + document % 3});
    }
    char stem[16];
    std::snprintf(stem, sizeof stem, "%05u", i);
    for (SegmentWriter* writer : {&whole, &paged}) writer->add_stem(stem, postings, 1);
    if (paged.unfinished() > 3 * kPageBytes) taken += paged.take_pages();
  }
  EXPECT_GT(taken.size(), 3 * kPageBytes);
  EXPECT_EQ(taken.size() % kPageBytes, 0u);
  std::string all;
  std::string rest;
  const SegmentOutline outline = whole.finish(all);
  EXPECT_EQ(paged.finish(rest).size(), outline.size());
  EXPECT_EQ(taken + rest, all);
}

}  // namespace
}  // namespace mangrove::graph
