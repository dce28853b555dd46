#include "evaluation/kpi_labels.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace jiahe::evaluation {
namespace {

struct Label {
    std::string_view name, english, chinese;
};

constexpr auto kLabels = std::to_array<Label>({
    {"traffic.trips_planned", "Trips planned", "计划出行量"},
    {"traffic.trips_arrived", "Trips arrived", "到达出行量"},
    {"traffic.arrived_share", "Share of trips arrived", "到达率"},
    {"traffic.mean_travel_time", "Mean travel time", "平均行程时间"},
    {"traffic.p95_travel_time", "Travel time, 95th percentile", "行程时间第95百分位"},
    {"traffic.mean_delay", "Mean delay on the road", "平均路上延误"},
    {"traffic.mean_wait_to_enter", "Mean wait to enter the road", "平均入网等待"},
    {"traffic.mean_distance", "Mean trip length", "平均出行距离"},
    {"traffic.mean_speed", "Mean speed", "平均车速"},
    {"traffic.vehicle_km", "Distance driven", "车公里总量"},
    {"traffic.link_crossings", "Links driven", "路段通过次数"},
    {"traffic.reroutes", "Routes changed under way", "途中改道次数"},
    {"traffic.gridlocked_links", "Links in gridlock at the end", "末时锁死路段"},
    {"traffic.gridlocked_vehicles", "Vehicles in gridlock at the end", "末时锁死车辆"},
    {"tolling.passages", "Toll passages", "收费通行次数"},
    {"tolling.etc_share", "Share of passages by ETC", "ETC 通行占比"},
    {"tolling.obu_read_share", "ETC passages read without hand", "ETC 自动识别率"},
    {"tolling.revenue", "Toll revenue", "通行费收入"},
    {"tolling.mean_plaza_delay", "Mean delay at a plaza", "收费站平均延误"},
    {"tolling.mean_plaza_wait", "Mean wait at a plaza", "收费站平均等待"},
    {"tolling.degraded_time", "Plaza time served by hand only", "收费站人工降级时长"},
    {"tolling.full_time", "Queues standing on the road", "排队溢出时长"},
    {"tolling.full_plaza_time", "Queues standing on the road", "排队溢出时长"},
    {"tolling.backlog_records", "Records not yet sent", "待传记录"},
    {"logistics.parcels", "Parcels ordered", "包裹订单"},
    {"logistics.delivered", "Parcels delivered", "已送达包裹"},
    {"logistics.on_time_share", "Parcels due that came in time", "应送达包裹准时率"},
    {"logistics.late", "Parcels late", "逾期包裹"},
    {"logistics.first_attempt_success", "Delivered at the first attempt", "首次投递成功率"},
    {"logistics.tours", "Van tours", "配送班次"},
    {"logistics.parcels_per_van_hour", "Parcels per van and hour", "每车每小时送达包裹"},
    {"logistics.van_hours", "Time of vans out of the hub", "配送车外勤时长"},
    {"logistics.tolls", "Tolls paid by vans", "配送车通行费"},
    {"logistics.scans", "Parcel scans", "包裹扫描次数"},
    {"logistics.dispatches_put_off", "Dispatches put off", "推迟发车次数"},
    {"telecom.offered", "Data offered", "网络请求数据量"},
    {"telecom.delivered", "Data delivered", "已传送数据量"},
    {"telecom.unserved_share", "Share of data not served", "未满足数据占比"},
    {"telecom.outage", "Site time without contact", "站点中断时长"},
    {"telecom.contacts_lost", "Contacts lost", "断联次数"},
    {"telecom.busiest_cell_load", "Load of the busiest cell in its busiest interval",
     "最忙小区最忙时段负荷"},
    {"telecom.mean_cell_load", "Mean load of cells", "小区平均负荷"},
    {"telecom.passage.mean_latency", "Toll records: mean latency", "通行记录平均时延"},
    {"telecom.passage.p99_latency", "Toll records: 99th percentile", "通行记录时延第99百分位"},
    {"telecom.passage.lost_share", "Toll records lost", "通行记录丢失率"},
    {"telecom.transaction.mean_latency", "Payments: mean latency", "支付交易平均时延"},
    {"telecom.transaction.p99_latency", "Payments: 99th percentile", "支付交易时延第99百分位"},
    {"telecom.transaction.lost_share", "Payments lost", "支付交易丢失率"},
    {"telecom.parcel_scan.mean_latency", "Parcel scans: mean latency", "包裹扫描平均时延"},
    {"telecom.parcel_scan.p99_latency", "Parcel scans: 99th percentile", "包裹扫描时延第99百分位"},
    {"telecom.parcel_scan.lost_share", "Parcel scans lost", "包裹扫描丢失率"},
    {"telecom.van_position.mean_latency", "Van positions: mean latency", "车辆位置平均时延"},
    {"telecom.van_position.p99_latency", "Van positions: 99th percentile",
     "车辆位置时延第99百分位"},
    {"telecom.van_position.lost_share", "Van positions lost", "车辆位置丢失率"},
});

constexpr auto kSystems = std::to_array<Label>({
    {"traffic", "Road traffic", "道路交通"},
    {"tolling", "Tolls", "收费"},
    {"logistics", "Parcels", "包裹物流"},
    {"telecom", "Communication network", "通信网络"},
    {"resilience", "Resilience", "韧性"},
    {"coupling", "Couplings", "耦合"},
    {"run", "Run", "运行"},
});

constexpr auto kServices = std::to_array<Label>({
    {"passage", "Toll records", "通行记录"},
    {"transaction", "Payments", "支付交易"},
    {"parcel_scan", "Parcel scans", "包裹扫描"},
    {"van_position", "Van positions", "车辆位置"},
    {"camera", "Cameras", "视频监控"},
    {"heartbeat", "Heartbeats of sites", "站点心跳"},
    {"citizen_down", "Citizens, downwards", "居民下行"},
    {"citizen_up", "Citizens, upwards", "居民上行"},
    {"vehicle_probe", "Vehicle probes", "车辆探针"},
});

constexpr auto kShareEndings =
    std::to_array<std::string_view>({"_share", "_ratio", "_utilisation", "cell_load", "_success"});

std::string in_words(std::string_view name) {
    const std::size_t dot = name.find('.');
    std::string words(dot == std::string_view::npos ? name : name.substr(dot + 1));
    std::replace(words.begin(), words.end(), '_', ' ');
    std::replace(words.begin(), words.end(), '.', ' ');
    if (words.empty()) return std::string(name);
    words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
    return words;
}

template <std::size_t N>
std::string find(const std::array<Label, N>& labels, std::string_view name, Language language) {
    for (const Label& label : labels) {
        if (label.name == name) return Say{language}(label.english, label.chinese);
    }
    return in_words(name);
}

}  // namespace

std::string kpi_label(std::string_view name, Language language) {
    return find(kLabels, name, language);
}

std::string system_label(std::string_view system, Language language) {
    return find(kSystems, system, language);
}

std::string service_label(std::string_view service, Language language) {
    return find(kServices, service, language);
}

std::string_view kpi_system(std::string_view name) {
    return name.substr(0, name.find('.'));
}

bool is_share(std::string_view name) {
    return std::any_of(kShareEndings.begin(), kShareEndings.end(),
                       [&](std::string_view ending) { return name.ends_with(ending); });
}

}  // namespace jiahe::evaluation
