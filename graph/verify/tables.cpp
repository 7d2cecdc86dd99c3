#include "graph/verify/tables.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "graph/storage/keys.h"

namespace mangrove::graph {
namespace {

Error stopped() {
  return {ErrorCode::cancelled, "the check was stopped"};
}

/// Reads the small tables, one after the other.
class TableCheck {
 public:
  TableCheck(const storage::Snapshot& store, Tables& tables, Findings& findings, Meter& meter)
      : store_(store), tables_(tables), findings_(findings), meter_(meter) {}

  Status run() {
    check_unknown_keys();
    check_versions();
    meter_.begin("reading names and ids", 0);
    tables_.names = check_texts(keys::kNames, "names", 2, 1, is_good_text);
    tables_.nodes = check_texts(keys::kNodes, "ids of nodes", 4, 0, is_good_text);
    tables_.sources = check_texts(keys::kSources, "sources", 4, 0, [](std::string_view text) {
      return text.find('\0') != std::string_view::npos && is_utf8(text);
    });
    check_audiences();
    check_policies();
    if (meter_.is_stopped()) return stopped();
    return {};
  }

 private:
  void fault(std::string_view what, std::string where) {
    tables_.are_good = false;
    findings_.add(what, [&] { return std::move(where); });
  }

  static bool is_good_text(std::string_view text) { return !text.empty() && is_utf8(text); }

  /// Calls `visit(number, value)` for the keys of a table, which begin at `first` and have no gaps;
  /// returns one past the highest number.
  std::uint32_t check_numbered(std::string_view table, const std::string& name,
                               std::size_t number_bytes, std::uint32_t first,
                               const std::function<void(std::uint32_t, std::string_view)>& visit) {
    std::uint32_t next = first;
    const auto scanned =
        store_.scan(table, table, [&](std::string_view key, std::string_view value) {
          const auto number = number_bytes == 2 ? keys::read_u16(key, 1) : keys::read_u32(key, 1);
          if (key.size() != 1 + number_bytes || *number < next || *number == UINT32_MAX) {
            fault("a key that cannot be", "the table of " + name + ", key " + in_hex(key));
          } else {
            if (*number != next) {
              fault("missing", "the table of " + name + ", number " + std::to_string(next));
            }
            next = *number + 1;
            visit(*number, value);
          }
          return meter_.reach(next);
        });
    if (!scanned.ok()) {
      fault(scanned.error().message,
            "the table of " + name + ", behind number " + std::to_string(next));
    }
    return next;
  }

  std::uint32_t check_texts(std::string_view table, const std::string& name,
                            std::size_t number_bytes, std::uint32_t first,
                            const std::function<bool(std::string_view)>& is_good) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> hashes;
    const auto place = [&](std::uint32_t number) {
      return "the table of " + name + ", number " + std::to_string(number);
    };
    const std::uint32_t end = check_numbered(
        table, name, number_bytes, first, [&](std::uint32_t number, std::string_view text) {
          if (!is_good(text)) fault("not a text that can stand here", place(number));
          hashes.emplace_back(hash_of_content(text), number);
        });
    std::sort(hashes.begin(), hashes.end());
    for (std::size_t i = 1; i < hashes.size(); ++i) {
      if (hashes[i].first != hashes[i - 1].first) continue;
      fault("the same text as under number " + std::to_string(hashes[i - 1].second),
            place(hashes[i].second));
    }
    return end;
  }

  void check_audiences() {
    check_numbered(keys::kAudiences, "audiences", 2, 0,
                   [&](std::uint32_t number, std::string_view name) {
                     const auto added = tables_.policies.add_audience(name);
                     if (!name.empty() && added && *added == number) return;
                     fault("not a name that can stand here",
                           "the table of audiences, number " + std::to_string(number));
                   });
  }

