#include "ingest/pipeline.h"

#include <algorithm>
#include <utility>

#include "ingest/stop_watch.h"

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

/// Reads one input, piece by piece.
class ReadAhead::InputReader {
 public:
  InputReader(std::size_t index, Result<OpenedInput> opened)
      : index_(index), opened_(std::move(opened)) {}

  Piece next() {
    Piece piece;
    piece.input = index_;
    if (!opened_.ok()) {
      end(piece, opened_.error());
      return piece;
    }
    OpenedInput& opened = opened_.value();
    piece.format = opened.format;
    piece.identified = opened.identified;
    if (!opened.findings.empty()) {
      piece.steps.push_back({std::nullopt, std::exchange(opened.findings, {})});
    }
    while (!piece.last && piece.steps.size() < kPieceSteps && piece.bytes < kPieceBytes) {
      read_step(opened, piece);
    }
    return piece;
  }

 private:
  static void read_step(OpenedInput& opened, Piece& piece) {
    Result<std::optional<Step>> step = opened.reader->next();
    piece.consumed = opened.bytes->consumed();
    if (!step.ok()) return end(piece, step.error());
    if (!step.value()) return end(piece, std::nullopt);
    piece.bytes += weight_of(*step.value());
    piece.steps.push_back(std::move(*step.value()));
  }

  static void end(Piece& piece, std::optional<Error> failure) {
    piece.last = true;
    piece.failure = std::move(failure);
  }

  std::size_t index_;
  Result<OpenedInput> opened_;
};

ReadAhead::ReadAhead(const std::vector<Input>& inputs, const std::string& format,
                     const std::string& mapping, const ontology::Ontology& ontology,
                     std::shared_ptr<const CompiledVocabulary> vocabulary, std::size_t threads)
    : inputs_(inputs),
      format_(format),
      mapping_(mapping),
      ontology_(ontology),
      vocabulary_(std::move(vocabulary)),
      open_max_(std::clamp<std::size_t>(threads, 1, kThreadsMax)) {
  if (threads == 0) {
    if (vocabulary_ != nullptr) linker_.emplace(vocabulary_, ontology_.schema());
    return;
  }
  for (std::size_t i = 0; i < open_max_; ++i) {
    threads_.emplace_back([this] { work_until_stopped(); });
  }
}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<Piece> ReadAhead::next() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (open_.empty() && opened_ == inputs_.size()) return std::nullopt;
    const bool ready =
        !open_.empty() && !open_.front().pieces.empty() && open_.front().pieces.front()->ready;
    if (ready) break;
    if (threads_.empty()) {
      work(find_job(), linker_, lock);
    } else {
      changed_.wait(lock);
    }
  }
  OpenInput& input = open_.front();
  Piece piece = std::move(input.pieces.front()->piece);
  input.pieces.pop_front();
  if (piece.last) open_.pop_front();
  changed_.notify_all();
  return piece;
}

ReadAheadTimes ReadAhead::times() const {
  const std::lock_guard lock(mutex_);
  return times_;
}

ReadAhead::Work* ReadAhead::unlinked(OpenInput& input) {
  const auto waits = [](const std::unique_ptr<Work>& work) { return !work->ready && !work->taken; };
  const auto found = std::find_if(input.pieces.begin(), input.pieces.end(), waits);
  return found == input.pieces.end() ? nullptr : found->get();
}

ReadAhead::Job ReadAhead::find_job() {
  for (OpenInput& input : open_) {
    if (Work* const work = unlinked(input)) return {&input, work};
    const bool more = !input.read && !input.being_read && input.pieces.size() < kPiecesReady;
    if (more) return {&input, nullptr};
  }
  if (opened_ == inputs_.size() || open_.size() == open_max_) return {};
  open_.push_back({opened_++});
  return {&open_.back(), nullptr};
}

void ReadAhead::work(Job job, std::optional<Linker>& linker, std::unique_lock<std::mutex>& lock) {
  if (job.link != nullptr) {
    link(*job.link, *linker, lock);
  } else {
    read(*job.input, lock);
  }
  changed_.notify_all();
}

void ReadAhead::link(Work& work, Linker& linker, std::unique_lock<std::mutex>& lock) {
  work.taken = true;
  lock.unlock();
  const StopWatch watch;
  for (Step& step : work.piece.steps) {
    if (step.draft) linker.link(step.draft->record);
  }
  const double seconds = watch.seconds();
  lock.lock();
  times_.linking += seconds;
  work.ready = true;
}

void ReadAhead::read(OpenInput& input, std::unique_lock<std::mutex>& lock) {
  input.being_read = true;
  lock.unlock();
  const StopWatch watch;
  if (input.reader == nullptr) {
    input.reader = std::make_unique<InputReader>(
        input.index, open_reader(inputs_[input.index], format_, mapping_, ontology_));
  }
  auto read = std::make_unique<Work>();
  read->piece = input.reader->next();
  read->ready = vocabulary_ == nullptr;
  const double seconds = watch.seconds();
  lock.lock();
  times_.reading += seconds;
  input.being_read = false;
  input.read = read->piece.last;
  input.pieces.push_back(std::move(read));
}

void ReadAhead::work_until_stopped() {
  std::optional<Linker> linker;
  if (vocabulary_ != nullptr) linker.emplace(vocabulary_, ontology_.schema());
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const Job job = find_job();
    if (job.input != nullptr) {
      work(job, linker, lock);
    } else if (open_.empty() && opened_ == inputs_.size()) {
      return;
    } else {
      changed_.wait(lock);
    }
  }
}

}  // namespace mangrove::ingest
