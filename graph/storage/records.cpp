#include "graph/storage/records.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <type_traits>

#include "graph/storage/bytes.h"

namespace mangrove::graph {
namespace {

enum Tag : std::uint8_t {
  tag_false,
  tag_true,
  tag_integer,
  tag_number,
  tag_date,
  tag_text,
  tag_structure,
  tag_plain_text,
};

constexpr std::uint64_t kFieldsMax = 64;
constexpr std::size_t kContentExpected = 1'000;  // Bytes: growing by small steps takes its time.

struct ValueWriter {
  ByteWriter& out;

  void operator()(bool value) const { out.byte(value ? tag_true : tag_false); }
  void operator()(std::int64_t value) const {
    out.byte(tag_integer);
    out.signed_varint(value);
  }
  void operator()(double value) const {
    out.byte(tag_number);
    out.number(value);
  }
  void operator()(const Date& value) const {
    out.byte(tag_date);
    out.varint(static_cast<std::uint64_t>(value.year));
    out.byte(value.month);
    out.byte(value.day);
  }
  void operator()(const std::string& value) const {
    out.byte(tag_plain_text);
    out.text(value);
  }
  void operator()(const Text& value) const {
    if (value.language.empty()) return (*this)(value.text);
    out.byte(tag_text);
    out.text(value.language);
    out.text(value.text);
  }
  void operator()(const Structure& value) const {
    out.byte(tag_structure);
    out.varint(value.fields.size());
    for (const auto& [name, scalar] : value.fields) {
      out.text(name);
      std::visit(*this, scalar);
    }
  }
};

Date read_date(ByteReader& in) {
  Date date;
  date.year = static_cast<std::int16_t>(in.varint16());
  date.month = in.byte();
  date.day = in.byte();
  return date;
}

Value read_value(ByteReader& in, bool structures_allowed);

Scalar read_scalar(ByteReader& in) {
  return std::visit(
      [](auto&& value) -> Scalar {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, Text>) {
          return std::move(value.text);
        } else if constexpr (std::is_same_v<T, Structure>) {
          return false;
        } else {
          return value;
        }
      },
      read_value(in, false));
}

Structure read_structure(ByteReader& in) {
  Structure structure;
  const std::uint64_t count = std::min(in.count(), kFieldsMax);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    std::string name(in.text());
    structure.fields.emplace_back(std::move(name), read_scalar(in));
  }
  return structure;
}

Value read_value(ByteReader& in, bool structures_allowed) {
  switch (in.byte()) {
    case tag_false:
      return false;
    case tag_true:
      return true;
    case tag_integer:
      return in.signed_varint();
    case tag_number:
      return in.number();
    case tag_date:
      return read_date(in);
    case tag_text: {
      std::string language(in.text());
      return Text{std::string(in.text()), std::move(language)};
    }
    case tag_plain_text:
      return Text{std::string(in.text()), {}};
    case tag_structure:
      if (structures_allowed) return read_structure(in);
      break;
    default:
      break;
  }
  in.raw(in.left() + 1);  // No such value: the reader fails from here on.
  return false;
}

void write_properties(ByteWriter& out, const std::vector<StoredProperty>& properties) {
  out.varint(properties.size());
  for (const StoredProperty& property : properties) {
    out.varint(property.name.value);
    std::visit(ValueWriter{out}, property.value);
  }
}

std::vector<StoredProperty> read_properties(ByteReader& in) {
  std::vector<StoredProperty> properties;
  const std::uint64_t count = in.count();
  properties.reserve(count);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    const Name name{in.varint16()};
    properties.push_back({name, read_value(in, true), kPublic});
  }
  return properties;
}

void skip_value(ByteReader& in) {
  switch (in.byte()) {
    case tag_false:
    case tag_true:
      return;
    case tag_integer:
      in.varint();
      return;
    case tag_number:
      in.fixed64();
      return;
    case tag_date:
      read_date(in);
      return;
    case tag_text:
      in.text();
      in.text();
      return;
    case tag_plain_text:
      in.text();
      return;
    case tag_structure:
      // No deeper than one: what stands inside is no structure.
      for (std::uint64_t left = in.count(); left > 0 && in.ok(); --left) {
        in.text();
        read_scalar(in);
      }
      return;
    default:
      in.raw(in.left() + 1);
  }
}

