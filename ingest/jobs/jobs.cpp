#include "ingest/jobs/jobs.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <exception>
#include <map>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "graph/base/log.h"
#include "ingest/brief_report.h"
#include "ingest/ingest.h"
#include "ingest/jobs/job_folder.h"

namespace mangrove::ingest {
namespace {

using Clock = std::chrono::steady_clock;

std::string now_in_words() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

/// Whoever knows it was told it: with 96 random bits it is not found by trying.
std::string new_id() {
  std::random_device random;
  std::string id;
  for (int part = 0; part < 3; ++part) {
    std::array<char, 9> digits{};
    std::snprintf(digits.data(), digits.size(), "%08x", random());
    id += digits.data();
  }
  return id;
}

JobCounts counts_of(const Report& report) {
  const FileCounts totals = report.totals();
  JobCounts counts{totals.records,  totals.added,   totals.replaced, totals.unchanged,
                   totals.outdated, totals.skipped, totals.refused,  0};
  for (const auto& [rule, number] : report.by_rule()) counts.findings += number;
  return counts;
}

/// What its sender is told of an error. Of a disk that fails, no more than that.
std::string told(const Error& error, const std::filesystem::path& file,
                 const std::filesystem::path& mapping) {
  switch (error.code) {
    case ErrorCode::io:
    case ErrorCode::corrupt:
      return "The server could not read or write its own data; its log says more. Whoever runs it "
             "has to look, then the file can be sent again.";
    case ErrorCode::no_space:
      return "The server's disk is full. What was read until then stays; once there is room, the "
             "file can be sent again.";
    default:
      break;
  }
  // Paths of this machine are nobody's business.
  std::string message = error.message;
  for (const auto& [path, name] : {std::pair{file.string(), file.filename().string()},
                                   std::pair{mapping.string(), std::string("the mapping")}}) {
    for (std::size_t at = message.find(path); at != std::string::npos; at = message.find(path)) {
      message.replace(at, path.size(), name);
    }
  }
  return message;
}

}  // namespace

class Jobs::State {
 public:
  State(JobFolder folder, graph::Graph& graph, const ontology::Ontology& ontology, JobLimits limits)
      : folder_(std::move(folder)),
        incoming_(folder_.incoming()),
        graph_(graph),
        ontology_(ontology),
        limits_(limits) {
    std::vector<Job> stored = folder_.jobs();
    for (Job& job : stored) take_up(std::move(job));
    worker_ = std::thread([this] { work(); });
  }

  ~State() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    worker_.join();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  const std::filesystem::path& incoming() const { return incoming_; }

  bool has_room() const {
    const std::lock_guard lock(mutex_);
    return waiting() < limits_.waiting;
  }

  Result<Job> submit(Submission submission, const std::filesystem::path& file) {
    submission.name = file_name_from(submission.name);
    if (const auto objections = objections_to(submission); !objections.empty()) {
      return Error{ErrorCode::invalid_input,
                   objections.front().member + ": " + objections.front().detail};
    }
    std::error_code error;
    Job job;
    job.bytes = std::filesystem::file_size(file, error);
    if (error) return Error{ErrorCode::io, file.string() + ": " + error.message()};
    job.id = new_id();
    job.submitted = now_in_words();
    job.has_mapping = !submission.mapping.empty();
    job.submission = std::move(submission);

    const std::lock_guard lock(mutex_);
    if (waiting() >= limits_.waiting) {
      return Error{ErrorCode::too_large, "Too many files wait already; send it again later."};
    }
    job.number = jobs_.empty() ? 1 : jobs_.rbegin()->first + 1;
    TRY(folder_.add(job, file));
    job.submission.mapping.clear();
    const auto added = jobs_.emplace(job.number, std::move(job)).first;
    changed_.notify_all();
    return added->second;
  }

  std::optional<Job> find(std::string_view id) const {
    const std::lock_guard lock(mutex_);
    const auto number = number_of(id);
    return number ? std::optional(told_now(jobs_.at(*number))) : std::nullopt;
  }

  std::vector<Job> list() const {
    const std::lock_guard lock(mutex_);
    std::vector<Job> list;
    for (const auto& [number, job] : jobs_) list.push_back(told_now(job));
    std::reverse(list.begin(), list.end());
    return list;
  }

