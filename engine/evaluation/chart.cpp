#include "evaluation/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "evaluation/axis_ticks.h"
#include "evaluation/number_text.h"

namespace jiahe::evaluation {
namespace {

// Geometry in user units of the viewBox.
constexpr double kWidth = 640, kHeight = 300;
constexpr double kLeft = 54, kRight = 22, kTop = 14, kBottom = 34;
constexpr double kPlotRight = kWidth - kRight, kPlotBottom = kHeight - kBottom;

// The last midnight of a day is the end of that day, not the begin of the next.
std::string axis_clock(double seconds) {
    return seconds == 86400 ? "24:00" : clock_text(seconds).substr(0, 5);
}

class Drawing {
  public:
    explicit Drawing(const Chart& chart) : chart_(chart), spans_(has_spans(chart)) {
        stack();
        find_top();
    }

    std::string svg() {
        out_ = fmt::format(R"(<svg viewBox="0 0 {} {}" role="img" aria-label="{}">)", kWidth,
                           kHeight, escape_html(chart_.title + ": " + chart_.note));
        draw_bands(true);
        draw_value_axis();
        draw_position_axis();
        for (std::size_t s = chart_.series.size(); s-- > 0;)
            draw_series(s);
        draw_baseline();
        draw_bands(false);
        draw_tooltips();
        return out_ + "</svg>";
    }

    bool has_values() const { return has_values_; }

  private:
    static bool has_spans(const Chart& chart) {
        return !chart.series.empty() && chart.edges.size() == chart.series[0].values.size() + 1;
    }

    std::size_t count() const { return chart_.series.empty() ? 0 : chart_.series[0].values.size(); }
    bool is_stacked() const { return chart_.stacked; }

    // upper_[s][i]: top of series s at position i; lower_ its foot.
    void stack() {
        std::vector<double> foot(count(), 0);
        for (const Series& series : chart_.series) {
            std::vector<double> upper(count());
            for (std::size_t i = 0; i < count(); ++i) {
                const double value = series.values[i];
                upper[i] = is_stacked() ? foot[i] + (std::isfinite(value) ? value : 0) : value;
            }
            lower_.push_back(foot);
            if (is_stacked()) foot = upper;
            upper_.push_back(std::move(upper));
        }
    }

    void find_top() {
        double top = 0;
        for (std::size_t s = 0; s < upper_.size(); ++s) {
            for (std::size_t i = 0; i < count(); ++i) {
                has_values_ |= std::isfinite(chart_.series[s].values[i]);
                if (std::isfinite(upper_[s][i])) top = std::max(top, upper_[s][i]);
            }
        }
        ticks_ = value_ticks(chart_.top > 0 ? chart_.top : (top > 0 ? top : 1));
        top_ = chart_.top > 0 ? chart_.top : ticks_.back();
    }

    double x_of(double position) const {
        const double first = chart_.edges.front(), last = chart_.edges.back();
        const double span = last > first ? last - first : 1;
        return kLeft + (position - first) / span * (kPlotRight - kLeft);
    }
    double y_of(double value) const {
        return kPlotBottom - std::min(value / top_, 1.0) * (kPlotBottom - kTop);
    }
    double middle(std::size_t i) const {
        return spans_ ? (chart_.edges[i] + chart_.edges[i + 1]) / 2 : chart_.edges[i];
    }

    // Behind the drawing its span; above it, where areas would hide it, its edges and name.
    void draw_bands(bool is_behind) {
        for (const Band& band : chart_.bands) {
            const double x0 = std::max(x_of(band.from), kLeft);
            const double x1 = std::min(x_of(band.to), kPlotRight);
            if (!(x1 > x0)) continue;
            if (is_behind) {
                out_ += fmt::format(
                    R"(<rect class="band" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>)", x0,
                    kTop, x1 - x0, kPlotBottom - kTop);
                continue;
            }
            for (const double x : {x0, x1}) {
                out_ += fmt::format(
                    R"(<line class="bandedge" x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}"/>)", x, x,
                    kTop, kPlotBottom);
            }
            out_ += fmt::format(R"(<text class="bandname" x="{:.1f}" y="{}">{}</text>)", x0 + 4,
                                kTop + 13, escape_html(band.label));
        }
    }

