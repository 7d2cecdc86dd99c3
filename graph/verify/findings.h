#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"
#include "graph/progress.h"
#include "graph/storage/storage.h"
#include "graph/verify.h"

namespace mangrove::graph {

/// What a person can do about a finding.
enum class Remedy : std::uint8_t {
  restore,  ///< What is damaged is stated nowhere else.
  repair,   ///< It can be made anew from the records.
  nothing,  ///< It is made anew, or left out, by itself.
};

/// Gathers what is wrong: the first findings in words, of the others the number.
class Findings {
 public:
  explicit Findings(std::size_t kept_max) : kept_max_(kept_max) {}

  /// `where` gives the place in words, which may take looking up: asked only where they are kept.
  template <typename Where>
  void add(std::string_view what, Where&& where, Remedy remedy = Remedy::restore) {
    if (is_full()) {
      ++count_;
    } else {
      keep(what, where(), remedy);
    }
  }

  bool is_full() const { return kept_.size() >= kept_max_; }
  std::uint64_t count() const { return count_; }
  std::vector<Finding> take() { return std::move(kept_); }

 private:
  void keep(std::string_view what, std::string where, Remedy remedy);

  std::size_t kept_max_;
  std::uint64_t count_ = 0;
  std::vector<Finding> kept_;
};

/// Names what keys stand for, as the store has it; where the store does not know, by numbers.
class Wording {
 public:
  explicit Wording(const storage::Snapshot& store) : store_(store) {}

  std::string node(NodeIndex node) const;
  std::string name(Name name) const;
  std::string source(SourceIndex source) const;
  /// "the record of x:1 by src:a".
  std::string record(NodeIndex subject, SourceIndex source) const;

 private:
  std::string text_under(const std::string& key, std::string_view what, std::uint64_t number) const;

  const storage::Snapshot& store_;
};

/// The bytes as hexadecimal digits, at most 32 of them.
std::string in_hex(std::string_view bytes);

/// Passes progress on, not too often, and remembers when it was told to stop.
class Meter {
 public:
  explicit Meter(const OnProgress& on_progress) : on_progress_(on_progress) {}

  void begin(std::string_view doing, std::uint64_t of);
  /// Whether to go on.
  bool reach(std::uint64_t done);
  bool is_stopped() const { return stopped_; }

 private:
  const OnProgress& on_progress_;
  Progress progress_;
  std::uint64_t calls_ = 0;
  std::chrono::steady_clock::time_point told_{};
  bool stopped_ = false;
};

}  // namespace mangrove::graph
