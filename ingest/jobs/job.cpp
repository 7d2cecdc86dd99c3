#include "ingest/jobs/job.h"

#include <algorithm>
#include <array>
#include <utility>

#include "graph/base/text.h"
#include "ingest/formats.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kSourceBytesMax = 200;
constexpr std::size_t kAudiencesAtOnceMax = 16;
constexpr std::size_t kMappingBytesMax = std::size_t{1} << 20;

constexpr std::array kStates{
    std::pair{JobState::waiting, std::string_view("waiting")},
    std::pair{JobState::running, std::string_view("running")},
    std::pair{JobState::done, std::string_view("done")},
    std::pair{JobState::failed, std::string_view("failed")},
    std::pair{JobState::cancelled, std::string_view("cancelled")},
    std::pair{JobState::interrupted, std::string_view("interrupted")},
};

bool is_control(char c) {
  return static_cast<unsigned char>(c) < ' ' || c == 0x7F;
}

bool is_one_word(std::string_view text) {
  return is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return c == ' ' || is_control(c); });
}

std::string text_in(const json::Value& value, std::string_view name) {
  const std::string* const text = value.find_string(name);
  return text == nullptr ? std::string() : *text;
}

std::uint64_t number_in(const json::Value& value, std::string_view name) {
  return static_cast<std::uint64_t>(
      std::max<std::int64_t>(0, value.find_integer(name).value_or(0)));
}

constexpr std::array kCountMembers{
    std::pair{std::string_view("records"), &JobCounts::records},
    std::pair{std::string_view("added"), &JobCounts::added},
    std::pair{std::string_view("replaced"), &JobCounts::replaced},
    std::pair{std::string_view("unchanged"), &JobCounts::unchanged},
    std::pair{std::string_view("outdated"), &JobCounts::outdated},
    std::pair{std::string_view("skipped"), &JobCounts::skipped},
    std::pair{std::string_view("refused"), &JobCounts::refused},
    std::pair{std::string_view("findings"), &JobCounts::findings},
};

}  // namespace

std::vector<Objection> objections_to(const Submission& submission) {
  std::vector<Objection> objections;
  const auto object = [&objections](const char* member, std::string detail) {
    objections.push_back({member, std::move(detail)});
  };
  const std::vector<std::string> formats = format_names();
  if (submission.format != "auto" &&
      std::find(formats.begin(), formats.end(), submission.format) == formats.end()) {
    std::string known = "auto";
    for (const std::string& name : formats) known += ", " + name;
    object("format", "is one of " + known);
  }
  if (submission.source.size() > kSourceBytesMax || !is_one_word(submission.source)) {
    object("source", "is one word of at most 200 bytes, without spaces");
  } else if (submission.source.starts_with("mangrove-")) {
    object("source", "names what Mangrove itself says; choose another name");
  }
  if (submission.audiences.size() > kAudiencesAtOnceMax) {
    object("audience", "has more than 16 names");
  }
  for (const std::string& audience : submission.audiences) {
    if (audience.empty() || audience.size() > kNameBytesMax || !is_one_word(audience)) {
      object("audience", "is a name, or several with commas between");
      break;
    }
  }
  if (submission.mapping.size() > kMappingBytesMax) {
    object("mapping", "is larger than 1 MiB");
  }
  return objections;
}

std::string file_name_from(std::string_view sent) {
  const std::size_t slash = sent.find_last_of("/\\");
  std::string_view last = slash == std::string_view::npos ? sent : sent.substr(slash + 1);
  std::string name;
  for (const char c : last) {
    if (!is_control(c) && !(name.empty() && (c == '.' || c == ' '))) name += c;
  }
  if (!is_utf8(name)) {
    std::replace_if(
        name.begin(), name.end(), [](char c) { return (c & 0x80) != 0; }, '?');
  }
  if (name.size() > kNameBytesMax) {
    // Its end tells a table from other text, so that stays.
    const std::size_t dot = name.rfind('.');
    constexpr std::size_t kEndingMax = 20;
    std::string ending = dot == std::string::npos ? std::string() : name.substr(dot);
    if (ending.size() > kEndingMax) ending.clear();
    name.resize(kNameBytesMax - ending.size());
    while (!is_utf8(name)) name.pop_back();
    name += ending;
  }
  return name.empty() ? std::string("upload") : name;
}

std::string_view to_string(JobState state) {
  for (const auto& [known, name] : kStates) {
    if (known == state) return name;
  }
  return {};
}

std::optional<JobState> parse_job_state(std::string_view text) {
  for (const auto& [state, name] : kStates) {
    if (name == text) return state;
  }
  return std::nullopt;
}

bool has_ended(JobState state) {
  return state != JobState::waiting && state != JobState::running;
}

std::string to_json(const Job& job) {
  json::Writer writer;
  writer.begin_object();
  writer.member("id", job.id);
  writer.member("number", job.number);
  writer.member("name", job.submission.name);
  writer.member("format", job.submission.format);
  writer.member("source", job.submission.source);
  writer.member("sheet", job.submission.sheet);
  writer.key("audiences");
  writer.begin_array();
  for (const std::string& audience : job.submission.audiences) writer.string(audience);
  writer.end_array();
  writer.member("dry_run", job.submission.dry_run);
  writer.member("has_mapping", job.has_mapping);
  writer.member("bytes", job.bytes);
  writer.member("state", to_string(job.state));
  writer.member("attempts", job.attempts);
  writer.member("submitted", job.submitted);
  writer.member("started", job.started);
  writer.member("ended", job.ended);
  writer.member("message", job.message);
  writer.member("complete", job.complete);
  writer.member("has_report", job.has_report);
  writer.member("seconds", job.seconds);
  for (const auto& [name, member] : kCountMembers) writer.member(name, job.counts.*member);
  writer.end_object();
  return writer.take();
}

std::optional<Job> job_from(const json::Value& stored) {
  Job job;
  const auto state = parse_job_state(text_in(stored, "state"));
  job.id = text_in(stored, "id");
  if (!state || job.id.empty()) return std::nullopt;
  job.state = *state;
  job.number = number_in(stored, "number");
  job.submission.name = text_in(stored, "name");
  job.submission.format = text_in(stored, "format");
  job.submission.source = text_in(stored, "source");
  job.submission.sheet = text_in(stored, "sheet");
  const json::Value* const audiences = stored.find("audiences");
  // Without them, what is for some would be read for everybody.
  if (audiences == nullptr || audiences->as_array() == nullptr) return std::nullopt;
  for (const json::Value& audience : *audiences->as_array()) {
    if (audience.as_string() == nullptr) return std::nullopt;
    job.submission.audiences.push_back(*audience.as_string());
  }
  job.submission.dry_run = stored.find_boolean("dry_run").value_or(false);
  job.has_mapping = stored.find_boolean("has_mapping").value_or(false);
  job.bytes = number_in(stored, "bytes");
  job.attempts = static_cast<unsigned>(number_in(stored, "attempts"));
  job.submitted = text_in(stored, "submitted");
  job.started = text_in(stored, "started");
  job.ended = text_in(stored, "ended");
  job.message = text_in(stored, "message");
  job.complete = stored.find_boolean("complete").value_or(true);
  job.has_report = stored.find_boolean("has_report").value_or(false);
  job.seconds = stored.find_number("seconds").value_or(0);
  for (const auto& [name, member] : kCountMembers) job.counts.*member = number_in(stored, name);
  if (has_ended(job.state)) {
    job.bytes_done = job.bytes;
    job.records_done = job.counts.records;
  }
  return job;
}

}  // namespace mangrove::ingest
