#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace mangrove::ontology {

/// `; did you mean m:BEARS_ON?` where one of the names is spelt much like the word, else nothing.
/// `prefix` is put before the name.
std::string did_you_mean(std::string_view word, const std::set<std::string, std::less<>>& names,
                         std::string_view prefix = {});

}  // namespace mangrove::ontology