/// How many there were.
std::uint64_t skip_properties(ByteReader& in) {
  const std::uint64_t count = in.count();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    in.varint16();
    skip_value(in);
  }
  return count;
}

/// Passes over the edges; gives how many places they and their properties take, and adds the
/// relations of those that have any properties.
std::uint64_t skip_edges(ByteReader& in, RelationSet& stating_more) {
  const std::uint64_t count = in.count();
  std::uint64_t places = count;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    in.varint32();
    const Relation relation{in.varint16()};
    in.varint32();
    in.varint16();
    const std::uint64_t properties = skip_properties(in);
    if (properties > 0) stating_more.add(relation);
    places += properties;
  }
  return places;
}

/// The same of mentions.
std::uint64_t skip_mentions(ByteReader& in) {
  const std::uint64_t count = in.count();
  std::uint64_t places = count;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    in.varint32();
    in.varint16();
    places += skip_properties(in);
  }
  return places;
}

void read_mentions(ByteReader& in, StoredRecord& record) {
  const std::uint64_t count = in.count();
  record.mentions.reserve(count);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    StoredMention mention;
    mention.node = NodeIndex{in.varint32()};
    mention.kind = Kind{in.varint16()};
    mention.properties = read_properties(in);
    record.mentions.push_back(std::move(mention));
  }
}

std::vector<StoredEdge> read_edges(ByteReader& in, bool derived) {
  std::vector<StoredEdge> edges;
  const std::uint64_t count = in.count();
  edges.reserve(count);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    StoredEdge edge;
    edge.from = NodeIndex{in.varint32()};
    edge.relation = Relation{in.varint16()};
    edge.to = NodeIndex{in.varint32()};
    edge.qualifier = Qualifier{in.varint16()};
    edge.properties = read_properties(in);
    edge.derived = derived;
    edges.push_back(std::move(edge));
  }
  return edges;
}

void write_edges(ByteWriter& out, const std::vector<StoredEdge>& edges, bool derived) {
  out.varint(static_cast<std::uint64_t>(
      std::count_if(edges.begin(), edges.end(),
                    [&](const StoredEdge& edge) { return edge.derived == derived; })));
  for (const StoredEdge& edge : edges) {
    if (edge.derived != derived) continue;
    out.varint(edge.from.value);
    out.varint(edge.relation.value);
    out.varint(edge.to.value);
    out.varint(edge.qualifier.value);
    write_properties(out, edge.properties);
  }
}

Error corrupt(std::string_view what) {
  return {ErrorCode::corrupt, "the store holds bytes that are no " + std::string(what)};
}

constexpr std::uint64_t kDerivedFollow = 16;  // Added to the count of superseded contents.

/// Calls `visit(place, policy&)` for all edges of that sort, and for what is stated on them.
template <typename Edges, typename Visit>
void for_each_place_of_edges(Edges& edges, bool derived, std::uint64_t& place, Visit&& visit) {
  for (auto& edge : edges) {
    if (edge.derived != derived) continue;
    for (auto& property : edge.properties) visit(place++, property.policy);
    visit(place++, edge.policy);
  }
}

/// Calls `visit(place, policy&)` for everything in the content that may carry a policy.
template <typename StoredRecordType, typename Visit>
void for_each_place(StoredRecordType& record, Visit&& visit) {
  std::uint64_t place = 0;
  for (auto& property : record.properties) visit(place++, property.policy);
  for (auto& mention : record.mentions) {
    for (auto& property : mention.properties) visit(place++, property.policy);
    visit(place++, mention.guard);
  }
  for_each_place_of_edges(record.edges, false, place, visit);
}

using PolicedPlaces = std::vector<std::pair<std::uint64_t, Policy>>;

/// Notes places that are not public.
auto noting(PolicedPlaces& places) {
  return [&places](std::uint64_t place, const Policy& policy) {
    if (policy != kPublic) places.emplace_back(place, policy);
  };
}

void write_places(ByteWriter& out, const PolicedPlaces& places) {
  out.varint(places.size());
  for (const auto& [place, policy] : places) {
    out.varint(place);
    out.varint(policy.value);
  }
}

/// Reads what `write_places` wrote, and sets it where `each_place` goes by.
template <typename EachPlace>
void read_places(ByteReader& in, EachPlace&& each_place) {
  std::uint64_t left = in.count();
  std::uint64_t wanted = left > 0 ? in.varint() : 0;
  each_place([&](std::uint64_t place, Policy& policy) {
    if (left == 0 || place != wanted) return;
    policy = Policy{in.varint16()};
    if (--left > 0) wanted = in.varint();
  });
  if (left > 0) in.raw(in.left() + 1);  // A place that is not there: the record is damaged.
}

