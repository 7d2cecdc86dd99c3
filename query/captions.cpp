#include "query/captions.h"

#include <algorithm>
#include <utility>

#include "query/filter.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

std::atomic<std::size_t>& bytes_of_all() {
  static std::atomic<std::size_t> bytes{0};
  return bytes;
}

std::optional<std::int16_t> short_year(const std::optional<int>& year) {
  if (!year) return std::nullopt;
  return static_cast<std::int16_t>(std::clamp<int>(*year, INT16_MIN, INT16_MAX));
}

bool is_text_of(const graph::StatedProperty& property, std::string_view name) {
  if (property.name != name) return false;
  const auto* text = std::get_if<graph::Text>(&property.value);
  return text != nullptr && !text->text.empty();
}

std::string type_of(const graph::Node& node) {
  const graph::Value* const type = node.find("type");
  return type == nullptr ? std::string() : graph::to_string(*type);
}

/// The property that names the node; empty where none does.
std::string_view naming_property(const Context& context, const graph::Node& node) {
  const auto is_stated = [&](std::string_view name) {
    return std::any_of(node.properties.begin(), node.properties.end(),
                       [&](const graph::StatedProperty& each) { return is_text_of(each, name); });
  };
  const ontology::KindInfo* const kind = context.schema.kind(node.kind);
  if (kind != nullptr && is_stated(kind->name_property)) return kind->name_property;
  for (const std::string_view name : {"label", "title", "name"}) {
    if (is_stated(name)) return name;
  }
  return {};
}

}  // namespace

std::string_view Caption::name(std::string_view language) const {
  std::string_view english;
  for (const Name& name : names) {
    if (name.language == language) return name.text;
    if (english.empty() && name.language == "en") english = name.text;
  }
  if (!english.empty()) return english;
  return names.empty() ? std::string_view() : names.front().text;
}

CaptionPage::CaptionPage(const Context& context, std::span<const graph::Node* const> nodes) {
  struct Place {
    std::size_t names;
    std::size_t sources;
  };
  std::vector<Place> begins;
  std::vector<std::string_view> named_by;
  std::size_t bytes = 0;
  std::size_t names = 0;
  std::size_t sources = 0;
  for (const graph::Node* node : nodes) {
    begins.push_back({names, sources});
    named_by.push_back(naming_property(context, *node));
    for (const graph::StatedProperty& property : node->properties) {
      if (!is_text_of(property, named_by.back())) continue;
      const auto& text = std::get<graph::Text>(property.value);
      bytes += text.text.size() + text.language.size();
      ++names;
    }
    for (const std::string& source : node->sources) bytes += source.size();
    sources += node->sources.size();
    bytes += node->text("status").size() + node->text("code").size() + type_of(*node).size();
  }
  // All views go into these: they must not move again.
  text_.reserve(bytes);
  names_.reserve(names);
  sources_.reserve(sources);
  captions_.reserve(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const graph::Node& node = *nodes[i];
    for (const graph::StatedProperty& property : node.properties) {
      if (!is_text_of(property, named_by[i])) continue;
      const auto& text = std::get<graph::Text>(property.value);
      names_.push_back({kept(text.language), kept(text.text)});
    }
    for (const std::string& source : node.sources) sources_.push_back(kept(source));
    const Years years = years_of(node);
    Caption& caption = captions_.emplace_back();
    caption.names = std::span(names_).subspan(begins[i].names);
    caption.sources = std::span(sources_).subspan(begins[i].sources);
    caption.status = kept(node.text("status"));
    caption.code = kept(node.text("code"));
    caption.type = kept(type_of(node));
    caption.from = short_year(years.from);
    caption.to = short_year(years.to);
    caption.is_retired = is_retired(node);
  }
}

std::string_view CaptionPage::kept(std::string_view text) {
  const std::size_t begin = text_.size();
  text_ += text;
  return std::string_view(text_).substr(begin);
}

std::size_t CaptionPage::bytes() const {
  return sizeof *this + text_.capacity() + names_.capacity() * sizeof(Caption::Name) +
         sources_.capacity() * sizeof(std::string_view) + captions_.capacity() * sizeof(Caption);
}

