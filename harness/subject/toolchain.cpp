#include "harness/subject/toolchain.hpp"

#include <fmt/format.h>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "harness/subject/tools.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kHostBytesMax = 64 * kMiB;
constexpr const char* kPath = "PATH=/usr/bin:/bin";

Limits compile_limits(std::uint64_t cpu_seconds) {
    return {.memory_bytes = 1024 * kMiB,
            .processes = 64,
            .file_bytes = 64 * kMiB,
            .tmp_bytes = 128 * kMiB,
            .open_files = 256,
            .cpu_seconds = cpu_seconds,
            .wall_ms = 20'000,
            .stdout_bytes = 64 * kMiB,
            .stderr_bytes = 1 * kMiB};
}

// Node needs eleven, and a few of an answer's own; what is left behind after a reply works beside
// the answer that is judged, so that it may not be many.
constexpr std::uint64_t kRunProcesses = 24;

// Enough for a million rows a feed in the hungriest of the languages.
Limits run_limits() {
    return {.memory_bytes = 1536 * kMiB,
            .processes = kRunProcesses,
            .file_bytes = 64 * kMiB,
            .tmp_bytes = 64 * kMiB,
            .open_files = 64,
            .cpu_seconds = 120,
            .wall_ms = 180'000,
            .stdout_bytes = 512 * kMiB,
            .stderr_bytes = 1 * kMiB};
}

// How one language becomes a program: the command's stdout is the program itself, so that a box
// never needs a folder of the host that it may write to.
struct Recipe {
    std::vector<std::string> build;
    std::string artifact;  // The name of the program file; empty when the sources are the program.
    std::vector<std::string> run;
    std::vector<Mount> mounts;  // Seen by the build.
};

Recipe cpp_recipe(const Source& source, Optimization optimization, const ToolchainPlaces& places) {
    const std::string level = optimization == Optimization::quick_build ? "O0" : "O2";
    // The flags are those of ONSITE_CANDIDATE_FLAGS: g++ takes a precompiled header only when they
    // match.
    // With -pipe the assembler works beside the compiler.
    const std::string script = fmt::format(
        "g++ -pipe -std=c++23 -Wall -Wextra -{} -I/kit -fmax-errors=20 "
        "-fdiagnostics-color=never -fuse-ld=mold /src/{} /kit/host.o -o /tmp/subject >&2 "
        "&& exec cat /tmp/subject",
        level, source.files.front().name);
    return {.build = {"/bin/sh", "-c", script},
            .artifact = "subject",
            .run = {"/subject/subject"},
            .mounts = {{places.kit / level, "/kit"}}};
}

Recipe typescript_recipe(const Source& source) {
    return {.build = {"/usr/bin/esbuild", "/src/" + source.program, "--bundle", "--platform=node",
                      "--format=esm", "--target=node18", "--log-level=warning", "--color=false"},
            .artifact = "subject.mjs",
            .run = {"/usr/bin/node", "/subject/subject.mjs"},
            .mounts = {}};
}

// Parsing tells of a syntax error at once; the program is the source itself.
constexpr const char* kPythonParser =
    "import sys\n"
    "for name in sys.argv[1:]:\n"
    "    try: compile(open(name, encoding='utf-8').read(), name, 'exec')\n"
    "    except (SyntaxError, ValueError) as problem:\n"
    "        sys.exit(f'{name}:{getattr(problem, \"lineno\", 1)}: {problem}')";

Recipe python_recipe(const Source& source) {
    std::vector<std::string> build = {"/usr/bin/python3", "-c", kPythonParser};
    for (const SourceFile& file : source.files) build.push_back("/src/" + file.name);
    return {.build = std::move(build),
            .artifact = "",
            .run = {"/usr/bin/python3", "-B", "/subject/" + source.program},
            .mounts = {}};
}

Result<Recipe> recipe_for(const Source& source, Optimization optimization,
                          const ToolchainPlaces& places) {
    if (source.language == "cpp") return cpp_recipe(source, optimization, places);
    if (source.language == "typescript") return typescript_recipe(source);
    if (source.language == "python") return python_recipe(source);
    return usage_error(
        fmt::format("expected the language cpp, typescript or python, found {}", source.language));
}

// Candidates know their file as reconcile.cpp, not by its place in the box.
std::string with_names_of_the_candidate(std::string text) {
    for (auto at = text.find("/src/"); at != std::string::npos; at = text.find("/src/", at)) {
        text.erase(at, 5);
    }
    return text;
}

