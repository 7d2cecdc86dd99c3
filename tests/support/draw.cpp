#include "tests/support/draw.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <map>
#include <stdexcept>
#include <utility>

#include "graph/base/date.h"
#include "graph/base/text.h"
#include "graph/storage/memory.h"

namespace mangrove::test {
namespace {

/// `sdg:8` is a goal, `sdg:8.7` a target, `sdg:8.7.1` an indicator: one prefix for three kinds.
std::string kind_of(const std::string& id) {
  if (id.starts_with("sdg:")) {
    const auto dots = std::count(id.begin(), id.end(), '.');
    return dots == 0 ? "Goal" : dots == 1 ? "Target" : "Indicator";
  }
  const ontology::KindInfo* kind = shipped_ontology().schema().kind_of_id(id);
  return kind == nullptr ? "Initiative" : kind->name;
}

graph::Value value_of(std::string_view name, const std::string& text, std::string language) {
  if (text == "true" || text == "false") return text == "true";
  const bool is_date =
      name == "start" || name == "end" || std::count(text.begin(), text.end(), '-') == 2;
  if (is_date) {
    if (const auto date = parse_date(text)) return *date;
  }
  std::int64_t whole = 0;
  const char* end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data(), end, whole);
      name != "code" && read.ec == std::errc() && read.ptr == end) {
    return whole;
  }
  double number = 0;
  if (const auto read = std::from_chars(text.data(), end, number);
      name != "code" && read.ec == std::errc() && read.ptr == end) {
    return number;
  }
  return graph::Text{text, std::move(language)};
}

/// Reads a drawing, token by token.
class Pencil {
 public:
  explicit Pencil(std::string_view drawing) : rest_(drawing) {}

  std::vector<graph::Record> records() {
    for (skip(); !rest_.empty(); skip()) {
      if (rest_.starts_with("source ")) {
        rest_.remove_prefix(7);
        skip();
        source_ = take_until(" \t\n{");
        continue;
      }
      chain();
    }
    std::vector<graph::Record> result;
    for (auto& [key, record] : records_) result.push_back(std::move(record));
    for (const std::string& source : sources_) {
      if (records_.contains({source, source})) continue;  // Drawn with properties of its own.
      graph::Record record;
      record.source = source;
      record.subject = {source, "Source", {{"label", graph::Text{"Data of " + source, "en"}}}};
      result.push_back(std::move(record));
    }
    return result;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw std::invalid_argument(why + " before: " + std::string(rest_.substr(0, 60)));
  }

  void skip() {
    while (!rest_.empty()) {
      if (rest_[0] == '#') {
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      } else if (std::isspace(static_cast<unsigned char>(rest_[0])) != 0) {
        rest_.remove_prefix(1);
      } else {
        return;
      }
    }
  }

