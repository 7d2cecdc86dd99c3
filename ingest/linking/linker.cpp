#include "ingest/linking/linker.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "ingest/draft.h"

namespace mangrove::ingest {
namespace {

constexpr std::string_view kInitiative = "Initiative";

graph::Text plain(std::string_view text) {
  return {std::string(text), {}};
}

void add_passage(PassagesByAudience& passages, std::string_view field,
                 const graph::Property& property) {
  const auto* text = std::get_if<graph::Text>(&property.value);
  if (text != nullptr) passages[property.audience].push_back({field, text->text, text->language});
}

graph::EdgeStatement derived_edge(const graph::Record& record, const std::string& relation,
                                  const std::string& to, std::string_view basis,
                                  const std::vector<std::string>& audience, double confidence) {
  graph::EdgeStatement edge{record.subject.id, relation, to, std::string(basis), {}, audience};
  edge.derived = true;
  edge.properties.push_back({"basis", plain(basis)});
  edge.properties.push_back({"confidence", confidence});
  return edge;
}

/// The words, and where they stand.
graph::Text told(const Match& match, const Passage& passage) {
  std::string text(words_of(match, passage.text));
  text += " (" + std::string(passage.field) + " " + std::to_string(match.begin) + "-" +
          std::to_string(match.end) + ")";
  return {std::move(text), std::string(passage.language)};
}

bool may_be_of(const ontology::Schema& schema, const std::string& relation,
               const std::string& kind) {
  const ontology::RelationInfo* const known = schema.relation(relation);
  return known != nullptr && known->allows(kind, {});
}

/// The node that lets a subject go whose words were found in these passages: another one once they
/// say anything else.
std::string release_id(const std::string& subject, const TextLink& link,
                       const std::vector<Passage>& passages) {
  std::set<std::string_view> texts;
  for (const Match& match : link.matches) texts.insert(passages[match.passage].text);
  std::string all = subject;
  for (const std::string_view text : texts) all += '\n' + std::string(text);
  return "release:" + fingerprint_of(all);
}

}  // namespace

std::set<std::string, std::less<>> kinds_read(const ontology::Schema& schema) {
  std::set<std::string, std::less<>> kinds;
  for (const ontology::RelationInfo& relation : schema.relations()) {
    if (relation.read_from_text) kinds.insert(relation.from.begin(), relation.from.end());
  }
  return kinds;
}

PassagesByAudience passages_of(const graph::Record& record, const ReadingModel& model) {
  PassagesByAudience passages;
  for (const graph::Property& property : record.subject.properties) {
    if (model.fields.contains(property.name)) add_passage(passages, property.name, property);
  }
  for (const graph::NodeStatement& mention : record.mentions) {
    if (mention.kind != "Evidence" || !mention.audience.empty()) continue;
    for (const graph::Property& property : mention.properties) {
      if (property.name == "title") add_passage(passages, "document", property);
    }
  }
  // Of words that stand in several passages the first are told: whatever the record's own order.
  for (auto& [audience, some] : passages) {
    std::sort(some.begin(), some.end(), [](const Passage& a, const Passage& b) {
      return std::tie(a.field, a.language, a.text) < std::tie(b.field, b.language, b.text);
    });
  }
  return passages;
}

std::string_view words_of(const Match& match, std::string_view passage) {
  const auto byte_of = [&](std::size_t from, std::uint32_t points) {
    while (points > 0 && from < passage.size()) {
      ++from;
      while (from < passage.size() && (static_cast<unsigned char>(passage[from]) & 0xC0) == 0x80) {
        ++from;
      }
      --points;
    }
    return from;
  };
  const std::size_t begin = byte_of(0, match.begin);
  return passage.substr(begin, byte_of(begin, match.end - match.begin) - begin);
}

Linker::Linker(std::shared_ptr<const CompiledVocabulary> vocabulary, const ontology::Schema& schema)
    : vocabulary_(vocabulary),
      schema_(schema),
      kinds_(kinds_read(schema)),
      reader_(std::move(vocabulary)),
      rules_(vocabulary_->vocabulary, schema) {}

void Linker::link(graph::Record& record) {
  if (!kinds_.contains(record.subject.kind)) return;
  let_go(record);
  std::erase_if(record.edges, [](const graph::EdgeStatement& edge) { return edge.derived; });
  add_text_links(record);
  if (record.subject.kind == kInitiative) add_conclusions(record);
  hold(record);
}

const std::string& Linker::holds_for(const std::string& relation) const {
  static const std::string kNobody;
  const ontology::RelationInfo* const known = schema_.relation(relation);
  return known == nullptr ? kNobody : known->holds_for;
}

void Linker::let_go(graph::Record& record) const {
  if (record.audience.size() != 1) return;
  for (const graph::EdgeStatement& edge : record.edges) {
    if (!edge.derived || holds_for(edge.relation) != record.audience[0]) continue;
    record.audience.clear();
    return;
  }
}

void Linker::hold(graph::Record& record) const {
  const auto holder = [this](const graph::EdgeStatement& edge) -> const std::string& {
    static const std::string kNobody;
    return edge.derived && edge.audience.empty() ? holds_for(edge.relation) : kNobody;
  };
  std::erase_if(record.edges, [&](const graph::EdgeStatement& edge) {
    return !holder(edge).empty() &&
           vocabulary_->released.contains(graph::text_of(edge.properties, "release"));
  });
  if (!record.audience.empty()) return;
  for (const graph::EdgeStatement& edge : record.edges) {
    if (!holder(edge).empty()) record.audience = {holder(edge)};
  }
}

void Linker::add_text_links(graph::Record& record) {
  for (const auto& [audience, passages] : passages_of(record, vocabulary_->vocabulary.model)) {
    add_text_links(record, passages, audience);
  }
}

void Linker::add_text_links(graph::Record& record, const std::vector<Passage>& passages,
                            const std::vector<std::string>& audience) {
  const Vocabulary& vocabulary = vocabulary_->vocabulary;
  for (const TextLink& link : reader_.links(passages)) {
    const Concept& found = vocabulary.concepts[link.concept_number];
    if (!may_be_of(schema_, found.relation, record.subject.kind)) continue;
    graph::EdgeStatement edge =
        derived_edge(record, found.relation, found.id, "text", audience, link.confidence);
    if (!holds_for(found.relation).empty()) {
      edge.properties.push_back({"release", plain(release_id(record.subject.id, link, passages))});
    }
    for (const Match& match : link.matches) {
      edge.properties.push_back({"matched", told(match, passages[match.passage])});
    }
    record.edges.push_back(std::move(edge));
  }
}

void Linker::add_conclusions(graph::Record& record) {
  for (const Conclusion& conclusion : rules_.conclude(record)) {
    graph::EdgeStatement edge = derived_edge(record, conclusion.relation, conclusion.to, "mapped",
                                             conclusion.audience, conclusion.confidence);
    edge.properties.push_back({"rule", plain(conclusion.rule)});
    for (const std::string& path : conclusion.paths) {
      edge.properties.push_back({"path", plain(path)});
    }
    record.edges.push_back(std::move(edge));
  }
}

}  // namespace mangrove::ingest
