#include "ontology/ontology.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ontology/check/rule_fit.h"
#include "ontology/check/written.h"
#include "ontology/turtle.h"

namespace mangrove::ontology {
namespace {

const Ontology& ontology() {
  static const Result<Ontology> loaded = Ontology::load();
  return loaded.value();
}

TEST(Ontology, LoadsWhatIsInTheBinary) {
  const Result<Ontology> loaded = Ontology::load();
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(loaded.value().schema().kinds().size(), 29U);
  EXPECT_EQ(loaded.value().schema().relations().size(), 35U);
  EXPECT_GE(loaded.value().vocabularies().size(), 18U);
}

TEST(Ontology, KnowsTheKindsOfItsNodes) {
  EXPECT_EQ(ontology().kind_of("sdg:8"), "Goal");
  EXPECT_EQ(ontology().kind_of("sdg:8.7"), "Target");
  EXPECT_EQ(ontology().kind_of("sdg:8.7.1"), "Indicator");
  EXPECT_EQ(ontology().kind_of("place:GH"), "Place");
  EXPECT_EQ(ontology().kind_of("det:ind-debt"), "Determinant");
  EXPECT_EQ(ontology().kind_of("sdg:8.77"), "");
}

TEST(Ontology, HoldsEveryGoalAndTarget) {
  std::map<std::string, std::set<std::string>, std::less<>> nodes;
  for (const DataFile& file : ontology().vocabularies()) {
    const Status status =
        read_turtle(file.bytes, file.name, [&nodes](const Triple& triple) -> Status {
          if (triple.predicate.ends_with("#type")) {
            nodes[triple.object.text].insert(triple.subject.text);
          }
          return {};
        });
    ASSERT_TRUE(status.ok()) << status.error().message;
  }
  EXPECT_EQ(nodes["urn:mangrove:ns:Goal"].size(), 17U);
  EXPECT_EQ(nodes["urn:mangrove:ns:Target"].size(), 169U);
}

/// Everything that the vocabularies say of nodes of this kind, by id and by name of the property.
std::map<std::string, std::multimap<std::string, Term>> nodes_of(const std::string& kind) {
  std::map<std::string, std::multimap<std::string, Term>> nodes;
  for (const DataFile& file : ontology().vocabularies()) {
    const Status status = read_turtle(file.bytes, file.name, [&](const Triple& triple) -> Status {
      if (!triple.subject.text.starts_with(kIdNamespace)) return {};
      const std::string id = triple.subject.text.substr(kIdNamespace.size());
      if (ontology().kind_of(id) != kind) return {};
      const std::string& predicate = triple.predicate;
      nodes[id].emplace(predicate.substr(predicate.find_last_of(":#") + 1), triple.object);
      return {};
    });
    EXPECT_TRUE(status.ok()) << status.error().message;
  }
  return nodes;
}

/// The one value of a property that wants one.
std::string only(const std::multimap<std::string, Term>& node, const std::string& property) {
  EXPECT_EQ(node.count(property), 1U) << property;
  const auto found = node.find(property);
  return found == node.end() ? std::string() : found->second.text;
}

TEST(Ontology, HoldsEveryPurposeCodeWithItsCategory) {
  const auto sectors = nodes_of("Sector");
  std::size_t purposes = 0;
  for (const auto& [id, sector] : sectors) {
    EXPECT_EQ(sector.count("prefLabel"), 3U) << id;
    const std::string state = only(sector, "list_state");
    EXPECT_TRUE(state == "active" || state == "withdrawn") << id;
    if (only(sector, "vocabulary") == "2") continue;
    ++purposes;
    EXPECT_TRUE(sectors.contains("sector:dac:" + only(sector, "category"))) << id;
  }
  EXPECT_EQ(purposes, 325U);
  EXPECT_EQ(sectors.size(), 325U + 44U);
  EXPECT_EQ(nodes_of("PolicyMarker").size(), 12U);
}

TEST(Ontology, EveryRuleFitsTheSchema) {
  std::size_t rules = 0;
  for (const DataFile& file : ontology().vocabularies()) {
    const WrittenFile written = read_written(file.bytes, file.name);
    for (const WrittenSubject& subject : written.subjects) {
      if (ontology().kind_of(subject.id()) != "Rule") continue;
      ++rules;
      for (const Misfit& misfit : misfits_of(subject, ontology().schema())) {
        ADD_FAILURE() << file.name << ':' << misfit.line << ": " << subject.id() << ": "
                      << misfit.text;
      }
    }
  }
  EXPECT_GE(rules, 24U);
  for (const auto& [id, rule] : nodes_of("Rule")) {
    EXPECT_EQ(rule.count("prefLabel"), 3U) << id;
    EXPECT_EQ(rule.count("definition"), 1U) << id;
  }
}

TEST(Ontology, EveryLabelOfTheSchemaIsThereInThreeLanguages) {
  for (const KindInfo& kind : ontology().schema().kinds()) {
    const std::set<std::string_view> labels{kind.plural_labels.in("en"), kind.labels.in("en")};
    EXPECT_FALSE(labels.contains("")) << kind.name;
  }
  for (const RelationInfo& relation : ontology().schema().relations()) {
    for (const Labels* labels : {&relation.labels, &relation.inverse_labels}) {
      EXPECT_FALSE(labels->in("en").empty()) << relation.name;
      EXPECT_NE(labels->in("en"), labels->in("fr")) << relation.name;
      EXPECT_NE(labels->in("en"), labels->in("es")) << relation.name;
    }
  }
}

TEST(Ontology, TheFingerprintIsThatOfNamesAndBytes) {
  const auto fingerprint = [](std::string_view name, std::string_view bytes) {
    const std::array<DataFile, 1> files{{{name, bytes}}};
    return Ontology::load(files).value().fingerprint();
  };
  EXPECT_EQ(fingerprint("a.ttl", "# 1"), fingerprint("a.ttl", "# 1"));
  EXPECT_NE(fingerprint("a.ttl", "# 1"), fingerprint("a.ttl", "# 2"));
  EXPECT_NE(fingerprint("a.ttl", "# 1"), fingerprint("b.ttl", "# 1"));
  EXPECT_EQ(fingerprint("a.ttl", "").size(), 16U);
}

TEST(Ontology, RefusesANodeOfUnknownOrOfTwoKinds) {
  const std::string_view unknown = "<urn:mangrove:id:x:1>\n a <urn:mangrove:ns:Unicorn> .";
  const std::array<DataFile, 1> files{{{"v.ttl", unknown}}};
  const Result<Ontology> loaded = Ontology::load(files);
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().message,
            "v.ttl:2: x:1 is of a kind that the schema does not know: urn:mangrove:ns:Unicorn");

  const auto schema = std::ranges::find(data_files(), "schema.ttl", &DataFile::name);
  const std::array<DataFile, 2> twice{
      {*schema,
       {"v.ttl", "<urn:mangrove:id:x:1> a <urn:mangrove:ns:Goal> , <urn:mangrove:ns:Target> ."}}};
  EXPECT_EQ(Ontology::load(twice).error().message,
            "v.ttl:1: x:1 is a Target here and a Goal elsewhere");
}

TEST(Ontology, LooksForWordsInNamesFirst) {
  const auto properties = text_properties();
  const auto title = std::ranges::find(properties, "title", &graph::TextProperty::name);
  const auto summary = std::ranges::find(properties, "summary", &graph::TextProperty::name);
  ASSERT_NE(title, properties.end());
  ASSERT_NE(summary, properties.end());
  EXPECT_GT(title->weight, summary->weight);
}

}  // namespace
}  // namespace mangrove::ontology
