#pragma once

#include <CLI/CLI.hpp>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>

#include "graph/base/json.h"
#include "graph/base/result.h"

// What the commands of this folder have in common.
namespace mangrove::graph {

inline constexpr int kDone = 0;
inline constexpr int kFoundWrong = 1;
inline constexpr int kUsage = 2;
inline constexpr int kFailed = 3;

/// The options that every command has.
struct CommonArguments {
  CommonArguments();

  std::string graph;  ///< At first $MANGROVE_GRAPH, else mangrove-data.
  std::string format;
};

/// Adds --graph, and --format with these names, of which the first is the default.
void describe(CLI::App& app, CommonArguments& arguments, const std::vector<std::string>& formats);

/// Takes the words apart. The exit status where that is all there is to do: help was asked for, or
/// the words make no sense.
std::optional<int> parse(CLI::App& app, std::span<const std::string> words, std::ostream& out,
                         std::ostream& errors);

/// Tells why a command could not do it; gives its exit status.
int failed(const CLI::App& app, const Error& error, std::ostream& errors);

/// The whole value in one line.
void print_json(const json::Value& value, std::ostream& out);

}  // namespace mangrove::graph
