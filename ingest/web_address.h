#pragma once

#include <string>
#include <string_view>

namespace mangrove::ingest {

/// The same address however it is written: scheme and host in lower case, no fragment, no default
/// port. Empty where the text is no address on the web.
std::string normal_url(std::string_view text);

/// The id of the document at such an address, `doc:url:gatesfoundation.org:0f3c…`: the host to
/// read, the rest to be sure.
std::string document_id(const std::string& url);

}  // namespace mangrove::ingest
