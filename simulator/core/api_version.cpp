#include "simulator/core/api_version.hpp"

#include "base/ascii.hpp"

namespace onsite::simulator {

std::optional<ApiVersion> parse_api_version(std::string_view text) {
    constexpr std::string_view kPattern = "dddd-dd-dd";
    constexpr std::int32_t kFirst = 20110000;
    if (text.size() < kPattern.size()) return std::nullopt;
    std::int32_t day = 0;
    for (std::size_t i = 0; i < kPattern.size(); ++i) {
        const bool fits = kPattern[i] == 'd' ? is_digit(text[i]) : text[i] == kPattern[i];
        if (!fits) return std::nullopt;
        if (is_digit(text[i])) day = day * 10 + (text[i] - '0');
    }
    // Behind it a name, or the names of previews.
    const std::string_view rest = text.substr(kPattern.size());
    const bool is_named = rest.empty() || (rest.size() > 1 && (rest[0] == '.' || rest[0] == ';'));
    const std::int32_t month = day / 100 % 100;
    const std::int32_t date = day % 100;
    const bool is_day = month >= 1 && month <= 12 && date >= 1 && date <= 31;
    if (!is_named || day < kFirst || !is_day) return std::nullopt;
    return ApiVersion{day};
}

}  // namespace onsite::simulator
