#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "ingest/source.h"

namespace mangrove::tests {

/// A text as a stream that gives at most `piece` bytes at a time, so that a reader cannot count on
/// getting a file in one.
class TextStream final : public ingest::ByteStream {
 public:
  explicit TextStream(std::string text, std::size_t piece = 7)
      : text_(std::move(text)), piece_(piece) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t taken = std::min({size, piece_, text_.size() - position_});
    std::memcpy(buffer, text_.data() + position_, taken);
    position_ += taken;
    return taken;
  }

  std::uint64_t consumed() const override { return position_; }

 private:
  const std::string text_;
  const std::size_t piece_;
  std::size_t position_ = 0;
};

inline std::unique_ptr<ingest::ByteStream> stream_of(std::string text, std::size_t piece = 7) {
  return std::make_unique<TextStream>(std::move(text), piece);
}

}  // namespace mangrove::tests
