#include "harness/loop/loop_store.hpp"

#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file_lock.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "harness/attempt/names.hpp"
#include "harness/attempt/witness.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

fs::path loop_log_file(const fs::path& loop) { return loop / "log.jsonl"; }

Result<Loop> append_to_loop(const Loop& loop, const LoopEvent& event) {
    auto state =
        next_loop_state(loop.chain.lines > 0 ? std::optional(loop.state) : std::nullopt, event);
    if (!state) return pass_on(state);
    auto chain = append_witnessed({loop.folder, "log.jsonl"},
                                  chained_line(to_json(event), loop.chain), loop.chain);
    if (!chain) return pass_on(chain);
    return Loop{.folder = loop.folder, .state = std::move(*state), .chain = std::move(*chain)};
}

}  // namespace

Result<Loop> create_loop(const fs::path& attempts_root, LoopEvent started, Clock& clock) {
    std::error_code failure;
    fs::create_directories(attempts_root, failure);
    const fs::path root = failure ? fs::path() : fs::canonical(attempts_root, failure);
    if (failure) {
        return tool_error(
            fmt::format("cannot create {}: {}", attempts_root.string(), failure.message()));
    }
    auto lock = FileLock::take(root / ".lock");
    if (!lock) return pass_on(lock);
    const std::string name = fmt::format("{}-{}", kLoopSlug, highest_attempt(root, kLoopSlug) + 1);
    started.at_ms = clock.now_ms();
    started.is_witnessed = true;
    Result<Loop> loop;
    auto done = write_folder(root / name, [&](const fs::path& folder) -> Result<void> {
        loop = append_to_loop({.folder = folder, .state = {}, .chain = {}}, started);
        if (!loop) return pass_on(loop);
        return {};
    });
    if (!done) return pass_on(done);
    loop->folder = root / name;
    return loop;
}

Result<Loop> open_loop(const fs::path& folder) {
    std::optional<LoopState> state;
    const auto apply = [&](const Json& line, const std::string&,
                           const std::string& where) -> Result<void> {
        auto event = loop_event_from_json(line, where);
        if (!event) return pass_on(event);
        auto next = next_loop_state(state, *event);
        if (!next) return usage_error(where + ": " + next.error().message);
        state = std::move(*next);
        return {};
    };
    auto chain = read_chain(loop_log_file(folder), apply);
    if (!chain) {
        return usage_error(chain.error().message +
                           "; the log is not meant to be edited: undo the change to it, or begin "
                           "a new interview with: ./onsite loop --new");
    }
    if (!state) {
        return usage_error(
            fmt::format("{}: expected the event started, found an empty log; begin "
                        "a new interview with: ./onsite loop --new",
                        loop_log_file(folder).string()));
    }
    return Loop{.folder = folder, .state = std::move(*state), .chain = std::move(*chain)};
}

Result<std::optional<Loop>> latest_loop(const fs::path& attempts_root) {
    const int number = highest_attempt(attempts_root, kLoopSlug);
    if (number == 0) return std::optional<Loop>();
    auto loop = open_loop(attempts_root / fmt::format("{}-{}", kLoopSlug, number));
    if (!loop) return pass_on(loop);
    return std::optional(std::move(*loop));
}

Result<Loop> record_in_loop(const Loop& loop, LoopEvent event, Clock& clock) {
    auto lock = FileLock::take(loop.folder / "lock");
    if (!lock) return pass_on(lock);
    auto current = open_loop(loop.folder);
    if (!current) return current;
    event.at_ms = clock.now_ms();
    return append_to_loop(*current, event);
}

}  // namespace onsite
