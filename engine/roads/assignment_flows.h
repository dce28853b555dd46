// The link flows of a static assignment as a CSV file.
//
// One row a link, in the order of the network's file: link_id (external: counted from 1),
// from_node, to_node, flow, cost (generalised), time (cost without toll and length),
// volume_over_capacity (empty where the link has no capacity). Numbers are the shortest that read
// back to the same bits. Written beside the final name and moved there when whole. Errors: IoError.
#pragma once

#include <filesystem>

#include "roads/assignment_network.h"
#include "roads/static_assignment.h"

namespace jiahe {

// REQUIRES: the result belongs to this network and these weights.
void write_assignment_flows(const TntpNetwork& network, const CostWeights& weights,
                            const AssignmentResult& result, const std::filesystem::path& path);

}  // namespace jiahe
