#include "roads/assignment_flows.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "base/check.h"
#include "base/error.h"

namespace jiahe {

void write_assignment_flows(const TntpNetwork& network, const CostWeights& weights,
                            const AssignmentResult& result, const std::filesystem::path& path) {
    JIAHE_CHECK(result.link_flow.size() == network.links.size(), "one flow for every link");
    std::string text = "link_id,from_node,to_node,flow,cost,time,volume_over_capacity\n";
    for (std::size_t l = 0; l < network.links.size(); ++l) {
        const TntpLink& row = network.links[l];
        const double flow = result.link_flow[l];
        const double cost = result.link_cost[l];
        const double time = cost - (weights.toll * row.toll + weights.distance * row.length);
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},", l + 1, row.from_node,
                       row.to_node, flow, cost, std::max(0.0, time));
        if (row.capacity > 0) fmt::format_to(std::back_inserter(text), "{}", flow / row.capacity);
        text += '\n';
    }
    const std::filesystem::path temporary = path.string() + ".part";
    std::ofstream file(temporary, std::ios::binary);
    file << text;
    file.close();
    std::error_code error;
    if (file) std::filesystem::rename(temporary, path, error);
    if (file && !error) return;
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw IoError(fmt::format("{}: cannot be written", path.string()));
}

}  // namespace jiahe
