#include "graph/node_builder.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace mangrove::graph {
namespace {

std::vector<std::string> settled(std::vector<std::string> texts) {
  if (texts.size() > 1) {
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  }
  std::erase(texts, std::string());
  return texts;
}

}  // namespace

Result<RelationSet> NodeBuilder::add_record(std::string_view bytes, SourceIndex source) {
  const RecordAboutSubject record = TRY(decode_about_subject(bytes));
  if (!sight_->sees(record.policy)) return record.stating_more;
  sources_.push_back(source);
  origins_.emplace_back(record.origin);
  statements_.reserve(statements_.size() + record.properties.size());
  for (const RecordAboutSubject::Property& property : record.properties) {
    if (!sight_->sees(property.policy)) continue;
    statements_.push_back({property.name, property.value, source, true, record.revision, 1});
  }
  return record.stating_more;
}

Status NodeBuilder::add_mentions(std::string_view bytes) {
  for (const MentionedValue& mention : TRY(decode_mentions(bytes))) {
    if (!sight_->sees(mention.policy)) continue;
    sources_.push_back(mention.source);
    statements_.push_back({mention.name, mention.value, mention.source, false, {}, mention.count});
  }
  return {};
}

Result<Node> NodeBuilder::finish(NodeIndex index, Kind kind) {
  Node node;
  node.index = index;
  node.id = catalogue_->node_id(index);
  node.kind = catalogue_->name(kind);
  const std::vector<Candidate> shown = candidates();
  node.properties.reserve(shown.size());
  for (const Candidate& candidate : shown) node.properties.push_back(TRY(told(candidate)));
  node.sources = ids_of(sources_);
  node.origins = settled(std::move(origins_));
  return node;
}

/// Whether a property stands before another: names have numbers in the order in which they came.
bool NodeBuilder::comes_before(Name a, Name b) const {
  return a != b && catalogue_->name(a) < catalogue_->name(b);
}

/// The values that there are, in the order in which they are told.
std::vector<NodeBuilder::Candidate> NodeBuilder::candidates() {
  std::sort(statements_.begin(), statements_.end(), [](const Statement& a, const Statement& b) {
    return std::tie(a.name, a.value) < std::tie(b.name, b.value);
  });
  std::vector<Candidate> all;
  all.reserve(statements_.size());
  for (std::size_t at = 0; at < statements_.size();) {
    const Statement& first = statements_[at];
    std::size_t end = at;
    Candidate candidate;
    for (; end < statements_.size() && statements_[end].name == first.name &&
           statements_[end].value == first.value;
         ++end) {
      candidate.own = candidate.own || statements_[end].own;
      candidate.revision = std::max(candidate.revision, statements_[end].revision);
      candidate.count += statements_[end].count;
    }
    candidate.statements = std::span(statements_).subspan(at, end - at);
    all.push_back(candidate);
    at = end;
  }
  std::sort(all.begin(), all.end(), [this](const Candidate& a, const Candidate& b) {
    const Statement& one = a.statements.front();
    const Statement& other = b.statements.front();
    if (one.name != other.name) return comes_before(one.name, other.name);
    if (a.own != b.own) return a.own;
    if (a.revision != b.revision) return a.revision > b.revision;
    if (a.count != b.count) return a.count > b.count;
    return one.value < other.value;
  });
  return all;
}

/// Sorted, each once; parts of one source have its id.
std::vector<std::string> NodeBuilder::ids_of(std::vector<SourceIndex>& sources) const {
  if (sources.size() > 1) {
    std::sort(sources.begin(), sources.end());
    sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  }
  std::vector<std::string> ids;
  ids.reserve(sources.size());
  for (const SourceIndex source : sources) ids.emplace_back(catalogue_->source_id(source));
  return settled(std::move(ids));
}

Result<StatedProperty> NodeBuilder::told(const Candidate& candidate) const {
  const Statement& first = candidate.statements.front();
  std::vector<SourceIndex> sources;
  sources.reserve(candidate.statements.size());
  for (const Statement& statement : candidate.statements) sources.push_back(statement.source);
  return StatedProperty{std::string(catalogue_->name(first.name)), TRY(decode_value(first.value)),
                        ids_of(sources), candidate.own, candidate.count};
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
