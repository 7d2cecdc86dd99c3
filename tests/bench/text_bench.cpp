// Builds a text index of titles and descriptions over RocksDB, asks it as people type, and does the
// same with SQLite's FTS5.
//
//     text_bench [DOCUMENTS]        200,000 unless told; the goals are for 1,000,000

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/storage/rocksdb.h"
#include "graph/text/index.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kVocabulary = 300'000;
constexpr std::size_t kTitleWords = 8;
constexpr std::size_t kDescriptionWords = 60;
constexpr std::size_t kBatch = 2'000;
constexpr std::size_t kQuestions = 400;
constexpr std::size_t kQuestionsOfBoth = 40;  // FTS5 takes its time.
constexpr std::size_t kHitsShown = 20;
constexpr double kTypingGoal = 10;  // Milliseconds, for 95 of 100.
constexpr double kFullGoal = 30;

double seconds_since(Clock::time_point from) {
  return std::chrono::duration<double>(Clock::now() - from).count();
}

/// Words that look like words, with endings, the frequent ones short; drawn by Zipf's law.
class Vocabulary {
 public:
  Vocabulary() {
    std::mt19937 random(1);
    static constexpr std::string_view kOnsets[] = {
        "t", "s", "c", "p", "m", "b", "d",  "r",  "f",  "l",  "w",  "h",  "n",  "g",
        "k", "v", "j", "",  "",  "",  "tr", "pr", "st", "ch", "sh", "th", "gr", "pl"};
    static constexpr std::string_view kVowels[] = {"a", "e", "i", "o", "u", "ea", "io", "ou"};
    static constexpr std::string_view kEnds[] = {"", "", "n", "r", "s", "l", "t", "nd", "rt", "m"};
    static constexpr std::string_view kEndings[] = {"",    "",   "",    "s",     "ed",
                                                    "ing", "er", "ers", "ation", "ations"};
    const auto any = [&](const auto& list) { return list[random() % std::size(list)]; };
    std::vector<std::string> known;
    while (words_.size() < kVocabulary) {
      const std::size_t rank = words_.size();
      const std::size_t syllables = rank < 60      ? 1
                                    : rank < 3'000 ? 1 + random() % 2
                                                   : 2 + random() % 3;
      std::string word;
      for (std::size_t i = 0; i < syllables; ++i) {
        word += any(kOnsets);
        word += any(kVowels);
      }
      word += any(kEnds);
      if (rank >= 60) word += any(kEndings);
      words_.push_back(std::move(word));
    }
    weights_.reserve(kVocabulary);
    double sum = 0;
    for (std::size_t i = 0; i < kVocabulary; ++i) {
      sum += 1.0 / static_cast<double>(i + 2);
      weights_.push_back(sum);
    }
  }

  const std::string& draw(std::mt19937& random) const {
    const double at = std::uniform_real_distribution<double>(0, weights_.back())(random);
    const auto found = std::lower_bound(weights_.begin(), weights_.end(), at);
    return words_[static_cast<std::size_t>(found - weights_.begin())];
  }

  std::string draw(std::mt19937& random, std::size_t count) const {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) text += i % 12 == 0 ? ". " : " ";
      text += draw(random);
    }
    return text;
  }

 private:
  std::vector<std::string> words_;
  std::vector<double> weights_;
};

struct Text {
  std::string title;
  std::string description;
};

std::vector<Text> batch_of(const Vocabulary& vocabulary, std::size_t from, std::size_t count) {
  std::mt19937 random(static_cast<std::uint32_t>(from + 17));
  std::vector<Text> texts(count);
  for (Text& text : texts) {
    text.title = vocabulary.draw(random, kTitleWords / 2 + random() % (kTitleWords + 1));
    text.description =
        vocabulary.draw(random, kDescriptionWords / 2 + random() % (kDescriptionWords + 1));
  }
  return texts;
}