void write_audiences(ByteWriter& out, const StoredRecord& record) {
  PolicedPlaces places;
  for_each_place(record, noting(places));
  if (record.policy == kPublic && record.guard == kPublic && places.empty()) return;
  out.varint(record.policy.value);
  out.varint(record.guard.value);
  write_places(out, places);
}

void read_audiences(ByteReader& in, StoredRecord& record) {
  if (in.left() == 0) return;
  record.policy = Policy{in.varint16()};
  record.guard = Policy{in.varint16()};
  read_places(in, [&](auto&& visit) { for_each_place(record, visit); });
}

std::vector<StoredEdge> read_derived(ByteReader& in) {
  std::vector<StoredEdge> edges = read_edges(in, true);
  std::uint64_t place = 0;
  read_places(in, [&](auto&& visit) { for_each_place_of_edges(edges, true, place, visit); });
  return edges;
}

struct Head {
  std::string_view revision;
  std::string_view origin;
  std::vector<std::uint64_t> superseded;
  bool derived_follow = false;
};

Head read_head(ByteReader& in) {
  Head head;
  head.revision = in.text();
  head.origin = in.text();
  std::uint64_t count = in.varint();
  head.derived_follow = count >= kDerivedFollow;
  if (head.derived_follow) count -= kDerivedFollow;
  if (count > kSupersededMax) in.raw(in.left() + 1);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) head.superseded.push_back(in.fixed64());
  return head;
}

/// Passes over what `write_places` wrote of so many places; whether any was not public.
bool skip_places(ByteReader& in, std::uint64_t places) {
  bool any = false;
  read_places(in, [&](auto&& visit) {
    for (std::uint64_t place = 0; place < places && in.ok(); ++place) {
      Policy skipped = kPublic;
      visit(place, skipped);
      any = any || skipped != kPublic;
    }
  });
  return any;
}

void read_audiences(ByteReader& in, RecordAboutSubject& record, std::uint64_t places) {
  record.policy = Policy{in.varint16()};
  in.varint16();  // The guard: whether there is a node at all is known before its record is read.
  read_places(in, [&](auto&& visit) {
    Policy skipped = kPublic;
    for (std::uint64_t place = 0; place < places && in.ok(); ++place) {
      const bool of_subject = place < record.properties.size();
      visit(place, of_subject ? record.properties[place].policy : skipped);
    }
  });
}

bool comes_before(const StoredEdge& a, const StoredEdge& b) {
  return std::tie(a.from, a.relation, a.to, a.qualifier, a.policy) <
         std::tie(b.from, b.relation, b.to, b.qualifier, b.policy);
}

/// Puts derived edges where they belong among the others.
void merge_edges(std::vector<StoredEdge>& edges, std::vector<StoredEdge> derived) {
  if (derived.empty()) return;
  const auto middle = static_cast<std::ptrdiff_t>(edges.size());
  std::move(derived.begin(), derived.end(), std::back_inserter(edges));
  std::inplace_merge(edges.begin(), edges.begin() + middle, edges.end(), comes_before);
}

}  // namespace

std::string encode_content(const StoredRecord& record) {
  ByteWriter out(kContentExpected);
  out.varint(record.kind.value);
  write_properties(out, record.properties);
  out.varint(record.mentions.size());
  for (const StoredMention& mention : record.mentions) {
    out.varint(mention.node.value);
    out.varint(mention.kind.value);
    write_properties(out, mention.properties);
  }
  write_edges(out, record.edges, false);
  write_audiences(out, record);
  return out.take();
}

std::string encode_derived(const StoredRecord& record) {
  const bool any = std::any_of(record.edges.begin(), record.edges.end(),
                               [](const StoredEdge& edge) { return edge.derived; });
  if (!any) return {};
  ByteWriter out(kContentExpected);
  write_edges(out, record.edges, true);
  PolicedPlaces places;
  std::uint64_t place = 0;
  for_each_place_of_edges(record.edges, true, place, noting(places));
  write_places(out, places);
  return out.take();
}

