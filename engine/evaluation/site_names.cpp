#include "evaluation/site_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "evaluation/number_text.h"

namespace jiahe::evaluation {
namespace {

struct Word {
    std::string_view name, english, chinese;
};

constexpr auto kKinds = std::to_array<Word>({
    {"plaza", "Plaza", "收费站"},
    {"hub", "Hub", "分拨中心"},
    {"cell", "Cell", "小区"},
    {"gantry", "Gantry", "门架"},
    {"data-centre", "Data centre", "数据中心"},
    {"aggregation", "Aggregation node", "汇聚节点"},
    {"metro", "Metro node", "城域节点"},
});

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_zeros(std::string_view digits) {
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    return std::string(digits.substr(first));
}

std::string spaced(std::string_view name) {
    std::string out(name);
    std::replace(out.begin(), out.end(), '-', ' ');
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

// "plaza-E1-west-entry" and "plaza-02" name the site's own link as the telecom network does.
std::string_view site_of_backhaul(std::string_view name) {
    const std::string_view rest = name.substr(std::min(name.size(), name.find('-') + 1));
    return is_number(rest) ? name : rest;
}

std::string backhaul_owner(std::string_view name, const Say& say) {
    const std::string site = shown_site(site_of_backhaul(name), say.language);
    const bool is_numbered = site_of_backhaul(name) == name;
    if (is_numbered) return site;
    for (const Word& kind : kKinds) {
        if (!name.starts_with(std::string(kind.name) + "-")) continue;
        if (kind.name == "plaza") return say("toll plaza ", "收费站 ") + site;
        return say(kind.english, kind.chinese) + " " + site;
    }
    return spaced(name);
}

}  // namespace

std::string shown_site(std::string_view name, Language language) {
    const Say say{language};
    for (const Word& kind : kKinds) {
        if (!name.starts_with(std::string(kind.name) + "-")) continue;
        const std::string_view rest = name.substr(kind.name.size() + 1);
        if (is_number(rest)) return say(kind.english, kind.chinese) + " " + without_zeros(rest);
    }
    for (const auto& [ending, english, chinese] :
         std::to_array<Word>({{"-entry", " entry", " 入口"}, {"-exit", " exit", " 出口"}})) {
        if (!name.ends_with(ending)) continue;
        return spaced(name.substr(0, name.size() - ending.size())) + say(english, chinese);
    }
    return spaced(name);
}

std::string shown_target(const ScriptedEvent& event, Language language) {
    const Say say{language};
    const std::string& kind = event.target_kind;
    const std::string site = shown_site(event.target_name, language);
    if (kind == "backhaul") {
        const std::string owner = backhaul_owner(event.target_name, say);
        return say("the backhaul of " + owner, owner + " 的回传链路");
    }
    if (kind == "plaza") return say("toll plaza " + site, "收费站 " + site);
    if (kind == "lane") {
        return fmt::format(
            fmt::runtime(say("lane {} of toll plaza {}", "收费站 {1} 的 {0} 号车道")),
            event.lane + 1, site);
    }
    if (kind == "cell") return say("radio cell " + site, "无线小区 " + site);
    if (kind == "data_centre") return site;
    if (kind == "link") return say("link ", "路段 ") + event.target_name;
    if (kind == "road") return say("road ", "道路 ") + event.target_name;
    if (kind == "demand") return say("demand", "出行需求");
    return spaced(kind) + " " + site;
}

std::string shown_action(const ScriptedEvent& event, Language language) {
    const Say say{language};
    if (event.action == "fail") return say("failed", "中断");
    if (event.action == "restore") return say("was restored", "恢复");
    if (event.action == "close") return say("was closed", "关闭");
    if (event.action == "limit") {
        return say("was limited to ", "受限至 ") + percent(event.factor);
    }
    if (event.action == "surge") {
        return fmt::format(fmt::runtime(say("grew to {} times", "增至 {} 倍")),
                           readable(event.factor));
    }
    return spaced(event.action);
}

std::string shown_window(const ScriptedEvent& event, Language language) {
    const Say say{language};
    if (std::isfinite(event.until_s)) {
        return clock_text(event.from_s) + "–" + clock_text(event.until_s);
    }
    return say("from " + clock_text(event.from_s), clock_text(event.from_s) + " 起");
}

std::string plaza_of(const ScriptedEvent& event) {
    if (event.target_kind == "plaza" || event.target_kind == "lane") return event.target_name;
    if (event.target_kind == "backhaul" && event.target_name.starts_with("plaza-")) {
        return std::string(site_of_backhaul(event.target_name));
    }
    return {};
}

}  // namespace jiahe::evaluation
