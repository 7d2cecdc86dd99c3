#include "ingest/xml.h"

// Without it Debian's expat.h leaves out the protection against entities that grow.
#define XML_DTD
#include <expat.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <utility>

#include "graph/base/text.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;
constexpr std::size_t kDoctypeBytesMax = std::size_t{256} << 10;  // Real ones have a few hundred.
constexpr std::size_t kOpenElementsMax = 1000;  // Also inside a record that is skipped anyway.
constexpr std::size_t kFindingsHeldMax = 1000;  // Then they have to be taken first.
constexpr std::uint32_t kNone = UINT32_MAX;

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

}  // namespace

/// The record at hand: flat arrays, kept from record to record so that nothing is allocated anew.
class XmlTree {
 public:
  struct Attribute {
    Span name;
    Span value;
  };
  struct Node {
    Span name;
    Span text;
    std::uint64_t line = 0;
    std::uint32_t first_child = kNone;
    std::uint32_t last_child = kNone;
    std::uint32_t next = kNone;
    std::uint32_t attribute_begin = 0;
    std::uint32_t attribute_count = 0;
  };

  void clear() {
    texts_.clear();
    nodes_.clear();
    attributes_.clear();
  }
  std::size_t bytes() const {
    return texts_.size() + nodes_.size() * sizeof(Node) + attributes_.size() * sizeof(Attribute);
  }
  std::uint32_t add_node(std::uint32_t parent, std::string_view name, std::uint64_t line) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    Node node;
    node.name = keep(name);
    node.line = line;
    node.attribute_begin = static_cast<std::uint32_t>(attributes_.size());
    nodes_.push_back(node);
    if (parent != kNone) {
      const std::uint32_t last = std::exchange(nodes_[parent].last_child, index);
      (last == kNone ? nodes_[parent].first_child : nodes_[last].next) = index;
    }
    return index;
  }
  /// To the node added last.
  void add_attribute(std::string_view name, std::string_view value) {
    attributes_.push_back({keep(name), keep(trimmed(value))});
    ++nodes_.back().attribute_count;
  }
  void set_text(std::uint32_t node, std::string_view text) {
    if (!text.empty()) nodes_[node].text = keep(text);
  }

  const Node& node(std::uint32_t index) const { return nodes_[index]; }
  const Attribute& attribute(std::uint32_t index) const { return attributes_[index]; }
  std::string_view text(Span span) const {
    return std::string_view(texts_).substr(span.begin, span.size);
  }
  XmlElement root() const { return element(0); }
  XmlElement element(std::uint32_t index) const { return {this, index}; }

 private:
  Span keep(std::string_view text) {
    const Span span{static_cast<std::uint32_t>(texts_.size()),
                    static_cast<std::uint32_t>(text.size())};
    texts_.append(text);
    return span;
  }

  std::string texts_;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
};

// --- XmlElement ---------------------------------------------------------------------------------

std::string_view XmlElement::name() const {
  return tree_->text(tree_->node(index_).name);
}

std::uint64_t XmlElement::line() const {
  return tree_->node(index_).line;
}

std::string_view XmlElement::text() const {
  return tree_->text(tree_->node(index_).text);
}

std::string_view XmlElement::attribute(std::string_view name) const {
  const XmlTree::Node& node = tree_->node(index_);
  for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
    const XmlTree::Attribute& attribute = tree_->attribute(node.attribute_begin + i);
    if (tree_->text(attribute.name) == name) return tree_->text(attribute.value);
  }
  return {};
}

bool XmlElement::has_attribute(std::string_view name) const {
  const XmlTree::Node& node = tree_->node(index_);
  for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
    if (tree_->text(tree_->attribute(node.attribute_begin + i).name) == name) return true;
  }
  return false;
}

XmlElement::Children XmlElement::children() const {
  return children({});
}

XmlElement::Children XmlElement::children(std::string_view name) const {
  return {tree_, tree_->node(index_).first_child, name};
}

std::optional<XmlElement> XmlElement::child(std::string_view name) const {
  for (const XmlElement element : children(name)) return element;
  return std::nullopt;
}

