#pragma once

#include <map>
#include <random>
#include <string>

#include "graph/storage/storage.h"

namespace mangrove::storage::tests {

/// All that a store holds.
using Content = std::map<std::string, std::string>;

inline Result<Content> content_of(const Storage& store) {
  Content content;
  TRY(store.snapshot()->scan("", "", [&](std::string_view key, std::string_view value) {
    content.emplace(key, value);
    return true;
  }));
  return content;
}

/// What a store with that content holds after a commit.
inline Content after(Content content, const WriteBatch& batch) {
  for (const WriteBatch::Write& write : batch.writes) {
    switch (write.action) {
      case WriteBatch::Action::put:
        content[write.key] = write.value;
        break;
      case WriteBatch::Action::remove:
        content.erase(write.key);
        break;
      case WriteBatch::Action::remove_prefix:
        std::erase_if(content, [&](const auto& e) { return e.first.starts_with(write.key); });
    }
  }
  return content;
}

/// Some writes to a few hundred keys; one value in fifty is large.
inline WriteBatch random_batch(std::mt19937& random) {
  WriteBatch batch;
  for (std::size_t left = 1 + random() % 5; left > 0; --left) {
    const std::string key = "k" + std::to_string(random() % 500);
    const auto dice = random() % 20;
    if (dice == 0) {
      batch.remove_prefix(key);
    } else if (dice < 4) {
      batch.remove(key);
    } else {
      std::string value(random() % 50 == 0 ? random() % 300'000 : random() % 3'000, '\0');
      for (char& byte : value) byte = static_cast<char>('a' + random() % 16);
      batch.put(key, std::move(value));
    }
  }
  return batch;
}

}  // namespace mangrove::storage::tests
