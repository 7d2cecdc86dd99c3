#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ontology/identity_rules.h"

/// References of organisations, in the one form in which equal ones are equal. What lists there are
/// and what was written for them before is data: `ontology/identity/registers.ttl`.
namespace mangrove::ingest {

/// Whether a reference says only that there is none: `N/A`, `0`, `unknown`, `-`, nothing at all.
/// For names too. (`22000`, which stands for a whole sort of bodies, is a matter of lists: see
/// `NormalReference::collective`.)
bool is_no_identity(std::string_view reference);

/// A reference, taken apart.
struct NormalReference {
  std::string text;    ///< In its normal form; as written where no rule knows its list.
  std::string list;    ///< Its list, `GB-CHC`; empty where no rule knows it.
  std::string number;  ///< Behind the list; the whole where there is none.
  ontology::Standing standing = ontology::Standing::unknown;
  bool collective = false;  ///< Stands for a whole sort of bodies, such as 22000: names nobody.
  /// What was done to it: `white space`, `case`, `separator`, `replaced prefix`, `doubled prefix`,
  /// `leading zeros`; empty where it was in its normal form.
  std::vector<std::string> repairs;

  /// Whether its number was once written without its list.
  bool bare = false;

  /// Whether two bodies that both bear it are one and the same by that alone.
  bool identifies() const {
    return !collective && standing == ontology::Standing::primary && !number.empty();
  }
};

/// The normal form of a reference as somebody wrote it, up to its first 1,000 bytes. Applied to its
/// own result it changes nothing. White space is taken out where the list is known, and at the ends
/// else; only references of known lists are brought to one case. O(size).
NormalReference normal_reference(std::string_view written);

/// `case, leading zeros`, for people.
std::string joined(const std::vector<std::string>& repairs);

/// The country or area that a reference says the body is of: `GB` of `GB-CHC-1164883` and of
/// `GB-XYZ-1`; empty where it says none, and for what spans countries (`XM`, `XI`, …).
std::string jurisdiction_of(std::string_view reference);

}  // namespace mangrove::ingest
