#include "ingest/inputs/known_input.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <tuple>

#include "ingest/draft.h"
#include "ingest/inputs/key_notes.h"

namespace mangrove::ingest {
namespace {

using Object = json::Value::Object;
using Array = json::Value::Array;

constexpr std::string_view kInputs = "input/";
constexpr std::string_view kRecords = "input-records/";
constexpr json::Limits kNoteLimits{.bytes = std::size_t{64} << 20};

// The members of a note that are plain texts and numbers: one line each, for writing and reading.
constexpr std::array<std::pair<const char*, std::string KnownInput::*>, 11> kTexts{{
    {"location", &KnownInput::location},
    {"source", &KnownInput::source},
    {"mapping", &KnownInput::mapping},
    {"sheet", &KnownInput::sheet},
    {"name", &KnownInput::name},
    {"format", &KnownInput::format},
    {"read_by", &KnownInput::read_by},
    {"read", &KnownInput::read},
    {"checked", &KnownInput::checked},
    {"problem", &KnownInput::problem},
    {"format_found", &KnownInput::format_found},
}};
constexpr std::array<std::pair<const char*, std::uint64_t KnownInput::*>, 10> kNumbers{{
    {"bytes", &KnownInput::bytes},
    {"records", &KnownInput::records},
    {"added", &KnownInput::added},
    {"replaced", &KnownInput::replaced},
    {"unchanged", &KnownInput::unchanged},
    {"outdated", &KnownInput::outdated},
    {"skipped", &KnownInput::skipped},
    {"refused", &KnownInput::refused},
    {"retired", &KnownInput::retired},
    {"returned", &KnownInput::returned},
}};

std::string text_in(const json::Value& value, std::string_view name) {
  const std::string* const text = value.find_string(name);
  return text == nullptr ? std::string() : *text;
}

std::uint64_t number_in(const json::Value& value, std::string_view name) {
  return static_cast<std::uint64_t>(
      std::max<std::int64_t>(value.find_integer(name).value_or(0), 0));
}

const Array& array_in(const json::Value& value, std::string_view name) {
  static const Array kNone;
  const json::Value* const found = value.find(name);
  return found != nullptr && found->as_array() != nullptr ? *found->as_array() : kNone;
}

template <typename Texts>
Array array_of(const Texts& texts) {
  Array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

Array to_json(const std::vector<RememberedRule>& rules) {
  Array array;
  for (const RememberedRule& rule : rules) {
    Array examples;
    for (const RememberedRule::Example& example : rule.examples) {
      examples.emplace_back(Object{{"line", example.line}, {"detail", example.detail}});
    }
    array.emplace_back(
        Object{{"rule", rule.rule}, {"count", rule.count}, {"examples", std::move(examples)}});
  }
  return array;
}

std::vector<RememberedRule> rules_in(const json::Value& value) {
  std::vector<RememberedRule> rules;
  for (const json::Value& one : array_in(value, "rules")) {
    RememberedRule& rule = rules.emplace_back();
    rule.rule = text_in(one, "rule");
    rule.count = number_in(one, "count");
    for (const json::Value& example : array_in(one, "examples")) {
      rule.examples.push_back({number_in(example, "line"), text_in(example, "detail")});
    }
  }
  return rules;
}

KnownInput known_in(const json::Value& value) {
  KnownInput input;
  for (const auto& [name, member] : kTexts) input.*member = text_in(value, name);
  for (const auto& [name, member] : kNumbers) input.*member = number_in(value, name);
  input.modified = value.find_integer("modified").value_or(0);
  input.on_web = value.find_boolean("on_web").value_or(false);
  input.has_secrets = value.find_boolean("has_secrets").value_or(false);
  input.validators = {text_in(value, "etag"), text_in(value, "last_modified"),
                      text_in(value, "digest")};
  for (const json::Value& audience : array_in(value, "audiences")) {
    if (audience.as_string() != nullptr) input.audiences.push_back(*audience.as_string());
  }
  for (const json::Value& source : array_in(value, "sources")) {
    if (source.as_string() != nullptr) input.sources.insert(*source.as_string());
  }
  input.rules = rules_in(value);
  return input;
}

std::string records_of(const std::string& id) {
  return std::string(kRecords) + id;
}

}  // namespace

std::string KnownInput::id() const {
  return fingerprint_of(location + '\0' + source + '\0' + mapping + '\0' + sheet);
}

json::Value to_json(const KnownInput& input) {
  Object object;
  for (const auto& [name, member] : kTexts) object.push_back({name, input.*member});
  for (const auto& [name, member] : kNumbers) object.push_back({name, input.*member});
  object.push_back({"modified", input.modified});
  object.push_back({"on_web", input.on_web});
  object.push_back({"has_secrets", input.has_secrets});
  object.push_back({"etag", input.validators.etag});
  object.push_back({"last_modified", input.validators.last_modified});
  object.push_back({"digest", input.validators.digest});
  object.push_back({"audiences", array_of(input.audiences)});
  object.push_back({"sources", array_of(input.sources)});
  object.push_back({"rules", to_json(input.rules)});
  return object;
}

Result<std::optional<KnownInput>> find_known(const graph::Graph& graph, const std::string& id) {
  const std::optional<std::string> note = TRY(graph.note(std::string(kInputs) + id));
  if (!note) return std::optional<KnownInput>();
  return std::optional(known_in(TRY(json::parse(*note, kNoteLimits))));
}

Result<std::vector<std::string>> known_ids(const graph::Graph& graph) {
  std::vector<std::string> ids = TRY(graph.notes(kInputs));
  for (std::string& id : ids) id.erase(0, kInputs.size());
  return ids;
}

Result<std::vector<KnownInput>> known_inputs(const graph::Graph& graph) {
  std::vector<KnownInput> inputs;
  const std::vector<std::string> ids = TRY(known_ids(graph));
  for (const std::string& id : ids) {
    std::optional<KnownInput> input = TRY(find_known(graph, id));
    if (input) inputs.push_back(*std::move(input));
  }
  std::sort(inputs.begin(), inputs.end(), [](const KnownInput& a, const KnownInput& b) {
    return std::tie(a.location, a.source, a.mapping, a.sheet) <
           std::tie(b.location, b.source, b.mapping, b.sheet);
  });
  return inputs;
}

Result<RecordKeys> records_in(const graph::Graph& graph, const std::string& id) {
  return noted_keys(graph, records_of(id));
}

void remember(const KnownInput& input, std::vector<graph::NoteChange>& notes) {
  json::Writer writer;
  writer.value(to_json(input));
  notes.push_back({std::string(kInputs) + input.id(), writer.take()});
}

void remember_records(const std::string& id, const RecordKeys& keys, std::size_t before,
                      std::vector<graph::NoteChange>& notes) {
  note_keys(records_of(id), keys, before, notes);
}

Status forget_input(const graph::Graph& graph, const std::string& id,
                    std::vector<graph::NoteChange>& notes) {
  notes.push_back({std::string(kInputs) + id, std::nullopt});
  for (std::string& name : TRY(graph.notes(records_of(id) + "/"))) {
    notes.push_back({std::move(name), std::nullopt});
  }
  return {};
}

std::string moment() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

}  // namespace mangrove::ingest
