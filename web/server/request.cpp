#include "web/server/request.h"

#include <algorithm>
#include <cassert>

#include "web/server/ascii.h"

namespace mangrove::web {

const std::string* find_header(const std::vector<Header>& headers, std::string_view name) {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const Header& header) {
    return equal_in_any_case(header.name, name);
  });
  return found == headers.end() ? nullptr : &found->value;
}

const std::string& Request::path_parameter(std::string_view name) const {
  const auto found = std::find_if(path_parameters.begin(), path_parameters.end(),
                                  [&](const auto& parameter) { return parameter.first == name; });
  assert(found != path_parameters.end() && "the route's pattern has this name");
  return found->second;
}

}  // namespace mangrove::web
