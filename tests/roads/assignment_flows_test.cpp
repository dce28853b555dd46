#include "roads/assignment_flows.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "base/error.h"
#include "roads/assignment_networks.h"
#include "support/temporary_folder.h"

using namespace jiahe;

TEST_CASE("flows are written by external link id, with time apart from cost") {
    TntpNetwork tntp = braess();
    tntp.links[1].capacity = 0;
    AssignmentResult result;
    result.link_flow = {4, 2, 2, 2, 0.1};
    result.link_cost = {42, 50, 52, 12, 1};
    tntp.links[0].toll = 2;
    const TemporaryFolder folder;
    write_assignment_flows(tntp, {1, 0}, result, folder / "flows.csv");
    std::stringstream text;
    text << std::ifstream(folder / "flows.csv").rdbuf();
    CHECK(text.str() ==
          "link_id,from_node,to_node,flow,cost,time,volume_over_capacity\n"
          "1,1,3,4,42,40,4\n2,1,4,2,50,50,\n3,3,2,2,52,52,2\n4,3,4,2,12,12,2\n5,4,2,0.1,1,1,0.1\n");
    CHECK_FALSE(std::filesystem::exists(folder / "flows.csv.part"));
}

TEST_CASE("a folder that does not exist is an error of output, and leaves nothing") {
    AssignmentResult result;
    result.link_flow = result.link_cost = {1, 1, 1, 1, 1};
    const TemporaryFolder folder;
    CHECK_THROWS_AS(write_assignment_flows(braess(), {}, result, folder / "no/flows.csv"), IoError);
}
