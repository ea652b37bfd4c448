#include "harness/attempt/seal.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "harness/attempt/log.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSealedRubricBytesMax = 256 << 10;
constexpr std::uint64_t kSealBytesMax = 1 << 10;

struct HandedIn {
    std::string name;
    std::string content;
    bool is_late = false;
};

bool belongs_to_the_answer(const fs::path& file) {
    const std::string name = file.filename().string();
    if (name.starts_with('.') || name == "brief.md" || !is_utf8(name)) return false;
    struct stat facts {};
    return lstat(file.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) &&
           static_cast<std::uint64_t>(facts.st_size) <= kAnswerBytesMax;
}

std::int64_t saved_at_ms(const fs::path& file) {
    struct stat facts {};
    if (lstat(file.c_str(), &facts) != 0) return 0;
    return facts.st_mtim.tv_sec * std::int64_t{1000} + facts.st_mtim.tv_nsec / kNsPerMs;
}

// By name. `deadline_ms` is the moment at which the time was up, when it is.
Result<std::vector<HandedIn>> collect(const fs::path& folder,
                                      std::optional<std::int64_t> deadline_ms) {
    std::vector<HandedIn> files;
    auto entries = entries_of(folder);
    if (!entries) return pass_on(entries);
    for (const fs::directory_entry& entry : *entries) {
        if (!belongs_to_the_answer(entry.path())) continue;
        auto content = read_file(entry.path(), kAnswerBytesMax);
        if (!content) return pass_on(content);
        files.push_back({.name = entry.path().filename().string(),
                         .content = std::move(*content),
                         .is_late = deadline_ms && saved_at_ms(entry.path()) > *deadline_ms});
        if (files.size() > kSealedFilesMax) {
            return usage_error(
                fmt::format("expected at most {} files in {}, found more; take out "
                            "what is not your answer",
                            kSealedFilesMax, folder.string()));
        }
    }
    std::ranges::sort(files, {}, &HandedIn::name);
    return files;
}

Event sealed_event(const AttemptState& state, const SealRequest& request,
                   const std::vector<HandedIn>& files, std::int64_t used_ms) {
    Event event{.kind = EventKind::sealed, .seal = {.reason = request.reason}};
    event.seal.allowed_ms = request.allowed_ms;
    const bool is_over = request.allowed_ms > 0 && used_ms >= request.allowed_ms;
    event.seal.used_ms = is_over ? request.allowed_ms : used_ms;
    if (is_over && !state.loop.empty()) event.seal.reason = SealReason::time;
    event.seal.rubric_hash = sha256_hex(request.rubric);
    for (const HandedIn& file : files) {
        event.seal.files.push_back({file.name, sha256_hex(file.content)});
        if (file.is_late) event.seal.late.push_back(file.name);
    }
    return event;
}

Result<void> write_copy(const fs::path& folder, const std::vector<HandedIn>& files,
                        const std::string& rubric, const std::string& seal) {
    std::error_code failure;
    fs::create_directory(folder / "files", failure);
    if (failure) {
        return tool_error(fmt::format("cannot create {}: {}", folder.string(), failure.message()));
    }
    for (const HandedIn& file : files) {
        if (auto done = write_file(folder / "files" / file.name, file.content); !done) return done;
    }
    auto done = write_file(folder / "rubric.json", rubric);
    if (done) done = write_file(folder / "seal", seal + '\n');
    sync_folder(folder / "files");
    return done;
}

// The copy comes first and the event last: a copy without its event is what an interrupted seal
// left, and the next one replaces it.
Result<Attempt> write_seal(const fs::path& folder, const AttemptLog& before, const Event& event,
                           const std::vector<HandedIn>& files, const std::string& rubric) {
    auto state = next_state(before.state, event);
    if (!state) return pass_on(state);
    const std::string line = chained_line(to_json(event), before.chain);
    auto done = write_folder(sealed_folder(folder), [&](const fs::path& unfinished) {
        return write_copy(unfinished, files, rubric, sha256_hex(line));
    });
    if (!done) return pass_on(done);
    auto chain = append_line_of(folder, line, before.chain);
    if (!chain) return pass_on(chain);
    return Attempt{.folder = folder, .state = std::move(*state), .chain = std::move(*chain)};
}

std::string first_digits(std::string_view hash) { return std::string(hash.substr(0, 12)); }