std::shared_ptr<const Captions> Captions::of(const Context& context) {
  const std::uint32_t limit = context.view.node_limit();
  return context.view.derived().get_from_earlier<Captions>(
      "query/captions", [limit](const Captions* earlier, std::span<const NodeIndex> touched) {
        return earlier == nullptr ? Captions(limit) : Captions(limit, *earlier, touched);
      });
}

Captions::Captions(std::uint32_t node_limit)
    : pages_(std::make_unique<Pages>((node_limit + kPageNodes - 1) >> kPageBits)) {
  pages_->owned.resize(pages_->slots.size());
}

Captions::Captions(std::uint32_t node_limit, const Captions& earlier,
                   std::span<const NodeIndex> touched)
    : Captions(node_limit) {
  std::vector<bool> is_touched(pages_->slots.size());
  for (const NodeIndex node : touched) {
    if (node.value < node_limit) is_touched[node.value >> kPageBits] = true;
  }
  const std::lock_guard lock(earlier.pages_->mutex);
  const auto& owned = earlier.pages_->owned;
  for (std::size_t i = 0; i < std::min(owned.size(), is_touched.size()); ++i) {
    if (owned[i] != nullptr && !is_touched[i]) keep(i, owned[i]);
  }
}

Captions::~Captions() {
  if (pages_ != nullptr) bytes_of_all().fetch_sub(pages_->bytes);
}

const Caption* Captions::find(NodeIndex node) const {
  const std::size_t number = node.value >> kPageBits;
  if (number >= pages_->slots.size()) return nullptr;
  const CaptionPage* const page = pages_->slots[number].page.load(std::memory_order_acquire);
  const std::size_t place = node.value & (kPageNodes - 1);
  return page == nullptr || place >= page->size() ? nullptr : &(*page)[place];
}

Status Captions::note_read(const Context& context, NodeIndex node) const {
  const std::size_t number = node.value >> kPageBits;
  if (number >= pages_->slots.size()) return {};
  Slot& slot = pages_->slots[number];
  if (slot.read_singly.fetch_add(1, std::memory_order_relaxed) + 1 != kWorthReading) return {};
  return read_page(context, number);
}

Status Captions::read_all(const Context& context) const {
  for (std::size_t number = 0; number < pages_->slots.size(); ++number) {
    if (pages_->slots[number].page.load(std::memory_order_relaxed) != nullptr) continue;
    if (context.budget.is_cancelled()) return context.budget.status();
    TRY(read_page(context, number));
  }
  return {};
}

std::size_t Captions::bytes() const {
  const std::lock_guard lock(pages_->mutex);
  return pages_->bytes + pages_->slots.size() * sizeof(Slot);
}

Status Captions::read_page(const Context& context, std::size_t number) const {
  if (bytes_of_all().load(std::memory_order_relaxed) >= kBytesMax) return {};
  std::vector<NodeIndex> nodes;
  nodes.reserve(kPageNodes);
  const auto first = static_cast<std::uint32_t>(number << kPageBits);
  const std::uint32_t end = std::min(first + kPageNodes, context.view.node_limit());
  for (std::uint32_t i = first; i < end; ++i) nodes.push_back({i});
  const std::vector<graph::Node> read = TRY(context.view.read(nodes));
  std::vector<const graph::Node*> all;
  all.reserve(read.size());
  for (const graph::Node& node : read) all.push_back(&node);
  auto page = std::make_shared<const CaptionPage>(context, all);
  const std::lock_guard lock(pages_->mutex);
  if (pages_->owned[number] == nullptr) keep(number, std::move(page));
  return {};
}

/// With the lock held, or before anybody else knows of it.
void Captions::keep(std::size_t number, std::shared_ptr<const CaptionPage> page) const {
  pages_->bytes += page->bytes();
  bytes_of_all().fetch_add(page->bytes());
  pages_->slots[number].page.store(page.get(), std::memory_order_release);
  pages_->owned[number] = std::move(page);
}

}  // namespace mangrove::query
