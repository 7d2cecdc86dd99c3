#include "graph/change_log.h"

#include <algorithm>
#include <ctime>
#include <mutex>
#include <random>

#include "graph/storage/bytes.h"

namespace mangrove::graph {
namespace {

constexpr Notice kNoticedByAll{kNobody, kPublic};

void write_policy(ByteWriter& out, Policy policy) {
  out.varint(policy == kNobody ? 0 : std::uint64_t{policy.value} + 1);
}

Policy read_policy(ByteReader& in) {
  const std::uint16_t number = in.varint16();
  return number == 0 ? kNobody : Policy{static_cast<std::uint16_t>(number - 1)};
}

void write_notices(ByteWriter& out, const std::vector<Notice>& notices) {
  out.varint(notices.size());
  for (const Notice& notice : notices) {
    write_policy(out, notice.before);
    write_policy(out, notice.after);
  }
}

std::vector<Notice> read_notices(ByteReader& in) {
  std::vector<Notice> notices;
  const std::uint64_t count = in.count();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    const Policy before = read_policy(in);
    notices.push_back({before, read_policy(in)});
  }
  return notices;
}

bool is_seen(const Sight& sight, Policy policy) {
  return policy != kNobody && sight.sees(policy);
}

Error corrupt(std::string_view what) {
  return {ErrorCode::corrupt, "the store holds bytes that are no " + std::string(what)};
}

}  // namespace

bool notices_any(const Sight& sight, std::span<const Notice> notices) {
  return sight.sees_everything() ||
         std::any_of(notices.begin(), notices.end(), [&](const Notice& notice) {
           return is_seen(sight, notice.before) != is_seen(sight, notice.after);
         });
}

bool all_notice(std::span<const Notice> notices) {
  return std::any_of(notices.begin(), notices.end(), [](const Notice& notice) {
    return notice == kNoticedByAll || notice == Notice{kPublic, kNobody};
  });
}

std::string encode_change(const StoredChange& change) {
  ByteWriter out;
  out.text(change.time);
  out.fixed64(change.mark);
  out.varint(change.records.size());
  for (const StoredRecordChange& record : change.records) {
    out.varint(record.subject.value);
    out.varint(record.source.value);
    out.byte(static_cast<std::uint8_t>(record.outcome));
    write_notices(out, record.notices);
  }
  write_notices(out, change.notices);
  return out.take();
}

Result<StoredChange> decode_change(std::string_view bytes) {
  ByteReader in(bytes);
  StoredChange change;
  change.time = in.text();
  change.mark = in.fixed64();
  const std::uint64_t count = in.count();
  change.records.reserve(count);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    StoredRecordChange record{};
    record.subject = NodeIndex{in.varint32()};
    record.source = SourceIndex{in.varint32()};
    const std::uint8_t outcome = in.byte();
    if (outcome > static_cast<std::uint8_t>(Outcome::refused)) break;
    record.outcome = static_cast<Outcome>(outcome);
    record.notices = read_notices(in);
    change.records.push_back(std::move(record));
  }
  change.notices = read_notices(in);
  if (!in.ok() || in.left() != 0 || change.records.size() != count) {
    return corrupt("entry of the change log");
  }
  return change;
}

std::vector<Notice> notices_of(const StoredChange& change) {
  std::vector<Notice> all = change.notices;
  for (const StoredRecordChange& record : change.records) {
    if (record.notices.size() == 1 && !all.empty() && all.back() == record.notices[0]) continue;
    all.insert(all.end(), record.notices.begin(), record.notices.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string encode_notices(const std::vector<Notice>& notices) {
  ByteWriter out;
  write_notices(out, notices);
  return out.take();
}

Result<std::vector<Notice>> decode_notices(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<Notice> notices = read_notices(in);
  if (!in.ok() || in.left() != 0) return corrupt("list of who noticed");
  return notices;
}

std::uint64_t drawn_mark() {
  // Drawn from the machine once: asking it again for each commit takes longer than the rest of one.
  static std::mt19937_64 lots{[] {
    std::random_device lot;
    std::seed_seq seed{lot(), lot(), lot(), lot()};
    return std::mt19937_64(seed);
  }()};
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  return lots();
}

std::string current_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char buffer[24];
  const std::size_t length = std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {buffer, length};
}

}  // namespace mangrove::graph