std::string_view XmlElement::text_of(std::string_view child_name) const {
  const std::optional<XmlElement> element = child(child_name);
  return element ? element->text() : std::string_view{};
}

XmlElement::Children::Iterator& XmlElement::Children::Iterator::operator++() {
  index_ = tree_->node(index_).next;
  skip_to_name();
  return *this;
}

void XmlElement::Children::Iterator::skip_to_name() {
  if (name_.empty()) return;
  while (index_ != kNone && tree_->text(tree_->node(index_).name) != name_) {
    index_ = tree_->node(index_).next;
  }
}

XmlElement::Children::Iterator XmlElement::Children::begin() const {
  Iterator iterator(tree_, first_, name_);
  iterator.skip_to_name();
  return iterator;
}

XmlElement::Children::Iterator XmlElement::Children::end() const {
  return {tree_, kNone, name_};
}

// --- XmlRecords ---------------------------------------------------------------------------------

namespace {

/// An element that has begun and not ended.
struct Open {
  std::uint32_t node = kNone;
  std::string text;  // Its buffer is kept for the next element of this depth.
};

/// Fills expat's table for a single-byte encoding that it does not know itself.
int XMLCALL unknown_encoding(void* /*data*/, const XML_Char* name, XML_Encoding* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(name, &status);
  if (U_FAILURE(status)) return XML_STATUS_ERROR;
  const bool single_byte = ucnv_getMaxCharSize(converter) == 1;
  for (int byte = 0; single_byte && byte < 256; ++byte) {
    const char source = static_cast<char>(byte);
    std::array<UChar, 2> out{};
    status = U_ZERO_ERROR;
    const std::int32_t size = ucnv_toUChars(converter, out.data(), 2, &source, 1, &status);
    encoding->map[byte] = U_SUCCESS(status) && size == 1 && out[0] != 0xFFFD ? out[0] : -1;
  }
  encoding->map[0] = 0;
  encoding->data = nullptr;
  encoding->convert = nullptr;
  encoding->release = nullptr;
  ucnv_close(converter);
  return single_byte ? XML_STATUS_OK : XML_STATUS_ERROR;
}

}  // namespace

struct XmlRecords::State {
  State(std::unique_ptr<ByteStream> byte_stream, std::string file_name,
        std::vector<std::string> names, XmlLimits bounds, std::vector<std::string> unwanted)
      : stream(std::move(byte_stream)),
        file(std::move(file_name)),
        record_names(std::move(names)),
        left_out(std::move(unwanted)),
        limits(bounds),
        parser(XML_ParserCreate(nullptr)) {
    assert(parser != nullptr);
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetDefaultHandlerExpand(parser, on_other);
    XML_SetDoctypeDeclHandler(parser, on_doctype_start, on_doctype_end);
    XML_SetExternalEntityRefHandler(parser, on_external_entity);
    XML_SetSkippedEntityHandler(parser, on_skipped_entity);
    XML_SetUnknownEncodingHandler(parser, unknown_encoding, nullptr);
    XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
    XML_SetBillionLaughsAttackProtectionMaximumAmplification(
        parser, static_cast<float>(limits.amplification));
    XML_SetBillionLaughsAttackProtectionActivationThreshold(parser, limits.amplification_free);
  }
  ~State() { XML_ParserFree(parser); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // --- What expat calls ---

  static void XMLCALL on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
    static_cast<State*>(data)->start(name, attributes);
  }
  static void XMLCALL on_end(void* data, const XML_Char* /*name*/) {
    static_cast<State*>(data)->end();
  }
  static void XMLCALL on_text(void* data, const XML_Char* text, int size) {
    static_cast<State*>(data)->text({text, static_cast<std::size_t>(size)});
  }
  static void XMLCALL on_other(void* data, const XML_Char* /*text*/, int /*size*/) {
    auto* state = static_cast<State*>(data);
    state->moved_at = state->fed;
  }
  static void XMLCALL on_doctype_start(void* data, const XML_Char* name, const XML_Char* system,
                                       const XML_Char* /*public*/, int internal) {
    auto* state = static_cast<State*>(data);
    state->in_doctype = true;
    state->doctype_at = state->fed;
    std::string detail = "a DOCTYPE for '" + std::string(name) + "'";
    if (internal != 0) detail += " with declarations of its own, which were read within limits";
    if (system != nullptr) detail += "; the DTD it points to was not loaded";
    state->found("doctype", std::move(detail), Action::noted);
  }
  static void XMLCALL on_doctype_end(void* data) { static_cast<State*>(data)->in_doctype = false; }
  static int XMLCALL on_external_entity(XML_Parser parser, const XML_Char* /*context*/,
                                        const XML_Char* /*base*/, const XML_Char* /*system*/,
                                        const XML_Char* /*public*/) {
    static_cast<State*>(XML_GetUserData(parser))
        ->found("external-entity", "an entity that lies outside the file was not loaded",
                Action::value_skipped);
    return XML_STATUS_OK;
  }
  static void XMLCALL on_skipped_entity(void* data, const XML_Char* name, int /*parameter*/) {
    static_cast<State*>(data)->found("entity-unknown",
                                     "entity '" + std::string(name) + "' is not declared here",
                                     Action::value_skipped);
  }

