#pragma once

#include <memory>
#include <string>

#include "graph/base/result.h"
#include "ingest/reader.h"
#include "ingest/source.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// Reads a table of how the numbers of two goals depend on each other in one group of countries:
///
///     ,pair_0,pair_1,min_dcor,p-value,condition
///     0,1,2,0.00003,0.44626,"('4', '5', 'T')"
///
/// `min_dcor` is the least distance correlation of the two, from 0 to 1, whatever other goals (and
/// `T`, temperature) are held fixed; `p-value` how likely chance alone gives as much; `condition`
/// what was held fixed at that least. The last two may be missing: then they are unknown.
///
/// A dependence is no score and has no direction. Each pair of goals gives one edge INFLUENCES,
/// from the lower goal to the higher, with `dependence`, `p_value`, `given`, `directed` false and
/// no `score`; one record for each lower goal. Pairs with temperature, which is no goal, are left
/// out and counted (rule `variable-no-goal`). Where, of when and of whom the numbers are,
/// `mapping_json` says (`influence_mapping.h`); where it names no scope, the name of the file is
/// one
/// (`south-america.csv` is about "south america").
///
/// There are 136 pairs of goals, so memory is bounded however long the table is; a pair that stands
/// there again is left out. Fails where the mapping is none. `ontology` must outlive the reader.
Result<std::unique_ptr<Reader>> make_goal_dependence_reader(std::unique_ptr<ByteStream> bytes,
                                                            std::string file,
                                                            const std::string& mapping_json,
                                                            const ontology::Ontology& ontology);

}  // namespace mangrove::ingest