struct Questions {
  std::vector<std::string> typing;  // Two in three with a word before; the last has 1 to 4 letters.
  std::vector<std::string> full;    // 1 to 4 words, as frequent as in the texts.
};

Questions draw_questions(const Vocabulary& vocabulary) {
  std::mt19937 random(5);
  Questions questions;
  for (std::size_t i = 0; i < kQuestions; ++i) {
    std::string typed = i % 3 == 0 ? "" : vocabulary.draw(random) + " ";
    typed += vocabulary.draw(random).substr(0, 1 + i % 4);
    questions.typing.push_back(std::move(typed));
    std::string words;
    for (std::size_t word = 0; word <= i % 4; ++word) words += vocabulary.draw(random) + " ";
    questions.full.push_back(words.substr(0, words.size() - 1));
  }
  return questions;
}

struct Times {
  double median;
  double most;  // Of 95 in 100.
  double worst;
};

/// The best of some rounds counts, since other programs may run beside this one.
template <typename Ask>
Times time_all(std::span<const std::string> questions, std::size_t rounds, Ask&& ask) {
  std::vector<double> times;
  for (const std::string& question : questions) {
    double best = 1e9;
    for (std::size_t i = 0; i < rounds; ++i) {
      const auto from = Clock::now();
      ask(question);
      best = std::min(best, seconds_since(from) * 1e3);
    }
    times.push_back(best);
  }
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 95 / 100], times.back()};
}

