#include "telecom/flow_run.h"

#include "base/error.h"

using namespace jiahe;
using namespace jiahe::telecom;

namespace {

FlowWorkload one_link(double capacity_byteps) {
    FlowWorkload w;
    w.link_capacity_byteps = {capacity_byteps};
    const std::vector<std::uint32_t> path{0};
    w.add_route(path);
    return w;
}

}  // namespace

TEST_CASE("a lone flow takes its bytes over the capacity") {
    FlowWorkload w = one_link(100);
    w.add_flow(5, 250, 0);
    const FlowRunResult r = run_flows(w, {});
    CHECK(r.completion_s == std::vector<double>{2.5});
    CHECK(r.end_s == 7.5);
    CHECK(r.mean_active == doctest::Approx(1.0 / 3));
}

TEST_CASE("two flows share: 200 bytes from 0 and 100 from 1 on 100 byte/s end at 3 and 3") {
    // To t = 1 the first has sent 100; then 50 each: both have 100 left and end at t = 3.
    FlowWorkload w = one_link(100);
    w.add_flow(0, 200, 0);
    w.add_flow(1, 100, 0);
    const FlowRunResult r = run_flows(w, {});
    CHECK(r.completion_s[0] == doctest::Approx(3));
    CHECK(r.completion_s[1] == doctest::Approx(2));
}

TEST_CASE("with start-up a flow joins later and uses 97 % of the link") {
    FlowWorkload w = one_link(100);
    w.add_flow(0, 97, 0);
    CHECK(run_flows(w, {StartUp::kLv08, 1.0}).completion_s[0] == doctest::Approx(13.01 + 1));
}

TEST_CASE("the order in which flows are listed changes no completion") {
    FlowWorkload forward = one_link(10), backward = one_link(10);
    const double at_s[] = {0, 0.5, 2, 2.25}, bytes[] = {30, 4, 8, 16};
    for (int i = 0; i < 4; ++i) {
        forward.add_flow(at_s[i], bytes[i], 0);
        backward.add_flow(at_s[3 - i], bytes[3 - i], 0);
    }
    const auto a = run_flows(forward, {}).completion_s, b = run_flows(backward, {}).completion_s;
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(a[i] == doctest::Approx(b[3 - i]).epsilon(1e-12));
}

TEST_CASE("an unknown start-up law is refused by name") {
    CHECK(start_up_named("lv08") == StartUp::kLv08);
    CHECK_THROWS_WITH_AS(start_up_named("lv80"), doctest::Contains("expected none, lv08 or iw10"),
                         InputError);
}
