#include "roads/osm_reader.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include <osmium/handler.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm.hpp>
#include <osmium/visitor.hpp>

#include "base/error.h"
#include "base/utf8.h"

namespace jiahe {

namespace {

std::string_view tag(const osmium::OSMObject& object, const char* key) {
    const char* value = object.tags()[key];
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

OsmNodeKind kind_of(const osmium::Node& node) {
    const std::string_view highway = tag(node, "highway");
    if (highway == "traffic_signals") return OsmNodeKind::kSignal;
    if (highway == "stop") return OsmNodeKind::kStop;
    if (highway == "give_way") return OsmNodeKind::kGiveWay;
    if (highway == "mini_roundabout") return OsmNodeKind::kMiniRoundabout;
    return tag(node, "barrier").empty() ? OsmNodeKind::kPlain : OsmNodeKind::kBarrier;
}

OsmSense sense_of(const osmium::Node& node) {
    for (const char* key : {"traffic_signals:direction", "direction"}) {
        if (tag(node, key) == "forward") return OsmSense::kForward;
        if (tag(node, key) == "backward") return OsmSense::kBackward;
    }
    return OsmSense::kBoth;
}

class WayHandler : public osmium::handler::Handler {
  public:
    explicit WayHandler(OsmExtract& extract) : extract_(extract) {}

    void way(const osmium::Way& way) {
        if (!way.visible()) return;
        if (tag(way, "route") == "ferry") ++extract_.ferry_count;
        if (tag(way, "highway").empty()) return;
        OsmWay row;
        row.id = way.id();
        for (const auto& ref : way.nodes())
            row.node_ids.push_back(ref.ref());
        for (const auto& item : way.tags()) {
            if (find_not_utf8(item.value()) == std::string_view::npos)
                row.tags.add(item.key(), item.value());
        }
        extract_.ways.push_back(std::move(row));
    }

    void relation(const osmium::Relation& relation) {
        if (!relation.visible() || tag(relation, "type") != "restriction") return;
        std::string_view kind = tag(relation, "restriction:motorcar");
        if (kind.empty()) kind = tag(relation, "restriction");
        const bool only = kind.starts_with("only_");
        if (!only && !kind.starts_with("no_")) {
            ++extract_.conditional_count;
            return;
        }
        if (tag(relation, "except").find("motorcar") != std::string_view::npos) return;
        OsmRestriction row;
        row.id = relation.id();
        row.only = only;
        int via_count = 0;
        for (const auto& member : relation.members()) {
            const std::string_view role = member.role();
            const bool is_way = member.type() == osmium::item_type::way;
            if (role == "from" && is_way) row.from_way_ids.push_back(member.ref());
            if (role == "to" && is_way) row.to_way_ids.push_back(member.ref());
            if (role != "via") continue;
            row.via_node_id = member.ref();
            row.via_is_node = member.type() == osmium::item_type::node && ++via_count == 1;
        }
        extract_.restrictions.push_back(std::move(row));
    }

  private:
    OsmExtract& extract_;
};

class NodeHandler : public osmium::handler::Handler {
  public:
    NodeHandler(const std::vector<std::int64_t>& wanted, OsmExtract& extract)
        : wanted_(wanted), extract_(extract) {}

    void node(const osmium::Node& node) {
        if (!node.visible() || !node.location().valid()) return;
        if (!std::binary_search(wanted_.begin(), wanted_.end(), node.id())) return;
        extract_.nodes.push_back({node.id(),
                                  {node.location().lon(), node.location().lat()},
                                  kind_of(node),
                                  sense_of(node)});
    }

  private:
    const std::vector<std::int64_t>& wanted_;
    OsmExtract& extract_;
};

template <class Row>
void sort_unique(std::vector<Row>& rows) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return a.id < b.id; });
    rows.erase(std::unique(rows.begin(), rows.end(),
                           [](const Row& a, const Row& b) { return a.id == b.id; }),
               rows.end());
}

template <class Handler>
void read_pass(const std::filesystem::path& path, osmium::osm_entity_bits::type entities,
               Handler& handler) {
    osmium::io::Reader reader(path.string(), entities);
    while (const osmium::memory::Buffer buffer = reader.read())
        osmium::apply(buffer, handler);
    reader.close();
}

void read_both_passes(const std::filesystem::path& path, OsmExtract& extract) {
    WayHandler ways(extract);
    read_pass(path, osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation, ways);
    sort_unique(extract.ways);
    sort_unique(extract.restrictions);
    std::vector<std::int64_t> wanted;
    for (const OsmWay& way : extract.ways) {
        wanted.insert(wanted.end(), way.node_ids.begin(), way.node_ids.end());
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    NodeHandler nodes(wanted, extract);
    read_pass(path, osmium::osm_entity_bits::node, nodes);
    sort_unique(extract.nodes);
}

// Where an attribute of a node, way or member stands whose value ends in what the library could
// not read: its messages quote the rest of the value, and tell no place. Nothing for packed files.
Place place_of_value(const std::filesystem::path& path, const std::string& message) {
    Place place{path.string(), 0, 0, ""};
    const std::size_t first = message.find('\'');
    const std::size_t last = message.rfind('\'');
    if (path.extension() != ".osm" || first == last) return place;
    const std::string rest = message.substr(first + 1, last - first - 1);
    std::ifstream file(path);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        for (std::size_t at = 0; (at = line.find(rest, at)) != std::string::npos; ++at) {
            const std::size_t end = at + rest.size();
            const bool ends = end < line.size() && (line[end] == '"' || line[end] == '\'');
            const std::size_t element = line.rfind('<', at);
            const bool is_tag =
                element != std::string::npos && line.compare(element, 4, "<tag") == 0;
            if (!ends || is_tag) continue;
            place.line = number;
            place.column = static_cast<int>(at) + 1;
            return place;
        }
    }
    return place;
}

}  // namespace

const OsmNode* OsmExtract::find_node(std::int64_t id) const {
    const auto it =
        std::lower_bound(nodes.begin(), nodes.end(), id,
                         [](const OsmNode& node, std::int64_t wanted) { return node.id < wanted; });
    return it != nodes.end() && it->id == id ? &*it : nullptr;
}

OsmExtract read_osm_file(const std::filesystem::path& path) {
    OsmExtract extract;
    try {
        read_both_passes(path, extract);
    } catch (const osmium::xml_error& error) {
        throw InputError(InputFault{
            "E-NET-120",
            {path.string(), static_cast<int>(error.line), static_cast<int>(error.column) + 1, ""},
            error.error_string.empty() ? error.what() : error.error_string,
            "expected OpenStreetMap XML"});
    } catch (const std::exception& error) {
        throw InputError(InputFault{"E-NET-120", place_of_value(path, error.what()), error.what(),
                                    "expected a file .osm, .osm.gz or .osm.pbf"});
    }
    if (extract.ways.empty() || extract.nodes.empty()) {
        throw InputError(InputFault{"E-NET-121",
                                    {path.string(), 0, 0, ""},
                                    fmt::format("{} ways with 'highway' and {} of their nodes",
                                                extract.ways.size(), extract.nodes.size()),
                                    "expected an extract with roads"});
    }
    return extract;
}

}  // namespace jiahe
