#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "evaluation/map_pack.h"
#include "evaluation/number_text.h"
#include "evaluation/report_sections.h"
#include "evaluation/run_figures.h"
#include "evaluation/site_names.h"

namespace jiahe::evaluation {
namespace {

// JSON inside a script element: no end tag, no comment may begin there.
std::string for_script(std::string json) {
    for (std::size_t at = json.find('<'); at != std::string::npos; at = json.find('<', at)) {
        json.replace(at, 1, "\\u003c");
    }
    return json;
}

// Words that the map's script needs.
std::string script_words(const Say& say) {
    const nlohmann::ordered_json words = {
        {"link", say("Link", "路段")},
        {"lanes", say("lanes", "车道")},
        {"speed", say("speed", "车速")},
        {"used", say("capacity used", "通行能力利用率")},
        {"none", say("no vehicle", "无车通过")},
        {"cell", say("Radio cell", "无线小区")},
        {"load", say("load", "负荷")},
        {"hub", say("Parcel hub", "分拨中心")},
        {"passages", say("passages", "通行量")},
        {"delay", say("mean time", "平均在站时间")},
        {"event", say("scripted event", "情景事件")},
        {"percent", say(" %", "%")},
        {"map", say("map", "地图")},
        {"classes",
         {say("motorway", "高速公路"), say("motorway ramp", "高速匝道"),
          say("trunk road", "快速路"), say("trunk ramp", "快速路匝道"),
          say("primary road", "主干路"), say("primary ramp", "主干路匝道"),
          say("secondary road", "次干路"), say("secondary ramp", "次干路匝道"),
          say("tertiary road", "支路"), say("tertiary ramp", "支路匝道"),
          say("minor road", "一般道路"), say("residential street", "居住区道路"),
          say("living street", "生活街区"), say("service road", "服务道路")}}};
    return words.dump();
}

std::string toggle(const char* kind, const std::string& text) {
    return fmt::format(R"(<label><input type="checkbox" data-do="{}">{}</label>)", kind,
                       escape_html(text));
}

std::string toolbar(const RunRecord& run, const Say& say) {
    std::string out =
        R"(<div class="tools"><button type="button" data-do="play" aria-label=")" +
        say("play", "播放") + R"(">▶</button><span class="time"></span>)" +
        R"(<label class="slider"><input type="range" min="0" step="1" data-do="step" )" +
        R"(aria-label=")" + say("time of day", "时刻") + R"("></label>)";
    out += "<label>" + say("Colour", "着色") + R"(<select data-do="by"><option value="ratio">)" +
           say("speed against free flow", "车速 / 自由流车速") +
           R"(</option><option value="load">)" + say("flow against capacity", "流量 / 通行能力") +
           "</option></select></label>";
    if (!run.tolling.is_empty()) {
        out += toggle("plazas",
                      say("toll plazas", "收费站") + fmt::format(" ({})", run.tolling.name.size()));
    }
    if (!run.logistics.hub_name.empty()) {
        out += toggle("hubs", say("parcel hubs", "分拨中心") +
                                  fmt::format(" ({})", run.logistics.hub_name.size()));
    }
    if (!run.telecom.lon.empty()) {
        out += toggle("cells", say("radio cells", "无线小区") + " (" +
                                   grouped(static_cast<double>(run.telecom.lon.size())) + ")");
    }
    return out + "</div>";
}

std::string swatch(const char* style, const std::string& text) {
    return fmt::format(R"(<div><i class="{}"></i>{}</div>)", style, escape_html(text));
}
std::string dab(const char* style, const char* colour, const std::string& text) {
    return fmt::format(R"(<div><i class="{}" style="--c:{}"></i>{}</div>)", style, colour,
                       escape_html(text));
}

