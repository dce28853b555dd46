#include "roads/strong_part.h"

#include <algorithm>

#include "roads/data_index.h"
#include "roads/default_turns.h"

namespace jiahe {

namespace {

class Tarjan {
  public:
    explicit Tarjan(const RoadGraph& graph)
        : graph_(graph),
          order_(graph.link_count(), 0),
          low_(graph.link_count(), 0),
          component_(graph.link_count(), kNone) {}

    std::vector<std::uint32_t> run() {
        for (std::size_t l = 0; l < graph_.link_count(); ++l) {
            if (order_[l] == 0) visit(static_cast<std::uint32_t>(l));
        }
        return std::move(component_);
    }

  private:
    static constexpr std::uint32_t kNone = 0xffffffffu;
    struct Frame {
        std::uint32_t link;
        std::size_t movement, end;
    };

    void open(std::uint32_t link) {
        order_[link] = low_[link] = ++clock_;
        pending_.push_back(link);
        const auto [first, last] = graph_.movements_of(LinkId(link));
        frames_.push_back({link, first.index(), last.index()});
    }

    void close(std::uint32_t link) {
        if (low_[link] == order_[link]) {
            std::uint32_t member = kNone;
            do {
                member = pending_.back();
                pending_.pop_back();
                component_[member] = component_count_;
            } while (member != link);
            ++component_count_;
        }
        frames_.pop_back();
        if (frames_.empty()) return;
        const std::uint32_t parent = frames_.back().link;
        low_[parent] = std::min(low_[parent], low_[link]);
    }

    void visit(std::uint32_t root) {
        open(root);
        while (!frames_.empty()) {
            Frame& frame = frames_.back();
            if (frame.movement == frame.end) {
                close(frame.link);
                continue;
            }
            const std::uint32_t next = graph_.movement_out_link[frame.movement++].value;
            if (order_[next] == 0) {
                open(next);
            } else if (component_[next] == kNone) {
                low_[frame.link] = std::min(low_[frame.link], order_[next]);
            }
        }
    }

    const RoadGraph& graph_;
    std::vector<std::uint32_t> order_, low_, component_, pending_;
    std::vector<Frame> frames_;
    std::uint32_t clock_ = 0, component_count_ = 0;
};

}  // namespace

std::vector<std::uint32_t> strong_components(const RoadGraph& graph) {
    return Tarjan(graph).run();
}

std::vector<RoadGraphData::Movement> every_turn(const RoadGraphData& data) {
    const DataIndex index(data);
    std::vector<RoadGraphData::Movement> movements;
    for (const auto& in : data.links) {
        for (const std::uint32_t out : index.out_links(index.node_row(in.to_node_id))) {
            RoadGraphData::Movement movement;
            movement.id = static_cast<std::int64_t>(movements.size()) + 1;
            movement.in_link_id = in.id;
            movement.out_link_id = data.links[out].id;
            movements.push_back(movement);
        }
    }
    return movements;
}

RoadGraphData keep_largest_part(RoadGraphData data, ImportReport& report) {
    if (data.movements.empty()) data.movements = default_turns(data);
    const RoadGraph graph(data);
    const std::vector<std::uint32_t> component = strong_components(graph);
    std::vector<double> length_m(graph.link_count() + 1, 0);
    for (std::size_t l = 0; l < component.size(); ++l) {
        length_m[component[l]] += graph.link_length_m[l];
    }
    const auto largest = static_cast<std::uint32_t>(
        std::max_element(length_m.begin(), length_m.end()) - length_m.begin());
    const auto keeps_link = [&](std::int64_t id) {
        return component[graph.find_link(id).index()] == largest;
    };
    const auto keeps_node = [&](std::int64_t id) {
        const auto links = graph.out_links(graph.find_node(id));
        return std::any_of(links.begin(), links.end(),
                           [&](LinkId l) { return component[l.index()] == largest; });
    };
    const std::size_t nodes_before = data.nodes.size();
    const std::size_t links_before = data.links.size();
    std::erase_if(data.movements, [&](const auto& m) {
        return !keeps_link(m.in_link_id) || !keeps_link(m.out_link_id);
    });
    std::erase_if(data.links, [&](const auto& l) { return !keeps_link(l.id); });
    std::erase_if(data.nodes, [&](const auto& n) { return !keeps_node(n.id); });
    std::erase_if(data.signals, [&](const SignalPlan& s) { return !keeps_node(s.node_id); });
    std::vector<std::int64_t> movement_ids;
    for (const auto& movement : data.movements)
        movement_ids.push_back(movement.id);
    std::sort(movement_ids.begin(), movement_ids.end());
    for (SignalPlan& plan : data.signals) {
        for (SignalPhase& phase : plan.phases) {
            std::erase_if(phase.green_movement_ids, [&](std::int64_t id) {
                return !std::binary_search(movement_ids.begin(), movement_ids.end(), id);
            });
        }
    }
    report.count("links dropped outside the largest strongly connected part",
                 static_cast<std::int64_t>(links_before - data.links.size()));
    report.count("nodes dropped outside the largest strongly connected part",
                 static_cast<std::int64_t>(nodes_before - data.nodes.size()));
    return data;
}

}  // namespace jiahe
