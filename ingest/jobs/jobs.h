#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/graph.h"
#include "ingest/jobs/job.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

struct JobLimits {
  std::size_t waiting = 20;      ///< Jobs that may wait, beside the one that runs.
  std::size_t remembered = 200;  ///< Jobs that have ended, with their reports.
  unsigned attempts = 3;         ///< A job that ended the process so often is not begun again.
};

/// Files that were sent to be read into an open graph, one at a time, in the order in which they
/// came; on a thread of its own, with the readers of the graph going on.
///
///     auto jobs = TRY(Jobs::open(folder, *graph, ontology));
///     const Job job = TRY(jobs->submit({.name = "activities.xml"}, file));
///     jobs->find(job.id)->state   // waiting, running, done …
///
/// A job that was taken is on the disk. One that waits or runs when the process ends, in whatever
/// way, is begun again by the next: what it had committed is found unchanged.
///
/// All may be called from many threads at once.
class Jobs {
 public:
  /// Goes on with what is stored in this folder, which is made where it is not there. The graph and
  /// the ontology must outlive this. `io`, `no_space`.
  static Result<std::unique_ptr<Jobs>> open(const std::filesystem::path& folder,
                                            graph::Graph& graph, const ontology::Ontology& ontology,
                                            JobLimits limits = {});
  /// Stops what runs between two commits, to be begun again by the next opening.
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// Where a file is put before it is sent in.
  const std::filesystem::path& incoming() const;

  /// Whether another one is taken now.
  bool has_room() const;

  /// Takes a file, which moves away from where it is. `invalid_input` where `objections_to` has
  /// any; `too_large` where too many wait already; `no_space`, `io`.
  Result<Job> submit(Submission submission, const std::filesystem::path& file);

  /// As it stands; nothing where there is none.
  std::optional<Job> find(std::string_view id) const;
  /// All of them, the latest first.
  std::vector<Job> list() const;

  /// Ends a job. One that waits is cancelled at once; one that runs reads no further, and what was
  /// read stays and is settled, with a report of it. `not_found`; `conflict` where it has ended.
  Result<Job> cancel(std::string_view id);

  /// brief_report.h: of a job that has one. `not_found`.
  Result<std::string> report_json(std::string_view id) const;
  Result<std::string> report_csv(std::string_view id) const;

 private:
  class State;
  explicit Jobs(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mangrove::ingest
