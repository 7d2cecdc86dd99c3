#include "graph/backup.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <ostream>
#include <utility>

#include "graph/command.h"
#include "graph/commands/arguments.h"
#include "graph/commands/terminal.h"
#include "graph/requests.h"

namespace mangrove::graph {
namespace {

constexpr const char* kBackupDescription =
    R"(Adds a backup of the graph to a folder of backups, which is made if it is not there.

Only what changed since the last backup is copied; the whole of it is read again to see that it is
good. Others may go on reading and loading meanwhile: where a server has the graph open, the backup
is made by that server.)";

constexpr const char* kBackupExamples =
    R"(Examples:
  mangrove backup /mnt/backups/mangrove
  mangrove backup /mnt/backups/mangrove --keep 30
  mangrove backup /mnt/backups/mangrove --list
  mangrove backup /mnt/backups/mangrove --check

Exit status: 0 done, 1 a backup is damaged (--check), 2 wrong usage, 3 could not be done.)";

constexpr const char* kRestoreDescription =
    R"(Puts a backup in place as a graph, in a folder that is empty or not there.

Every byte is checked, and the graph is opened once, before it appears under its name.)";

constexpr const char* kRestoreExamples =
    R"(Examples:
  mangrove restore /mnt/backups/mangrove --graph restored
  mangrove restore /mnt/backups/mangrove --graph restored --backup 12

Exit status: 0 done, 2 wrong usage, 3 could not be done.)";

struct BackupArguments {
  CommonArguments common;
  std::string folder;
  std::uint32_t keep = 0;
  bool list = false;
  bool check = false;
};

std::string absolute(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal().string();
}

Table table_of(const std::vector<Backup>& backups) {
  Table table{{"BACKUP", "TIME", "VERSION", "SIZE"}, {}};
  for (const Backup& backup : backups) {
    table.rows.push_back({std::to_string(backup.number), backup.time,
                          std::to_string(backup.version), size_of_bytes(backup.bytes)});
  }
  return table;
}

json::Value to_json(const Backup& backup) {
  return json::Value::Object{{"number", backup.number},
                             {"time", backup.time},
                             {"version", backup.version},
                             {"bytes", backup.bytes},
                             {"format", backup.format}};
}

int list_backups(const CLI::App& app, const BackupArguments& arguments, std::ostream& out,
                 std::ostream& errors) {
  const auto backups = backups_in(arguments.folder);
  if (!backups.ok()) return failed(app, backups.error(), errors);
  if (arguments.common.format == "json") {
    json::Value::Array list;
    for (const Backup& backup : backups.value()) list.push_back(to_json(backup));
    print_json(json::Value::Object{{"backups", std::move(list)}}, out);
  } else {
    out << to_text(table_of(backups.value()));
  }
  return kDone;
}

int check_backups(const CLI::App& app, const BackupArguments& arguments, std::ostream& out,
                  std::ostream& errors) {
  const auto faults = faults_of_backups(arguments.folder);
  if (!faults.ok()) return failed(app, faults.error(), errors);
  if (arguments.common.format == "json") {
    json::Value::Array list;
    for (const std::string& fault : faults.value()) list.emplace_back(fault);
    print_json(
        json::Value::Object{{"clean", faults.value().empty()}, {"findings", std::move(list)}}, out);
  } else {
    for (const std::string& fault : faults.value()) out << safe(fault) << '\n';
    if (faults.value().empty()) out << "all backups are good\n";
  }
  return faults.value().empty() ? kDone : kFoundWrong;
}

int make_backup(const CLI::App& app, const BackupArguments& arguments, std::ostream& out,
                std::ostream& errors) {
  Result<json::Value> made = [&] {
    ProgressLine line(errors);
    return carry_out(
        absolute(arguments.common.graph),
        json::Value::Object{
            {"do", "backup"}, {"folder", absolute(arguments.folder)}, {"keep", arguments.keep}},
        line.listener());
  }();
  if (!made.ok()) return failed(app, made.error(), errors);
  const json::Value& backup = made.value();
  if (arguments.common.format == "json") {
    print_json(backup, out);
  } else {
    out << "backup " << backup.find_integer("number").value_or(0) << " in "
        << safe(arguments.folder) << ": version " << backup.find_integer("version").value_or(0)
        << ", "
        << size_of_bytes(static_cast<std::uint64_t>(backup.find_integer("bytes").value_or(0)))
        << '\n';
  }
  return kDone;
}

}  // namespace

int backup_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  CLI::App app(kBackupDescription, "mangrove backup");
  BackupArguments arguments;
  app.footer(kBackupExamples);
  app.add_option("DIR", arguments.folder, "Folder of the backups")->required();
  describe(app, arguments.common, {"table", "json"});
  app.add_option("--keep", arguments.keep, "Keep so many of the newest backups, remove the others")
      ->check(CLI::Range(std::uint32_t{1}, std::numeric_limits<std::uint32_t>::max()))
      ->type_name("N");
  auto* list = app.add_flag("--list", arguments.list, "List the backups there are, make none");
  app.add_flag("--check", arguments.check, "Read every byte of all backups, make none")
      ->excludes(list);
  if (const auto status = parse(app, words, out, errors)) return *status;
  if (arguments.list) return list_backups(app, arguments, out, errors);
  if (arguments.check) return check_backups(app, arguments, out, errors);
  return make_backup(app, arguments, out, errors);
}

int restore_command(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  CLI::App app(kRestoreDescription, "mangrove restore");
  CommonArguments common;
  std::string folder;
  std::optional<std::uint32_t> number;
  app.footer(kRestoreExamples);
  app.add_option("DIR", folder, "Folder of the backups")->required();
  describe(app, common, {"table", "json"});
  app.add_option("--backup", number, "Number of the backup; the latest where none is named")
      ->type_name("N");
  if (const auto status = parse(app, words, out, errors)) return *status;
  const auto restored = restore(folder, common.graph, number);
  if (!restored.ok()) return failed(app, restored.error(), errors);
  const auto& [backup, version] = restored.value();
  if (common.format == "json") {
    print_json(json::Value::Object{{"backup", to_json(backup)}, {"version", version}}, out);
  } else {
    out << "the graph in " << safe(common.graph) << " is backup " << backup.number << " of "
        << backup.time << ", version " << version << '\n';
  }
  return kDone;
}

}  // namespace mangrove::graph