  std::string take_until(std::string_view ends) {
    const std::size_t size = std::min(rest_.find_first_of(ends), rest_.size());
    std::string taken(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return taken;
  }

  /// A node, and every edge that goes on from the end of the one before.
  void chain() {
    std::string from = node();
    for (skip(); rest_.starts_with("-"); skip()) {
      rest_.remove_prefix(1);
      graph::EdgeStatement edge;
      edge.from = from;
      edge.relation = take_until("/{-");
      if (rest_.starts_with("/")) {
        rest_.remove_prefix(1);
        edge.qualifier = take_qualifier();
      }
      edge.properties = properties();
      if (!rest_.starts_with("->")) fail("an arrow must end with ->");
      rest_.remove_prefix(2);
      skip();
      edge.to = node();
      from = edge.to;
      record(edge.from).edges.push_back(std::move(edge));
    }
  }

  /// Qualifiers may hold a hyphen (`co-funded`): they end with the arrow or the brace.
  std::string take_qualifier() {
    const std::size_t size = std::min(rest_.find("->"), rest_.find('{'));
    if (size >= rest_.size()) fail("an arrow must end with ->");
    std::string taken(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return taken;
  }

  std::string node() {
    std::string id = take_until(" \t\n{");
    if (id.empty()) fail("a node must have a name");
    if (id.find(':') == std::string::npos) id = "init:" + id;
    graph::Record& own = record(id);
    for (graph::Property& property : properties()) {
      if (property.name == "kind") {
        own.subject.kind = graph::to_string(property.value);
      } else {
        own.subject.properties.push_back(std::move(property));
      }
    }
    return id;
  }

  std::vector<graph::Property> properties() {
    std::vector<graph::Property> result;
    if (!rest_.starts_with("{")) return result;
    while (!rest_.starts_with("}")) {
      rest_.remove_prefix(1);
      std::string name(trimmed(take_until("=}")));
      if (!rest_.starts_with("=")) fail("a property must have a value");
      rest_.remove_prefix(1);
      const std::string text(trimmed(take_until(",}")));
      const std::size_t at = name.find('@');
      const std::string language = at == std::string::npos ? "en" : name.substr(at + 1);
      name = name.substr(0, at);
      result.push_back({name, value_of(name, text, language)});
      if (rest_.empty()) fail("a brace must close");
    }
    rest_.remove_prefix(1);
    return result;
  }

  /// What the present source says of the node.
  graph::Record& record(const std::string& id) {
    graph::Record& record = records_[{source_, id}];
    if (record.source.empty()) {
      record.source = source_;
      record.origin = "drawing";
      record.subject.id = id;
      record.subject.kind = kind_of(id);
      if (std::find(sources_.begin(), sources_.end(), source_) == sources_.end()) {
        sources_.push_back(source_);
      }
    }
    return record;
  }

  std::string_view rest_;
  std::string source_ = "src:test";
  std::map<std::pair<std::string, std::string>, graph::Record> records_;
  std::vector<std::string> sources_;
};

std::unique_ptr<graph::Graph> graph_of(const std::vector<graph::Record>& records) {
  auto graph = graph::Graph::open(storage::make_memory_storage(),
                                  {.text_properties = ontology::text_properties()});
  if (!graph.ok()) throw std::runtime_error(graph.error().message);
  graph::Batch batch;
  for (const graph::Record& record : records) batch.put(record);
  const auto committed = graph.value()->commit(batch);
  if (!committed.ok()) throw std::runtime_error(committed.error().message);
  for (const graph::ChangeReport& change : committed.value().changes) {
    if (change.outcome == graph::Outcome::refused) throw std::runtime_error(change.message);
  }
  return std::move(graph).value();
}

// --- Showing ----------------------------------------------------------------------------------

std::string short_id(const std::string& id) {
  return id.starts_with("init:") ? id.substr(5) : id;
}

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", value);
  return text.data();
}

std::string show(const Error& error) {
  const auto code = [&] {
    switch (error.code) {
      case ErrorCode::invalid_input:
        return "invalid_input";
      case ErrorCode::not_found:
        return "not_found";
      case ErrorCode::cancelled:
        return "cancelled";
      default:
        return "other";
    }
  };
  return std::string("error ") + code() + ": " + error.message + "\n";
}

std::string why(const std::vector<query::Reason>& reasons) {
  std::string text;
  for (const query::Reason& reason : reasons) text += " " + short_id(reason.node.id);
  return text;
}

std::string hops(const std::vector<query::Step>& steps) {
  std::string text = steps.empty() ? "" : short_id(steps.front().from.id);
  for (const query::Step& step : steps) {
    const bool out = step.direction == graph::Direction::out;
    text += (out ? " -" : " <-") + step.relation + (out ? "-> " : "- ") + short_id(step.to.id);
  }
  return text;
}

/// The rows of an answer, each made into a line; or its error.
template <typename Answer, typename Line>
std::string lines(const Result<Answer>& answer, Line&& line) {
  if (!answer.ok()) return show(answer.error());
  std::string text;
  for (const auto& item : answer.value().items) text += line(item) + "\n";
  return text;
}

}  // namespace

