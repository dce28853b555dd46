// Charts as inline SVG: lines, areas and bars over time or over classes, drawn by ourselves so that
// a page works without network and prints sharply.
//
// A chart has a value axis from 0 with ticks at counted numbers, a labelled unit, a legend where
// there is more than one series, and a tooltip (<title>) at every position. Every second
// clock on the axis is left out on narrow screens. Colours come from the
// page's style sheet classes s1 ... s6 and from the map's speed classes v1 ... v5 (legible with
// colour-blindness and in print). Series hold one value a position; NaN leaves a gap.
//
// Invariants: 1. every text is escaped; 2. output is well-formed XML; 3. no script, no reference.
// Cost: linear in positions. Value lifecycle.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evaluation/language.h"

namespace jiahe::evaluation {

enum class Mark : unsigned char { kLine, kArea, kBars };

struct Series {
    std::string name;
    std::string style;  // class of the style sheet: "s1" ... "s6", "v1" ... "v5"
    std::vector<double> values;
    bool dashed = false;
};

// A span of time to be marked behind the drawing, with a short label at its top.
struct Band {
    double from = 0, to = 0;
    std::string label;
};

struct Chart {
    std::string title;
    std::string note;  // one line below the title: what is shown, in which unit
    Mark mark = Mark::kLine;
    bool stacked = false;  // of areas and bars
    // Position i spans edges[i] to edges[i+1] (bars, areas of rates) when there is one edge more
    // than values, else lies at edges[i]. Time in s where `over_time`.
    std::vector<double> edges;
    bool over_time = true;
    std::vector<std::string> labels;  // of positions where not over time
    std::vector<Series> series;
    std::vector<Band> bands;
    double top = 0;                                 // of the value axis; 0: from the values
    std::function<std::string(double)> value_text;  // of tooltips
    std::function<std::string(double)> tick_text;   // of the value axis
    Language language = Language::kEnglish;
};

// Drops positions that begin at or after `to`: bins that only hold the very end of a run.
// REQUIRES: one edge more than values.
void clip_to(Chart& chart, double to);

// A <figure class="chart">; a sentence in place of the drawing where there is no value.
std::string draw(const Chart& chart);

}  // namespace jiahe::evaluation
