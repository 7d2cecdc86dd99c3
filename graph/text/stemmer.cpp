#include "graph/text/stemmer.h"

#include <libstemmer.h>

#include <cstddef>

namespace mangrove::graph {
namespace {

constexpr std::uint8_t kNoStems = 0;
constexpr std::size_t kLanguagesMax = 250;

/// The main part of a tag in lower case, as Snowball has it; empty where it cannot be one.
std::string main_part(std::string_view tag) {
  tag = tag.substr(0, tag.find_first_of("-_"));
  if (tag.size() < 2 || tag.size() > 3) return {};
  std::string result;
  for (const char c : tag) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower < 'a' || lower > 'z') return {};
    result += lower;
  }
  // The two ways to write Norwegian.
  return result == "nb" || result == "nn" ? "no" : result;
}

}  // namespace

void Stemmer::Release::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

Stemmer::Stemmer() {
  languages_.push_back({{}, nullptr});
}

Stemmer::~Stemmer() = default;

std::uint8_t Stemmer::language(std::string_view tag) {
  const std::string main = tag.empty() ? "en" : main_part(tag);
  if (main.empty()) return kNoStems;
  for (std::size_t i = 0; i < languages_.size(); ++i) {
    if (languages_[i].tag == main) return static_cast<std::uint8_t>(i);
  }
  if (languages_.size() >= kLanguagesMax) return kNoStems;
  sb_stemmer* const stemmer = sb_stemmer_new(main.c_str(), "UTF_8");
  if (stemmer == nullptr) return kNoStems;
  languages_.push_back({main, std::unique_ptr<sb_stemmer, Release>(stemmer)});
  return static_cast<std::uint8_t>(languages_.size() - 1);
}

std::string_view Stemmer::stem(std::string_view word, std::uint8_t language) {
  sb_stemmer* const stemmer = languages_[language].stemmer.get();
  if (stemmer == nullptr) return word;
  const sb_symbol* stem = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()),
                                          static_cast<int>(word.size()));
  const int length = stem == nullptr ? 0 : sb_stemmer_length(stemmer);
  // A word that is all ending stays as it is.
  if (length <= 0) return word;
  return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(length)};
}

}  // namespace mangrove::graph
