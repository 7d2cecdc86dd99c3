#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/json.h"
#include "graph/base/result.h"

namespace mangrove::ingest {

/// What somebody sends to be read into the graph.
struct Submission {
  std::string name{};  ///< Of the file, as its sender calls it: UTF-8, without folders.
  std::string format = "auto";
  std::string source{};  ///< NAME of `src:NAME`; empty: as each record or file says.
  std::string sheet{};   ///< Which one of a workbook; empty: the first.
  std::vector<std::string> audiences{};  ///< Who may see what is read; none: everybody.
  bool dry_run = false;                  ///< Only read and report.
  std::string mapping{};                 ///< The text of a mapping file, for tables; or empty.
};

/// What is wrong with a submission, a sentence each with the member it is about; or nothing.
struct Objection {
  std::string member;  ///< `name`, `format`, `source`, `audience`, `mapping`.
  std::string detail;
};
std::vector<Objection> objections_to(const Submission& submission);

/// A name that can be one of a file in a folder of ours: the last part of what was sent, without
/// controls, leading dots and too many letters. Never empty.
std::string file_name_from(std::string_view sent);

/// `waiting` and `running` go on to one of the others, which stay. `interrupted` is what ended the
/// process, by all that is known, whenever it was read.
enum class JobState { waiting, running, done, failed, cancelled, interrupted };
std::string_view to_string(JobState state);
std::optional<JobState> parse_job_state(std::string_view text);
bool has_ended(JobState state);

/// How many records there were and what became of them.
struct JobCounts {
  std::uint64_t records = 0;
  std::uint64_t added = 0;
  std::uint64_t replaced = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t outdated = 0;
  std::uint64_t skipped = 0;
  std::uint64_t refused = 0;
  std::uint64_t findings = 0;
};

/// One submission on its way, as it stands now.
struct Job {
  std::string id;            ///< 24 hexadecimal digits that nobody can guess.
  std::uint64_t number = 0;  ///< Later ones have higher numbers.
  Submission submission;     ///< Without the text of the mapping once the job is stored.
  bool has_mapping = false;
  std::uint64_t bytes = 0;  ///< Of the file.
  JobState state = JobState::waiting;
  unsigned attempts = 0;  ///< How often it was begun.
  std::string submitted;  ///< UTC, `YYYY-MM-DDTHH:MM:SSZ`; so are the next two.
  std::string started;    ///< Empty before.
  std::string ended;      ///< Likewise.
  std::string message;    ///< Why it failed, or what to do; for a person.
  bool complete = true;   ///< False where records, or the rest of a file, were lost.
  bool has_report = false;
  JobCounts counts;  ///< Once it has ended.

  // While it runs.
  bool cancelling = false;
  bool settling = false;  ///< All is read; now it is linked, and who is who is found out.
  std::uint64_t bytes_done = 0;
  std::uint64_t records_done = 0;
  double seconds = 0;                  ///< Since it was started.
  std::optional<double> seconds_left;  ///< Of the reading; nothing while that cannot be told.
};

/// A job as it is stored, and back; nothing where the text is none.
std::string to_json(const Job& job);
std::optional<Job> job_from(const json::Value& stored);

}  // namespace mangrove::ingest
