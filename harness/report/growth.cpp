#include "harness/report/growth.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "harness/report/layout.hpp"

namespace onsite {
namespace {

constexpr int kChartColumns = 44;
constexpr int kChartRows = 9;
constexpr double kMsMin = 0.001;

// Where the points lie in a square from 0 to 1, on logarithmic axes.
struct Scale {
    double rows_min = 0, rows_max = 0;
    double ms_min = 0, ms_max = 0;

    explicit Scale(std::span<const GrowthPoint> points) {
        rows_min = ms_min = HUGE_VAL;
        for (const GrowthPoint& point : points) {
            rows_min = std::min(rows_min, static_cast<double>(point.rows));
            rows_max = std::max(rows_max, static_cast<double>(point.rows));
            ms_min = std::min({ms_min, point.subject_ms, point.reference_ms});
            ms_max = std::max({ms_max, point.subject_ms, point.reference_ms});
        }
        rows_min = std::max(rows_min, 1.0);
        ms_min = std::max(ms_min, kMsMin);
        ms_max = std::max(ms_max, ms_min);
    }
    double x(std::uint64_t rows) const {
        return part(static_cast<double>(rows), rows_min, rows_max);
    }
    double y(double ms) const { return part(ms, ms_min, ms_max); }

private:
    static double part(double value, double min, double max) {
        if (!(max > min)) return 0;
        return std::log(std::clamp(value, min, max) / min) / std::log(max / min);
    }
};

bool can_be_drawn(std::span<const GrowthPoint> points) {
    return points.size() >= 2 && std::ranges::all_of(points, [](const GrowthPoint& point) {
               return std::isfinite(point.subject_ms) && std::isfinite(point.reference_ms);
           });
}

int nearest(double part, int steps) { return static_cast<int>(std::lround(part * (steps - 1))); }

using Canvas = std::array<std::array<const char*, kChartColumns>, kChartRows>;

// The subject is drawn last: where both are at one place, it is the one that is seen.
Canvas plot(std::span<const GrowthPoint> points, const Scale& scale) {
    Canvas canvas;
    for (auto& row : canvas) row.fill(" ");
    const auto mark = [&](std::uint64_t rows, double ms, const char* sign) {
        const int line = kChartRows - 1 - nearest(scale.y(ms), kChartRows);
        const int column = nearest(scale.x(rows), kChartColumns);
        canvas[static_cast<std::size_t>(line)][static_cast<std::size_t>(column)] = sign;
    };
    for (const GrowthPoint& point : points) mark(point.rows, point.reference_ms, "○");
    for (const GrowthPoint& point : points) mark(point.rows, point.subject_ms, "●");
    return canvas;
}

std::string polyline(std::span<const GrowthPoint> points, const Scale& scale,
                     double GrowthPoint::*series, std::string_view css_class) {
    std::string coordinates;
    for (const GrowthPoint& point : points) {
        coordinates += fmt::format("{:.1f},{:.1f} ", 60 + 320 * scale.x(point.rows),
                                   150 - 130 * scale.y(point.*series));
    }
    return fmt::format("<polyline class=\"{}\" points=\"{}\"/>\n", css_class, coordinates);
}

}  // namespace

std::vector<std::string> growth_table(std::span<const GrowthPoint> points) {
    std::vector<std::string> lines;
    lines.push_back(
        fmt::format("{:>12}{:>14}{:>14}{:>9}", "rows", "this answer", "reference", "ratio"));
    for (const GrowthPoint& point : points) {
        const std::string ratio = point.reference_ms > 0
                                      ? fmt::format("{:.1f}", point.subject_ms / point.reference_ms)
                                      : "-";
        lines.push_back(fmt::format("{:>12}{:>14}{:>14}{:>9}", with_thousands(point.rows),
                                    duration(point.subject_ms), duration(point.reference_ms),
                                    ratio));
    }
    return lines;
}

std::vector<std::string> growth_chart(std::span<const GrowthPoint> points) {
    if (!can_be_drawn(points)) return {};
    const Scale scale(points);
    std::vector<std::string> lines;
    const Canvas canvas = plot(points, scale);
    for (std::size_t row = 0; row < canvas.size(); ++row) {
        const bool is_labelled = row == 0 || row + 1 == canvas.size();
        const double ms = row == 0 ? scale.ms_max : scale.ms_min;
        std::string line = right(is_labelled ? duration(ms) : "", 10) + (is_labelled ? " ┤" : " │");
        for (const char* const sign : canvas[row]) line += sign;
        line.erase(line.find_last_not_of(' ') + 1);
        lines.push_back(std::move(line));
    }
    std::string axis = std::string(11, ' ') + "└";
    for (int i = 0; i < kChartColumns; ++i) axis += "─";
    lines.push_back(std::move(axis));
    const std::string first = with_thousands(points.front().rows);
    lines.push_back(
        std::string(12, ' ') + first +
        right(with_thousands(points.back().rows) + " rows", kChartColumns - first.size()));
    lines.push_back(std::string(12, ' ') + "● this answer   ○ reference");
    return lines;
}

std::string growth_svg(std::span<const GrowthPoint> points) {
    if (!can_be_drawn(points)) return {};
    const Scale scale(points);
    std::string svg =
        "<svg viewBox=\"0 0 400 192\" role=\"img\" "
        "aria-label=\"time by number of rows, both axes logarithmic\">\n"
        "<path class=\"axis\" d=\"M60 15V150H385\"/>\n";
    svg += polyline(points, scale, &GrowthPoint::reference_ms, "reference");
    svg += polyline(points, scale, &GrowthPoint::subject_ms, "subject");
    svg += fmt::format(
        "<text x=\"54\" y=\"24\" class=\"end\">{}</text>\n"
        "<text x=\"54\" y=\"154\" class=\"end\">{}</text>\n"
        "<text x=\"60\" y=\"170\">{}</text>\n"
        "<text x=\"385\" y=\"170\" class=\"end\">{} rows</text>\n"
        "<text x=\"60\" y=\"186\">solid: this answer, dashed: the reference (log scales)</text>\n"
        "</svg>\n",
        duration(scale.ms_max), duration(scale.ms_min), with_thousands(points.front().rows),
        with_thousands(points.back().rows));
    return svg;
}

}  // namespace onsite