std::string encode_record(const StoredRecord& record, std::string_view content) {
  constexpr std::size_t kLengthsMax = 32;
  const std::string derived = encode_derived(record);
  ByteWriter out(record.revision.size() + record.origin.size() + record.superseded.size() * 8 +
                 derived.size() + content.size() + kLengthsMax);
  out.text(record.revision);
  out.text(record.origin);
  out.varint(record.superseded.size() + (derived.empty() ? 0 : kDerivedFollow));
  for (const std::uint64_t hash : record.superseded) out.fixed64(hash);
  out.raw(derived);
  out.raw(content);
  return out.take();
}

Result<StoredRecord> decode_record(std::string_view bytes) {
  ByteReader in(bytes);
  StoredRecord record;
  Head head = read_head(in);
  record.revision = head.revision;
  record.origin = head.origin;
  record.superseded = std::move(head.superseded);
  std::vector<StoredEdge> derived;
  if (head.derived_follow) derived = read_derived(in);
  record.kind = Kind{in.varint16()};
  record.properties = read_properties(in);
  read_mentions(in, record);
  record.edges = read_edges(in, false);
  read_audiences(in, record);
  if (!in.ok() || in.left() != 0) return corrupt("record");
  merge_edges(record.edges, std::move(derived));
  return record;
}

Result<RecordAboutSubject> decode_about_subject(std::string_view bytes) {
  ByteReader in(bytes);
  RecordAboutSubject record;
  const Head head = read_head(in);
  record.revision = head.revision;
  record.origin = head.origin;
  if (head.derived_follow) {
    const std::uint64_t places = skip_edges(in, record.stating_more);
    if (skip_places(in, places)) record.stating_more = RelationSet::all();
  }
  in.varint16();  // The kind.
  const std::uint64_t count = in.count();
  record.properties.reserve(count);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    const Name name{in.varint16()};
    const std::size_t begin = bytes.size() - in.left();
    skip_value(in);
    record.properties.push_back({name, bytes.substr(begin, bytes.size() - in.left() - begin)});
  }
  const std::uint64_t places = count + skip_mentions(in) + skip_edges(in, record.stating_more);
  if (in.left() > 0) {
    read_audiences(in, record, places);
    record.stating_more = RelationSet::all();
  }
  if (!in.ok() || in.left() != 0) return corrupt("record");
  return record;
}

Result<RecordParts> parts_of(std::string_view bytes) {
  ByteReader in(bytes);
  const Head head = read_head(in);
  const std::size_t derived = bytes.size() - in.left();
  if (head.derived_follow) read_derived(in);
  if (!in.ok()) return corrupt("record");
  const std::size_t content = bytes.size() - in.left();
  return RecordParts{bytes.substr(content), bytes.substr(derived, content - derived)};
}

std::uint64_t hash_of_content(std::string_view content) {
  std::uint64_t hash = 0xCBF29CE484222325u;  // FNV-1a, 64 bits.
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return hash;
}

std::string encode_value(const Value& value) {
  ByteWriter out;
  std::visit(ValueWriter{out}, value);
  return out.take();
}

Result<Value> decode_value(std::string_view bytes) {
  ByteReader in(bytes);
  Value value = read_value(in, true);
  if (!in.ok() || in.left() != 0) return corrupt("value");
  return value;
}

std::string encode_mentions(const std::vector<MentionedValue>& mentions) {
  ByteWriter out;
  out.varint(mentions.size());
  for (const MentionedValue& mention : mentions) {
    out.varint(mention.source.value);
    out.varint(mention.name.value);
    out.varint(mention.count);
    out.text(mention.value);
  }
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (mentions[i].policy == kPublic) continue;
    out.varint(i);
    out.varint(mentions[i].policy.value);
  }
  return out.take();
}

Result<std::vector<MentionedValue>> decode_mentions(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<MentionedValue> mentions;
  const std::uint64_t count = in.count();
  mentions.reserve(count);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    MentionedValue mention;
    mention.source = SourceIndex{in.varint32()};
    mention.name = Name{in.varint16()};
    mention.count = in.varint();
    mention.value = in.text();
    mentions.push_back(std::move(mention));
  }
  while (in.ok() && in.left() > 0) {
    const std::uint64_t place = in.varint();
    const Policy policy{in.varint16()};
    if (place >= mentions.size()) return corrupt("list of mentions");
    mentions[place].policy = policy;
  }
  if (!in.ok() || in.left() != 0) return corrupt("list of mentions");
  return mentions;
}

}  // namespace mangrove::graph
