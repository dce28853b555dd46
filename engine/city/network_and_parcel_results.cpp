#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "city/results_writer.h"
#include "telecom/telecom_summary.h"

namespace jiahe::city {

namespace {

void write_classes(results::ResultsFile& file, const telecom::TelecomSystem& telecom) {
    const std::string group = "/telecom";
    const telecom::TelecomSummary s = telecom::summarise(telecom, kTick);
    std::vector<std::int64_t> index, offered, delivered, dropped, queued;
    std::vector<std::string> name;
    for (std::size_t c = 0; c < telecom::kServiceClassCount; ++c) {
        index.push_back(static_cast<std::int64_t>(c));
        name.emplace_back(telecom::service_class_name(static_cast<telecom::ServiceClass>(c)));
        offered.push_back(s.service[c].offered_bytes);
        delivered.push_back(s.service[c].delivered_bytes);
        dropped.push_back(s.service[c].dropped_bytes);
        queued.push_back(s.service[c].queued_bytes);
    }
    file.scale(group, {"class", {}, "1", "index of the service class"}, index);
    file.dataset(group, {"class_name", {"class"}, "1", "name of the service class"}, name);
    file.dataset(group, {"offered_bytes", {"class"}, "B", "bytes offered"}, offered);
    file.dataset(group, {"delivered_bytes", {"class"}, "B", "bytes delivered"}, delivered);
    file.dataset(group, {"dropped_bytes", {"class"}, "B", "bytes dropped"}, dropped);
    file.dataset(group, {"queued_bytes", {"class"}, "B", "bytes waiting at the end"}, queued);
}

}  // namespace

void write_telecom(results::ResultsFile& file, const City& city,
                   const telecom::TelecomSystem& telecom, const ResultsClock& clock) {
    const std::string group = "/telecom";
    std::vector<std::int64_t> cell;
    std::vector<std::string> cell_name;
    std::vector<double> lon, lat;
    const auto& cells = city.sites().cells;
    for (const CellSite& site : cells) {
        cell.push_back(static_cast<std::int64_t>(cell.size()));
        cell_name.push_back(site.name);
        lon.push_back(site.lon_deg);
        lat.push_back(site.lat_deg);
    }
    std::vector<float> load;
    for (std::size_t b = 0; b < telecom.bin_count(); ++b) {
        for (std::uint32_t c = 0; c < cells.size(); ++c)
            load.push_back(static_cast<float>(telecom.mean_load(c, b)));
    }
    file.scale(group, {"cell", {}, "1", "index of the cell"}, cell);
    file.scale(group, {"time", {}, "s", "begin of the bin, since midnight"},
               clock.bin_begins_s(telecom.options().result_bin));
    file.dataset(group, {"cell_name", {"cell"}, "1", "name of the cell"}, cell_name);
    file.dataset(group, {"lon", {"cell"}, "degrees_east", "longitude"}, lon);
    file.dataset(group, {"lat", {"cell"}, "degrees_north", "latitude"}, lat);
    file.dataset(group,
                 {"load",
                  {"time", "cell"},
                  "1",
                  "share of the downlink's airtime in use, mean over the bin's radio epochs"},
                 std::move(load));
    write_classes(file, telecom);
}

std::vector<std::uint32_t> delivered_by_hub(const logistics::LogisticsSystem& logistics,
                                            SimTime width, SimTime duration) {
    const std::size_t hubs = logistics.owner_count();
    const auto bins = static_cast<std::size_t>((duration.us + width.us - 1) / width.us);
    std::vector<std::uint32_t> delivered(bins * hubs, 0);
    for (std::uint32_t h = 0; h < hubs; ++h) {
        for (std::uint32_t p = logistics.parcel_begin(h); p < logistics.parcel_end(h); ++p) {
            const std::int64_t at_us = logistics.parcels()[p].delivered_us;
            if (at_us < 0) continue;
            const auto bin = std::min(static_cast<std::size_t>(at_us / width.us), bins - 1);
            ++delivered[bin * hubs + h];
        }
    }
    return delivered;
}

void write_hubs(results::ResultsFile& file, const City& city,
                const logistics::LogisticsSystem& logistics, SimTime width,
                const ResultsClock& clock) {
    const std::string group = "/logistics";
    std::vector<std::int64_t> hub;
    std::vector<std::string> hub_name;
    std::vector<double> lon, lat;
    for (const HubSite& site : city.sites().hubs) {
        hub.push_back(static_cast<std::int64_t>(hub.size()));
        hub_name.push_back(site.name);
        lon.push_back(site.lon_deg);
        lat.push_back(site.lat_deg);
    }
    file.scale(group, {"hub", {}, "1", "index of the hub"}, hub);
    file.scale(group, {"time", {}, "s", "begin of the bin, since midnight"},
               clock.bin_begins_s(width));
    file.dataset(group, {"hub_name", {"hub"}, "1", "name of the hub"}, hub_name);
    file.dataset(group, {"lon", {"hub"}, "degrees_east", "longitude"}, lon);
    file.dataset(group, {"lat", {"hub"}, "degrees_north", "latitude"}, lat);
    file.dataset(group, {"delivered", {"time", "hub"}, "1", "parcels delivered in the bin"},
                 delivered_by_hub(logistics, width, clock.duration));
}

void write_parcels(results::ResultsFile& file, const logistics::LogisticsSystem& logistics,
                   const ResultsClock& clock) {
    const std::string group = "/logistics/parcels";
    std::vector<std::int64_t> parcel;
    std::vector<std::uint32_t> hub;
    std::vector<double> ordered, promised, delivered;
    std::vector<std::uint8_t> attempts, status;
    for (std::uint32_t h = 0; h < logistics.owner_count(); ++h)
        hub.insert(hub.end(), logistics.parcel_end(h) - logistics.parcel_begin(h), h);
    for (std::uint32_t p = 0; p < logistics.parcels().size(); ++p) {
        const auto& row = logistics.parcels()[p];
        const auto& wave = logistics.options().orders.waves[logistics.orders().wave[p]];
        parcel.push_back(p);
        ordered.push_back(clock.of_day_s(wave.line_haul.us));
        promised.push_back(clock.of_day_s(logistics.promise(p).us));
        delivered.push_back(row.delivered_us < 0 ? std::numeric_limits<double>::quiet_NaN()
                                                 : clock.of_day_s(row.delivered_us));
        attempts.push_back(row.attempts);
        status.push_back(row.status);
    }
    file.scale(group, {"parcel", {}, "1", "number of the parcel"}, std::move(parcel));
    file.dataset(group, {"hub", {"parcel"}, "1", "index of its hub"}, std::move(hub));
    file.dataset(group, {"ordered_s", {"parcel"}, "s", "arrival by line haul, since midnight"},
                 std::move(ordered));
    file.dataset(group,
                 {"promised_s", {"parcel"}, "s", "promised by, as last told, since midnight"},
                 std::move(promised));
    file.dataset(group, {"delivered_s", {"parcel"}, "s", "delivered, since midnight; NaN not"},
                 std::move(delivered));
    file.dataset(group, {"attempts", {"parcel"}, "1", "delivery attempts"}, std::move(attempts));
    file.dataset(
        group,
        {"status", {"parcel"}, "1", "0 expected, 1 in hub, 2 on a van, 3 delivered, 4 returned"},
        std::move(status));
}

}  // namespace jiahe::city
