#include "exercises/2-invoicing/checks/duration.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string>

namespace onsite::invoicing {
namespace {

// 0 for a word that is no unit.
std::int64_t seconds_of_unit(std::string_view word) {
    struct Unit {
        std::int64_t seconds;
        std::initializer_list<std::string_view> words;
    };
    static const Unit kUnits[] = {{1, {"s", "sec", "second", "seconds"}},
                                  {60, {"m", "min", "minute", "minutes"}},
                                  {3'600, {"h", "hour", "hours"}},
                                  {86'400, {"d", "day", "days"}}};
    for (const Unit& unit : kUnits) {
        if (std::ranges::find(unit.words, word) != unit.words.end()) return unit.seconds;
    }
    return 0;
}

// "3,000,000" without its commas, when they stand before every three digits.
std::string without_commas(std::string_view digits) {
    std::string all;
    std::size_t left = digits.size();
    for (const char digit : digits) {
        const bool is_comma_place = left % 4 == 0 && left < digits.size();
        --left;
        if ((digit == ',') != is_comma_place) return std::string(digits);
        if (digit != ',') all.push_back(digit);
    }
    return all;
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
    constexpr std::int64_t kSecondsMax = std::int64_t{10} * 366 * 86'400;
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string_view word = text.substr(digits);
    if (word.starts_with(' ')) word.remove_prefix(1);
    const std::int64_t unit = seconds_of_unit(word);
    if (unit == 0) return std::nullopt;
    std::int64_t count = 0;
    const char* end = text.data() + digits;
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
    if (part.text.find(',') != std::string::npos) part.text = without_commas(part.text);
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
