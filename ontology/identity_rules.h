#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ontology/data_files.h"

namespace mangrove::ontology {

/// What a registration says of a body.
enum class Standing {
  unknown,    ///< Of a list that is not among the rules.
  primary,    ///< Brings the body into being.
  secondary,  ///< Charity status, tax, procurement: one body has several.
  other,      ///< Kept by third parties, or by publishers for themselves.
};

/// A list of organisations.
struct Register {
  std::string list;  ///< Its code: `GB-COH`.
  Standing standing = Standing::unknown;
  std::size_t length = 0;   ///< Of its numbers, with zeros before the digits; 0: any.
  bool lower_case = false;  ///< How its numbers are written.
  bool bare = false;        ///< Its numbers were once written without its code: `41114`.
};

/// What a word in a name is worth when two names are compared; see identity/names.ttl.
enum class NameUse { legal_form, passing, seat, branch, unit, direction, sort };

using WordSet = std::set<std::string, std::less<>>;

/// By what rules references and names of organisations are compared: the files of
/// `ontology/identity/`, whose heads say how they are written. Only read once it is there.
struct IdentityRules {
  std::map<std::string, Register, std::less<>> registers;         ///< By code in upper case.
  std::map<std::string, std::string, std::less<>> replaced;       ///< Older codes, in upper case.
  WordSet no_identity;                                            ///< In lower case.
  std::map<std::string, WordSet, std::less<>> collective;         ///< Numbers, by list.
  std::map<NameUse, WordSet> words;                               ///< Of one word or several.
  std::map<std::string, std::string, std::less<>> abbreviations;  ///< Short to long.

  bool has(NameUse use, std::string_view word) const;
};

/// Whether a data file holds such rules, and no vocabulary.
bool is_identity_file(const DataFile& file);

/// `invalid_input`, with file and line, where a rule is not as the heads of the files say.
Result<IdentityRules> read_identity_rules(std::span<const DataFile> files);

/// The rules that are built in. `Ontology::load` tells what is wrong with them, should something
/// be; then there are none here.
const IdentityRules& identity_rules();

}  // namespace mangrove::ontology
