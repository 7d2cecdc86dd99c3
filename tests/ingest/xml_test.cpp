#include "ingest/xml.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

XmlRecords records_of(std::string xml, XmlLimits limits = {}) {
  return XmlRecords(std::make_unique<tests::TextStream>(std::move(xml), 5), "x.xml", {"r"}, limits,
                    {"secret"});
}

std::string show(const XmlElement& element) {
  std::string shown = std::string(element.name()) + "=" + std::string(element.text()) + "(";
  for (const XmlElement child : element.children()) shown += show(child);
  return shown + ")";
}

/// All records, findings and the error, in order.
std::string show_all(XmlRecords records) {
  std::string shown;
  while (true) {
    const Result<std::optional<XmlElement>> element = records.next();
    for (const Finding& finding : records.take_findings()) {
      shown += "! " + std::to_string(finding.line) + " " + finding.rule + "\n";
    }
    if (!element.ok()) return shown + "error " + element.error().message + "\n";
    if (!element.value()) return shown;
    shown += std::to_string(element.value()->line()) + " " + show(*element.value()) + "\n";
  }
}

TEST(XmlRecords, ComeOneByOneWithTheirLines) {
  EXPECT_EQ(show_all(records_of("<all>\n<r><a>1</a> <b/></r>\n\n<r>x</r></all>")),
            "2 r=(a=1()b=())\n4 r=x()\n");
}

TEST(XmlRecords, MayBeTheWholeFileOrLieDeep) {
  EXPECT_EQ(show_all(records_of("<r>x</r>")), "1 r=x()\n");
  EXPECT_EQ(show_all(records_of("<a><b><c><r>x</r></c></b></a>")), "1 r=x()\n");
}

TEST(XmlRecords, KnowAttributesAndTrimThem) {
  XmlRecords records = records_of("<all xml:lang='en'><r a=' 1 ' xml:lang='fr'/></all>");
  EXPECT_EQ(records.root_name(), "all");
  const XmlElement element = *records.next().value();
  EXPECT_EQ(element.attribute("a"), "1");
  EXPECT_EQ(element.attribute("xml:lang"), "fr");
  EXPECT_EQ(element.attribute("b"), "");
  EXPECT_FALSE(element.has_attribute("b"));
  EXPECT_EQ(records.root_attribute("xml:lang"), "en");
}

TEST(XmlRecords, PastABoundAreAllSaidHoweverManyFollowEachOther) {
  XmlLimits limits;
  limits.depth = 2;
  std::string xml = "<all>";
  for (int i = 0; i < 2500; ++i) xml += "<r><a/></r>";
  XmlRecords records = records_of(xml + "<r>x</r></all>", limits);
  std::size_t skipped = 0;
  std::size_t read = 0;
  while (true) {
    read += records.next().value() ? 1 : 0;
    const std::size_t found = records.take_findings().size();
    if (found == 0) break;
    skipped += found;
  }
  EXPECT_EQ(skipped, 2500U);
  EXPECT_EQ(read, 1U);
}

TEST(XmlRecords, PassOverForeignMarkupAndWhatIsLeftOut) {
  EXPECT_EQ(
      show_all(records_of("<all xmlns:o='o'><r><o:x><a>1</a></o:x><a>2</a>"
                          "<y xmlns='other'><a>3</a></y><secret><a>4</a></secret></r></all>")),
      "1 r=(a=2())\n");
}

TEST(XmlRecords, KeepTheTextAroundElements) {
  EXPECT_EQ(show_all(records_of("<r> one <a>two</a> three </r>")), "1 r=one  three(a=two())\n");
}

TEST(XmlRecords, BeforeAnErrorAreKept) {
  EXPECT_EQ(show_all(records_of("<all><r>1</r>\n<r>2</r>\n<r>3</x></all>")),
            "1 r=1()\n2 r=2()\nerror x.xml:3: not well-formed XML: mismatched tag\n");
  EXPECT_EQ(show_all(records_of("<all><r>1</r>\n<r>2")),
            "1 r=1()\nerror x.xml:2: the file is cut short here\n");
  EXPECT_EQ(show_all(records_of("")), "error x.xml:1: there is no XML element in it\n");
}

