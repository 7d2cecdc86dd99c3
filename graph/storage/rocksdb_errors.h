#pragma once

#include <rocksdb/env.h>
#include <rocksdb/listener.h>
#include <rocksdb/status.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "graph/base/result.h"

// How the engine's failures become ours.
namespace mangrove::storage {

/// `doing` completes "The store in FOLDER failed …", as in "reading a key".
Error to_error(const rocksdb::Status& status, std::string_view doing, const std::string& folder);

/// Passes the engine's warnings and errors on to our log, so that it keeps no log files of its own.
std::shared_ptr<rocksdb::Logger> make_engine_log();

/// Told of what fails in the engine, in the background or in a commit. Keeps the engine from trying
/// by itself to go on: when it may is decided by the store.
class ErrorWatch final : public rocksdb::EventListener {
 public:
  /// What the engine could not do for lack of space, and would do if it were told to go on.
  enum class Lacking { nothing, merging, flushing };

  Lacking lacking() const { return lacking_; }
  void forget_lacking() { lacking_ = Lacking::nothing; }
  /// Whether a commit failed in the middle.
  bool commit_failed() const { return commit_failed_; }

  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override;
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status error,
                            bool* automatic) override;

 private:
  std::atomic<Lacking> lacking_{Lacking::nothing};
  std::atomic<bool> commit_failed_{false};
};

}  // namespace mangrove::storage
