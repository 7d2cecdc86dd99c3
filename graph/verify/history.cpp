#include "graph/verify/history.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "graph/storage/keys.h"
#include "graph/storage/records.h"

namespace mangrove::graph {
namespace {

/// Reads the log in parts of bounded size, and compares with each what is kept beside it.
class HistoryCheck {
 public:
  HistoryCheck(const storage::Snapshot& store, const Tables& tables, Findings& findings,
               Meter& meter, const std::function<void(const StoredRecordChange&)>& visit)
      : store_(store),
        tables_(tables),
        findings_(findings),
        meter_(meter),
        visit_(visit),
        wording_(store),
        next_(tables.floor + 1) {}

  Result<HistoryCounts> run() {
    meter_.begin("reading the change log", tables_.version);
    while (!is_at_end_) {
      read_part();
      compare_past();
      compare_quiet();
      begin_ = end_;
    }
    if (meter_.is_stopped()) return Error{ErrorCode::cancelled, "the check was stopped"};
    if (is_readable_) check_end();
    return counts_;
  }

 private:
  /// At which version which record was no longer what it had been.
  struct Replaced {
    Version version;
    NodeIndex subject;
    SourceIndex source;

    friend auto operator<=>(const Replaced&, const Replaced&) = default;
  };

  static std::string entry(Version version) {
    return "entry " + std::to_string(version) + " of the change log";
  }

  void fault(std::string_view what, const std::string& where) {
    findings_.add(what, [&] { return where; });
  }

  void read_part() {
    constexpr std::size_t kPart = 500'000;
    replaced_.clear();
    quiet_.clear();
    is_at_end_ = true;
    const auto scanned = store_.scan(
        keys::kChanges, keys::change(begin_), [&](std::string_view key, std::string_view value) {
          if (key.size() != 9) {
            fault("a key that cannot be", "the change log, key " + in_hex(key));
            return true;
          }
          const Version version = *keys::read_u64(key, 1);
          if (replaced_.size() + quiet_.size() >= kPart) {
            end_ = version;
            is_at_end_ = false;
            return false;
          }
          read_entry(version, value);
          return meter_.reach(version);
        });
    if (is_at_end_) end_ = UINT64_MAX;
    if (scanned.ok()) return;
    is_readable_ = false;
    fault(scanned.error().message, "the change log, from entry " + std::to_string(next_) + " on");
  }

  void read_entry(Version version, std::string_view bytes) {
    ++counts_.entries;
    if (version > tables_.version) return fault("newer than the latest version", entry(version));
    last_ = version;
    if (version > tables_.floor) {
      for (; next_ < version && !findings_.is_full(); ++next_) fault("missing", entry(next_));
      next_ = version + 1;
    }
    const auto change = decode_change(bytes);
    if (!change.ok()) return fault(change.error().message, entry(version));
    if (const auto wrong = fault_of(change.value()); !wrong.empty()) {
      return fault(wrong, entry(version));
    }
    for (const StoredRecordChange& record : change.value().records) {
      visit_(record);
      if (version > tables_.floor && record.outcome != Outcome::added) {
        replaced_.push_back({version, record.subject, record.source});
      }
    }
    auto notices = notices_of(change.value());
    if (!all_notice(notices)) quiet_.push_back({version, std::move(notices)});
  }

  std::string_view fault_of(const StoredChange& change) const {
    const StoredRecordChange* before = nullptr;
    for (const StoredRecordChange& record : change.records) {
      if (!tables_.knows(record.subject)) return "a node that is not there";
      if (!tables_.knows(record.source)) return "a source that is not there";
      const bool ordered = before == nullptr || std::tie(before->subject, before->source) <
                                                    std::tie(record.subject, record.source);
      // The log of the first format named subjects only, each perhaps several times.
      if (!ordered && last_ > tables_.floor) return "records that are out of order";
      before = &record;
      if (record.outcome != Outcome::added && record.outcome != Outcome::replaced &&
          record.outcome != Outcome::removed) {
        return "an outcome that is no change";
      }
      if (!knows_all(record.notices)) return "a condition that is not there";
    }
    return knows_all(change.notices) ? "" : "a condition that is not there";
  }

  bool knows_all(const std::vector<Notice>& notices) const {
    const auto is_known = [&](Policy policy) { return policy == kNobody || tables_.knows(policy); };
    return std::all_of(notices.begin(), notices.end(), [&](const Notice& notice) {
      return is_known(notice.before) && is_known(notice.after);
    });
  }