  Result<Job> cancel(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto number = number_of(id);
    if (!number) return Error{ErrorCode::not_found, "There is no such job."};
    Job& job = jobs_.at(*number);
    if (has_ended(job.state)) {
      return Error{ErrorCode::conflict,
                   "The job has ended already: " + std::string(to_string(job.state)) + "."};
    }
    if (job.state == JobState::running) {
      job.cancelling = true;
      return told_now(job);
    }
    job.message = "Cancelled before it was begun; nothing was read.";
    const Job cancelled = job;
    end(job, JobState::cancelled);  // After which it may be forgotten.
    return jobs_.contains(*number) ? jobs_.at(*number) : cancelled;
  }

  Result<std::string> report(std::string_view id, bool as_csv) const {
    const std::lock_guard lock(mutex_);
    const auto number = number_of(id);
    if (!number) return Error{ErrorCode::not_found, "There is no such job."};
    const Job& job = jobs_.at(*number);
    if (!job.has_report) {
      return Error{ErrorCode::not_found, "There is no report of this job, or not yet."};
    }
    return as_csv ? folder_.report_csv(job) : folder_.report_json(job);
  }

 private:
  // All of these are called with the mutex held.

  std::optional<std::uint64_t> number_of(std::string_view id) const {
    for (const auto& [number, job] : jobs_) {
      if (job.id == id) return number;
    }
    return std::nullopt;
  }

  std::size_t waiting() const {
    return static_cast<std::size_t>(std::count_if(jobs_.begin(), jobs_.end(), [](const auto& each) {
      return each.second.state == JobState::waiting;
    }));
  }

  Job told_now(Job job) const {
    if (job.state != JobState::running) return job;
    job.seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    // The first bytes tell little of the rest.
    constexpr double kLeastShare = 0.02;
    const double done =
        job.bytes == 0 ? 0 : static_cast<double>(job.bytes_done) / static_cast<double>(job.bytes);
    if (!job.settling && done >= kLeastShare && done <= 1) {
      job.seconds_left = job.seconds * (1 - done) / done;
    }
    return job;
  }

  void store(const Job& job) {
    const Status stored = folder_.update(job);
    if (!stored.ok()) log::error("a job was not stored", {{"why", stored.error().message}});
  }

  void end(Job& job, JobState state) {
    job.state = state;
    job.ended = now_in_words();
    job.cancelling = job.settling = false;
    store(job);
    folder_.remove_file(job);
    forget_old();
  }

  void forget_old() {
    std::size_t ended = static_cast<std::size_t>(std::count_if(
        jobs_.begin(), jobs_.end(), [](const auto& each) { return has_ended(each.second.state); }));
    for (auto each = jobs_.begin(); each != jobs_.end() && ended > limits_.remembered;) {
      if (!has_ended(each->second.state)) {
        ++each;
        continue;
      }
      folder_.remove(each->second);
      each = jobs_.erase(each);
      --ended;
    }
  }

  /// What another process has left.
  void take_up(Job job) {
    const std::uint64_t number = job.number;
    Job& taken = jobs_.emplace(number, std::move(job)).first->second;
    if (taken.state != JobState::running) return;
    if (taken.attempts < limits_.attempts) {
      taken.state = JobState::waiting;
      store(taken);
      return;
    }
    taken.message = "The server ended while it read this file, " + std::to_string(taken.attempts) +
                    " times; it is not begun again. What was read until then stays. Whoever runs "
                    "the server should look at its log.";
    end(taken, JobState::interrupted);
  }

  Job* next_waiting() {
    for (auto& [number, job] : jobs_) {
      if (job.state == JobState::waiting) return &job;
    }
    return nullptr;
  }

