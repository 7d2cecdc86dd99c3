#include "web/api/overlaps_json.h"

#include <string>
#include <string_view>
#include <vector>

#include "web/api/json.h"

namespace mangrove::web::api {
namespace {

void write_texts(json::Writer& writer, std::string_view name,
                 const std::vector<std::string>& texts) {
  writer.key(name);
  writer.begin_array();
  for (const std::string& text : texts) writer.string(text);
  writer.end_array();
}

void write_advice(json::Writer& writer, const query::Advice& advice) {
  writer.begin_object();
  writer.member("most", query::to_string(advice.most));
  writer.member("reading", advice.reading);
  write_texts(writer, "coordinate", advice.coordinate);
  write_texts(writer, "differ", advice.differ);
  write_texts(writer, "merge", advice.merge);
  writer.end_object();
}

void write_overlap(json::Writer& writer, const query::Overlap& overlap) {
  writer.begin_object();
  write_members(writer, overlap.node);
  writer.member("score", overlap.score);
  writer.key("years");
  write(writer, overlap.years);
  writer.member("reading", overlap.reading);
  writer.key("why");
  write(writer, overlap.why);
  writer.key("advice");
  write_advice(writer, overlap.advice);
  writer.end_object();
}

void write_duplicates(json::Writer& writer, const std::vector<query::Duplicate>& duplicates) {
  writer.begin_array();
  for (const query::Duplicate& duplicate : duplicates) {
    writer.begin_object();
    write_members(writer, duplicate.node);
    writer.member("state", duplicate.state);
    writer.end_object();
  }
  writer.end_array();
}

void write_pair(json::Writer& writer, const query::OverlapPairRow& row) {
  writer.begin_object();
  writer.key("a");
  write(writer, row.a);
  writer.key("b");
  write(writer, row.b);
  writer.member("score", row.score);
  writer.key("years");
  write(writer, row.years);
  writer.member("reading", row.reading);
  writer.key("why");
  write(writer, row.why);
  writer.key("advice");
  write_advice(writer, row.advice);
  writer.end_object();
}

void write_cluster(json::Writer& writer, const query::OverlapCluster& cluster) {
  writer.begin_object();
  writer.member("size", cluster.size);
  writer.member("score", cluster.score);
  writer.key("initiatives");
  write(writer, cluster.initiatives);
  writer.key("shared");
  write(writer, cluster.shared);
  writer.end_object();
}

void write_matrix(json::Writer& writer, const query::OverlapMatrix& matrix) {
  writer.begin_object();
  writer.key("initiatives");
  write(writer, matrix.initiatives);
  writer.key("scores");
  writer.begin_array();
  for (const std::vector<double>& row : matrix.scores) {
    writer.begin_array();
    for (const double score : row) writer.number(score);
    writer.end_array();
  }
  writer.end_array();
  writer.end_object();
}

void write_pair_of_records(json::Writer& writer, const query::DuplicatePair& pair) {
  writer.begin_object();
  writer.key("a");
  write(writer, pair.a);
  writer.key("b");
  write(writer, pair.b);
  writer.member("state", pair.state);
  writer.end_object();
}

}  // namespace

void write_overlaps(json::Writer& writer, const query::OverlapsAnswer& answer) {
  writer.key("items");
  writer.begin_array();
  for (const query::Overlap& overlap : answer.items) write_overlap(writer, overlap);
  writer.end_array();
  writer.key("duplicates");
  write_duplicates(writer, answer.duplicates);
}

void write_overlap_pairs(json::Writer& writer, const query::OverlapPairsAnswer& answer) {
  writer.member("initiatives", answer.initiatives);
  writer.member("compared", answer.compared);
  write_or_null(writer, "note", answer.note);
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::OverlapPairRow& row : answer.items) write_pair(writer, row);
  writer.end_array();
  writer.member("cluster_total", answer.cluster_total);
  writer.key("clusters");
  writer.begin_array();
  for (const query::OverlapCluster& cluster : answer.clusters) write_cluster(writer, cluster);
  writer.end_array();
  writer.key("matrix");
  write_matrix(writer, answer.matrix);
  writer.member("duplicate_total", answer.duplicate_total);
  writer.key("duplicates");
  writer.begin_array();
  for (const query::DuplicatePair& pair : answer.duplicates) write_pair_of_records(writer, pair);
  writer.end_array();
}

}  // namespace mangrove::web::api