    void draw_value_axis() {
        for (const double tick : ticks_) {
            if (tick > top_ * (1 + 1e-9)) continue;
            const double y = y_of(tick);
            out_ += fmt::format(R"(<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>)",
                                kLeft, kPlotRight, y, y);
            const std::string text = chart_.tick_text ? chart_.tick_text(tick)
                                                      : axis_number(tick, top_, chart_.language);
            out_ +=
                fmt::format(R"(<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{}</text>)",
                            kLeft - 7, y + 4, escape_html(text));
        }
    }

    void draw_position_axis() {
        if (chart_.over_time) {
            bool is_main = true;
            for (const double t : clock_ticks(chart_.edges.front(), chart_.edges.back())) {
                mark_position(x_of(t), axis_clock(t), is_main);
                is_main = !is_main;
            }
            return;
        }
        // Not every label has room; the last one, which may be open, always has.
        const std::size_t size = std::min(chart_.labels.size(), count());
        const std::size_t every = std::max<std::size_t>(1, (size + 8) / 9);
        for (std::size_t i = 0; i < size; ++i) {
            if ((size - 1 - i) % every != 0) continue;
            mark_position(x_of(middle(i)), chart_.labels[i], (size - 1 - i) / every % 2 == 0);
        }
    }

    void mark_position(double x, const std::string& text, bool is_main) {
        out_ += fmt::format(R"(<line class="tickmark" x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}"/>)",
                            x, x, kPlotBottom, kPlotBottom + 4);
        out_ +=
            fmt::format(R"(<text class="{}" x="{:.1f}" y="{}" text-anchor="middle">{}</text>)",
                        is_main ? "tick" : "tick spare", x, kPlotBottom + 18, escape_html(text));
    }

    void draw_baseline() {
        out_ += fmt::format(R"(<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>)", kLeft,
                            kPlotRight, kPlotBottom, kPlotBottom);
    }

    void draw_series(std::size_t s) {
        switch (chart_.mark) {
            case Mark::kLine:
                draw_line(s);
                break;
            case Mark::kArea:
                draw_area(s);
                if (!is_stacked()) draw_line(s);
                break;
            case Mark::kBars:
                draw_bars(s);
                break;
        }
    }

    void draw_line(std::size_t s) {
        std::string path;
        bool pen_down = false;
        for (std::size_t i = 0; i < count(); ++i) {
            const double value = upper_[s][i];
            if (!std::isfinite(value)) {
                pen_down = false;
                continue;
            }
            path +=
                fmt::format("{}{:.1f} {:.1f}", pen_down ? 'L' : 'M', x_of(middle(i)), y_of(value));
            pen_down = true;
        }
        const Series& series = chart_.series[s];
        out_ += fmt::format(R"(<path class="line {}{}" d="{}"/>)", series.style,
                            series.dashed ? " dashed" : "", path);
    }

    // One closed shape for each run of positions with a value.
    void draw_area(std::size_t s) {
        std::string path, there, back;
        const auto close = [&] {
            if (!there.empty()) path += there + back + "Z";
            there.clear();
            back.clear();
        };
        for (std::size_t i = 0; i < count(); ++i) {
            if (!std::isfinite(chart_.series[s].values[i])) {
                close();
                continue;
            }
            const double x = x_of(middle(i));
            there +=
                fmt::format("{}{:.1f} {:.1f}", there.empty() ? 'M' : 'L', x, y_of(upper_[s][i]));
            back = fmt::format("L{:.1f} {:.1f}", x, y_of(lower_[s][i])) + back;
        }
        close();
        out_ += fmt::format(R"(<path class="area {}{}" d="{}"/>)", chart_.series[s].style,
                            is_stacked() ? " solid" : "", path);
    }

