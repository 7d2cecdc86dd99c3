#include "ontology/turtle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>

namespace mangrove::ontology {
namespace {

std::string show(const Term& term) {
  switch (term.type) {
    case Term::Type::iri:
      return "<" + term.text + ">";
    case Term::Type::blank:
      return "_:" + term.text;
    case Term::Type::literal:
      break;
  }
  return '"' + term.text + '"' + (term.language.empty() ? "" : "@" + term.language) +
         (term.datatype.empty() ? "" : "^^<" + term.datatype + ">");
}

/// The triples as N-Triples with line numbers, and the error that ended them.
std::string read(std::string_view text) {
  std::string shown;
  const Status status = read_turtle(text, "t.ttl", [&shown](const Triple& triple) -> Status {
    shown += std::to_string(triple.line) + " " + show(triple.subject) + " <" + triple.predicate +
             "> " + show(triple.object) + "\n";
    return {};
  });
  return shown + (status.ok() ? "" : "error: " + status.error().message + "\n");
}

TEST(Turtle, ResolvesPrefixesAndTheBase) {
  EXPECT_EQ(read("@prefix a: <urn:a:> .\n"
                 "@base <http://b/> .\n"
                 "a:x a:p <y> .\n"
                 "PREFIX place: <urn:mangrove:id:place:>\n"
                 "a:x a:p place:m49:202 .\n"),
            "3 <urn:a:x> <urn:a:p> <http://b/y>\n"
            "5 <urn:a:x> <urn:a:p> <urn:mangrove:id:place:m49:202>\n");
}

TEST(Turtle, GivesEachTripleTheLineWhereItEnds) {
  EXPECT_EQ(read("@prefix a: <urn:a:> .\n"
                 "a:x a a:K ; # a comment\n"
                 "  a:p 'one' ,\n"
                 "      \"\"\"two\nlines\"\"\" ;\n"
                 "\n"
                 "  a:q a:z .\n"),
            "2 <urn:a:x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:a:K>\n"
            "3 <urn:a:x> <urn:a:p> \"one\"\n"
            "5 <urn:a:x> <urn:a:p> \"two\nlines\"\n"
            "7 <urn:a:x> <urn:a:q> <urn:a:z>\n");
}

TEST(Turtle, KeepsLanguagesInLowerCaseAndDatatypes) {
  EXPECT_EQ(read("@prefix a: <urn:a:> .\n"
                 "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
                 "a:x a:p \"Ga\"@PT-BR , \"plain\"^^xsd:string , \"2\"^^a:t , 7 , 0.5 , true .\n"),
            "3 <urn:a:x> <urn:a:p> \"Ga\"@pt-br\n"
            "3 <urn:a:x> <urn:a:p> \"plain\"\n"
            "3 <urn:a:x> <urn:a:p> \"2\"^^<urn:a:t>\n"
            "3 <urn:a:x> <urn:a:p> \"7\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
            "3 <urn:a:x> <urn:a:p> \"0.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>\n"
            "3 <urn:a:x> <urn:a:p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>\n");
}

TEST(Turtle, WritesBlankNodesAndListsAsPlainTriples) {
  EXPECT_EQ(read("@prefix a: <urn:a:> .\na:x a:p [ a:q 'v' ] .\n_:n a:p ( a:y ) .\n"),
            "2 <urn:a:x> <urn:a:p> _:b1\n"
            "2 _:b1 <urn:a:q> \"v\"\n"
            "3 _:n <urn:a:p> _:b2\n"
            "3 _:b2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <urn:a:y>\n"
            "3 _:b2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> "
            "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>\n");
}

TEST(Turtle, ReadsNTriples) {
  EXPECT_EQ(read("<urn:a> <urn:p> \"caf\\u00e9\"@fr .\n<urn:a> <urn:p> _:b .\n"),
            "1 <urn:a> <urn:p> \"café\"@fr\n2 <urn:a> <urn:p> _:b\n");
}

TEST(Turtle, AnEmptyTextAndOneOfCommentsSayNothing) {
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("\xEF\xBB\xBF# nothing"), "");
}

TEST(Turtle, NamesTheLineOfASyntaxError) {
  EXPECT_EQ(read("@prefix a: <urn:a:> .\na:x a:p a:y .\na:x a:p ; .\na:x a:p a:z .\n"),
            "2 <urn:a:x> <urn:a:p> <urn:a:y>\nerror: t.ttl:3: expected prefixed name\n");
}

TEST(Turtle, RefusesAnUndeclaredPrefixAndARelativeIriWithoutABase) {
  EXPECT_EQ(read("\nb:x b:p b:y ."), "error: t.ttl:2: the prefix of `b:x` is not declared\n");
  EXPECT_EQ(read("<x> <urn:p> <urn:y> ."),
            "error: t.ttl:1: the IRI <x> is relative, and there is no base\n");
}

TEST(Turtle, ATextCutAnywhereInAStatementIsAnError) {
  const std::string text =
      "@prefix a: <urn:a:> .\na:x a:p \"one\"@en , 'two' , \"\"\"three\"\"\" ; a:q [ a:r ( 1 2 ) ] "
      ".";
  for (std::size_t size = 23; size < text.size(); ++size) {
    const std::string shown = read(text.substr(0, size));
    EXPECT_NE(shown.find("error: t.ttl:2: "), std::string::npos) << size << "\n" << shown;
  }
  EXPECT_EQ(read(text).find("error"), std::string::npos);
}

TEST(Turtle, RefusesNestingThatWouldOverflowTheStack) {
  for (const char* bracket : {"[ a:p ", "( "}) {
    std::string text = "@prefix a: <urn:a:> .\na:x a:p ";
    for (int i = 0; i < 100'000; ++i) {
      text += bracket;
    }
    EXPECT_NE(read(text).find("t.ttl:2: brackets nested deeper than 64"), std::string::npos);
  }
}

TEST(Turtle, RefusesATermBeyondItsBound) {
  const std::string text = "<urn:x> <urn:p> \"" + std::string((16 << 20) + 10, 'x') + "\" .";
  EXPECT_EQ(read(text), "error: t.ttl:1: a term longer than 16 MiB\n");
}

TEST(Turtle, RefusesBytesThatAreNoText) {
  EXPECT_EQ(read(std::string("<urn:x> <urn:p> \"a\0b\" .", 24)),
            "error: t.ttl:1: a byte with the value 0\n");
  EXPECT_NE(read("<urn:x> <urn:p> \"\xC0\x80\" .").find("error: t.ttl:1: "), std::string::npos);
  EXPECT_NE(read("<urn:x> <urn:p> \"\xED\xA0\x80\" .").find("error: t.ttl:1: "), std::string::npos);
}

TEST(Turtle, BracketsInTextsAndCommentsDoNotCount) {
  const std::string many(1000, '[');
  EXPECT_EQ(read("<urn:x> <urn:p> \"" + many + "\\\"[\" . # " + many + "\n<urn:x> <urn:p> '" +
                 many + "\\'' , \"\"\"\"" + many + "\"\"\" , '' .")
                .find("error"),
            std::string::npos);
}

TEST(Turtle, AnErrorOfTheVisitorEndsTheReading) {
  int seen = 0;
  const Status status =
      read_turtle("<urn:x> <urn:p> 1 , 2 , 3 .", "t.ttl", [&seen](const Triple&) -> Status {
        ++seen;
        return Error{ErrorCode::too_large, "enough"};
      });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "enough");
  EXPECT_EQ(status.error().code, ErrorCode::too_large);
  EXPECT_EQ(seen, 1);
}

TEST(Turtle, SurvivesDamagedTexts) {
  const std::string good =
      "@prefix a: <urn:a:> .\n@base <http://b/> .\na:x a a:K ; a:p \"one\"@en , 'two' , 0.5 ;\n"
      "  a:q [ a:r <y> , ( 1 2 ) ] ; a:s \"\"\"three\nfour\\u00e9\"\"\" . # end\n"
      "_:n a:p \"2020-01-01\"^^a:date .\n";
  std::mt19937 random(20221);
  for (int round = 0; round < 2000; ++round) {
    std::string text = good.substr(0, random() % (good.size() + 1));
    for (std::size_t change = random() % 8; change > 0 && !text.empty(); --change) {
      text[random() % text.size()] = static_cast<char>(random() % 256);
    }
    const std::string shown = read(text);
    const std::size_t error = shown.find("error: ");
    EXPECT_TRUE(error == std::string::npos || shown.compare(error, 13, "error: t.ttl:") == 0)
        << shown;
  }
}

}  // namespace
}  // namespace mangrove::ontology
