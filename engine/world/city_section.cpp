#include "world/city_section.h"

namespace jiahe {

void declare_city_sites(scenario::Schema& schema) {
    auto& sites = schema.section("city").section(
        "sites", "Sites laid over the network, or added to what the generator makes.");
    const auto count = [&](const char* key, const char* help, const char* fallback,
                           const char* most) {
        sites.integer(key, help).range("0", most).by_default(fallback).source("A");
    };
    count("plazas", "Toll plazas laid over a network from a file.", "2", "1000");
    count("gantries", "Free-flow gantries laid over a network from a file.", "4", "100000");
    count("cells", "Radio cells.", "20", "100000");
    count("cameras", "Road cameras.", "20", "1000000");
    count("hubs", "Parcel hubs laid over a network from a file.", "1", "1000");
    count("vans", "Delivery vans of all hubs.", "10", "100000");
    sites.integer("residents", "Residents of the area (of a town or a network from a file).")
        .range("2", "200000000")
        .by_default("30000")
        .source("A");
}

LayOptions read_city_sites(const scenario::Value& city, std::uint64_t seed) {
    const auto sites = city["sites"];
    LayOptions o;
    o.seed = seed;
    o.plazas = static_cast<int>(sites["plazas"].integer());
    o.gantries = static_cast<int>(sites["gantries"].integer());
    o.cells = static_cast<int>(sites["cells"].integer());
    o.cameras = static_cast<int>(sites["cameras"].integer());
    o.hubs = static_cast<int>(sites["hubs"].integer());
    o.vans = static_cast<int>(sites["vans"].integer());
    o.residents = static_cast<double>(sites["residents"].integer());
    return o;
}

}  // namespace jiahe
