#include "web/api/cursor.h"

#include <gtest/gtest.h>

#include <set>

namespace mangrove::web::api {
namespace {

TEST(Cursor, ComesBackAsItWas) {
  for (const Cursor cursor : {Cursor{0, 0, 0}, Cursor{7, 40, 0x0123'4567'89AB'CDEF},
                              Cursor{~std::uint64_t{0}, ~std::uint32_t{0}, ~std::uint64_t{0}}}) {
    const std::string word = encode(cursor);
    EXPECT_EQ(word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                     "0123456789-_"),
              std::string::npos);
    EXPECT_EQ(decode_cursor(word).value(), cursor);
  }
}

TEST(Cursor, EveryChangedLetterIsRefused) {
  const std::string word = encode({.version = 3, .offset = 20, .question = 99});
  for (std::size_t i = 0; i < word.size(); ++i) {
    std::string forged = word;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(decode_cursor(forged).ok()) << forged;
  }
}

TEST(Cursor, WhatWasNeverACursorIsRefused) {
  const std::string word = encode({.version = 3, .offset = 20, .question = 99});
  for (const std::string& text :
       {std::string{}, std::string("20"), std::string("o20"), word.substr(1), word + "A",
        std::string(32, '='), std::string(32, '\xff'), std::string(100'000, 'A')}) {
    ASSERT_FALSE(decode_cursor(text).ok());
    EXPECT_EQ(decode_cursor(text).error().code, ErrorCode::invalid_input);
  }
}

TEST(Fingerprint, TellsTextsApart) {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 10'000; ++i) seen.insert(fingerprint("limit=" + std::to_string(i)));
  EXPECT_EQ(seen.size(), 10'000U);
}

}  // namespace
}  // namespace mangrove::web::api