  void check_policies() {
    const std::size_t audiences = tables_.policies.audiences().size();
    check_numbered(
        keys::kPolicies, "conditions", 2, 1, [&](std::uint32_t number, std::string_view bytes) {
          std::vector<AudienceSet> sets;
          bool good = !bytes.empty() && bytes.size() % 8 == 0;
          for (std::size_t at = 0; good && at < bytes.size(); at += 8) {
            sets.push_back(*keys::read_u64(bytes, at));
            good = audiences == kAudiencesMax || sets.back() >> audiences == 0;
          }
          const Policy policy{static_cast<std::uint16_t>(number)};
          good =
              good && (tables_.policies.restore(policy, sets) ||
                       (number < tables_.policies.size() && tables_.policies.sets(policy) == sets));
          if (good) return;
          fault("not the sets of audiences that must stand here",
                "the table of conditions, number " + std::to_string(number));
        });
    tables_.stored_policies = tables_.policies.size();
  }

  /// The number under a key of its own; 0 where there is none.
  std::uint64_t number_under(std::string_view key, const std::string& name) {
    const auto bytes = store_.get(key);
    if (!bytes.ok()) {
      fault(bytes.error().message, name);
      return 0;
    }
    if (!bytes.value()) return 0;
    const auto number = keys::read_u64(*bytes.value(), 0);
    if (!number || bytes.value()->size() != 8) fault("not a number", name);
    return number.value_or(0);
  }

  void check_versions() {
    const auto format = store_.get(keys::kFormat);
    if (!format.ok()) {
      fault(format.error().message, "the format version");
    } else if (!format.value() || *format.value() != keys::u32(keys::kFormatVersion)) {
      fault("missing, or not the one that this program writes", "the format version");
    }
    tables_.version = number_under(keys::kVersion, "the version");
    tables_.floor = number_under(keys::kFloor, "the oldest version that can be read");
    if (tables_.floor > tables_.version) {
      fault("newer than the latest version", "the oldest version that can be read");
    }
  }

  /// Looks at what lies between the tables, which are passed over.
  void check_unknown_keys() {
    constexpr std::string_view kSingle = "fvkx";
    constexpr std::string_view kTables = "auspnrmcqhto";
    std::string from;
    std::optional<char> table;
    do {
      table.reset();
      const auto scanned = store_.scan({}, from, [&](std::string_view key, std::string_view) {
        if (!key.empty() && kTables.find(key[0]) != std::string_view::npos) {
          table = key[0];
          return false;
        }
        if (key.size() != 1 || kSingle.find(key[0]) == std::string_view::npos) {
          fault("a key that belongs to nothing", "key " + in_hex(key));
        }
        return true;
      });
      if (!scanned.ok()) fault(scanned.error().message, "the keys between the tables");
      if (table) from = std::string(1, static_cast<char>(*table + 1));
    } while (table);
  }

  const storage::Snapshot& store_;
  Tables& tables_;
  Findings& findings_;
  Meter& meter_;
};

}  // namespace

Status check_tables(const storage::Snapshot& store, Tables& tables, Findings& findings,
                    Meter& meter) {
  return TableCheck(store, tables, findings, meter).run();
}

std::string_view unknown_in(const StoredRecord& record, const Tables& tables) {
  const auto unknown_in_properties =
      [&](const std::vector<StoredProperty>& properties) -> std::string_view {
    for (const StoredProperty& property : properties) {
      if (!tables.knows(property.name)) return "a name";
      if (!tables.knows(property.policy)) return "a condition";
    }
    return {};
  };
  if (!tables.knows(record.kind)) return "a kind";
  if (!tables.knows(record.policy) || !tables.knows(record.guard)) return "a condition";
  if (const auto unknown = unknown_in_properties(record.properties); !unknown.empty()) {
    return unknown;
  }
  for (const StoredMention& mention : record.mentions) {
    if (!tables.knows(mention.node)) return "a node that it mentions";
    if (!tables.knows(mention.kind)) return "a kind";
    if (!tables.knows(mention.guard)) return "a condition";
    if (const auto unknown = unknown_in_properties(mention.properties); !unknown.empty()) {
      return unknown;
    }
  }
  for (const StoredEdge& edge : record.edges) {
    if (!tables.knows(edge.from) || !tables.knows(edge.to)) return "a node at an end of an edge";
    if (!tables.knows(edge.relation) || edge.relation == kNoName) return "a relation";
    if (!tables.knows(edge.qualifier)) return "a qualifier";
    if (!tables.knows(edge.policy)) return "a condition";
    if (const auto unknown = unknown_in_properties(edge.properties); !unknown.empty()) {
      return unknown;
    }
  }
  return {};
}

}  // namespace mangrove::graph
