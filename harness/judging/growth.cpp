#include "harness/judging/growth.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace onsite {
namespace {

constexpr int kResamplings = 200;
constexpr double kLowQuantile = 0.025;
// n log n has a slope of 1.09 between 10^4 and 10^6, a walk out of the caches up to 1.25.
constexpr double kExponentMax = 1.3;
// No cache is that steep: such growth needs no reference to be called what it is.
constexpr double kExponentBeyondDoubt = 1.6;
// A small quadratic part shows only at the end, where fewer points make the slope less sure.
constexpr double kLastDecadeExponentMax = 1.5;
// How much steeper than the reference: n^1.5 beside n has 0.5.
constexpr double kExcessMax = 0.2;
constexpr double kDecade = 10.5;  // A little more than ten: sizes are rounded.

// What is steep enough to fail is told apart from what is not by slopes; a fit only picks the
// better name of two.
using Pair = std::array<Order, 2>;
constexpr Pair kAllowed = {Order::linear, Order::linearithmic};
constexpr Pair kTooSteep = {Order::three_halves, Order::quadratic};

double grown(Order order, double n) {
    switch (order) {
        case Order::linear:
            return n;
        case Order::linearithmic:
            return n * std::log2(std::max(n, 2.0));
        case Order::three_halves:
            return n * std::sqrt(n);
        case Order::quadratic:
            return n * n;
    }
    std::abort();
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1) return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

// The least: what disturbs a measurement makes it slower, never faster.
double undisturbed(std::vector<double> values) { return std::ranges::min(values); }

// One time for each size.
struct Curve {
    std::vector<double> rows;
    std::vector<double> ns;
};

// `one` makes one time of all that were measured: median or undisturbed.
Curve curve_of(std::span<const TimedSize> sizes, double (*one)(std::vector<double>)) {
    Curve curve;
    for (const TimedSize& size : sizes) {
        if (size.subject_ns.empty()) continue;
        curve.rows.push_back(static_cast<double>(size.rows));
        curve.ns.push_back(one(size.subject_ns));
    }
    return curve;
}

Curve resampled(std::span<const TimedSize> sizes, std::vector<double> TimedSize::*series,
                Rng& rng) {
    Curve curve;
    for (const TimedSize& size : sizes) {
        const std::vector<double>& times = size.*series;
        if (times.empty()) continue;
        std::vector<double> drawn(times.size());
        for (double& time : drawn) time = times[rng.below(times.size())];
        curve.rows.push_back(static_cast<double>(size.rows));
        curve.ns.push_back(undisturbed(std::move(drawn)));
    }
    return curve;
}

// The sum of squared relative errors of the best t = a + b g(n) with a >= 0. Relative, because the
// noise of a measurement grows with what is measured.
double misfit(Order order, const Curve& curve) {
    double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
    for (std::size_t i = 0; i < curve.rows.size(); ++i) {
        const double x = grown(order, curve.rows[i]);
        const double weight = 1 / (curve.ns[i] * curve.ns[i]);
        w += weight;
        wx += weight * x;
        wy += weight * curve.ns[i];
        wxx += weight * x * x;
        wxy += weight * x * curve.ns[i];
    }
    const double spread = w * wxx - wx * wx;
    double b = spread > 0 ? (w * wxy - wx * wy) / spread : 0;
    double a = (wy - b * wx) / w;
    if (a < 0) {
        a = 0;
        b = wxy / wxx;
    }
    double sum = 0;
    for (std::size_t i = 0; i < curve.rows.size(); ++i) {
        const double error = (a + b * grown(order, curve.rows[i])) / curve.ns[i] - 1;
        sum += error * error;
    }
    return sum;
}

Order better_order(const Pair& orders, const Curve& curve) {
    return misfit(orders[0], curve) <= misfit(orders[1], curve) ? orders[0] : orders[1];
}

// The least-squares slope of log t over log n, of the sizes that are at least largest / span.
double slope(const Curve& curve, double span) {
    double count = 0, x_sum = 0, y_sum = 0, xx_sum = 0, xy_sum = 0;
    for (std::size_t i = 0; i < curve.rows.size(); ++i) {
        if (curve.rows[i] * span < curve.rows.back()) continue;
        const double x = std::log(curve.rows[i]);
        const double y = std::log(curve.ns[i]);
        count += 1;
        x_sum += x;
        y_sum += y;
        xx_sum += x * x;
        xy_sum += x * y;
    }
    const double spread = count * xx_sum - x_sum * x_sum;
    return spread > 0 ? (count * xy_sum - x_sum * y_sum) / spread : 0;
}

Curve quotient(const Curve& subject, const Curve& reference) {
    Curve curve = subject;
    for (std::size_t i = 0; i < curve.ns.size(); ++i) curve.ns[i] /= reference.ns[i];
    return curve;
}

double low_quantile(std::vector<double> values) {
    const auto place = static_cast<std::size_t>(static_cast<double>(values.size()) * kLowQuantile);
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(place));
    return values[place];
}

