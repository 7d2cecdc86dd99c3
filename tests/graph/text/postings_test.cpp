#include "graph/text/postings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

namespace mangrove::graph {
namespace {

std::vector<Posting> draw(std::mt19937& random, std::size_t count) {
  std::vector<Posting> postings;
  std::uint32_t document = 0;
  const std::uint32_t spread = 1U << (random() % 12);
  for (std::size_t i = 0; i < count; ++i) {
    document += static_cast<std::uint32_t>(random() % spread);
    if (random() % 100 == 0) document += static_cast<std::uint32_t>(random() % 1'000'000);
    const bool often = random() % 20 == 0;
    const std::uint32_t most = often ? 100'000 : 4;
    postings.push_back({document++, static_cast<std::uint32_t>(1 + random() % most)});
  }
  return postings;
}

std::uint32_t limit_of(const std::vector<Posting>& postings) {
  return postings.empty() ? 0 : postings.back().document + 1;
}

/// The list, with the padding that reading wants behind it.
std::string encoded(const std::vector<Posting>& postings) {
  std::string bytes;
  encode_postings(postings, bytes);
  return bytes;
}

std::vector<Posting> postings_of(const PostingBlock& block) {
  std::vector<Posting> postings;
  for (std::uint32_t i = block.begin; i < block.end; ++i) {
    postings.push_back({block.documents[i], block.counts[i]});
  }
  return postings;
}

std::vector<Posting> decoded(std::string bytes, std::size_t count, std::uint32_t limit, bool& ok) {
  const std::size_t size = bytes.size();
  bytes.append(kPostingPadding, '\0');
  PostingReader reader(std::string_view(bytes).substr(0, size), static_cast<std::uint32_t>(count),
                       limit);
  PostingBlock block;
  std::vector<Posting> postings;
  while (reader.next(block)) {
    for (const Posting& posting : postings_of(block)) postings.push_back(posting);
  }
  ok = reader.ok();
  return postings;
}

TEST(Postings, ReadAsTheyWereWritten) {
  std::mt19937 random(1);
  for (const std::size_t count : {0, 1, 2, 127, 128, 129, 255, 256, 1000, 5000}) {
    for (int i = 0; i < 20; ++i) {
      const auto postings = draw(random, count);
      bool ok = false;
      ASSERT_EQ(decoded(encoded(postings), count, limit_of(postings), ok), postings);
      ASSERT_TRUE(ok);
    }
  }
}

TEST(Postings, OfTheLargestNumbersReadAsTheyWereWritten) {
  std::vector<Posting> postings;
  for (std::uint32_t i = 0; i < 200; ++i) postings.push_back({i * 20'000'000, UINT32_MAX - i});
  postings.push_back({UINT32_MAX - 1, 1});
  bool ok = false;
  EXPECT_EQ(decoded(encoded(postings), postings.size(), UINT32_MAX, ok), postings);
  EXPECT_TRUE(ok);
}

TEST(Postings, OfACommonWordTakeFewBits) {
  std::mt19937 random(2);
  std::vector<Posting> postings;
  std::uint32_t document = 0;
  for (int i = 0; i < 100'000; ++i) {
    document += 1 + static_cast<std::uint32_t>(random() % 3);
    postings.push_back({document, static_cast<std::uint32_t>(random() % 10 == 0 ? 3 : 1)});
  }
  EXPECT_LT(encoded(postings).size() * 8, postings.size() * 5);
}

/// A reader of a list, with the bytes.
class Open {
 public:
  explicit Open(const std::vector<Posting>& postings) : bytes_(encoded(postings)) {
    const std::size_t size = bytes_.size();
    bytes_.append(kPostingPadding, '\0');
    reader.emplace(std::string_view(bytes_).substr(0, size),
                   static_cast<std::uint32_t>(postings.size()), limit_of(postings));
  }
  std::optional<PostingReader> reader;

 private:
  std::string bytes_;
};

TEST(Postings, AreReadStretchByStretchEachOnce) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const auto postings = draw(random, random() % 1000);
    Open open(postings);
    PostingBlock block;
    std::uint32_t from = 0;
    const std::uint32_t limit = limit_of(postings);
    while (from < limit) {
      const std::uint32_t until = from + static_cast<std::uint32_t>(random() % (limit / 7 + 2));
      const bool passed_over = random() % 4 == 0;
      std::vector<Posting> read;
      if (!passed_over) {
        open.reader->pass_before(from);
        while (open.reader->next(block, until)) {
          for (const Posting& posting : postings_of(block)) read.push_back(posting);
        }
      }
      std::vector<Posting> expected;
      for (const Posting& posting : postings) {
        const bool is_inside = posting.document >= from && posting.document < until;
        if (is_inside && !passed_over) expected.push_back(posting);
      }
      ASSERT_EQ(read, expected) << from << " " << until;
      from = until;
    }
    ASSERT_TRUE(open.reader->ok());
  }
}

TEST(Postings, ADocumentIsFoundInItsBlock) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    const auto postings = draw(random, random() % 1000);
    Open open(postings);
    PostingBlock block;
    for (std::uint32_t document = 0; document < limit_of(postings);
         document += 1 + static_cast<std::uint32_t>(random() % (limit_of(postings) / 10 + 1))) {
      const bool found = open.reader->find(block, document);
      const auto at = std::lower_bound(postings.begin(), postings.end(), Posting{document, 0});
      ASSERT_EQ(found, at != postings.end());
      // The next posting from there on is in the block.
      const auto read = postings_of(block);
      ASSERT_NE(std::find(read.begin(), read.end(), *at), read.end());
    }
  }
}

TEST(Postings, DamagedBytesNeverGiveADocumentBeyondTheLimit) {
  std::mt19937 random(4);
  for (int round = 0; round < 3000; ++round) {
    const auto postings = draw(random, random() % 400);
    std::string bytes = encoded(postings);
    for (std::size_t i = 1 + random() % 3; i > 0 && !bytes.empty(); --i) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    if (random() % 4 == 0) bytes.resize(random() % (bytes.size() + 1));
    const std::uint32_t limit = limit_of(postings);
    bool ok = false;
    const auto read = decoded(bytes, postings.size(), limit, ok);
    ASSERT_LE(read.size(), postings.size());
    for (const Posting& posting : read) ASSERT_LT(posting.document, limit);
  }
}

}  // namespace
}  // namespace mangrove::graph