TEST(XmlRecords, AreReadInManyEncodings) {
  const std::string head = "<?xml version='1.0' encoding='";
  EXPECT_EQ(show_all(records_of(head + "ISO-8859-1'?><r>\xE9</r>")), "1 r=é()\n");
  EXPECT_EQ(show_all(records_of(head + "windows-1252'?><r>\x80\x93</r>")), "1 r=€“()\n");
  EXPECT_EQ(show_all(records_of(head + "windows-1251'?><r>\xC6</r>")), "1 r=Ж()\n");
  EXPECT_EQ(show_all(records_of("\xEF\xBB\xBF<r>é</r>")), "1 r=é()\n");
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("<r>x</r>")) wide += {c, '\0'};
  EXPECT_EQ(show_all(records_of(wide)), "1 r=x()\n");
  EXPECT_EQ(show_all(records_of(head + "no-such-thing'?><r/>")),
            "error x.xml:1: its encoding is not one that can be read\n");
}

TEST(XmlRecords, ReadTheirOwnEntitiesAndLoadNoneFromOutside) {
  EXPECT_EQ(show_all(records_of("<!DOCTYPE r [<!ENTITY a 'A'>]><r>&a;</r>")),
            "! 1 doctype\n1 r=A()\n");
  EXPECT_EQ(
      show_all(records_of("<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><r>x&f;y</r>")),
      "! 1 doctype\n! 1 external-entity\n1 r=xy()\n");
  EXPECT_EQ(show_all(records_of("<!DOCTYPE r SYSTEM 'http://example.org/x.dtd'><r>x&f;y</r>")),
            "! 1 doctype\n! 1 entity-unknown\n1 r=xy()\n");
}

TEST(XmlRecords, StopEntitiesThatGrow) {
  std::string xml = "<!DOCTYPE r [<!ENTITY a0 'growth growth growth'>";
  for (int i = 1; i < 10; ++i) {
    xml += "<!ENTITY a" + std::to_string(i) + " '";
    for (int j = 0; j < 10; ++j) xml += "&a" + std::to_string(i - 1) + ";";
    xml += "'>";
  }
  const std::string shown = show_all(records_of(xml + "]><r>&a9;</r>"));
  EXPECT_NE(shown.find("its entities grow beyond the limit"), std::string::npos) << shown;
}

TEST(XmlRecords, PastALimitAreSkippedAndTheNextOnesRead) {
  XmlLimits limits;
  limits.text_bytes = 10;
  EXPECT_EQ(show_all(records_of("<all><r>12345678901</r>\n<r>x</r></all>", limits)),
            "! 1 record-limit\n2 r=x()\n");
  limits = {};
  limits.depth = 3;
  EXPECT_EQ(show_all(records_of("<all><r><a><b/></a></r>\n<r>x</r></all>", limits)),
            "! 1 record-limit\n2 r=x()\n");
  limits = {};
  limits.attributes = 1;
  EXPECT_EQ(show_all(records_of("<all><r a='1' b='2'/>\n<r>x</r></all>", limits)),
            "! 1 record-limit\n2 r=x()\n");
  limits = {};
  limits.record_bytes = 1000;
  std::string many = "<all><r>";
  for (int i = 0; i < 100; ++i) many += "<a/>";
  EXPECT_EQ(show_all(records_of(many + "</r>\n<r>x</r></all>", limits)),
            "! 1 record-limit\n2 r=x()\n");
}

TEST(XmlRecords, OfEndlessDepthOrLengthEndTheFile) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  EXPECT_NE(show_all(records_of(deep)).find("too deep"), std::string::npos);
  XmlLimits limits;
  limits.token_bytes = 200'000;
  XmlRecords records(
      std::make_unique<tests::TextStream>("<r><!-- " + std::string(400'000, '-'), 65536), "x.xml",
      {"r"}, limits);
  EXPECT_FALSE(records.next().ok());
}

}  // namespace
}  // namespace mangrove::ingest