// One sentence for each file of the seal that is not the same in `folder`.
std::vector<std::string> differences(const Seal& seal, const fs::path& folder,
                                     std::string_view whose) {
    std::vector<std::string> found;
    for (const SealedFile& file : seal.files) {
        const std::string name = harmless(file.name, Lines::one);
        auto content = read_file(folder / file.name, kAnswerBytesMax);
        if (!content) {
            found.push_back(
                fmt::format("expected {} {} as it was sealed, found no such file", whose, name));
        } else if (const std::string hash = sha256_hex(*content); hash != file.sha256) {
            found.push_back(fmt::format("expected {} {} with the sealed hash {}, found {}", whose,
                                        name, first_digits(file.sha256), first_digits(hash)));
        }
    }
    return found;
}

// Every file of the sealed copy is graded, so one that somebody put there is as bad as a change.
void find_additions(const Seal& seal, const fs::path& folder, std::vector<std::string>& found) {
    auto entries = entries_of(folder);
    if (!entries) return found.push_back(entries.error().message);
    for (const fs::directory_entry& entry : *entries) {
        const std::string name = entry.path().filename().string();
        if (!belongs_to_the_answer(entry.path())) continue;
        if (std::ranges::find(seal.files, name, &SealedFile::name) != seal.files.end()) continue;
        found.push_back(
            fmt::format("expected no file {} in the sealed copy, found one that was not "
                        "sealed",
                        harmless(name, Lines::one)));
    }
}

}  // namespace

Result<Attempt> seal_attempt(const Attempt& attempt, const SealRequest& request, Clock& clock) {
    auto lock = lock_attempt(attempt.folder);
    if (!lock) return pass_on(lock);
    auto before = read_log(attempt.folder);
    if (!before) return pass_on(before);
    if (before->state.seal) {
        return Attempt{.folder = attempt.folder, .state = before->state, .chain = before->chain};
    }
    const std::int64_t now_ms = clock.now_ms();
    const std::int64_t used_ms = used_ms_at(before->state, now_ms);
    std::optional<std::int64_t> deadline_ms;
    if (request.allowed_ms > 0 && used_ms > request.allowed_ms) {
        const std::int64_t until_ms =
            before->state.is_running() ? now_ms : before->state.last_event_ms;
        deadline_ms = until_ms - (used_ms - request.allowed_ms);
    }
    auto files = collect(attempt.folder, deadline_ms);
    if (!files) return pass_on(files);
    Event event = sealed_event(before->state, request, *files, used_ms);
    event.at_ms = now_ms;
    return write_seal(attempt.folder, *before, event, *files, request.rubric);
}

Result<std::string> seal_of(const Attempt& attempt) {
    std::string seal;
    const auto take = [&](const Event& event, const std::string& line_hash) {
        if (event.kind == EventKind::sealed) seal = line_hash;
    };
    auto log = read_log(attempt.folder, take);
    if (!log) return pass_on(log);
    return seal;
}

std::vector<std::string> damage_of_seal(const Attempt& attempt, std::string_view seal) {
    const fs::path folder = sealed_folder(attempt.folder);
    std::vector<std::string> found =
        differences(*attempt.state.seal, folder / "files", "the sealed copy");
    find_additions(*attempt.state.seal, folder / "files", found);
    if (auto rubric = sealed_rubric(attempt); !rubric) found.push_back(rubric.error().message);
    const auto kept = read_file(folder / "seal", kSealBytesMax);
    if (!kept || *kept != std::string(seal) + '\n') {
        found.push_back(fmt::format(
            "expected the seal {} beside the sealed copy, found {}: the log or the copy was "
            "written anew",
            first_digits(seal), kept ? first_digits(harmless(*kept, Lines::one)) : "none"));
    }
    return found;
}

std::vector<std::string> changes_since_seal(const Attempt& attempt) {
    return differences(*attempt.state.seal, attempt.folder, "your file");
}

Result<std::string> sealed_rubric(const Attempt& attempt) {
    auto text = read_file(sealed_folder(attempt.folder) / "rubric.json", kSealedRubricBytesMax);
    if (!text) return pass_on(text);
    const std::string hash = sha256_hex(*text);
    if (attempt.state.seal && hash == attempt.state.seal->rubric_hash) return text;
    return usage_error(
        fmt::format("expected the sealed copy of rubric.json with the sealed hash {}, found {}",
                    attempt.state.seal ? first_digits(attempt.state.seal->rubric_hash) : "none",
                    first_digits(hash)));
}

}  // namespace onsite
