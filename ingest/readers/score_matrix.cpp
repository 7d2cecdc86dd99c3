#include "ingest/readers/score_matrix.h"

#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/json.h"
#include "ingest/readers/influence_mapping.h"
#include "ingest/readers/key_lines.h"
#include "ingest/readers/sdg_ends.h"
#include "ingest/readers/statements.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kBytesMax = std::size_t{4} << 20;
constexpr std::size_t kDepthMax = 8;
constexpr std::size_t kKeyDepth = 3;  // target, `affect`, other target
constexpr std::int64_t kScoreMax = 3;
constexpr std::string_view kAffect = "affect";
constexpr std::string_view kTarget = "Target";

Result<std::string> read_whole(ByteStream& bytes, const std::string& file) {
  std::string text(kBytesMax + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const std::size_t got = TRY(bytes.read(text.data() + size, text.size() - size));
    if (got == 0) break;
    size += got;
  }
  if (size > kBytesMax) {
    return Error{ErrorCode::too_large,
                 file + ": more than 4 MiB; a matrix of all 169 targets is far smaller"};
  }
  text.resize(size);
  return text;
}

/// `JSON line 3, column 7: …` -> `file:3: column 7: …`
Error in_file(const Error& error, const std::string& file) {
  constexpr std::string_view kMark = "JSON line ";
  const std::string& message = error.message;
  const std::size_t comma = message.find(", ");
  if (!message.starts_with(kMark) || comma == std::string::npos) {
    return {error.code, file + ": " + message};
  }
  return {error.code, file + ":" + message.substr(kMark.size(), comma - kMark.size()) + ": " +
                          message.substr(comma + 2)};
}

class ScoreMatrixReader final : public Reader {
 public:
  ScoreMatrixReader(std::unique_ptr<ByteStream> bytes, std::string file, InfluenceMapping mapping,
                    const ontology::Ontology& ontology)
      : bytes_(std::move(bytes)),
        file_(std::move(file)),
        mapping_(std::move(mapping)),
        ontology_(ontology),
        scope_(mapping_.scope_of(file_)) {}

  Result<std::optional<Step>> next() override {
    if (!lines_) {
      TRY(read());
      if (!mapping_.source.id.empty()) {
        return std::optional(Step{source_draft(mapping_.source, file_), {}});
      }
    }
    if (row_ == matrix_.as_object()->size()) {
      return last_step();
    }
    Step step;
    const json::Member& row = (*matrix_.as_object())[row_++];
    read_row(row.key, row.value, step);
    return std::optional(std::move(step));
  }

 private:
  Status read() {
    const std::string text = TRY(read_whole(*bytes_, file_));
    Result<json::Value> parsed = json::parse(text, {.bytes = kBytesMax, .depth = kDepthMax});
    if (!parsed.ok()) {
      return in_file(parsed.error(), file_);
    }
    matrix_ = std::move(parsed.value());
    if (matrix_.as_object() == nullptr) {
      return Error{ErrorCode::invalid_input,
                   file_ + ":1: a score matrix is an object with targets as its keys"};
    }
    lines_.emplace(text, kKeyDepth);
    return {};
  }

  void read_row(const std::string& code, const json::Value& row, Step& step) {
    const std::uint64_t line = lines_->of(code);
    const auto id = sdg_end(code, kTarget, ontology_, line, "a row of the matrix",
                            Action::record_skipped, step.findings);
    if (!id) return;
    const json::Value* scores = row.find(kAffect);
    if (scores == nullptr || scores->as_object() == nullptr || !rows_seen_.insert(*id).second) {
      step.findings.push_back({"", line, "matrix-row",
                               scores == nullptr || scores->as_object() == nullptr
                                   ? code + " has no object `affect` with scores by target"
                                   : code + " has a row already",
                               Action::record_skipped});
      return;
    }
    note_rest(*row.as_object());
    Draft draft;
    draft.line = line;
    draft.publisher = std::string(graph::text_of(mapping_.source.properties, "publisher"));
    draft.record.source = mapping_.source.id;
    draft.record.origin = file_ + ":" + std::to_string(line);
    draft.record.subject = {*id, std::string(kTarget), {}};
    for (const auto& [other, score] : *scores->as_object()) {
      read_score(code, other, score, draft.record, step.findings);
    }
    tell_apart(draft.record.edges);
    draft.elements["INFLUENCES"] = draft.record.edges.size();
    step.draft = std::move(draft);
  }

