#include "evaluation/assumptions_section.h"

#include <fmt/format.h>

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/number_text.h"
#include "evaluation/page_table.h"

namespace jiahe::evaluation {
namespace {

std::string share_of(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? percent(value) : text;
}

// Collects sentences; one whose settings are missing is not said.
class Lines {
  public:
    Lines(const RunRecord& run, const Say& say) : run_(run), say_(say) {}

    void add(std::string_view english, std::string_view chinese) {
        lines_.push_back(say_(english, chinese));
    }
    // "{}" takes the settings of `paths` in order; shares in percent.
    void add(std::string_view english, std::string_view chinese,
             std::initializer_list<std::string_view> paths) {
        std::string text = say_(english, chinese);
        for (const std::string_view path : paths) {
            const std::string value = setting(run_, path);
            const std::size_t gap = text.find("{}");
            if (value.empty() || gap == std::string::npos) return;
            const bool is_share = path.find("share") != std::string_view::npos ||
                                  path.ends_with("discount") || path.ends_with("success");
            text.replace(gap, 2, is_share ? share_of(value) : value);
        }
        lines_.push_back(std::move(text));
    }
    std::string list() const {
        std::string out;
        for (const std::string& line : lines_)
            out += "<li>" + escape_html(line) + "</li>";
        return "<ul class=\"plain\">" + out + "</ul>";
    }

  private:
    const RunRecord& run_;
    Say say_;
    std::vector<std::string> lines_;
};

void add_network(const RunRecord& run, Lines& lines) {
    if (!setting(run, "city.network.file").empty()) {
        lines.add(
            "Roads were read from {}; values that the source lacks were filled in by rules "
            "(listed under “What was read and built”).",
            "路网读自 {}；源数据缺失的属性按规则补全（见“读入与构建记录”）。",
            {"city.network.file"});
    } else if (setting(run, "city.generator.kind") == "region") {
        lines.add(
            "The street network is generated: size, districts, population and expressways "
            "follow published facts ({}), but no single street is a real one.",
            "街道网络为生成路网：规模、区县、人口与高速公路依据公开资料（{}），单条街道并非真实"
            "道路。",
            {"city.generator.facts"});
    } else {
        lines.add("The street network is generated; no street of it is real.",
                  "街道网络为生成路网，并非真实道路。");
    }
    if (setting(run, "traffic.signals.plans") == "fitted") {
        lines.add("Signal plans are fitted to the demand (Webster's splits), not the real ones.",
                  "信号配时按需求拟合（Webster 法），并非实际方案。");
    } else {
        lines.add("Signal plans: {}.", "信号配时：{}。", {"traffic.signals.plans"});
    }
    if (setting(run, "city.layers.plazas").empty() && !run.tolling.is_empty()) {
        lines.add(
            "Sites of plazas, gantries, cells and hubs were laid out by rules unless the "
            "scenario names a layer for them.",
            "情景未给定图层的收费站、门架、小区与分拨中心按规则布设。");
    }
}

void add_demand(const RunRecord& run, Lines& lines) {
    if (setting(run, "traffic.demand.source") == "trips_table") {
        lines.add("Trips were read from {}.", "出行读自 {}。", {"traffic.demand.trips_file"});
    } else {
        lines.add(
            "Trips are generated from where people live and work; mean length {}, {} of them "
            "trucks.",
            "出行由居住与就业分布生成，平均距离 {}，货车占 {}。",
            {"traffic.demand.mean_trip_length", "traffic.demand.truck_share"});
    }
    lines.add("{} of drivers look for a faster route every {}.", "{} 的驾驶人每 {} 重新选择路径。",
              {"traffic.rerouting.share", "traffic.rerouting.period"});
}

void add_services(const RunRecord& run, Lines& lines) {
    if (!run.tolling.is_empty()) {
        lines.add(
            "{} of cars and {} of large vehicles carry an ETC unit; a car pays {}, less {} "
            "with ETC.",
            "小型车 {}、大型车 {} 装有 ETC；小型车费率 {}，ETC 优惠 {}。",
            {"tolling.etc_share", "tolling.etc_share_large", "tolling.tariff.small",
             "tolling.tariff.etc_discount"});
    }
    if (!run.logistics.is_empty()) {
        lines.add(
            "A resident receives {} parcels a day; {} of them are in this run. The first "
            "delivery attempt succeeds in {} of cases.",
            "人均每日 {} 件包裹，其中 {} 纳入本次运行；首次投递成功率 {}。",
            {"logistics.parcels_per_resident", "logistics.share", "logistics.first_success"});
    }
    if (!run.telecom.is_empty()) {
        lines.add("A citizen uses {} of mobile data an hour, a camera sends {}.",
                  "居民每小时移动数据 {}，每路视频 {}。",
                  {"telecom.sources.citizen_hour", "telecom.sources.camera"});
    }
}

}  // namespace

std::string assumptions_section(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.settings.empty()) return {};
    Lines lines(run, say);
    lines.add(
        "This is one run with one seed (n = 1): a day as it may be, without an interval of "
        "confidence. Small differences between runs may be chance.",
        "本页为单个随机种子的一次运行（n = 1），没有置信区间；运行间的小差异可能出于偶然。");
    add_network(run, lines);
    add_demand(run, lines);
    add_services(run, lines);
    lines.add("All settings are in manifest.json.", "全部设置见 manifest.json。");
    return heading(say("What this rests on", "前提与假设")) + lines.list();
}

}  // namespace jiahe::evaluation
