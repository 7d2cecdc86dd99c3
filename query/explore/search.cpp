#include "query/explore/search.h"

#include <algorithm>
#include <array>
#include <utility>

#include "graph/base/text.h"
#include "query/best.h"
#include "query/connection.h"
#include "query/reading.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;
using Marks = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr std::string_view kInitiative = "Initiative";
constexpr std::size_t kWordsBytesMax = 1'000;
constexpr std::uint32_t kSnippetLength = 200;  ///< Code points.
constexpr std::uint32_t kBeforeMark = 60;      ///< Code points shown before the first mark.
/// With a filter that must read properties, no more hits than this are looked at, the best ones;
/// so many at a time.
constexpr std::size_t kExaminedMax = 50'000;
constexpr std::size_t kReadAtOnce = 500;

/// Where a snippet may come from; texts that say most come first.
constexpr std::array<std::string_view, 9> kSnippetProperties{
    "description", "summary", "definition", "official", "keywords",
    "aliases",     "title",   "name",       "label"};

/// A text that may hold the words, with what matches in it.
struct Passage {
  std::string_view property;
  std::string_view text;
  std::string_view language;
  Marks marks;  // Code points of the text.
};

/// The bytes of code points [from, to) of a text.
std::string_view slice(std::string_view text, std::uint32_t from, std::uint32_t to) {
  std::uint32_t at = 0;
  std::size_t begin = text.size();
  std::size_t end = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;  // Inside a code point.
    if (at == from) begin = i;
    if (at == to) {
      end = i;
      break;
    }
    ++at;
  }
  return text.substr(begin, end - begin);
}

/// Cuts a passage to a window around its first mark: at spaces, white space made single.
void cut_snippet(const Passage& passage, SearchHit& hit) {
  const auto length = static_cast<std::uint32_t>(length_in_code_points(passage.text));
  const std::uint32_t first = passage.marks.empty() ? 0 : passage.marks.front().first;
  std::uint32_t from = first > kBeforeMark ? first - kBeforeMark : 0;
  if (length <= kSnippetLength) from = 0;
  const std::uint32_t to = std::min(length, from + kSnippetLength);
  std::string_view window = slice(passage.text, from, to);
  // Begin after a space, so that no word is cut; but not behind the mark.
  if (from > 0) {
    const std::size_t space = window.find(' ');
    if (space != std::string_view::npos && space < kBeforeMark) {
      from += static_cast<std::uint32_t>(length_in_code_points(window.substr(0, space + 1)));
      window.remove_prefix(space + 1);
    }
  }
  if (to < length) {
    const std::size_t space = window.rfind(' ');
    if (space != std::string_view::npos && space > window.size() / 2) {
      window = window.substr(0, space);
    }
  }
  std::string text(window);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  const std::string lead = from > 0 ? "… " : "";
  const auto shift = static_cast<std::uint32_t>(length_in_code_points(lead));
  const auto size = static_cast<std::uint32_t>(length_in_code_points(window));
  hit.snippet = lead + text +
                (to < length || window.size() < slice(passage.text, from, to).size() ? " …" : "");
  for (const auto& [begin, end] : passage.marks) {
    if (begin < from || end > from + size) continue;
    hit.marks.emplace_back(begin - from + shift, end - from + shift);
  }
}

class Searcher {
 public:
  Searcher(const Context& context, const SearchQuestion& question, const PreparedFilter& filter)
      : context_(context), question_(question), filter_(filter), relations_(context) {}

  Result<SearchAnswer> answer() {
    SearchAnswer answer;
    const std::string_view words = trimmed(question_.words);
    std::vector<Ranked> ranked =
        words.empty() ? TRY(by_importance(answer)) : TRY(by_words(words, answer));
    TRY(drop_by_properties(ranked, answer));
    const std::size_t from = std::min(question_.page.offset, ranked.size());
    const std::size_t to = std::min(from + question_.page.limit, ranked.size());
    TRY(show(words, std::span(ranked).subspan(from, to - from), answer.items));
    return answer;
  }

 private:
  /// How many of the best must be known.
  std::size_t wanted() const {
    return filter_.reads_properties() ? kExaminedMax : question_.page.offset + question_.page.limit;
  }

