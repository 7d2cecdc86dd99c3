#include "query/explore/overlaps.h"

#include <algorithm>
#include <utility>

#include "query/best.h"
#include "query/reading.h"
#include "query/same.h"
#include "query/scratch.h"
#include "query/side.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kInitiative = "Initiative";
/// So many candidates, by strength, are put in the order of their scores together. With a filter
/// that must read properties, no more than these are looked at.
constexpr std::size_t kBlock = 2'000;
/// Dates are read for this many candidates at a time.
constexpr std::size_t kReadAtOnce = 20;
/// So many candidates are ranked at first.
constexpr std::size_t kRowsAtLeast = 64;

/// A candidate with what was read about it.
struct Candidate {
  NodeIndex node;
  double strength = 0;
  std::optional<Years> years;
  bool never = false;

  double factor() const { return never ? kNeverTogether : 1; }
  double score() const { return strength * factor(); }
};

class OverlapFinder {
 public:
  OverlapFinder(const Context& context, const PreparedFilter& filter, Page page)
      : context_(context),
        filter_(filter),
        page_(page),
        sides_(context, filter),
        reading_(context) {}

  Result<OverlapsAnswer> of_initiative(NodeIndex self) {
    self_ = std::move(TRY(sides_.of(std::span(&self, 1))).front());
    OverlapsAnswer answer;
    TRY(find_duplicates(self, answer.duplicates));
    reading_.want(self);
    TRY(reading_.load());
    years_ = reading_.caption(self).years();
    answer.of = reading_.brief(self);
    TRY(find({}, answer));
    return answer;
  }

  Result<OverlapsAnswer> of_draft(const DraftOverlapsQuestion& draft) {
    years_ = draft.years;
    self_.ties = ties_of(draft);
    OverlapsAnswer answer;
    answer.of = {{}, std::string(kInitiative), draft.title, {}};
    TRY(find(draft.title, answer));
    return answer;
  }

 private:
  /// Ends that this view has, each once a ground on its strongest basis.
  std::vector<SideTie> ties_of(const DraftOverlapsQuestion& draft) const {
    const auto& bases = draft.filter.bases;
    std::vector<SideTie> ties;
    for (const DraftTie& tie : draft.ties) {
      const auto ground = sides_.find(tie.relation);
      const auto end = context_.view.find(tie.id);
      if (!ground || !end || sides_.ground()[*ground].away == Direction::in) continue;
      if (!bases.empty() &&
          std::find(bases.begin(), bases.end(), to_string(tie.basis)) == bases.end()) {
        continue;
      }
      ties.push_back({*ground, *end, tie.basis, {}});
    }
    std::sort(ties.begin(), ties.end(), [](const SideTie& a, const SideTie& b) {
      if (a.ground != b.ground) return a.ground < b.ground;
      if (a.end != b.end) return a.end < b.end;
      return is_weaker(b.basis, a.basis);
    });
    ties.erase(std::unique(ties.begin(), ties.end(),
                           [](const SideTie& a, const SideTie& b) {
                             return a.ground == b.ground && a.end == b.end;
                           }),
               ties.end());
    return ties;
  }

  /// Records of our own initiative, sure and perhaps: a duplicate is no overlap.
  Status find_duplicates(NodeIndex self, std::vector<Duplicate>& duplicates) {
    const Same same(context_);
    const auto accepted = TRY(same.others(self));
    const auto suggested = TRY(same.suggested(self));
    left_out_ = accepted;
    left_out_.insert(left_out_.end(), suggested.begin(), suggested.end());
    const auto named = TRY(briefs(context_, left_out_));
    for (std::size_t i = 0; i < named.size(); ++i) {
      duplicates.push_back({named[i], i < accepted.size() ? "accepted" : "suggested"});
    }
    left_out_.push_back(self);
    return {};
  }

