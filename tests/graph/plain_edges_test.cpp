#include "graph/plain_edges.h"

#include <gtest/gtest.h>

#include <vector>

namespace mangrove::graph {
namespace {

RelationSet of(std::vector<Relation> relations) {
  RelationSet result;
  for (const Relation relation : relations) result.add(relation);
  return result;
}

const RecordNumber kFirst{0};
const RecordNumber kFar{9'999};

TEST(PlainEdges, OfARecordNotYetReadAreNotKnown) {
  const PlainEdges notes(10'000);
  EXPECT_FALSE(notes.are_plain(kFirst, Relation{3}));
  EXPECT_FALSE(PlainEdges().are_plain(kFirst, Relation{3}));
}

TEST(PlainEdges, AreThoseByRelationsOfWhichNothingMoreIsStated) {
  const PlainEdges notes(10'000);
  notes.note(kFar, of({Relation{3}}));
  EXPECT_FALSE(notes.are_plain(kFar, Relation{3}));
  EXPECT_TRUE(notes.are_plain(kFar, Relation{4}));
  notes.note(kFirst, RelationSet::all());
  EXPECT_FALSE(notes.are_plain(kFirst, Relation{4}));
}

TEST(PlainEdges, OfAChangedRecordAreForgottenInTheNextVersionOnly) {
  const PlainEdges before(10'000);
  before.note(kFirst, {});
  before.note(RecordNumber{1}, {});
  before.note(kFar, {});
  const PlainEdges next(20'000, before, std::vector{kFirst, RecordNumber{19'999}});
  EXPECT_TRUE(before.are_plain(kFirst, Relation{0}));
  EXPECT_FALSE(next.are_plain(kFirst, Relation{0}));
  EXPECT_TRUE(next.are_plain(RecordNumber{1}, Relation{0}));
  EXPECT_TRUE(next.are_plain(kFar, Relation{0}));
  EXPECT_FALSE(next.are_plain(RecordNumber{19'999}, Relation{0}));
}

TEST(PlainEdges, LearntFromOneVersionAreKnownOfTheNextWhereNoRecordNearbyChanged) {
  const PlainEdges before(10'000);
  const PlainEdges next(10'000, before, std::vector{kFirst});
  before.note(kFar, {});
  before.note(kFirst, {});
  EXPECT_TRUE(next.are_plain(kFar, Relation{0}));
  EXPECT_FALSE(next.are_plain(kFirst, Relation{0}));
}

TEST(PlainEdges, OfRecordsBeyondTheGraphAreNeverKnown) {
  const PlainEdges notes(1);
  notes.note(RecordNumber{1'000'000}, {});
  EXPECT_FALSE(notes.are_plain(RecordNumber{1'000'000}, Relation{0}));
}

}  // namespace
}  // namespace mangrove::graph