  void start(const XML_Char* name, const XML_Char** attributes) {
    moved_at = fed;
    ++depth;
    if (depth > kOpenElementsMax) return stop("elements lie too deep in each other");
    if (depth == 1) keep_root(name, attributes);
    if (skipping_from != 0) return;
    if (!own_prefix.empty() && std::string_view(name).starts_with(own_prefix)) {
      name += own_prefix.size();
    }
    if (record_depth == 0) {
      if (std::find(record_names.begin(), record_names.end(), name) == record_names.end()) return;
      record_depth = depth;
      record_line = line();
      tree.clear();
      refused = nullptr;
    } else if (refused != nullptr) {
      return;
    } else if (is_unwanted(name, attributes)) {
      skipping_from = depth;
      return;
    }
    add_element(name, attributes);
  }

  void add_element(const XML_Char* name, const XML_Char** attributes) {
    const std::size_t level = depth - record_depth;
    const int count = XML_GetSpecifiedAttributeCount(parser) / 2;  // Without defaults from a DTD.
    if (depth > limits.depth) return refuse("elements lie more than the limit deep in each other");
    if (std::strlen(name) > limits.name_bytes) return refuse("the name of an element is too long");
    if (static_cast<std::size_t>(count) > limits.attributes) {
      return refuse("an element has too many attributes");
    }
    if (open.size() <= level) open.resize(level + 1);
    const std::uint32_t parent = level == 0 ? kNone : open[level - 1].node;
    open[level].node = tree.add_node(parent, name, line());
    open[level].text.clear();
    for (int i = 0; i < count; ++i) {
      const std::string_view key = *attributes++;
      const std::string_view value = *attributes++;
      if (key.size() > limits.name_bytes) return refuse("the name of an attribute is too long");
      if (value.size() > limits.text_bytes) return refuse("the value of an attribute is too long");
      tree.add_attribute(key, value);
    }
    if (tree.bytes() > limits.record_bytes) refuse("the record is too large");
  }

  void end() {
    moved_at = fed;
    if (skipping_from != 0) {
      if (skipping_from == depth) skipping_from = 0;
    } else if (record_depth != 0) {
      if (refused == nullptr) close_element();
      if (depth == record_depth) close_record();
    }
    --depth;
  }

  void close_element() {
    const Open& element = open[depth - record_depth];
    const XmlElement written = tree.element(element.node);
    const bool as_it_is = space_kept && written.attribute("xml:space") == "preserve";
    tree.set_text(element.node, as_it_is ? element.text : trimmed(element.text));
    if (tree.bytes() > limits.record_bytes) refuse("the record is too large");
  }

  void close_record() {
    record_depth = 0;
    if (refused != nullptr) {
      found_at(record_line, "record-limit", refused, Action::record_skipped);
      return;
    }
    complete = true;
    XML_StopParser(parser, XML_TRUE);
  }

