#include "ingest/unpack.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <string>

namespace mangrove::ingest {
namespace {

std::string gzipped(const std::string& text) {
  std::string out(text.size() + 1000, '\0');
  z_stream state{};
  deflateInit2(&state, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  state.avail_in = static_cast<uInt>(text.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = static_cast<uInt>(out.size());
  deflate(&state, Z_FINISH);
  out.resize(state.total_out);
  deflateEnd(&state);
  return out;
}

std::string zstandard(const std::string& text, int window_log = 0) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  if (window_log > 0) {
    ZSTD_CCtx_setParameter(context, ZSTD_c_enableLongDistanceMatching, 1);
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  }
  std::string out(ZSTD_compressBound(text.size()), '\0');
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  ZSTD_inBuffer from{text.data(), text.size(), 0};
  ZSTD_compressStream2(context, &to, &from, ZSTD_e_continue);
  ZSTD_compressStream2(context, &to, &from, ZSTD_e_end);
  ZSTD_freeCCtx(context);
  out.resize(to.pos);
  return out;
}

/// Everything that a stream gives, and the error that ended it.
std::string read_all(ByteStream& stream, std::size_t at_once) {
  std::string text;
  std::string buffer(at_once, '\0');
  while (true) {
    const Result<std::size_t> got = stream.read(buffer.data(), buffer.size());
    if (!got.ok()) return text + "|" + got.error().message;
    if (got.value() == 0) return text;
    text.append(buffer, 0, got.value());
  }
}

std::string shown(const std::string& bytes, std::size_t at_once = 1000) {
  return read_all(*unpacked(from_memory(bytes)).value(), at_once);
}

std::string numbers() {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i * 7919) + " ";
  return text;
}

using Packer = std::string (*)(const std::string&);

class Packed : public testing::TestWithParam<Packer> {
 protected:
  static std::string pack(const std::string& text) { return GetParam()(text); }
};

TEST_P(Packed, IsKnownByItsFirstBytesAndReadInAnyPieces) {
  const std::string text = numbers();
  for (const std::size_t at_once : {1UL, 7UL, 1000UL, 1UL << 20}) {
    EXPECT_EQ(shown(pack(text), at_once), text) << at_once;
  }
  EXPECT_EQ(shown(pack("")), "");
}

TEST_P(Packed, OfSeveralPartsIsOneText) {
  EXPECT_EQ(shown(pack("one ") + pack("two")), "one two");
}

TEST_P(Packed, CutShortGivesWhatIsSoundAndThenTheError) {
  const std::string text = numbers();
  const std::string all = pack(text);
  const std::string seen = shown(all.substr(0, all.size() / 2));
  EXPECT_EQ(text.find(seen.substr(0, 1000)), 0U);
  EXPECT_NE(seen.find("|the compressed file is cut short"), std::string::npos);
}

TEST_P(Packed, DamagedIsAnError) {
  std::string all = pack(std::string(2000, 'x') + "tail");
  all[all.size() - 3] = static_cast<char>(all[all.size() - 3] ^ 1);
  EXPECT_NE(shown(all).find("|the compressed file is damaged"), std::string::npos);
}

TEST_P(Packed, ThatUnpacksBeyondAllReasonIsStopped) {
  const std::string bomb = pack(std::string(std::size_t{300} << 20, '\0'));
  const std::unique_ptr<ByteStream> stream = unpacked(from_memory(bomb)).value();
  std::string buffer(1 << 20, '\0');
  std::uint64_t sum = 0;
  while (true) {
    const Result<std::size_t> got = stream->read(buffer.data(), buffer.size());
    if (!got.ok()) {
      EXPECT_EQ(got.error().code, ErrorCode::too_large);
      break;
    }
    ASSERT_NE(got.value(), 0U);
    sum += got.value();
  }
  EXPECT_LT(sum, kUnpackedFreeBytes * 2);
}

INSTANTIATE_TEST_SUITE_P(Methods, Packed,
                         testing::Values(gzipped,
                                         [](const std::string& text) { return zstandard(text); }),
                         [](const auto& method) {
                           return method.index == 0 ? "Gzip" : "Zstandard";
                         });

TEST(Gzip, MayBePaddedBehindItsEnd) {
  EXPECT_EQ(shown(gzipped("one ") + gzipped("two") + std::string(3, '\0')), "one two");
}

TEST(Zstandard, ThatWantsTooMuchMemoryIsRefusedBeforeItIsTaken) {
  const std::string seen = shown(zstandard(numbers(), kZstandardWindowLogMax + 2));
  EXPECT_TRUE(seen.starts_with("|the compressed file wants more than 128 MiB")) << seen;
}

TEST(Bytes, ThatAreNotPackedComeAsTheyAre) {
  for (const std::string text : {"", "a", "abc", "<xml/>", "\x1f"}) EXPECT_EQ(shown(text), text);
}

TEST(Names, LoseTheirPacking) {
  EXPECT_EQ(without_packing("x.csv.gz"), "x.csv");
  EXPECT_EQ(without_packing("a/x.csv.zst"), "a/x.csv");
  EXPECT_EQ(without_packing("x.csv"), "x.csv");
}

}  // namespace
}  // namespace mangrove::ingest
