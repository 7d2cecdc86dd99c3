#include "graph/text/draft.h"

#include <algorithm>
#include <cassert>

namespace mangrove::graph {
namespace {

/// Eight bytes of a text as a number, in their order; zeros behind its end.
std::uint64_t eight_bytes(std::string_view text, std::size_t from) {
  std::uint64_t result = 0;
  for (std::size_t i = from; i < from + 8; ++i) {
    result = result << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return result;
}

/// The numbers 0, 1, … of texts in the order of these. Equal texts come in any order.
template <typename TextOf>
std::vector<std::uint32_t> in_order(std::size_t size, TextOf&& text_of) {
  // Most texts differ in the first bytes, and need not be looked up to be compared.
  struct Entry {
    std::uint64_t first;
    std::uint64_t second;
    std::uint32_t number;
  };
  std::vector<Entry> entries;
  entries.reserve(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::string_view text = text_of(i);
    entries.push_back({eight_bytes(text, 0), eight_bytes(text, 8), i});
  }
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.second != b.second) return a.second < b.second;
    return text_of(a.number) < text_of(b.number);
  });
  std::vector<std::uint32_t> result;
  result.reserve(size);
  for (const Entry& entry : entries) result.push_back(entry.number);
  return result;
}

std::vector<const StatedText*> under(Policy policy, const std::vector<StatedText>& texts) {
  std::vector<const StatedText*> result;
  for (const StatedText& text : texts) {
    if (text.policy == policy) result.push_back(&text);
  }
  return result;
}

/// Whether both are the same texts, in whatever order.
bool same(std::vector<const StatedText*> a, std::vector<const StatedText*> b) {
  if (a.size() != b.size()) return false;
  const auto before = [](const StatedText* x, const StatedText* y) { return *x < *y; };
  std::sort(a.begin(), a.end(), before);
  std::sort(b.begin(), b.end(), before);
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](const StatedText* x, const StatedText* y) { return *x == *y; });
}

}  // namespace

void SegmentDraft::add(const NodeTexts& texts) {
  std::vector<Policy> policies;
  for (const auto* list : {&texts.texts, &texts.before}) {
    for (const StatedText& text : *list) policies.push_back(text.policy);
  }
  std::sort(policies.begin(), policies.end());
  policies.erase(std::unique(policies.begin(), policies.end()), policies.end());
  for (const Policy policy : policies) {
    const auto before = under(policy, texts.before);
    const auto now = under(policy, texts.texts);
    if (!same(before, now)) add(texts.node, policy, before, now);
  }
}

void SegmentDraft::add(NodeIndex node, Policy policy, std::span<const StatedText* const> before,
                       std::span<const StatedText* const> now) {
  Layer& layer = layers_[policy];
  if (!before.empty()) {
    count(before);
    layer.lost.resize(stems_.size());
    layer.frequencies.resize(words_.size());
    for (const std::uint32_t stem : counts_.stems) ++layer.lost[stem];
    for (const std::uint32_t word : counts_.words) {
      layer.frequencies[word] -= counts_.by_word[word];
    }
    layer.more_documents -= counts_.length > 0 ? 1 : 0;
    layer.more_length -= counts_.length;
  }
  count(now);
  const auto place = static_cast<std::uint32_t>(layer.documents.size());
  layer.lost.resize(stems_.size());
  layer.frequencies.resize(words_.size());
  for (const std::uint32_t stem : counts_.stems) {
    layer.postings.push_back({stem, {place, counts_.by_stem[stem]}});
  }
  for (const std::uint32_t word : counts_.words) layer.frequencies[word] += counts_.by_word[word];
  layer.more_documents += counts_.length > 0 ? 1 : 0;
  layer.more_length += counts_.length;
  assert(layer.documents.empty() || layer.documents.back().node < node);
  layer.documents.push_back({node, counts_.length});
}

