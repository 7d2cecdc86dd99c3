#include "ontology/check/cycles.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace mangrove::ontology {
namespace {

struct Tie {
  std::string to;
  Place place;
};
using Ties = std::map<std::string, std::vector<Tie>>;

constexpr std::array<std::string_view, 3> kUpwards{"PART_OF", "WITHIN", "broader"};

void gather(const WrittenFile& file, const World& world, std::map<std::string_view, Ties>& all) {
  for (const WrittenSubject& subject : file.subjects) {
    const std::string from(subject.id());
    if (from.empty()) continue;
    const auto add = [&](std::string_view relation, const Term& end, std::size_t line) {
      const auto known = std::ranges::find(kUpwards, relation);
      const std::string_view to = behind(end.text, kIdNamespace);
      if (known == kUpwards.end() || to.empty() || to == from) return;
      all[*known][from].push_back({std::string(to), {file.name, line}});
    };
    for (const Said& said : subject.statements) {
      if (behind(said.predicate, kSkos) == "broader") add("broader", said.object, said.line);
    }
    for (const WrittenEdge& edge : edges_of(subject, file, world.kind_of(from), world.schema())) {
      if (edge.to != nullptr && behind(edge.to->predicate, kSkos).empty()) {
        add(edge.relation, edge.to->object, edge.to->line);
      }
    }
  }
}

/// Walks up from every node, without recursion: what a stranger writes may be long.
class CycleSearch {
 public:
  CycleSearch(std::string relation, const Ties& ties, const std::set<std::string>& checked,
              std::vector<Mistake>& mistakes)
      : relation_(std::move(relation)), ties_(ties), checked_(checked), mistakes_(mistakes) {}

  void run() {
    for (const auto& [node, ties] : ties_) {
      if (state_[node] == State::fresh) walk(node);
    }
  }

 private:
  enum class State { fresh, on_way, done };
  struct Stop {
    std::string node;
    std::size_t next = 0;
  };

  void walk(const std::string& start) {
    way_ = {{start}};
    state_[start] = State::on_way;
    while (!way_.empty()) {
      Stop& stop = way_.back();
      const auto found = ties_.find(stop.node);
      if (found == ties_.end() || stop.next == found->second.size()) {
        state_[stop.node] = State::done;
        way_.pop_back();
        continue;
      }
      const Tie& tie = found->second[stop.next++];
      State& state = state_[tie.to];
      if (state == State::on_way) report(tie);
      if (state != State::fresh) continue;
      state = State::on_way;
      way_.push_back({tie.to});
    }
  }

  /// The cycle that this tie closes, said where one of its ties stands in a checked file.
  void report(const Tie& closing) {
    const auto begin = std::ranges::find(way_, closing.to, &Stop::node);
    std::string names;
    Place place = closing.place;
    for (auto stop = begin; stop != way_.end(); ++stop) {
      names += stop->node + " > ";
      const Tie& taken = ties_.at(stop->node)[stop->next - 1];
      if (!checked_.contains(place.file)) place = taken.place;
    }
    mistakes_.push_back({place.file, place.line, Mistake::Severity::error,
                         "a cycle along " + relation_ + ": " + names + closing.to});
  }

  const std::string relation_;
  const Ties& ties_;
  const std::set<std::string>& checked_;
  std::vector<Mistake>& mistakes_;
  std::map<std::string, State> state_;
  std::vector<Stop> way_;
};

}  // namespace

void check_cycles(const World& world, const std::set<std::string>& checked,
                  std::vector<Mistake>& mistakes) {
  std::map<std::string_view, Ties> all;
  for (const WrittenFile* file : world.files()) gather(*file, world, all);
  for (const auto& [relation, ties] : all) {
    const std::string named = (relation == "broader" ? "skos:" : "m:") + std::string(relation);
    CycleSearch(named, ties, checked, mistakes).run();
  }
}

}  // namespace mangrove::ontology
