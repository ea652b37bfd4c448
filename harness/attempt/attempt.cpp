#include "harness/attempt/attempt.hpp"

#include <algorithm>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "base/parse_number.hpp"
#include "harness/attempt/log.hpp"
#include "harness/attempt/names.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

// A link could lead to a file that only the one who grades may read.
Result<std::string> read_own_file(const fs::path& file) {
    std::error_code failure;
    const fs::file_status status = fs::symlink_status(file, failure);
    if (status.type() == fs::file_type::not_found) {
        return usage_error(fmt::format(
            "expected the answer in {}, found no such file; restore it from the starter",
            file.string()));
    }
    if (status.type() != fs::file_type::regular) {
        return usage_error(
            fmt::format("expected {} to be a regular file; replace it by one", file.string()));
    }
    return read_file(file, kAnswerBytesMax);
}

}  // namespace

int attempt_number(std::string_view folder_name, std::string_view slug) {
    if (!folder_name.starts_with(slug)) return 0;
    folder_name.remove_prefix(slug.size());
    if (!folder_name.starts_with('-')) return 0;
    folder_name.remove_prefix(1);
    return std::max(0, parse_number<int>(folder_name).value_or(0));
}

int highest_attempt(const fs::path& attempts_root, std::string_view slug) {
    int highest = 0;
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(attempts_root, failure)) {
        highest = std::max(highest, attempt_number(entry.path().filename().string(), slug));
    }
    return highest;
}

Result<std::vector<LoggedEvent>> read_logged_events(const Attempt& attempt) {
    std::vector<LoggedEvent> events;
    auto log = read_log(attempt.folder, [&](const Event& event, const std::string& line_hash) {
        events.push_back({event, line_hash});
    });
    if (!log) return pass_on(log);
    return events;
}

Result<Attempt> open_attempt(const fs::path& folder) {
    auto log = read_log(folder);
    if (!log) return pass_on(log);
    std::error_code failure;
    const fs::path absolute = fs::weakly_canonical(folder, failure);
    return Attempt{.folder = failure ? folder : absolute,
                   .state = std::move(log->state),
                   .chain = std::move(log->chain)};
}

Result<AttemptList> list_attempts(const fs::path& attempts_root) {
    AttemptList list;
    auto entries = entries_of(attempts_root);
    if (!entries) return pass_on(entries);
    std::error_code gone;
    for (const fs::directory_entry& entry : *entries) {
        const std::string name = entry.path().filename().string();
        if (!entry.is_directory(gone) || name.starts_with('.')) continue;
        if (attempt_number(name, kLoopSlug) > 0) continue;  // A whole interview, not a section.
        auto attempt = open_attempt(entry.path());
        if (attempt) {
            list.attempts.push_back(std::move(*attempt));
        } else {
            list.problems.push_back(std::move(attempt.error()));
        }
    }
    std::ranges::sort(list.attempts, {}, [](const Attempt& attempt) {
        return std::pair(attempt.state.started_at_ms, attempt.name());
    });
    std::ranges::sort(list.problems, {}, &Error::message);
    return list;
}

Result<Attempt> latest_attempt(const fs::path& attempts_root, std::string_view slug) {
    const auto none = [&] {
        return usage_error(fmt::format("no attempt of {} yet; begin one with: ./onsite start {}",
                                       slug.empty() ? "any exercise" : slug,
                                       slug.empty() ? "<exercise>" : slug));
    };
    if (!slug.empty()) {
        const int number = highest_attempt(attempts_root, slug);
        if (number == 0) return none();
        return open_attempt(attempts_root / fmt::format("{}-{}", slug, number));
    }
    auto list = list_attempts(attempts_root);
    if (!list) return pass_on(list);
    if (!list->attempts.empty()) return std::move(list->attempts.back());
    if (!list->problems.empty()) return std::unexpected(std::move(list->problems.front()));
    return none();
}

Result<Attempt> record(const Attempt& attempt, Event event, Clock& clock) {
    auto lock = lock_attempt(attempt.folder);
    if (!lock) return pass_on(lock);
    auto before = read_log(attempt.folder);
    if (!before) return pass_on(before);
    event.at_ms = clock.now_ms();
    auto after = next_state(before->state, event);
    if (!after) {
        return usage_error(after.error().message +
                           "; another command was quicker, run this one again");
    }
    auto chain = append_event(attempt.folder, event, before->chain);
    if (!chain) return pass_on(chain);
    return Attempt{
        .folder = attempt.folder, .state = std::move(*after), .chain = std::move(*chain)};
}

std::int64_t elapsed_ms(const AttemptState& state, Clock& clock) {
    return used_ms_at(state, clock.now_ms());
}

std::int64_t allowed_ms(const AttemptState& state, const Exercise& exercise) {
    return state.allowed_ms > 0 ? state.allowed_ms : std::int64_t{exercise.minutes} * kMsPerMinute;
}

fs::path answer_folder(const Attempt& attempt) {
    return attempt.state.seal ? sealed_folder(attempt.folder) / "files" : attempt.folder;
}

Result<std::string> read_answer(const Attempt& attempt, const Language& language) {
    return read_own_file(answer_folder(attempt) / language.answer);
}

Result<std::string> read_own_tests(const Attempt& attempt, const Exercise& exercise) {
    const fs::path file = answer_folder(attempt) / exercise.tests;
    std::error_code failure;
    if (exercise.tests.empty() || !fs::exists(fs::symlink_status(file, failure))) return "";
    return read_own_file(file);
}

}  // namespace onsite
