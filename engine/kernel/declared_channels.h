// DeclaredChannels: the shortest delay promised from one owner to another, for --check-lookahead.
//
// Windows rest on the least delay between partitions; whether each single message keeps the promise
// of its own channel is checked only on request, since it costs a search a message. City lifecycle.
#pragma once

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "base/sim_time.h"
#include "kernel/system.h"

namespace jiahe::kernel {

class DeclaredChannels {
  public:
    DeclaredChannels() = default;
    DeclaredChannels(std::vector<Channel> channels, std::vector<OpenChannel> open)
        : channels_(std::move(channels)), open_(std::move(open)) {
        std::sort(channels_.begin(), channels_.end(), [](const Channel& a, const Channel& b) {
            return std::tuple{a.from, a.to, a.min_delay} < std::tuple{b.from, b.to, b.min_delay};
        });
    }
    // kNever where there is no way.
    SimTime least_delay(EntityId from, EntityId to) const {
        SimTime least = kNever;
        const auto first = std::lower_bound(channels_.begin(), channels_.end(), std::pair{from, to},
                                            [](const Channel& c, const auto& key) {
                                                return std::pair{c.from, c.to} < key;
                                            });
        if (first != channels_.end() && first->from == from && first->to == to)
            least = first->min_delay;
        for (const OpenChannel& c : open_) {
            if (c.from == from.system() && c.to == to.system())
                least = std::min(least, c.min_delay);
        }
        return least;
    }

  private:
    std::vector<Channel> channels_;  // sorted by (from, to, delay)
    std::vector<OpenChannel> open_;
};

}  // namespace jiahe::kernel
