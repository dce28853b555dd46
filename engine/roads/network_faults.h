// What can be wrong with a road network, found row by row before a RoadGraph is built.
//
// Load time only. Codes: E-NET-001 node twice, 002 position, 003 link twice, 004 unknown node,
// 005 loop, 006 length, 007 speed, 008 lanes, 009 capacity, 010 shape, 011 empty network,
// 012 movement twice, 013 unknown link, 014 links that do not meet, 015 turn twice, 016 lane range,
// 017 plan of an unknown node, 018 plan twice, 019 phase names a foreign movement, 020 times of a
// plan, 021 network too large. Faults name rows by external id; at most 20 are listed, then a
// count.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "roads/road_graph.h"

namespace jiahe {

// Collects faults and throws them together.
class FaultList {
  public:
    static constexpr std::size_t kMaxListed = 20;
    explicit FaultList(std::string file) : file_(std::move(file)) {}

    void add(const char* code, std::string feature, std::string message, std::string hint = {});
    void add_at(const char* code, int line, std::string message, std::string hint = {});
    std::size_t count() const { return count_; }
    // Throws InputError where there is any fault.
    void throw_if_any() const;

  private:
    void push(InputFault fault);
    std::string file_;
    std::vector<InputFault> faults_;
    std::size_t count_ = 0;
};

// Throws InputError where nodes or links are bad; faults name data.source.
void check_nodes_and_links(const RoadGraphData& data);
// Throws InputError where movements or signals are bad. REQUIRES: valid nodes and links.
void check_movements_and_signals(const RoadGraphData& data);
// Both, with faults that name the file that was opened.
void check_network(const RoadGraphData& data, const std::string& file);

}  // namespace jiahe
