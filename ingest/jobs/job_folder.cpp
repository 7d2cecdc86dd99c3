#include "ingest/jobs/job_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "graph/base/json.h"
#include "graph/base/log.h"

namespace mangrove::ingest {
namespace {

namespace fs = std::filesystem;

Error failure(int number, const fs::path& path) {
  const bool full = number == ENOSPC || number == EDQUOT;
  return {full ? ErrorCode::no_space : ErrorCode::io,
          path.string() + ": " + std::error_code(number, std::generic_category()).message()};
}

Status make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return failure(error.value(), path);
  // What waits here may be for some only.
  fs::permissions(path, fs::perms::owner_all, error);
  return {};
}

/// Has what was written to a file, or changed in a folder, on the disk when it returns.
Status make_durable(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return failure(errno, path);
  const bool synced = ::fsync(file) == 0;
  const int number = errno;
  ::close(file);
  if (!synced) return failure(number, path);
  return {};
}

Status rename_to(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failure(errno, to);
  return make_durable(to.parent_path());
}

/// The whole file, or the one that was there before.
Status write_whole(const fs::path& path, std::string_view text) {
  const fs::path unfinished = path.string() + ".new";
  errno = 0;
  std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) return failure(errno == 0 ? EIO : errno, unfinished);
  TRY(make_durable(unfinished));
  return rename_to(unfinished, path);
}

std::optional<std::string> read_whole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<std::string> report_at(const fs::path& path) {
  if (auto text = read_whole(path)) return *std::move(text);
  return Error{ErrorCode::not_found, "There is no report of this job."};
}

}  // namespace

Result<JobFolder> JobFolder::open(fs::path folder) {
  JobFolder jobs(std::move(folder));
  std::error_code ignored;
  fs::remove_all(jobs.incoming(), ignored);
  TRY(make_folder(jobs.folder_));
  TRY(make_folder(jobs.incoming()));
  return jobs;
}

std::vector<Job> JobFolder::jobs() const {
  std::vector<Job> jobs;
  std::error_code error;
  for (fs::directory_iterator each(folder_, error), end; !error && each != end;
       each.increment(error)) {
    if (each->path() == incoming()) continue;
    const auto text = read_whole(each->path() / "job.json");
    const auto parsed = text ? json::parse(*text) : Result<json::Value>(json::Value());
    auto job = parsed.ok() ? job_from(parsed.value()) : std::nullopt;
    if (job && job->id == each->path().filename().string()) {
      jobs.push_back(*std::move(job));
    } else if (!text) {
      // Its sender was never told that it had arrived.
      std::error_code ignored;
      fs::remove_all(each->path(), ignored);
    } else {
      log::warning("a stored upload cannot be read", {{"folder", each->path().string()}});
    }
  }
  std::sort(jobs.begin(), jobs.end(),
            [](const Job& a, const Job& b) { return a.number < b.number; });
  return jobs;
}

Status JobFolder::add(const Job& job, const fs::path& file) {
  const fs::path folder = folder_of(job);
  const auto put = [&]() -> Status {
    TRY(make_folder(folder));
    TRY(make_folder(folder / "file"));
    TRY(make_durable(file));
    TRY(rename_to(file, file_of(job)));
    if (job.has_mapping) TRY(write_whole(mapping_of(job), job.submission.mapping));
    TRY(update(job));  // The last, since it makes the job one.
    return make_durable(folder_);
  };
  const Status status = put();
  if (!status.ok()) remove(job);
  return status;
}

Status JobFolder::update(const Job& job) {
  return write_whole(folder_of(job) / "job.json", to_json(job));
}

Status JobFolder::put_report(const Job& job, std::string_view as_json, std::string_view as_csv) {
  TRY(write_whole(folder_of(job) / "report.csv", as_csv));
  return write_whole(folder_of(job) / "report.json", as_json);
}

Result<std::string> JobFolder::report_json(const Job& job) const {
  return report_at(folder_of(job) / "report.json");
}

Result<std::string> JobFolder::report_csv(const Job& job) const {
  return report_at(folder_of(job) / "report.csv");
}

fs::path JobFolder::file_of(const Job& job) const {
  return folder_of(job) / "file" / job.submission.name;
}

fs::path JobFolder::mapping_of(const Job& job) const {
  return folder_of(job) / "mapping.json";
}

void JobFolder::remove_file(const Job& job) {
  std::error_code ignored;
  fs::remove_all(folder_of(job) / "file", ignored);
  fs::remove(mapping_of(job), ignored);
}

void JobFolder::remove(const Job& job) {
  std::error_code ignored;
  // First what makes it a job: interrupted, the rest goes at the next opening.
  fs::remove(folder_of(job) / "job.json", ignored);
  fs::remove_all(folder_of(job), ignored);
}

}  // namespace mangrove::ingest
