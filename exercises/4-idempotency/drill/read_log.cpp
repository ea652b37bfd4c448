// Log files as they are found later: a candidate may have edited them, so everything is checked.
#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/parse_number.hpp"
#include "exercises/4-idempotency/drill/logs.hpp"

namespace onsite::drill {
namespace {

using Json = nlohmann::ordered_json;  // Members stay as they were written.

constexpr std::size_t kMembersMax = 50;

// "2026-01-05T09:00:00.042Z"
std::optional<std::int64_t> moment_of(std::string_view text) {
    if (text.size() != 24 || text[19] != '.' || text[23] != 'Z') return std::nullopt;
    const auto seconds = parse_rfc3339(std::string(text.substr(0, 19)) + "Z");
    std::int64_t ms = 0;
    const auto [end, error] = std::from_chars(text.data() + 20, text.data() + 23, ms);
    if (!seconds || error != std::errc() || end != text.data() + 23) return std::nullopt;
    return *seconds * 1000 + ms;
}

std::optional<std::int64_t> number_of(std::string_view id) {
    if (!id.starts_with('e')) return std::nullopt;
    const auto number = parse_number<std::int64_t>(id.substr(1));
    return number && *number >= 0 ? number : std::nullopt;
}

std::string text_of(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<LogLine> read_line(Source source, std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || json.size() > kMembersMax) return std::nullopt;
    const auto number = number_of(text_of(json, "id"));
    const auto at_ms = moment_of(text_of(json, "at"));
    LogLine line{.source = source, .event = text_of(json, "event")};
    if (!number || !at_ms || line.event.empty()) return std::nullopt;
    line.number = *number;
    line.at_ms = *at_ms;
    for (const auto& [name, value] : json.items()) {
        if (name == "id" || name == "at" || name == "source" || name == "event") continue;
        if (value.is_string()) {
            line.members.emplace_back(name, value.get<std::string>());
        } else if (value.is_number_integer()) {
            line.members.emplace_back(name, value.dump());
        } else {
            return std::nullopt;
        }
    }
    return line;
}

}  // namespace

Result<std::vector<LogLine>> read_log(Source source, std::string_view text, std::string_view file) {
    std::vector<LogLine> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view one = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (one.empty()) continue;
        auto line = read_line(source, one);
        if (!line || lines.size() >= kLogLinesMax) {
            return usage_error(
                fmt::format("expected line {} of {} as the drill wrote it, found "
                            "another one; begin the drill anew with --again",
                            lines.size() + 1, file));
        }
        lines.push_back(std::move(*line));
    }
    return lines;
}

}  // namespace onsite::drill
