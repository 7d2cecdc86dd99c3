#include "ingest/readers/evidence.h"

#include <gtest/gtest.h>

#include <string>

#include "ingest/formats.h"
#include "tests/support/show_steps.h"
#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& ontology() {
  static const ontology::Ontology kOntology = ontology::Ontology::load().value();
  return kOntology;
}

std::string read_bibtex(const std::string& text) {
  return tests::show_steps(*make_bibtex_reader(tests::stream_of(text), "l.bib", ontology()));
}
std::string read_ris(const std::string& text) {
  return tests::show_steps(*make_ris_reader(tests::stream_of(text), "l.ris", ontology()));
}
std::string read_csl(const std::string& text) {
  return tests::show_steps(
      *make_csl_reader(tests::stream_of(text), "l.json", csl_list_in(text), ontology()));
}

/// The id of the first document that is shown.
std::string first_id(const std::string& shown) {
  return shown.substr(0, shown.find(' '));
}

bool says(const std::string& shown, const std::string& text) {
  return shown.find(text) != std::string::npos;
}

constexpr const char* kBibtex = R"(% A list of ours.
@string{jot = "Journal of " # {Tides}}
@article{Moreau2020,
  author = {Moreau, {\'E}lise and {Harbour Workers' Union} and Jan de Vries},
  title = "Debt at {Sea}: a study of {\"o}ar hands",
  journal = jot # { (online)}, year = 2020, month = mar,
  doi = {https://doi.org/10.1234/ABC.1}, language = {english},
  abstract = {Fishers owe 50\,\% of it.},
  keywords = {fishing, sdg:8.7; det:ind-debt, grade:e3, iati:XM-1-2},
}
)";

TEST(BibtexList, GivesADocumentWithItsWordsDateAndWhatItIsAbout) {
  EXPECT_EQ(read_bibtex(kBibtex), R"x(doc:doi:10.1234/abc.1 Evidence part=bibtex line=3
  title "Debt at Sea: a study of öar hands"@en
  summary "Fishers owe 50 % of it."@en
  type "article"
  language "en"
  authors "Élise Moreau"
  authors "Harbour Workers' Union"
  authors "Jan de Vries"
  published 2020-03
  journal "Journal of Tides (online)"
  doi "10.1234/abc.1"
  url "https://doi.org/10.1234/abc.1"
  keywords "fishing"
  grade "e3"
  doc:doi:10.1234/abc.1 -ABOUT[reported]-> sdg:8.7 basis="reported" confidence=1
  doc:doi:10.1234/abc.1 -ABOUT[reported]-> det:ind-debt basis="reported" confidence=1
  doc:doi:10.1234/abc.1 -ABOUT[reported]-> iati:XM-1-2 basis="reported" confidence=1
)x");
}

TEST(BibtexList, GoesOnAfterABrokenEntryAndNamesItsLine) {
  const std::string shown = read_bibtex(
      "@book{good, title={First}}\n"
      "@book{broken,\n  title = {Never closed,\n  year = 1999\n\n"
      "@book{after, title={Second}}\n"
      "@book{no-equals, title {Third}}\n"
      "@book{last, title={Fourth}}\n");
  EXPECT_TRUE(says(shown,
                   "! line 2 bibtex-entry (record_skipped): @book broken: the value of "
                   "`title` is not closed"))
      << shown;
  EXPECT_TRUE(says(shown, "! line 7 bibtex-entry (record_skipped)")) << shown;
  for (const char* title : {"First", "Second", "Fourth"}) EXPECT_TRUE(says(shown, title)) << shown;
}

TEST(BibtexList, TakesOverFromTheWholeWhatAPartLeavesOutAndNothingElse) {
  const std::string shown = read_bibtex(
      "@incollection{part, title={A part}, author={A Bell}, crossref={Whole}}\n"
      "@book{whole, title={The whole}, year=2011, publisher={Quay}, doi={10.5555/w}, "
      "keywords={sdg:1.1}}\n");
  const std::string part = shown.substr(0, shown.find("doc:doi:10.5555/w Evidence"));
  for (const char* text : {"\"A part\"", "journal \"The whole\"", "published 2011", "\"Quay\""}) {
    EXPECT_TRUE(says(part, text)) << part;
  }
  EXPECT_FALSE(says(part, "10.5555/w")) << part;
  EXPECT_FALSE(says(part, "sdg:1.1")) << part;
  EXPECT_TRUE(says(read_bibtex("@book{x, title={T}, crossref={nobody}}"), "bibtex-crossref"));
}

TEST(BibtexList, PassesOverCommentsPreamblesAndWhatStandsBetween) {
  const std::string shown = read_bibtex(
      "someone@example.org wrote\n@preamble{\"\\def\\x{@book{y}}\"}\n"
      "@comment{@book{hidden, title={Hidden}}}\n@COMMENT unclosed {\n"
      "@Book(round, title = {Shown (really)})\n");
  EXPECT_FALSE(says(shown, "Hidden")) << shown;
  EXPECT_TRUE(says(shown, "\"Shown (really)\"")) << shown;
  EXPECT_FALSE(says(shown, "  !")) << shown;
}

TEST(BibtexList, SaysWhereAStringIsNotDefined) {
  EXPECT_TRUE(says(read_bibtex("@book{x, title = {T}, publisher = acme}"),
                   "bibtex-string (value_kept_as_text): @book x: no @string defines 'acme'"));
}

constexpr const char* kRis =
    "\xEF\xBB\xBFProvider: us\r\n\r\nTY  - RPRT\r\nAU  - Moreau, \xC3\x89lise\r\nAU  - Harbour "
    "Workers' Union\r\nTI  - Debt\r\n at sea\r\nPY  - 2020/03/01/\r\nPB  - Quay\r\nDO  - "
    "10.1234/ABC.1\r\nUR  - http://Quay.example/debt\r\nKW  - fishing\r\nKW  - sdg:8.7\r\n"
    "N1  - See also det:ind-debt.\r\nLA  - eng\r\nER  - \r\n";

TEST(RisList, GivesADocumentWithItsRepeatedTags) {
  EXPECT_EQ(read_ris(kRis), R"(doc:doi:10.1234/abc.1 Evidence part=ris line=3
  title "Debt at sea"@en
  type "report"
  language "en"
  authors "Élise Moreau"
  authors "Harbour Workers' Union"
  published 2020-03-01
  publisher "Quay"
  doi "10.1234/abc.1"
  url "http://quay.example/debt"
  keywords "fishing"
  notes "See also det:ind-debt."
  org:name:quay -PUBLISHED-> doc:doi:10.1234/abc.1
  doc:doi:10.1234/abc.1 -ABOUT[reported]-> sdg:8.7 basis="reported" confidence=1
  doc:doi:10.1234/abc.1 -ABOUT[reported]-> det:ind-debt basis="reported" confidence=1
)");
}

TEST(RisList, ReadsWindows1252AndSaysSo) {
  const std::string shown = read_ris(
      "TY  - BOOK\nTI  - Gefl\xFC"
      "chtete \x96 heute\nER  - \n");
  EXPECT_TRUE(says(shown, "\"Geflüchtete – heute\"")) << shown;
  EXPECT_TRUE(says(shown, "! line 2 text-encoding (value_repaired)")) << shown;
}

TEST(RisList, GoesOnWhereARecordHasNoEndOrNoBeginning) {
  const std::string shown = read_ris(
      "TI  - Nobody's\nTY  - BOOK\nTI  - First\nTY  - BOOK\nTI  - Second\nER  - \n"
      "TY  - BOOK\nN1  - nothing to know it by\nER  - \n");
  EXPECT_TRUE(says(shown, "! line 2 ris-record (value_repaired)")) << shown;
  EXPECT_TRUE(says(shown, "! line 1 ris-record")) << shown;
  EXPECT_TRUE(says(shown, "\"First\"")) << shown;
  EXPECT_TRUE(says(shown, "\"Second\"")) << shown;
  EXPECT_TRUE(says(shown, "! line 7 document-unnamed (record_skipped)")) << shown;
}

constexpr const char* kCsl = R"([{"id": "m", "type": "article-journal", "language": "en-GB",
  "title": "Debt <i>at</i> sea", "author": [{"family": "Moreau", "given": "Élise"},
  {"literal": "Harbour Workers' Union"}], "issued": {"date-parts": [["2020", 3, 1]]},
  "container-title": ["Tides"], "DOI": "10.1234/ABC.1", "keyword": "fishing, sdg:8.7"}])";

