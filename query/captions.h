#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"

namespace mangrove::query {

/// What an answer tells of a node that it names: enough for a line about it, without its texts.
struct Caption {
  struct Name {
    std::string_view language;  ///< As the text states it; empty where it states none.
    std::string_view text;
  };
  std::span<const Name> names;  ///< Of the first property that names it, in the order of
                                ///< `graph::Node`; none: it is known by its id only.
  std::span<const std::string_view> sources;  ///< Ids of those who state anything of it, sorted.
  std::string_view status;                    ///< As stated.
  std::string_view code;                      ///< As stated.
  std::string_view type;                      ///< In words, as stated: of actors.
  std::optional<std::int16_t> from;           ///< The years in which it runs: of initiatives.
  std::optional<std::int16_t> to;
  bool is_retired = false;  ///< As query/answer.h has it.

  /// In this language if there is one, else in English, else the first; empty where there is none.
  std::string_view name(std::string_view language) const;
  Years years() const { return {from, to}; }
};

/// Captions of some nodes, close together. Immutable.
class CaptionPage {
 public:
  explicit CaptionPage(const Context& context, std::span<const graph::Node* const> nodes);
  CaptionPage(const CaptionPage&) = delete;
  CaptionPage& operator=(const CaptionPage&) = delete;

  /// In the order given. Valid as long as the page.
  const Caption& operator[](std::size_t place) const { return captions_[place]; }
  std::size_t size() const { return captions_.size(); }
  std::size_t bytes() const;

 private:
  std::string_view kept(std::string_view text);

  std::string text_;
  std::vector<Caption::Name> names_;
  std::vector<std::string_view> sources_;
  std::vector<Caption> captions_;
};

/// The captions of all nodes of one view, kept in memory: reading a node takes some ten
/// microseconds, and a question may name hundreds. About 200 bytes a node. A page is read as a
/// whole, once as many of its nodes were asked for as make that worth while, or all of them ahead
/// of any question (`read_all`). The next version takes over all pages that no commit touched. Safe
/// from many threads.
class Captions {
 public:
  static constexpr std::uint32_t kPageBits = 8;
  static constexpr std::uint32_t kPageNodes = 1u << kPageBits;
  /// So many nodes of a page are read one by one before the page is.
  static constexpr std::uint32_t kWorthReading = 64;
  /// Of all views of the process together. What does not fit is read as it is asked for.
  static constexpr std::size_t kBytesMax = std::size_t{768} << 20;

  /// Those of the view that is asked; at first without any page.
  static std::shared_ptr<const Captions> of(const Context& context);

  /// Nothing as yet.
  explicit Captions(std::uint32_t node_limit);
  /// With all pages of the earlier version that have none of these nodes.
  Captions(std::uint32_t node_limit, const Captions& earlier,
           std::span<const graph::NodeIndex> touched);
  ~Captions();
  Captions(Captions&&) = default;
  Captions& operator=(Captions&&) = delete;

  /// Null where it is not here. Valid as long as the captions.
  const Caption* find(graph::NodeIndex node) const;
  /// Tells that the node had to be read for itself; now and then, that reads its page.
  Status note_read(const Context& context, graph::NodeIndex node) const;
  /// Reads all that is missing; ends with `cancelled` where the budget is cancelled.
  Status read_all(const Context& context) const;

  std::size_t bytes() const;

 private:
  struct Slot {
    std::atomic<const CaptionPage*> page{nullptr};
    std::atomic<std::uint32_t> read_singly{0};
  };
  struct Pages {
    explicit Pages(std::size_t count) : slots(count) {}
    std::vector<Slot> slots;
    std::mutex mutex;                                       // Guards what follows.
    std::vector<std::shared_ptr<const CaptionPage>> owned;  // By place; some are null.
    std::size_t bytes = 0;
  };

  Status read_page(const Context& context, std::size_t number) const;
  void keep(std::size_t number, std::shared_ptr<const CaptionPage> page) const;

  std::unique_ptr<Pages> pages_;
};

}  // namespace mangrove::query
