// SQLite's FTS5 as the oracle: the same words of the same texts, so the same nodes must match, and
// BM25 must give the same scores once the two formulas for the rarity of a word are made equal.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "graph/text/words.h"
#include "tests/graph/text/indexed_texts.h"

namespace mangrove::tests {
namespace {

/// Texts in this language keep their endings, so that words are what is written.
constexpr std::string_view kNoLanguage = "xx";

/// The surfaces of a text.
std::vector<std::string> words_of(std::string_view text) {
  graph::WordReader reader;
  std::vector<std::string> words;
  for (const auto& token : reader.read(text, kNoLanguage)) words.push_back(token.form->surface);
  return words;
}

/// A word as FTS5 cannot cut or fold it differently. A beginning stays a beginning.
std::string hexadecimal(std::string_view word) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string result;
  for (const char c : word) {
    result += kDigits[static_cast<unsigned char>(c) >> 4];
    result += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return result;
}

class Fts5 {
 public:
  Fts5() {
    sqlite3_open(":memory:", &database_);
    run("CREATE VIRTUAL TABLE texts USING fts5(words, tokenize='ascii')");
  }
  ~Fts5() { sqlite3_close(database_); }
  Fts5(const Fts5&) = delete;
  Fts5& operator=(const Fts5&) = delete;

  void add(std::uint32_t node, std::string_view text) {
    std::string words;
    for (const std::string& word : words_of(text)) words += hexadecimal(word) + " ";
    run("INSERT INTO texts(rowid, words) VALUES(" + std::to_string(node) + ", '" + words + "')");
  }

  void remove(std::uint32_t node) {
    run("DELETE FROM texts WHERE rowid = " + std::to_string(node));
  }

  /// Nodes, and what bm25() gives for them with its sign turned.
  std::map<std::uint32_t, double> found(const std::string& match) {
    std::map<std::uint32_t, double> result;
    sqlite3_stmt* statement = nullptr;
    const std::string query =
        "SELECT rowid, -bm25(texts) FROM texts WHERE texts MATCH '" + match + "'";
    if (sqlite3_prepare_v2(database_, query.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      throw std::runtime_error(sqlite3_errmsg(database_));
    }
    while (sqlite3_step(statement) == SQLITE_ROW) {
      result[static_cast<std::uint32_t>(sqlite3_column_int64(statement, 0))] =
          sqlite3_column_double(statement, 1);
    }
    sqlite3_finalize(statement);
    return result;
  }

  std::set<std::uint32_t> nodes(const std::string& word, bool as_beginning) {
    std::set<std::uint32_t> result;
    for (const auto& [node, score] :
         found("\"" + hexadecimal(word) + "\"" + (as_beginning ? "*" : ""))) {
      result.insert(node);
    }
    return result;
  }

 private:
  void run(const std::string& statement) {
    if (sqlite3_exec(database_, statement.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw std::runtime_error(sqlite3_errmsg(database_));
    }
  }

  sqlite3* database_ = nullptr;
};

/// The same texts in both.
struct Both {
  explicit Both(const std::vector<std::string>& texts) {
    Texts stated;
    for (std::uint32_t node = 0; node < texts.size(); ++node) {
      stated[node] = {plain(texts[node], std::string(kNoLanguage))};
      fts5.add(node, texts[node]);
      for (const std::string& word : words_of(texts[node])) ++frequencies[word];
    }
    ours.set(stated);
  }

  /// Nodes that hold all words, or else those that hold the most; the last word also as a
  /// beginning.
  std::set<std::uint32_t> expected(const std::vector<std::string>& words) {
    std::map<std::uint32_t, std::size_t> counts;
    for (std::size_t i = 0; i < words.size(); ++i) {
      for (const std::uint32_t node : fts5.nodes(words[i], i + 1 == words.size())) ++counts[node];
    }
    std::size_t most = 0;
    for (const auto& [node, count] : counts) most = std::max(most, count);
    std::set<std::uint32_t> nodes;
    for (const auto& [node, count] : counts) {
      if (count == most) nodes.insert(node);
    }
    return nodes;
  }

  std::set<std::uint32_t> found(const std::vector<std::string>& words) const {
    std::string question;
    for (const std::string& word : words) question += word + " ";
    std::set<std::uint32_t> nodes;
    for (const auto& [node, score] : ours.found(question, {}, kNoLanguage)) nodes.insert(node);
    return nodes;
  }

  /// The word and everything that begins with it. Few enough that none is left out.
  std::size_t completions(const std::string& word) const {
    std::size_t count = 0;
    for (auto at = frequencies.lower_bound(word);
         at != frequencies.end() && at->first.starts_with(word); ++at) {
      ++count;
    }
    return count;
  }

  Fts5 fts5;
  IndexedTexts ours;
  std::map<std::string, std::uint64_t> frequencies;
};

std::vector<std::string> drawn_texts(std::mt19937& random, std::size_t count) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    for (std::size_t word = random() % 30; word > 0; --word) {
      const auto rank = static_cast<unsigned>(std::exp(static_cast<double>(random() % 700) / 100));
      text += std::string(1, static_cast<char>('a' + rank % 7)) + std::to_string(rank) + " ";
    }
    texts.push_back(text);
  }
  return texts;
}

/// The titles of published activities, as far as they lie beside the checkout.
std::vector<std::string> real_titles() {
  std::vector<std::string> titles;
  const std::filesystem::path folder =
      std::filesystem::path(MANGROVE_SHARED_DATA) / "iati/activities/single-publisher";
  if (!std::filesystem::is_directory(folder)) return titles;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    for (std::size_t at = 0; (at = text.find("<title", at)) != std::string::npos;) {
      const std::size_t begin = text.find('>', at) + 1;
      const std::size_t end = text.find("</title>", begin);
      if (end == std::string::npos) break;
      titles.push_back(text.substr(begin, end - begin));
      at = end;
    }
  }
  return titles;
}

void expect_same_matches(Both& both, std::mt19937& random, int rounds) {
  std::vector<std::string> known;
  for (const auto& [word, frequency] : both.frequencies) known.push_back(word);
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::string> words;
    for (std::size_t i = 1 + random() % 3; i > 0; --i)
      words.push_back(known[random() % known.size()]);
    std::string& last = words.back();
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(last.begin(), last.end(), is_ascii)) last.resize(1 + random() % last.size());
    if (both.completions(last) > 200) continue;
    if (both.completions(last) == 0) continue;
    ASSERT_EQ(both.found(words), both.expected(words)) << words.back();
  }
}