  /// Counts a node that passes, and says whether its kind is wanted too.
  bool take(NodeIndex node, SearchAnswer& answer) {
    if (!filter_.admits_ties(context_, node)) return false;
    const graph::Kind kind = context_.view.kind(node);
    if (kind.value >= kinds_.size()) kinds_.resize(std::size_t{kind.value} + 1);
    ++kinds_[kind.value];
    if (!filter_.wants(kind)) return false;
    ++answer.total;
    return true;
  }

  void name_kinds(SearchAnswer& answer) const {
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      const graph::Kind kind{static_cast<std::uint16_t>(i)};
      if (kinds_[i] > 0) answer.kinds[std::string(context_.view.text(kind))] = kinds_[i];
    }
  }

  /// Everything, the best connected first.
  Result<std::vector<Ranked>> by_importance(SearchAnswer& answer) {
    Connectedness importance(context_, relations_.all(), filter_);
    Best best(context_.view, wanted());
    for (std::uint32_t i = 0; i < context_.view.node_limit(); ++i) {
      const NodeIndex node{i};
      if (!context_.view.exists(node)) continue;
      if (!context_.budget.step()) return context_.budget.status().error();
      if (take(node, answer)) best.offer({static_cast<double>(importance(node)), node});
    }
    name_kinds(answer);
    return std::move(best).take();
  }

  Result<std::vector<Ranked>> by_words(std::string_view words, SearchAnswer& answer) {
    std::vector<graph::View::Hit> hits;
    TRY(context_.view.search(question_of(words), [&](std::span<const graph::View::Hit> some) {
      hits.insert(hits.end(), some.begin(), some.end());
    }));
    double top = hits.empty() ? 1 : 0;
    for (const graph::View::Hit& hit : hits) top = std::max(top, hit.score);
    Best best(context_.view, wanted());
    if (const auto named = find_node(context_, words); named.ok()) {
      named_ = named.value();
      if (take(*named_, answer)) best.offer({2 * top, *named_});
    }
    for (const graph::View::Hit& hit : hits) {
      if (!context_.budget.step()) return context_.budget.status().error();
      if (named_ && hit.node == *named_) continue;
      if (take(hit.node, answer)) best.offer({hit.score, hit.node});
    }
    name_kinds(answer);
    return std::move(best).take();
  }

  graph::TextQuestion question_of(std::string_view words) const {
    return {.words = words, .language = context_.language};
  }

  /// Years, status and language stand in properties, so that hits must be read for them.
  Status drop_by_properties(std::vector<Ranked>& ranked, SearchAnswer& answer) {
    if (!filter_.reads_properties()) return {};
    std::vector<Ranked> kept;
    for (std::size_t at = 0; at < ranked.size(); at += kReadAtOnce) {
      const auto some = std::span(ranked).subspan(at, std::min(kReadAtOnce, ranked.size() - at));
      std::vector<NodeIndex> nodes;
      for (const Ranked& row : some) nodes.push_back(row.node);
      if (!context_.budget.read(nodes.size())) return context_.budget.status();
      const auto read = TRY(context_.view.read(nodes));
      for (std::size_t i = 0; i < some.size(); ++i) {
        if (filter_.admits(read[i])) kept.push_back(some[i]);
      }
    }
    ranked = std::move(kept);
    answer.total = ranked.size();
    // Only initiatives pass such a filter.
    answer.kinds.clear();
    if (!ranked.empty()) answer.kinds[std::string(kInitiative)] = ranked.size();
    return {};
  }

  Status show(std::string_view words, std::span<const Ranked> page, std::vector<SearchHit>& items) {
    Reading reading(context_);
    std::vector<std::vector<PreparedFilter::Admission>> admissions;
    for (const Ranked& row : page) {
      reading.want_whole(row.node);
      admissions.push_back(filter_.admissions(context_, row.node));
      for (const auto& each : admissions.back()) reading.want(each.edge.node);
    }
    TRY(reading.load());
    std::vector<std::vector<Passage>> passages;
    for (const Ranked& row : page) passages.push_back(passages_of(reading.node(row.node)));
    if (!words.empty()) TRY(mark(words, passages));
    for (std::size_t i = 0; i < page.size(); ++i) {
      items.push_back(hit(reading, page[i], words, passages[i], admissions[i]));
    }
    return {};
  }

  /// The texts of a node that a snippet may come from, best first; in the language asked for, or
  /// else any.
  std::vector<Passage> passages_of(const graph::Node& node) const {
    std::vector<Passage> passages;
    for (const std::string_view name : kSnippetProperties) {
      const std::string_view shown = node.text(name, context_.language);
      if (shown.empty()) continue;
      const std::size_t first = passages.size();
      for (const graph::StatedProperty& property : node.properties) {
        const auto* text = std::get_if<graph::Text>(&property.value);
        if (property.name != name || text == nullptr) continue;
        passages.push_back({name, text->text, text->language, {}});
        if (text->text == shown) std::swap(passages[first], passages.back());
      }
    }
    return passages;
  }

  Status mark(std::string_view words, std::vector<std::vector<Passage>>& passages) const {
    graph::WordMatcher matcher = TRY(context_.view.matcher(question_of(words)));
    for (auto& row : passages) {
      for (Passage& passage : row) passage.marks = matcher.marks(passage.text, passage.language);
    }
    return {};
  }

  SearchHit hit(const Reading& reading, const Ranked& row, std::string_view words,
                const std::vector<Passage>& passages,
                const std::vector<PreparedFilter::Admission>& admissions) const {
    SearchHit hit;
    hit.node = reading.brief(row.node);
    hit.score = row.score;
    const Passage* best = nullptr;
    for (const Passage& passage : passages) {
      if (best == nullptr || (best->marks.empty() && !passage.marks.empty())) best = &passage;
    }
    if (best != nullptr) cut_snippet(*best, hit);
    Reason reason;
    reason.node = hit.node;
    reason.weight = row.score;
    const auto sources = reading.caption(row.node).sources;
    if (!sources.empty()) reason.source = sources.front();
    reason.text = reason_text(row, words, passages);
    hit.why.push_back(std::move(reason));
    for (const PreparedFilter::Admission& admission : admissions) {
      hit.why.push_back(reason_of(reading, hit.node, admission));
    }
    return hit;
  }

  /// Why the filter lets an initiative through.
  Reason reason_of(const Reading& reading, const Brief& initiative,
                   const PreparedFilter::Admission& admission) const {
    const KnownRelation* const relation = relations_.find(context_.view.text(admission.relation));
    Reason reason;
    reason.node = reading.brief(admission.edge.node);
    reason.relation = context_.view.text(admission.relation);
    reason.basis = basis_of(context_, admission.edge.qualifier);
    reason.source = context_.view.source_of(admission.edge.record);
    reason.text =
        "It " +
        (relation == nullptr ? reason.relation : label_of(*relation, admission.direction, "en")) +
        " " + reading.full_name(admission.edge.node);
    const std::string_view remark = basis_remark(reason.basis);
    if (!remark.empty()) reason.text += " (" + std::string(remark) + ")";
    reason.text += ".";
    if (is_derived(reason.basis) && admission.direction == graph::Direction::out) {
      reason.rests_on.push_back({initiative, reason.relation, reason.node.id, reason.basis});
    }
    return reason;
  }

  std::string reason_text(const Ranked& row, std::string_view words,
                          const std::vector<Passage>& passages) const {
    if (words.empty()) {
      return "It has " + counted(static_cast<std::uint64_t>(row.score), "connection") + ".";
    }
    if (named_ && row.node == *named_) return "This is what the words name.";
    std::vector<std::string> where;
    for (const Passage& passage : passages) {
      std::string name = "its " + std::string(passage.property);
      if (passage.marks.empty() || std::find(where.begin(), where.end(), name) != where.end()) {
        continue;
      }
      where.push_back(std::move(name));
    }
    return where.empty() ? "The words are in its texts."
                         : "The words are in " + listed(where) + ".";
  }

  const Context& context_;
  const SearchQuestion& question_;
  const PreparedFilter& filter_;
  Relations relations_;
  std::optional<NodeIndex> named_;
  std::vector<std::uint64_t> kinds_;  // Hits by kind.
};

}  // namespace

Result<SearchAnswer> search(const Context& context, const SearchQuestion& question) {
  if (question.words.size() > kWordsBytesMax) {
    return Error{ErrorCode::invalid_input,
                 "q: at most " + std::to_string(kWordsBytesMax) + " bytes"};
  }
  const PreparedFilter filter = TRY(PreparedFilter::prepare(context, question.filter));
  return Searcher(context, question, filter).answer();
}

}  // namespace mangrove::query
