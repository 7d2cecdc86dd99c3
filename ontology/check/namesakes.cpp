#include "ontology/check/namesakes.h"

#include <map>
#include <tuple>

#include "graph/base/text.h"

namespace mangrove::ontology {

void check_namesakes(const World& world, const std::set<std::string>& checked,
                     std::vector<Mistake>& mistakes) {
  using Name = std::tuple<std::string_view, std::string, std::string>;  // Kind, language, folded.
  std::map<Name, std::string> bearers;
  for (const WrittenFile* file : world.files()) {
    for (const WrittenSubject& subject : file->subjects) {
      const KindInfo* kind =
          subject.id().empty() ? nullptr : world.schema().kind(world.kind_of(subject.id()));
      if (kind == nullptr) continue;
      const std::string predicate = name_predicate(*kind);
      for (const Said& said : subject.statements) {
        if (said.predicate != predicate || said.object.type != Term::Type::literal) continue;
        const auto [bearer, fresh] = bearers.try_emplace(
            {kind->name, said.object.language, folded(said.object.text)}, subject.id());
        if (fresh || bearer->second == subject.id() || !checked.contains(file->name)) continue;
        mistakes.push_back({file->name, said.line, Mistake::Severity::warning,
                            std::string(subject.id()) + " has the same name as " + bearer->second +
                                ": \"" + said.object.text + "\"@" + said.object.language});
      }
    }
  }
}

}  // namespace mangrove::ontology
