#include "tests/query/random_world.h"

#include <algorithm>
#include <array>

namespace mangrove::test {
namespace {

std::string kind_of(const std::string& id) {
  const std::string scheme = id.substr(0, id.find(':'));
  static const std::map<std::string, std::string> kinds{
      {"init", "Initiative"},       {"org", "Actor"},
      {"place", "Place"},           {"sdg", "Target"},
      {"det", "Determinant"},       {"group", "Group"},
      {"sector", "Sector"},         {"int", "InterventionType"},
      {"response", "ResponsePoint"}};
  return kinds.at(scheme);
}

}  // namespace

RandomWorld::RandomWorld(std::uint32_t seed, const WorldSize& size) : random_(seed), size_(size) {
  for (int i = 0; i < size.initiatives; ++i) initiatives_.push_back("init:" + std::to_string(i));
  for (int i = 0; i < size.actors; ++i) actors_.push_back("org:" + std::to_string(i));
  for (const std::string& initiative : initiatives_) {
    tie_some(initiative, "WORKS_IN", "place:", size.places, 2);
    tie_some(initiative, "CONTRIBUTES_TO", "sdg:8.", size.targets, 3);
    tie_some(initiative, "ADDRESSES", "det:", 4, 2);
    tie_some(initiative, "SERVES", "group:", 3, 1);
    tie_some(initiative, "IN_SECTOR", "sector:", 4, 1);
    tie_some(initiative, "USES", "int:", 4, 2);
    tie_some(initiative, "ACTS_AT", "response:", 3, 1);
    const int parts = 1 + below(3);
    for (int i = 0; i < parts; ++i) {
      constexpr std::array<const char*, 3> kRoles{"funding", "implementing", "reporting"};
      tie("org:" + std::to_string(below(size.actors)), "TAKES_PART_IN", initiative,
          kRoles[static_cast<std::size_t>(below(3))]);
    }
  }
  for (int i = 0; i < size.actors / 4; ++i) {
    tie("org:" + std::to_string(below(size.actors)), "FUNDS",
        "org:" + std::to_string(below(size.actors)), "2020");
  }
}

void RandomWorld::tie(const std::string& from, const std::string& relation, const std::string& to,
                      const std::string& qualifier) {
  if (from == to) return;
  const bool stated =
      std::any_of(edges_.begin(), edges_.end(), [&](const graph::EdgeStatement& edge) {
        return edge.from == from && edge.relation == relation && edge.to == to &&
               edge.qualifier == qualifier;
      });
  if (stated) return;
  edges_.push_back({from, relation, to, qualifier, {}});
  out_[{from, relation}].insert(to);
  in_[{to, relation}].insert(from);
}

void RandomWorld::tie_some(const std::string& from, const std::string& relation,
                           const std::string& prefix, int kinds, int most) {
  constexpr std::array<const char*, 3> kBases{"reported", "mapped", "text"};
  const bool has_basis = relation != "WORKS_IN" && relation != "IN_SECTOR";
  for (int i = 0; i < most; ++i) {
    if (static_cast<double>(below(100)) >= 60 * size_.density) continue;
    // Small numbers more often: some things are common.
    const int which = std::min(below(kinds), below(kinds)) + 1;
    tie(from, relation, prefix + std::to_string(which),
        has_basis ? kBases[static_cast<std::size_t>(below(3))] : "");
  }
}

std::vector<std::string> RandomWorld::nodes() const {
  std::set<std::string> all(initiatives_.begin(), initiatives_.end());
  all.insert(actors_.begin(), actors_.end());
  for (const graph::EdgeStatement& edge : edges_) {
    all.insert(edge.from);
    all.insert(edge.to);
  }
  return {all.begin(), all.end()};
}

std::vector<graph::Record> RandomWorld::records() const {
  std::map<std::string, graph::Record> records;
  for (const std::string& id : nodes()) {
    graph::Record& record = records[id];
    record.source = "src:random";
    record.subject = {id, kind_of(id), {}};
  }
  for (const graph::EdgeStatement& edge : edges_) records[edge.from].edges.push_back(edge);
  std::vector<graph::Record> result;
  for (auto& [id, record] : records) result.push_back(std::move(record));
  return result;
}

std::set<std::string> RandomWorld::ends(const std::string& node, const std::string& relation,
                                        bool out) const {
  const auto& ties = out ? out_ : in_;
  const auto found = ties.find({node, relation});
  return found == ties.end() ? std::set<std::string>() : found->second;
}

std::set<std::string> RandomWorld::neighbours(const std::string& node) const {
  std::set<std::string> all;
  for (const auto* ties : {&out_, &in_}) {
    for (auto at = ties->lower_bound({node, {}}); at != ties->end() && at->first.first == node;
         ++at) {
      all.insert(at->second.begin(), at->second.end());
    }
  }
  return all;
}

std::uint64_t RandomWorld::connections(const std::string& node) const {
  std::uint64_t count = 0;
  for (const auto* ties : {&out_, &in_}) {
    for (auto at = ties->lower_bound({node, {}}); at != ties->end() && at->first.first == node;
         ++at) {
      count += at->second.size();
    }
  }
  return count;
}

}  // namespace mangrove::test
