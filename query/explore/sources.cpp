#include "query/explore/sources.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include "graph/base/text.h"
#include "query/reading.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

std::uint64_t number_of(const graph::Value& value) {
  const auto* const number = std::get_if<std::int64_t>(&value);
  return number == nullptr || *number < 0 ? 0 : static_cast<std::uint64_t>(*number);
}

std::uint64_t number_in(const graph::Structure& structure, std::string_view name) {
  const auto* const field = structure.find(name);
  const auto* const number = field == nullptr ? nullptr : std::get_if<std::int64_t>(field);
  return number == nullptr || *number < 0 ? 0 : static_cast<std::uint64_t>(*number);
}

std::string text_in(const graph::Structure& structure, std::string_view name) {
  const auto* const field = structure.find(name);
  const auto* const text = field == nullptr ? nullptr : std::get_if<std::string>(field);
  return text == nullptr ? std::string() : *text;
}

/// Adds what one record says of the source: each audience has one of its own.
void add(SourceRow& row, const std::vector<graph::Property>& properties) {
  for (const graph::Property& property : properties) {
    if (property.name == "records")
      row.records = row.records.value_or(0) + number_of(property.value);
    if (property.name == "records_retired") row.retired += number_of(property.value);
    if (property.name == "quality_records") row.checked += number_of(property.value);
    if (property.name == "references_with") row.references_with += number_of(property.value);
    if (property.name == "references_without") row.references_without += number_of(property.value);
    const auto* const finding = std::get_if<graph::Structure>(&property.value);
    if (property.name == "quality" && finding != nullptr) {
      row.findings[text_in(*finding, "rule")] += number_in(*finding, "count");
    }
  }
}

Result<std::vector<SourceRow>> rows_of(const Context& context,
                                       const std::vector<NodeIndex>& nodes) {
  const std::vector<graph::Node> read = TRY(context.view.read(nodes));
  const auto records = TRY(context.view.records_about(nodes));
  if (!context.budget.read(2 * nodes.size())) return context.budget.status().error();
  std::vector<SourceRow> rows;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    SourceRow row;
    row.id = read[i].id;
    row.name = name_of(context, read[i]);
    row.publisher = read[i].text("publisher");
    row.licence = read[i].text("licence");
    row.url = read[i].text("url");
    if (const graph::Value* const day = read[i].find("retrieved")) {
      row.retrieved = graph::to_string(*day);
    }
    for (const graph::Record& record : records[i]) {
      if (record.subject.id == row.id) add(row, record.subject.properties);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::uint64_t findings_of(const SourceRow& row) {
  std::uint64_t sum = 0;
  for (const auto& [rule, count] : row.findings) sum += count;
  return sum;
}

void put_in_order(std::vector<SourceRow>& rows, SourcesOrder order) {
  const auto more = [order](const SourceRow& row) {
    if (order == SourcesOrder::records) return row.records.value_or(0);
    return order == SourcesOrder::findings ? findings_of(row) : std::uint64_t{0};
  };
  std::sort(rows.begin(), rows.end(), [&](const SourceRow& a, const SourceRow& b) {
    if (order == SourcesOrder::name) return std::tie(a.name, a.id) < std::tie(b.name, b.id);
    if (order == SourcesOrder::retrieved && a.retrieved != b.retrieved) {
      return a.retrieved > b.retrieved;
    }
    return std::tuple(more(b), std::string_view(a.id)) <
           std::tuple(more(a), std::string_view(b.id));
  });
}

}  // namespace

Result<SourcesAnswer> sources(const Context& context, const SourcesQuestion& question) {
  const graph::View& view = context.view;
  SourcesAnswer answer;
  if (view.name("Source") == graph::kNoName) return answer;
  std::vector<SourceRow> rows = TRY(rows_of(context, view.nodes_of_kind(view.name("Source"))));
  if (const std::string words = folded(question.words); !words.empty()) {
    std::erase_if(rows, [&words](const SourceRow& row) {
      return folded(row.name + " " + row.id).find(words) == std::string::npos;
    });
  }
  put_in_order(rows, question.order);
  answer.total = rows.size();
  const std::size_t from = std::min(question.page.offset, rows.size());
  const std::size_t to = std::min(from + question.page.limit, rows.size());
  for (std::size_t i = from; i < to; ++i) answer.items.push_back(std::move(rows[i]));
  return answer;
}

Result<SourceAnswer> source(const Context& context, const std::string& name) {
  const graph::View& view = context.view;
  auto node = view.find(name);
  if (!node) node = view.find("src:" + name);
  if (!node || view.text(view.kind(*node)) != "Source") {
    return Error{ErrorCode::not_found, "There is no source '" + name + "'."};
  }
  SourceAnswer answer;
  answer.source = std::move(TRY(rows_of(context, {*node}))[0]);
  const std::array<NodeIndex, 1> one{*node};
  const auto records = TRY(view.records_about(one));
  std::vector<std::pair<SourceExample, NodeIndex>> found;
  Reading reading(context);
  for (const graph::Record& record : records[0]) {
    for (const graph::Property& property : record.subject.properties) {
      const auto* const example = std::get_if<graph::Structure>(&property.value);
      if (property.name != "quality_example" || example == nullptr) continue;
      // One that is gone, or hidden by now, is no example any more.
      const auto at = view.find(text_in(*example, "record"));
      if (!at) continue;
      reading.want(*at);
      found.emplace_back(SourceExample{text_in(*example, "rule"),
                                       {},
                                       text_in(*example, "file"),
                                       number_in(*example, "line")},
                         *at);
    }
  }
  TRY(reading.load());
  for (auto& [example, at] : found) {
    example.record = reading.brief(at);
    answer.examples.push_back(std::move(example));
  }
  std::stable_sort(answer.examples.begin(), answer.examples.end(),
                   [](const SourceExample& a, const SourceExample& b) { return a.rule < b.rule; });
  return answer;
}

}  // namespace mangrove::query
