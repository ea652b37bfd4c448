#include "harness/attempt/log.hpp"

#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "harness/attempt/attempt.hpp"
#include "harness/attempt/witness.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

fs::path log_file(const fs::path& attempt) { return tool_folder(attempt) / "log.jsonl"; }

Result<void> expect_a_log(const fs::path& attempt) {
    std::error_code failure;
    if (fs::is_regular_file(log_file(attempt), failure)) return {};
    return usage_error(fmt::format(
        "{} is not an attempt: expected its log .onsite/log.jsonl, found none; restore it or "
        "begin a new one with: ./onsite start",
        attempt.string()));
}

}  // namespace

fs::path tool_folder(const fs::path& attempt) { return attempt / ".onsite"; }

fs::path sealed_folder(const fs::path& attempt) { return tool_folder(attempt) / "sealed"; }

Result<FileLock> lock_attempt(const fs::path& attempt) {
    return FileLock::take(tool_folder(attempt) / "lock");
}

Result<AttemptLog> read_log(const fs::path& attempt, const OnEvent& on_event) {
    if (auto there = expect_a_log(attempt); !there) return pass_on(there);
    std::optional<AttemptState> state;
    const auto apply = [&](const Json& line, const std::string& hash,
                           const std::string& where) -> Result<void> {
        auto event = event_from_json(line, where);
        if (!event) return pass_on(event);
        auto next = next_state(state, *event);
        if (!next) return usage_error(where + ": " + next.error().message);
        state = std::move(*next);
        if (on_event) on_event(*event, hash);
        return {};
    };
    auto chain = read_chain(log_file(attempt), apply);
    // A disk or a permission that fails accuses nobody of an edit.
    if (!chain && chain.error().kind == ErrorKind::tool) return pass_on(chain);
    if (!chain) {
        return usage_error(
            fmt::format("{}; {}: undo the change to it, or begin a new attempt "
                        "with: ./onsite start",
                        chain.error().message, kEditedLog));
    }
    if (state) return AttemptLog{.state = std::move(*state), .chain = std::move(*chain)};
    return usage_error(fmt::format(
        "{}: expected the event started, found an empty log; begin a new attempt with: onsite "
        "start",
        log_file(attempt).string()));
}

Result<Chain> append_line_of(const fs::path& attempt, const std::string& line, const Chain& after) {
    return append_witnessed({tool_folder(attempt), "log.jsonl"}, line, after);
}

Result<Chain> append_event(const fs::path& attempt, const Event& event, const Chain& after) {
    return append_line_of(attempt, chained_line(to_json(event), after), after);
}

}  // namespace onsite
