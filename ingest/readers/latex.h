#pragma once

#include <string>
#include <string_view>

namespace mangrove::ingest {

/// A text as BibTeX files have it, in Unicode (normal form C) and without markup:
/// `{\"o}` -> `ö`, `\'{\i}` -> `í`, `\emph{x}` -> `x`, `--` -> `–`, `{DNA}` -> `DNA`. A command
/// that the tables of latex.cpp do not know is left out, and what stands in its braces stays. White
/// space becomes single spaces.
std::string from_latex(std::string_view text);

/// The same for an address or identifier: only braces and the backslashes before signs go.
std::string plain_from_latex(std::string_view text);

}  // namespace mangrove::ingest
