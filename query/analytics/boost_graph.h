#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "query/analytics/projection.h"

// A Projection as a graph of Boost.Graph, without copying it: a model of VertexListGraph,
// IncidenceGraph and BidirectionalGraph, undirected. Vertices are node indexes as numbers, which
// are their own vertex index; they are not dense, so maps by index have room for node_limit().

namespace mangrove::query::boost_graph {

using Vertex = std::uint32_t;

struct Edge {
  Vertex source = 0;
  Vertex target = 0;

  friend bool operator==(const Edge&, const Edge&) = default;
};

/// Edges of one vertex, list by list, past what is not part of the projection.
class OutEdges : public boost::iterator_facade<OutEdges, Edge, boost::forward_traversal_tag, Edge> {
 public:
  OutEdges() = default;
  OutEdges(const Projection& projection, Vertex vertex, std::size_t list)
      : projection_(&projection), vertex_(vertex), list_(list) {
    if (list_ < projection_->lists()) load();
    settle();
  }

 private:
  friend class boost::iterator_core_access;

  Edge dereference() const { return {vertex_, rest_.front().value}; }
  bool equal(const OutEdges& other) const {
    return list_ == other.list_ && rest_.size() == other.rest_.size();
  }
  void increment() {
    rest_ = rest_.subspan(1);
    settle();
  }
  void load() { rest_ = projection_->list(graph::NodeIndex{vertex_}, list_); }
  void settle() {
    while (projection_ != nullptr && list_ < projection_->lists()) {
      while (!rest_.empty() && !is_part(rest_.front())) rest_ = rest_.subspan(1);
      if (!rest_.empty()) return;
      if (++list_ < projection_->lists()) load();
    }
    rest_ = {};
  }
  bool is_part(graph::NodeIndex node) const {
    return projection_->contains(node) && node.value != vertex_;
  }

  const Projection* projection_ = nullptr;
  Vertex vertex_ = 0;
  std::size_t list_ = 0;
  std::span<const graph::NodeIndex> rest_;
};

struct ToVertex {
  Vertex operator()(graph::NodeIndex node) const { return node.value; }
};
using Vertices =
    boost::transform_iterator<ToVertex, std::span<const graph::NodeIndex>::iterator, Vertex>;

/// The vertex index.
using Places = boost::iterator_property_map<std::span<const std::uint32_t>::iterator,
                                            boost::typed_identity_property_map<Vertex>,
                                            std::uint32_t, const std::uint32_t&>;

struct Category : boost::vertex_list_graph_tag, boost::bidirectional_graph_tag {};

}  // namespace mangrove::query::boost_graph

namespace boost {

template <>
struct graph_traits<mangrove::query::Projection> {
  using vertex_descriptor = mangrove::query::boost_graph::Vertex;
  using edge_descriptor = mangrove::query::boost_graph::Edge;
  using directed_category = undirected_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  using traversal_category = mangrove::query::boost_graph::Category;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint64_t;
  using degree_size_type = std::uint32_t;
  using vertex_iterator = mangrove::query::boost_graph::Vertices;
  using out_edge_iterator = mangrove::query::boost_graph::OutEdges;
  using in_edge_iterator = mangrove::query::boost_graph::OutEdges;
  static vertex_descriptor null_vertex() { return UINT32_MAX; }
};

/// Some algorithms take their graph for one that may change, and find a constant one.
template <>
struct graph_traits<const mangrove::query::Projection> : graph_traits<mangrove::query::Projection> {
};

template <>
struct property_map<mangrove::query::Projection, vertex_index_t> {
  using type = mangrove::query::boost_graph::Places;
  using const_type = type;
};

}  // namespace boost

// Found by the algorithms by their argument's namespace.
namespace mangrove::query {

inline std::pair<boost_graph::Vertices, boost_graph::Vertices> vertices(const Projection& graph) {
  return {{graph.nodes().begin(), {}}, {graph.nodes().end(), {}}};
}
inline std::uint32_t num_vertices(const Projection& graph) {
  return static_cast<std::uint32_t>(graph.nodes().size());
}
inline std::pair<boost_graph::OutEdges, boost_graph::OutEdges> out_edges(boost_graph::Vertex vertex,
                                                                         const Projection& graph) {
  return {{graph, vertex, 0}, {graph, vertex, graph.lists()}};
}
inline std::pair<boost_graph::OutEdges, boost_graph::OutEdges> in_edges(boost_graph::Vertex vertex,
                                                                        const Projection& graph) {
  return out_edges(vertex, graph);
}
inline std::uint32_t out_degree(boost_graph::Vertex vertex, const Projection& graph) {
  return graph.degree(graph::NodeIndex{vertex});
}
inline std::uint32_t in_degree(boost_graph::Vertex vertex, const Projection& graph) {
  return out_degree(vertex, graph);
}
inline std::uint32_t degree(boost_graph::Vertex vertex, const Projection& graph) {
  return out_degree(vertex, graph);
}
inline boost_graph::Vertex source(const boost_graph::Edge& edge, const Projection& /*graph*/) {
  return edge.source;
}
inline boost_graph::Vertex target(const boost_graph::Edge& edge, const Projection& /*graph*/) {
  return edge.target;
}
inline boost_graph::Places get(boost::vertex_index_t /*tag*/, const Projection& graph) {
  return {graph.places().begin(), {}};
}

}  // namespace mangrove::query
