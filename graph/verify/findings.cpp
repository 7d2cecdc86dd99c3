#include "graph/verify/findings.h"

#include "graph/storage/keys.h"

namespace mangrove::graph {
namespace {

std::string_view in_words(Remedy remedy) {
  switch (remedy) {
    case Remedy::restore:
      return "restore a backup";
    case Remedy::repair:
      return "run `mangrove verify --repair`, which makes it anew from the records";
    case Remedy::nothing:
      return "nothing: it is made anew from the records by itself";
  }
  return {};
}

}  // namespace

void Findings::keep(std::string_view what, std::string where, Remedy remedy) {
  ++count_;
  kept_.push_back({std::string(what), std::move(where), std::string(in_words(remedy)),
                   remedy == Remedy::repair});
}

std::string Wording::text_under(const std::string& key, std::string_view what,
                                std::uint64_t number) const {
  auto text = store_.get(key);
  if (text.ok() && text.value()) return *std::move(text).value();
  return std::string(what) + " number " + std::to_string(number);
}

std::string Wording::node(NodeIndex node) const {
  return text_under(keys::node(node), "node", node.value);
}

std::string Wording::name(Name name) const {
  if (name == kNoName) return {};
  return text_under(keys::name(name), "name", name.value);
}

std::string Wording::source(SourceIndex source) const {
  std::string text = text_under(keys::source(source), "source", source.value);
  const std::size_t end = text.find('\0');
  if (end == std::string::npos) return text;
  const std::string part = text.substr(end + 1);
  text.resize(end);
  return part.empty() ? text : text + " (part " + part + ")";
}

std::string Wording::record(NodeIndex subject, SourceIndex by) const {
  return "the record of " + node(subject) + " by " + source(by);
}

std::string in_hex(std::string_view bytes) {
  constexpr std::size_t kBytesMax = 16;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes.substr(0, kBytesMax)) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return bytes.size() > kBytesMax ? text + "…" : text;
}

void Meter::begin(std::string_view doing, std::uint64_t of) {
  progress_ = {std::string(doing), 0, of};
  told_ = {};
  calls_ = 0;
  reach(0);
}

bool Meter::reach(std::uint64_t done) {
  using namespace std::chrono_literals;
  constexpr std::uint64_t kCallsPerLook = 256;
  if (stopped_ || !on_progress_ || calls_++ % kCallsPerLook != 0) return !stopped_;
  const auto now = std::chrono::steady_clock::now();
  if (now - told_ < 100ms) return true;
  told_ = now;
  progress_.done = done;
  stopped_ = !on_progress_(progress_);
  return !stopped_;
}

}  // namespace mangrove::graph