// Colours as in report_map.js.
std::string legend(const RunRecord& run, const Say& say) {
    std::string out = R"(<div class="key"><section class="by-ratio"><b>)" +
                      say("Mean speed, share of free speed", "平均车速占自由流比例") + "</b>" +
                      swatch("v1", say("85 % and more", "≥ 85 %")) + swatch("v2", "65 – 85 %") +
                      swatch("v3", "45 – 65 %") + swatch("v4", "25 – 45 %") +
                      swatch("v5", say("below 25 %", "< 25 %")) +
                      dab("", "#cfd5dc", say("no vehicle", "无车通过")) +
                      R"(</section><section class="by-load"><b>)" +
                      say("Flow, share of capacity", "流量占通行能力比例") + "</b>" +
                      dab("", "#7a1f5c", say("90 % and more", "≥ 90 %")) +
                      dab("", "#c2477f", "70 – 90 %") + dab("", "#e79aa5", "50 – 70 %") +
                      dab("", "#e3c9b8", "25 – 50 %") +
                      dab("", "#c3cdd6", say("below 25 %", "< 25 %")) +
                      dab("", "#cfd5dc", say("no vehicle", "无车通过")) + "</section>";
    std::string sites;
    if (!run.tolling.is_empty()) {
        sites += dab("diamond", "#14304f",
                     say("toll plaza, mean time below 1 min", "收费站，平均在站 < 1 分钟")) +
                 dab("diamond", "#e2803a", say("1 – 3 min", "1 – 3 分钟")) +
                 dab("diamond", "#b3202c", say("3 min and more", "≥ 3 分钟"));
        const bool is_hit = std::any_of(run.script.begin(), run.script.end(),
                                        [](const auto& event) { return !plaza_of(event).empty(); });
        if (is_hit) sites += dab("ring", "#b3202c", say("event acts here now", "事件作用中"));
    }
    if (!run.logistics.hub_name.empty()) {
        sites += dab("square", "#1f7a53", say("parcel hub", "分拨中心"));
    }
    if (!run.telecom.lon.empty()) {
        sites +=
            dab("dot", "#5a3c96",
                run.telecom.bins.count() > 0
                    ? say("radio cell, size by load", "无线小区，大小表示负荷")
                    : say("radio cell, size by load at the end", "无线小区，大小表示末时负荷"));
    }
    return out + (sites.empty() ? "" : "<hr>" + sites) + "</div>";
}

}  // namespace

std::string map_section(const RunRecord& run, Language language) {
    if (run.traffic.is_empty()) return {};
    const Say say{language};
    std::string out = "<h2>" + say("The city on the map", "城市地图") + "</h2>";
    out +=
        R"(<div class="map" data-by="ratio" data-say=")" + escape_html(script_words(say)) + "\">";
    out += toolbar(run, say);
    out += R"(<div class="view"><div class="stage"><canvas tabindex="0" role="img" aria-label=")" +
           say("map of all links; arrow keys move it, + and - zoom",
               "全部路段地图；方向键平移，加减键缩放") +
           R"("></canvas><noscript><p class="nothing">)" +
           say("The map needs JavaScript, which is switched off here.",
               "地图需要 JavaScript，当前已被禁用。") +
           R"(</p></noscript><div class="zoom">)" +
           R"(<button type="button" data-do="in" aria-label="+">+</button>)" +
           R"(<button type="button" data-do="out" aria-label="−">−</button>)" +
           R"(<button type="button" data-do="all" aria-label=")" + say("whole city", "全图") +
           R"(">⤢</button></div>)";
    out += R"(<div class="north" title=")" + say("north is up", "上北下南") + R"(">)" +
           say("N", "北") + R"(</div><div class="scalebar"></div>)";
    if (!run.attribution.empty()) {
        out += "<div class=\"attribution\">" + escape_html(shown_attribution(run)) + "</div>";
    }
    out += R"(<div class="tip" hidden></div></div>)" + legend(run, say) +
           R"(</div><script type="application/json">)";
    return out + for_script(map_json(run, language)) + "</script></div>";
}

}  // namespace jiahe::evaluation
