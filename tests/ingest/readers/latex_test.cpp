#include "ingest/readers/latex.h"

#include <gtest/gtest.h>

namespace mangrove::ingest {
namespace {

TEST(Latex, AccentsBecomeLettersHoweverTheyAreBraced) {
  for (const char* written : {R"({\"o})", R"(\"{o})", R"(\"o)", R"({\"{o}})", "ö", "o\u0308"}) {
    EXPECT_EQ(from_latex(written), "ö") << written;
  }
  EXPECT_EQ(from_latex(R"(\'{\i}ndice \c{c}a \v{S}koda \~n \H{o} \k a \u{g} \r{u} \=a \.z \d{t})"),
            "índice ça Škoda ñ ő ą ğ ů ā ż ṭ");
}

TEST(Latex, LettersAndSignsWithNamesAreThose) {
  EXPECT_EQ(from_latex(R"({\ss} {\AE}gir \O{}re \L{}\'{o}d\'{z} {\aa} \oe uvre)"),
            "ß Ægir Øre Łódź å œuvre");
  EXPECT_EQ(from_latex(R"(a--b---c ``q'' x~y \& \% \$ \# \_ \textendash\ z)"),
            "a–b—c “q” x y & % $ # _ – z");
}

TEST(Latex, CommandsThatNobodyKnowsLeaveTheirWords) {
  EXPECT_EQ(from_latex("\\emph{very} {DNA} \\unknown{kept}\n\t  more $x$"), "very DNA kept more x");
}

TEST(Latex, AnythingIsRead) {
  for (const char* written : {"\\", "{", "}}}", "\\'", "\\'{", "\\\"", "\xC3", "~"}) {
    from_latex(written);
    plain_from_latex(written);
  }
  EXPECT_EQ(plain_from_latex(R"(\url{http://x.org/a\_b~c--d})"), "http://x.org/a_b~c--d");
}

}  // namespace
}  // namespace mangrove::ingest
