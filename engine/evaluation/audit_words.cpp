#include "evaluation/audit_words.h"

#include <array>
#include <string>
#include <string_view>

#include "evaluation/kpi_labels.h"

namespace jiahe::evaluation {
namespace {

struct Words {
    std::string_view name, english, chinese;
};

constexpr auto kAudits = std::to_array<Words>({
    {"traffic.trips", "Vehicle trips", "车辆出行"},
    {"traffic.links", "Vehicles on links", "路段上车辆"},
    {"traffic.storage", "Room on links", "路段容车量"},
    {"access", "Bytes over access links", "接入链路字节"},
    {"trunk", "Bytes over aggregation links", "汇聚链路字节"},
    {"tolling.vehicles", "Vehicles in toll plazas", "收费站内车辆"},
    {"tolling.fen", "Tolls paid, in fen", "通行费（分）"},
    {"tolling.laws", "Laws of the toll ledger", "收费账簿规则"},
    {"logistics.parcels", "Parcels", "包裹"},
    {"logistics.tolls", "Tolls of vans, in fen", "配送车通行费（分）"},
});

constexpr auto kClaims = std::to_array<Words>({
    {"planned = arrived + on the road + at origin + in a plaza + no route + not departed", "",
     "计划 = 到达 + 在途 + 起点等候 + 站内 + 无路径 + 未出发"},
    {"vehicles entered - left = vehicles between the ends of links",
     "vehicles entered − left = vehicles on links", "驶入 − 驶出 = 路段上车辆"},
    {"links over their storage = 0", "", "超出容车量的路段 = 0"},
    {"entered plazas = left + inside", "", "进站 = 离站 + 站内"},
    {"fen paid by vehicles = fen in the ledger's rows", "", "车辆支付 = 账簿合计"},
    {"broken laws of the ledger = 0", "", "违反账簿规则 = 0"},
    {"offered = delivered + dropped + queued", "offered = delivered + dropped + waiting",
     "请求 = 传送 + 丢弃 + 排队"},
    {"sent = delivered + dropped + queued", "sent = delivered + dropped + waiting",
     "发送 = 传送 + 丢弃 + 排队"},
    {"delivered bytes = bytes carried by access links", "", "已传送字节 = 接入链路承载字节"},
    {"delivered bytes = bytes carried by aggregation links", "", "已传送字节 = 汇聚链路承载字节"},
    {"parcels = expected + in hub + on vans + delivered + returned", "",
     "包裹 = 待到 + 在分拨中心 + 在车 + 送达 + 退回"},
    {"fen charged to vans = fen booked on tours", "", "配送车应付 = 班次记账"},
});

// Causes that end in a link's id are known by how they begin.
constexpr auto kCauses = std::to_array<Words>({
    {"not yet departed", "", "尚未出发"},
    {"no permitted route to its destination", "", "没有可通行路径"},
    {"waits at its origin for room on link ", "waits at its origin for room on the road",
     "在起点等候入网"},
    {"on a link of a knot", "on a link of a gridlock", "位于锁死路段"},
    {"under way", "under way", "仍在途中"},
    {"stands in a knot of full links", "stands in a gridlock of full links", "陷于锁死路段环"},
    {"queued at its destination", "", "在目的地排队"},
    {"queued for link ", "queued for its next link", "排队等候下一路段"},
    {"inside a toll plaza", "", "在收费站内"},
});

std::string said(const Words& words, Language language) {
    return Say{language}(words.english.empty() ? words.name : words.english, words.chinese);
}

}  // namespace

std::string audit_label(std::string_view name, Language language) {
    const Say say{language};
    while (name.starts_with("telecom."))
        name.remove_prefix(8);
    for (const Words& words : kAudits) {
        if (words.name == name) return said(words, language);
    }
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) return std::string(name);
    const std::string service = service_label(name.substr(0, dot), language);
    if (name.substr(dot) == ".bytes") return service + say(", bytes", "（字节）");
    if (name.substr(dot) == ".messages") return service + say(", messages", "（条）");
    return std::string(name);
}

std::string audit_claim(std::string_view claim, Language language) {
    for (const Words& words : kClaims) {
        if (words.name == claim) return said(words, language);
    }
    return std::string(claim);
}

std::string cause_kind(std::string_view cause, Language language) {
    for (const Words& words : kCauses) {
        const bool is_open = words.name.ends_with(' ');
        if (is_open ? cause.starts_with(words.name) : cause == words.name) {
            return said(words, language);
        }
    }
    return std::string(cause);
}

std::string cause_text(std::string_view cause, Language language) {
    for (const Words& words : kCauses) {
        if (!words.name.ends_with(' ') || !cause.starts_with(words.name)) continue;
        const Say say{language};
        return say(cause,
                   std::string(words.chinese) + " " + std::string(cause.substr(words.name.size())));
    }
    return cause_kind(cause, language);
}

}  // namespace jiahe::evaluation
