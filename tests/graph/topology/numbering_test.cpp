#include "graph/topology/numbering.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace mangrove::graph {
namespace {

/// The first `count` texts of a numbering in the form of an image.
class Frozen {
 public:
  Frozen(const Numbering& from, std::uint32_t count) : table_(from.table_of(count)) {
    begins_.push_back(0);
    for (std::uint32_t i = 0; i < count; ++i) {
      texts_ += from.text(i);
      begins_.push_back(texts_.size());
    }
  }
  Numbering::Frozen parts() const { return {nullptr, texts_, begins_, table_}; }

 private:
  std::string texts_;
  std::vector<std::uint64_t> begins_;
  std::vector<std::uint32_t> table_;
};

std::string any_text(std::mt19937& random) {
  std::string text(random() % 40, 'x');
  for (char& c : text) c = static_cast<char>(random() % 3 + 'a');
  if (random() % 200 == 0) text.append(random() % 200'000, 'y');
  return text;
}

TEST(Numbering, NumbersInOrderOfFirstUseAndFindsWhatItNumbered) {
  std::mt19937 random(3);
  std::unordered_map<std::string, std::uint32_t> model;
  Numbering numbering;
  EXPECT_EQ(numbering.find("a"), std::nullopt);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = any_text(random);
    const auto [at, is_new] = model.emplace(text, static_cast<std::uint32_t>(model.size()));
    ASSERT_EQ(numbering.find(text), is_new ? std::nullopt : std::optional(at->second));
    ASSERT_EQ(numbering.add(text), at->second);
    ASSERT_EQ(numbering.size(), model.size());
  }
  for (const auto& [text, number] : model) {
    ASSERT_EQ(numbering.find(text), number);
    ASSERT_EQ(numbering.text(number), text);
  }
}

TEST(Numbering, GoesOnWhereAFrozenOneEnds) {
  std::mt19937 random(4);
  Numbering whole;
  for (int i = 0; i < 3'000; ++i) whole.add(any_text(random));
  for (const std::uint32_t count : {0u, 1u, 7u, 1'000u, whole.size()}) {
    const Frozen frozen(whole, count);
    Numbering numbering(frozen.parts());
    EXPECT_EQ(numbering.size(), count);
    for (std::uint32_t i = 0; i < whole.size(); ++i) {
      ASSERT_EQ(numbering.find(whole.text(i)), i < count ? std::optional(i) : std::nullopt);
    }
    for (std::uint32_t i = 0; i < whole.size(); ++i) ASSERT_EQ(numbering.add(whole.text(i)), i);
    for (std::uint32_t i = 0; i < whole.size(); ++i) {
      ASSERT_EQ(numbering.text(i), whole.text(i));
      ASSERT_EQ(numbering.find(whole.text(i)), i);
    }
    EXPECT_EQ(numbering.table_of(count), whole.table_of(count));
  }
}

TEST(Numbering, ReadersNeedNoLockWhileOneAdds) {
  Numbering numbering;
  std::atomic<std::uint32_t> added{0};
  constexpr std::uint32_t kTexts = 20'000;
  const auto text_of = [](std::uint32_t i) { return "scheme:local-" + std::to_string(i * 7); };
  const auto read = [&] {
    std::mt19937 random(1);
    while (added.load(std::memory_order_relaxed) < kTexts) {
      const std::uint32_t wanted = static_cast<std::uint32_t>(random()) % kTexts;
      const auto number = numbering.find(text_of(wanted));
      if (number) {
        ASSERT_EQ(*number, wanted);
        ASSERT_EQ(numbering.text(*number), text_of(wanted));
      }
    }
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(read);
  for (std::uint32_t i = 0; i < kTexts; ++i) {
    numbering.add(text_of(i));
    added.store(i + 1, std::memory_order_relaxed);
  }
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace mangrove::graph
