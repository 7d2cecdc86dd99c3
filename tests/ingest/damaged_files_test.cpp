// Files cut off or changed anywhere: no crash, no hang, and never an end without a word.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "ingest/formats.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {
namespace {

constexpr int kFiles = 200;
constexpr unsigned kSeed = 20240229;

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

std::string content(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Outcome {
  std::size_t drafts = 0;
  std::size_t findings = 0;
  bool failed = false;
};

Outcome read(std::string bytes) {
  Outcome outcome;
  const Input input{"damaged.xml", "damaged.xml", bytes.size()};
  Result<OpenedInput> opened =
      open_reader(from_memory(std::move(bytes)), input, "auto", "", built_in());
  outcome.failed = !opened.ok();
  while (!outcome.failed) {
    const Result<std::optional<Step>> step = opened.value().reader->next();
    outcome.failed = !step.ok();
    EXPECT_TRUE(step.ok() || !step.error().message.empty());
    if (!step.ok() || !step.value()) break;
    outcome.findings += step.value()->findings.size();
    outcome.drafts += step.value()->draft ? 1U : 0U;
  }
  return outcome;
}

std::string damaged(const std::string& whole, std::mt19937& random) {
  std::string bytes = whole;
  const auto any = [&random](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  switch (any(4)) {
    case 0:  // Cut short.
      bytes.resize(any(bytes.size()));
      break;
    case 1:  // Bytes changed.
      for (int i = 0; i < 20; ++i) bytes[any(bytes.size())] = static_cast<char>(any(256));
      break;
    case 2: {  // A piece lost.
      const std::size_t at = any(bytes.size());
      bytes.erase(at, any(200) + 1);
      break;
    }
    default: {  // A piece twice, elsewhere.
      const std::size_t from = any(bytes.size());
      bytes.insert(any(bytes.size()), bytes.substr(from, any(500) + 1));
    }
  }
  return bytes;
}

TEST(DamagedFiles, NeverCrashAndNeverEndWithoutAWord) {
  const std::string folder = MANGROVE_SOURCE "/tests/data/iati/";
  const std::string whole[] = {content(folder + "good/version-2.xml"),
                               content(folder + "good/version-1.xml"),
                               content(folder + "recover/irregular.xml")};
  std::mt19937 random(kSeed);
  int failed = 0;
  for (int i = 0; i < kFiles; ++i) {
    const std::string& sound = whole[i % 3];
    const Outcome before = read(sound);
    const Outcome after = read(damaged(sound, random));
    failed += after.failed ? 1 : 0;
    // Lost records show as an error or as a finding; changed texts may well be texts still.
    EXPECT_TRUE(after.failed || after.drafts >= before.drafts || after.findings > 0)
        << "file " << i;
  }
  EXPECT_GT(failed, kFiles / 2);
}

}  // namespace
}  // namespace mangrove::ingest
