#include "harness/report/pictures.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/escape.hpp"
#include "harness/report/layout.hpp"

namespace onsite {
namespace {

constexpr int kRowHeight = 26;
constexpr int kBarHeight = 14;
constexpr int kNamesWidth = 130;
constexpr int kBarsWidth = 300;
constexpr int kPictureWidth = 520;
constexpr std::size_t kBarNameColumns = 18;

int top_of(std::size_t row) { return static_cast<int>(row) * kRowHeight + 6; }

// The name at the left, a bar that is filled in part, the figure at its right.
struct Bar {
    std::string name;
    std::string figure;
    std::int64_t filled = 0;  // Of `whole`.
    std::int64_t length = 0;  // Of `whole`: how long the empty bar is.
    std::int64_t whole = 1;
};

std::string bar_svg(const Bar& bar, std::size_t row) {
    const int top = top_of(row);
    const std::int64_t whole = std::max<std::int64_t>(bar.whole, 1);
    const std::int64_t length = bar.length * kBarsWidth / whole;
    return fmt::format(
        "<text class=\"end\" x=\"{}\" y=\"{}\">{}</text>\n"
        "<rect class=\"track\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>\n"
        "<rect class=\"fill\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>\n"
        "<text x=\"{}\" y=\"{}\">{}</text>\n",
        kNamesWidth - 8, top + 11, markup(cut(bar.name, kBarNameColumns)), kNamesWidth, top, length,
        kBarHeight, kNamesWidth, top, bar.filled * kBarsWidth / whole, kBarHeight,
        kNamesWidth + length + 8, top + 11, markup(bar.figure));
}

std::string picture(const std::string& label, std::size_t rows, const std::string& content) {
    return fmt::format(
        "<svg class=\"bars\" role=\"img\" viewBox=\"0 0 {} {}\" "
        "aria-label=\"{}\">\n{}</svg>\n",
        kPictureWidth, top_of(rows) + 2, markup(label), content);
}

std::string minutes_words(std::int64_t duration_ms) {
    return fmt::format("{} min", duration_ms / kMsPerMinute);
}

}  // namespace

std::string scores_svg(const Scorecard& scorecard) {
    std::string content;
    std::string label = "Score per criterion";
    int widest = 1;
    for (const CriterionResult& result : scorecard.criteria) {
        widest = std::max(widest, result.criterion.weight);
    }
    for (std::size_t row = 0; row < scorecard.criteria.size(); ++row) {
        const CriterionResult& result = scorecard.criteria[row];
        const std::string figure =
            result.open ? fmt::format("open, of {}", result.criterion.weight)
                        : fmt::format("{} of {}", result.points, result.criterion.weight);
        label += fmt::format("; {}: {}", result.criterion.id, figure);
        content += bar_svg({.name = result.criterion.id,
                            .figure = figure,
                            .filled = result.points,
                            .length = result.criterion.weight,
                            .whole = widest},
                           row);
    }
    return picture(label, scorecard.criteria.size(), content);
}

std::string parts_svg(const Scorecard& scorecard) {
    const std::int64_t allowed_ms = scorecard.facts.minutes_allowed * kMsPerMinute;
    std::int64_t used_ms = 0;
    for (const TimedPart& part : scorecard.parts) used_ms += part.duration_ms;
    std::string content;
    std::string label = "Time per part";
    for (std::size_t row = 0; row < scorecard.parts.size(); ++row) {
        const TimedPart& part = scorecard.parts[row];
        label += fmt::format("; {}: {}", part.name, minutes_words(part.duration_ms));
        content += bar_svg({.name = part.name,
                            .figure = minutes_words(part.duration_ms),
                            .filled = part.duration_ms,
                            .length = part.duration_ms,
                            .whole = std::max(used_ms, allowed_ms)},
                           row);
    }
    content += bar_svg({.name = "allowed",
                        .figure = minutes_words(allowed_ms),
                        .filled = 0,
                        .length = allowed_ms,
                        .whole = std::max(used_ms, allowed_ms)},
                       scorecard.parts.size());
    label += fmt::format("; allowed: {}", minutes_words(allowed_ms));
    return picture(label, scorecard.parts.size() + 1, content);
}

}  // namespace onsite
