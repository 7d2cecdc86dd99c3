#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/audience.h"
#include "graph/catalogue.h"
#include "graph/storage/records.h"
#include "graph/text/stated_text.h"

namespace mangrove::graph {

/// A property whose words can be searched, and how much a word counts in it.
struct TextProperty {
  std::string name;
  double weight;
};
using SearchedProperties = std::vector<TextProperty>;

/// What tells an index of these properties from one of others.
std::string settings_of(const SearchedProperties& searched);

/// Gathers the texts of a node: each text of each property once, for whoever sees any statement of
/// it.
class TextGatherer {
 public:
  TextGatherer(const Catalogue& catalogue, const SearchedProperties& searched);

  bool is_searched(Name name) const { return weight_of(name) > 0; }
  bool has_searched(const std::vector<StoredProperty>& properties) const;

  /// What a record states of its subject; `policy` is the record's, with the guards on the subject.
  void add(const StoredRecord& record, Policy policy, Policies& policies);
  /// `guard` is what it takes to pass the guards on the node.
  Status add(const MentionedValue& mention, Policy guard, Policies& policies);
  std::vector<StatedText> finish(Policies& policies);

 private:
  struct Gathered {
    Name name;
    Text text;
    Policy policy;

    friend auto operator<=>(const Gathered&, const Gathered&) = default;
  };
  std::uint32_t weight_of(Name name) const;

  std::vector<std::pair<Name, std::uint32_t>> weights_;
  std::vector<Gathered> gathered_;
};

}  // namespace mangrove::graph
