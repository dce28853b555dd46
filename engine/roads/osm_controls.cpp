#include "roads/osm_controls.h"

#include <fmt/format.h>

#include <map>

namespace jiahe {

namespace {

constexpr double kSignalReach_m = 50.0;  // A: from a stop line to the middle of a wide junction
constexpr double kSignReach_m = 30.0;    // A

int rank(NodeControl control) {
    switch (control) {
        case NodeControl::kNone:
            return 0;
        case NodeControl::kGiveWay:
            return 1;
        case NodeControl::kStop:
            return 2;
        case NodeControl::kRoundabout:
            return 3;
        case NodeControl::kSignal:
            return 4;
    }
    return 0;
}

NodeControl control_of(OsmNodeKind kind) {
    switch (kind) {
        case OsmNodeKind::kSignal:
            return NodeControl::kSignal;
        case OsmNodeKind::kStop:
            return NodeControl::kStop;
        case OsmNodeKind::kGiveWay:
            return NodeControl::kGiveWay;
        case OsmNodeKind::kMiniRoundabout:
            return NodeControl::kRoundabout;
        case OsmNodeKind::kPlain:
        case OsmNodeKind::kBarrier:
            return NodeControl::kNone;
    }
    return NodeControl::kNone;
}

// A junction that a tag may tell about: how far, and whether traffic there comes past the tag.
struct Reach {
    std::uint32_t node = 0;
    double distance_m = 0;
    bool ahead = false;
    bool found = false;
};

class Controls {
  public:
    Controls(const OsmExtract& extract, const std::vector<OsmPiece>& pieces, ImportReport& report)
        : extract_(extract),
          pieces_(pieces),
          report_(report),
          degree_(piece_degree(extract, pieces)),
          control_(extract.nodes.size(), NodeControl::kNone) {
        note_neighbours();
    }

    std::vector<NodeControl> run() {
        for (const OsmPiece& piece : pieces_) {
            for (const std::uint32_t end : {piece.front(), piece.back()}) {
                if (degree_[end] < 3) continue;
                raise(end, control_of(extract_.nodes[end].kind));
                if (piece.road.roundabout) raise(end, NodeControl::kRoundabout);
            }
            for (std::size_t i = 0; i < piece.points.size(); ++i)
                assign(piece, i);
        }
        return std::move(control_);
    }

  private:
    void raise(std::uint32_t node, NodeControl control) {
        if (rank(control) > rank(control_[node])) control_[node] = control;
    }

    // What comes before and after a node along its way, 0 where nothing does.
    struct Neighbours {
        std::int64_t before_id = 0, after_id = 0;
    };

    // Of the nodes whose tag names a direction; pieces may run against their ways.
    void note_neighbours() {
        for (const OsmWay& way : extract_.ways) {
            for (std::size_t i = 0; i < way.node_ids.size(); ++i) {
                const OsmNode* node = extract_.find_node(way.node_ids[i]);
                if (node == nullptr || node->sense == OsmSense::kBoth) continue;
                Neighbours& row = neighbours_[node->id];
                if (i > 0) row.before_id = way.node_ids[i - 1];
                if (i + 1 < way.node_ids.size()) row.after_id = way.node_ids[i + 1];
            }
        }
    }

    // Whether the tag at point i tells about traffic that goes towards this end of the piece.
    bool tells_about(const OsmPiece& piece, std::size_t i, bool towards_back) const {
        const OsmNode& node = extract_.nodes[piece.points[i]];
        const auto it = neighbours_.find(node.id);
        if (node.sense == OsmSense::kBoth || it == neighbours_.end()) return true;
        const bool has_next = towards_back ? i + 1 < piece.points.size() : i > 0;
        if (!has_next) return true;
        const std::int64_t ahead_id = extract_.nodes[piece.points[towards_back ? i + 1 : i - 1]].id;
        const bool forward = ahead_id == it->second.after_id;
        const bool backward = ahead_id == it->second.before_id;
        if (forward == backward) return true;
        return forward == (node.sense == OsmSense::kForward);
    }

    // The junction at one end of the piece, seen from point i.
    Reach reach(const OsmPiece& piece, std::size_t i, bool towards_back) const {
        Reach result;
        result.node = towards_back ? piece.back() : piece.front();
        result.found = degree_[result.node] >= 3;
        const std::size_t first = towards_back ? i : 0;
        const std::size_t last = towards_back ? piece.points.size() - 1 : i;
        for (std::size_t k = first; k < last; ++k) {
            result.distance_m += haversine_m(extract_.nodes[piece.points[k]].position,
                                             extract_.nodes[piece.points[k + 1]].position);
        }
        result.ahead = towards_back ? piece.road.forward : piece.road.backward;
        return result;
    }

    // Signals on two-way approaches are drawn on the side of the junction, so the nearer one wins.
    void assign(const OsmPiece& piece, std::size_t i) {
        const std::uint32_t node = piece.points[i];
        const NodeControl control = control_of(extract_.nodes[node].kind);
        if (extract_.nodes[node].kind == OsmNodeKind::kBarrier) {
            report_.remark("ignored: barriers on roads",
                           fmt::format("node {}", extract_.nodes[node].id));
        }
        if (control == NodeControl::kNone || degree_[node] >= 3) return;
        const double limit_m = control == NodeControl::kSignal ? kSignalReach_m : kSignReach_m;
        Reach best;
        for (const bool towards_back : {true, false}) {
            const Reach there = reach(piece, i, towards_back);
            if (!there.found || !there.ahead || there.distance_m > limit_m) continue;
            if (!tells_about(piece, i, towards_back)) continue;
            if (!best.found || there.distance_m < best.distance_m) best = there;
        }
        const bool is_signal = control == NodeControl::kSignal;
        if (best.found) {
            raise(best.node, control);
            report_.count(is_signal ? "signals on approaches moved to their junction"
                                    : "signs on approaches moved to their junction");
        } else if (i > 0 && i + 1 < piece.points.size()) {
            report_.count(is_signal ? "signals away from junctions left out"
                                    : "signs away from junctions left out");
        }
    }

    const OsmExtract& extract_;
    const std::vector<OsmPiece>& pieces_;
    ImportReport& report_;
    std::vector<std::uint32_t> degree_;
    std::vector<NodeControl> control_;
    std::map<std::int64_t, Neighbours> neighbours_;
};

}  // namespace

std::vector<NodeControl> osm_controls(const OsmExtract& extract,
                                      const std::vector<OsmPiece>& pieces, ImportReport& report) {
    return Controls(extract, pieces, report).run();
}

}  // namespace jiahe
