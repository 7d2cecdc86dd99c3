#include "graph/topology/rows.h"

#include <algorithm>

namespace mangrove::graph::rows {
namespace {

/// 0 to 3, for 0, 1, 2 or 4 bytes.
std::uint32_t record_code(std::uint32_t drift) {
  if (drift == 0) return 0;
  return drift < 0x100 ? 1 : drift < 0x10000 ? 2 : 3;
}

std::uint32_t record_bytes(std::uint32_t drift) {
  const std::uint32_t code = record_code(drift);
  return code + (code == 3 ? 1 : 0);
}

}  // namespace

void append_varint(std::vector<std::uint8_t>& out, std::uint32_t number) {
  for (; number >= 0x80; number >>= 7) out.push_back(static_cast<std::uint8_t>(number | 0x80));
  out.push_back(static_cast<std::uint8_t>(number));
}

std::uint32_t skip_to(Cursor& cursor, const Adjacent& entry) {
  std::uint32_t distinct = 0;
  NodeIndex last{};
  const auto pass = [&](NodeIndex node) {
    distinct += distinct == 0 || node != last ? 1 : 0;
    last = node;
  };
  while (cursor.left() > 0 && cursor.next_node() < entry.node) pass(cursor.next().node);
  for (Cursor ahead = cursor; ahead.left() > 0; cursor = ahead) {
    const Adjacent next = ahead.next();
    if (!comes_before(next, entry)) break;
    pass(next.node);
  }
  return distinct;
}

void merge(Cursor cursor, std::span<const RowChange> changes, std::vector<Adjacent>& out) {
  const std::size_t begin = out.size();
  out.resize(begin + cursor.left() + changes.size());
  Adjacent* to = out.data() + begin;
  auto change = changes.begin();
  while (cursor.left() > 0 && change != changes.end()) {
    const Adjacent entry = cursor.next();
    for (; change != changes.end() && comes_before(change->entry, entry); ++change) {
      assert(change->added);
      *to++ = change->entry;
    }
    if (change != changes.end() && change->entry == entry) {
      assert(!change->added);
      ++change;
    } else {
      *to++ = entry;
    }
  }
  while (cursor.left() > 0) *to++ = cursor.next();
  for (; change != changes.end(); ++change) {
    assert(change->added);
    *to++ = change->entry;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

void Labels::reset(std::span<const std::uint8_t> table) {
  if (!indexes_.empty()) indexes_.clear();
  labels_.resize(table.size() / sizeof(std::uint32_t));
  if (!table.empty()) std::memcpy(labels_.data(), table.data(), table.size());
}

std::uint32_t Labels::find(std::uint32_t label) {
  std::uint32_t& found = found_[label * 0x9E3779B1u >> 28];
  if (found >= labels_.size() || labels_[found] != label) found = search(label);
  return found;
}

std::uint32_t Labels::search(std::uint32_t label) {
  if (labels_.size() <= kFewLabels) {
    return static_cast<std::uint32_t>(std::find(labels_.begin(), labels_.end(), label) -
                                      labels_.begin());
  }
  for (auto i = static_cast<std::uint32_t>(indexes_.size()); i < labels_.size(); ++i) {
    indexes_.emplace(labels_[i], i);
  }
  const auto at = indexes_.find(label);
  return at == indexes_.end() ? static_cast<std::uint32_t>(labels_.size()) : at->second;
}

bool Labels::has(std::uint32_t label) {
  return find(label) < labels_.size();
}

std::uint32_t Labels::index_of(std::uint32_t label) {
  const std::uint32_t at = find(label);
  if (at == labels_.size()) labels_.push_back(label);
  return at;
}

void Labels::order_by_frequency(std::span<std::uint32_t> occurrences) {
  std::sort(occurrences.begin(), occurrences.end());
  std::vector<std::pair<std::size_t, std::uint32_t>> counted;
  for (std::size_t i = 0; i < occurrences.size(); ++i) {
    if (i == 0 || occurrences[i] != occurrences[i - 1]) counted.emplace_back(0, occurrences[i]);
    ++counted.back().first;
  }
  std::stable_sort(counted.begin(), counted.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  reset();
  for (const auto& [count, label] : counted) labels_.push_back(label);
}

std::uint32_t node_cost(std::uint32_t step) {
  return step < 0x100 ? 1 : step < 0x10000 ? 2 : step < 0x1000000 ? 3 : 4;
}

std::uint32_t record_cost(std::span<const Adjacent> entries, std::uint32_t base, bool follows) {
  const std::uint32_t follow = follows ? ~0u : 0u;
  const Adjacent& first = entries[0];
  const std::uint32_t expected = follows ? first.node.value - base : base;
  std::uint32_t cost = record_bytes(zigzag(first.record.value - expected));
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const std::uint32_t step = entries[i].node.value - entries[i - 1].node.value;
    const std::uint32_t drift = entries[i].record.value - entries[i - 1].record.value;
    cost += record_bytes(zigzag(drift - (step & follow)));
  }
  return cost;
}

void Encoder::reserve(std::size_t entries) {
  constexpr std::size_t kEntryMost = 4 + 4 + 4 + 2;  // What `put` writes, whether or not it counts.
  const std::size_t bytes = data_size_ + entries * kEntryMost;
  if (data_.size() < bytes) data_.resize(bytes * 2);
}

void Encoder::put(std::uint32_t step, const Adjacent& entry, Labels& labels) {
  const std::uint32_t drift = zigzag(entry.record.value - (record_ + (step & follow_)));
  const std::uint32_t label = labels.index_of(label_of(entry));
  assert(label <= UINT16_MAX);
  const std::uint32_t in_control = label < kLabelInData ? label : kLabelInData;
  const std::uint32_t node_bytes = node_cost(step);
  const std::uint32_t code = record_code(drift);
  controls_.push_back(static_cast<std::uint8_t>(in_control << 4 | code << 2 | (node_bytes - 1)));
  std::uint8_t* at = data_.data() + data_size_;
  store(at, step);
  at += node_bytes;
  store(at, drift);
  at += code + (code == 3 ? 1 : 0);
  store(at, static_cast<std::uint16_t>(label));
  at += label < kLabelInData ? 0 : 2;
  data_size_ = static_cast<std::size_t>(at - data_.data());
  node_ = entry.node.value;
  record_ = entry.record.value;
}

void Encoder::encode(std::span<const Adjacent> entries, const Frame& frame, Labels& labels) {
  assert(!entries.empty());
  controls_.clear();
  data_size_ = 0;
  reserve(entries.size());
  const std::uint32_t first = entries[0].node.value;
  const std::uint32_t step = frame.relative ? zigzag(first - frame.node_base) : first;
  follow_ = frame.follows ? ~0u : 0u;
  // So that it comes out right with the step added, as the reader does.
  record_ = frame.follows ? first - step - frame.record_base : frame.record_base;
  put(step, entries[0], labels);
  for (const Adjacent& entry : entries.subspan(1)) put(entry.node.value - node_, entry, labels);
}

void Encoder::encode_on(const Cursor& begin, const Cursor& at, std::span<const Adjacent> entries,
                        Labels& labels) {
  assert(begin.left() > at.left());
  controls_.assign(begin.control_, at.control_);
  data_size_ = 0;
  reserve(controls_.size() + entries.size());
  data_size_ = static_cast<std::size_t>(at.data_ - begin.data_);
  std::memcpy(data_.data(), begin.data_, data_size_);
  node_ = at.node_;
  record_ = at.record_;
  follow_ = at.follow_;
  for (const Adjacent& entry : entries) put(entry.node.value - node_, entry, labels);
}

void Encoder::append_to(std::vector<std::uint8_t>& out) const {
  out.insert(out.end(), controls_.begin(), controls_.end());
  out.insert(out.end(), data_.data(), data_.data() + data_size_);
}

}  // namespace mangrove::graph::rows
