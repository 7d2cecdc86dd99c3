#pragma once

#include <array>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "ingest/linking/relink.h"
#include "ingest/linking/text_links.h"
#include "ontology/ontology.h"
#include "tests/bench/linking/corpus.h"

/// Readers of texts, and what they make of them.
namespace mangrove::bench {

inline constexpr std::string_view kSlavery = "sdg:8.7";

/// The built-in vocabularies in a graph of their own.
struct World {
  World();
  ontology::Ontology ontology;
  std::unique_ptr<graph::Graph> graph;
  std::shared_ptr<const ingest::CompiledVocabulary> vocabulary;
};

/// What a reader makes of one text.
struct Opinion {
  Goals links = 0;
  bool slavery = false;
  std::array<double, kGoals> sureness{};                // 0 where nothing speaks of it.
  std::array<double, kGoals> raised{};                  // The log odds, after crowding.
  std::vector<std::pair<std::string, double>> targets;  // Surest first.
  std::map<std::string, double> raised_targets;
  std::vector<std::string> target_links;
};

/// A vocabulary, and one who reads by it.
class Judge {
 public:
  explicit Judge(std::shared_ptr<const ingest::CompiledVocabulary> vocabulary)
      : vocabulary_(std::move(vocabulary)), reader_(vocabulary_) {}

  const ingest::CompiledVocabulary& vocabulary() const { return *vocabulary_; }

  /// The texts of an activity that are read.
  std::vector<ingest::Passage> passages(const Activity& activity) const;

  /// All links, however unsure.
  std::vector<ingest::TextLink> read(std::span<const ingest::Passage> passages) {
    return reader_.read(passages, 0);
  }

  Opinion opinion(std::span<const ingest::Passage> passages);

 private:
  std::shared_ptr<const ingest::CompiledVocabulary> vocabulary_;
  ingest::TextLinker reader_;
};

/// A plain search: an activity is about a goal where any content word of its name stands in it.
std::shared_ptr<const ingest::CompiledVocabulary> search_for_names(const World& world);

}  // namespace mangrove::bench
