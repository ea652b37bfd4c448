#include "harness/attempt/log.hpp"

#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLogBytesMax = 64 << 20;

fs::path log_file(const fs::path& attempt) { return tool_folder(attempt) / "log.jsonl"; }

Result<std::string> read_log_text(const fs::path& attempt) {
    std::error_code failure;
    if (!fs::is_regular_file(log_file(attempt), failure)) {
        return usage_error(fmt::format(
            "{} is not an attempt: expected its log .onsite/log.jsonl, found none; restore it or "
            "begin a new one with: onsite start",
            attempt.string()));
    }
    return read_file(log_file(attempt), kLogBytesMax);
}

Result<AttemptState> apply_line(const std::optional<AttemptState>& before, std::string_view line,
                                const std::string& where) {
    auto json = parse_json(line, where);
    if (!json) return pass_on(json);
    auto event = event_from_json(*json, where);
    if (!event) return pass_on(event);
    auto state = next_state(before, *event);
    if (!state) return usage_error(where + ": " + state.error().message);
    return state;
}

}  // namespace

fs::path tool_folder(const fs::path& attempt) { return attempt / ".onsite"; }

Result<FileLock> lock_attempt(const fs::path& attempt) {
    return FileLock::take(tool_folder(attempt) / "lock");
}

Result<AttemptState> read_log(const fs::path& attempt) {
    auto text = read_log_text(attempt);
    if (!text) return pass_on(text);
    std::optional<AttemptState> state;
    std::string_view rest = *text;
    for (int number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        if (end == rest.npos) break;
        const auto where = fmt::format("{}: line {}", log_file(attempt).string(), number);
        auto next = apply_line(state, rest.substr(0, end), where);
        if (!next) {
            return usage_error(next.error().message +
                               "; the log is not meant to be edited: undo the change to it, or "
                               "begin a new attempt with: onsite start");
        }
        state = std::move(*next);
        rest.remove_prefix(end + 1);
    }
    if (state) return *state;
    return usage_error(fmt::format(
        "{}: expected the event started, found an empty log; begin a new attempt with: onsite "
        "start",
        log_file(attempt).string()));
}

Result<void> append_event(const fs::path& attempt, const Event& event) {
    const fs::path file = log_file(attempt);
    std::error_code failure;
    if (fs::exists(file, failure)) {
        auto text = read_file(file, kLogBytesMax);
        if (!text) return pass_on(text);
        const std::size_t whole = text->rfind('\n') + 1;  // npos + 1 is 0.
        if (whole != text->size()) fs::resize_file(file, whole, failure);
        if (failure) {
            return tool_error(fmt::format("cannot mend {}: {}", file.string(), failure.message()));
        }
    }
    return append_line(file, to_text(to_json(event)));
}

}  // namespace onsite
