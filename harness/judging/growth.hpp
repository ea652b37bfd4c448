// How a subject's time grows with its input, told from repeated measurements that are noisy.
//
// Two questions are kept apart. Which order fits best, and how sure is that? A report says so. And
// is the growth clearly above n log n? Only that costs the criterion: the lower bound of the
// exponent has to be too steep, by itself and beside the reference that was measured in the same
// minutes, so that caches, garbage collectors and busy neighbours are never punished.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/rng.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite {

// What was measured at one size; the i-th times of both were taken one after the other.
struct TimedSize {
    std::uint64_t rows = 0;
    std::vector<double> subject_ns;
    std::vector<double> reference_ns;  // Empty when there is no reference.
};

enum class Order { linear, linearithmic, three_halves, quadratic };
// "O(n)", "O(n log n)", "O(n^1.5)", "O(n^2)".
std::string_view to_string(Order order);

struct GrowthFit {
    // The order whose t = a + b g(n) fits better: n or n log n, or n^1.5 or n^2 when it is too
    // steep.
    Order order = Order::linear;
    int sure_percent = 0;       // In so many of 100 resamplings it fits better.
    double exponent = 0;        // Of t = n^exponent, over the last two decades of sizes.
    double exponent_low = 0;    // The exponent is at least this in 97.5 % of the resamplings.
    bool is_too_steep = false;  // Clearly above O(n log n).
    double ratio = 0;           // Subject / reference at the largest size; 0 without reference.
};

// REQUIRES: at least two sizes in rising order, each with at least one positive time.
// The same rng gives the same fit. Complexity: resamplings * measurements.
GrowthFit fit_growth(std::span<const TimedSize> sizes, Rng rng);

// Whether it is too steep and an answer takes so long already, a tenth of a second, that larger
// sizes would only cost time. REQUIRES and complexity as of fit_growth.
bool stays_too_steep(std::span<const TimedSize> sizes, Rng rng);

// Medians, as the table of a verdict.
std::vector<GrowthPoint> growth_points(std::span<const TimedSize> sizes);

// How long the next size may take when it goes on like the last decade of sizes, never below
// linear. REQUIRES: sizes is not empty.
double predict_ns(std::span<const TimedSize> sizes, std::uint64_t next_rows);

}  // namespace onsite
