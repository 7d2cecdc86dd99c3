#include "ingest/tables/filters.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "graph/base/text.h"
#include "ingest/draft.h"
#include "ingest/identity/references.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/tables/vocabulary_names.h"
#include "ingest/web_address.h"

namespace mangrove::ingest {
namespace {

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

template <typename Word>
Filter words_by(Word word) {
  return {[word](std::string_view code) { return unless_empty(std::string(word(trimmed(code)))); },
          true};
}

/// Whether this is a reference in a register, `GB-CHC-1049160`, and no name.
bool is_reference(std::string_view text) {
  const std::size_t dash = text.find('-');
  return dash != std::string_view::npos && dash >= 2 && text.find(' ') == std::string_view::npos &&
         std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; }) &&
         std::ranges::all_of(text.substr(0, dash), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<std::string> actor_id(std::string_view text) {
  const std::string name = iati::clean(text);
  if (is_no_identity(name)) return std::nullopt;
  if (is_reference(name)) {
    const NormalReference reference = normal_reference(name);
    if (!reference.collective) return "org:" + reference.text;
    return std::nullopt;
  }
  const std::string slugged = name_slug(name);
  return slugged.empty() ? std::nullopt : std::optional("org:name:" + slugged);
}

std::optional<std::string> document_end(std::string_view address) {
  const std::string url = normal_url(address);
  return url.empty() ? std::nullopt
                     : std::optional(document_id(url).substr(std::string_view("doc:").size()));
}

/// Not closed: it finds the first code of `8.7, 16.2`, too.
Filter sdg_code(const ontology::Ontology& ontology) {
  return {[&ontology](std::string_view text) -> std::optional<std::string> {
    const std::optional<iati::SdgCode> code = iati::parse_sdg_code(text);
    if (!code || ontology.kind_of("sdg:" + code->target()).empty()) return std::nullopt;
    return code->target();
  }};
}

/// Those that need nothing but the text.
const std::map<std::string, Filter>& plain_filters() {
  static const std::map<std::string, Filter> filters{
      {"slug", {[](std::string_view text) { return unless_empty(slug(text)); }}},
      {"fingerprint", {[](std::string_view text) { return unless_empty(fingerprint_of(text)); }}},
      {"document", {document_end}},
      {"role", words_by(iati::role_word)},
      {"organisation-type", words_by(iati::organisation_type_word)},
      {"activity-status", words_by(iati::status_word)},
      {"activity-scope", words_by(iati::scope_word)},
      {"Actor", {actor_id}},
  };
  return filters;
}

}  // namespace

void Filters::add(const std::string& name, std::map<std::string, std::string> codes) {
  std::map<std::string, std::string> by_key;
  for (auto& [code, word] : codes) by_key.emplace(iati::lower(trimmed(code)), std::move(word));
  known_[name] = {[by_key = std::move(by_key)](std::string_view text) {
                    const auto found = by_key.find(iati::lower(trimmed(text)));
                    return found == by_key.end() ? std::nullopt : std::optional(found->second);
                  },
                  true};
}

Result<Filter> Filters::find(const std::string& name) {
  if (const auto added = known_.find(name); added != known_.end()) return added->second;
  if (const auto plain = plain_filters().find(name); plain != plain_filters().end()) {
    return plain->second;
  }
  if (name == "sdg") return sdg_code(ontology_);
  if (ontology_.schema().kind(name) != nullptr) {
    const auto names =
        std::make_shared<const VocabularyNames>(TRY(VocabularyNames::load(ontology_, name)));
    return known_[name] = {[names](std::string_view text) { return names->find(text); }, true};
  }
  std::string there_are = "sdg, a kind";
  for (const auto& [one, filter] : plain_filters()) there_are += ", " + one;
  for (const auto& [one, filter] : known_) there_are += ", " + one;
  return Error{ErrorCode::not_found, "there is no `|" + name + "`; there are: " + there_are};
}

}  // namespace mangrove::ingest
