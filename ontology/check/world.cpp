#include "ontology/check/world.h"

#include <algorithm>

namespace mangrove::ontology {
namespace {

/// `m:edge [ m:relation m:BEARS_ON ; m:to sdg:8.10 ; m:weight 0.5 ]`
WrittenEdge edge_with_properties(std::string from, const Said& said, const WrittenFile& file) {
  WrittenEdge edge{std::move(from), {}, nullptr, said.line, {}};
  const WrittenSubject* inner =
      said.object.type == Term::Type::blank ? file.find(said.object) : nullptr;
  if (inner == nullptr) return edge;
  edge.line = inner->line;
  for (const Said& part : inner->statements) {
    const std::string_view name = behind(part.predicate, kNameNamespace);
    if (name == "relation") {
      edge.relation = short_form(part.object.text);
      if (edge.relation.starts_with("m:")) edge.relation.erase(0, 2);
    } else if (name == "to") {
      edge.to = &part;
    } else {
      edge.properties.push_back(&part);
    }
  }
  return edge;
}

}  // namespace

bool begins_with_capital(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
}

bool is_relation_name(std::string_view name) {
  return begins_with_capital(name) &&
         std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::vector<WrittenEdge> edges_of(const WrittenSubject& subject, const WrittenFile& file,
                                  std::string_view kind, const Schema& schema) {
  std::vector<WrittenEdge> edges;
  const std::string from(subject.id());
  for (const Said& said : subject.statements) {
    const std::string_view ours = behind(said.predicate, kNameNamespace);
    if (ours == "edge") {
      edges.push_back(edge_with_properties(from, said, file));
    } else if (is_relation_name(ours)) {
      edges.push_back({from, std::string(ours), &said, said.line, {}});
    } else if (ours.empty()) {
      const PredicateRule* rule = schema.predicate_rule(said.predicate, kind);
      if (rule != nullptr && !rule->relation.empty()) {
        edges.push_back({from, rule->relation, &said, said.line, {}});
      }
    }
  }
  return edges;
}

std::string_view stated_kind(const WrittenSubject& subject, const Schema& schema) {
  for (const Said& said : subject.statements) {
    if (said.predicate != kRdfType) continue;
    const KindInfo* kind = schema.kind(behind(said.object.text, kNameNamespace));
    if (kind != nullptr) return kind->name;
  }
  return {};
}

std::string name_predicate(const KindInfo& kind) {
  return kind.name_property == "label" ? std::string(kSkos) + "prefLabel"
                                       : std::string(kNameNamespace) + kind.name_property;
}

void World::add(const WrittenFile& file) {
  files_.push_back(&file);
  for (const WrittenSubject& subject : file.subjects) {
    const std::string id(subject.id());
    if (id.empty()) continue;
    const std::string_view kind = stated_kind(subject, schema_);
    if (kind.empty() && !nodes_.contains(id)) continue;
    KnownNode& node = nodes_[id];
    if (node.kind.empty()) {
      node.kind = kind;
      node.place = {file.name, subject.line};
    }
    const std::string named_by = name_predicate(*schema_.kind(node.kind));
    for (const Said& said : subject.statements) {
      if (said.object.type != Term::Type::literal || said.object.text.empty()) continue;
      if (said.predicate == named_by) node.named_in.insert(said.object.language);
      if (behind(said.predicate, kSkos) == "definition") {
        node.defined_in.insert(said.object.language);
      }
    }
  }
}

const KnownNode* World::find(std::string_view id) const {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : &found->second;
}

std::string_view World::kind_of(std::string_view id) const {
  if (const KnownNode* node = find(id)) return node->kind;
  const KindInfo* kind = schema_.kind_of_id(id);
  return kind == nullptr ? std::string_view() : std::string_view(kind->name);
}

bool World::may_have_lost(std::string_view id) const {
  const std::string_view local = id.substr(id.rfind(':') + 1);
  return std::ranges::any_of(files_, [local](const WrittenFile* file) {
    return file->lost.find(local) != std::string::npos;
  });
}

std::set<std::string, std::less<>> World::property_names() const {
  std::set<std::string, std::less<>> names;
  for (const KindInfo& kind : schema_.kinds()) {
    names.insert(kind.properties.begin(), kind.properties.end());
  }
  for (const WrittenFile* file : files_) {
    for (const WrittenSubject& subject : file->subjects) {
      if (subject.id().empty()) continue;
      for (const Said& said : subject.statements) {
        const std::string_view name = behind(said.predicate, kNameNamespace);
        if (!name.empty() && name != "edge" && !begins_with_capital(name)) names.emplace(name);
      }
    }
  }
  return names;
}

std::set<std::string, std::less<>> World::ids() const {
  std::set<std::string, std::less<>> ids;
  for (const auto& [id, node] : nodes_) ids.insert(id);
  return ids;
}

}  // namespace mangrove::ontology