  Status find(std::string title, OverlapsAnswer& answer) {
    Scratch<double> strength(context_.view.node_limit());
    TRY(add_up(strength));
    // Most pages need few more rows than they show: only where dates push these down, more.
    const std::size_t most = ranked_most();
    std::size_t rows = filter_.reads_properties()
                           ? most
                           : std::min(most, kRowsAtLeast + 2 * (page_.offset + page_.limit));
    std::vector<Candidate> page;
    for (bool sure = false; !sure; rows = most) {
      const std::vector<Ranked> ranked = TRY(rank(strength, rows, answer.total));
      page = TRY(choose(ranked, answer.total));
      sure = is_sure_ || rows == most || ranked.size() < rows;
    }
    return explain(page, std::move(title), answer.items);
  }

  /// Adds to every initiative what it shares with ours.
  Status add_up(Scratch<double>& strength) {
    for (const SideTie& tie : self_.ties) {
      const double weight = sides_.weight(tie.ground, tie.end);
      for (const NodeIndex sharer : sides_.sharers(tie.ground, tie.end)) {
        strength.touch(sharer) += weight;
      }
      TRY(context_.budget.status());
    }
    return {};
  }

  /// Whole blocks up to the end of the page.
  std::size_t ranked_most() const {
    const std::size_t end = page_.offset + page_.limit;
    return filter_.reads_properties() ? kBlock : (end + kBlock - 1) / kBlock * kBlock;
  }

  /// So many of the best candidates; counts all.
  Result<std::vector<Ranked>> rank(const Scratch<double>& strength, std::size_t rows,
                                   std::size_t& total) const {
    const graph::Kind initiative = context_.view.name(kInitiative);
    Best best(context_.view, rows);
    total = 0;
    for (const NodeIndex node : strength.touched()) {
      if (context_.view.kind(node) != initiative) continue;
      if (!context_.budget.step()) return context_.budget.status().error();
      if (!filter_.admits(context_, node)) continue;
      if (std::find(left_out_.begin(), left_out_.end(), node) != left_out_.end()) continue;
      ++total;
      best.offer({strength[node], node});
    }
    return std::move(best).take();
  }

  /// The candidates of the page, block by block: dates are read, and each block is put in its
  /// order.
  Result<std::vector<Candidate>> choose(const std::vector<Ranked>& ranked, std::size_t& total) {
    const std::size_t begin = page_.offset;
    const std::size_t end = begin + page_.limit;
    const bool by_properties = filter_.reads_properties();
    // Without a look at properties, every block keeps all its rows: go straight to the page.
    const std::size_t first = by_properties ? 0 : begin / kBlock * kBlock;
    std::vector<Candidate> chosen;
    for (std::size_t at = first; at < ranked.size(); at += kBlock) {
      if (!by_properties && first + chosen.size() >= end) break;
      const std::size_t size = std::min(kBlock, ranked.size() - at);
      TRY(weigh(std::span(ranked).subspan(at, size), by_properties ? SIZE_MAX : end - first,
                chosen));
    }
    if (by_properties) total = chosen.size();
    const std::size_t from = std::min(begin - first, chosen.size());
    const std::size_t to = std::min(end - first, chosen.size());
    return std::vector<Candidate>(chosen.begin() + static_cast<std::ptrdiff_t>(from),
                                  chosen.begin() + static_cast<std::ptrdiff_t>(to));
  }

