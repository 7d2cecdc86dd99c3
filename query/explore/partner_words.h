#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/base/result.h"
#include "query/answer.h"
#include "query/explore/partner_features.h"
#include "query/filter.h"
#include "query/reading.h"

namespace mangrove::query {

/// A candidate, to be put in words.
struct PartnerInWords {
  graph::NodeIndex actor;
  bool complementary = false;
  bool other_type = false;
  std::vector<const Feature*> features;  ///< That speak for it, the most telling first.
};

/// Puts the suggestion of partners in words.
class PartnerWords {
 public:
  /// `own` are the asker's initiatives, in order of index. All must outlive it.
  PartnerWords(const Context& context, const Relations& relations, const PreparedFilter& filter,
               const PreparedFilter& all, Reading& reading, graph::NodeIndex asker,
               std::span<const graph::NodeIndex> own);

  /// Reads what the words about these candidates need.
  Status prepare(std::span<const PartnerInWords> partners);

  /// Why it is suggested; the weights of the strongest are those of the features.
  Result<std::vector<Reason>> reasons(const PartnerInWords& partner);
  /// `Both work on 8.7 in Ghana; it also uses Legal aid, which Danida does not.`
  std::string reading(const PartnerInWords& partner) const;
  /// What speaks against it, by what its reasons say.
  Result<std::vector<std::string>> against(const PartnerInWords& partner,
                                           const std::vector<Reason>& why, bool introduced) const;

 private:
  /// How an initiative is tied to what a feature is about: on the strongest basis there is, and of
  /// equally strong ones by the first source.
  struct Half {
    graph::NodeIndex initiative;
    Basis basis = Basis::text;
    std::string_view source;  // Empty: not tied.
  };

  graph::NodeIndex witness(const Feature& feature,
                           const std::vector<graph::NodeIndex>& initiatives) const;
  Result<Half> half(const Feature& feature, graph::NodeIndex initiative) const;
  Result<Half> own_half(const Feature& feature);
  Result<Reason> reason(const Feature& feature, graph::NodeIndex witness);
  std::string text_of(const Feature& feature) const;
  std::string added_text(const Feature& feature) const;
  bool never_met(const PartnerInWords& partner) const;
  bool only_in_containing_place(const PartnerInWords& partner) const;
  Status find_containing();

  const Context& context_;
  const Relations& relations_;
  const PreparedFilter& filter_;
  const PreparedFilter& all_;
  Reading& reading_;
  graph::NodeIndex asker_;
  std::span<const graph::NodeIndex> own_;
  std::unordered_map<const Feature*, Half> own_halves_;
  /// By candidate, then in the order of its features: whose initiative has it.
  std::map<graph::NodeIndex, std::vector<graph::NodeIndex>> witnesses_;
  std::map<graph::NodeIndex, std::size_t> parts_;  // Initiatives of a candidate.
  std::set<graph::NodeIndex> containing_;          // Strictly around places where we work.
};

}  // namespace mangrove::query
