#include "graph/verify/memory.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "graph/change_log.h"
#include "graph/storage/keys.h"

namespace mangrove::graph {
namespace {

class MemoryCheck {
 public:
  MemoryCheck(const Snapshot& state, const storage::Snapshot& store, const Tables& tables,
              Findings& findings)
      : state_(state), store_(store), tables_(tables), findings_(findings) {}

  void run() {
    const Catalogue& catalogue = *state_.catalogue;
    const CatalogueSizes& sizes = state_.sizes;
    compare("the version", state_.version, tables_.version);
    compare("the number of names", sizes.names, tables_.names);
    compare("the number of nodes", sizes.nodes, tables_.nodes);
    compare("the number of sources", sizes.sources, tables_.sources);
    compare("the number of conditions", sizes.policies, tables_.stored_policies);
    compare_texts(keys::kNames, "name", 2, sizes.names, catalogue.names);
    compare_texts(keys::kNodes, "id of node", 4, sizes.nodes, catalogue.nodes);
    compare_texts(keys::kSources, "source", 4, sizes.sources, catalogue.sources);
    compare_policies();
    compare_quiet();
  }

 private:
  void fault(std::string_view what, const std::string& where) {
    findings_.add(
        what, [&] { return "in memory, " + where; }, Remedy::repair);
  }

  void compare(const std::string& what, std::uint64_t here, std::uint64_t stored) {
    if (here == stored) return;
    fault(std::to_string(here) + ", and in the store " + std::to_string(stored), what);
  }

  void compare_texts(std::string_view table, const std::string& name, std::size_t number_bytes,
                     std::uint32_t size, const Numbering& texts) {
    const Status read = store_.scan(table, table, [&](std::string_view key, std::string_view text) {
      const auto number = number_bytes == 2 ? keys::read_u16(key, 1) : keys::read_u32(key, 1);
      if (!number || *number >= size) return false;  // Told where the sizes are compared.
      if (texts.text(*number) != text) {
        fault("not the same as in the store", name + ' ' + std::to_string(*number));
      }
      return true;
    });
    if (!read.ok()) fault(read.error().message, "the table of each " + name);
  }

  void compare_policies() {
    const Policies& here = state_.catalogue->policies;
    const auto audiences = here.audiences();
    const auto stored = tables_.policies.audiences();
    bool same = audiences.size() >= stored.size() && here.size() >= tables_.stored_policies;
    for (std::size_t i = 0; same && i < stored.size(); ++i) same = audiences[i] == stored[i];
    for (std::uint32_t i = 0; same && i < tables_.stored_policies; ++i) {
      const Policy policy{static_cast<std::uint16_t>(i)};
      same = here.sets(policy) == tables_.policies.sets(policy);
    }
    if (!same) fault("not the same as in the store", "audiences and conditions");
  }

  void compare_quiet() {
    std::uint32_t next = 0;
    bool same = true;
    const Status read =
        store_.scan(keys::kQuiet, keys::kQuiet, [&](std::string_view key, std::string_view value) {
          const auto notices = decode_notices(value);
          same = notices.ok() && next < state_.quiet_count &&
                 (*state_.quiet)[next].version == keys::read_u64(key, 1) &&
                 (*state_.quiet)[next].notices == notices.value();
          ++next;
          return same;
        });
    if (!read.ok() || !same || next != state_.quiet_count) {
      fault("not the same as in the store", "commits that not all noticed");
    }
  }

  const Snapshot& state_;
  const storage::Snapshot& store_;
  const Tables& tables_;
  Findings& findings_;
};

}  // namespace

void compare_memory(const Snapshot& state, const storage::Snapshot& store, const Tables& tables,
                    Findings& findings) {
  MemoryCheck(state, store, tables, findings).run();
}

}  // namespace mangrove::graph