void SegmentDraft::count(std::span<const StatedText* const> texts) {
  for (const std::uint32_t word : counts_.words) counts_.by_word[word] = 0;
  for (const std::uint32_t stem : counts_.stems) counts_.by_stem[stem] = 0;
  counts_.words.clear();
  counts_.stems.clear();
  counts_.length = 0;
  for (const StatedText* text : texts) {
    assert(text->weight > 0 && text->weight <= kTextWeightMax);
    for (const WordToken& token : reader_.read(text->text, text->language)) {
      const std::uint32_t word = number_of(token);
      if (counts_.by_word[word] == 0) counts_.words.push_back(word);
      counts_.by_word[word] += text->weight;
      const std::uint32_t stem = words_[word].stem;
      if (counts_.by_stem[stem] == 0) counts_.stems.push_back(stem);
      counts_.by_stem[stem] += text->weight;
      counts_.length += text->weight;
    }
  }
}

std::uint32_t SegmentDraft::number_of(const WordToken& token) {
  if (token.mark->count != count_) {
    if (token.form->mark.count != count_) number(*token.form);
    *token.mark = token.form->mark;
  }
  return token.mark->place;
}

/// Gives a number to a word that this draft has not met.
void SegmentDraft::number(WordForm& form) {
  StemForm& stem = *form.stem;
  if (stem.mark.count != count_) {
    stem.mark = {count_, static_cast<std::uint32_t>(stems_.size())};
    stems_.push_back(stem.text);
    counts_.by_stem.push_back(0);
  }
  form.mark = {count_, static_cast<std::uint32_t>(words_.size())};
  words_.push_back({form.surface, stem.mark.place});
  counts_.by_word.push_back(0);
}

std::vector<SegmentDraft::Part> SegmentDraft::finish() {
  stems_in_order_ = in_order(stems_.size(), [&](std::uint32_t stem) { return stems_[stem]; });
  words_in_order_ =
      in_order(words_.size(), [&](std::uint32_t word) { return words_[word].surface; });
  // Equal surfaces come in the order of their stems.
  const auto surface_of = [&](std::uint32_t word) { return words_[word].surface; };
  for (auto from = words_in_order_.begin(); from != words_in_order_.end();) {
    const auto to = std::find_if(from + 1, words_in_order_.end(), [&](std::uint32_t word) {
      return surface_of(word) != surface_of(*from);
    });
    std::sort(from, to, [&](std::uint32_t a, std::uint32_t b) {
      return stems_[words_[a].stem] < stems_[words_[b].stem];
    });
    from = to;
  }
  std::vector<Part> parts;
  for (const auto& [policy, layer] : layers_) parts.push_back(part(policy, layer));
  return parts;
}

SegmentDraft::Part SegmentDraft::part(Policy policy, const Layer& layer) const {
  SegmentWriter writer;
  for (const SegmentDocument& document : layer.documents) writer.add_document(document);
  const auto places = write_stems(layer, writer);
  for (const std::uint32_t word : words_in_order_) {
    if (word >= layer.frequencies.size() || layer.frequencies[word] == 0) continue;
    writer.add_word(words_[word].surface, places[words_[word].stem], layer.frequencies[word]);
  }
  Part part;
  part.policy = policy;
  part.outline = writer.finish(part.bytes);
  part.documents = layer.more_documents;
  part.length = layer.more_length;
  return part;
}

/// Returns the places of the stems in the segment.
std::vector<std::uint32_t> SegmentDraft::write_stems(const Layer& layer,
                                                     SegmentWriter& writer) const {
  // Postings sorted by stem; they are by document already.
  std::vector<std::uint32_t> ends(stems_.size() + 1);
  for (const DraftPosting& posting : layer.postings) ++ends[posting.stem + 1];
  for (std::size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  std::vector<Posting> sorted(layer.postings.size());
  std::vector<std::uint32_t> at(ends.begin(), ends.end() - 1);
  for (const DraftPosting& posting : layer.postings) {
    sorted[at[posting.stem]++] = posting.posting;
  }
  std::vector<std::uint32_t> places(stems_.size());
  std::uint32_t place = 0;
  for (const std::uint32_t stem : stems_in_order_) {
    const std::size_t count = ends[stem + 1] - ends[stem];
    const std::uint32_t lost = stem < layer.lost.size() ? layer.lost[stem] : 0;
    const auto holders = static_cast<std::int64_t>(count) - std::int64_t{lost};
    places[stem] = place;
    if (count == 0 && lost == 0) continue;
    writer.add_stem(stems_[stem], std::span(sorted).subspan(ends[stem], count), holders);
    ++place;
  }
  return places;
}

}  // namespace mangrove::graph
