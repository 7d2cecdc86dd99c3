#include "graph/text/search.h"

#include <algorithm>

#include "graph/base/text.h"
#include "graph/graph.h"

namespace mangrove::graph {
namespace {

constexpr std::size_t kReadAtOnce = 2000;

void add_words(IndexedNode& node, std::string_view text, double weight) {
  for (Word& word : words_of(text)) {
    node.words.emplace_back(std::move(word.folded), static_cast<float>(weight));
  }
}

}  // namespace

TextSearch::TextSearch(std::vector<TextProperty> properties) : properties_(std::move(properties)) {}
TextSearch::~TextSearch() = default;

void TextSearch::note_commit(Version version, const std::vector<NodeIndex>& touched) {
  const std::lock_guard lock(mutex_);
  if (index_ != nullptr) {
    touched_.push_back({version, touched});
  } else {
    dropped_until_ = version;
  }
}

Result<std::vector<IndexedNode>> TextSearch::read(const View& view,
                                                  std::vector<NodeIndex> nodes) const {
  std::vector<IndexedNode> result;
  result.reserve(nodes.size());
  for (std::size_t from = 0; from < nodes.size(); from += kReadAtOnce) {
    const std::size_t count = std::min(kReadAtOnce, nodes.size() - from);
    for (const Node& node : TRY(view.read(std::span(nodes).subspan(from, count)))) {
      IndexedNode indexed{node.index, {}};
      for (const StatedProperty& property : node.properties) {
        const auto* text = std::get_if<Text>(&property.value);
        if (text == nullptr) continue;
        for (const TextProperty& searched : properties_) {
          if (searched.name == property.name) add_words(indexed, text->text, searched.weight);
        }
      }
      result.push_back(std::move(indexed));
    }
  }
  return result;
}

Result<std::shared_ptr<const TextIndex>> TextSearch::index_of(const View& view) {
  const std::lock_guard lock(mutex_);
  const Version version = view.version();
  if (index_ != nullptr && version_ == version) return index_;

  std::vector<NodeIndex> nodes;
  const bool gap = version_ < dropped_until_ && dropped_until_ <= version;
  const bool from_scratch = index_ == nullptr || version < version_ || gap;
  if (from_scratch) {
    for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
      if (view.exists(NodeIndex{i})) nodes.push_back(NodeIndex{i});
    }
  } else {
    for (const Touched& touched : touched_) {
      if (touched.version > version) break;
      nodes.insert(nodes.end(), touched.nodes.begin(), touched.nodes.end());
    }
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  }
  auto read_nodes = TRY(read(view, std::move(nodes)));
  const TextIndex base = from_scratch ? TextIndex{} : *index_;
  auto index = std::make_shared<const TextIndex>(base.with(std::move(read_nodes)));
  // An older version than the one at hand is searched once, and not kept.
  if (index_ != nullptr && version < version_) return index;
  std::erase_if(touched_, [&](const Touched& touched) { return touched.version <= version; });
  index_ = index;
  version_ = version;
  return index;
}

std::vector<std::string> query_words(std::string_view query) {
  std::vector<std::string> words;
  for (Word& word : words_of(query.substr(0, 2000))) {
    if (words.size() == kQueryWordsMax) break;
    words.push_back(std::move(word.folded));
  }
  return words;
}

}  // namespace mangrove::graph
