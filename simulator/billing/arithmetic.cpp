#include "simulator/billing/arithmetic.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {
namespace {

__extension__ using Wide = __int128;

std::int64_t power_of_ten(int digits) {
    std::int64_t power = 1;
    for (int i = 0; i < digits; ++i) power *= 10;
    return power;
}

bool are_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

}  // namespace

std::int64_t scaled(std::int64_t value, std::int64_t numerator, std::int64_t denominator) {
    const Wide product = static_cast<Wide>(value) * numerator;
    const Wide half = denominator / 2;
    const Wide magnitude = product < 0 ? -product : product;
    Wide quotient = magnitude / denominator;
    // Compared with what is left, so that an odd denominator has no false half.
    if (magnitude % denominator >= denominator - half) ++quotient;
    return static_cast<std::int64_t>(product < 0 ? -quotient : quotient);
}

std::optional<std::int64_t> amount_of(std::int64_t unit_price, std::int64_t quantity) {
    const Wide exact = static_cast<Wide>(unit_price) * quantity;
    const Wide most = static_cast<Wide>(kAmountMax) * kUnitScale;
    if (exact > most || exact < -most) return std::nullopt;
    return scaled(unit_price, quantity, kUnitScale);
}

std::optional<std::int64_t> parse_decimal(std::string_view text, int digits) {
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view behind = point == text.npos ? "" : text.substr(point + 1);
    constexpr std::size_t kWholeDigitsMax = 10;  // With 8 behind the point they fit into 64 bits.
    if (whole.empty() || whole.size() > kWholeDigitsMax || !are_digits(whole) ||
        !are_digits(behind) || (point != text.npos && behind.empty()) ||
        behind.size() > static_cast<std::size_t>(digits)) {
        return std::nullopt;
    }
    std::string all = std::string(whole) + std::string(behind);
    all.append(static_cast<std::size_t>(digits) - behind.size(), '0');
    std::int64_t value = 0;
    const auto end = std::from_chars(all.data(), all.data() + all.size(), value);
    if (end.ec != std::errc()) return std::nullopt;
    return is_negative ? -value : value;
}

std::string decimal_text(std::int64_t value, int digits) {
    const std::int64_t unit = power_of_ten(digits);
    const std::int64_t magnitude = value < 0 ? -value : value;
    std::string text = fmt::format("{}{}", value < 0 ? "-" : "", magnitude / unit);
    if (magnitude % unit == 0) return text;
    text += fmt::format(".{:0{}}", magnitude % unit, digits);
    text.resize(text.find_last_not_of('0') + 1);
    return text;
}

std::vector<std::int64_t> allocate(std::int64_t total, std::span<const std::int64_t> weights) {
    std::vector<std::int64_t> parts(weights.size(), 0);
    Wide sum = 0;
    for (const std::int64_t weight : weights) sum += weight;
    if (sum == 0) return parts;
    std::vector<Wide> remainders(weights.size());
    std::int64_t left = total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide share = static_cast<Wide>(total) * weights[i];
        parts[i] = static_cast<std::int64_t>(share / sum);
        remainders[i] = share % sum;
        left -= parts[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](auto a, auto b) {
        return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
    });
    for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
    return parts;
}

}  // namespace onsite::simulator