  void text(std::string_view piece) {
    moved_at = fed;
    if (record_depth == 0 || skipping_from != 0 || refused != nullptr) return;
    std::string& whole = open[depth - record_depth].text;
    if (whole.size() + piece.size() > limits.text_bytes) return refuse("a text is too long");
    whole.append(piece);
  }

  // --- What it needs ---

  void keep_root(const XML_Char* name, const XML_Char** attributes) {
    root_seen = true;
    root.clear();
    const std::string_view written(name);
    own_prefix = written.substr(0, written.find(':') + 1);  // Empty where there is none.
    root.add_node(kNone, written.substr(own_prefix.size(), limits.name_bytes), line());
    const int count = XML_GetSpecifiedAttributeCount(parser) / 2;
    for (int i = 0; i < count && static_cast<std::size_t>(i) < limits.attributes; ++i) {
      const std::string_view key = *attributes++;
      root.add_attribute(key, std::string_view(*attributes++).substr(0, limits.text_bytes));
    }
    default_namespace = root.root().attribute("xmlns");
  }

  /// Whether this element inside a record is not to be kept: left out, or of another vocabulary.
  bool is_unwanted(std::string_view name, const XML_Char** attributes) const {
    if (name.find(':') != std::string_view::npos) return true;
    if (std::find(left_out.begin(), left_out.end(), name) != left_out.end()) return true;
    const int count = XML_GetSpecifiedAttributeCount(parser);
    for (int i = 0; i < count; i += 2) {
      if (std::strcmp(attributes[i], "xmlns") == 0) return default_namespace != attributes[i + 1];
    }
    return false;
  }

  std::uint64_t line() const { return XML_GetCurrentLineNumber(parser); }

  void refuse(const char* reason) { refused = reason; }

  /// Ends the reading of the file: going on could cost anything.
  void stop(const char* reason) {
    if (fatal == nullptr) fatal = reason;
    XML_StopParser(parser, XML_FALSE);
  }

  void found(std::string rule, std::string detail, Action action) {
    found_at(line(), std::move(rule), std::move(detail), action);
  }

  void found_at(std::uint64_t at, std::string rule, std::string detail, Action action) {
    if (findings.size() >= kFindingsHeldMax && action != Action::record_skipped) return;
    findings.push_back({{}, at, std::move(rule), std::move(detail), action});
  }

  // --- Driving the parser ---

  /// Parses on, until a record is complete or the next piece of the file is used up.
  Status advance() {
    XML_Status status = XML_STATUS_OK;
    if (suspended) {
      suspended = false;
      status = XML_ResumeParser(parser);
    } else {
      void* buffer = XML_GetBuffer(parser, static_cast<int>(kChunkBytes));
      if (buffer == nullptr) return failure(ErrorCode::too_large, "no memory for a long token");
      Result<std::size_t> size = stream->read(static_cast<char*>(buffer), kChunkBytes);
      if (!size.ok()) return failure(size.error().code, size.error().message);
      fed += size.value();
      last_piece = size.value() == 0;
      status = XML_ParseBuffer(parser, static_cast<int>(size.value()), last_piece ? 1 : 0);
    }
    if (status == XML_STATUS_ERROR) return parser_failure();
    suspended = status == XML_STATUS_SUSPENDED;
    finished = last_piece && !suspended;
    return check_bounds();
  }

  Status check_bounds() {
    if (in_doctype && fed - doctype_at > kDoctypeBytesMax) {
      return failure(ErrorCode::too_large, "the DOCTYPE is too long");
    }
    if (!suspended && fed - moved_at > limits.token_bytes) {
      return failure(ErrorCode::too_large, "a tag, comment or such is too long");
    }
    return {};
  }