    void draw_bars(std::size_t s) {
        const std::size_t groups = is_stacked() ? 1 : chart_.series.size();
        for (std::size_t i = 0; i < count() && spans_; ++i) {
            const double value = upper_[s][i];
            if (!std::isfinite(value) || value <= lower_[s][i]) continue;
            const double x0 = x_of(chart_.edges[i]), x1 = x_of(chart_.edges[i + 1]);
            const double gap = std::min(2.0, (x1 - x0) * 0.2);
            const double width = (x1 - x0 - gap) / static_cast<double>(groups);
            const double x = x0 + gap / 2 + width * static_cast<double>(is_stacked() ? 0 : s);
            out_ += fmt::format(
                R"(<rect class="column {}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>)",
                chart_.series[s].style, x, y_of(value), width, y_of(lower_[s][i]) - y_of(value));
        }
    }

    void draw_tooltips() {
        for (std::size_t i = 0; i < count(); ++i) {
            const double x0 = i == 0 ? kLeft : (x_of(middle(i - 1)) + x_of(middle(i))) / 2;
            const double x1 =
                i + 1 == count() ? kPlotRight : (x_of(middle(i)) + x_of(middle(i + 1))) / 2;
            out_ += fmt::format(
                R"(<rect class="hit" x="{:.1f}" y="{}" width="{:.1f}" height="{}"><title>{}</title></rect>)",
                x0, kTop, std::max(0.1, x1 - x0), kPlotBottom - kTop, escape_html(tooltip(i)));
        }
    }

    std::string tooltip(std::size_t i) const {
        std::string text;
        if (!chart_.over_time) {
            text = i < chart_.labels.size() ? chart_.labels[i] : "";
        } else if (spans_) {
            text = clock_text(chart_.edges[i]) + "–" + clock_text(chart_.edges[i + 1]);
        } else {
            text = clock_text(chart_.edges[i]);
        }
        for (const Series& series : chart_.series) {
            const double value = series.values[i];
            text += "\n" + series.name + ": " +
                    (chart_.value_text ? chart_.value_text(value) : readable(value));
        }
        return text;
    }

    const Chart& chart_;
    bool spans_;
    bool has_values_ = false;
    double top_ = 1;
    std::vector<double> ticks_;
    std::vector<std::vector<double>> upper_, lower_;
    std::string out_;
};

std::string legend(const Chart& chart) {
    if (chart.series.size() < 2) return {};
    std::string out = R"(<ul class="legend">)";
    for (const Series& series : chart.series) {
        const bool is_line =
            chart.mark == Mark::kLine || (chart.mark == Mark::kArea && !chart.stacked);
        out += fmt::format(R"(<li><i class="{} {}{}"></i>{}</li>)", is_line ? "stroke" : "fill",
                           series.style, series.dashed ? " dashed" : "", escape_html(series.name));
    }
    return out + "</ul>";
}

}  // namespace

void clip_to(Chart& chart, double to) {
    while (chart.edges.size() > 2 && chart.edges[chart.edges.size() - 2] >= to) {
        chart.edges.pop_back();
        for (Series& series : chart.series)
            series.values.pop_back();
    }
}

std::string draw(const Chart& chart) {
    std::string out =
        fmt::format(R"(<figure class="chart"><figcaption><h3>{}</h3><p>{}</p></figcaption>)",
                    escape_html(chart.title), escape_html(chart.note));
    const bool has_positions =
        chart.edges.size() >= 2 && !chart.series.empty() && !chart.series[0].values.empty();
    const Say say{chart.language};
    const std::string nothing =
        "<p class=\"nothing\">" + say("Nothing was recorded.", "没有记录。") + "</p>";
    if (!has_positions) return out + nothing + "</figure>";
    Drawing drawing(chart);
    if (!drawing.has_values()) return out + nothing + "</figure>";
    return out + legend(chart) + drawing.svg() + "</figure>";
}

}  // namespace jiahe::evaluation
