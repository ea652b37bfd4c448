#include "exercises/1-reconciliation/checks/growth_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "exercises/1-reconciliation/checks/growth_series.hpp"
#include "harness/judging/growth.hpp"

namespace onsite::reconciliation {
namespace {

// What makes the last replies of a short series slow is as often the machine as the answer, and
// seldom comes twice: it is measured again, and the least times of both count. A longer series that
// does not explain, and would cost as much again.
constexpr double kShortSeriesNsMax = 5e9;
// Replies that take no longer even to the largest feeds are too quick to be called steep: a busy
// machine may add as much to each of them.
constexpr double kTellingNsMin = 20e6;

std::string time_at(const GrowthPoint& point) {
    return fmt::format("{:.3g} ms at {} rows", point.subject_ms, point.rows);
}

Verdict too_steep(const std::string& check, const GrowthFit& fit,
                  const std::vector<GrowthPoint>& points) {
    return failed(check, Cause::slow,
                  fmt::format("expected time to grow like O(n) or O(n log n), found about {} "
                              "(n^{:.2f}): {}, {}",
                              to_string(fit.order), fit.exponent, time_at(points.front()),
                              time_at(points.back())));
}

// Whether what was measured can be too steep at all.
bool is_telling(const std::vector<TimedSize>& sizes) {
    return std::ranges::min(sizes.back().subject_ns) >= kTellingNsMin;
}

std::string praise(const GrowthFit& fit, const GrowthSeries& series) {
    const std::uint64_t rows = series.sizes().back().rows;
    if (fit.is_too_steep) return fmt::format("too quick up to {} rows to be called steep", rows);
    const Order other = fit.order == Order::linear ? Order::linearithmic : Order::linear;
    std::string message =
        fmt::format("{} fits better than {} ({} % sure) up to {} rows", to_string(fit.order),
                    to_string(other), fit.sure_percent, rows);
    if (fit.ratio > 0) message += fmt::format("; {:.2f} times the reference's time", fit.ratio);
    if (series.has_stopped_early()) message += "; larger feeds would have taken too long";
    return message;
}

Verdict judge(const Context& context, const std::string& check, const GrowthSeries& series) {
    const std::vector<TimedSize>& sizes = series.telling_sizes();
    const std::vector<GrowthPoint> points = growth_points(sizes);
    Verdict verdict = series.fault().value_or(Verdict{});
    if (sizes.size() >= 2) {
        const GrowthFit fit = fit_growth(sizes, series.chance_of_fit());
        const std::uint64_t enough = std::min(kRowsEnough, context.job.growth_rows_max);
        const bool is_about_time = !series.fault() || series.fault()->cause == Cause::time;
        if (fit.is_too_steep && is_about_time && is_telling(sizes)) {
            verdict = too_steep(check, fit, points);
        } else if (!series.fault() && sizes.back().rows >= enough) {
            verdict = passed(check, series.measurements(), praise(fit, series));
        }
        verdict.evidence.story =
            fmt::format("time = n^{:.2f}, and at least n^{:.2f} with 97.5 % certainty\n",
                        fit.exponent, fit.exponent_low);
    }
    if (verdict.check.empty()) {
        verdict = not_run(check, "the subject is too slow to measure how its time grows");
        verdict.cause = Cause::time;
    }
    verdict.cases = series.measurements();
    verdict.evidence.growth = points;
    return verdict;
}

}  // namespace

Result<Verdict> grows_linearly(const Context& context, const std::string& check) {
    GrowthSeries series(context, check);
    if (auto done = series.run(); !done) return pass_on(done);
    Verdict verdict = judge(context, check, series);
    if (verdict.cause != Cause::slow || series.spent_ns() > kShortSeriesNsMax) return verdict;
    GrowthSeries again(context, check);
    if (auto done = again.run(); !done) return pass_on(done);
    again.add(series);
    return judge(context, check, again);
}

}  // namespace onsite::reconciliation
