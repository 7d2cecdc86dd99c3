#include "ingest/identity/candidates.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <string_view>

namespace mangrove::ingest {
namespace {

constexpr std::size_t kWholeMin = 8;  // Shorter names differ by a letter and are different.
constexpr std::size_t kSkeletonMin = 5;
constexpr std::size_t kShortFormMin = 3;
constexpr std::size_t kWordMin = 4;
constexpr std::size_t kKeysAtOnce = std::size_t{4} << 20;  // 64 MB.

/// What makes a block.
enum class Block : char { key, slip, short_form, skeleton, word, reference, digits, host };

struct Keyed {
  std::uint64_t key;
  std::uint32_t body;

  friend auto operator<=>(const Keyed&, const Keyed&) = default;
};

std::uint64_t hash_of(Block block, std::string_view text) {
  std::uint64_t hash = 14695981039346656037U ^ static_cast<std::uint64_t>(block);
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  // FNV's high bits are weak; the passes below choose by them.
  hash ^= hash >> 32U;
  hash *= 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 29U);
}

using WordCounts = boost::unordered_flat_map<std::string_view, std::uint32_t>;

/// In how many bodies' names each word stands.
WordCounts count_words(std::span<const Body> bodies) {
  WordCounts counts;
  std::vector<std::string_view> words;
  for (const Body& body : bodies) {
    words.clear();
    for (const NameForm& name : body.names)
      words.insert(words.end(), name.core.begin(), name.core.end());
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const std::string_view word : words) ++counts[word];
  }
  return counts;
}

/// Gives every key of one body to `visit`.
class Keys {
 public:
  explicit Keys(const WordCounts& counts) : counts_(counts) {}

  template <typename Visit>
  void of(const Body& body, Visit&& visit) const {
    for (const NameForm& name : body.names) of_name(name, visit);
    for (const BodyReference& each : body.references) of_reference(each.reference, visit);
    if (!body.host.empty()) visit(hash_of(Block::host, body.host));
  }

 private:
  template <typename Visit>
  void of_name(const NameForm& name, Visit&& visit) const {
    visit(hash_of(Block::key, name.key));
    if (name.whole.size() >= kWholeMin) {
      // Two names that are one letter apart become equal when each loses the right one.
      visit(hash_of(Block::slip, name.whole));
      std::string shorter = name.whole.substr(1);
      for (std::size_t i = 0;; ++i) {
        visit(hash_of(Block::slip, shorter));
        if (i == shorter.size()) break;
        shorter[i] = name.whole[i];
      }
    }
    if (name.skeleton.size() >= kSkeletonMin) visit(hash_of(Block::skeleton, name.skeleton));
    for (const std::string& form : name.short_forms) short_form(form, visit);
    if (name.core.size() >= kShortFormMin) short_form(name.initials, visit);
    if (name.initials_of_all != name.initials) short_form(name.initials_of_all, visit);
    for (const std::string& word : name.core) {
      if (word.size() < kWordMin || counts_.at(word) > kRareWordBodies) continue;
      visit(hash_of(Block::word, word));
    }
  }
  template <typename Visit>
  static void short_form(const std::string& form, Visit&& visit) {
    if (form.size() >= kShortFormMin) visit(hash_of(Block::short_form, form));
  }
  template <typename Visit>
  static void of_reference(const NormalReference& reference, Visit&& visit) {
    visit(hash_of(Block::reference, reference.text));
    if (reference.bare) visit(hash_of(Block::reference, reference.number));
    if (const std::string digits = bare_digits(reference); !digits.empty()) {
      visit(hash_of(Block::digits, digits));
    }
  }

  const WordCounts& counts_;
};

/// Pairs up what has equal keys.
void pair_up(std::vector<Keyed>& keyed, std::vector<CandidatePair>& pairs) {
  std::sort(keyed.begin(), keyed.end());
  keyed.erase(std::unique(keyed.begin(), keyed.end()), keyed.end());
  for (std::size_t begin = 0, i = 0; i < keyed.size(); ++i) {
    if (keyed[i].key != keyed[begin].key) begin = i;
    const std::size_t first = i - std::min(i - begin, kBlockWindow);
    for (std::size_t other = first; other < i; ++other) {
      pairs.emplace_back(keyed[other].body, keyed[i].body);
    }
  }
}

void settle(std::vector<CandidatePair>& pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

}  // namespace

std::string bare_digits(const NormalReference& reference) {
  constexpr std::size_t kDigitsMin = 5;
  std::string digits;
  for (const char c : reference.number) {
    if (c >= '0' && c <= '9') {
      if (!digits.empty() || c != '0') digits += c;
    } else if (c != '-' && c != '.' && c != '/') {
      return {};  // A number with letters in it is of one list only.
    }
  }
  return digits.size() < kDigitsMin ? std::string() : digits;
}

std::vector<CandidatePair> candidate_pairs(std::span<const Body> bodies) {
  const WordCounts counts = count_words(bodies);
  const Keys keys(counts);
  std::uint64_t number = 0;
  for (const Body& body : bodies) keys.of(body, [&](std::uint64_t) { ++number; });
  // All keys of a pass fit into memory, whatever the number of bodies.
  const std::uint64_t passes = 1 + number / kKeysAtOnce;
  std::vector<CandidatePair> pairs;
  std::vector<Keyed> keyed;
  for (std::uint64_t pass = 0; pass < passes; ++pass) {
    keyed.clear();
    for (std::uint32_t i = 0; i < bodies.size(); ++i) {
      keys.of(bodies[i], [&](std::uint64_t key) {
        if (key % passes == pass) keyed.push_back({key, i});
      });
    }
    pair_up(keyed, pairs);
    settle(pairs);
  }
  return pairs;
}

}  // namespace mangrove::ingest
