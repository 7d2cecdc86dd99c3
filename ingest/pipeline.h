#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "graph/base/result.h"
#include "ingest/formats.h"
#include "ingest/linking/linker.h"
#include "ingest/reader.h"
#include "ingest/source.h"

/// Reading ahead: threads that read files and link what they read, while another commits it.
namespace mangrove::ingest {

/// How much is read before it is handed on, and how many pieces of one input may lie ready.
inline constexpr std::size_t kPieceSteps = 128;
inline constexpr std::size_t kPieceBytes = std::size_t{2} << 20;
inline constexpr std::size_t kPiecesReady = 32;
inline constexpr std::size_t kThreadsMax = 64;

/// Some steps of one input, in order.
struct Piece {
  std::size_t input = 0;
  std::string format;       ///< Empty where the input is of no format that we know.
  bool identified = false;  ///< Its records have identity across files.
  std::vector<Step> steps;
  std::size_t bytes = 0;         ///< In memory, about.
  std::uint64_t consumed = 0;    ///< Of the input, so far.
  bool last = false;             ///< The input ends here…
  std::optional<Error> failure;  ///< …because of this.
};

/// About how much memory a draft holds.
std::size_t weight_of(const Draft& draft);

/// Seconds of work, summed over threads.
struct ReadAheadTimes {
  double reading = 0;  ///< Unpacking, parsing, making records.
  double linking = 0;
};

/// Reads inputs piece by piece and links the pieces, several at once: of each input one thread
/// reads at a time, and any number links. Gives the pieces in the order of the inputs, with the
/// same in them whatever the number of threads. What is read and not taken stays below kPiecesReady
/// pieces for each input being read; there are as many of those as threads, at the most.
class ReadAhead {
 public:
  /// The arguments must outlive this.
  ///
  /// What is read comes linked by the vocabulary; null: not linked. `threads` work beside the one
  /// that calls `next`, at most kThreadsMax; 0: that one does all, when it is asked for a piece.
  ReadAhead(const std::vector<Input>& inputs, const std::string& format, const std::string& mapping,
            const ontology::Ontology& ontology,
            std::shared_ptr<const CompiledVocabulary> vocabulary, std::size_t threads);
  /// Stops reading, and waits for the threads.
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// The next piece; nothing when all inputs are read. For one thread.
  std::optional<Piece> next();

  ReadAheadTimes times() const;

 private:
  class InputReader;
  /// A piece on its way.
  struct Work {
    Piece piece;
    bool taken = false;  // Somebody links it.
    bool ready = false;
  };
  struct OpenInput {
    std::size_t index;
    std::unique_ptr<InputReader> reader{};
    std::deque<std::unique_ptr<Work>> pieces{};  // In their order.
    bool being_read = false;
    bool read = false;  // To its end.
  };
  struct Job {
    OpenInput* input = nullptr;
    Work* link = nullptr;  // Null: read the next piece of the input.
  };

  /// What is to be done next for the piece that is wanted soonest; nothing to do: no input.
  Job find_job();
  static Work* unlinked(OpenInput& input);
  /// Does it, letting go of the lock meanwhile.
  void work(Job job, std::optional<Linker>& linker, std::unique_lock<std::mutex>& lock);
  void link(Work& work, Linker& linker, std::unique_lock<std::mutex>& lock);
  void read(OpenInput& input, std::unique_lock<std::mutex>& lock);
  void work_until_stopped();

  const std::vector<Input>& inputs_;
  const std::string& format_;
  const std::string& mapping_;
  const ontology::Ontology& ontology_;
  std::shared_ptr<const CompiledVocabulary> vocabulary_;
  const std::size_t open_max_;
  std::optional<Linker> linker_;  // Of the thread that calls `next`, where it does all.

  mutable std::mutex mutex_;  // Guards what follows.
  std::condition_variable changed_;
  std::list<OpenInput> open_;  // In the order of the inputs; jobs point into it.
  std::size_t opened_ = 0;
  bool stopped_ = false;
  ReadAheadTimes times_;

  std::vector<std::thread> threads_;
};

}  // namespace mangrove::ingest
