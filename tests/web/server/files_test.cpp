#include "web/server/files.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "web/server/gzip.h"

namespace mangrove::web {
namespace {

class FilesTest : public testing::Test {
 protected:
  std::string asked(const std::string& path, const std::string& method = "GET") const {
    Request request;
    request.method = method;
    request.path = path;
    const Result<Response> response = files_.answer(request);
    if (!response.ok()) return "error: " + response.error().message;
    return std::to_string(response.value().status) + ' ' + response.value().media_type + ' ' +
           response.value().body;
  }

  const std::string page_ = gzip("<p>");
  const std::string script_ = gzip("let a;");
  const std::vector<EmbeddedFile> table_{{"/index.html", page_, "h1"},
                                         {"/assets/a-1f.js", script_, "h2"}};
  const Files files_{table_};
};

TEST_F(FilesTest, ServesFilesWithTheirMediaTypes) {
  EXPECT_EQ(asked("/index.html"), "200 text/html; charset=utf-8 <p>");
  EXPECT_EQ(asked("/assets/a-1f.js"), "200 text/javascript; charset=utf-8 let a;");
}

TEST_F(FilesTest, ServesThePageForEveryAddressOfTheUi) {
  for (const char* path : {"/", "/search", "/targets/sdg:8.7", "/initiatives/iati:XM-1.2", "/apis",
                           "/nodes/x%2Fy", "/nodes/x%2F%2F..%2Fy", "/search/"}) {
    EXPECT_EQ(asked(path), "200 text/html; charset=utf-8 <p>") << path;
  }
}

TEST_F(FilesTest, KnowsNothingElse) {
  for (const char* path :
       {"/assets/gone.js", "/assets/gone", "/robots.txt", "/api", "/api/v1/x", "/health/x",
        "/../../etc/passwd.txt", "/%2e%2e/a.js", "/../../etc/passwd", "/a/%2e%2e/b", "/..%2fetc",
        "/a/./b", "//api/v1/x", "/%61pi/v1/x", "/%zz"}) {
    EXPECT_EQ(asked(path), "error: There is nothing at this address.") << path;
  }
}

TEST_F(FilesTest, CanOnlyBeRead) {
  EXPECT_EQ(asked("/", "POST").substr(0, 3), "405");
  EXPECT_EQ(asked("/", "OPTIONS").substr(0, 3), "204");
}

TEST_F(FilesTest, SendsTheCompressedBytesAsTheyAre) {
  Request request;
  request.path = "/assets/a-1f.js";
  request.headers = {{"Accept-Encoding", "gzip"}};
  const Response response = files_.answer(request).value();
  EXPECT_EQ(response.body, script_);
  EXPECT_EQ(*response.header("Content-Encoding"), "gzip");
  EXPECT_EQ(*response.header("ETag"), "\"h2-gz\"");
  EXPECT_EQ(*response.header("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(FilesTest, AsksForThePageToBeCheckedEachTime) {
  EXPECT_EQ(*files_.answer({}).value().header("Cache-Control"), "no-cache");
  EXPECT_EQ(*files_.answer({}).value().header("ETag"), "\"h1\"");
}

TEST(EmbeddedFiles, HaveAPageAndDecompress) {
  bool has_page = false;
  for (const EmbeddedFile& file : embedded_files()) {
    has_page = has_page || file.path == "/index.html";
    EXPECT_TRUE(gunzip(file.gzip, std::size_t{64} << 20).ok()) << file.path;
    EXPECT_FALSE(file.hash.empty()) << file.path;
  }
  EXPECT_TRUE(has_page);
}

}  // namespace
}  // namespace mangrove::web
