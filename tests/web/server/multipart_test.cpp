#include "web/server/multipart.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "tests/support/temporary_folder.h"

namespace mangrove::web {
namespace {

class Multipart : public testing::Test {
 protected:
  Result<std::vector<FormPart>> read(const std::string& bytes, const FormLimits& limits = {},
                                     const std::string& boundary = "XyZ") {
    const auto path = folder_.path() / "form";
    std::ofstream(path, std::ios::binary) << bytes;
    std::filesystem::create_directories(folder_.path() / "parts");
    return read_form(path, boundary, folder_.path() / "parts", 0, limits);
  }
  /// `name=text` or `name<file name>=bytes`, a line each; or the error.
  std::string shown(const std::string& bytes, const FormLimits& limits = {}) {
    const auto parts = read(bytes, limits);
    if (!parts.ok()) return "error: " + parts.error().message;
    std::string text;
    for (const FormPart& part : parts.value()) {
      text += part.name;
      if (part.file) text += "<" + part.file_name + ">";
      text += "=" + (part.file ? bytes_of(*part.file) : part.text) + "\n";
    }
    return text;
  }
  static std::string bytes_of(const BodyFile& file) {
    std::ifstream stream(file.path(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  }
  static std::string part(const std::string& disposition, const std::string& body) {
    return "--XyZ\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + body + "\r\n";
  }

  tests::TemporaryFolder folder_;
};

TEST_F(Multipart, HasFieldsAndFilesInTheirOrder) {
  EXPECT_EQ(shown(part("name=\"source\"", "harbour") +
                  part("name=\"file\"; filename=\"a b.csv\"", "x,y\r\n1,2\r\n") +
                  part("name=empty", "") + "--XyZ--\r\n"),
            "source=harbour\nfile<a b.csv>=x,y\r\n1,2\r\n\nempty=\n");
}

TEST_F(Multipart, TakesTheFormsThatClientsWrite) {
  EXPECT_EQ(shown("a preamble\r\n" + part("name=\"a\"", "1") + "--XyZ--\r\nan epilogue"), "a=1\n");
  EXPECT_EQ(shown("--XyZ  \r\ncontent-disposition:form-data;name=\"a\"\r\nContent-Type: "
                  "text/plain\r\n\r\n1\r\n--XyZ--"),
            "a=1\n");
  EXPECT_EQ(shown(part(R"(name="f"; filename="q\"b\\.csv")", "1") + "--XyZ--"),
            "f<q\"b\\.csv>=1\n");
  EXPECT_EQ(shown(part("filename=\"x;y=z.csv\"; name=\"f\"", "1") + "--XyZ--"), "f<x;y=z.csv>=1\n");
  EXPECT_EQ(shown("--XyZ--\r\n"), "");
}

TEST_F(Multipart, LeavesWhatOnlyLooksLikeABoundary) {
  const std::string body = "--XyZ\n--Xy\r\n--Xy\r\n-\r\n--\r\n\r\nXyZ";
  EXPECT_EQ(shown(part("name=\"f\"; filename=\"x\"", body) + "--XyZ--"), "f<x>=" + body + "\n");
  EXPECT_EQ(shown(part("name=\"f\"; filename=\"x\"", "--begins so") + "--XyZ--"),
            "f<x>=--begins so\n");
}

TEST_F(Multipart, IsReadWhereverItsPiecesEnd) {
  // The boundary lies at every place around the end of a piece that is read at once.
  constexpr std::size_t kPiece = std::size_t{256} << 10;
  for (std::size_t size = kPiece - 140; size < kPiece + 10; ++size) {
    const std::string body(size, '\r');
    const auto parts =
        read(part("name=\"f\"; filename=\"x\"", body) + part("name=\"b\"", "2") + "--XyZ--");
    ASSERT_TRUE(parts.ok()) << size << parts.error().message;
    ASSERT_EQ(parts.value().size(), 2U);
    ASSERT_EQ(parts.value()[0].file->size(), size);
    ASSERT_EQ(parts.value()[1].text, "2");
  }
}

TEST_F(Multipart, ThatIsBrokenIsToldSo) {
  for (const std::string& bytes :
       {std::string(), std::string("no form"), part("name=\"a\"", "1"),
        "--XyZ more\r\n" + part("name=\"a\"", "1") + "--XyZ--", part("colour=red", "1") + "--XyZ--",
        std::string("--XyZ\r\n\r\nno head\r\n--XyZ--"), std::string("--XyZ\r\nContent-Disp")}) {
    const auto parts = read(bytes);
    ASSERT_FALSE(parts.ok()) << bytes;
    EXPECT_EQ(parts.error().code, ErrorCode::invalid_input) << bytes;
  }
  EXPECT_FALSE(read("--\r\n", {}, "").ok());
  EXPECT_FALSE(read("x", {}, std::string(71, 'x')).ok());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "parts")) << "nothing is left behind";
}

TEST_F(Multipart, IsBounded) {
  const auto code = [this](const std::string& bytes, const FormLimits& limits) {
    return read(bytes, limits).error().code;
  };
  const std::string two = part("name=a", "1") + part("name=b", "2") + "--XyZ--";
  EXPECT_EQ(code(two, {.parts = 1}), ErrorCode::too_large);
  EXPECT_EQ(code(part("name=a", std::string(100, 'x')) + "--XyZ--", {.field_bytes = 99}),
            ErrorCode::too_large);
  EXPECT_EQ(code(part("name=" + std::string(9000, 'x'), "1") + "--XyZ--", {}),
            ErrorCode::too_large);
}

TEST_F(Multipart, NeverFailsOnBytesAtRandom) {
  std::mt19937 random(7);
  const std::string whole =
      part("name=\"a\"", "1") + part("name=\"f\"; filename=\"x\"", "some\r\nbytes") + "--XyZ--\r\n";
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = whole;
    for (int changes = 0; changes < 3; ++changes) {
      const std::size_t at = random() % bytes.size();
      if (random() % 2 == 0) {
        bytes[at] = static_cast<char>(random());
      } else {
        bytes.erase(at, random() % 5);
      }
    }
    const auto parts = read(bytes);
    EXPECT_TRUE(parts.ok() || !parts.error().message.empty());
  }
}

TEST(FormBoundary, IsOfAFormWithFilesOnly) {
  EXPECT_EQ(form_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(form_boundary("Multipart/Form-Data;charset=utf-8; Boundary=\"a b\""), "a b");
  EXPECT_EQ(form_boundary("multipart/form-data"), "");
  EXPECT_EQ(form_boundary("multipart/mixed; boundary=abc"), std::nullopt);
  EXPECT_EQ(form_boundary("application/json"), std::nullopt);
}

}  // namespace
}  // namespace mangrove::web
