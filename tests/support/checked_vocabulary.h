#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ontology/mistake.h"
#include "ontology/ontology.h"

/// Vocabularies written into a test, and what the check says of them.
namespace mangrove::tests {

const ontology::Ontology& built_in();

/// Prefixes and a source; eight lines, so that what a test writes behind it begins in line 9.
extern const std::string_view kHead;

/// One mistake a line: `v:9 error det:x has no kind`.
std::string shown(const std::vector<ontology::Mistake>& mistakes);

/// What is wrong with a file `v` of this text; with this behind the head.
std::string check_whole(const std::string& text);
std::string check(const std::string& body);

}  // namespace mangrove::tests
