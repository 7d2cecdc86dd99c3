// The floor under ingest: unpacks and parses the same files with the same libraries, counts the
// activities, and does nothing else. Prints seconds.
//
//   ingest_floor FILE...

#include <expat.h>
#include <zlib.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <vector>

namespace {

void XMLCALL count_activity(void* count, const XML_Char* name, const XML_Char** /*attributes*/) {
  if (std::strcmp(name, "iati-activity") == 0) ++*static_cast<long*>(count);
}

/// What is no XML is passed over, as ingest does.
void parse(const char* path, long& activities) {
  const gzFile file = gzopen(path, "rb");
  if (file == nullptr) return;
  const XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &activities);
  XML_SetStartElementHandler(parser, count_activity);
  std::vector<char> buffer(std::size_t{1} << 16);
  for (bool more = true; more;) {
    const int size = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()));
    more = size > 0 && XML_Parse(parser, buffer.data(), size, 0) == XML_STATUS_OK;
  }
  XML_ParserFree(parser);
  gzclose(file);
}

}  // namespace

int main(int argc, char** argv) {
  const auto begin = std::chrono::steady_clock::now();
  long activities = 0;
  for (int i = 1; i < argc; ++i) parse(argv[i], activities);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  std::printf("%.3f %ld\n", taken.count(), activities);
  return 0;
}
