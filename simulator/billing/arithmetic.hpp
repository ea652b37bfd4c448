// Exact arithmetic of bills: integers only, each rounding has a name and happens once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace onsite::simulator {

// Percentages are kept in ten-thousandths of a percent: 25.5 % is 255,000.
inline constexpr int kPercentDigits = 4;
inline constexpr std::int64_t kPercentWhole = 1'000'000;

// Prices of one unit are kept in hundred-millionths of the minor unit: 0.02925 cents fit.
inline constexpr int kUnitDigits = 8;
inline constexpr std::int64_t kUnitScale = 100'000'000;
// Units that one line of a bill may have.
inline constexpr std::int64_t kQuantityMax = 1'000'000;

// value * numerator / denominator, half away from zero: what Stripe calls rounding half up.
// REQUIRES: denominator > 0, and a result that fits. The product may need 128 bits.
std::int64_t scaled(std::int64_t value, std::int64_t numerator, std::int64_t denominator);

// That many units at this price (kUnitDigits), rounded once; nothing when it exceeds kAmountMax.
std::optional<std::int64_t> amount_of(std::int64_t unit_price, std::int64_t quantity);

// "12.5" with 4 digits is 125,000. Nothing for what is no decimal number, has more digits behind
// the point, or does not fit. Negative numbers are read.
std::optional<std::int64_t> parse_decimal(std::string_view text, int digits);
// The other way, without needless zeros: "12.5".
std::string decimal_text(std::int64_t value, int digits);

// Splits `total` in proportion to the weights; the parts sum to it. What rounding leaves goes to
// the largest remainders, the first ones among equals. All zero when the weights are.
// REQUIRES: total >= 0, weights >= 0. Complexity: O(n log n).
std::vector<std::int64_t> allocate(std::int64_t total, std::span<const std::int64_t> weights);

}  // namespace onsite::simulator
