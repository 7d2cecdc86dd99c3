#include "ontology/identity_rules.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "ontology/schema.h"
#include "ontology/turtle.h"

namespace mangrove::ontology {
namespace {

constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// One block of a file: what stands behind its `[]`.
struct Block {
  std::string type;
  std::multimap<std::string, std::string, std::less<>> values;
  std::size_t line = 0;

  std::vector<std::string> all(std::string_view name) const {
    std::vector<std::string> found;
    const auto [begin, end] = values.equal_range(name);
    for (auto at = begin; at != end; ++at) found.push_back(at->second);
    return found;
  }
  std::string first(std::string_view name) const {
    const auto at = values.find(name);
    return at == values.end() ? std::string() : at->second;
  }
};

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::optional<Standing> standing_of(std::string_view word) {
  if (word == "primary") return Standing::primary;
  if (word == "secondary") return Standing::secondary;
  if (word == "other") return Standing::other;
  return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, NameUse>, 7> kUses{
    {{"legal-form", NameUse::legal_form},
     {"passing", NameUse::passing},
     {"seat", NameUse::seat},
     {"branch", NameUse::branch},
     {"unit", NameUse::unit},
     {"direction", NameUse::direction},
     {"sort", NameUse::sort}}};

std::optional<NameUse> use_of(std::string_view word) {
  for (const auto& [name, use] : kUses) {
    if (name == word) return use;
  }
  return std::nullopt;
}

/// Takes blocks into the rules; gives what is wrong with one, or nothing.
class RuleTaker {
 public:
  explicit RuleTaker(IdentityRules& rules) : rules_(rules) {}

  std::string take(const Block& block) {
    if (block.type == "Register") return take_register(block);
    if (block.type == "NoIdentity") return take_no_identity(block);
    if (block.type == "CollectiveNumber") return take_collective(block);
    if (block.type == "NameWords") return take_words(block);
    if (block.type == "Abbreviation") return take_abbreviation(block);
    return "there is no rule of identity of the type '" + block.type + "'";
  }

 private:
  std::string take_register(const Block& block) {
    const auto standing = standing_of(block.first("standing"));
    if (!standing) return "m:standing is primary, secondary or other";
    Register entry{{}, *standing, 0, block.first("lower") == "true", block.first("bare") == "true"};
    if (const std::string length = block.first("length"); !length.empty()) {
      const auto [end, error] =
          std::from_chars(length.data(), length.data() + length.size(), entry.length);
      if (error != std::errc() || end != length.data() + length.size() || entry.length > 40) {
        return "m:length is a whole number up to 40";
      }
    }
    const std::vector<std::string> lists = block.all("list");
    if (lists.empty()) return "a register has an m:list";
    for (const std::string& list : lists) {
      entry.list = list;
      if (!rules_.registers.emplace(upper(list), entry).second) return list + " stands here twice";
    }
    for (const std::string& old : block.all("replaces")) {
      if (!rules_.replaced.emplace(upper(old), upper(lists.front())).second) {
        return old + " is replaced twice";
      }
    }
    return {};
  }
  std::string take_no_identity(const Block& block) {
    for (std::string& text : block.all("text")) rules_.no_identity.insert(std::move(text));
    return {};
  }
  std::string take_collective(const Block& block) {
    const std::string list = upper(block.first("list"));
    if (list.empty()) return "collective numbers have an m:list";
    for (std::string& text : block.all("text")) rules_.collective[list].insert(std::move(text));
    return {};
  }
  std::string take_words(const Block& block) {
    const auto use = use_of(block.first("use"));
    if (!use) return "m:use is none of those that the head of names.ttl tells";
    for (std::string& word : block.all("word")) rules_.words[*use].insert(std::move(word));
    return {};
  }
  std::string take_abbreviation(const Block& block) {
    const std::string whole = block.first("long");
    if (whole.empty()) return "an abbreviation has an m:long";
    for (std::string& abbreviation : block.all("short")) {
      if (!rules_.abbreviations.emplace(abbreviation, whole).second) {
        return abbreviation + " is explained twice";
      }
    }
    return {};
  }

  IdentityRules& rules_;
};

std::string_view local_name(std::string_view iri) {
  return iri.starts_with(kNameNamespace) ? iri.substr(kNameNamespace.size()) : iri;
}

Status read_file(const DataFile& file, IdentityRules& rules) {
  std::vector<Block> blocks;
  std::map<std::string, std::size_t> places;  // By the label of the blank node.
  TRY(read_turtle(file.bytes, file.name, [&](const Triple& triple) -> Status {
    const auto [place, is_new] = places.try_emplace(triple.subject.text, blocks.size());
    if (is_new) blocks.emplace_back().line = triple.line;
    Block& block = blocks[place->second];
    if (triple.predicate == kRdfType) {
      block.type = local_name(triple.object.text);
    } else {
      block.values.emplace(local_name(triple.predicate), triple.object.text);
    }
    return {};
  }));
  RuleTaker taker(rules);
  for (const Block& block : blocks) {
    const std::string fault = taker.take(block);
    if (fault.empty()) continue;
    return Error{ErrorCode::invalid_input,
                 std::string(file.name) + ":" + std::to_string(block.line) + ": " + fault};
  }
  return {};
}

}  // namespace

bool IdentityRules::has(NameUse use, std::string_view word) const {
  const auto found = words.find(use);
  return found != words.end() && found->second.contains(word);
}

bool is_identity_file(const DataFile& file) {
  return file.name.starts_with("identity/");
}

Result<IdentityRules> read_identity_rules(std::span<const DataFile> files) {
  IdentityRules rules;
  for (const DataFile& file : files) {
    if (is_identity_file(file)) TRY(read_file(file, rules));
  }
  return rules;
}

const IdentityRules& identity_rules() {
  static const IdentityRules rules = [] {
    Result<IdentityRules> read = read_identity_rules(data_files());
    return read.ok() ? std::move(read).value() : IdentityRules();
  }();
  return rules;
}

}  // namespace mangrove::ontology