const ontology::Ontology& shipped_ontology() {
  static const ontology::Ontology ontology = [] {
    auto loaded = ontology::Ontology::load();
    if (!loaded.ok()) throw std::runtime_error(loaded.error().message);
    return std::move(loaded).value();
  }();
  return ontology;
}

Drawn::Drawn(const std::vector<graph::Record>& records)
    : graph_(graph_of(records)), view_(graph_->view()) {}

query::Context Drawn::context(std::string language) const {
  return {view_, shipped_ontology().schema(), *budget_, std::move(language)};
}

std::vector<graph::Record> records_of(std::string_view drawing) {
  return Pencil(drawing).records();
}

Drawn draw(std::string_view drawing) {
  return Drawn(records_of(drawing));
}

std::string show(const Result<query::OverlapsAnswer>& answer) {
  return lines(answer, [](const query::Overlap& row) {
    return short_id(row.node.id) + "   why:" + why(row.why);
  });
}

std::string show(const Result<query::PartnersAnswer>& answer) {
  return lines(answer, [](const query::Partner& row) {
    return short_id(row.node.id) + "   " + std::string(query::to_string(row.type)) +
           "   why:" + why(row.why);
  });
}

std::string show(const Result<query::PathsAnswer>& answer) {
  if (answer.ok() && !answer.value().message.empty()) return answer.value().message + "\n";
  return lines(answer, [](const query::Path& row) { return hops(row.steps); });
}

std::string show(const Result<query::NeighboursAnswer>& answer) {
  return lines(answer, [](const query::Neighbour& row) {
    const bool out = row.direction == graph::Direction::out;
    std::string text =
        (out ? "-" : "<-") + row.relation + (out ? "-> " : "- ") + short_id(row.node.id);
    for (const graph::Property& property : row.properties) {
      text += " " + property.name + "=" + graph::to_string(property.value);
    }
    text += " (" + std::string(query::to_string(row.basis));
    for (const std::string& source : row.sources) text += " " + source;
    return text + ")";
  });
}

std::string show(const Result<query::LinkagesAnswer>& answer) {
  return lines(answer, [](const query::Linkage& row) {
    std::string text = row.node.id;
    if (row.together) {
      text += "   together " + std::to_string(row.together->n) + " of " +
              number(row.together->expected) + " expected";
    }
    for (const query::Influence& each : row.influence) {
      text += std::string("   ") + (each.to ? "to " : "from ") +
              (each.score ? number(*each.score) : "unknown");
    }
    for (const query::Brief& each : row.determinants) text += "   " + each.id;
    for (const query::Brief& each : row.examples) text += "   such as " + short_id(each.id);
    return text;
  });
}

std::string show(const Result<query::SearchAnswer>& answer) {
  return lines(answer, [](const query::SearchHit& row) {
    std::string text = short_id(row.node.id) + "   " + row.snippet;
    for (const auto& [from, to] : row.marks) {
      text += " [" + std::to_string(from) + "," + std::to_string(to) + ")";
    }
    return text;
  });
}

std::string show(const Result<query::SubgraphAnswer>& answer) {
  if (!answer.ok()) return show(answer.error());
  std::string text;
  for (const query::SubgraphNode& row : answer.value().nodes) {
    text += std::to_string(row.hop) + " " + short_id(row.node.id);
    const auto hidden = answer.value().hidden.find(row.node.id);
    if (hidden != answer.value().hidden.end()) text += " +" + std::to_string(hidden->second);
    text += "\n";
  }
  for (const query::SubgraphEdge& edge : answer.value().edges) {
    text += short_id(edge.from) + " -" + edge.relation + "-> " + short_id(edge.to) + "\n";
  }
  return text;
}

}  // namespace mangrove::test
