#include "ontology/check.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "ontology/check/cycles.h"
#include "ontology/check/edges.h"
#include "ontology/check/findings.h"
#include "ontology/check/namesakes.h"
#include "ontology/check/nodes.h"
#include "ontology/check/reading.h"
#include "ontology/check/reading_world.h"
#include "ontology/check/world.h"
#include "ontology/identity_rules.h"

namespace mangrove::ontology {
namespace {

constexpr std::array<std::string_view, 6> kSchemaTypes{"Kind",     "Relation",      "IriRule",
                                                       "TypeRule", "PredicateRule", "CodelistRule"};

std::string_view type_of(const WrittenSubject& subject) {
  for (const Said& said : subject.statements) {
    if (said.predicate == kRdfType) return behind(said.object.text, kNameNamespace);
  }
  return {};
}

bool is_schema(const WrittenFile& file) {
  return std::ranges::any_of(file.subjects, [](const WrittenSubject& subject) {
    return std::ranges::find(kSchemaTypes, type_of(subject)) != kSchemaTypes.end();
  });
}

std::set<std::string> sources_of(const WrittenFile& file) {
  std::set<std::string> sources;
  for (const WrittenSubject& subject : file.subjects) {
    if (type_of(subject) == "Source") sources.emplace(subject.id());
  }
  return sources;
}

class VocabularyCheck {
 public:
  VocabularyCheck(std::span<const DataFile> files, const Ontology& built_in)
      : schema_(built_in.schema()) {
    for (const DataFile& file : files) {
      if (is_identity_file(file)) {
        order_.try_emplace(std::string(file.name), order_.size());
        const auto rules = read_identity_rules(std::span(&file, 1));
        if (!rules.ok()) note(rules.error(), std::string(file.name));
        continue;
      }
      checked_.push_back(read_written(file.bytes, file.name));
      const WrittenFile& written = checked_.back();
      order_.try_emplace(written.name, order_.size());
      is_schema_.push_back(is_schema(written));
      std::ranges::move(sources_of(written), std::inserter(replaced_, replaced_.end()));
      if (is_schema_.back()) take_schema(file);
    }
    for (const DataFile& file : built_in.vocabularies()) {
      built_in_.push_back(read_written(file.bytes, file.name));
    }
  }

  std::vector<Mistake> all() {
    World shipped(schema_);
    World world(schema_);
    for (const WrittenFile& file : built_in_) {
      shipped.add(file);
      if (!is_replaced(file)) world.add(file);
    }
    add_checked(world);
    check_each(world, shipped.property_names());
    std::set<std::string> names;
    for (const WrittenFile& file : checked_) names.insert(file.name);
    check_cycles(world, names, mistakes_);
    check_namesakes(world, names, mistakes_);
    std::ranges::stable_sort(mistakes_, {}, [this](const Mistake& mistake) {
      return std::pair(order_.at(mistake.file), mistake.line);
    });
    return std::move(mistakes_);
  }

 private:
  /// A schema that states kinds we have is a version of the whole; another one adds to ours.
  void take_schema(const DataFile& file) {
    Schema schema = names_known_kind(checked_.back()) ? Schema() : schema_;
    const Status status = schema.add(file.bytes, file.name);
    if (status.ok()) {
      schema_ = std::move(schema);
    } else if (checked_.back().syntax.empty()) {
      note(status.error(), std::string(file.name));
    }
  }

  bool names_known_kind(const WrittenFile& file) const {
    return std::ranges::any_of(file.subjects, [this](const WrittenSubject& subject) {
      return type_of(subject) == "Kind" &&
             schema_.kind(behind(subject.term.text, kNameNamespace)) != nullptr;
    });
  }

  /// An error whose message begins with the file and mostly a line: `names.ttl:4: no such use`.
  void note(const Error& error, const std::string& file) {
    std::string_view text = error.message;
    std::size_t line = 1;
    if (text.starts_with(file + ":")) text.remove_prefix(file.size() + 1);
    if (const std::size_t digits = text.find_first_not_of("0123456789");
        digits > 0 && digits < text.size()) {
      line = std::stoul(std::string(text.substr(0, digits)));
      text.remove_prefix(digits + 1);
    }
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    mistakes_.push_back({file, line, Mistake::Severity::error, std::string(text)});
  }

  bool is_replaced(const WrittenFile& file) const {
    const std::set<std::string> sources = sources_of(file);
    return std::ranges::any_of(
        sources, [this](const std::string& source) { return replaced_.contains(source); });
  }

  void add_checked(World& world) const {
    for (std::size_t i = 0; i < checked_.size(); ++i) {
      if (!is_schema_[i]) world.add(checked_[i]);
    }
  }

  void check_each(const World& world, const std::set<std::string, std::less<>>& properties) {
    const ReadingWorld reading(world);
    for (std::size_t i = 0; i < checked_.size(); ++i) {
      std::ranges::copy(checked_[i].syntax, std::back_inserter(mistakes_));
      if (is_schema_[i]) continue;
      Findings findings(checked_[i].name, mistakes_);
      check_nodes(checked_[i], world, properties, findings);
      check_edges(checked_[i], world, findings);
      check_reading(checked_[i], world, reading, findings);
    }
  }

  Schema schema_;
  std::vector<WrittenFile> checked_;
  std::vector<bool> is_schema_;
  std::vector<WrittenFile> built_in_;
  std::set<std::string> replaced_;  // Sources of built-in files that a checked one stands for.
  std::map<std::string, std::size_t> order_;
  std::vector<Mistake> mistakes_;
};

}  // namespace

std::vector<Mistake> check_vocabularies(std::span<const DataFile> files, const Ontology& built_in) {
  return VocabularyCheck(files, built_in).all();
}

}  // namespace mangrove::ontology
