#include "roads/network_source.h"

#include "base/error.h"
#include "roads/import_gmns.h"
#include "roads/import_osm.h"
#include "roads/import_tntp.h"
#include "roads/network_gpkg.h"

namespace jiahe {

RoadGraphData load_network_data(const std::filesystem::path& path,
                                const NetworkSourceOptions& options, ImportReport& report) {
    const std::string name = path.filename().string();
    const auto is = [&](const char* suffix) { return name.ends_with(suffix); };
    if (std::filesystem::is_directory(path)) return import_gmns(path, report);
    if (is(".osm") || is(".osm.gz") || is(".osm.pbf")) {
        return import_osm(path, {options.keep_largest_part, options.service_roads}, report);
    }
    if (is(".gpkg")) return read_network_gpkg(path);
    if (is("_net.tntp")) return import_tntp(path, report).graph;
    throw InputError(InputFault{
        "E-NET-110",
        {path.string(), 0, 0, ""},
        "not a network that can be read",
        "expected a GMNS folder, a file .osm, .osm.gz, .osm.pbf or .gpkg, or *_net.tntp"});
}

RoadGraph load_network(const std::filesystem::path& path, const NetworkSourceOptions& options,
                       ImportReport& report) {
    return RoadGraph(load_network_data(path, options, report));
}

}  // namespace jiahe