// The slopes of the resampled curves, over two decades and over the last one.
struct Slopes {
    std::vector<double> both, last, both_excess, last_excess;
};

bool is_too_steep(const Slopes& slopes) {
    const auto exceeds_reference = [](const std::vector<double>& excess) {
        return excess.empty() || low_quantile(excess) > kExcessMax;
    };
    const double both = low_quantile(slopes.both);
    if (both > kExponentBeyondDoubt) return true;
    return (both > kExponentMax && exceeds_reference(slopes.both_excess)) ||
           (low_quantile(slopes.last) > kLastDecadeExponentMax &&
            exceeds_reference(slopes.last_excess));
}

double paired_ratio(const TimedSize& size) {
    std::vector<double> ratios;
    const std::size_t pairs = std::min(size.subject_ns.size(), size.reference_ns.size());
    for (std::size_t i = 0; i < pairs; ++i) {
        ratios.push_back(size.subject_ns[i] / size.reference_ns[i]);
    }
    return ratios.empty() ? 0 : median(std::move(ratios));
}

}  // namespace

std::string_view to_string(Order order) {
    switch (order) {
        case Order::linear:
            return "O(n)";
        case Order::linearithmic:
            return "O(n log n)";
        case Order::three_halves:
            return "O(n^1.5)";
        case Order::quadratic:
            return "O(n^2)";
    }
    std::abort();
}

GrowthFit fit_growth(std::span<const TimedSize> sizes, Rng rng) {
    const bool has_reference = std::ranges::none_of(
        sizes, [](const TimedSize& size) { return size.reference_ns.empty(); });
    std::vector<Curve> curves;
    Slopes slopes;
    for (int i = 0; i < kResamplings; ++i) {
        curves.push_back(resampled(sizes, &TimedSize::subject_ns, rng));
        slopes.both.push_back(slope(curves.back(), kDecade * kDecade));
        slopes.last.push_back(slope(curves.back(), kDecade));
        if (!has_reference) continue;
        const Curve reference = resampled(sizes, &TimedSize::reference_ns, rng);
        const Curve excess = quotient(curves.back(), reference);
        slopes.both_excess.push_back(slope(excess, kDecade * kDecade));
        slopes.last_excess.push_back(slope(excess, kDecade));
    }
    const Curve measured = curve_of(sizes, undisturbed);
    GrowthFit fit;
    fit.is_too_steep = is_too_steep(slopes);
    const Pair& orders = fit.is_too_steep ? kTooSteep : kAllowed;
    fit.order = better_order(orders, measured);
    const auto agreeing = std::ranges::count_if(
        curves, [&](const Curve& curve) { return better_order(orders, curve) == fit.order; });
    fit.sure_percent = static_cast<int>(agreeing * 100 / kResamplings);
    fit.exponent = slope(measured, kDecade * kDecade);
    fit.exponent_low = low_quantile(slopes.both);
    fit.ratio = paired_ratio(sizes.back());
    return fit;
}

bool stays_too_steep(std::span<const TimedSize> sizes, Rng rng) {
    constexpr double kLongNs = 100e6;
    return curve_of(sizes, median).ns.back() > kLongNs && fit_growth(sizes, rng).is_too_steep;
}

std::vector<GrowthPoint> growth_points(std::span<const TimedSize> sizes) {
    std::vector<GrowthPoint> points;
    for (const TimedSize& size : sizes) {
        const auto ms = [](const std::vector<double>& ns) {
            return ns.empty() ? 0 : median(ns) / 1e6;
        };
        points.push_back({.rows = size.rows,
                          .subject_ms = ms(size.subject_ns),
                          .reference_ms = ms(size.reference_ns)});
    }
    return points;
}

double predict_ns(std::span<const TimedSize> sizes, std::uint64_t next_rows) {
    const Curve curve = curve_of(sizes, median);
    const double exponent = std::max(1.0, slope(curve, kDecade));
    return curve.ns.back() * std::pow(static_cast<double>(next_rows) / curve.rows.back(), exponent);
}

}  // namespace onsite
