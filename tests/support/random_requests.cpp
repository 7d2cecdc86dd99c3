#include "tests/support/random_requests.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "web/server/percent.h"

namespace mangrove::tests {

namespace {

using Values = std::vector<std::string>;

/// Puts a request together.
class Target {
 public:
  Target(Chance& chance, std::string path) : chance_(chance), text_("/api/v1" + std::move(path)) {}

  /// A parameter that is always there.
  Target& with(std::string_view name, std::string_view value) {
    text_ += (any_ ? "&" : "?") + std::string(name) + "=" + web::percent_encode(value);
    any_ = true;
    return *this;
  }
  /// One that is there `percent` times in a hundred.
  Target& maybe(unsigned percent, std::string_view name, const Values& values) {
    const std::string& value = chance_.one_of(values);
    return chance_.happens(percent) ? with(name, value) : *this;
  }
  Target& maybe_narrowed() {
    return maybe(12, "place", {"GH", "place:m49:2", "accra", "XX"}).maybe_narrowed_but_for_place();
  }
  Target& maybe_narrowed_but_for_place() {
    return maybe(12, "target", {"8.7", "8", "sdg:16.2"})
        .maybe(8, "determinant", {"det:debt", "fees"})
        .maybe(8, "sector", {"sector:1", "2"})
        .maybe(8, "actor", {"org:1", "org:7", "3"})
        .maybe(8, "status", {"closed", "implementation"})
        .maybe(8, "from", {"2012", "2018"})
        .maybe(8, "to", {"2015", "2020"})
        .maybe_based();
  }
  Target& maybe_based() {
    return maybe(12, "basis", {"reported", "mapped", "text,reviewed", "reported,text", "guessed"});
  }
  Target& maybe_along() {
    return maybe(20, "relation",
                 {"TAKES_PART_IN", "WORKS_IN,CONTRIBUTES_TO", "FUNDS", "INFLUENCES", "LIKES"});
  }
  Target& maybe_of_kind() {
    return maybe(15, "kind", {"Initiative", "Actor", "Target,Goal", "Place", "Oddity"});
  }
  Target& maybe_paged() {
    return maybe(50, "limit", {"1", "2", "3", "7", "200"}).maybe(20, "lang", {"en", "fr", "es"});
  }

  std::string take() { return std::move(text_); }

