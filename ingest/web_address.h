#pragma once

#include <string>
#include <string_view>

namespace mangrove::ingest {

/// The same address however it is written: scheme and host in lower case, no fragment, no default
/// port. Empty where the text is no address on the web.
std::string normal_url(std::string_view text);

/// The DOI in `10.1000/AbC`, `doi:10.1000/AbC`, `https://doi.org/10.1000%2FAbC` and the like, in
/// lower case, since DOIs are the same in any (DOI Handbook, 2.4): `10.1000/abc`. Empty where the
/// text is none.
std::string normal_doi(std::string_view text);

/// The id of the document at such an address, `doc:url:gatesfoundation.org:0f3c…`: the host to
/// read, the rest to be sure. Where the address is that of a DOI, `doc:doi:10.1000/abc`, so that a
/// document is one node whoever links to it.
std::string document_id(const std::string& url);

}  // namespace mangrove::ingest
