#include "graph/node_builder.h"

#include <algorithm>
#include <utility>

namespace mangrove::graph {
namespace {

std::vector<std::string> settled(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  std::erase(texts, std::string());
  return texts;
}

}  // namespace

void NodeBuilder::add_record(const StoredRecord& record, SourceIndex source) {
  if (!sight_->sees(record.policy)) return;
  const std::string source_id(catalogue_->source_id(source));
  sources_.push_back(source_id);
  origins_.push_back(record.origin);
  for (const StoredProperty& property : record.properties) {
    if (!sight_->sees(property.policy)) continue;
    add(property.name, encode_value(property.value), property.value, source_id, true,
        record.revision, 1);
  }
}

Status NodeBuilder::add_mentions(std::string_view bytes) {
  for (const MentionedValue& mention : TRY(decode_mentions(bytes))) {
    if (!sight_->sees(mention.policy)) continue;
    const std::string source_id(catalogue_->source_id(mention.source));
    sources_.push_back(source_id);
    add(mention.name, std::string(mention.value), TRY(decode_value(mention.value)), source_id, false, {},
        mention.count);
  }
  return {};
}

Node NodeBuilder::finish(NodeIndex index, Kind kind) {
  Node node;
  node.index = index;
  node.id = catalogue_->node_id(index);
  node.kind = catalogue_->name(kind);
  std::sort(candidates_.begin(), candidates_.end(), shown_before);
  for (Candidate& candidate : candidates_) {
    node.properties.push_back({std::move(candidate.name), std::move(candidate.value),
                               settled(std::move(candidate.sources)), candidate.own,
                               candidate.count});
  }
  node.sources = settled(std::move(sources_));
  node.origins = settled(std::move(origins_));
  return node;
}

bool NodeBuilder::shown_before(const Candidate& a, const Candidate& b) {
  if (a.name != b.name) return a.name < b.name;
  if (a.own != b.own) return a.own;
  if (a.revision != b.revision) return a.revision > b.revision;
  if (a.count != b.count) return a.count > b.count;
  return a.encoded < b.encoded;
}

void NodeBuilder::add(Name name, std::string encoded, const Value& value, const std::string& source,
                      bool own, const std::string& revision, std::uint64_t count) {
  const std::string_view text = catalogue_->name(name);
  std::string key(text);
  key.push_back('\0');
  key += encoded;
  const auto [at, is_new] = places_.try_emplace(std::move(key), candidates_.size());
  if (is_new) {
    candidates_.push_back({std::string(text), value, std::move(encoded), {}, false, {}, 0});
  }
  Candidate& candidate = candidates_[at->second];
  candidate.own = candidate.own || own;
  candidate.revision = std::max(candidate.revision, revision);
  candidate.count += count;
  if (candidate.sources.empty() || candidate.sources.back() != source) {
    candidate.sources.push_back(source);
  }
}

std::string_view Node::text(std::string_view name, std::string_view language) const {
  std::string_view english;
  std::string_view first;
  for (const StatedProperty& property : properties) {
    if (property.name != name) continue;
    const auto* text = std::get_if<Text>(&property.value);
    if (text == nullptr) continue;
    if (text->language == language) return text->text;
    if (english.empty() && text->language == "en") english = text->text;
    if (first.empty()) first = text->text;
  }
  return english.empty() ? first : english;
}

const Value* Node::find(std::string_view name) const {
  for (const StatedProperty& property : properties) {
    if (property.name == name) return &property.value;
  }
  return nullptr;
}

}  // namespace mangrove::graph
