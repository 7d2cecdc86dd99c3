#include "query/answer.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "graph/base/text.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr std::array<std::string_view, 4> kBasisNames{"reported", "mapped", "text", "reviewed"};

/// What people write before a code, in the languages of the vocabularies.
constexpr std::array<std::string_view, 11> kCodeWords{"sdgs",     "sdg",      "odd",      "ods",
                                                      "goal",     "target",   "cible",    "meta",
                                                      "objectif", "objetivo", "indicator"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

std::string_view without_code_words(std::string_view text) {
  const auto cut_separators = [&] {
    const std::size_t at = text.find_first_not_of(" :-#.");
    text.remove_prefix(at == std::string_view::npos ? text.size() : at);
  };
  cut_separators();
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view word : kCodeWords) {
      if (!text.starts_with(word)) continue;
      text.remove_prefix(word.size());
      cut_separators();
      cut = true;
    }
  }
  return text;
}

/// Takes a number of one or two digits off the front, without its leading zero; empty if there is
/// none.
std::string take_number(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && size < 2 && is_digit(text[size])) ++size;
  std::string number(text.substr(0, size));
  text.remove_prefix(size);
  if (number.size() == 2 && number[0] == '0') number.erase(0, 1);
  return number == "0" ? std::string() : number;
}

/// Whether the node may be what was asked for.
bool is_kind(const Context& context, NodeIndex node, std::string_view kind) {
  return kind.empty() || context.view.text(context.view.kind(node)) == kind;
}

/// The first node that the text names under any scheme.
std::optional<NodeIndex> find_under_any_scheme(const Context& context, std::string_view text,
                                               std::string_view kind) {
  const graph::View& view = context.view;
  for (const ontology::KindInfo& info : context.schema.kinds()) {
    for (const std::string& prefix : info.prefixes) {
      for (const std::string& local : {std::string(text), upper(text)}) {
        const auto node = view.find(prefix + local);
        if (node && is_kind(context, *node, kind)) return node;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Basis basis) {
  return kBasisNames[static_cast<std::size_t>(basis)];
}

std::optional<Basis> parse_basis(std::string_view name) {
  for (std::size_t i = 0; i < kBasisNames.size(); ++i) {
    if (kBasisNames[i] == name) return static_cast<Basis>(i);
  }
  return std::nullopt;
}

std::optional<std::string> sdg_code(std::string_view text) {
  const std::string small = lower(trimmed(text));
  std::string_view rest = without_code_words(small);
  constexpr int kGoals = 17;
  std::string code = take_number(rest);
  if (code.empty() || std::stoi(code) > kGoals) return std::nullopt;
  for (int level = 0; level < 2 && rest.size() > 1 && rest[0] == '.'; ++level) {
    rest.remove_prefix(1);
    if (level == 0 && is_letter(rest[0])) {
      code += '.';
      code += rest[0];
      rest.remove_prefix(1);
      continue;
    }
    const std::string number = take_number(rest);
    if (number.empty()) return std::nullopt;
    code += '.' + number;
  }
  if (rest == "." || rest.empty()) return code;
  return std::nullopt;
}

Result<NodeIndex> find_node(const Context& context, std::string_view text, std::string_view kind) {
  const graph::View& view = context.view;
  const std::string_view id = trimmed(text);
  std::optional<NodeIndex> other;  // There, but of another kind.
  if (const auto node = view.find(id)) {
    if (is_kind(context, *node, kind)) return *node;
    other = node;
  }
  if (const auto code = sdg_code(id)) {
    if (const auto node = view.find("sdg:" + *code)) {
      if (is_kind(context, *node, kind)) return *node;
      other = node;
    }
  }
  if (const auto node = find_under_any_scheme(context, id, kind)) return *node;
  const std::string wanted(kind.empty() ? "node" : kind);
  std::string message = "there is no " + wanted + " `" + std::string(text.substr(0, 200)) + "`";
  if (other) {
    message += "; " + std::string(view.id(*other)) + " is of kind " +
               std::string(view.text(view.kind(*other)));
  }
  return Error{ErrorCode::not_found, std::move(message)};
}

std::string name_of(const Context& context, const graph::Node& node) {
  const ontology::KindInfo* kind = context.schema.kind(node.kind);
  if (kind != nullptr) {
    const std::string_view name = node.text(kind->name_property, context.language);
    if (!name.empty()) return std::string(name);
  }
  for (const std::string_view property : {"label", "title", "name"}) {
    const std::string_view name = node.text(property, context.language);
    if (!name.empty()) return std::string(name);
  }
  return node.id;
}

bool is_derived(Basis basis) {
  return basis == Basis::mapped || basis == Basis::text;
}

std::string_view unconfirmed(std::string_view status) {
  return status == "proposed" || status == "unverified" ? status : std::string_view();
}

bool is_retired(const graph::Node& node) {
  constexpr std::string_view kRetired = "retired";
  constexpr std::string_view kOwnSources = "src:mangrove-";
  if (node.find(kRetired) == nullptr) return false;
  std::set<std::string_view> gone;
  for (const graph::StatedProperty& property : node.properties) {
    if (property.name == kRetired) gone.insert(property.sources.begin(), property.sources.end());
  }
  const auto speaks = [&gone](const std::string& source) {
    return !source.starts_with(kOwnSources) && !gone.contains(source);
  };
  return std::none_of(node.properties.begin(), node.properties.end(),
                      [&speaks](const graph::StatedProperty& property) {
                        return std::any_of(property.sources.begin(), property.sources.end(),
                                           speaks);
                      });
}

Brief brief_of(const Context& context, const graph::Node& node) {
  return {node.id, node.kind, name_of(context, node),
          std::string(is_retired(node) ? "retired" : unconfirmed(node.text("status")))};
}

}  // namespace mangrove::query
