#include "exercises/4-idempotency/drill/drill_folder.hpp"

#include <fmt/format.h>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/sort_stably.hpp"
#include "exercises/4-idempotency/drill/pages.hpp"

namespace onsite::drill {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSmallBytesMax = 1 << 20;
constexpr std::string_view kCommitment = "sha256 of the answer: ";

std::string log_file(Source source) { return fmt::format("{}.jsonl", to_string(source)); }

bool is_name(std::string_view name) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return !name.empty() && name.size() <= 100 && name.find_first_not_of(kAllowed) == name.npos;
}

Result<void> write_all(const DrillPaths& paths, const DrillFiles& drill) {
    std::error_code failed;
    fs::create_directories(paths.hidden(), failed);
    if (failed) {
        return tool_error(
            fmt::format("expected to make {}: {}", paths.hidden().string(), failed.message()));
    }
    if (auto kept = write_file(paths.key(), seal(drill.key)); !kept) return kept;
    auto written = write_folder(paths.folder(), [&](const fs::path& folder) {
        Result<void> done;
        for (const auto& [name, content] : drill.files) {
            if (done) done = write_file(folder / name, content);
        }
        return done;
    });
    if (!written) return written;
    return write_file(paths.newest(), drill.name + '\n');
}

}  // namespace

Result<DrillFiles> make_drill(const Recipe& recipe, std::uint64_t seed, std::string name) {
    auto evidence = play_incident(recipe, seed);
    if (!evidence) return pass_on(evidence);
    DrillFiles drill{.name = std::move(name)};
    const std::vector<LogLine> lines = make_logs(*evidence);
    for (const Source source : kSources) {
        std::string& text = drill.files[log_file(source)];
        for (const LogLine& line : lines) {
            if (line.source == source) text += to_json(line) + '\n';
        }
    }
    const Metrics metrics = measure(*evidence);
    drill.files["metrics.json"] = to_json(metrics);
    drill.files["timeline.txt"] = timeline_page(metrics, *evidence);
    AnswerKey key = make_key(recipe, seed, *evidence);
    for (const auto& [file, content] : drill.files) key.files[file] = sha256_hex(content);
    drill.key = to_json(key);
    drill.files["README.md"] = readme_page(drill.name, dashboard_share(*evidence),
                                           fmt::format("{}{}", kCommitment, sha256_hex(drill.key)));
    return drill;
}

Result<DrillPaths> write_drill(const fs::path& drills, const DrillFiles& drill, Existing existing) {
    const DrillPaths paths{.drills = drills, .name = drill.name};
    if (existing == Existing::kept && fs::exists(paths.folder())) {
        return usage_error(
            fmt::format("expected a new drill, found {}; take another seed, or "
                        "begin this one anew with --again",
                        paths.folder().string()));
    }
    if (auto written = write_all(paths, drill); !written) return pass_on(written);
    return paths;
}

Result<DrillPaths> find_drill(const fs::path& drills, const std::string& name) {
    DrillPaths paths{.drills = drills, .name = name};
    if (name.empty()) {
        const auto newest = read_file(paths.newest(), kSmallBytesMax);
        if (!newest) {
            return usage_error(
                fmt::format("expected a drill in {}, found none; begin one with "
                            "`./onsite drill --random`",
                            drills.string()));
        }
        paths.name = newest->substr(0, newest->find('\n'));
    }
    if (!is_name(paths.name) || !fs::is_directory(paths.folder())) {
        return usage_error(fmt::format("expected the name of a drill in {}, found \"{}\"",
                                       drills.string(), is_name(paths.name) ? paths.name : "?"));
    }
    return paths;
}

Result<AnswerKey> load_key(const DrillPaths& paths) {
    const auto readme = read_file(paths.folder() / "README.md", kSmallBytesMax);
    if (!readme) return std::unexpected(readme.error());
    const auto sealed = read_file(paths.key(), kKeyBytesMax);
    if (!sealed) return std::unexpected(sealed.error());
    const auto text = unseal(*sealed);
    if (!text ||
        readme->find(fmt::format("{}{}", kCommitment, sha256_hex(*text))) == readme->npos) {
        return usage_error(fmt::format(
            "expected in {} the answer whose hash is in the drill's README.md, found another one: "
            "one of the two was changed, begin the drill anew with --again",
            paths.key().string()));
    }
    return read_key(*text, paths.key().string());
}

Result<std::vector<LogLine>> load_logs(const DrillPaths& paths) {
    std::vector<LogLine> all;
    for (const Source source : kSources) {
        const fs::path file = paths.folder() / log_file(source);
        auto text = read_file(file, kLogBytesMax);
        if (!text) return pass_on(text);
        auto lines = read_log(source, *text, file.string());
        if (!lines) return pass_on(lines);
        all.insert(all.end(), std::make_move_iterator(lines->begin()),
                   std::make_move_iterator(lines->end()));
    }
    // Lines of one happening: the client's, the service's, the provider's.
    sort_stably(all, &LogLine::number);
    return all;
}

std::vector<std::string> changed_files(const DrillPaths& paths, const AnswerKey& key) {
    std::vector<std::string> changed;
    for (const auto& [file, hash] : key.files) {
        const auto text = read_file(paths.folder() / file, kLogBytesMax);
        if (!text || sha256_hex(*text) != hash) changed.push_back(file);
    }
    return changed;
}

}  // namespace onsite::drill
