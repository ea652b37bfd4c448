#include "harness/attempt/read_events.hpp"

#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "harness/attempt/log.hpp"

namespace onsite {

namespace {

constexpr std::uint64_t kEventsBytesMax = 64 << 20;

}  // namespace

Result<std::vector<Event>> read_events(const Attempt& attempt) {
    const std::filesystem::path file = tool_folder(attempt.folder) / "log.jsonl";
    auto text = read_file(file, kEventsBytesMax);
    if (!text) return pass_on(text);
    std::vector<Event> events;
    std::string_view rest = *text;
    for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
        const auto where = fmt::format("{}: line {}", file.string(), events.size() + 1);
        auto json = parse_json(rest.substr(0, end), where);
        if (!json) return pass_on(json);
        auto event = event_from_json(*json, where);
        if (!event) return pass_on(event);
        events.push_back(std::move(*event));
        rest.remove_prefix(end + 1);
    }
    return events;
}

}  // namespace onsite