  void read_score(const std::string& code, const std::string& other, const json::Value& score,
                  graph::Record& record, std::vector<Finding>& findings) const {
    const std::string place = code + " on " + other;
    const std::uint64_t line = lines_->of(code + "/" + std::string(kAffect) + "/" + other);
    const auto lose = [&](std::string rule, const std::string& what) {
      findings.push_back({"", line, std::move(rule), place + ": " + what, Action::value_skipped});
    };
    const auto id =
        sdg_end(other, kTarget, ontology_, line, place, Action::value_skipped, findings);
    if (!id || score.is_null()) return;
    const std::optional<std::int64_t> points = score.as_integer();
    if (!points || *points < -kScoreMax || *points > kScoreMax) {
      lose("score-form", "a score is a whole number from -3 to 3, not " + shown(score));
    } else if (*id == record.subject.id) {
      lose("influence-on-itself", "a score of " + std::to_string(*points) + " on itself");
    } else {
      record.edges.push_back(edge(record.subject.id, *id, *points));
    }
  }

  graph::EdgeStatement edge(const std::string& from, const std::string& to,
                            std::int64_t points) const {
    std::vector<graph::Property> properties{{"score", points}};
    if (!scope_.empty()) properties.push_back({"scope", graph::Text{scope_, {}}});
    properties.insert(properties.end(), mapping_.properties.begin(), mapping_.properties.end());
    return make_edge(*ontology_.schema().relation("INFLUENCES"), from, to, std::move(properties),
                     mapping_.source.id);
  }

  static std::string shown(const json::Value& value) {
    constexpr std::size_t kShownMax = 40;
    json::Writer writer;
    writer.value(value);
    const std::string text = writer.take();
    return text.size() > kShownMax ? "a value of type " + std::string(value.type_name()) : text;
  }

  void note_rest(const json::Value::Object& row) {
    for (const json::Member& member : row) {
      if (member.key != kAffect) rest_.insert(member.key);
    }
  }

  /// What stands beside the scores is named once, when all rows have been seen.
  std::optional<Step> last_step() {
    if (rest_.empty()) return std::nullopt;
    std::string names;
    for (const std::string& name : rest_) names += (names.empty() ? "`" : ", `") + name + "`";
    rest_.clear();
    return Step{{}, {{"", 0, "matrix-rest", "beside the scores: " + names, Action::noted}}};
  }

  std::unique_ptr<ByteStream> bytes_;
  const std::string file_;
  const InfluenceMapping mapping_;
  const ontology::Ontology& ontology_;
  const std::string scope_;
  json::Value matrix_;
  std::optional<KeyLines> lines_;  // There once the file is read.
  std::size_t row_ = 0;
  std::set<std::string> rows_seen_;
  std::set<std::string> rest_;
};

}  // namespace

Result<std::unique_ptr<Reader>> make_score_matrix_reader(std::unique_ptr<ByteStream> bytes,
                                                         std::string file,
                                                         const std::string& mapping_json,
                                                         const ontology::Ontology& ontology) {
  InfluenceMapping mapping = TRY(read_influence_mapping(mapping_json));
  return std::unique_ptr<Reader>(std::make_unique<ScoreMatrixReader>(
      std::move(bytes), std::move(file), std::move(mapping), ontology));
}

}  // namespace mangrove::ingest
