#include <fmt/format.h>

#include <array>
#include <charconv>
#include <memory>
#include <optional>

#include "base/error.h"
#include "cli/commands.h"
#include "geo/coordinate_system.h"
#include "geo/polygon.h"
#include "roads/network_gpkg.h"
#include "roads/network_source.h"

namespace jiahe::cli {
namespace {

struct ImportArguments {
    NetworkFormat format = NetworkFormat::kAuto;
    std::filesystem::path in, out;
    std::string box, crs;
    bool all_parts = false;
};

[[noreturn]] void refuse(const std::string& option, const std::string& found,
                         const std::string& expected) {
    throw InputError(InputFault{
        "E-CLI-001", {option, 0, 0, ""}, fmt::format("found '{}'", found), "expected " + expected});
}

std::optional<BoundingBox> parse_box(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const char* const expected = "west,south,east,north in degrees, such as 9.50,47.12,9.55,47.16";
    std::array<double, 4> value{};
    const char* at = text.data();
    const char* const last = text.data() + text.size();
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto [end, error] = std::from_chars(at, last, value[i]);
        const bool ends = i + 1 == value.size() ? end == last : end != last && *end == ',';
        if (error != std::errc() || !ends) refuse("--bbox", text, expected);
        at = end == last ? last : end + 1;
    }
    const BoundingBox box{{value[0], value[1]}, {value[2], value[3]}};
    if (!is_valid(box.low) || !is_valid(box.high) || box.low.lon_deg >= box.high.lon_deg ||
        box.low.lat_deg >= box.high.lat_deg) {
        refuse("--bbox", text, expected);
    }
    return box;
}

void execute(const ImportArguments& a) {
    NetworkSourceOptions options;
    options.format = a.format;
    options.keep_largest_part = !a.all_parts;
    options.box = parse_box(a.box);
    if (!a.crs.empty()) options.crs = CoordinateSystem::of(a.crs, {"--crs", 0, 0, ""});
    if (a.out.extension() != ".gpkg") refuse("--out", a.out.string(), "a file *.gpkg");
    ImportReport report;
    const RoadGraphData data = load_network_data(a.in, options, report);
    const RoadGraph graph(data);  // refuses what no run could use
    write_network_gpkg(data, a.out);
    for (const std::string& line : report.lines())
        fmt::print("{}\n", line);
    fmt::print("{}: {} nodes, {} links, {} turns, {} signals\n", a.out.string(), graph.node_count(),
               graph.link_count(), graph.movement_count(), graph.signals.size());
}

}  // namespace

void add_import(CLI::App& app, int& exit_code) {
    CLI::App* import = app.add_subcommand("import", "read a road network, write our GeoPackage");
    import->require_subcommand(1);
    const auto add = [&](const char* name, NetworkFormat format, const char* help) {
        auto a = std::make_shared<ImportArguments>();
        a->format = format;
        CLI::App* command = import->add_subcommand(name, help);
        command->add_option("IN", a->in, "file or folder")->required();
        command->add_option("--out", a->out, "NETWORK.gpkg")->required();
        command->add_option("--bbox", a->box, "west,south,east,north: keep what lies inside");
        command->add_option("--crs", a->crs,
                            "coordinate system where the file does not say: EPSG:n, gcj02, bd09");
        command->add_flag("--all-parts", a->all_parts,
                          "keep what lies outside the largest strongly connected part too");
        command->callback([a, &exit_code] {
            execute(*a);
            exit_code = 0;
        });
    };
    add("osm", NetworkFormat::kOsm, "OpenStreetMap: .osm, .osm.gz, .osm.pbf");
    add("gpkg", NetworkFormat::kGpkg, "our own GeoPackage, checked and written again");
    add("gmns", NetworkFormat::kGmns, "a GMNS folder");
    add("tntp", NetworkFormat::kTntp, "a TNTP network, X_net.tntp with the files beside it");
}

}  // namespace jiahe::cli