std::string what_the_compiler_said(const BoxResult& run) {
    std::string said = with_names_of_the_candidate(run.report.stderr_head);
    if (run.report.ending != Ending::exited) {
        said += fmt::format("\nthe compiler was stopped: {} limit", to_string(run.report.ending));
    }
    if (said.empty()) said = fmt::format("the compiler ended with status {}", run.report.status);
    return said;
}

// The same key, the same program: the sources, the command, and what it is linked with.
Result<std::string> cache_key(const Source& source, const Recipe& recipe) {
    std::string parts = content_hash(source);
    for (const std::string& word : recipe.build) parts += '\n' + word;
    for (const Mount& kit : recipe.mounts) {
        auto host = read_file(kit.host / "host.o", kHostBytesMax);
        if (!host) return tool_error(host.error().message + "; run ./onsite again to build it");
        parts += '\n' + sha256_hex(*host);
    }
    return sha256_hex(parts);
}

Result<fs::path> write_sources(const Source& source, const fs::path& folder) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) {
        return tool_error(fmt::format("cannot make {}: {}", folder.string(), problem.message()));
    }
    for (const SourceFile& file : source.files) {
        if (auto done = write_file(folder / file.name, file.content); !done) return pass_on(done);
    }
    return folder;
}

Result<BoxResult> compile(const Recipe& recipe, const fs::path& sources, LayerSet layers,
                          Clock& clock, std::uint64_t cpu_seconds) {
    BoxSpec spec{.command = recipe.build,
                 .mounts = recipe.mounts,
                 .environment = {kPath, "LC_ALL=C.UTF-8", "TMPDIR=/tmp", "HOME=/tmp"},
                 .limits = compile_limits(cpu_seconds),
                 .layers = layers,
                 .stderr_head_bytes = kDiagnosticsBytesMax};
    spec.mounts.push_back({sources, "/src"});
    return run_in_box(spec, "", clock);
}

Result<void> write_program(const fs::path& path, std::string_view program) {
    std::error_code ignored;  // write_file() reports what matters.
    fs::create_directories(path.parent_path(), ignored);
    if (auto done = write_file(path, program); !done) return pass_on(done);
    std::error_code problem;
    fs::permissions(path, fs::perms(0755), problem);
    if (problem) return tool_error(fmt::format("cannot mark {} as a program", path.string()));
    return {};
}

}  // namespace

std::string content_hash(const Source& source) {
    if (source.files.size() == 1) return sha256_hex(source.files.front().content);
    std::string lines;
    for (const SourceFile& file : source.files) {
        lines += fmt::format("{}  {}\n", sha256_hex(file.content), file.name);
    }
    return sha256_hex(lines);
}

Result<BuildResult> build_subject(const Source& source, Optimization optimization,
                                  const ToolchainPlaces& places, LayerSet layers, Clock& clock,
                                  std::uint64_t cpu_seconds) {
    auto recipe = recipe_for(source, optimization, places);
    if (!recipe) return pass_on(recipe);
    if (auto there = expect_tools_of(source.language); !there) return pass_on(there);
    auto key = cache_key(source, *recipe);
    if (!key) return pass_on(key);
    const fs::path folder = places.output / fmt::format("{}-{}", source.language, *key);
    const fs::path sources = folder / "src";
    const fs::path program = recipe->artifact.empty() ? sources : folder / "program";

    BuildResult result;
    result.subject = {.name = source.name,
                      .language = source.language,
                      .content_hash = content_hash(source),
                      .command = recipe->run,
                      .mounts = {{program, "/subject"}},
                      .limits = run_limits()};
    const fs::path done_mark = folder / "built";
    if (fs::exists(done_mark)) {
        result.is_built = true;
        return result;
    }
    if (auto written = write_sources(source, sources); !written) return pass_on(written);
    auto run = compile(*recipe, sources, layers, clock, cpu_seconds);
    if (!run) return pass_on(run);
    result.isolation = run->isolation;
    if (run->report.ending != Ending::exited || run->report.status != 0) {
        result.diagnostics = what_the_compiler_said(*run);
        return result;
    }
    result.diagnostics = with_names_of_the_candidate(run->report.stderr_head);
    if (!recipe->artifact.empty()) {
        auto written = write_program(program / recipe->artifact, run->output);
        if (!written) return pass_on(written);
    }
    if (auto marked = write_file(done_mark, ""); !marked) return pass_on(marked);
    result.is_built = true;
    return result;
}

}  // namespace onsite
