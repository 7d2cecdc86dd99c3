#include "ingest/tables/words.h"

#include <algorithm>
#include <cassert>

#include "graph/base/json.h"
#include "graph/base/text.h"
#include "ingest/tables/data_files.h"

namespace mangrove::ingest {
namespace {

/// Calls `take(key, text)` for each text of an object of lists.
template <typename Take>
void each_text(const json::Value& root, std::string_view part, const Take& take) {
  const json::Value* lists = root.find(part);
  if (lists == nullptr || lists->as_object() == nullptr) return;
  for (const json::Member& member : *lists->as_object()) {
    const json::Value::Array* texts = member.value.as_array();
    if (texts == nullptr) continue;
    for (const json::Value& text : *texts) {
      if (text.as_string() != nullptr) take(member.key, *text.as_string());
    }
  }
}

Words read_words() {
  const auto files = mapping_files();
  const auto file = std::ranges::find(files, "words.json", &MappingFile::name);
  assert(file != files.end());
  const json::Value root = json::parse(file->bytes).value();
  Words result;
  each_text(root, "months", [&](const std::string& month, const std::string& word) {
    result.months.emplace(folded(word), std::stoi(month));
  });
  each_text(root, "truths", [&](const std::string& truth, const std::string& word) {
    result.truths.emplace(folded(word), truth == "true");
  });
  each_text(root, "currencies", [&](const std::string& code, const std::string& sign) {
    result.currencies.emplace(sign, code);
  });
  each_text(root, "headers", [&](const std::string& meaning, const std::string& phrase) {
    if (result.headers.empty() || result.headers.back().meaning != meaning) {
      result.headers.push_back({meaning, {}});
    }
    result.headers.back().phrases.push_back(folded(phrase));
  });
  each_text(root, "languages", [&](const std::string& language, const std::string& word) {
    result.languages.emplace(folded(word), language);
  });
  each_text(root, "qualifiers", [&](const std::string& /*group*/, const std::string& word) {
    result.qualifiers.push_back(folded(word));
  });
  each_text(root, "separators", [&](const std::string& /*group*/, const std::string& separator) {
    result.separators.push_back(separator);
  });
  return result;
}

}  // namespace

const Words& words() {
  static const Words read = read_words();
  return read;
}

}  // namespace mangrove::ingest
