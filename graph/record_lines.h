#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "graph/base/result.h"
#include "graph/progress.h"
#include "graph/view.h"

namespace mangrove::graph {

/// Takes some whole lines; an Error ends the writing.
using TakeLines = std::function<Status(std::string_view)>;

/// Writes all that the view shows as JSON Lines: the header `{"mangrove":"records","format":1}`,
/// then one record a line (record_json.h), sorted by id, source and part. Equal graphs give equal
/// bytes, however they came to be. A steward's view shows who may see what; another one shows what
/// it sees, as if it were all there is. Gives how many records there were.
///
/// In memory are some thousand records at a time, and the numbers of all nodes.
Result<std::uint64_t> write_record_lines(const View& view, const TakeLines& take,
                                         const OnProgress& progress = nullptr);

/// The same into a file, in place of one that may be there: that one or the whole new one is there
/// at any moment. `io` or `no_space` where the disk refuses; nothing new is there then.
Result<std::uint64_t> write_record_file(const View& view, const std::filesystem::path& file,
                                        const OnProgress& progress = nullptr);

}  // namespace mangrove::graph