TEST(Fts5Oracle, TheSameNodesMatch) {
  std::mt19937 random(1);
  for (int world = 0; world < 5; ++world) {
    Both both(drawn_texts(random, 300));
    expect_same_matches(both, random, 100);
  }
}

TEST(Fts5Oracle, TheSameNodesMatchInRealTitles) {
  const auto titles = real_titles();
  if (titles.empty()) GTEST_SKIP() << "no published data beside the checkout";
  std::mt19937 random(2);
  Both both(titles);
  expect_same_matches(both, random, 300);
}

TEST(Fts5Oracle, TheSameScoresButForTheFormulaOfRarity) {
  std::mt19937 random(3);
  Both both(drawn_texts(random, 400));
  std::vector<std::string> known;
  for (const auto& [word, frequency] : both.frequencies) {
    if (both.completions(word) == 1) known.push_back(word);
  }
  double documents = 0;
  for (const auto& [node, texts] : both.ours.texts()) {
    if (!words_of(texts.front().text).empty()) ++documents;
  }
  // FTS5 counts texts without words too: so give it none.
  ASSERT_LT(documents, 400);
  for (const auto& [node, texts] : both.ours.texts()) {
    if (words_of(texts.front().text).empty()) both.fts5.remove(node);
  }
  for (int round = 0; round < 100; ++round) {
    std::vector<std::string> words;
    std::string question;
    for (std::size_t i = 1 + random() % 3; i > 0; --i) {
      words.push_back(known[random() % known.size()]);
      question += words.back() + " ";
    }
    const Hits hits = both.ours.found(question, {}, kNoLanguage);
    std::map<std::uint32_t, double> expected;
    for (const std::string& word : words) {
      const auto alone = both.fts5.found("\"" + hexadecimal(word) + "\"");
      const auto holding = static_cast<double>(alone.size());
      const double odds = (documents - holding + 0.5) / (holding + 0.5);
      for (const auto& [node, score] : alone) {
        expected[node] += score / std::max(std::log(odds), 1e-6) * std::log(1 + odds);
      }
    }
    for (const auto& [node, score] : hits) {
      ASSERT_NEAR(score, expected[node], 1e-9 * score) << question;
    }
  }
}

}  // namespace
}  // namespace mangrove::tests
