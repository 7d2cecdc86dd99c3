#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/jobs/job.h"

namespace mangrove::ingest {

/// Jobs on the disk:
///
///     incoming/            what is still being received; emptied when this is opened
///     ID/job.json          the job
///     ID/file/NAME         what was sent, until the job has ended
///     ID/mapping.json      likewise
///     ID/report.json, ID/report.csv
///
/// What a call here has returned from is on the disk, whole. Not for two threads at once.
class JobFolder {
 public:
  /// Makes the folder where there is none. `io`, `no_space`.
  static Result<JobFolder> open(std::filesystem::path folder);

  /// Where to put a file before it is sent in; on the same file system.
  std::filesystem::path incoming() const { return folder_ / "incoming"; }

  /// All that are stored, the oldest first. One that cannot be read is left where it is, and told
  /// in the log.
  std::vector<Job> jobs() const;

  /// Stores a new job with its file, which moves here from `file`.
  Status add(const Job& job, const std::filesystem::path& file);
  Status update(const Job& job);
  Status put_report(const Job& job, std::string_view as_json, std::string_view as_csv);
  /// `not_found` where there is none.
  Result<std::string> report_json(const Job& job) const;
  Result<std::string> report_csv(const Job& job) const;

  std::filesystem::path file_of(const Job& job) const;
  std::filesystem::path mapping_of(const Job& job) const;

  /// What was sent goes.
  void remove_file(const Job& job);
  /// All of it goes.
  void remove(const Job& job);

 private:
  explicit JobFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_of(const Job& job) const { return folder_ / job.id; }

  std::filesystem::path folder_;
};

}  // namespace mangrove::ingest
