#include "support/ascii_roads.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <stdexcept>

#include "geo/lon_lat.h"

namespace jiahe {

namespace {

struct Direction {
    int dx, dy;
    char line;
};

// Half of the eight directions: every line is traced once, from its western or northern end.
constexpr Direction kDirections[] = {{1, 0, '-'}, {0, 1, '|'}, {1, 1, '\\'}, {1, -1, '/'}};

[[noreturn]] void bad_drawing(const std::string& what) {
    throw std::invalid_argument("ascii_roads: " + what);
}

bool is_node(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 && c != 'v';
}

std::int64_t link_id(char from, char to) {
    return 1000 * static_cast<std::int64_t>(from) + to;
}

class Drawing {
  public:
    Drawing(std::string_view text, const AsciiRoadsOptions& options) : options_(options) {
        std::string row;
        for (const char c : text) {
            if (c == '\n') {
                rows_.push_back(row);
                row.clear();
            } else {
                row += c;
            }
        }
        rows_.push_back(row);
        used_.resize(rows_.size());
        for (std::size_t y = 0; y < rows_.size(); ++y)
            used_[y].resize(rows_[y].size(), false);
    }

    RoadGraphData read() {
        for (int y = 0; y < static_cast<int>(rows_.size()); ++y) {
            for (int x = 0; x < static_cast<int>(rows_[y].size()); ++x) {
                if (is_node(at(x, y))) add_node(x, y);
            }
        }
        for (int y = 0; y < static_cast<int>(rows_.size()); ++y) {
            for (int x = 0; x < static_cast<int>(rows_[y].size()); ++x) {
                if (!is_node(at(x, y))) continue;
                for (const Direction& direction : kDirections)
                    trace(x, y, direction);
            }
        }
        check_all_used();
        data_.source = "ascii_roads";
        return std::move(data_);
    }

  private:
    char at(int x, int y) const {
        if (y < 0 || y >= static_cast<int>(rows_.size())) return ' ';
        if (x < 0 || x >= static_cast<int>(rows_[y].size())) return ' ';
        return rows_[y][x];
    }

    void add_node(int x, int y) {
        for (const auto& other : data_.nodes) {
            if (other.id == at(x, y)) bad_drawing(std::string("node twice: ") + at(x, y));
        }
        const LocalPlane plane({120.75, 30.75});
        const LonLat p = plane.to_lon_lat({x * options_.cell_m, -y * options_.cell_m});
        data_.nodes.push_back({at(x, y), p.lon_deg, p.lat_deg, NodeControl::kNone});
        used_[y][x] = true;
    }

    // +1 where the arrow points along the direction, -1 against it, 0 where it does not fit.
    static int arrow_sense(char c, const Direction& d) {
        if (c == '>') return d.dx;
        if (c == '<') return -d.dx;
        if (c == 'v') return d.dy;
        if (c == '^') return -d.dy;
        return 0;
    }

    void trace(int x0, int y0, const Direction& d) {
        int sense = 0;
        int cells = 1;
        for (;; ++cells) {
            const char c = at(x0 + cells * d.dx, y0 + cells * d.dy);
            const int arrow = arrow_sense(c, d);
            if (arrow != 0) {
                if (sense != 0 && sense != arrow) bad_drawing("arrows against each other");
                sense = arrow;
            } else if (c != d.line) {
                break;
            }
        }
        const char end = at(x0 + cells * d.dx, y0 + cells * d.dy);
        if (cells == 1) return;
        if (!is_node(end))
            bad_drawing(std::string("a line from ") + at(x0, y0) + " ends in nothing");
        for (int i = 1; i < cells; ++i)
            used_[y0 + i * d.dy][x0 + i * d.dx] = true;
        const double length_m = cells * options_.cell_m * std::hypot(d.dx, d.dy);
        if (sense >= 0) add_link(at(x0, y0), end, length_m);
        if (sense <= 0) add_link(end, at(x0, y0), length_m);
    }

    void add_link(char from, char to, double length_m) {
        RoadGraphData::Link link;
        link.id = link_id(from, to);
        link.from_node_id = from;
        link.to_node_id = to;
        link.length_m = length_m;
        link.free_speed_mps = options_.speed_kmh / 3.6;
        link.lane_count = options_.lane_count;
        link.capacity_pcuph = options_.capacity_pcuph;
        link.road_class = options_.road_class;
        link.name = {from, to};
        data_.links.push_back(link);
    }

    void check_all_used() const {
        for (std::size_t y = 0; y < rows_.size(); ++y) {
            for (std::size_t x = 0; x < rows_[y].size(); ++x) {
                if (rows_[y][x] != ' ' && !used_[y][x]) {
                    bad_drawing(std::string("stray character ") + rows_[y][x]);
                }
            }
        }
    }

    AsciiRoadsOptions options_;
    std::vector<std::string> rows_;
    std::vector<std::vector<bool>> used_;
    RoadGraphData data_;
};

}  // namespace

RoadGraphData ascii_roads(std::string_view drawing, const AsciiRoadsOptions& options) {
    return Drawing(drawing, options).read();
}

RoadGraphData::Node& node(RoadGraphData& data, char name) {
    for (auto& row : data.nodes) {
        if (row.id == name) return row;
    }
    bad_drawing(std::string("no node ") + name);
}

RoadGraphData::Link& link(RoadGraphData& data, std::string_view from_to) {
    for (auto& row : data.links) {
        if (row.id == link_id(from_to.at(0), from_to.at(1))) return row;
    }
    bad_drawing("no link " + std::string(from_to));
}

NodeId node(const RoadGraph& graph, char name) {
    const NodeId id = graph.find_node(name);
    if (!id.valid()) bad_drawing(std::string("no node ") + name);
    return id;
}

LinkId link(const RoadGraph& graph, std::string_view from_to) {
    const LinkId id = graph.find_link(link_id(from_to.at(0), from_to.at(1)));
    if (!id.valid()) bad_drawing("no link " + std::string(from_to));
    return id;
}

MovementId turn(const RoadGraph& graph, std::string_view from_via_to) {
    const MovementId id = graph.movement(link(graph, from_via_to.substr(0, 2)),
                                         link(graph, from_via_to.substr(1, 2)));
    if (!id.valid()) bad_drawing("no turn " + std::string(from_via_to));
    return id;
}

std::vector<LinkId> links_along(const RoadGraph& graph, std::string_view nodes) {
    std::vector<LinkId> links;
    for (std::size_t i = 1; i < nodes.size(); ++i)
        links.push_back(link(graph, nodes.substr(i - 1, 2)));
    return links;
}

std::string nodes_along(const RoadGraph& graph, const std::vector<LinkId>& links) {
    std::string nodes;
    for (const LinkId id : links) {
        const auto name = [&](NodeId n) {
            return static_cast<char>(graph.node_external_id[n.index()]);
        };
        if (nodes.empty()) nodes += name(graph.link_from[id.index()]);
        nodes += name(graph.link_to[id.index()]);
    }
    return nodes;
}

}  // namespace jiahe