  /// Weighs the dates of one block, and appends what passes in the order of scores. Reads on until
  /// `wanted` rows are sure: nothing that follows can score more than its strength.
  Status weigh(std::span<const Ranked> block, std::size_t wanted, std::vector<Candidate>& chosen) {
    const std::size_t before = chosen.size();
    // Whether as many are read as are wanted, none of which can be beaten by this strength.
    const auto is_sure = [&](double strength) {
      const std::span<const Candidate> read = std::span(chosen).subspan(before);
      const auto sure = std::count_if(read.begin(), read.end(), [&](const Candidate& each) {
        return each.score() >= strength;
      });
      return before + static_cast<std::size_t>(sure) >= wanted;
    };
    std::size_t step = kReadAtOnce;
    for (std::size_t at = 0; at < block.size();) {
      if (is_sure(block[at].score)) break;
      const std::size_t size = std::min(step, block.size() - at);
      TRY(read_dates(block.subspan(at, size), chosen));
      at += size;
      step *= 2;  // Whoever needs more than the first needs many.
    }
    is_sure_ = is_sure(block.back().score);
    std::stable_sort(chosen.begin() + static_cast<std::ptrdiff_t>(before), chosen.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score() > b.score(); });
    return {};
  }

  /// Appends those that pass, with the years in which they run.
  Status read_dates(std::span<const Ranked> rows, std::vector<Candidate>& chosen) {
    const bool by_properties = filter_.reads_properties();
    for (const Ranked& row : rows) {
      reading_.want(row.node);
      if (by_properties) reading_.want_whole(row.node);
    }
    TRY(reading_.load());
    for (const Ranked& row : rows) {
      if (by_properties && !filter_.admits(reading_.node(row.node))) continue;
      Candidate candidate{row.node, row.score, {}, false};
      candidate.years =
          years_in_common(years_, reading_.caption(row.node).years(), candidate.never);
      chosen.push_back(candidate);
    }
    return {};
  }

  Status explain(const std::vector<Candidate>& page, std::string title,
                 std::vector<Overlap>& items) {
    std::vector<NodeIndex> nodes;
    nodes.reserve(page.size());
    for (const Candidate& candidate : page) nodes.push_back(candidate.node);
    const std::vector<Side> others = TRY(sides_.of(nodes));
    OverlapWords words(context_, filter_, sides_, reading_, std::move(title));
    std::vector<OverlapPair> pairs;
    for (std::size_t i = 0; i < page.size(); ++i) {
      pairs.push_back(
          {&self_, &others[i], TRY(sides_.shared(self_, others[i])), page[i].years, page[i].never});
      words.want(pairs.back());
    }
    TRY(reading_.load());
    for (std::size_t i = 0; i < page.size(); ++i) {
      Overlap overlap;
      overlap.node = reading_.brief(page[i].node);
      overlap.score = page[i].score();
      overlap.years = page[i].years;
      overlap.why = words.reasons(pairs[i], page[i].factor());
      overlap.reading = TRY(words.reading(pairs[i]));
      overlap.advice = TRY(words.advice(pairs[i]));
      items.push_back(std::move(overlap));
    }
    return {};
  }

  const Context& context_;
  const PreparedFilter& filter_;
  Page page_;
  Sides sides_;
  Reading reading_;
  Side self_;
  Years years_;
  std::vector<NodeIndex> left_out_;
  bool is_sure_ = false;  // The page is right, whatever candidates were not ranked.
};

}  // namespace

Result<OverlapsAnswer> overlaps(const Context& context, const OverlapsQuestion& question) {
  const NodeIndex self = TRY(find_node(context, question.id, kInitiative));
  const PreparedFilter filter =
      TRY(PreparedFilter::prepare(context, question.filter, Ties::working));
  return OverlapFinder(context, filter, question.page).of_initiative(self);
}

Result<OverlapsAnswer> overlaps_of_draft(const Context& context,
                                         const DraftOverlapsQuestion& question) {
  if (question.ties.size() > DraftOverlapsQuestion::kTiesMax) {
    return Error{ErrorCode::invalid_input, "a draft with more than " +
                                               std::to_string(DraftOverlapsQuestion::kTiesMax) +
                                               " ties cannot be compared; leave some out"};
  }
  const PreparedFilter filter =
      TRY(PreparedFilter::prepare(context, question.filter, Ties::working));
  return OverlapFinder(context, filter, question.page).of_draft(question);
}

}  // namespace mangrove::query