 private:
  Chance& chance_;
  std::string text_;
  bool any_ = false;
};

std::string id(Chance& chance) {
  static const Values strange{"8.7", "SDG 16.02", "GH", "XX-1", "init:nowhere", "org:9", "nothing"};
  return chance.happens(10) ? chance.one_of(strange) : chance.one_of(RandomRecords::ids());
}

/// Mostly of this scheme.
std::string id_of(Chance& chance, std::string_view scheme) {
  constexpr int kTries = 200;
  for (int i = 0; i < kTries && chance.below(50) > 0; ++i) {
    std::string some = id(chance);
    if (some.starts_with(scheme)) return some;
  }
  return id(chance);
}

/// A word as it is, cut short as while typing, or misspelt.
std::string word(Chance& chance) {
  std::string text = chance.one_of(RandomRecords::words());
  const std::size_t at = chance.below(text.size());
  switch (chance.below(4)) {
    case 0:
      text.resize(at + 1);
      break;
    case 1:
      text[at] = 'z';
      break;
    case 2:
      text.erase(at, 1);
      break;
    default:
      break;
  }
  return text;
}

Target about(Chance& chance, std::string_view before, const std::string& node,
             std::string_view after) {
  return {chance, std::string(before) + web::percent_encode(node) + std::string(after)};
}

std::string search(Chance& chance) {
  Target target(chance, "/search");
  target.with("q", chance.happens(50) ? word(chance) : word(chance) + " " + word(chance));
  return target.maybe_narrowed().maybe_of_kind().maybe_paged().take();
}

std::string search_without_words(Chance& chance) {
  Target target(chance, "/search");
  target.maybe(30, "q", {"8.7", "org:3", "XX-1", "place GH"});
  return target.maybe_narrowed().maybe_of_kind().maybe_paged().take();
}

std::string node(Chance& chance) {
  Target target = about(chance, "/nodes/", id(chance), "");
  return target.maybe(20, "lang", {"en", "fr"}).maybe_based().take();
}

std::string neighbours(Chance& chance) {
  Target target = about(chance, "/nodes/", id(chance), "/neighbours");
  target.maybe(20, "direction", {"in", "out", "both"}).maybe(10, "neighbour", {id(chance)});
  return target.maybe_along().maybe_of_kind().maybe_based().maybe_paged().take();
}

std::string overlaps(Chance& chance) {
  const std::string initiative = id_of(chance, chance.happens(20) ? "iati:" : "init:");
  Target target = about(chance, "/initiatives/", initiative, "/overlaps");
  return target.maybe_narrowed().maybe_paged().take();
}

std::string overlap_pairs(Chance& chance) {
  return Target(chance, "/overlaps").maybe_narrowed().maybe_paged().take();
}

std::string partners(Chance& chance) {
  const bool of_actor = chance.happens(70);
  Target target = about(chance, of_actor ? "/actors/" : "/initiatives/",
                        id_of(chance, of_actor ? "org:" : "init:"), "/partners");
  target.maybe(20, "type", {"alike", "complementary", "both"});
  return target.maybe_narrowed().maybe_paged().take();
}

std::string paths(Chance& chance) {
  Target target(chance, "/paths");
  target.with("from", id(chance)).with("to", id(chance));
  target.maybe(30, "max_hops", {"1", "2", "4", "8"}).maybe(40, "k", {"1", "5", "10"});
  target.maybe(10, "place", {"GH", "place:m49:2"}).maybe(10, "target", {"8.7", "8"});
  return target.maybe_along().maybe_of_kind().maybe_based().take();
}

std::string linkages(Chance& chance) {
  Target target(chance, "/linkages");
  return target.with("target", id_of(chance, "sdg:")).maybe_narrowed().maybe_paged().take();
}

std::string linkage_matrix(Chance& chance) {
  Target target(chance, "/linkages/matrix");
  return target.maybe(50, "level", {"goals", "targets"}).maybe_narrowed().take();
}

std::string map(Chance& chance) {
  Target target(chance, "/map");
  return target.maybe(50, "by", {"goals", "targets"}).maybe_narrowed().take();
}

std::string timeline(Chance& chance) {
  return Target(chance, "/timeline").maybe_narrowed().take();
}

std::string money(Chance& chance) {
  Target target(chance, "/money");
  target.maybe(80, "by", {"funder", "recipient", "flow", "place", "target", "goal", "year"});
  target.maybe(30, "currency", {"EUR", "gbp", "XDR", "XX"});
  return target.maybe_narrowed().maybe_paged().take();
}

std::string analytics(Chance& chance) {
  Target target(chance,
                "/analytics/" + chance.one_of(Values{"pagerank", "betweenness", "communities",
                                                     "components", "cores", "bridges"}));
  target.maybe(20, "among", {"Actor,Initiative", "Initiative,Place", "Oddity"});
  return target.maybe_along().maybe_of_kind().maybe_narrowed().maybe_paged().take();
}

std::string reach(Chance& chance) {
  Target target = about(chance, "/nodes/", id(chance), "/reach");
  return target.maybe(50, "hops", {"1", "3", "6"}).maybe_along().maybe_based().take();
}

std::string gaps(Chance& chance) {
  Target target(chance, "/gaps");
  target.with("place", id_of(chance, "place:"));
  target.maybe(60, "scheme", {"topics", "targets", "stages", "response-points", "groups"});
  target.maybe(20, "as_of", {"2014-01-01", "2019-06-30", "2019"});
  target.maybe(10, "covered_from", {"2", "0"});
  return target.maybe_narrowed_but_for_place().maybe_paged().take();
}

std::string progress(Chance& chance) {
  const bool of_place = chance.happens(80);
  Target target = about(chance, of_place ? "/places/" : "/initiatives/",
                        id_of(chance, of_place ? "place:" : "init:"), "/progress");
  target.maybe(10, "target", {"8.7", "16.2"}).maybe(10, "determinant", {"debt", "det:fees"});
  target.maybe(10, "from", {"2013", "2017"}).maybe(20, "as_of", {"2015-01-01"});
  return target.maybe_paged().take();
}

std::string assessments(Chance& chance) {
  Target target(chance, "/assessments");
  target.maybe(50, "place", {"GH", "BJ", "accra"}).maybe(20, "on", {"det:debt", "stage:1"});
  target.maybe(20, "actor", {"org:1", "org:2"}).maybe(20, "as_of", {"2015-01-01"});
  return target.maybe_paged().take();
}

std::string cycle(Chance& chance) {
  Target target = about(chance, "/places/", id_of(chance, "place:"), "/cycle");
  target.maybe(30, "stalled_after", {"6", "60", "0"}).maybe(20, "as_of", {"2016-01-01"});
  return target.maybe_paged().take();
}

std::string similar(Chance& chance) {
  const std::string place = id_of(chance, "place:");
  Target target = about(chance, "/places/", place, chance.happens(70) ? "/similar" : "/profile");
  target.maybe(20, "target", {"8.7"}).maybe(20, "as_of", {"2016-01-01"});
  return target.maybe_based().maybe_paged().take();
}

std::string compare(Chance& chance) {
  Target target(chance, "/compare");
  target.with("place", id_of(chance, "place:")).with("place", id_of(chance, "place:"));
  target.maybe(60, "profile", {"auto", "determinants", "work", "colour"});
  return target.maybe_based().maybe_paged().take();
}

std::string graph(Chance& chance) {
  Target target(chance, "/graph");
  target.with("seed", id(chance)).maybe(50, "hops", {"1", "2", "3"});
  target.maybe(50, "limit", {"1", "4", "9", "20"});
  return target.maybe_along().maybe_of_kind().maybe_based().take();
}

std::string vocabulary(Chance& chance) {
  static const Values names{"sdg",   "determinants",    "forms",         "groups", "sectors",
                            "terms", "response-points", "interventions", "stages", "nothing"};
  Target target(chance, "/vocabularies/" + chance.one_of(names));
  return target.maybe_based().maybe_paged().take();
}

std::string sources(Chance& chance) {
  Target target(chance, "/sources");
  target.maybe(30, "q", {"a", "src", "zz"});
  target.maybe(50, "order", {"records", "findings", "name", "retrieved"});
  return target.maybe_paged().take();
}

std::string source(Chance& chance) {
  return about(chance, "/sources/", id_of(chance, "src:"), "").maybe(20, "lang", {"fr"}).take();
}

std::string about_the_whole(Chance& chance) {
  Target target(chance,
                chance.one_of(Values{"/stats", "/stats", "/stats", "/schema", "/vocabularies",
                                     "/health/ready", "/health/live", "/openapi.json"}));
  return target.maybe(10, "unknown", {"1"}).maybe_based().take();
}

}  // namespace

std::string random_request(Chance& chance) {
  // The richer the answer, the more often.
  constexpr std::array kMakers{search,      search,
                               search,      search_without_words,
                               node,        node,
                               node,        neighbours,
                               neighbours,  overlaps,
                               overlaps,    overlap_pairs,
                               partners,    partners,
                               paths,       paths,
                               linkages,    linkage_matrix,
                               map,         timeline,
                               money,       money,
                               reach,       analytics,
                               analytics,   gaps,
                               gaps,        gaps,
                               progress,    progress,
                               assessments, similar,
                               similar,     compare,
                               compare,     cycle,
                               cycle,       graph,
                               graph,       vocabulary,
                               vocabulary,  about_the_whole,
                               sources,     source};
  return kMakers[chance.below(kMakers.size())](chance);
}

}  // namespace mangrove::tests
