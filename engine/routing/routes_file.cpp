#include "routing/routes_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "routing/read_instance.h"
#include "routing/text_rows.h"

namespace jiahe::routing {
namespace {

void read_route(const TextRows& text, const TextRows::Row& row, Routes& routes) {
    std::size_t field = 1;  // after "Route": "#3:" or "#3" ":"
    if (row.fields.size() < 2 || row.fields[1].text[0] != '#') {
        text.fail("E-RTG-121", row.line, row.fields[0].column, "a route without '#number:'");
    }
    while (field < row.fields.size() && row.fields[field].text.back() != ':')
        ++field;
    if (field == row.fields.size()) {
        text.fail("E-RTG-121", row.line, row.fields[1].column, "a route without ':'");
    }
    std::vector<std::uint32_t>& nodes = routes.nodes.emplace_back();
    for (++field; field < row.fields.size(); ++field)
        nodes.push_back(static_cast<std::uint32_t>(text.whole(row, field, 0, kMostNodes)));
}

}  // namespace

Routes read_routes(const std::filesystem::path& path) {
    const TextRows text(path);
    Routes routes;
    for (const TextRows::Row& row : text.rows()) {
        const std::string_view word = row.fields[0].text;
        if (word == "Route") {
            read_route(text, row, routes);
        } else if (word == "Cost" || word == "Cost:") {
            text.need_fields(row, 2, "Cost");
            if (routes.cost) {
                text.fail("E-RTG-122", row.line, row.fields[0].column, "a second Cost");
            }
            routes.cost = text.number(row, 1, {0, 1e18});
        } else if (word != "Optimal:") {
            text.fail("E-RTG-120", row.line, row.fields[0].column,
                      fmt::format("found '{}', expected Route, Cost or Optimal", word));
        }
    }
    return routes;
}

std::optional<double> claimed_cost(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return std::nullopt;
    return read_routes(path).cost;
}

Routes routes_of(const Instance& instance, const Solution& solution) {
    Routes routes;
    const bool named = instance.names_vehicles();
    if (named) routes.nodes.resize(instance.vehicles.size());
    for (const Tour& tour : solution.tours) {
        std::vector<std::uint32_t>& nodes =
            named ? routes.nodes[tour.vehicle] : routes.nodes.emplace_back();
        for (const std::uint32_t stop : tour.stops)
            nodes.push_back(instance.stops[stop]);
    }
    return routes;
}

std::string routes_text(const Instance& instance, const Routes& routes, std::int64_t cost) {
    std::string text;
    for (std::size_t k = 0; k < routes.nodes.size(); ++k) {
        text += fmt::format("Route #{}:", k + 1);
        for (const std::uint32_t node : routes.nodes[k])
            text += fmt::format(" {}", node);
        text += '\n';
    }
    return text + "Cost " + cost_text(instance, cost) + "\n";
}

}  // namespace jiahe::routing