  Error parser_failure() {
    const XML_Error code = XML_GetErrorCode(parser);
    if (fatal != nullptr) return failure(ErrorCode::too_large, fatal);
    switch (code) {
      case XML_ERROR_AMPLIFICATION_LIMIT_BREACH:
        return failure(ErrorCode::too_large, "its entities grow beyond the limit");
      case XML_ERROR_NO_ELEMENTS:
        return failure(ErrorCode::invalid_input,
                       root_seen ? "the file is cut short here" : "there is no XML element in it");
      case XML_ERROR_UNCLOSED_TOKEN:
      case XML_ERROR_PARTIAL_CHAR:
      case XML_ERROR_UNCLOSED_CDATA_SECTION:
        return failure(ErrorCode::invalid_input, "the file is cut short here");
      case XML_ERROR_UNKNOWN_ENCODING:
        return failure(ErrorCode::unsupported, "its encoding is not one that can be read");
      default:
        return failure(ErrorCode::invalid_input,
                       "not well-formed XML: " + std::string(XML_ErrorString(code)));
    }
  }

  Error failure(ErrorCode code, std::string_view reason) {
    finished = true;
    return {code, file + ":" + std::to_string(line()) + ": " + std::string(reason)};
  }

  std::unique_ptr<ByteStream> stream;
  std::string file;
  std::vector<std::string> record_names;
  std::vector<std::string> left_out;
  XmlLimits limits;
  XML_Parser parser;

  XmlTree tree;  // The record at hand.
  XmlTree root;  // The file's first element alone.
  std::string default_namespace;
  std::string own_prefix;  // Of the file's first element, with its colon: `x:`.
  bool space_kept = false;
  std::vector<Open> open;         // By level inside the record.
  std::size_t depth = 0;          // Elements that are open now.
  std::size_t record_depth = 0;   // Depth of the record's own element; 0 outside of records.
  std::size_t skipping_from = 0;  // Depth of the element being passed over; 0: none.
  std::uint64_t record_line = 0;
  const char* refused = nullptr;  // Why the record at hand is not kept.
  const char* fatal = nullptr;    // Why the handlers stopped the parser.

  std::uint64_t fed = 0;         // Bytes given to the parser…
  std::uint64_t moved_at = 0;    // …when it last found a whole token…
  std::uint64_t doctype_at = 0;  // …and when the DOCTYPE began.
  bool in_doctype = false;
  bool root_seen = false;
  bool complete = false;   // The tree holds a record that nobody has taken.
  bool suspended = false;  // The parser stands behind a record, with more of its piece to come.
  bool last_piece = false;
  bool finished = false;
  Status root_failure;  // What `root_name` met; `next` gives it.
  std::vector<Finding> findings;
};

XmlRecords::XmlRecords(std::unique_ptr<ByteStream> stream, std::string file,
                       std::vector<std::string> record_names, XmlLimits limits,
                       std::vector<std::string> left_out)
    : state_(std::make_unique<State>(std::move(stream), std::move(file), std::move(record_names),
                                     limits, std::move(left_out))) {}

XmlRecords::~XmlRecords() = default;
XmlRecords::XmlRecords(XmlRecords&&) noexcept = default;

Result<std::optional<XmlElement>> XmlRecords::next() {
  if (!state_->root_failure.ok()) return std::exchange(state_->root_failure, {}).error();
  while (!state_->complete && !state_->finished && state_->findings.size() < kFindingsHeldMax) {
    TRY(state_->advance());
  }
  if (!std::exchange(state_->complete, false)) return std::optional<XmlElement>{};
  return std::optional<XmlElement>(state_->tree.root());
}

void XmlRecords::keep_space() {
  state_->space_kept = true;
}

std::string XmlRecords::root_name() {
  while (!state_->root_seen && !state_->finished) {
    state_->root_failure = state_->advance();
    if (!state_->root_failure.ok()) break;
  }
  return state_->root_seen ? std::string(state_->root.root().name()) : std::string();
}

std::string_view XmlRecords::root_attribute(std::string_view name) const {
  return state_->root_seen ? state_->root.root().attribute(name) : std::string_view{};
}

std::vector<Finding> XmlRecords::take_findings() {
  return std::exchange(state_->findings, {});
}

}  // namespace mangrove::ingest