  void compare_past() {
    auto wanted = replaced_.cbegin();
    const auto missing_before = [&](const Replaced& end) {
      for (; wanted != replaced_.cend() && *wanted < end; ++wanted) {
        findings_.add("missing", [&] { return past(*wanted); });
      }
    };
    const auto scanned = store_.scan(
        keys::kPast, keys::past(begin_), [&](std::string_view key, std::string_view value) {
          if (key.size() != 17) {
            fault("a key that cannot be", "the past, key " + in_hex(key));
            return true;
          }
          const Replaced found{*keys::read_u64(key, 1), NodeIndex{*keys::read_u32(key, 9)},
                               SourceIndex{*keys::read_u32(key, 13)}};
          if (found.version >= end_) return false;
          ++counts_.past;
          missing_before(found);
          if (wanted != replaced_.cend() && *wanted == found) {
            ++wanted;
          } else if (is_readable_) {
            findings_.add("kept, and the change log knows nothing of it",
                          [&] { return past(found); });
          }
          check_past(found, value);
          return meter_.reach(found.version);
        });
    if (!scanned.ok()) return fault(scanned.error().message, "the past of replaced records");
    if (!meter_.is_stopped()) missing_before({UINT64_MAX, {}, {}});
  }

  void check_past(const Replaced& at, std::string_view bytes) {
    const auto record = decode_record(bytes);
    if (!record.ok()) {
      return findings_.add(record.error().message, [&] { return past(at); });
    }
    if (const auto unknown = unknown_in(record.value(), tables_); !unknown.empty()) {
      findings_.add("it names " + std::string(unknown) + " that is not there",
                    [&] { return past(at); });
    }
  }

  std::string past(const Replaced& at) const {
    return wording_.record(at.subject, at.source) + ", as it was before version " +
           std::to_string(at.version);
  }

  void compare_quiet() {
    constexpr std::string_view kWhere = "the list of commits that not all noticed, version ";
    auto wanted = quiet_.cbegin();
    const auto missing_before = [&](Version end) {
      for (; wanted != quiet_.cend() && wanted->version < end; ++wanted) {
        fault("missing", std::string(kWhere) + std::to_string(wanted->version));
      }
    };
    const auto scanned = store_.scan(
        keys::kQuiet, keys::quiet(begin_), [&](std::string_view key, std::string_view value) {
          if (key.size() != 9) {
            fault("a key that cannot be", "the list of quiet commits, key " + in_hex(key));
            return true;
          }
          const Version version = *keys::read_u64(key, 1);
          if (version >= end_) return false;
          missing_before(version);
          const bool is_wanted = wanted != quiet_.cend() && wanted->version == version;
          const auto notices = decode_notices(value);
          // Those of commits whose entries were forgotten stay.
          const bool may_stand = is_wanted || version <= tables_.floor || !is_readable_;
          if (!notices.ok() || !may_stand || (is_wanted && wanted->notices != notices.value())) {
            fault("not what the change log says", std::string(kWhere) + std::to_string(version));
          }
          if (is_wanted) ++wanted;
          return true;
        });
    if (!scanned.ok()) return fault(scanned.error().message, std::string(kWhere));
    missing_before(UINT64_MAX);
  }

  void check_end() {
    for (; next_ <= tables_.version && !findings_.is_full(); ++next_) {
      fault("missing", entry(next_));
    }
    // The latest entry tells this store from others, and is there even where its past is not.
    if (tables_.floor == tables_.version && last_ != tables_.version) {
      fault("missing", entry(tables_.version));
    }
  }

  const storage::Snapshot& store_;
  const Tables& tables_;
  Findings& findings_;
  Meter& meter_;
  const std::function<void(const StoredRecordChange&)>& visit_;
  Wording wording_;
  HistoryCounts counts_;

  Version begin_ = 0;  // Of the part at hand.
  Version end_ = 0;    // One past it.
  bool is_at_end_ = false;
  bool is_readable_ = true;
  Version next_;                    // The entry that must come next.
  Version last_ = 0;                // The one that came last.
  std::vector<Replaced> replaced_;  // As the part at hand says; sorted.
  std::vector<QuietCommit> quiet_;  // Likewise.
};

}  // namespace

Result<HistoryCounts> check_history(const storage::Snapshot& store, const Tables& tables,
                                    Findings& findings, Meter& meter,
                                    const std::function<void(const StoredRecordChange&)>& visit) {
  return HistoryCheck(store, tables, findings, meter, visit).run();
}

}  // namespace mangrove::graph
