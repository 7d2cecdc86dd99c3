#include "ingest/readers/sdg_ends.h"

#include "ingest/readers/iati_codes.h"

namespace mangrove::ingest {

std::optional<std::string> sdg_end(std::string_view code, std::string_view wanted,
                                   const ontology::Ontology& ontology, std::uint64_t line,
                                   const std::string& place, Action if_lost,
                                   std::vector<Finding>& findings) {
  const auto note = [&](std::string rule, const std::string& what, Action action) {
    findings.push_back({"", line, std::move(rule), place + ": " + what, action});
  };
  const std::string written = "`" + std::string(code) + "`";
  const auto parsed = iati::parse_sdg_code(code);
  if (!parsed) {
    note("sdg-code-form", written + " is no code of the SDG catalogue", if_lost);
    return std::nullopt;
  }
  std::string id = "sdg:" + parsed->code;
  const std::string_view kind = ontology.kind_of(id);
  if (kind.empty()) {
    note("sdg-code-unknown", "the SDG catalogue has no " + written, if_lost);
    return std::nullopt;
  }
  if (kind != wanted) {
    note("sdg-code-level",
         written + " is a " + std::string(kind) + ", and a " + std::string(wanted) + " stands here",
         if_lost);
    return std::nullopt;
  }
  if (!parsed->exact) {
    note("sdg-code-form", written + " was read as `" + parsed->code + "`", Action::value_repaired);
  }
  return id;
}

}  // namespace mangrove::ingest
