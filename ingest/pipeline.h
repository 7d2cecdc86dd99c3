#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
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

/// Reading ahead: some threads read and understand files while another commits what was read.
namespace mangrove::ingest {

/// How much is read before it is handed on, and how much may lie between the threads.
inline constexpr std::size_t kPieceSteps = 128;
inline constexpr std::size_t kPieceBytes = std::size_t{2} << 20;
inline constexpr std::size_t kQueuedPieces = 4;
inline constexpr std::size_t kReadersMax = 4;  ///< Beyond, the committing thread is the limit.

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

/// A queue with a bound, between one thread that gives and one that takes.
class PieceQueue {
 public:
  /// Waits while the queue is full; false where the taker has gone.
  bool give(Piece piece);
  /// Waits while it is empty; nothing after `finish` and the last piece.
  std::optional<Piece> take();
  void finish();   ///< Nothing more will be given.
  void abandon();  ///< Nothing more will be taken.

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Piece> pieces_;
  bool finished_ = false;
  bool abandoned_ = false;
};

/// Reads inputs on threads of its own, each every n-th input, and gives their pieces in the order
/// of the inputs: the same every time, whatever the number of threads.
class ReadAhead {
 public:
  /// The arguments must outlive this.
  ///
  /// What is read comes linked by the vocabulary; null: not linked.
  ReadAhead(const std::vector<Input>& inputs, const std::string& format, const std::string& mapping,
            const ontology::Ontology& ontology,
            std::shared_ptr<const CompiledVocabulary> vocabulary, std::size_t threads);
  /// Stops reading, and waits for the threads.
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// The next piece; nothing when all inputs are read.
  std::optional<Piece> next();

 private:
  std::size_t inputs_;
  std::size_t current_ = 0;  // The input that the next piece is of.
  std::vector<std::unique_ptr<PieceQueue>> queues_;
  std::vector<std::thread> threads_;
};

}  // namespace mangrove::ingest
