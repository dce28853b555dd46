#include <limits>

#include "city/results_writer.h"
#include "telecom/telecom_summary.h"

namespace jiahe::city {

void write_telecom(results::ResultsFile& file, const City& city,
                   const telecom::TelecomSystem& telecom) {
    const std::string group = "/telecom";
    std::vector<std::int64_t> cell;
    std::vector<double> lon, lat, load;
    const auto& cells = city.sites().cells;
    for (std::uint32_t c = 0; c < cells.size(); ++c) {
        cell.push_back(c);
        lon.push_back(cells[c].lon_deg);
        lat.push_back(cells[c].lat_deg);
        load.push_back(telecom.cell_load(c));
    }
    file.scale(group, {"cell", {}, "1", "index of the cell"}, cell);
    file.dataset(group, {"lon", {"cell"}, "degrees_east", "longitude"}, lon);
    file.dataset(group, {"lat", {"cell"}, "degrees_north", "latitude"}, lat);
    file.dataset(group, {"last_load", {"cell"}, "1", "share of airtime in use at the last epoch"},
                 load);
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

void write_logistics(results::ResultsFile& file, const City& city,
                     const logistics::LogisticsSystem& logistics, SimTime start) {
    std::vector<std::int64_t> hub;
    std::vector<std::string> hub_name;
    std::vector<double> lon, lat;
    for (const HubSite& site : city.sites().hubs) {
        hub.push_back(static_cast<std::int64_t>(hub.size()));
        hub_name.push_back(site.name);
        lon.push_back(site.lon_deg);
        lat.push_back(site.lat_deg);
    }
    file.scale("/logistics", {"hub", {}, "1", "index of the hub"}, hub);
    file.dataset("/logistics", {"hub_name", {"hub"}, "1", "name of the hub"}, hub_name);
    file.dataset("/logistics", {"lon", {"hub"}, "degrees_east", "longitude"}, lon);
    file.dataset("/logistics", {"lat", {"hub"}, "degrees_north", "latitude"}, lat);
    const std::string group = "/logistics/parcels";
    std::vector<std::int64_t> parcel;
    std::vector<double> ordered, promised, delivered;
    std::vector<std::uint8_t> attempts, status;
    for (std::uint32_t p = 0; p < logistics.parcels().size(); ++p) {
        const auto& row = logistics.parcels()[p];
        const auto& wave = logistics.options().orders.waves[logistics.orders().wave[p]];
        parcel.push_back(p);
        ordered.push_back((start + wave.line_haul).seconds());
        promised.push_back((start + logistics.promise(p)).seconds());
        delivered.push_back(row.delivered_us < 0
                                ? std::numeric_limits<double>::quiet_NaN()
                                : start.seconds() + static_cast<double>(row.delivered_us) * 1e-6);
        attempts.push_back(row.attempts);
        status.push_back(row.status);
    }
    file.scale(group, {"parcel", {}, "1", "number of the parcel"}, parcel);
    file.dataset(group, {"ordered_s", {"parcel"}, "s", "arrival by line haul, since midnight"},
                 ordered);
    file.dataset(group,
                 {"promised_s", {"parcel"}, "s", "promised by, as last told, since midnight"},
                 promised);
    file.dataset(group, {"delivered_s", {"parcel"}, "s", "delivered, since midnight; NaN not"},
                 delivered);
    file.dataset(group, {"attempts", {"parcel"}, "1", "delivery attempts"}, attempts);
    file.dataset(
        group,
        {"status", {"parcel"}, "1", "0 expected, 1 in hub, 2 on a van, 3 delivered, 4 returned"},
        status);
}

}  // namespace jiahe::city
