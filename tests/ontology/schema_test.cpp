#include "ontology/schema.h"

#include <gtest/gtest.h>

#include <string>

namespace mangrove::ontology {
namespace {

constexpr std::string_view kHead =
    "@prefix m: <urn:mangrove:ns:> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n";
constexpr std::string_view kThing =
    "m:Thing a m:Kind ; m:prefix \"thing:\" , \"thing:small:\" ; m:nameProperty \"label\" ; "
    "skos:prefLabel \"Thing\"@en , \"Chose\"@fr ; skos:definition \"Something.\"@en .\n";
constexpr std::string_view kLikes =
    "m:LIKES a m:Relation ; m:from m:Thing ; m:to m:Thing ; skos:prefLabel \"likes\"@en ; "
    "m:inverseLabel \"liked by\"@en ; skos:definition \"Likes.\"@en .\n";

std::string failure(const std::string& text) {
  Schema schema;
  const Status status = schema.add(std::string(kHead) + text, "s.ttl");
  return status.ok() ? "" : status.error().message;
}

TEST(Schema, ReadsKindsAndRelations) {
  Schema schema;
  const Status status = schema.add(
      std::string(kHead) + std::string(kThing) +
          "m:SHARES a m:Relation ; m:from m:Thing ; m:to m:Thing ; m:edgeProperty \"basis\" ; "
          "skos:prefLabel \"shares\"@en ; m:inverseLabel \"shared by\"@en ; "
          "skos:definition \"Shares.\"@en ; m:group \"connection\" ; m:weight 1.2 ; "
          "m:sharing \"Both share {name}\"@en .",
      "s.ttl");
  ASSERT_TRUE(status.ok()) << status.error().message;
  const KindInfo* thing = schema.kind("Thing");
  ASSERT_NE(thing, nullptr);
  EXPECT_EQ(thing->prefixes, (std::vector<std::string>{"thing:", "thing:small:"}));
  EXPECT_EQ(thing->name_property, "label");
  const RelationInfo* shares = schema.relation("SHARES");
  ASSERT_NE(shares, nullptr);
  EXPECT_TRUE(shares->connection);
  EXPECT_DOUBLE_EQ(shares->weight, 1.2);
  EXPECT_EQ(shares->sharing.in("en"), "Both share {name}");
  EXPECT_EQ(schema.kind("Nothing"), nullptr);
  EXPECT_EQ(schema.relation("KNOWS"), nullptr);
}

TEST(Schema, ALabelFallsBackToTheMainLanguageThenToEnglish) {
  Labels labels;
  EXPECT_EQ(labels.in("fr"), "");
  labels.set("es", "Meta");
  EXPECT_EQ(labels.in("fr"), "Meta");
  labels.set("en", "Target");
  labels.set("pt", "Alvo");
  EXPECT_EQ(labels.in("fr"), "Target");
  EXPECT_EQ(labels.in("pt-br"), "Alvo");
  EXPECT_FALSE(labels.set("en", "Aim"));
  EXPECT_EQ(labels.in("en"), "Target");
}

TEST(Schema, UnknownThingsAreErrorsWithTheirLine) {
  EXPECT_EQ(failure("m:x a m:Thingamajig ."), "s.ttl:2: a schema cannot state a m:Thingamajig");
  EXPECT_EQ(failure("m:x m:y 1 ."), "s.ttl:2: a subject without a type");
  EXPECT_EQ(failure(std::string(kThing) + "m:Thing m:colour \"red\" ."),
            "s.ttl:3: m:Kind knows no m:colour");
  EXPECT_EQ(failure(std::string(kLikes)), "s.ttl: m:LIKES names a kind that is not there: m:Thing");
}

TEST(Schema, MissingAndRepeatedThingsAreErrors) {
  EXPECT_EQ(failure("m:Thing a m:Kind ; m:prefix \"t:\" ."),
            "s.ttl:2: m:Kind without m:nameProperty");
  EXPECT_EQ(failure(std::string(kThing) + "m:Thing m:nameProperty \"name\" ."),
            "s.ttl:3: m:nameProperty is given twice");
  EXPECT_EQ(failure(std::string(kThing) + "m:Thing skos:prefLabel \"Ding\"@en ."),
            "s.ttl:3: skos:prefLabel is given twice in the language en");
  Schema schema;
  ASSERT_TRUE(schema.add(std::string(kHead) + std::string(kThing), "s.ttl").ok());
  const Status again = schema.add(std::string(kHead) + std::string(kThing), "t.ttl");
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().message, "t.ttl:2: the kind Thing is there already");
  EXPECT_EQ(schema.kinds().size(), 1U);
}

TEST(Schema, AValueOfTheWrongFormIsAnError) {
  const std::string things(kThing);
  EXPECT_EQ(failure(things + std::string(kLikes) + "m:LIKES m:weight 0 ."),
            "s.ttl:4: m:weight wants a number above 0 and up to 1000");
  EXPECT_EQ(failure(things + std::string(kLikes) + "m:LIKES m:group \"club\" ."),
            "s.ttl:4: m:group knows only \"connection\"");
  EXPECT_EQ(failure(things + "m:Thing skos:prefLabel \"no language\" ."),
            "s.ttl:3: skos:prefLabel wants a text with a language, such as \"...\"@en");
  EXPECT_EQ(failure("[] a m:PredicateRule ; m:predicate skos:broader ."),
            "s.ttl:2: m:PredicateRule wants either m:property or m:relation");
  EXPECT_EQ(failure(things + "[] a m:CodelistRule ; m:codelist \"X\" ; m:kind m:Thing ; "
                             "m:id \"x:\" ; m:labelProperty \"label\" ."),
            "s.ttl:3: m:id of a code list wants {code} in it");
}

TEST(Schema, PairsNarrowWhatARelationMayTie) {
  RelationInfo relation;
  relation.from = {"Target", "Actor"};
  relation.to = {"Goal", "Actor"};
  EXPECT_TRUE(relation.allows("Target", "Actor"));
  relation.pairs = {{"Target", "Goal"}, {"Actor", "Actor"}};
  EXPECT_FALSE(relation.allows("Target", "Actor"));
  EXPECT_TRUE(relation.allows("Target", "Goal"));
  EXPECT_TRUE(relation.allows("Target", ""));
  EXPECT_FALSE(relation.allows("", "Place"));
}

constexpr std::string_view kPart =
    "m:PART_OF a m:Relation ; m:from m:Thing ; m:to m:Thing ; skos:prefLabel \"part of\"@en ; "
    "m:inverseLabel \"has part\"@en ; skos:definition \"Part.\"@en .\n";
constexpr std::string_view kSized =
    "m:Sized a m:Kind ; m:prefix \"sized:\" ; m:nameProperty \"label\" ; m:nodeProperty \"size\" ; "
    "skos:prefLabel \"Sized\"@en ; skos:definition \"Sized.\"@en .\n";

/// What is wrong with a vocabulary of these kinds that says this.
std::string vocabulary_failure(const std::string& rest) {
  const std::string message =
      failure(std::string(kThing) + std::string(kSized) + std::string(kPart) +
              "m:things a m:Vocabulary ; skos:prefLabel \"Things\"@en ; "
              "skos:definition \"All.\"@en ; " +
              rest + " .");
  const std::size_t place = message.find(": ");
  return place == std::string::npos ? message : message.substr(place + 2);
}

TEST(Schema, ReadsVocabularies) {
  Schema schema;
  const Status status = schema.add(
      std::string(kHead) + std::string(kThing) + std::string(kSized) + std::string(kPart) +
          "m:things-of-size a m:Vocabulary ; m:kind m:Thing , m:Sized ; m:parentRelation m:PART_OF "
          "; m:parentProperty \"size\" ; m:orderProperty \"size\" ; "
          "m:arrangement [ m:property \"size\" ; skos:prefLabel \"Size\"@en ] , "
          "[ m:parentKind m:Thing ; skos:prefLabel \"Thing\"@en ] ; "
          "skos:prefLabel \"Things\"@en ; skos:definition \"All.\"@en .",
      "s.ttl");
  ASSERT_TRUE(status.ok()) << status.error().message;
  const VocabularyInfo* things = schema.vocabulary("things-of-size");
  ASSERT_NE(things, nullptr);
  EXPECT_EQ(things->kinds, (std::vector<std::string>{"Thing", "Sized"}));
  EXPECT_EQ(things->parent_relations, std::vector<std::string>{"PART_OF"});
  EXPECT_EQ(things->parent_property, "size");
  ASSERT_EQ(things->arrangements.size(), 2);
  EXPECT_EQ(things->arrangements[0].name(), "size");
  EXPECT_EQ(things->arrangements[1].name(), "Thing");
  EXPECT_EQ(schema.vocabulary("things"), nullptr);
}

TEST(Schema, AVocabularyNamesOnlyWhatItsKindsHave) {
  EXPECT_EQ(vocabulary_failure("m:kind m:Thing , m:Sized"), "");
  EXPECT_EQ(vocabulary_failure("m:kind m:Other"),
            "the vocabulary m:things names a kind that is not there: m:Other");
  EXPECT_EQ(vocabulary_failure("m:kind m:Thing ; m:parentRelation m:LIKES"),
            "the vocabulary m:things names a relation that is not there: m:LIKES");
  EXPECT_EQ(vocabulary_failure("m:kind m:Sized ; m:parentRelation m:PART_OF"),
            "the vocabulary m:things has no two kinds that m:PART_OF ties");
  EXPECT_EQ(vocabulary_failure("m:kind m:Thing ; m:orderProperty \"size\""),
            "the vocabulary m:things names a property that none of its kinds has: size");
  EXPECT_EQ(vocabulary_failure("m:kind m:Thing ; m:arrangement [ m:parentKind m:Sized ; "
                               "skos:prefLabel \"Size\"@en ]"),
            "the vocabulary m:things is arranged by a kind that it does not have: m:Sized");
  EXPECT_EQ(vocabulary_failure("m:kind m:Thing ; m:arrangement [ skos:prefLabel \"Size\"@en ]"),
            "m:arrangement wants either m:property or m:parentKind");
  EXPECT_EQ(vocabulary_failure("m:kind m:Thing ; m:arrangement \"size\""),
            "m:arrangement wants [ m:property ... ; skos:prefLabel ... ]");
  EXPECT_EQ(vocabulary_failure("m:parentProperty \"size\""), "m:Vocabulary without m:kind");
}

TEST(Schema, TheLongestPrefixTellsTheKindOfAnId) {
  Schema schema;
  const std::string small =
      "m:Small a m:Kind ; m:prefix \"thing:tiny:\" ; m:nameProperty \"label\" ; "
      "skos:prefLabel \"Small\"@en ; skos:definition \"Small.\"@en .\n"
      "m:Other a m:Kind ; m:prefix \"thing:small:\" ; m:nameProperty \"label\" ; "
      "skos:prefLabel \"Other\"@en ; skos:definition \"Other.\"@en .\n";
  ASSERT_TRUE(schema.add(std::string(kHead) + std::string(kThing) + small, "s.ttl").ok());
  EXPECT_EQ(schema.kind_of_id("thing:1"), schema.kind("Thing"));
  EXPECT_EQ(schema.kind_of_id("thing:tiny:1"), schema.kind("Small"));
  EXPECT_EQ(schema.kind_of_id("thing:small:1"), nullptr);  // Two kinds share it.
  EXPECT_EQ(schema.kind_of_id("what:1"), nullptr);
}

TEST(Schema, TheLongestIriPrefixWins) {
  Schema schema;
  ASSERT_TRUE(schema
                  .add(std::string(kHead) +
                           "[] a m:IriRule ; m:iriPrefix \"http://x/\" ; m:idPrefix \"x:\" .\n"
                           "[] a m:IriRule ; m:iriPrefix \"http://x/y/\" ; m:idPrefix \"y:\" .\n",
                       "s.ttl")
                  .ok());
  EXPECT_EQ(schema.iri_rule("http://x/y/1")->id_prefix, "y:");
  EXPECT_EQ(schema.iri_rule("http://x/1")->id_prefix, "x:");
  EXPECT_EQ(schema.iri_rule("http://z/1"), nullptr);
}

}  // namespace
}  // namespace mangrove::ontology
