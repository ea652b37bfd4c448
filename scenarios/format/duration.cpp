#include "scenarios/format/duration.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/json.hpp"

namespace onsite::scenarios {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t us;
};

// Largest first.
constexpr std::array<Unit, 6> kUnits = {{{"d", 86'400'000'000},
                                         {"h", 3'600'000'000},
                                         {"m", 60'000'000},
                                         {"s", 1'000'000},
                                         {"ms", 1'000},
                                         {"us", 1}}};

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || number < 0) return std::nullopt;
    const std::string_view name(read.ptr, static_cast<std::size_t>(end - read.ptr));
    for (const Unit& unit : kUnits) {
        if (name != unit.name) continue;
        if (number > kDurationMaxUs / unit.us) return std::nullopt;
        return number * unit.us;
    }
    return std::nullopt;
}

std::string to_duration(std::int64_t duration_us) {
    if (duration_us == 0) return "0s";
    for (const Unit& unit : kUnits) {
        if (duration_us % unit.us == 0)
            return fmt::format("{}{}", duration_us / unit.us, unit.name);
    }
    return {};
}

std::int64_t duration_or(JsonReader& reader, const char* key, std::int64_t fallback_us) {
    if (!reader.has(key)) {
        reader.text_or(key, "");  // Asked for, so that it is a known key.
        return fallback_us;
    }
    const std::string text = reader.text(key);
    if (const auto duration = parse_duration(text)) return *duration;
    reader.complain(
        key, fmt::format("expected a duration such as \"250ms\", \"2s\" or \"72h\", found \"{}\"",
                         text));
    return fallback_us;
}

}  // namespace onsite::scenarios
