#include "telecom/flow_workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>

#include "base/error.h"
#include "base/portable_math.h"

namespace jiahe::telecom {
namespace {

constexpr double kMeanFlow_bytes = 1e6;

class Stream {
  public:
    double uniform() { return static_cast<double>(twister_() >> 11) * 0x1p-53; }
    double exponential() { return -portable_log(1 - uniform()); }
    std::uint32_t index(std::uint32_t n) { return static_cast<std::uint32_t>(uniform() * n); }

  private:
    std::mt19937_64 twister_{1};
};

double bytes_per_s(double bit_per_s) {
    return bit_per_s / 8;
}

double flow_bytes(double drawn) {
    return std::floor(std::max(1.0, drawn));
}

FlowWorkload one_link(double load, std::uint32_t flow_count) {
    FlowWorkload w;
    w.link_capacity_byteps = {bytes_per_s(200e6)};
    const std::array<std::uint32_t, 1> path{0};
    w.add_route(path);
    Stream stream;
    double at_s = 0;
    for (std::uint32_t f = 0; f < flow_count; ++f) {
        at_s += stream.exponential() / (load * 25);
        w.add_flow(at_s, flow_bytes(stream.exponential() * kMeanFlow_bytes), 0);
    }
    return w;
}

constexpr std::uint32_t kCells = 1600, kAggregations = 80, kMetros = 8, kCentres = 4;

// Links in this order: cells up, cells down, aggregations up, aggregations down, metro to centre,
// centre to metro. Routes: (cell * centres + centre) * 2 + (1 where downwards).
FlowWorkload city(double load, std::uint32_t flow_count, double aggregation_bit_per_s) {
    FlowWorkload w;
    const auto add_links = [&](std::uint32_t count, double bit_per_s) {
        w.link_capacity_byteps.insert(w.link_capacity_byteps.end(), count, bytes_per_s(bit_per_s));
    };
    add_links(kCells, 50e6);
    add_links(kCells, 200e6);
    add_links(2 * kAggregations, aggregation_bit_per_s);
    add_links(2 * kMetros * kCentres, 20e9);
    const std::uint32_t aggregation_up = 2 * kCells;
    const std::uint32_t aggregation_down = aggregation_up + kAggregations;
    const std::uint32_t to_centre = aggregation_down + kAggregations;
    const std::uint32_t from_centre = to_centre + kMetros * kCentres;
    for (std::uint32_t cell = 0; cell < kCells; ++cell) {
        const std::uint32_t aggregation = cell / 20, metro = aggregation / 10;
        for (std::uint32_t centre = 0; centre < kCentres; ++centre) {
            const std::uint32_t pair = metro * kCentres + centre;
            w.add_route(std::array{cell, aggregation_up + aggregation, to_centre + pair});
            w.add_route(
                std::array{from_centre + pair, aggregation_down + aggregation, kCells + cell});
        }
    }
    const double rate_ps =
        load * aggregation_bit_per_s * kAggregations / (8 * kMeanFlow_bytes * 0.8);
    Stream stream;
    double at_s = 0;
    for (std::uint32_t f = 0; f < flow_count; ++f) {
        at_s += stream.exponential() / rate_ps;
        const std::uint32_t cell = stream.index(kCells), centre = stream.index(kCentres);
        const bool down = stream.uniform() < 0.8;
        const double bytes = stream.exponential() * kMeanFlow_bytes * (down ? 1 : 0.25);
        w.add_flow(at_s, flow_bytes(bytes), (cell * kCentres + centre) * 2 + (down ? 1 : 0));
    }
    return w;
}

constexpr std::uint32_t kHosts = 432, kPorts = 6;  // k = 12: k / 2 ports a side

// Links in this order: hosts up, hosts down, edge to aggregation, aggregation to edge, aggregation
// to core, core to aggregation; switches are numbered through, 6 a pod.
std::vector<std::uint32_t> fat_tree_path(std::uint32_t from, std::uint32_t to, Stream& stream) {
    constexpr std::uint32_t kUp = 2 * kHosts, kDown = kUp + kHosts;
    constexpr std::uint32_t kToCore = kDown + kHosts, kFromCore = kToCore + kHosts;
    const std::uint32_t edge_a = from / kPorts, edge_b = to / kPorts;
    if (edge_a == edge_b) return {from, kHosts + to};
    const std::uint32_t g = stream.index(kPorts), core = stream.index(kPorts);
    const std::uint32_t pod_a = edge_a / kPorts, pod_b = edge_b / kPorts;
    std::vector<std::uint32_t> path{from, kUp + edge_a * kPorts + g};
    if (pod_a != pod_b) {
        path.push_back(kToCore + (pod_a * kPorts + g) * kPorts + core);
        path.push_back(kFromCore + (pod_b * kPorts + g) * kPorts + core);
    }
    path.push_back(kDown + edge_b * kPorts + g);
    path.push_back(kHosts + to);
    return path;
}

FlowWorkload fat_tree(double load, std::uint32_t flow_count) {
    FlowWorkload w;
    w.link_capacity_byteps.assign(6 * kHosts, bytes_per_s(1e9));
    Stream stream;
    for (std::uint32_t a = 0; a < kHosts; ++a) {
        for (std::uint32_t b = 0; b < kHosts; ++b) {
            if (a != b) w.add_route(fat_tree_path(a, b, stream));
        }
    }
    const double rate_ps = load * 1e9 * kHosts / (8 * kMeanFlow_bytes);
    double at_s = 0;
    for (std::uint32_t f = 0; f < flow_count; ++f) {
        at_s += stream.exponential() / rate_ps;
        const std::uint32_t from = stream.index(kHosts), other = stream.index(kHosts - 1);
        w.add_flow(at_s, flow_bytes(stream.exponential() * kMeanFlow_bytes),
                   from * (kHosts - 1) + other);
    }
    return w;
}

}  // namespace

FlowWorkload reference_workload(std::string_view name, double load, std::uint32_t flow_count) {
    if (!(load > 0 && load < 1)) {
        throw InputError(InputFault{"E-TEL-021",
                                    {"--load", 0, 0, ""},
                                    fmt::format("found {:g}", load),
                                    "expected a share above 0 and below 1"});
    }
    if (name == "one") return one_link(load, flow_count);
    if (name == "city") return city(load, flow_count, 2e9);
    if (name == "cityhot") return city(load, flow_count, 1e9);
    if (name == "fattree") return fat_tree(load, flow_count);
    std::string near = did_you_mean(name, {"one", "city", "cityhot", "fattree"});
    if (!near.empty()) near = "; " + near;
    throw InputError(InputFault{"E-TEL-022",
                                {"WORKLOAD", 0, 0, ""},
                                fmt::format("found '{}'", name),
                                "expected one, city, cityhot or fattree" + near});
}

}  // namespace jiahe::telecom
