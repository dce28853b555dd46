#include "telecom/diurnal_profile.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/error.h"

using namespace jiahe;
using namespace jiahe::telecom;

TEST_CASE("smooth shapes have the published peak hours and sums") {
    const struct {
        int peak;
        double sum;
    } facts[] = {{21, 13.72}, {11, 12.09}, {7, 9.97}, {17, 13.96}};
    const LandUseProfiles profiles = default_profiles();
    for (std::size_t u = 0; u < kLandUseCount; ++u) {
        const auto& hours = profiles[u].hours();
        CHECK(std::abs(profiles[u].sum() - facts[u].sum) < 1e-9);
        const auto peak = std::max_element(hours.begin(), hours.end()) - hours.begin();
        CHECK(peak == facts[u].peak);
        CHECK(*std::max_element(hours.begin(), hours.end()) == 1.0);
    }
    // Busy-hour share of the residential day: 1 / 13.72 = .0729.
    CHECK(std::abs(1 / profiles[0].sum() - .0729) < 0.0001);
}

TEST_CASE("a day's volume is conserved to the byte, however the day is cut") {
    const DiurnalProfile p = default_profiles()[2];
    const std::int64_t day = 123'456'789'012'345;
    for (const std::int64_t step_s : {10, 60, 3599, 86400}) {
        std::int64_t sum = 0;
        std::int64_t before = p.share_until({0});
        for (std::int64_t t = 0; t < 2 * 86400; t += step_s) {
            const std::int64_t until = std::min<std::int64_t>(t + step_s, 2 * 86400);
            const std::int64_t now = p.share_until(whole_seconds(until));
            const std::int64_t bytes = bytes_between(day, before, now);
            REQUIRE(bytes >= 0);
            sum += bytes;
            before = now;
        }
        CHECK(sum == 2 * day);
    }
}

TEST_CASE("between hour centres the demand is linear, and its integral is the hour's volume") {
    DiurnalProfile::Hours hours{};
    hours[7] = 1;  // a triangle from 6:30 to 8:30 with its peak at 7:30; sum 1
    const DiurnalProfile p(hours);
    CHECK(p.at(minutes(7 * 60 + 30)) == 1);
    CHECK(p.at(minutes(7 * 60)) == doctest::Approx(.5));
    CHECK(p.at(minutes(6 * 60 + 30)) == doctest::Approx(0));
    const double one = static_cast<double>(std::int64_t{1} << kShareBits);
    const auto share = [&](int minute) {
        return static_cast<double>(p.share_until(minutes(minute))) / one;
    };
    CHECK(share(6 * 60 + 30) == doctest::Approx(0));
    CHECK(share(7 * 60) == doctest::Approx(.125));  // 0.5 h * 0.5 / 2
    CHECK(share(7 * 60 + 30) == doctest::Approx(.5));
    CHECK(share(8 * 60 + 30) == doctest::Approx(1));
    CHECK(p.share_until(jiahe::hours(24)) == std::int64_t{1} << kShareBits);
}

TEST_CASE("a profile file is read by its column names, and refused with row and column") {
    const auto dir = std::filesystem::temp_directory_path() / "jiahe_profile_test";
    std::filesystem::create_directories(dir);
    const auto write = [&](const char* name, bool broken) {
        std::ofstream out(dir / name);
        out << "hour,all,residential,office,transport,entertainment\n";
        for (int h = 0; h < 24; ++h) {
            out << h << ",1," << (h + 1) / 24.0 << ",0.5," << (broken && h == 3 ? "x" : "0.2")
                << ",1\n";
        }
        return dir / name;
    };
    const LandUseProfiles profiles = load_profiles(write("good.csv", false));
    CHECK(profiles[0].sum() == doctest::Approx(12.5));  // (1 + ... + 24) / 24
    CHECK(profiles[1].sum() == doctest::Approx(12));
    try {
        load_profiles(write("bad.csv", true));
        FAIL("accepted");
    } catch (const InputError& error) {
        CHECK(error.faults()[0].code == "E-TEL-010");
        CHECK(error.faults()[0].place.line == 5);
    }
}

TEST_CASE("the published shapes, where the data are at hand, have the sums that we transcribed") {
    const std::filesystem::path file =
        std::filesystem::path(JIAHE_SHARED_DATA) / "telecom-diurnal" / "diurnal.csv";
    if (!std::filesystem::exists(file)) {
        if (std::getenv("CI") != nullptr) FAIL("telecom-diurnal is absent");
        MESSAGE("skipped: no telecom-diurnal data");
        return;
    }
    const LandUseProfiles published = load_profiles(file), ours = default_profiles();
    for (std::size_t u = 0; u < kLandUseCount; ++u) {
        CHECK(std::abs(published[u].sum() - ours[u].sum()) < 0.006);
    }
}
