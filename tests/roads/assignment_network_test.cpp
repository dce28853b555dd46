#include "roads/assignment_network.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/error.h"
#include "roads/assignment_networks.h"
#include "support/temporary_folder.h"

using namespace jiahe;

namespace {

InputFault fault_of(const TntpNetwork& tntp) {
    try {
        const AssignmentNetwork network(tntp, tntp.demand, {});
    } catch (const InputError& error) {
        return error.faults()[0];
    }
    return {};
}

InputFault fault_of_trips(const std::string& rows) {
    const TemporaryFolder folder;
    std::ofstream(folder / "x_trips.tntp") << "<NUMBER OF ZONES> 2\n<END OF METADATA>\n" << rows;
    TntpNetwork tntp = braess();
    try {
        read_tntp_trips(folder / "x_trips.tntp", tntp);
    } catch (const InputError& error) {
        return error.faults()[0];
    }
    return {};
}

}  // namespace

TEST_CASE("trips are summed by pair, ordered, and those inside a zone are counted apart") {
    TntpNetwork tntp = braess();
    tntp.links.push_back({2, 1, 1, 1, 1, 0, 1, 0, 0, 1});
    tntp.demand = {{2, 1, 5}, {1, 2, 3}, {1, 1, 7}, {1, 2, 1.5}, {2, 2, 2}};
    const AssignmentNetwork network(tntp, tntp.demand, {});
    CHECK(network.assigned_trips == 9.5);
    CHECK(network.intrazonal_trips == 9);
    REQUIRE(network.origins.size() == 2);
    CHECK(network.origins[0].node == 0);
    REQUIRE(network.trips.size() == 2);
    CHECK(network.destination[0] == 1);
    CHECK(network.trips[0] == 4.5);
    CHECK(network.trips[network.origins[1].first] == 5);
}

TEST_CASE("toll and length enter the cost by their weights; no capacity means constant cost") {
    TntpNetwork tntp = braess();
    tntp.links[0].toll = 30;
    tntp.links[0].length = 4;
    tntp.links[1].capacity = 0;
    const AssignmentNetwork network(tntp, tntp.demand, {0.02, 0.5});
    CHECK(network.delay[0].cost(0) == doctest::Approx(1e-8 + 0.6 + 2).epsilon(1e-14));
    CHECK(network.delay[1].constant());
    CHECK(network.links_without_capacity == 1);
}

TEST_CASE("a zone is left by its own trips only") {
    TntpNetwork tntp = braess();
    tntp.first_thru_node = 3;
    const AssignmentNetwork network(tntp, tntp.demand, {});
    CHECK(network.may_leave(0, 0));
    CHECK_FALSE(network.may_leave(0, 1));
    CHECK(network.may_leave(2, 0));
}

TEST_CASE("links that have no volume-delay function are refused by name") {
    const auto with = [](auto&& change) {
        TntpNetwork tntp = braess();
        change(tntp.links[2]);
        return fault_of(tntp);
    };
    const InputFault fault = with([](TntpLink& link) { link.capacity = -5; });
    CHECK(fault.code == "E-NET-142");
    CHECK(fault.place.feature == "link 3");
    CHECK(fault.message == "capacity is -5, expected 0 or more");
    CHECK(with([](TntpLink& link) { link.b = -0.1; }).code == "E-NET-142");
    CHECK(with([](TntpLink& link) { link.free_flow_time = -1; }).code == "E-NET-142");
    CHECK(with([](TntpLink& link) { link.toll = -1; }).code == "E-NET-142");
    CHECK(with([](TntpLink& link) { link.length = -1; }).code == "E-NET-142");
    CHECK(with([](TntpLink& link) { link.power = 0.5; }).code == "E-NET-142");
    CHECK(with([](TntpLink& link) { link.to_node = link.from_node; }).code == "E-NET-142");
    CHECK(with([](TntpLink& link) { link.power = 0; }).code.empty());
}

TEST_CASE("demand that cannot travel is refused: no way, unknown zone") {
    TntpNetwork tntp = braess();
    tntp.demand.push_back({2, 1, 8});
    InputFault fault = fault_of(tntp);
    CHECK(fault.code == "E-NET-143");
    CHECK(fault.place.feature == "zone 2");
    CHECK(fault.message == "no way to zone 1, to which 8 trips go");
    tntp = braess();
    tntp.demand.push_back({1, 3, 8});
    fault = fault_of(tntp);
    CHECK(fault.code == "E-NET-144");
    CHECK(fault.place.feature == "zone 3");
    // The only way leads through zone 2, which may not be passed.
    tntp = braess();
    tntp.zone_count = 3;
    tntp.node_count = 5;
    for (TntpLink& link : tntp.links) {
        if (link.from_node >= 3) ++link.from_node;
        if (link.to_node >= 3) ++link.to_node;
    }
    tntp.links.push_back({2, 3, 1, 1, 1, 0, 1, 0, 0, 1});
    tntp.demand = {{1, 3, 1}};
    CHECK(fault_of(tntp).code.empty());
    tntp.first_thru_node = 4;
    CHECK(fault_of(tntp).code == "E-NET-143");
}

TEST_CASE("malformed trips are refused with file and line") {
    InputFault fault = fault_of_trips("Origin 1\n 2 : 4.0;\n 2 : -1;\n");
    CHECK(fault.code == "E-NET-140");
    CHECK(fault.place.line == 5);
    CHECK(fault.message == "'-1' is negative");
    CHECK(fault_of_trips("Origin 1\n 3 : 4.0;\n").place.line == 4);
    CHECK(fault_of_trips("Origin 9\n 1 : 4.0;\n").place.line == 3);
    CHECK(fault_of_trips("Origin 1\n 2 4.0;\n").place.line == 4);
    CHECK(fault_of_trips("Origin 1\n 2 : many;\n").place.line == 4);
    CHECK(fault_of_trips(" 2 : 4.0;\n").place.line == 3);
    CHECK(fault_of_trips("Origin 1\n 2 : 4.0;\n").code.empty());
}
