#include "ingest/pipeline.h"

#include <algorithm>
#include <utility>

namespace mangrove::ingest {
namespace {

std::size_t weight_of(const graph::Value& value) {
  constexpr std::size_t kFixed = 64;
  if (const auto* text = std::get_if<graph::Text>(&value)) return kFixed + text->text.size();
  if (const auto* structure = std::get_if<graph::Structure>(&value)) {
    return kFixed + structure->fields.size() * kFixed;
  }
  return kFixed;
}

std::size_t weight_of(const std::vector<graph::Property>& properties) {
  std::size_t weight = 0;
  for (const graph::Property& property : properties) weight += 32 + weight_of(property.value);
  return weight;
}

std::size_t weight_of(const Step& step) {
  std::size_t weight = step.draft ? ingest::weight_of(*step.draft) : 0;
  for (const Finding& finding : step.findings) weight += sizeof(Finding) + finding.detail.size();
  return weight;
}

/// Reads one input, piece by piece; false where nobody takes them any more.
class InputReader {
 public:
  /// `linker` may be null.
  InputReader(std::size_t index, PieceQueue& queue, Linker* linker)
      : queue_(queue), linker_(linker) {
    piece_.input = index;
  }

  bool read(Result<OpenedInput> opened) {
    if (!opened.ok()) return end(opened.error());
    piece_.format = opened.value().format;
    piece_.identified = opened.value().identified;
    if (!opened.value().findings.empty()) {
      piece_.steps.push_back({std::nullopt, std::move(opened.value().findings)});
    }
    while (true) {
      Result<std::optional<Step>> step = opened.value().reader->next();
      piece_.consumed = opened.value().bytes->consumed();
      if (!step.ok()) return end(step.error());
      if (!step.value()) return end(std::nullopt);
      if (linker_ != nullptr && step.value()->draft) linker_->link(step.value()->draft->record);
      piece_.bytes += weight_of(*step.value());
      piece_.steps.push_back(std::move(*step.value()));
      const bool full = piece_.steps.size() >= kPieceSteps || piece_.bytes >= kPieceBytes;
      if (full && !hand_on()) return false;
    }
  }

 private:
  bool hand_on() {
    Piece next;
    next.input = piece_.input;
    next.format = piece_.format;
    next.identified = piece_.identified;
    next.consumed = piece_.consumed;
    return queue_.give(std::exchange(piece_, std::move(next)));
  }

  bool end(std::optional<Error> failure) {
    piece_.last = true;
    piece_.failure = std::move(failure);
    return queue_.give(std::move(piece_));
  }

  PieceQueue& queue_;
  Linker* linker_;
  Piece piece_;
};

}  // namespace

std::size_t weight_of(const Draft& draft) {
  std::size_t weight = 500 + weight_of(draft.record.subject.properties);
  for (const graph::NodeStatement& node : draft.record.mentions) {
    weight += 100 + node.id.size() + weight_of(node.properties);
  }
  for (const graph::EdgeStatement& edge : draft.record.edges) {
    weight += 160 + edge.from.size() + edge.to.size() + weight_of(edge.properties);
  }
  return weight;
}

bool PieceQueue::give(Piece piece) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return pieces_.size() < kQueuedPieces || abandoned_; });
  if (abandoned_) return false;
  pieces_.push_back(std::move(piece));
  changed_.notify_all();
  return true;
}

std::optional<Piece> PieceQueue::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !pieces_.empty() || finished_; });
  if (pieces_.empty()) return std::nullopt;
  Piece piece = std::move(pieces_.front());
  pieces_.pop_front();
  changed_.notify_all();
  return piece;
}

void PieceQueue::finish() {
  const std::lock_guard lock(mutex_);
  finished_ = true;
  changed_.notify_all();
}

void PieceQueue::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  changed_.notify_all();
}

ReadAhead::ReadAhead(const std::vector<Input>& inputs, const std::string& format,
                     const std::string& mapping, const ontology::Ontology& ontology,
                     std::shared_ptr<const CompiledVocabulary> vocabulary, std::size_t threads)
    : inputs_(inputs.size()) {
  const std::size_t count = std::clamp<std::size_t>(threads, 1, kReadersMax);
  for (std::size_t i = 0; i < count; ++i) queues_.push_back(std::make_unique<PieceQueue>());
  for (std::size_t first = 0; first < count; ++first) {
    threads_.emplace_back([&inputs, &format, &mapping, &ontology, vocabulary, first, count,
                           queue = queues_[first].get()] {
      std::optional<Linker> linker;
      if (vocabulary != nullptr) linker.emplace(vocabulary, ontology.schema());
      for (std::size_t i = first; i < inputs.size(); i += count) {
        InputReader reader(i, *queue, linker ? &*linker : nullptr);
        if (!reader.read(open_reader(inputs[i], format, mapping, ontology))) break;
      }
      queue->finish();
    });
  }
}

ReadAhead::~ReadAhead() {
  for (const std::unique_ptr<PieceQueue>& queue : queues_) queue->abandon();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<Piece> ReadAhead::next() {
  if (current_ == inputs_) return std::nullopt;
  std::optional<Piece> piece = queues_[current_ % queues_.size()]->take();
  if (piece && piece->last) ++current_;
  return piece;
}

}  // namespace mangrove::ingest
