#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mangrove::json {
class Writer;
}

namespace mangrove::ingest {

struct Draft;

/// What was done about something that is not as it should be.
enum class Action {
  rest_skipped,  ///< The file could not be read from here to its end; all before it was.
  record_skipped,
  left_out,  ///< On purpose, by a rule that protects people: no loss.
  held,      ///< Read, and seen by reviewers alone until one of them releases it.
  value_skipped,
  value_kept_as_text,
  value_repaired,  ///< Read as what was surely meant; the detail shows both.
  noted,           ///< Nothing was lost or changed.
};

/// `record skipped`, as reports have it.
std::string_view name_of(Action action);

/// One thing in a file that is not as it should be.
struct Finding {
  std::string file;        ///< As given, without the folders above the input.
  std::uint64_t line = 0;  ///< From 1; 0 where the whole file is meant.
  std::string rule;        ///< A stable name, such as `sdg-code-form`; see `rules()`.
  std::string detail;      ///< For a person: what stood there, and in which record.
  Action action = Action::noted;
  std::string publisher{};  ///< Id of the source whose record it is in; empty where unknown.
  bool held = false;        ///< Only reviewers may see the record, and so this.
};

/// What a file is held to.
struct Rule {
  std::string_view name;         ///< Stable: other people's scripts look for it.
  std::string_view explanation;  ///< For a person who has never read the standard.
};
std::span<const Rule> rules();
/// Empty for an unknown rule.
std::string_view explanation_of(std::string_view rule);

/// How many of everything one input held and what became of it.
struct FileCounts {
  std::string file;
  std::string format;  ///< Empty where it was none that we know.
  std::uint64_t bytes = 0;
  std::uint64_t records = 0;  ///< As read; the next six are parts of it.
  std::uint64_t added = 0;
  std::uint64_t replaced = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t outdated = 0;
  std::uint64_t skipped = 0;   ///< Unreadable; each has a finding.
  std::uint64_t refused = 0;   ///< Contradict the graph; each has a finding.
  std::uint64_t retired = 0;   ///< Not in it any more, nor anywhere else: see inputs/retirement.h.
  std::uint64_t returned = 0;  ///< Were retired, and are there again.
  bool not_read = false;       ///< Nothing has changed on the web since it was last read.
  bool complete = true;        ///< False where the file, or its rest, could not be read.
  std::map<std::string, std::uint64_t> elements;  ///< Such as `participating-org`, `sdg-target`.
};

/// Where a rule was broken.
struct QualityExample {
  std::string record;  ///< Id of its subject.
  std::string file;
  std::uint64_t line = 0;
};
/// How many are kept of one rule and source.
inline constexpr std::size_t kQualityExamplesMax = 3;

/// How well one source is published: what a run found in its records.
struct PublisherQuality {
  std::string name;  ///< As its records say; may be empty.
  std::uint64_t records = 0;
  std::map<std::string, std::uint64_t> findings;                ///< By rule.
  std::map<std::string, std::vector<QualityExample>> examples;  ///< By rule; the first ones.
  std::uint64_t references_with = 0;     ///< Organisations named by a reference…
  std::uint64_t references_without = 0;  ///< …and by words only.
};
/// How many sources a report tells apart.
inline constexpr std::size_t kPublishersMax = 20'000;

/// How many findings of one file and rule are kept in full; all are counted.
inline constexpr std::size_t kFindingsKept = 1000;
/// How many are kept of all files together.
inline constexpr std::size_t kFindingsKeptInAll = 100'000;
/// What is kept of a detail, in bytes.
inline constexpr std::size_t kDetailBytesMax = 500;

/// What came of settling who is who: see identity/resolve.h.
struct IdentityCounts {
  std::uint64_t actors = 0;
  std::uint64_t initiatives = 0;
  std::uint64_t compared = 0;
  std::uint64_t accepted = 0;
  std::uint64_t suggested = 0;
  std::uint64_t decided = 0;
  std::uint64_t named = 0;
};

/// What an ingest read, did and found.
class Report {
 public:
  void add(Finding finding);
  /// A record of a source was read, with what was found in it and counted of its elements.
  /// The draft has its source, the findings their file.
  void add_record(const Draft& draft, const std::vector<Finding>& findings);
  void add(FileCounts counts) { files_.push_back(std::move(counts)); }
  /// Where identity was settled; else the report says nothing of it.
  void set_identity(const IdentityCounts& counts) { identity_ = counts; }
  void set_seconds(double seconds) { seconds_ = seconds; }
  /// A part of the work, such as `linking`, and how long all threads together were at it, in
  /// seconds. Stages run beside each other: they add up to more than the whole.
  void add_stage(std::string name, double seconds) {
    stages_.push_back({std::move(name), seconds});
  }
  void set_dry_run(bool dry_run) { dry_run_ = dry_run; }
  /// It was stopped before all was read; what was read is in the graph.
  void set_stopped() { stopped_ = true; }

  const std::vector<FileCounts>& files() const { return files_; }
  /// The first findings of each file and rule, at most kFindingsKept of each, in order of reading.
  const std::vector<Finding>& findings() const { return findings_; }
  /// How often each rule was broken, kept or not.
  const std::map<std::string, std::uint64_t>& by_rule() const { return by_rule_; }

  const std::optional<IdentityCounts>& identity() const { return identity_; }
  double seconds() const { return seconds_; }
  bool is_dry_run() const { return dry_run_; }
  bool was_stopped() const { return stopped_; }

  /// By id of the source.
  const std::map<std::string, PublisherQuality>& publishers() const { return publishers_; }

  FileCounts totals() const;
  /// Whether anything was lost: a record skipped or refused, a file not read to its end (exit
  /// status 1).
  bool records_lost() const;

  std::string to_json() const;
  /// The findings as a table (RFC 4180), a row each, to send to who publishes the file.
  std::string to_csv() const;
  /// A few lines for the end of a command.
  std::string summary() const;

 private:
  std::string pace() const;
  std::string broken_files() const;
  std::string choices() const;
  std::string retired_and_returned() const;
  void write_publishers(json::Writer& writer) const;

  std::vector<FileCounts> files_;
  std::vector<Finding> findings_;
  std::map<std::string, std::uint64_t> by_rule_;
  std::map<std::string, std::uint64_t> kept_;  // By file and rule.
  std::map<std::string, PublisherQuality> publishers_;
  std::optional<IdentityCounts> identity_;
  struct Stage {
    std::string name;
    double seconds;
  };
  std::vector<Stage> stages_;
  double seconds_ = 0;
  bool dry_run_ = false;
  bool stopped_ = false;
};

}  // namespace mangrove::ingest