TEST(CslList, GivesADocumentFromDatePartsAndLists) {
  EXPECT_EQ(read_csl(kCsl), R"(doc:doi:10.1234/abc.1 Evidence part=csl line=1
  title "Debt at sea"@en-gb
  type "article"
  language "en-gb"
  authors "Élise Moreau"
  authors "Harbour Workers' Union"
  published 2020-03-01
  journal "Tides"
  doi "10.1234/abc.1"
  url "https://doi.org/10.1234/abc.1"
  keywords "fishing"
  doc:doi:10.1234/abc.1 -ABOUT[reported]-> sdg:8.7 basis="reported" confidence=1
)");
}

TEST(CslList, IsAListAnItemItemsInALineEachOrAMember) {
  const std::string item = R"({"type": "book", "title": "T", "DOI": "10.1234/x"})";
  const std::string shown = read_csl("[" + item + "]");
  EXPECT_EQ(read_csl(item), shown);
  EXPECT_EQ(read_csl(item + "\n"), shown);
  EXPECT_EQ(read_csl("{\"items\": [" + item + "]}"), shown);
}

TEST(CslList, SkipsABrokenItemAndGoesOn) {
  const std::string shown =
      read_csl("[{\"title\": \"A\"},\n 7,\n {\"title\": oops},\n {\"title\": \"B\"}]");
  EXPECT_TRUE(says(shown, "! line 2 json-record (record_skipped)")) << shown;
  EXPECT_TRUE(says(shown, "! line 3 json-record (record_skipped)")) << shown;
  EXPECT_TRUE(says(shown, "\"B\"")) << shown;
}

