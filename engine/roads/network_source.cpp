#include "roads/network_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "roads/clip_network.h"
#include "roads/import_gmns.h"
#include "roads/import_osm.h"
#include "roads/import_tntp.h"
#include "roads/network_faults.h"
#include "roads/network_gpkg.h"

namespace jiahe {

namespace {

constexpr const char* kNetSuffix = "_net.tntp";

std::vector<std::filesystem::path> tntp_networks(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename().string().ends_with(kNetSuffix)) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

NetworkFormat format_of(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    const auto is = [&](const char* suffix) { return name.ends_with(suffix); };
    if (std::filesystem::is_directory(path)) {
        return tntp_networks(path).empty() ? NetworkFormat::kGmns : NetworkFormat::kTntp;
    }
    if (is(".osm") || is(".osm.gz") || is(".osm.pbf")) return NetworkFormat::kOsm;
    if (is(".gpkg")) return NetworkFormat::kGpkg;
    if (is(kNetSuffix)) return NetworkFormat::kTntp;
    throw InputError(InputFault{
        "E-NET-110",
        {path.string(), 0, 0, ""},
        "not a network that can be read",
        "expected a GMNS or TNTP folder, a file .osm, .osm.gz, .osm.pbf or .gpkg, or *_net.tntp"});
}

std::filesystem::path tntp_file(const std::filesystem::path& path) {
    if (!std::filesystem::is_directory(path)) return path;
    const auto files = tntp_networks(path);
    if (files.size() == 1) return files[0];
    throw InputError(InputFault{"E-NET-111",
                                {path.string(), 0, 0, ""},
                                fmt::format("{} files *{} in the folder", files.size(), kNetSuffix),
                                "expected one; name the file"});
}

void need_folder(const std::filesystem::path& path) {
    if (std::filesystem::is_directory(path)) return;
    throw InputError(InputFault{"E-NET-110",
                                {path.string(), 0, 0, ""},
                                "not a folder",
                                "a GMNS network is a folder with node.csv and link.csv"});
}

RoadGraphData read(const std::filesystem::path& path, NetworkFormat format,
                   const NetworkSourceOptions& options, ImportReport& report) {
    switch (format) {
        case NetworkFormat::kOsm:
            return import_osm(
                path, {options.keep_largest_part, options.service_roads, options.crs, options.box},
                report);
        case NetworkFormat::kGpkg:
            return read_network_gpkg(path, options.crs);
        case NetworkFormat::kGmns:
            need_folder(path);
            return import_gmns(path, report, options.crs);
        case NetworkFormat::kTntp:
            return import_tntp(tntp_file(path), report, options.crs).graph;
        case NetworkFormat::kAuto:
            break;
    }
    check_failed("a known format", __FILE__, __LINE__, "network format out of range");
}

}  // namespace

RoadGraphData load_network_data(const std::filesystem::path& path,
                                const NetworkSourceOptions& options, ImportReport& report) {
    if (!std::filesystem::exists(path)) {
        throw InputError(
            InputFault{"E-NET-110", {path.string(), 0, 0, ""}, "no such file or folder", ""});
    }
    const NetworkFormat format =
        options.format == NetworkFormat::kAuto ? format_of(path) : options.format;
    RoadGraphData data = read(path, format, options, report);
    check_network(data, path.string());
    if (format == NetworkFormat::kOsm) return data;
    if (options.box) data = clip_network(std::move(data), *options.box, path.string(), report);
    if (format == NetworkFormat::kTntp) return data;  // zones that only send or only receive
    if (options.keep_largest_part) data = keep_connected_nodes(std::move(data), report);
    return data;
}

RoadGraph load_network(const std::filesystem::path& path, const NetworkSourceOptions& options,
                       ImportReport& report) {
    return RoadGraph(load_network_data(path, options, report));
}

}  // namespace jiahe
