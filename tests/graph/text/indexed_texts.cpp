#include "tests/graph/text/indexed_texts.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <stdexcept>

#include "graph/storage/memory.h"
#include "graph/text/expansion.h"
#include "graph/text/search.h"
#include "graph/text/spelling.h"
#include "graph/text/words.h"

namespace mangrove::tests {
namespace {

using graph::NodeIndex;
using graph::NodeTexts;
using graph::StatedText;
using graph::TextHit;
using graph::TextIndex;

constexpr std::string_view kSettings = "tests";

template <typename T>
T value(Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.error().message);
  return std::move(result).value();
}

void succeed(const Status& status) {
  if (!status.ok()) throw std::runtime_error(status.error().message);
}

}  // namespace

IndexedTexts::IndexedTexts(std::unique_ptr<storage::Storage> store) : store_(std::move(store)) {
  index_ = value(rebuild_text_index(*store_, kSettings, each()));
}

IndexedTexts::IndexedTexts() : IndexedTexts(storage::make_memory_storage()) {}

IndexedTexts::IndexedTexts(const Texts& texts) : IndexedTexts() {
  set(texts);
}

void IndexedTexts::set(const Texts& changed) {
  std::vector<NodeTexts> nodes;
  for (const auto& [node, texts] : changed) {
    nodes.push_back({NodeIndex{node}, texts, texts_[node]});
    texts_[node] = texts;
  }
  storage::WriteBatch writes;
  index_ = value(index_->with(nodes, writes));
  succeed(store_->commit(writes));
}

bool IndexedTexts::merge() {
  auto merge = index_->merge_due();
  if (!merge) return false;
  succeed(merge->run(*store_->snapshot(),
                     [&](const storage::WriteBatch& writes) { return store_->commit(writes); }));
  storage::WriteBatch writes;
  index_ = index_->with_merged(*merge, writes);
  succeed(store_->commit(writes));
  return true;
}

void IndexedTexts::reopen() {
  index_ = value(TextIndex::open(*store_->snapshot(), kSettings));
}

Hits IndexedTexts::found(std::string_view words, const graph::Sight& sight,
                         std::string_view language) const {
  Hits found;
  succeed(index_->search({words, language}, *store_->snapshot(), sight,
                         [&](std::span<const TextHit> hits) {
                           for (const TextHit& hit : hits) {
                             found.emplace_back(hit.node.value, hit.score);
                           }
                         }));
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::pair(-a.second, a.first) < std::pair(-b.second, b.first);
  });
  return found;
}

std::vector<std::uint32_t> IndexedTexts::nodes(std::string_view words) const {
  std::vector<std::uint32_t> nodes;
  for (const auto& [node, score] : found(words)) nodes.push_back(node);
  return nodes;
}

Marks IndexedTexts::marks(std::string_view words, std::string_view text,
                          const graph::Sight& sight) const {
  return value(index_->matcher({.words = words}, *store_->snapshot(), sight)).marks(text, "en");
}

std::vector<std::string> IndexedTexts::faults() const {
  return value(check_text_index(*store_->snapshot(), kSettings, each()));
}

graph::EachNodeTexts IndexedTexts::each() const {
  return [this](const std::function<Status(std::span<const NodeTexts>)>& visit) -> Status {
    std::vector<NodeTexts> nodes;
    for (const auto& [node, texts] : texts_) nodes.push_back({NodeIndex{node}, texts, {}});
    return visit(nodes);
  };
}

Texts seen_by(const graph::Sight& sight, const Texts& texts) {
  Texts seen;
  for (const auto& [node, list] : texts) {
    for (const StatedText& text : list) {
      if (!sight.sees(text.policy)) continue;
      seen[node].push_back(text);
      seen[node].back().policy = graph::kPublic;
    }
  }
  return seen;
}

namespace {

/// All words of some texts, counted.
struct Counted {
  std::map<std::pair<std::string, std::string>, std::int64_t> words;    // By surface and stem.
  std::map<std::uint32_t, std::map<std::string, std::uint32_t>> stems;  // By node.
  std::map<std::uint32_t, std::uint32_t> lengths;
  std::uint64_t length = 0;

  explicit Counted(const Texts& texts) {
    graph::WordReader reader;
    for (const auto& [node, list] : texts) {
      for (const StatedText& text : list) {
        for (const graph::WordToken& token : reader.read(text.text, text.language)) {
          words[{token.form->surface, token.form->stem->text}] += text.weight;
          stems[node][token.form->stem->text] += text.weight;
          lengths[node] += text.weight;
          length += text.weight;
        }
      }
    }
  }

