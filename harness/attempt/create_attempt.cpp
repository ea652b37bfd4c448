#include <system_error>

#include <fmt/format.h>

#include "base/files.hpp"
#include "harness/attempt/attempt.hpp"
#include "harness/attempt/log.hpp"
#include "harness/attempt/names.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kStarterFileBytesMax = 1 << 20;
constexpr int kStarterFilesMax = 200;

std::unexpected<Error> cannot(std::string_view doing, const fs::path& path,
                              const std::error_code& failure) {
    return tool_error(fmt::format("cannot {} {}: {}", doing, path.string(), failure.message()));
}

Result<void> copy_text(const fs::path& from, const fs::path& to) {
    auto content = read_file(from, kStarterFileBytesMax);
    if (!content) return pass_on(content);
    return write_file(to, *content);
}

enum class Depth { this_folder, with_subfolders };

Result<void> copy_folder(const fs::path& from, const fs::path& to, Depth depth) {
    std::error_code failure;
    fs::recursive_directory_iterator entries(from, failure);
    if (failure) return cannot("read", from, failure);
    int files = 0;
    for (const fs::directory_entry& entry : entries) {
        const fs::path target = to / fs::relative(entry.path(), from);
        if (entry.is_directory()) {
            if (depth == Depth::this_folder) {
                entries.disable_recursion_pending();
                continue;
            }
            fs::create_directories(target, failure);
            if (failure) return cannot("create", target, failure);
            continue;
        }
        if (++files > kStarterFilesMax) {
            return tool_error(fmt::format("expected at most {} files in {}, found more",
                                          kStarterFilesMax, from.string()));
        }
        if (auto done = copy_text(entry.path(), target); !done) return done;
    }
    return {};
}

// Everything an attempt consists of, in a folder that nobody sees yet.
Result<Attempt> fill(const fs::path& folder, const Exercise& exercise, const NewAttempt& options,
                     Clock& clock) {
    std::error_code failure;
    fs::create_directories(tool_folder(folder), failure);
    if (failure) return cannot("create", folder, failure);
    const fs::path starter = exercise.starter_of(options.language);
    auto done = copy_folder(exercise.starter(), folder, Depth::this_folder);
    if (done && starter != exercise.starter()) {
        done = copy_folder(starter, folder, Depth::with_subfolders);
    }
    if (done) done = copy_text(exercise.folder / "brief.md", folder / "brief.md");
    if (!done) return pass_on(done);

    const Event started{.kind = EventKind::started,
                        .at_ms = clock.now_ms(),
                        .exercise = exercise.slug,
                        .language = options.language.name,
                        .rules = options.rules,
                        .loop = options.loop,
                        .allowed_ms = options.allowed_ms,
                        .is_witnessed = true};
    auto chain = append_event(folder, started, Chain{});
    if (!chain) return pass_on(chain);
    auto state = next_state(std::nullopt, started);
    if (!state) return pass_on(state);
    return Attempt{.folder = folder, .state = std::move(*state), .chain = std::move(*chain)};
}

}  // namespace

Result<Attempt> create_attempt(const Exercise& exercise, const NewAttempt& options, Clock& clock) {
    std::error_code failure;
    fs::create_directories(options.attempts_root, failure);
    if (failure) return cannot("create", options.attempts_root, failure);
    const fs::path root = fs::canonical(options.attempts_root, failure);
    if (failure) return cannot("open", options.attempts_root, failure);
    auto lock = FileLock::take(root / ".lock");
    if (!lock) return pass_on(lock);

    const std::string name =
        fmt::format("{}-{}", exercise.slug, highest_attempt(root, exercise.slug) + 1);
    Result<Attempt> attempt;
    auto done = write_folder(root / name, [&](const fs::path& folder) -> Result<void> {
        attempt = fill(folder, exercise, options, clock);
        if (!attempt) return pass_on(attempt);
        return {};
    });
    if (!done) return pass_on(done);
    attempt->folder = root / name;
    return attempt;
}

}  // namespace onsite
