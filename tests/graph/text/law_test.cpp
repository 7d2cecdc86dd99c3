// The laws of the index: an answer depends on the texts that are seen, and on nothing else.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "graph/storage/memory.h"
#include "graph/storage/rocksdb.h"
#include "tests/graph/text/indexed_texts.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::tests {
namespace {

using graph::kPublic;
using graph::Policy;
using graph::Sight;
using graph::StatedText;

/// Texts, changes, sights and questions, drawn from few words or many.
class Draw {
 public:
  explicit Draw(std::uint32_t seed) : random_(seed) {
    static constexpr std::string_view kKnown[] = {
        "child",   "children", "labour",      "labours", "labouring", "force",       "forced",
        "forcing", "slavery",  "slaves",      "silver",  "traffic",   "trafficking", "école",
        "ecole",   "écoles",   "der",         "die",     "das",       "mädchen",     "the",
        "there",   "then",     "a",           "an",      "and",       "ant",         "現代",
        "奴隷",    "การค้า",    "l'esclavage", "women's", "don’t",     "über",        "uber"};
    words_.assign(std::begin(kKnown), std::end(kKnown));
  }

  /// Adds words of random letters, so that segments grow large.
  void add_words(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      std::string word;
      for (std::size_t length = 3 + at_most(7); length > 0; --length) {
        word += static_cast<char>('a' + at_most(25));
      }
      words_.push_back(std::move(word));
    }
  }

  std::size_t at_most(std::size_t most) { return random_() % (most + 1); }

  std::string text(std::size_t words_max) {
    std::string text;
    for (std::size_t i = at_most(words_max); i > 0; --i) {
      // Some words are frequent.
      const std::size_t range =
          at_most(3) == 0 ? words_.size() : std::min<std::size_t>(20, words_.size());
      text += words_[random_() % range] + (at_most(9) == 0 ? ". " : " ");
    }
    return text;
  }

  std::vector<StatedText> texts(std::size_t words_max, std::uint16_t policies) {
    static constexpr std::string_view kLanguages[] = {"en", "fr", "de", "", "xx"};
    std::vector<StatedText> texts;
    for (std::size_t i = at_most(3); i > 0; --i) {
      const auto policy = static_cast<std::uint16_t>(at_most(2) == 0 ? at_most(policies) : 0);
      texts.push_back({text(words_max), std::string(kLanguages[at_most(4)]),
                       static_cast<std::uint32_t>(1 + at_most(2)), Policy{policy}});
    }
    return texts;
  }

  Texts changes(std::size_t nodes, std::size_t nodes_max, std::size_t words_max,
                std::uint16_t policies) {
    Texts changes;
    for (std::size_t i = 0; i < nodes; ++i) {
      changes[static_cast<std::uint32_t>(at_most(nodes_max))] = texts(words_max, policies);
    }
    return changes;
  }

  Sight sight(std::uint16_t policies) {
    std::vector<bool> seen(policies + std::size_t{1});
    for (std::size_t i = 0; i <= policies; ++i) seen[i] = at_most(1) == 0;
    return at_most(4) == 0 ? Sight() : Sight(seen, at_most(4) == 0);
  }

  std::string question() {
    std::string question;
    for (std::size_t i = 1 + at_most(3); i > 0; --i) {
      std::string word = words_[random_() % words_.size()];
      const std::size_t sort = at_most(5);
      if (sort == 0 && word.size() > 3 && static_cast<unsigned char>(word[2]) < 0x80 &&
          static_cast<unsigned char>(word[1]) < 0x80) {
        std::swap(word[1], word[2]);
      }
      if (sort == 1) word.resize(1 + at_most(word.size() - 1));
      question += word + " ";
    }
    return question;
  }

 private:
  std::mt19937 random_;
  std::vector<std::string> words_;
};

TEST(TextLaw, EveryAnswerIsThatOfTheTextsThatAreSeen) {
  constexpr std::uint16_t kPolicies = 3;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    Draw draw(seed);
    IndexedTexts indexed;
    for (int step = 0; step < 25; ++step) {
      indexed.set(draw.changes(1 + draw.at_most(6), 30, 8, kPolicies));
      if (draw.at_most(5) == 0) indexed.reopen();
      for (int i = 0; i < 3; ++i) {
        const Sight sight = draw.sight(kPolicies);
        const Texts seen = seen_by(sight, indexed.texts());
        const std::string question = draw.question();
        ASSERT_EQ(indexed.found(question, sight), naive_search(seen, question))
            << seed << " " << step << " " << question;
        const std::string text = draw.text(10);
        ASSERT_EQ(indexed.marks(question, text, sight), naive_marks(seen, question, text))
            << seed << " " << step << " " << question;
      }
    }
    ASSERT_EQ(indexed.faults(), std::vector<std::string>());
  }
}

TEST(TextLaw, MergesChangeNoAnswer) {
  constexpr std::uint16_t kPolicies = 1;
  Draw draw(1);
  draw.add_words(4'000);
  const TemporaryFolder folder;
  IndexedTexts indexed(storage::open_rocksdb(folder.path() / "store", {.create = true}).value());
  int merges = 0;
  for (int step = 0; step < 60; ++step) {
    indexed.set(step % 3 == 0 ? draw.changes(2, 400, 20, kPolicies)
                              : draw.changes(60, 400, 200, kPolicies));
    merges += indexed.merge() ? 1 : 0;
    if (step % 10 == 9) indexed.reopen();
    if (step % 6 != 0) continue;
    const Sight sight = draw.sight(kPolicies);
    const std::string question = draw.question();
    ASSERT_EQ(indexed.found(question, sight),
              naive_search(seen_by(sight, indexed.texts()), question))
        << step << " " << question;
  }
  EXPECT_GE(merges, 2);
  EXPECT_LE(indexed.index().size().segments, 30u);
  EXPECT_EQ(indexed.faults(), std::vector<std::string>());

  Texts none;
  for (const auto& [node, texts] : indexed.texts()) none[node] = {};
  indexed.set(none);
  EXPECT_EQ(indexed.found("the"), Hits());
  EXPECT_EQ(indexed.index().size().documents, 0u);
  EXPECT_EQ(indexed.faults(), std::vector<std::string>());
}

TEST(TextLaw, CutOffsCountOnlyWhatIsSeen) {
  // More completions than are taken, many of them as frequent as each other.
  Draw draw(3);
  IndexedTexts indexed;
  std::mt19937 random(4);
  for (int step = 0; step < 6; ++step) {
    Texts changes;
    for (std::uint32_t node = 0; node < 40; ++node) {
      std::string text;
      for (int i = 0; i < 20; ++i) text += "p" + std::to_string(random() % 900) + " ";
      // So frequent that it fits beside no other, here and there.
      std::string loud;
      for (int i = 0; i < 800; ++i) loud += "ploud" + std::to_string(node % 14) + " ";
      changes[node] = {{text, "", 1, Policy{static_cast<std::uint16_t>(random() % 3)}},
                       {loud, "", 255, Policy{static_cast<std::uint16_t>(random() % 3)}}};
    }
    indexed.set(changes);
    for (int i = 0; i < 4; ++i) {
      const Sight sight = draw.sight(2);
      const Texts seen = seen_by(sight, indexed.texts());
      for (const std::string question : {"p", "p1", "ploud", "p12 p3"}) {
        ASSERT_EQ(indexed.found(question, sight), naive_search(seen, question)) << question;
      }
    }
  }
}

}  // namespace
}  // namespace mangrove::tests
