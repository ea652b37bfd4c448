// Growth is told from noisy times, and noise must never cost anything. The times here are made from
// a formula and a seed: hundreds of series, no clock.

#include "harness/judging/growth.hpp"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

namespace onsite {
namespace {

constexpr int kSeeds = 100;

// A time in nanoseconds for n rows, without noise.
using Formula = std::function<double(double)>;

// What disturbs one measurement: a factor.
using Noise = std::function<double(Rng&)>;

double unit(Rng& rng) { return static_cast<double>(rng.below(1'000'000)) / 1e6; }

double no_noise(Rng&) { return 1; }
// Up to 30 % slower or faster.
double thirty_percent(Rng& rng) { return 0.7 + 0.6 * unit(rng); }
// A collector that stops the world: one measurement in ten takes ten times longer.
double collector(Rng& rng) { return thirty_percent(rng) * (rng.below(10) == 0 ? 10 : 1); }

struct Scenario {
    Formula subject;
    Noise noise = no_noise;
    std::uint64_t rows_max = 1'000'000;
    int repeats = 5;
    bool has_reference = true;
};

double linear(double n) { return 200'000 + 500 * n; }

std::vector<TimedSize> series(const Scenario& scenario, std::uint64_t seed) {
    Rng rng(seed);
    std::vector<TimedSize> sizes;
    for (const double rows : {300., 1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6}) {
        TimedSize size{
            .rows = static_cast<std::uint64_t>(rows), .subject_ns = {}, .reference_ns = {}};
        if (size.rows > scenario.rows_max) break;
        for (int i = 0; i < scenario.repeats; ++i) {
            size.subject_ns.push_back(scenario.subject(rows) * scenario.noise(rng));
            if (!scenario.has_reference) continue;
            size.reference_ns.push_back(linear(rows) * scenario.noise(rng));
        }
        sizes.push_back(std::move(size));
    }
    return sizes;
}

// In how many of kSeeds series the growth is called too steep.
int count_too_steep(const Scenario& scenario) {
    int count = 0;
    for (int seed = 0; seed < kSeeds; ++seed) {
        const auto sizes = series(scenario, static_cast<std::uint64_t>(seed));
        count += fit_growth(sizes, Rng(1)).is_too_steep;
    }
    return count;
}

double linearithmic(double n) { return 200'000 + 30 * n * std::log2(n); }
double three_halves(double n) { return 200'000 + 500 * n + 20 * n * std::sqrt(n); }
double quadratic(double n) { return 200'000 + 500 * n + n * n; }

TEST(GrowthTest, NoiseIsNeverPunished) {
    EXPECT_EQ(count_too_steep({.subject = linear, .noise = thirty_percent}), 0);
    EXPECT_EQ(count_too_steep({.subject = linearithmic, .noise = thirty_percent}), 0);
    EXPECT_EQ(count_too_steep({.subject = linearithmic, .noise = thirty_percent, .repeats = 3}), 0);
    EXPECT_EQ(
        count_too_steep(
            {.subject = linearithmic, .noise = thirty_percent, .rows_max = 10'000, .repeats = 3}),
        0);
}

TEST(GrowthTest, CollectorsAreNeverPunished) {
    EXPECT_EQ(count_too_steep({.subject = linear, .noise = collector}), 0);
    EXPECT_EQ(count_too_steep({.subject = linearithmic, .noise = collector, .repeats = 3}), 0);
}

TEST(GrowthTest, CachesAreNeverPunished) {
    // A row costs five times more once the feeds no longer fit into the caches, for everybody.
    const auto out_of_cache = [](double n) {
        return linear(n) * (1 + 4 * std::min(1.0, n / 300'000));
    };
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        auto sizes = series({.subject = out_of_cache, .noise = thirty_percent}, seed);
        const auto others = series({.subject = out_of_cache, .noise = thirty_percent}, seed + 1000);
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            sizes[i].reference_ns = others[i].subject_ns;
        }
        EXPECT_FALSE(fit_growth(sizes, Rng(1)).is_too_steep) << "seed " << seed;
    }
}

TEST(GrowthTest, TreesThatOutgrowTheCacheAreNotPunished) {
    // A balanced tree costs log n steps a row, and a step ten times more when it misses the caches.
    const Formula tree = [](double n) {
        const double step_ns = 5 * (1 + 9 * std::min(1.0, n / 1'000'000));
        return 200'000 + n * (500 + step_ns * std::log2(n));
    };
    EXPECT_EQ(count_too_steep({.subject = tree, .noise = thirty_percent}), 0);
}

// Doubt speaks for the subject, so out of a hundred steep series in heavy noise one may get away.
constexpr int kNearlyAllSeeds = kSeeds * 97 / 100;

TEST(GrowthTest, QuadraticIsTooSteepInAnyNoise) {
    EXPECT_GE(count_too_steep({.subject = quadratic, .noise = thirty_percent}), kNearlyAllSeeds);
    EXPECT_GE(count_too_steep({.subject = quadratic, .noise = collector}), kNearlyAllSeeds);
    // As far as a slow language gets in its time, and without a reference.
    EXPECT_GE(count_too_steep({.subject = [](double n) { return 1e6 + 50 * n * n; },
                               .noise = thirty_percent,
                               .rows_max = 10'000,
                               .repeats = 3,
                               .has_reference = false}),
              kNearlyAllSeeds);
}

// Three replies of four wait behind other programs, which hides how quick an answer is with few
// rows.
double on_a_busy_machine(double ns, Rng& rng) {
    return rng.below(3) == 0 ? ns : ns + 5e6 + 15e6 * unit(rng);
}

TEST(GrowthTest, QuadraticIsSeenOnABusyMachine) {
    int seen = 0;
    for (int seed = 0; seed < kSeeds; ++seed) {
        Rng rng(static_cast<std::uint64_t>(seed));
        std::vector<TimedSize> sizes;
        for (const double rows : {300., 1e3, 3e3, 1e4}) {
            TimedSize size{
                .rows = static_cast<std::uint64_t>(rows), .subject_ns = {}, .reference_ns = {}};
            const int repeats = rows < 3e3 ? 20 : 5;  // What takes long is asked less often.
            for (int i = 0; i < repeats; ++i) {
                size.subject_ns.push_back(on_a_busy_machine(linear(rows) + 5 * rows * rows, rng));
                size.reference_ns.push_back(on_a_busy_machine(linear(rows), rng));
            }
            sizes.push_back(std::move(size));
        }
        if (fit_growth(sizes, Rng(1)).is_too_steep) ++seen;
    }
    EXPECT_GE(seen, kSeeds * 9 / 10);
}

TEST(GrowthTest, QuadraticPartOfAHundredthIsSeen) {
    const Formula hidden = [](double n) { return 200'000 + 500 * n + 0.01 * n * n; };
    EXPECT_GE(count_too_steep({.subject = hidden, .noise = thirty_percent}), kNearlyAllSeeds);
}

TEST(GrowthTest, ThreeHalvesIsTooSteep) {
    EXPECT_GE(count_too_steep({.subject = three_halves, .noise = thirty_percent}), kNearlyAllSeeds);
}

TEST(GrowthTest, NamesTheOrderThatFitsAndHowSureItIs) {
    const auto order_of = [](const Formula& formula) {
        return fit_growth(series({.subject = formula}, 1), Rng(1));
    };
    EXPECT_EQ(order_of(linear).order, Order::linear);
    EXPECT_EQ(order_of(linear).sure_percent, 100);
    EXPECT_EQ(order_of(linearithmic).order, Order::linearithmic);
    EXPECT_EQ(order_of(three_halves).order, Order::three_halves);
    EXPECT_EQ(order_of(quadratic).order, Order::quadratic);
    EXPECT_NEAR(order_of(quadratic).exponent, 2, 0.05);
    const auto noisy = fit_growth(
        series({.subject = linearithmic, .noise = thirty_percent, .repeats = 3}, 3), Rng(1));
    EXPECT_LT(noisy.sure_percent, 100) << "noise leaves a doubt";
    EXPECT_GE(noisy.sure_percent, 0);
}

TEST(GrowthTest, RatioIsThatOfPairs) {
    std::vector<TimedSize> sizes = {
        {.rows = 10, .subject_ns = {1, 1, 1}, .reference_ns = {1, 1, 1}},
        {.rows = 100, .subject_ns = {20, 30, 90}, .reference_ns = {10, 10, 90}}};
    EXPECT_DOUBLE_EQ(fit_growth(sizes, Rng(1)).ratio, 2);
    for (TimedSize& size : sizes) size.reference_ns.clear();
    EXPECT_DOUBLE_EQ(fit_growth(sizes, Rng(1)).ratio, 0);
}

TEST(GrowthTest, SameSeedGivesTheSameFit) {
    const auto sizes = series({.subject = linearithmic, .noise = thirty_percent}, 7);
    const GrowthFit one = fit_growth(sizes, Rng(5));
    const GrowthFit other = fit_growth(sizes, Rng(5));
    EXPECT_EQ(one.sure_percent, other.sure_percent);
    EXPECT_DOUBLE_EQ(one.exponent_low, other.exponent_low);
}

TEST(GrowthTest, ForeseesTheNextSize) {
    const auto upto_10_000 = [](const Formula& formula) {
        return series({.subject = formula, .rows_max = 10'000}, 1);
    };
    const Formula pure_linear = [](double n) { return 100 * n; };
    const Formula pure_quadratic = [](double n) { return 100 * n * n; };
    EXPECT_NEAR(predict_ns(upto_10_000(pure_linear), 30'000), 3e6, 1e3);
    EXPECT_NEAR(predict_ns(upto_10_000(pure_quadratic), 30'000), 9e10, 1e8);
    const Formula constant = [](double) { return 1000.; };
    EXPECT_GE(predict_ns(upto_10_000(constant), 20'000), 2000.) << "never below linear";
}

TEST(GrowthTest, StaysTooSteepWhenItIsAndAnswersAreSlow) {
    const auto stays = [](const Formula& formula, std::uint64_t rows_max) {
        return stays_too_steep(series({.subject = formula, .rows_max = rows_max}, 1), Rng(1));
    };
    const Formula slow_quadratic = [](double n) { return 20 * n * n; };
    const Formula slow_linear = [](double n) { return 1e6 * n; };
    EXPECT_TRUE(stays(slow_quadratic, 10'000)) << "two seconds for an answer";
    EXPECT_FALSE(stays(slow_quadratic, 1'000)) << "20 ms: another size costs little and shows more";
    EXPECT_FALSE(stays(slow_linear, 10'000)) << "a second for an answer, and as it should grow";
}

TEST(GrowthTest, TableHasMedians) {
    const std::vector<TimedSize> sizes = {
        {.rows = 10, .subject_ns = {9e6, 1e6, 2e6}, .reference_ns = {1e6, 3e6}}};
    const auto points = growth_points(sizes);
    ASSERT_EQ(points.size(), 1u);
    EXPECT_EQ(points[0].rows, 10u);
    EXPECT_DOUBLE_EQ(points[0].subject_ms, 2);
    EXPECT_DOUBLE_EQ(points[0].reference_ms, 2);
}

}  // namespace
}  // namespace onsite