  // The rest runs on the worker.

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return ending_ || next_waiting() != nullptr; });
      if (ending_) return;
      Job& job = *next_waiting();
      job.state = JobState::running;
      job.started = now_in_words();
      ++job.attempts;
      began_ = Clock::now();
      store(job);
      const Job begun = job;
      lock.unlock();
      Result<Report> report = read(begun);
      std::string as_json;
      std::string as_csv;
      if (report.ok()) {
        as_json = brief_json(report.value());
        as_csv = brief_csv(report.value());
      }
      lock.lock();
      // Nobody removes a job that runs, so it is where it was.
      conclude(job, report, as_json, as_csv);
    }
  }

  void conclude(Job& job, const Result<Report>& report, const std::string& as_json,
                const std::string& as_csv) {
    job.seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    if (!report.ok()) {
      if (report.error().code == ErrorCode::cancelled && ending_) {
        --job.attempts;  // It was asked to stop, and is not to blame.
        job.state = JobState::waiting;
        job.bytes_done = job.records_done = 0;
        store(job);
        return;
      }
      log::error("an upload was not read", {{"job", job.id}, {"why", report.error().message}});
      job.message = told(report.error(), folder_.file_of(job), folder_.mapping_of(job));
      end(job, JobState::failed);
      return;
    }
    job.counts = counts_of(report.value());
    job.complete = !report.value().records_lost();
    job.records_done = job.counts.records;
    const Status kept = folder_.put_report(job, as_json, as_csv);
    job.has_report = kept.ok();
    if (!kept.ok()) log::error("a report was not stored", {{"why", kept.error().message}});
    if (report.value().was_stopped()) {
      job.message = "Cancelled; what was read until then stays.";
      end(job, JobState::cancelled);
    } else {
      job.bytes_done = job.bytes;
      end(job, JobState::done);
    }
  }

  /// No exception of a library leaves the thread.
  Result<Report> read(const Job& job) noexcept {
    try {
      return read_file(job);
    } catch (const std::bad_alloc&) {
      return Error{ErrorCode::too_large, "The file takes more memory than the server has."};
    } catch (const std::exception& exception) {
      return Error{ErrorCode::io, exception.what()};
    }
  }

  Result<Report> read_file(const Job& job) {
    Options options;
    options.inputs = {folder_.file_of(job).string()};
    options.source = job.submission.source;
    options.format = job.submission.format;
    options.sheet = job.submission.sheet;
    options.audiences = job.submission.audiences;
    if (job.has_mapping) options.mapping = folder_.mapping_of(job).string();
    options.on_progress = [this, number = job.number](const Progress& progress) {
      const std::lock_guard lock(mutex_);
      Job& running = jobs_.at(number);
      running.bytes_done = std::min(progress.bytes_done, running.bytes);
      running.records_done = progress.records;
      running.settling = progress.stage != "reading";
    };
    options.stop = [this, number = job.number] {
      const std::lock_guard lock(mutex_);
      if (ending_) return Stop::at_once;
      return jobs_.at(number).cancelling ? Stop::settle : Stop::no;
    };
    return job.submission.dry_run ? check(options, ontology_) : run(options, graph_, ontology_);
  }

  JobFolder folder_;
  const std::filesystem::path incoming_;
  graph::Graph& graph_;
  const ontology::Ontology& ontology_;
  const JobLimits limits_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, Job> jobs_;  // By number. Nodes stay where they are.
  bool ending_ = false;
  Clock::time_point began_;  // Of the one that runs.
  std::thread worker_;
};

Result<std::unique_ptr<Jobs>> Jobs::open(const std::filesystem::path& folder, graph::Graph& graph,
                                         const ontology::Ontology& ontology, JobLimits limits) {
  return std::unique_ptr<Jobs>(
      new Jobs(std::make_unique<State>(TRY(JobFolder::open(folder)), graph, ontology, limits)));
}

Jobs::Jobs(std::unique_ptr<State> state) : state_(std::move(state)) {}
Jobs::~Jobs() = default;

const std::filesystem::path& Jobs::incoming() const {
  return state_->incoming();
}
bool Jobs::has_room() const {
  return state_->has_room();
}
Result<Job> Jobs::submit(Submission submission, const std::filesystem::path& file) {
  return state_->submit(std::move(submission), file);
}
std::optional<Job> Jobs::find(std::string_view id) const {
  return state_->find(id);
}
std::vector<Job> Jobs::list() const {
  return state_->list();
}
Result<Job> Jobs::cancel(std::string_view id) {
  return state_->cancel(id);
}
Result<std::string> Jobs::report_json(std::string_view id) const {
  return state_->report(id, false);
}
Result<std::string> Jobs::report_csv(std::string_view id) const {
  return state_->report(id, true);
}

}  // namespace mangrove::ingest