TEST(EvidenceList, KnowsADocumentByDoiThenAddressThenTitleYearAndFirstAuthor) {
  const auto id = [](const std::string& fields) {
    return first_id(read_bibtex("@misc{x, " + fields + "}"));
  };
  EXPECT_EQ(id("title={T}, doi={10.1/X}"), "doc:title:t:" + id("title={T}").substr(12))
      << "a registrant has four digits at least";
  EXPECT_EQ(id("title={T}, doi={doi: 10.1000/X}, url={http://a.org/b}"), "doc:doi:10.1000/x");
  EXPECT_EQ(id("title={T}, url={https://dx.doi.org/10.1000%2FX}"), "doc:doi:10.1000/x");
  EXPECT_EQ(id("title={T}, url={HTTP://A.org/b#c}"), id("title={U}, url={http://a.org/b}"));
  const std::string named = id("title={{The} Tide--Wheel}, year=2001, author={Bell, Ann}");
  EXPECT_EQ(named, first_id(read_ris("TY  - BOOK\nTI  - the TIDE wheel\nPY  - 2001\nAU  - Bell, "
                                     "A.\nER  - \n")));
  EXPECT_NE(named, id("title={The Tide Wheel}, year=2002, author={Bell, Ann}"));
  EXPECT_NE(named, id("title={The Tide Wheel}, year=2001, author={Ball, Ann}"));
}

TEST(EvidenceList, KeepsBothEntriesOfADocumentThatItNamesTwice) {
  const std::string shown =
      read_bibtex("@misc{a, title={T}, keywords={one}}\n@misc{b, title={T}, keywords={two}}");
  EXPECT_TRUE(says(shown, "part=bibtex ")) << shown;
  EXPECT_TRUE(says(shown, "part=bibtex/2 ")) << shown;
  EXPECT_TRUE(says(shown, "! line 2 document-twice (noted)")) << shown;
}

TEST(EvidenceList, KeepsAWordThatIsInNoVocabularyAsAKeyword) {
  const std::string shown =
      read_bibtex("@misc{a, title={T}, keywords={det:no-such, sdg:99, SDG 16.2, note: this}}");
  EXPECT_TRUE(says(shown, "keywords \"det:no-such\"")) << shown;
  EXPECT_TRUE(says(shown, "keywords \"sdg:99\"")) << shown;
  EXPECT_TRUE(says(shown, "keywords \"note: this\"")) << shown;
  EXPECT_TRUE(says(shown, "-> sdg:16.2 ")) << shown;
  EXPECT_TRUE(says(shown, "sdg-code-form (value_repaired): a: 'SDG 16.2', read as sdg:16.2"));
}

TEST(EvidenceList, IsKnownByItsContentWhateverItsName) {
  const auto format_of = [](const std::string& text) {
    const Input input{"x", "x", 0};
    const auto opened = open_reader(tests::stream_of(text), input, "auto", {}, ontology());
    return opened.ok() ? opened.value().format : opened.error().message;
  };
  EXPECT_EQ(format_of(kBibtex), "bibtex");
  EXPECT_EQ(format_of(kRis), "ris");
  EXPECT_EQ(format_of(kCsl), "csl-json");
  EXPECT_EQ(format_of("a text with an at@sign {and brackets}"), "this is text of an unknown kind");
}

}  // namespace
}  // namespace mangrove::ingest
