// That whatever happens to a reading file or a rule, the check ends, and names lines of the file.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "ontology/check.h"
#include "tests/support/checked_vocabulary.h"
#include "tests/support/trials.h"

namespace mangrove::ontology {
namespace {

using Random = std::mt19937;

std::size_t below(std::size_t limit, Random& random) {
  return limit == 0 ? 0 : random() % limit;
}

/// Some blocks of a file behind its prefixes: a part is quicker to check than the whole.
std::string part_of(std::string_view file, std::size_t blocks, Random& random) {
  const std::size_t head = file.find("\n\n", file.find("a m:Source"));
  std::string text(file.substr(0, head));
  std::vector<std::string_view> all;
  for (std::string_view rest = file.substr(head); !rest.empty();) {
    const std::size_t end = std::min(rest.find(".\n\n"), rest.size());
    all.push_back(rest.substr(0, std::min(end + 3, rest.size())));
    rest.remove_prefix(all.back().size());
  }
  for (std::size_t i = 0; i < blocks; ++i) text += all[below(all.size(), random)];
  return text;
}

/// Puts a piece of the grammar, or any byte, somewhere; takes some bytes out; or doubles some.
void mutate(std::string& text, Random& random) {
  constexpr std::string_view kPieces[] = {"[",
                                          "]",
                                          "|",
                                          ";",
                                          "=",
                                          "\"",
                                          "@en",
                                          "@xq",
                                          " , ",
                                          "[children]",
                                          "; near ",
                                          "; weight 1e999",
                                          "; unless [",
                                          "\\u0000",
                                          "m:of_kind \"Goal\" ; ",
                                          "m:scale \"x\" ; ",
                                          "^",
                                          "-",
                                          "\xFF",
                                          "\n"};
  const std::size_t at = below(text.size(), random);
  const std::size_t length = below(40, random);
  switch (random() % 4) {
    case 0:
      text.insert(at, kPieces[below(std::size(kPieces), random)]);
      break;
    case 1:
      text.erase(at, length);
      break;
    case 2:
      text.insert(at, text.substr(below(text.size(), random), length));
      break;
    default:
      text[at] = static_cast<char>(random());
  }
}

void expect_lines_of(const std::string& text, unsigned seed) {
  const std::vector<DataFile> files{{"v", text}};
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  for (const Mistake& mistake : check_vocabularies(files, tests::built_in())) {
    EXPECT_EQ(mistake.file, "v") << seed;
    EXPECT_GE(mistake.line, 1U) << seed << ": " << mistake.text;
    EXPECT_LE(mistake.line, lines) << seed << ": " << mistake.text;
    EXPECT_FALSE(mistake.text.empty()) << seed;
  }
}

TEST(MutatedFiles, OfHowTextsAreReadNeverBreakTheCheck) {
  std::vector<std::string_view> shipped;
  for (const DataFile& file : tests::built_in().vocabularies()) {
    if (file.name.find("reading") != std::string_view::npos) shipped.push_back(file.bytes);
    if (file.name.starts_with("rules/")) shipped.push_back(file.bytes);
  }
  ASSERT_EQ(shipped.size(), 4U);
  for (unsigned seed = 0; seed < tests::trials("MANGROVE_CHECK_MUTATIONS", 60); ++seed) {
    Random random(seed);
    std::string text = part_of(shipped[seed % shipped.size()], 4, random);
    for (std::size_t left = 1 + below(12, random); left > 0; --left) mutate(text, random);
    expect_lines_of(text, seed);
  }
}

}  // namespace
}  // namespace mangrove::ontology
