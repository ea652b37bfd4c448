#include "exercises/2-invoicing/checks/duration.hpp"

#include <charconv>
#include <string>

namespace onsite::invoicing {

std::optional<std::int64_t> parse_duration(std::string_view text) {
    constexpr std::int64_t kSecondsMax = std::int64_t{10} * 366 * 86'400;
    if (text.size() < 2) return std::nullopt;
    std::int64_t unit = 0;
    switch (text.back()) {
        case 's':
            unit = 1;
            break;
        case 'm':
            unit = 60;
            break;
        case 'h':
            unit = 3'600;
            break;
        case 'd':
            unit = 86'400;
            break;
        default:
            return std::nullopt;
    }
    std::int64_t count = 0;
    const char* end = text.data() + text.size() - 1;
    const auto [stopped, problem] = std::from_chars(text.data(), end, count);
    const bool is_whole = problem == std::errc() && stopped == end;
    if (!is_whole || count < 0 || count > kSecondsMax / unit) return std::nullopt;
    return count * unit;
}

std::optional<double> decimal(const YamlNode* node) {
    constexpr std::int64_t kMax = 1'000'000'000'000'000;
    constexpr std::size_t kDecimalsMax = 6;
    if (node == nullptr || !node->is_scalar() || node->is_quoted) return std::nullopt;
    const std::size_t point = node->text.find('.');
    YamlNode part{.kind = YamlKind::scalar, .text = node->text.substr(0, point)};
    const auto whole = part.integer();
    if (!whole || *whole >= kMax || *whole <= -kMax || part.text.starts_with('-')) {
        return std::nullopt;
    }
    auto value = static_cast<double>(*whole);
    if (point == std::string::npos) return value;
    const std::string decimals = node->text.substr(point + 1);
    if (decimals.empty() || decimals.size() > kDecimalsMax) return std::nullopt;
    double unit = 1;
    for (const char digit : decimals) {
        if (digit < '0' || digit > '9') return std::nullopt;
        unit /= 10;
        value += (digit - '0') * unit;
    }
    return value;
}

}  // namespace onsite::invoicing
