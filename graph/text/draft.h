#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/audience.h"
#include "graph/text/segment.h"
#include "graph/text/stated_text.h"
#include "graph/text/words.h"

namespace mangrove::graph {

/// Counts the words of nodes that change, and makes a segment of them for each layer. Use once.
class SegmentDraft {
 public:
  /// Nobody else may use the reader until the draft is gone.
  explicit SegmentDraft(WordReader& reader) : reader_(reader), count_(reader.begin_count()) {}

  /// Nodes come in order, each once. Texts of a layer that stay as they are change nothing in it.
  void add(const NodeTexts& texts);

  /// The segment of one layer, and what it changes in the sums over the layer.
  struct Part {
    Policy policy;
    SegmentOutline outline;  // Without its number.
    std::string bytes;
    std::int64_t documents = 0;
    std::int64_t length = 0;
  };
  std::vector<Part> finish();

 private:
  struct Word {
    std::string_view surface;
    std::uint32_t stem;
  };
  /// A posting, by place of its document.
  struct DraftPosting {
    std::uint32_t stem;
    Posting posting;
  };
  struct Layer {
    std::vector<SegmentDocument> documents;
    std::vector<DraftPosting> postings;
    std::vector<std::int64_t> frequencies;  // By word.
    std::vector<std::uint32_t> lost;        // By stem: documents that held it before.
    std::int64_t more_documents = 0;
    std::int64_t more_length = 0;
  };
  /// The words of one document.
  struct Counts {
    std::vector<std::uint32_t> by_word;
    std::vector<std::uint32_t> by_stem;
    std::vector<std::uint32_t> words;  // Those counted.
    std::vector<std::uint32_t> stems;
    std::uint32_t length = 0;
  };

  void add(NodeIndex node, Policy policy, std::span<const StatedText* const> before,
           std::span<const StatedText* const> now);
  /// Counts the words of a document into `counts_`.
  void count(std::span<const StatedText* const> texts);
  std::uint32_t number_of(const WordToken& token);
  void number(WordForm& form);
  Part part(Policy policy, const Layer& layer) const;
  std::vector<std::uint32_t> write_stems(const Layer& layer, SegmentWriter& writer) const;

  WordReader& reader_;
  std::uint64_t count_;
  std::vector<Word> words_;
  std::vector<std::string_view> stems_;
  Counts counts_;
  std::map<Policy, Layer> layers_;
  std::vector<std::uint32_t> stems_in_order_;
  std::vector<std::uint32_t> words_in_order_;
};

}  // namespace mangrove::graph
