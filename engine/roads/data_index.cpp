#include "roads/data_index.h"

#include <algorithm>

namespace jiahe {

DataIndex::DataIndex(const RoadGraphData& data)
    : in_offset_(data.nodes.size() + 1, 0), out_offset_(data.nodes.size() + 1, 0) {
    const auto by_id = [](const Key& a, const Key& b) {
        return a.id != b.id ? a.id < b.id : a.row < b.row;
    };
    nodes_.reserve(data.nodes.size());
    for (const auto& node : data.nodes) {
        nodes_.push_back({node.id, static_cast<std::uint32_t>(nodes_.size())});
    }
    std::sort(nodes_.begin(), nodes_.end(), by_id);
    links_.reserve(data.links.size());
    for (const auto& link : data.links) {
        links_.push_back({link.id, static_cast<std::uint32_t>(links_.size())});
    }
    std::sort(links_.begin(), links_.end(), by_id);

    std::vector<std::uint32_t> from_row, to_row;
    for (const Key& key : links_) {
        const auto& link = data.links[key.row];
        std::uint32_t from = node_row(link.from_node_id);
        std::uint32_t to = node_row(link.to_node_id);
        if (from == kNone || to == kNone) from = to = kNone;
        from_row.push_back(from);
        to_row.push_back(to);
        if (from != kNone) {
            ++out_offset_[from + 1];
            ++in_offset_[to + 1];
        }
    }
    for (std::size_t i = 1; i < in_offset_.size(); ++i) {
        in_offset_[i] += in_offset_[i - 1];
        out_offset_[i] += out_offset_[i - 1];
    }
    in_.resize(in_offset_.back());
    out_.resize(out_offset_.back());
    std::vector<std::uint32_t> in_next(in_offset_), out_next(out_offset_);
    for (std::size_t i = 0; i < links_.size(); ++i) {
        if (from_row[i] == kNone) continue;
        out_[out_next[from_row[i]]++] = links_[i].row;
        in_[in_next[to_row[i]]++] = links_[i].row;
    }
}

std::uint32_t DataIndex::find(const std::vector<Key>& keys, std::int64_t id) {
    const auto it =
        std::lower_bound(keys.begin(), keys.end(), id,
                         [](const Key& key, std::int64_t wanted) { return key.id < wanted; });
    return it != keys.end() && it->id == id ? it->row : kNone;
}

std::uint32_t DataIndex::node_row(std::int64_t id) const {
    return find(nodes_, id);
}

std::uint32_t DataIndex::link_row(std::int64_t id) const {
    return find(links_, id);
}

std::span<const std::uint32_t> DataIndex::in_links(std::uint32_t node_row) const {
    return {in_.data() + in_offset_[node_row], in_.data() + in_offset_[node_row + 1]};
}

std::span<const std::uint32_t> DataIndex::out_links(std::uint32_t node_row) const {
    return {out_.data() + out_offset_[node_row], out_.data() + out_offset_[node_row + 1]};
}

}  // namespace jiahe