  std::uint64_t holders(const std::string& stem) const {
    return static_cast<std::uint64_t>(std::count_if(
        stems.begin(), stems.end(), [&](const auto& node) { return node.second.contains(stem); }));
  }
};

using Likeness = std::map<std::string, std::uint32_t>;  // By stem.

/// Adds the most frequent of the stems that surfaces are met with, as far as they fit.
void add_most_frequent(
    const Counted& counted,
    const std::function<std::optional<std::uint32_t>(const std::string&)>& likeness_of,
    Likeness& terms) {
  struct Met {
    std::int64_t frequency = 0;
    std::uint32_t likeness = 0;
  };
  std::map<std::string, Met> met;
  for (const auto& [word, frequency] : counted.words) {
    const auto likeness = likeness_of(word.first);
    if (!likeness || terms.contains(word.second)) continue;
    met[word.second].frequency += frequency;
    met[word.second].likeness = std::max(met[word.second].likeness, *likeness);
  }
  std::vector<std::pair<std::string, Met>> in_order(met.begin(), met.end());
  std::stable_sort(in_order.begin(), in_order.end(), [](const auto& a, const auto& b) {
    return a.second.frequency > b.second.frequency;
  });
  if (in_order.size() > graph::kCompletionsMax) in_order.resize(graph::kCompletionsMax);
  std::int64_t left = graph::kOccurrencesMax;
  for (const auto& [stem, one] : in_order) {
    if (one.frequency > left) continue;
    left -= one.frequency;
    terms[stem] = one.likeness;
  }
}

/// The textbook's table of distances, with swaps.
std::size_t spelling_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1,
                              table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
      }
    }
  }
  return table[a.size()][b.size()];
}

Likeness terms_of(const Counted& counted, const graph::WordForm& word, bool is_last) {
  Likeness terms;
  for (const auto& [known, frequency] : counted.words) {
    if (known.first == word.surface) terms[known.second] = graph::kLikenessOne;
  }
  if (counted.holders(word.stem->text) > 0) terms[word.stem->text] = graph::kLikenessOne;
  const std::size_t length = graph::code_points(word.surface).size();
  if (is_last) {
    add_most_frequent(
        counted,
        [&](const std::string& surface) -> std::optional<std::uint32_t> {
          if (!surface.starts_with(word.surface) || surface == word.surface) return std::nullopt;
          const auto share =
              static_cast<double>(length) / static_cast<double>(graph::code_points(surface).size());
          return std::max(
              1U, static_cast<std::uint32_t>(std::floor(0.8 * share * graph::kLikenessOne + 0.5)));
        },
        terms);
  }
  const std::size_t allowed = length < 4 ? 0 : length < 8 ? 1 : 2;
  for (std::size_t distance = 1; distance <= allowed && terms.empty(); ++distance) {
    add_most_frequent(
        counted,
        [&](const std::string& surface) -> std::optional<std::uint32_t> {
          const std::size_t found =
              spelling_distance(graph::code_points(word.surface), graph::code_points(surface));
          if (found != distance) return std::nullopt;
          return static_cast<std::uint32_t>(distance == 1 ? 0.6 * graph::kLikenessOne
                                                          : 0.4 * graph::kLikenessOne);
        },
        terms);
  }
  return terms;
}

std::vector<Likeness> terms_of_all(const Counted& counted, std::string_view words,
                                   std::string_view language) {
  graph::WordReader reader;
  std::vector<Likeness> result;
  const auto tokens = reader.read(words, language);
  const std::size_t count = std::min(tokens.size(), graph::kQueryWordsMax);
  for (std::size_t i = 0; i < count; ++i) {
    result.push_back(terms_of(counted, *tokens[i].form, i + 1 == count));
  }
  return result;
}

}  // namespace

Hits naive_search(const Texts& texts, std::string_view words, std::string_view language) {
  const Counted counted(texts);
  const auto all_terms = terms_of_all(counted, words, language);
  const auto documents = static_cast<double>(counted.stems.size());
  const double mean_length = static_cast<double>(counted.length) / documents;
  std::map<std::uint32_t, std::pair<std::size_t, double>> met;  // Words met, and score, by node.
  for (const auto& [node, stems] : counted.stems) {
    const auto length = static_cast<double>(counted.lengths.at(node));
    const double damping = 1.2 * (1.0 - 0.75) + 1.2 * 0.75 / mean_length * length;
    for (const Likeness& terms : all_terms) {
      std::uint64_t most = 0;
      std::uint32_t sum = 0;
      for (const auto& [stem, likeness] : terms) {
        most = std::max(most, counted.holders(stem));
        const auto found = stems.find(stem);
        if (found != stems.end()) sum += found->second * likeness;
      }
      if (sum == 0) continue;
      const auto holding = static_cast<double>(most);
      const double rarity = std::log(1.0 + (documents - holding + 0.5) / (holding + 0.5));
      const double frequency = static_cast<double>(sum) / graph::kLikenessOne;
      ++met[node].first;
      met[node].second += rarity * (1.2 + 1.0) * frequency / (frequency + damping);
    }
  }
  std::size_t most = 0;
  for (const auto& [node, one] : met) most = std::max(most, one.first);
  Hits hits;
  for (const auto& [node, one] : met) {
    if (one.first == most) hits.emplace_back(node, one.second);
  }
  std::sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
    return std::pair(-a.second, a.first) < std::pair(-b.second, b.first);
  });
  return hits;
}

Marks naive_marks(const Texts& texts, std::string_view words, std::string_view text) {
  std::set<std::string> stems;
  for (const Likeness& terms : terms_of_all(Counted(texts), words, "en")) {
    for (const auto& [stem, likeness] : terms) stems.insert(stem);
  }
  graph::WordReader reader;
  Marks marks;
  for (const graph::WordToken& token : reader.read(text, "en")) {
    if (stems.contains(token.form->stem->text)) marks.emplace_back(token.begin, token.end);
  }
  return marks;
}

}  // namespace mangrove::tests