std::uint64_t bytes_in(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return std::filesystem::file_size(path);
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

double resident_megabytes() {
  std::ifstream file("/proc/self/statm");
  double all = 0;
  double resident = 0;
  file >> all >> resident;
  return resident * 4096 / 1e6;
}

template <typename T>
T expect(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

void expect(Status status) {
  if (!status.ok()) {
    std::fprintf(stderr, "%s\n", status.error().message.c_str());
    std::exit(1);
  }
}

/// Asks ours all questions, and both some of them; says whether the goal is met.
template <typename AskOurs, typename AskTheirs>
bool compare(const char* what, const std::vector<std::string>& questions, double goal,
             AskOurs&& ask_ours, AskTheirs&& ask_theirs) {
  constexpr std::size_t kRounds = 4;
  const Times ours = time_all(questions, kRounds, ask_ours);
  const auto some = std::span(questions).first(kQuestionsOfBoth);
  const Times ours_of_some = time_all(some, kRounds, ask_ours);
  const Times theirs = time_all(some, 2, ask_theirs);
  std::printf("%s: p50 %.2f ms, p95 %.2f ms (goal %.0f), worst %.2f\n", what, ours.median,
              ours.most, goal, ours.worst);
  std::printf(
      "%s, %zu of the questions: p50 %.2f, p95 %.2f ms; FTS5 %.2f, %.2f ms: p95 %.1f times "
      "as fast\n",
      what, some.size(), ours_of_some.median, ours_of_some.most, theirs.median, theirs.most,
      theirs.most / ours_of_some.most);
  return ours.most < goal;
}

/// The index over RocksDB.
class Ours {
 public:
  explicit Ours(const std::filesystem::path& folder)
      : folder_(folder), store_(expect(storage::open_rocksdb(folder, {.create = true}))) {
    index_ = TextIndex::empty();
  }

  void build(const Vocabulary& vocabulary, std::size_t documents) {
    double indexing = 0;
    double committing = 0;
    double merging = 0;
    double bytes = 0;
    for (std::size_t from = 0; from < documents; from += kBatch) {
      std::vector<NodeTexts> nodes;
      for (Text& text : batch_of(vocabulary, from, std::min(kBatch, documents - from))) {
        const NodeIndex node{static_cast<std::uint32_t>(from + nodes.size())};
        bytes += static_cast<double>(text.title.size() + text.description.size());
        nodes.push_back({node,
                         {{std::move(text.title), "en", 3, kPublic},
                          {std::move(text.description), "en", 1, kPublic}},
                         {}});
      }
      storage::WriteBatch writes;
      auto at = Clock::now();
      index_ = expect(index_->with(nodes, writes));
      indexing += seconds_since(at);
      at = Clock::now();
      expect(store_->commit(writes));
      committing += seconds_since(at);
      at = Clock::now();
      merge();
      merging += seconds_since(at);
    }
    storage::WriteBatch done;
    index_ = index_->completed({}, done);
    expect(store_->commit(done));
    const auto count = static_cast<double>(documents);
    std::printf(
        "ours: %.0f documents a second (%.1f us each: words %.1f, commits %.1f, merges "
        "%.1f), %.0f MB of text\n",
        count / (indexing + committing + merging), (indexing + committing + merging) / count * 1e6,
        indexing / count * 1e6, committing / count * 1e6, merging / count * 1e6, bytes / 1e6);
  }

  void reopen() {
    store_ = nullptr;
    store_ = expect(storage::open_rocksdb(folder_, {}));
    const double before = resident_megabytes();
    auto at = Clock::now();
    const auto snapshot = store_->snapshot();
    index_ = expect(TextIndex::open(*snapshot, {}));
    const double opening = seconds_since(at);
    at = Clock::now();
    ask("a");
    const double first = seconds_since(at);
    const auto size = index_->size();
    std::printf(
        "ours: opened in %.2f ms, first search %.0f ms; %llu segments, %.1f MB before "
        "compression, %.1f MB in memory (%.0f MB more resident)\n",
        opening * 1e3, first * 1e3, static_cast<unsigned long long>(size.segments),
        static_cast<double>(size.stored_bytes) / 1e6, static_cast<double>(size.memory_bytes) / 1e6,
        resident_megabytes() - before);
  }

  /// Changes one document at a time.
  void change(const Vocabulary& vocabulary, std::size_t documents) {
    constexpr std::size_t kChanges = 300;
    std::vector<double> times;
    for (std::size_t i = 0; i < kChanges; ++i) {
      const std::size_t place = i * 7919 % documents;
      const Text before =
          batch_of(vocabulary, place / kBatch * kBatch,
                   std::min(kBatch, documents - place / kBatch * kBatch))[place % kBatch];
      const std::vector<NodeTexts> nodes{
          {NodeIndex{static_cast<std::uint32_t>(place)},
           {{before.title + " changed", "en", 3, kPublic}, {before.description, "en", 1, kPublic}},
           {{before.title, "en", 3, kPublic}, {before.description, "en", 1, kPublic}}}};
      storage::WriteBatch writes;
      const auto at = Clock::now();
      index_ = expect(index_->with(nodes, writes));
      times.push_back(seconds_since(at) * 1e6);
      expect(store_->commit(writes));
    }
    std::sort(times.begin(), times.end());
    std::printf("ours: one document changed in %.0f us, p95 %.0f us, without its commit\n",
                times[times.size() / 2], times[times.size() * 95 / 100]);
  }

  std::size_t ask(const std::string& words) const {
    const auto snapshot = store_->snapshot();
    return expect(index_->best(
                      {.words = words}, *snapshot, Sight(), kHitsShown,
                      [](NodeIndex) { return true; },
                      [](NodeIndex a, NodeIndex b) { return a < b; }))
        .size();
  }

 private:
  void merge() {
    while (auto merge = index_->merge_due()) {
      expect(merge->run(*store_->snapshot(),
                        [&](const storage::WriteBatch& writes) { return store_->commit(writes); }));
      storage::WriteBatch writes;
      index_ = index_->with_merged(*merge, writes);
      expect(store_->commit(writes));
    }
  }

  std::filesystem::path folder_;
  std::unique_ptr<storage::Storage> store_;
  std::shared_ptr<const TextIndex> index_;
};

/// The same in SQLite.
class Fts5 {
 public:
  explicit Fts5(const std::filesystem::path& file) {
    sqlite3_open(file.c_str(), &database_);
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA cache_size=-64000");
    run("CREATE VIRTUAL TABLE texts USING fts5(title, description, content='', "
        "tokenize='porter unicode61', detail=none, prefix='1 2 3')");
    sqlite3_prepare_v2(database_, "INSERT INTO texts(rowid, title, description) VALUES(?, ?, ?)",
                       -1, &insert_, nullptr);
    sqlite3_prepare_v2(database_,
                       "SELECT rowid FROM texts WHERE texts MATCH ? "
                       "ORDER BY bm25(texts, 3.0, 1.0) LIMIT 20",
                       -1, &select_, nullptr);
  }
  ~Fts5() {
    sqlite3_finalize(insert_);
    sqlite3_finalize(select_);
    sqlite3_close(database_);
  }
  Fts5(const Fts5&) = delete;
  Fts5& operator=(const Fts5&) = delete;

  void build(const Vocabulary& vocabulary, std::size_t documents) {
    double seconds = 0;
    for (std::size_t from = 0; from < documents; from += kBatch) {
      const auto texts = batch_of(vocabulary, from, std::min(kBatch, documents - from));
      const auto at = Clock::now();
      run("BEGIN");
      for (std::size_t i = 0; i < texts.size(); ++i) {
        sqlite3_bind_int64(insert_, 1, static_cast<std::int64_t>(from + i));
        bind(insert_, 2, texts[i].title);
        bind(insert_, 3, texts[i].description);
        sqlite3_step(insert_);
        sqlite3_reset(insert_);
      }
      run("COMMIT");
      seconds += seconds_since(at);
    }
    std::printf("FTS5: %.0f documents a second\n", static_cast<double>(documents) / seconds);
  }

  /// All words, the last one as a beginning.
  std::size_t ask(const std::string& words) {
    std::string match;
    for (const char c : words) match += c == ' ' ? std::string("\" \"") : std::string(1, c);
    bind(select_, 1, match = "\"" + match + "\"*");
    std::size_t rows = 0;
    while (sqlite3_step(select_) == SQLITE_ROW) ++rows;
    sqlite3_reset(select_);
    return rows;
  }

 private:
  void run(const char* statement) {
    if (sqlite3_exec(database_, statement, nullptr, nullptr, nullptr) != SQLITE_OK) {
      std::fprintf(stderr, "%s: %s\n", statement, sqlite3_errmsg(database_));
      std::exit(1);
    }
  }
  static void bind(sqlite3_stmt* statement, int at, const std::string& text) {
    sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* select_ = nullptr;
};

int run(std::size_t documents) {
  const Vocabulary vocabulary;
  const Questions questions = draw_questions(vocabulary);
  const tests::TemporaryFolder folder;

  Ours ours(folder.path() / "ours");
  ours.build(vocabulary, documents);
  ours.change(vocabulary, documents);
  ours.reopen();
  const auto file = folder.path() / "fts5";
  Fts5 fts5(file);
  fts5.build(vocabulary, documents);
  std::printf("on disk: ours %.1f MB, FTS5 %.1f MB\n",
              static_cast<double>(bytes_in(folder.path() / "ours")) / 1e6,
              static_cast<double>(bytes_in(file)) / 1e6);

  const auto ask_ours = [&](const std::string& words) { ours.ask(words); };
  const auto ask_fts5 = [&](const std::string& words) { fts5.ask(words); };
  const bool typing = compare("typing ahead", questions.typing, kTypingGoal, ask_ours, ask_fts5);
  const bool full = compare("full question", questions.full, kFullGoal, ask_ours, ask_fts5);
  return typing && full ? 0 : 1;
}

}  // namespace
}  // namespace mangrove::graph

int main(int count, char** arguments) {
  const std::size_t documents =
      count > 1 ? std::strtoull(arguments[1], nullptr, 10) : std::size_t{200'000};
  return mangrove::graph::run(std::max<std::size_t>(documents, 1));
}
