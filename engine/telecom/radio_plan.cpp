#include "telecom/radio_plan.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace jiahe::telecom {
namespace {

constexpr std::uint32_t kNoNeighbour = 0xffffffffu;
constexpr double kOtherSectors_db = -20;  // A
// cos and sin of the golden angle pi (3 - sqrt 5): each point turns by it, which spreads points
// evenly over a disc (Vogel, Math. Biosci. 44, 1979).
constexpr double kGoldenCos = -0.73736887807831985597;
constexpr double kGoldenSin = 0.67549029426152362720;

struct Near {
    double distance_m;
    std::uint32_t cell;
};

// Cells sorted into squares, so that near ones are found without a look at all.
class CellGrid {
  public:
    explicit CellGrid(std::span<const PlanePoint> cells) : cells_(cells) {
        low_ = high_ = cells[0];
        for (const PlanePoint p : cells) {
            low_ = {std::min(low_.x_m, p.x_m), std::min(low_.y_m, p.y_m)};
            high_ = {std::max(high_.x_m, p.x_m), std::max(high_.y_m, p.y_m)};
        }
        const double side = std::max({high_.x_m - low_.x_m, high_.y_m - low_.y_m, 1.0});
        count_ = std::max(1, static_cast<int>(std::sqrt(static_cast<double>(cells.size()) / 2)));
        pitch_m_ = side / count_;
        squares_.resize(static_cast<std::size_t>(count_ * count_));
        for (std::uint32_t c = 0; c < cells.size(); ++c) {
            squares_[square(column(cells[c].x_m - low_.x_m), column(cells[c].y_m - low_.y_m))]
                .push_back(c);
        }
    }

    // The nearest other cells, by distance, then index.
    std::vector<Near> nearest(std::uint32_t cell, std::size_t wanted) const {
        const PlanePoint p = cells_[cell];
        const int x = column(p.x_m - low_.x_m), y = column(p.y_m - low_.y_m);
        std::vector<Near> found;
        for (int ring = 0; ring <= count_; ++ring) {
            // All within `ring` squares are in `found`; what lies outside is at least this far.
            const double sure_m = (ring - 1) * pitch_m_;
            std::size_t close = 0;
            for (const Near& n : found)
                close += n.distance_m <= sure_m ? 1 : 0;
            if (close >= wanted) break;
            add_ring(cell, x, y, ring, found);
        }
        std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) {
            return a.distance_m != b.distance_m ? a.distance_m < b.distance_m : a.cell < b.cell;
        });
        if (found.size() > wanted) found.resize(wanted);
        return found;
    }

  private:
    int column(double offset_m) const {
        return std::clamp(static_cast<int>(offset_m / pitch_m_), 0, count_ - 1);
    }
    std::size_t square(int x, int y) const { return static_cast<std::size_t>(y * count_ + x); }
    void add_ring(std::uint32_t cell, int x, int y, int ring, std::vector<Near>& found) const {
        for (int j = std::max(0, y - ring); j <= std::min(count_ - 1, y + ring); ++j) {
            for (int i = std::max(0, x - ring); i <= std::min(count_ - 1, x + ring); ++i) {
                if (std::max(std::abs(i - x), std::abs(j - y)) != ring) continue;
                for (const std::uint32_t other : squares_[square(i, j)]) {
                    if (other == cell) continue;
                    found.push_back({distance_m(cells_[cell], cells_[other]), other});
                }
            }
        }
    }

    std::span<const PlanePoint> cells_;
    PlanePoint low_, high_;
    int count_ = 1;
    double pitch_m_ = 1;
    std::vector<std::vector<std::uint32_t>> squares_;
};

std::vector<PlanePoint> sunflower(PlanePoint centre, double reach_m, std::size_t count) {
    std::vector<PlanePoint> points;
    double c = 1, s = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const double r =
            reach_m * std::sqrt((static_cast<double>(k) + 0.5) / static_cast<double>(count));
        points.push_back({centre.x_m + r * c, centre.y_m + r * s});
        const double turned = c * kGoldenCos - s * kGoldenSin;
        s = c * kGoldenSin + s * kGoldenCos;
        c = turned;
    }
    return points;
}

}  // namespace

RadioPlan::RadioPlan(std::span<const PlanePoint> cells, RadioOptions options) : options_(options) {
    JIAHE_CHECK(!cells.empty(), "a radio plan needs cells");
    const std::size_t n = cells.size();
    const RadioBudget& budget = options_.budget;
    const CellGrid grid(cells);
    const double noise = noise_dbm(options_.bandwidth_hz, budget.terminal_noise_figure_db);
    const double up_noise = noise_dbm(options_.bandwidth_hz, budget.station_noise_figure_db) +
                            budget.uplink_rise_over_noise_db;
    const auto received_over_noise = [&](double d_m) {
        const double loss = path_loss_mean_db(options_.environment, d_m, options_.frequency_ghz);
        return from_decibel(budget.station_power_dbm + budget.station_gain_db - loss - noise);
    };
    neighbour_.assign(n * kNeighbours, kNoNeighbour);
    interference_.assign(n * kPoints * kNeighbours, 0);
    for (std::uint32_t cell = 0; cell < n; ++cell) {
        const std::vector<Near> near = grid.nearest(cell, kNeighbours);
        const double half = near.empty() ? kLargestReach_m : near.front().distance_m / 2;
        reach_m_.push_back(std::clamp(half, kSmallestReach_m, kLargestReach_m));
        for (std::size_t k = 0; k < near.size(); ++k) {
            neighbour_[cell * kNeighbours + k] = near[k].cell;
        }
        double up = 0;
        const auto points = sunflower(cells[cell], reach_m_.back(), kPoints);
        for (std::size_t i = 0; i < kPoints; ++i) {
            const double d_m = distance_m(points[i], cells[cell]);
            signal_.push_back(received_over_noise(d_m));
            for (std::size_t k = 0; k < near.size(); ++k) {
                interference_[(cell * kPoints + i) * kNeighbours + k] =
                    received_over_noise(distance_m(points[i], cells[near[k].cell]));
            }
            const double loss =
                path_loss_mean_db(options_.environment, d_m, options_.frequency_ghz);
            up += spectral_efficiency(Direction::kUp, budget.terminal_power_dbm +
                                                          budget.station_gain_db - loss - up_noise);
        }
        up_efficiency_.push_back(up / static_cast<double>(kPoints));
    }
}

double RadioPlan::down_efficiency(std::size_t cell, std::span<const double> load) const {
    const double own_sectors = from_decibel(kOtherSectors_db);
    double sum = 0;
    for (std::size_t i = 0; i < kPoints; ++i) {
        const double signal = signal_[cell * kPoints + i];
        double other = 1 + signal * own_sectors * load[cell];
        for (std::size_t k = 0; k < kNeighbours; ++k) {
            const std::uint32_t neighbour = neighbour_[cell * kNeighbours + k];
            if (neighbour == kNoNeighbour) break;
            other += interference_[(cell * kPoints + i) * kNeighbours + k] * load[neighbour];
        }
        sum += spectral_efficiency_of_ratio(Direction::kDown, signal / other);
    }
    return sum / static_cast<double>(kPoints);
}

double RadioPlan::capacity_bps(Direction direction, double efficiency) const {
    const double share =
        direction == Direction::kDown ? options_.down_share : 1 - options_.down_share;
    return efficiency * options_.bandwidth_hz * share * options_.sectors * options_.layers;
}

}  // namespace jiahe::telecom
