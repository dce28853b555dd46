#include "roads/assignment_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "roads/network_faults.h"

namespace jiahe {

namespace {

void check_link(const TntpLink& row, std::size_t index, FaultList& faults) {
    const auto refuse = [&](const char* name, double found, const char* expected) {
        faults.add("E-NET-142", fmt::format("link {}", index + 1),
                   fmt::format("{} is {}, expected {}", name, found, expected));
    };
    const auto not_negative = [&](const char* name, double value) {
        if (!(value >= 0)) refuse(name, value, "0 or more");
    };
    not_negative("capacity", row.capacity);
    not_negative("length", row.length);
    not_negative("free flow time", row.free_flow_time);
    not_negative("b", row.b);
    not_negative("toll", row.toll);
    const bool convex = row.power == 0 || row.power >= 1;
    if (!convex || row.power > 100) refuse("power", row.power, "0, or 1 to 100");
    if (row.from_node == row.to_node)
        refuse("to node", static_cast<double>(row.to_node), "another node than the from node");
}

// offset[n + 1] counts links of n; links ascend within a node.
void make_csr(const std::vector<std::uint32_t>& node_of_link, std::size_t node_count,
              std::vector<std::uint32_t>& first, std::vector<std::uint32_t>& link) {
    first.assign(node_count + 1, 0);
    for (const std::uint32_t node : node_of_link)
        ++first[node + 1];
    for (std::size_t n = 0; n < node_count; ++n)
        first[n + 1] += first[n];
    link.resize(node_of_link.size());
    std::vector<std::uint32_t> fill(first.begin(), first.end() - 1);
    for (std::size_t l = 0; l < node_of_link.size(); ++l)
        link[fill[node_of_link[l]]++] = static_cast<std::uint32_t>(l);
}

}  // namespace

AssignmentNetwork::AssignmentNetwork(const TntpNetwork& tntp, const std::vector<TntpDemand>& demand,
                                     const CostWeights& weights)
    : first_thru_node_(static_cast<std::uint32_t>(tntp.first_thru_node - 1)) {
    add_links(tntp, weights);
    add_demand(tntp, demand);
    check_reachable(tntp);
}

void AssignmentNetwork::add_links(const TntpNetwork& tntp, const CostWeights& weights) {
    FaultList faults(tntp.graph.source);
    for (std::size_t l = 0; l < tntp.links.size(); ++l) {
        const TntpLink& row = tntp.links[l];
        check_link(row, l, faults);
        link_from.push_back(static_cast<std::uint32_t>(row.from_node - 1));
        link_to.push_back(static_cast<std::uint32_t>(row.to_node - 1));
        if (row.capacity == 0 && row.b > 0) ++links_without_capacity;
        delay.emplace_back(
            VolumeDelay::Parameters{row.free_flow_time, row.b, row.power, row.capacity,
                                    weights.toll * row.toll + weights.distance * row.length});
    }
    faults.throw_if_any();
    const auto nodes = static_cast<std::size_t>(tntp.node_count);
    make_csr(link_from, nodes, out_first, out_link);
    make_csr(link_to, nodes, in_first, in_link);
}

void AssignmentNetwork::add_demand(const TntpNetwork& tntp, const std::vector<TntpDemand>& demand) {
    FaultList faults(tntp.graph.source);
    std::vector<TntpDemand> rows;
    for (const TntpDemand& row : demand) {
        for (const std::int64_t zone : {row.origin, row.destination}) {
            if (zone >= 1 && zone <= tntp.zone_count) continue;
            faults.add("E-NET-144", fmt::format("zone {}", zone),
                       fmt::format("trips from {} to {}: the network has the zones 1 to {}",
                                   row.origin, row.destination, tntp.zone_count));
        }
        if (row.origin == row.destination) {
            intrazonal_trips += row.trips;
        } else if (row.trips > 0) {
            rows.push_back(row);
        }
    }
    faults.throw_if_any();
    std::stable_sort(rows.begin(), rows.end(), [](const TntpDemand& a, const TntpDemand& b) {
        return a.origin != b.origin ? a.origin < b.origin : a.destination < b.destination;
    });
    for (const TntpDemand& row : rows) {
        const auto from = static_cast<std::uint32_t>(row.origin - 1);
        const auto to = static_cast<std::uint32_t>(row.destination - 1);
        if (origins.empty() || origins.back().node != from) {
            const auto at = static_cast<std::uint32_t>(trips.size());
            origins.push_back({from, at, at});
        }
        assigned_trips += row.trips;
        if (origins.back().last > origins.back().first && destination.back() == to) {
            trips.back() += row.trips;
            continue;
        }
        destination.push_back(to);
        trips.push_back(row.trips);
        ++origins.back().last;
    }
}

void AssignmentNetwork::check_reachable(const TntpNetwork& tntp) const {
    FaultList faults(tntp.graph.source);
    std::vector<std::uint32_t> stack;
    std::vector<std::uint32_t> seen(node_count(), 0);
    std::uint32_t round = 0;
    for (const Origin& origin : origins) {
        ++round;
        stack.assign(1, origin.node);
        seen[origin.node] = round;
        while (!stack.empty()) {
            const std::uint32_t node = stack.back();
            stack.pop_back();
            if (!may_leave(node, origin.node)) continue;
            for (std::uint32_t i = out_first[node]; i < out_first[node + 1]; ++i) {
                const std::uint32_t next = link_to[out_link[i]];
                if (seen[next] == round) continue;
                seen[next] = round;
                stack.push_back(next);
            }
        }
        for (std::uint32_t d = origin.first; d < origin.last; ++d) {
            if (seen[destination[d]] == round) continue;
            faults.add("E-NET-143", fmt::format("zone {}", origin.node + 1),
                       fmt::format("no way to zone {}, to which {} trips go", destination[d] + 1,
                                   trips[d]));
        }
    }
    faults.throw_if_any();
}

}  // namespace jiahe
